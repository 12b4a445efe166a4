"""STR-05, CAL-01 to CAL-05, CAL-08: the same figure from another side.

Where a plant states its own result in a column `stated_<rule>`, that is compared with the computed one. Without such
columns the report's figures are computed once more from their parts, so that a result that was stored, sent or edited
is seen to hang together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import polars as pl

from shutan.kernel import CO2_PER_C, Grain, Number, Result, Rule, Total, Waiting, rounded
from shutan.kernel.grain import Key
from shutan.kernel.symbols import Symbol
from shutan.screening.case import Case, View, shown
from shutan.screening.catalogue import Words
from shutan.screening.check import Hit, check

STATED = "stated_"
HALF = Decimal("0.5")
OWN_CHECK = (
    "combustion_emissions",
    "monthly_combustion_emissions",
    "electricity_emissions",
    "heat_ratio",
    "monthly_heat_ratio",
)


def last_place(places: int) -> Decimal:
    """Return one unit of the last of `places` decimals."""
    return Decimal(1).scaleb(-places)


def differs(case: Case, row: View, name: str, found: Decimal, expected: Decimal, *names: str) -> Hit:
    """Return the hit of a figure of a name that is not what its parts make."""
    where, what, unit = row.subject.words, case.label(name), case.unit(name, row)
    given, parts = (f"{shown(figure)} {unit}".strip() for figure in (found, expected))
    return Hit(
        row.subject,
        Words(
            f"{where.zh}：{what.zh}为 {given}，重算为 {parts}。请核对",
            f"{where.en}: {what.en} is {given}, recomputed {parts}. Check it",
        ),
        case.concerned(row, *(names or (name,))),
        value=found,
        bound=expected,
        unit=unit,
    )


def stated(case: Case, rules: Iterable[str]) -> Iterator[tuple[View, str, Decimal, Decimal]]:
    """Yield row, rule, stated and computed figure wherever a plant states a rule's result itself."""
    for name in rules:
        given = STATED + name
        if case.has(given, name) and case.grain(given) is case.grain(name):
            for row in case.rows(case.grain(name), (given, name)):
                yield row, name, getattr(row, given), getattr(row, name)


def places_of(case: Case, name: str) -> int:
    """Return the decimals that a cell takes."""
    one = case.frames.rules.inputs[name]
    return one.places if isinstance(one, Number) else 0


def result_of(case: Case) -> Result:
    """Return the result; a check that is not raw always has one."""
    if case.frames.result is None:
        raise LookupError("nothing was computed")
    return case.frames.result


# -- sums ------------------------------------------------------------------------------------------------------------


@check("STR-05")
def annual_total_of_months(case: Case) -> Iterator[Hit]:
    """A yearly figure that is not the sum of its months within their rounding."""
    result = result_of(case)
    for name in case.frames.rules.order:
        grain = case.grain(name)
        if grain.monthly or not case.has(name):
            continue
        for key in result.keys(grain):
            made = result.version(name, key)
            part = _sum_of(made, case)
            if made is None or part is None:
                continue
            row = View(grain, key, {})
            value, total = result.value(name, key), case.total(part, row)
            if total is None or not isinstance(value, Decimal):
                continue
            case.judged += 1
            bound = 12 * HALF * last_place(made.places) if isinstance(made.places, int) else Decimal(0)
            if abs(value - total) > bound:
                yield differs(case, row, name, value, total)
    case.lacking.clear()
    yearly = [
        one.removeprefix(STATED)
        for one in case.frames.rules.inputs
        if one.startswith(STATED) and not case.grain(one).monthly
    ]
    for row, name, given, computed in stated(case, [one for one in yearly if one not in OWN_CHECK]):
        if abs(given - computed) > 12 * HALF * last_place(places_of(case, STATED + name)):
            yield differs(case, row, name, given, computed, STATED + name, name)


def _sum_of(made: Rule | None, case: Case) -> str | None:
    """Return the monthly name that a rule only adds up."""
    if made is None or len(made.arguments) != 1 or made.arguments[0].aggregation != Total:
        return None
    name = made.arguments[0].name
    return name if case.grain(name).monthly and isinstance(made.formula, Symbol) else None


# -- emissions -------------------------------------------------------------------------------------------------------


@check("CAL-01", needs=("combustion_emissions", "fuel_consumption", "oxidation_rate_used"))
def combustion_recalculated(case: Case) -> Iterator[Hit]:
    """Emissions that are not consumption × carbon × oxidation × 44/12, or not what the plant states."""
    result, name = result_of(case), "combustion_emissions"
    grain = case.grain(name)
    parts = ("fuel_consumption", "oxidation_rate_used")
    for row in case.rows(grain, (name, *parts), where=pl.col("fuel_consumption") != 0):
        made = result.version(name, row.key)
        wanted = [one.name for one in made.arguments if one.name not in parts] if made else []
        factors = [result.value(one, row.key) for one in wanted]
        if made is None or not all(isinstance(one, Decimal) for one in factors):
            continue
        carbon = row.fuel_consumption
        for factor in factors:  # carbon content, or until March 2022 calorific value and carbon per heat
            carbon = carbon * factor
        places = made.places if isinstance(made.places, int) else 2
        expected = rounded(carbon * row.oxidation_rate_used * CO2_PER_C, places)
        if abs(row.combustion_emissions - expected) > HALF * last_place(places):
            yield differs(case, row, name, row.combustion_emissions, expected, name, *parts, *wanted)
    for row, one, given, computed in stated(case, OWN_CHECK[:2]):
        if abs(given - computed) > HALF * last_place(places_of(case, STATED + one)):
            yield differs(case, row, one, given, computed, STATED + one, one)


@check("CAL-05")
def purchased_power_recalculated(case: Case) -> Iterator[Hit]:
    """Emissions of purchased electricity that are not amount × factor; silent from 2026, when the item is gone."""
    name, amount, factor = "electricity_emissions", "purchased_electricity", "electricity_factor"
    if not case.has(name, amount) or factor not in case.frames.rules.parameters:
        return
    result, grain = result_of(case), case.grain(name)
    for row in case.rows(grain, (name, amount)):
        record = result.parameter(factor, grain, row.key)
        if isinstance(record, Waiting) or record.value is None:
            continue
        expected = rounded(getattr(row, amount) * record.value, 2)
        if abs(getattr(row, name) - expected) > HALF * last_place(2):
            yield differs(case, row, name, getattr(row, name), expected, name, amount)
    for row, one, given, computed in stated(case, (name,)):
        if abs(given - computed) > HALF * last_place(places_of(case, STATED + one)):
            yield differs(case, row, one, given, computed, STATED + one, one)


# -- heat ------------------------------------------------------------------------------------------------------------


@check("CAL-04", needs=("heat_ratio",), thresholds=("heat_ratio_tolerance",))
def heat_split_recalculated(case: Case) -> Iterator[Hit]:
    """A heat-supply ratio other than the formula's, stated or through a stated heat of the boiler."""
    most = case.limit("heat_ratio_tolerance")
    tolerance = case.number("heat_ratio_tolerance")
    found = [
        *((row, name, given, computed) for row, name, given, computed in stated(case, OWN_CHECK[3:])),
        *_through_boiler_heat(case),
    ]
    for row, name, given, computed in found:
        if abs(given - computed) * 100 > tolerance:
            where, label = row.subject.words, case.label("heat_ratio")
            zh = f"{where.zh}：{label.zh} {shown(given * 100, 2)} %，重算 {shown(computed * 100, 2)} %，相差超过 {shown(tolerance)} 个百分点。请核对供热量、产热量和焓值"
            en = f"{where.en}: {label.en} {shown(given * 100, 2)} %, recomputed {shown(computed * 100, 2)} %, more than {shown(tolerance)} points apart. Check heat and enthalpies"
            names = case.concerned(row, *(one for one in (STATED + name, name) if case.has(one)))
            yield Hit(row.subject, Words(zh, en), names, value=(given - computed) * 100, limit=most, unit="%")


def _through_boiler_heat(case: Case) -> Iterator[tuple[View, str, Decimal, Decimal]]:
    """Yield the months whose ratio rests on a boiler heat filled in where steam and feed water give another."""
    steam = ("main_steam", "main_steam_enthalpy", "feed_water", "feed_water_enthalpy")
    names = ("monthly_heat_supplied", "boiler_heat_reported", *steam, "reheat_steam", "reheat_enthalpy_rise")
    if not case.has(*names, "heat_ratio_method") or "enthalpy_to_heat" not in case.frames.rules.parameters:
        return
    result, grain = result_of(case), case.grain("boiler_heat_reported")
    before = dict(case.lacking)
    for row in case.rows(grain, names, where=pl.col("heat_ratio_method") == "BOILER_HEAT"):
        scale = result.parameter("enthalpy_to_heat", grain, row.key)
        if isinstance(scale, Waiting) or scale.value is None:
            continue
        balance = (
            row.main_steam * row.main_steam_enthalpy
            - row.feed_water * row.feed_water_enthalpy
            + row.reheat_steam * row.reheat_enthalpy_rise
        ) * scale.value
        if balance > 0 and row.boiler_heat_reported > 0:
            supplied = row.monthly_heat_supplied
            yield row, "boiler_heat_reported", supplied / row.boiler_heat_reported, supplied / balance
    case.lacking = before  # most plants give one of the two


# -- means -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Tested:
    """A monthly value as filled in, the weighted mean of coal tests, the plain one of oil and gas, the rule that rounds."""

    reported: str
    weighted: str
    averaged: str
    rule: str


TESTED = (
    Tested("ncv_ar_reported", "ncv_of_tests_weighted", "ncv_of_tests_averaged", "ncv_ar"),
    Tested("carbon_reported", "carbon_of_tests_weighted", "carbon_of_tests_averaged", "carbon_content_ar"),
    Tested("moisture_ar_reported", "moisture_of_tests", "", "moisture_ar"),
)
COAL = pl.col("fuel_group").is_in(("CONVENTIONAL_COAL", "NON_CONVENTIONAL_COAL"))


@check("CAL-02", needs=("fuel_group", "fuel_consumption"))
def wrong_weighted_mean(case: Case) -> Iterator[Hit]:
    """A monthly value that is not the mean of the tests beside it; says so where it is the plain mean."""
    if not case.has("sample_amount") or not case.frames.keys(case.grain("sample_amount")):
        return
    for tested in TESTED:
        if case.has(tested.reported, tested.weighted, tested.rule):
            yield from _means(case, tested, tested.weighted, COAL)
            if tested.averaged and case.has(tested.averaged):
                yield from _means(case, tested, tested.averaged, ~COAL)
    case.lacking.clear()  # where only tests or only monthly values were given there is nothing to compare


def _means(case: Case, tested: Tested, mean: str, where: pl.Expr) -> Iterator[Hit]:
    name = tested.reported
    grain = case.grain(name)
    chosen = where & (pl.col("fuel_consumption") != 0)
    if name == "carbon_reported":  # the tests' mean is on received basis
        chosen &= (pl.col("carbon_basis") == "RECEIVED") | ~COAL
    for row in case.rows(grain, (name, mean), where=chosen):
        places = _places(case, tested.rule, grain, row.key)
        given, expected = getattr(row, name), rounded(getattr(row, mean), places)
        if abs(given - expected) <= last_place(places):
            continue
        hit = differs(case, row, name, given, expected)
        plain = _plain_mean(case, tested.averaged, grain, row.key) if mean == tested.weighted else None
        if plain is not None and rounded(plain, places) == rounded(given, places):
            zh, en = "：填报值等于未加权的简单平均", ": it is the plain mean, not weighted"
            hit = replace(hit, message=Words(hit.message.zh + zh, hit.message.en + en))
        yield hit


def _plain_mean(case: Case, name: str, grain: Grain, key: Key) -> Decimal | None:
    """Return the arithmetic mean of a month's tests; of moisture straight from the samples."""
    if name and case.has(name):
        value = result_of(case).value(name, key)
        return value if isinstance(value, Decimal) else None
    if not case.has("sample_moisture_ar"):
        return None
    finer = case.grain("sample_moisture_ar")
    values = [
        value
        for own, value in result_of(case).items("sample_moisture_ar")
        if finer.project(own, grain) == key
    ]
    known = [value for value in values if isinstance(value, Decimal)]
    return sum(known, Decimal(0)) / len(known) if known else None


def _places(case: Case, rule: str, grain: Grain, key: Key) -> int:
    made = result_of(case).version(rule, key)
    places: Any = made.places if made is not None else None
    if isinstance(places, str):
        record = result_of(case).parameter(places, grain, key)
        places = None if isinstance(record, Waiting) else record.value
    return 4 if places is None else int(places)
