"""CAL-06 and CAL-09: figures that cannot be negative, and decimals the template does not take."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from shutan.kernel import Number, rounded
from shutan.kernel.grain import Key
from shutan.screening.case import Case, shown
from shutan.screening.catalogue import Words
from shutan.screening.check import Hit, Subject, check
from shutan.screening.checks.completeness import months_of, whole


@check("CAL-06", raw=True)
def negative_or_zero(case: Case) -> Iterator[Hit]:
    """A physical amount below zero, or no emission from fuel that was burned. What may be negative declares no minimum."""
    for table in case.frames.rules.tables:
        for one in table.inputs:
            if not isinstance(one, Number) or one.minimum is None or Decimal(one.minimum) != 0:
                continue
            for key, row in case.frames.table_rows(table).items():
                value = row.values.get(one.name)
                if not isinstance(value, Decimal):
                    continue
                case.judged += 1
                if value < 0:
                    subject = Subject(table.grain, key)
                    yield Hit(
                        subject,
                        Words(
                            f"{table.zh}：{subject.words.zh} 的“{one.zh}”为负值 {shown(value)}。请更正",
                            f"{table.en}: “{one.en}” of {subject.words.en} is {shown(value)}, below zero. Correct it",
                        ),
                        ((one.name, key),),
                        value=value,
                        bound=Decimal(0),
                        unit=one.unit,
                    )
    if case.has("fuel_consumption", "combustion_emissions"):
        yield from _burned_without_emission(case)


def _burned_without_emission(case: Case) -> Iterator[Hit]:
    grain = case.grain("combustion_emissions")
    seen = dict(case.lacking)
    for row in case.rows(grain, ("fuel_consumption", "combustion_emissions")):
        if row.fuel_consumption > 0 and row.combustion_emissions == 0:
            where = row.subject.words
            yield Hit(
                row.subject,
                Words(
                    f"{where.zh}：消耗量 {shown(row.fuel_consumption)} 而燃烧排放量为 0。请核对元素碳、低位发热量",
                    f"{where.en}: {shown(row.fuel_consumption)} burned and no emission. Check carbon and calorific value",
                ),
                case.concerned(row, "combustion_emissions", "fuel_consumption_reported"),
                value=row.combustion_emissions,
                bound=Decimal(0),
                unit="tCO2",
            )
    case.lacking = seen


@check("CAL-09", raw=True)
def too_many_decimals(case: Case) -> Iterator[Hit]:
    """A figure has more decimals than its cell takes; one finding for each column of a unit or fuel."""
    for table in case.frames.rules.tables:
        for one in table.inputs:
            if not isinstance(one, Number):
                continue
            found: dict[Subject, list[tuple[Key, Decimal]]] = {}
            for key, row in case.frames.table_rows(table).items():
                value = row.values.get(one.name)
                if not isinstance(value, Decimal) or not value.is_finite():
                    continue
                case.judged += 1
                if value != rounded(value, one.places):
                    found.setdefault(whole(table.grain, key, case), []).append((key, value))
            for subject, cells in found.items():
                when = months_of(table.grain, (key for key, _ in cells))
                value = cells[0][1]
                yield Hit(
                    subject,
                    Words(
                        f"{table.zh}：{subject.words.zh} 的“{one.zh}”{when.zh}多于 {one.places} 位小数，"
                        f"如 {shown(value, 12)}。请按模板取 {one.places} 位",
                        f"{table.en}: “{one.en}” of {subject.words.en}{when.en} has more than {one.places} decimals, "
                        f"such as {shown(value, 12)}. Give {one.places}",
                    ),
                    tuple((one.name, key) for key, _ in cells),
                    value=value,
                    bound=Decimal(one.places),
                    unit=one.unit,
                )
