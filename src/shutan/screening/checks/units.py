"""STR-07: figures that look as if they were given in another unit."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from shutan.kernel import Number
from shutan.rules.common.fuels import FuelGroup
from shutan.screening.case import Band, Case, View, is_word, shown
from shutan.screening.catalogue import Words
from shutan.screening.check import Hit, Subject, check

SOLID_OR_LIQUID = is_word(
    "fuel_group", FuelGroup.CONVENTIONAL_COAL, FuelGroup.NON_CONVENTIONAL_COAL, FuelGroup.OIL
)
LIMITS = (
    (("ncv_ar_reported", "sample_ncv_ar"), "heat_unit_slip", "GJ/t", Words("疑为 kJ/kg 或 kcal/kg，请换算为 GJ/t", "kJ/kg or kcal/kg? Give GJ/t")),
    (("carbon_reported", "sample_carbon"), "carbon_unit_slip", "tC/t", Words("疑为百分数，请换算为小数", "A percentage? Give a fraction")),
)  # fmt: skip
VOLUME = "10⁴Nm³"
SLIPS = (("tenfold_slip_low", "tenfold_slip_high"), ("thousandfold_slip_low", "thousandfold_slip_high"))


@check(
    "STR-07",
    thresholds=(
        "heat_unit_slip",
        "carbon_unit_slip",
        "gas_unit_slip",
        *(name for pair in SLIPS for name in pair),
    ),
)
def unit_slip(case: Case) -> Iterator[Hit]:
    """A calorific value, carbon content, share, volume of gas or month's electricity of the wrong power of ten."""
    for names, limit, unit, remedy in LIMITS:
        for name in names:
            if case.has(name, "fuel_group"):
                found = case.outside(
                    case.grain(name),
                    (name,),
                    lambda value: value,
                    (Band(None, limit),),
                    where=SOLID_OR_LIQUID,
                )
                for one in found:
                    yield case.out_of_range(one, case.label(name), unit, name, remedy=remedy)
    case.lacking.clear()  # most of these cells are optional
    yield from _shares(case)
    yield from _fractions(case)
    yield from _volumes(case)
    yield from _electricity(case)


def _shares(case: Case) -> Iterator[Hit]:
    for table in case.frames.rules.tables:
        shares = [
            one
            for one in table.inputs
            if isinstance(one, Number) and one.unit == "%" and one.maximum is not None
        ]
        for one in shares:
            most = Decimal(str(one.maximum))
            for key, row in case.frames.table_rows(table).items():
                value = row.values.get(one.name)
                if not isinstance(value, Decimal):
                    continue
                case.judged += 1
                if value > most:
                    subject = Subject(table.grain, key)
                    yield Hit(
                        subject,
                        Words(
                            f"{subject.words.zh}：{one.zh} {shown(value)} %，超过 {shown(most)} %。请核对单位",
                            f"{subject.words.en}: {one.en} {shown(value)} %, above {shown(most)} %. Check the unit",
                        ),
                        ((one.name, key),),
                        value=value,
                        bound=most,
                        unit="%",
                    )


def _fractions(case: Case) -> Iterator[Hit]:
    """Report a figure below what its cell usually holds, such as a purity of 0.985 %."""
    for table in case.frames.rules.tables:
        for one in table.inputs:
            if not isinstance(one, Number) or not one.least_usual:
                continue
            least = Decimal(one.least_usual)
            for key, row in case.frames.table_rows(table).items():
                value = row.values.get(one.name)
                if not isinstance(value, Decimal):
                    continue
                case.judged += 1
                if 0 < value <= least:
                    subject = Subject(table.grain, key)
                    figure = f"{shown(value)} {one.unit}"
                    yield Hit(
                        subject,
                        Words(
                            f"{subject.words.zh}：{one.zh} {figure}，疑似以小数填写百分数。请核对单位",
                            f"{subject.words.en}: {one.en} {figure}, a fraction where a percentage is asked? Check the unit",
                        ),
                        ((one.name, key),),
                        value=value,
                        bound=least,
                        unit=one.unit,
                    )


def _volumes(case: Case) -> Iterator[Hit]:
    """Report a volume of gas that no works uses in a month, if it is in 10⁴ Nm³ as the cell asks."""
    limit, most = case.limit("gas_unit_slip"), case.number("gas_unit_slip")
    for table in case.frames.rules.tables:
        volumes = [one for one in table.inputs if isinstance(one, Number) and _may_be_volume(case, one)]
        for one in volumes:
            for key, row in case.frames.table_rows(table).items():
                value = row.values.get(one.name)
                if not isinstance(value, Decimal):
                    continue
                case.judged += 1
                if value <= most or (
                    one.unit != VOLUME and case.unit(one.name, View(table.grain, key, {})) != VOLUME
                ):
                    continue
                subject = Subject(table.grain, key)
                yield Hit(
                    subject,
                    Words(
                        f"{subject.words.zh}：{one.zh} {shown(value)} {VOLUME}，疑似以 Nm³ 填写。请除以 10000",
                        f"{subject.words.en}: {one.en} {shown(value)} {VOLUME}, Nm³? Divide by 10,000",
                    ),
                    ((one.name, key),),
                    value=value,
                    limit=limit,
                    unit=VOLUME,
                )


def _may_be_volume(case: Case, one: Number) -> bool:
    return one.unit == VOLUME or (one.unit in case.frames.rules.units and case.has(one.name))


def _electricity(case: Case) -> Iterator[Hit]:
    """Report the month after which electricity is ten or a thousand times as much, or as little."""
    name = "monthly_generation"
    if not case.has(name):
        return
    grain = case.grain(name)
    by_unit: dict[object, list[tuple[int, Decimal]]] = {}
    for row in case.rows(grain, (name,)):
        value = getattr(row, name)
        if value > 0:
            by_unit.setdefault(row.key[:-1], []).append((int(str(row.key[-1])), value))
    for unit, months in by_unit.items():
        months.sort()
        returning = False
        for (before, old), (month, new) in pairwise(months):
            slip = _slip(case, old, new) if month == before + 1 else None
            if slip is None or returning:  # the way back from a slip is not a second one
                returning = False
                continue
            returning = True
            subject = Subject(grain, (*unit, month))  # type: ignore[misc]
            times = shown(new / old, 4)
            yield Hit(
                subject,
                Words(
                    f"{subject.words.zh}：发电量 {shown(new)} MWh 是上月的 {times} 倍，疑似单位或小数点错位。请核对",
                    f"{subject.words.en}: {shown(new)} MWh generated is {times} times the month before: a unit or a "
                    "decimal point? Check it",
                ),
                case.below(View(grain, subject.key, {}), "generation_reported"),
                value=new / old,
                unit="1",
            )


def _slip(case: Case, old: Decimal, new: Decimal) -> str | None:
    power = abs((new / old).log10())
    for low, high in SLIPS:
        if case.number(low) <= power <= case.number(high):
            return low
    return None
