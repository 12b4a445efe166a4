"""CAL-03 and CAL-08: the law's own numbers, of the right year."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from shutan.kernel import Grain, Member, ParameterValue, Result, Waiting, last_day
from shutan.kernel.grain import Key
from shutan.screening.case import Case, shown
from shutan.screening.catalogue import Words
from shutan.screening.check import Hit, Subject, check
from shutan.screening.checks.recalculation import STATED, result_of

DEFAULT_CARBON = "default_carbon_per_heat"


@check("CAL-03")
def wrong_factor_vintage(case: Case) -> Iterator[Hit]:
    """A registered value that contradicts the official one of its day, a stated factor, a default called measured."""
    yield from _contradicted(case)
    yield from _stated_factors(case)
    if case.has("carbon_per_heat", "carbon_route") and DEFAULT_CARBON in case.frames.rules.parameters:
        yield from _default_called_measured(case)


def is_published(record: ParameterValue) -> bool:
    """Say whether a registered value stands for a publication: official, and confirmed by a second person."""
    return record.registered and record.status == "official" and bool(record.confirmed_by)


def _contradicted(case: Case) -> Iterator[Hit]:
    result = result_of(case)
    day = last_day(case.year)
    grain = next(grain for grain in case.frames.rules.grains if not grain.dimensions)
    for name, shipped in case.frames.rules.parameters.items():
        for key in shipped.keys():  # noqa: SIM118 - not a mapping
            official = shipped.on(day, key)
            used = result.parameters[name].on(day, key)
            if official is None or official.status != "official" or used is None:
                continue
            case.judged += 1
            if used.value != official.value and not is_published(used):
                of = f"（{', '.join(key)}）" if key else ""
                yield Hit(
                    Subject(grain, ()),
                    Words(
                        f"登记的“{shipped.zh}”{of}{shown(used.value)} 与公布值 {shown(official.value)}（{official.source}）不同。请核对登记",
                        f"the registered “{shipped.en}” {of}{shown(used.value)} differs from the published "
                        f"{shown(official.value)} ({official.source}). Check the register",
                    ),
                    value=used.value,
                    limit=official,
                    unit=shipped.unit,
                )


def _stated_factors(case: Case) -> Iterator[Hit]:
    result = result_of(case)
    for name, parameter in case.frames.rules.parameters.items():
        if not case.has(STATED + name):
            continue
        grain = case.grain(STATED + name)
        for row in case.rows(grain, (STATED + name,)):
            record = result.parameter(name, grain, row.key)
            given = getattr(row, STATED + name)
            if isinstance(record, ParameterValue) and given != record.value:
                where = row.subject.words
                yield Hit(
                    row.subject,
                    Words(
                        f"{where.zh}：{parameter.zh}填为 {shown(given, 8)}，该年度公布值为 {shown(record.value, 8)}。请更正",
                        f"{where.en}: {parameter.en} is given as {shown(given, 8)}, published for the year is "
                        f"{shown(record.value, 8)}. Correct it",
                    ),
                    case.concerned(row, STATED + name),
                    value=given,
                    limit=record,
                    unit=parameter.unit,
                )


def _default_called_measured(case: Case) -> Iterator[Hit]:
    """Carbon that is called measured and is, to the last decimal, the default of another period."""
    grain = case.grain("carbon_per_heat")
    parameter = case.frames.rules.parameters[DEFAULT_CARBON]
    before = dict(case.lacking)
    for row in case.rows(grain, ("carbon_per_heat", "carbon_route"), also=("fuel_consumption",)):
        if row.carbon_route.key != "MEASURED" or not row.carbon_per_heat:
            continue
        day = last_day(case.year, grain.month(row.key))
        now = {record.value for key in parameter.keys() if (record := parameter.on(day, key))}  # noqa: SIM118
        if row.carbon_per_heat in {record.value for record in parameter.values} - now:
            where = row.subject.words
            yield Hit(
                row.subject,
                Words(
                    f"{where.zh}：标为实测的单位热值含碳量 {shown(row.carbon_per_heat, 5)} tC/GJ 恰等于另一时期的缺省值。请核对检测报告",
                    f"{where.en}: carbon called measured, {shown(row.carbon_per_heat, 5)} tC/GJ, is the default of another "
                    "period. Check the test report",
                ),
                case.concerned(row, "carbon_per_heat", "carbon_reported", "carbon_source"),
                value=row.carbon_per_heat,
                unit="tC/GJ",
            )
    case.lacking = before


@check("CAL-08", needs=("oxidation_rate_used", "fuel_consumption"))
def oxidation_rate_off(case: Case) -> Iterator[Hit]:
    """An oxidation rate other than the guideline's; judged only where that is seen in the text itself."""
    result, grain = result_of(case), case.grain("oxidation_rate_used")
    for row in case.rows(grain, ("oxidation_rate_used", "fuel_group", "fuel_consumption")):
        made = result.version("oxidation_rate_used", row.key)
        coal = row.fuel_group.key.endswith("COAL")
        names = [name for name in (made.parameters if made else ()) if ("coal" in name) is coal]
        record = _shipped(result, names[0], grain, row.key) if names else None
        if row.fuel_consumption == 0 or record is None or record.value is None or record.status != "official":
            case.judged -= 1
            if record is not None and record.status != "official" and row.fuel_consumption != 0:
                case.unconfirmed.add(names[0])
            continue
        given: Decimal = row.oxidation_rate_used
        now = _used(result, names[0], grain, row.key)
        if given != record.value and not (now is not None and is_published(now) and given == now.value):
            where = row.subject.words
            yield Hit(
                row.subject,
                Words(
                    f"{where.zh}：碳氧化率 {shown(given * 100)} %，规定为 {shown(record.value * 100)} %。请改用规定值",
                    f"{where.en}: oxidation rate {shown(given * 100)} %, the guideline says "
                    f"{shown(record.value * 100)} %. Use that",
                ),
                case.concerned(row, "oxidation_rate_used"),
                value=given,
                limit=record,
                unit="1",
            )


def _used(result: Result, name: str, grain: Grain, key: Key) -> ParameterValue | None:
    record = result.parameter(name, grain, key)
    return record if isinstance(record, ParameterValue) else None


def _shipped(result: Result, name: str, grain: Grain, key: Key) -> ParameterValue | None:
    """Return the value that the software ships for a row, whatever was registered."""
    parameter = result.rules.parameters[name]
    words = []
    for by in parameter.by:
        member = result.seen(by, grain)[result.row(grain, key)]
        if isinstance(member, Waiting) or not isinstance(member, Member):
            return None
        words.append(member.key)
    return parameter.on(result.day(grain, key), tuple(words))
