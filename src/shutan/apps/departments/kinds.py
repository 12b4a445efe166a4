"""Which department gives which data: one table, from which template, reading, list, API and pages follow.

A kind stands here once something uses it. The action plan names the departments of each measure and no columns: these are ours.
What decides about lists (energy use and emissions by year) are candidates, which the province decides one by one (apps/duties/intake.py).
"""

from __future__ import annotations

from dataclasses import dataclass

from shutan.apps.accounts.models import Kind
from shutan.apps.common.language import language
from shutan.kernel import Input, Number, Text

CREDIT_CODE = Text("credit_code", "统一社会信用代码|unified social credit code", length=18)
NAME = Text("name", "企业名称|enterprise", length=120)
YEAR = Number("year", "年度|year", places=0, minimum="2000", maximum="2100")
MONTH = Number("month", "月份|month", places=0, minimum="1", maximum="12")


@dataclass(frozen=True)
class DataKind:
    """One kind of data.

    Attributes:
        name: its key.
        zh: what it is called in Chinese.
        en: the same in English.
        given_by: kinds of the departments that upload it.
        measure: of the action plan.
        figures: the numbers of a row, with their units; each is kept as a figure of its own.
        monthly: whether a row is about a month.
        item: what a row is about beside the enterprise and the period; None where nothing else.
    """

    name: str
    zh: str
    en: str
    given_by: tuple[str, ...]
    measure: int
    figures: tuple[Number, ...]
    monthly: bool = True
    item: Text | None = None

    @property
    def label(self) -> str:
        """What it is called, in the language of the page."""
        return self.zh if language() == "zh" else self.en

    @property
    def columns(self) -> tuple[Input, ...]:
        """The columns of a table, in order."""
        period = (YEAR, MONTH) if self.monthly else (YEAR,)
        return (NAME, CREDIT_CODE, *period, *((self.item,) if self.item else ()), *self.figures)

    def figure(self, name: str) -> Number:
        """One of its numbers."""
        return next(one for one in self.figures if one.name == name)


def _amount(name: str, label: str, unit: str) -> Number:
    return Number(name, label, unit=unit, places=4, minimum="0", optional=True)


KINDS = {
    one.name: one
    for one in (
        DataKind(
            "electricity",
            "用电量",
            "Electricity",
            (Kind.GRID,),
            11,
            (
                _amount("bought_mwh", "网购电量|electricity bought from the grid", "MWh"),
                _amount("fed_in_mwh", "上网电量|electricity fed into the grid", "MWh"),
            ),
        ),
        DataKind(
            "energy",
            "能耗在线监测",
            "Energy use monitored online",
            (Kind.REFORM, Kind.ENERGY, Kind.STATISTICS),
            11,
            (_amount("energy_tce", "综合能源消费量|energy use", "tce"),),
        ),
        DataKind(
            "output",
            "产品产量",
            "Output of products",
            (Kind.INDUSTRY, Kind.STATISTICS),
            3,
            (_amount("output_t", "产量|output", "t"),),
            monthly=False,
            item=Text("product", "产品|product", length=100),
        ),
    )
}


def of(kind: str) -> list[DataKind]:
    """What a kind of department gives."""
    return [one for one in KINDS.values() if kind in one.given_by]
