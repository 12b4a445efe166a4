"""LAB-01 to LAB-03, LAB-05 to LAB-09, LAB-15: whether the results of one test report agree with each other."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import product

from shutan.rules.common.fuels import FuelKind
from shutan.screening.case import Case, View, shown
from shutan.screening.catalogue import Severity, Words
from shutan.screening.check import Hit, check

WHOLE = Decimal(100)
HALF = Decimal("0.5")
CHECK_REPORT = Words("请核对检测报告原件", "Compare with the report itself")
SYNONYM = Words(
    "请核对检测报告原件；收到基水分取企业实测值，空干基水分取检测报告值",
    "Compare with the report: total moisture is the plant's own, M_ad the report's",
)


def half_unit(value: Decimal) -> Decimal:
    """Return how far a figure may lie from what it was rounded from: half of its last place."""
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)  # noqa: S101 - a filed figure is a finite number
    return HALF.scaleb(exponent)


def _hit(
    row: View, message: Words, remedy: Words, *names: str, value: Decimal, bound: Decimal | None, unit: str,
    severity: Severity | None = None, trial: bool = False, limit: object = None,
) -> Hit:  # fmt: skip
    where = row.subject.words
    return Hit(
        row.subject,
        Words(f"{where.zh}：{message.zh}。{remedy.zh}", f"{where.en}: {message.en}. {remedy.en}"),
        tuple((name, row.key) for name in names),
        value=value,
        bound=bound,
        unit=unit,
        severity=severity,
        trial=trial,
        limit=limit,  # type: ignore[arg-type]
    )


PROXIMATE = ("moisture_ad", "ash_ad", "volatile_ad", "fixed_carbon_ad")


@check("LAB-01", needs=PROXIMATE)
def proximate_analysis_closes(case: Case) -> Iterator[Hit]:
    """Moisture, ash, volatile matter and fixed carbon make up 100 % of air-dried coal, within rounding."""
    for row in case.rows(case.grain("ash_ad"), PROXIMATE):
        parts = [getattr(row, name) for name in PROXIMATE]
        total = sum(parts, Decimal())
        if abs(total - WHOLE) > sum(map(half_unit, parts), Decimal()):
            told = Words(
                f"工业分析四项之和为 {shown(total)} %，应为 100 %",
                f"the proximate analysis adds up to {shown(total)} %, not 100 %",
            )
            yield _hit(row, told, CHECK_REPORT, *PROXIMATE, value=total, bound=WHOLE, unit="%")


ULTIMATE = ("carbon_ad", "hydrogen_ad", "nitrogen_ad", "sulphur_ad", "ash_ad", "moisture_ad")


@check("LAB-02", needs=ULTIMATE, thresholds=("oxygen_ash_free_most",))
def ultimate_analysis_leaves_oxygen(case: Case) -> Iterator[Hit]:
    """Oxygen by difference is not negative; much of it is a trial finding."""
    for row in case.rows(case.grain("carbon_ad"), ULTIMATE):
        oxygen = WHOLE - sum((getattr(row, name) for name in ULTIMATE), Decimal())
        if oxygen < -sum((half_unit(getattr(row, name)) for name in ULTIMATE), Decimal()):
            told = Words(
                f"差减氧为 {shown(oxygen)} %，小于 0", f"oxygen by difference is {shown(oxygen)} %, below 0"
            )
            yield _hit(row, told, CHECK_REPORT, *ULTIMATE, value=oxygen, bound=Decimal(), unit="%")
            continue
        free = WHOLE - row.ash_ad - row.moisture_ad
        limit = case.limit("oxygen_ash_free_most", month=row.grain.month(row.key))
        if limit is not None and limit.value is not None and free > 0 and oxygen * WHOLE / free > limit.value:
            share = oxygen * WHOLE / free
            told = Words(
                f"干燥无灰基氧 {shown(share, 2)} % 高于 {limit.value} %",
                f"oxygen, dry ash-free, is {shown(share, 2)} %, above {limit.value} %",
            )
            yield _hit(
                row, told, CHECK_REPORT, *ULTIMATE, value=share, bound=None, unit="%", trial=True, limit=limit
            )


CONVERSION = ("carbon_ad", "moisture_ad", "moisture_total", "carbon_ar")


@check("LAB-03", needs=CONVERSION)
def carbon_is_converted_right(case: Case) -> Iterator[Hit]:
    """Carbon as received follows from air-dried carbon and both moistures, within rounding; swapped ones are named."""
    for row in case.rows(case.grain("carbon_ar"), CONVERSION):
        if row.moisture_ad >= WHOLE or row.moisture_total >= WHOLE:
            continue
        low, high = _converted(row)
        near = half_unit(row.carbon_ar)
        if low - near <= row.carbon_ar <= high + near:
            continue
        expected = row.carbon_ad * (WHOLE - row.moisture_total) / (WHOLE - row.moisture_ad)
        swapped = row.carbon_ad * (WHOLE - row.moisture_ad) / (WHOLE - row.moisture_total)
        is_swapped = abs(swapped - row.carbon_ar) <= near * 2
        told = Words(
            f"收到基碳 {row.carbon_ar} %，按空干基碳和水分复算为 {shown(expected, 4)} %"
            + ("（两个水分取反）" if is_swapped else ""),
            f"carbon as received is {row.carbon_ar} %, converted again {shown(expected, 4)} %"
            + (" (the two moistures are swapped)" if is_swapped else ""),
        )
        yield _hit(row, told, SYNONYM, *CONVERSION, value=row.carbon_ar, bound=round(expected, 6), unit="%")


def _converted(row: View) -> tuple[Decimal, Decimal]:
    """Return between what the conversion lies, when each figure may be half a unit of its last place off."""
    corners = [
        (row.carbon_ad + a * half_unit(row.carbon_ad))
        * (WHOLE - row.moisture_total - b * half_unit(row.moisture_total))
        / (WHOLE - row.moisture_ad - c * half_unit(row.moisture_ad))
        for a, b, c in product((-1, 1), repeat=3)
    ]
    return min(corners), max(corners)


@check("LAB-05", needs=("moisture_total", "moisture_ad"))
def total_moisture_is_the_larger(case: Case) -> Iterator[Hit]:
    """Coal as received is not drier than air-dried coal."""
    names = ("moisture_total", "moisture_ad")
    for row in case.rows(case.grain("moisture_total"), names):
        if row.moisture_total < row.moisture_ad:
            told = Words(
                f"全水分 {row.moisture_total} % 小于空干基水分 {row.moisture_ad} %",
                f"total moisture {row.moisture_total} % is below M_ad {row.moisture_ad} %",
            )
            yield _hit(
                row, told, CHECK_REPORT, *names, value=row.moisture_total, bound=row.moisture_ad, unit="%"
            )


HEATS = ("gross_heat_ad", "hydrogen_ad", "moisture_ad", "moisture_total", "net_heat_ar")


@check(
    "LAB-06", needs=HEATS, thresholds=("net_heat_per_hydrogen", "net_heat_per_moisture", "net_heat_off_most")
)
def net_heat_follows_from_gross_heat(case: Case) -> Iterator[Hit]:
    """Net calorific value as received, recomputed from the gross value, hydrogen and both moistures."""
    for row in case.rows(case.grain("net_heat_ar"), HEATS):
        month = row.grain.month(row.key)
        hydrogen, moisture = (
            case.number(name, month=month) for name in ("net_heat_per_hydrogen", "net_heat_per_moisture")
        )
        limit = case.limit("net_heat_off_most", month=month)
        if row.moisture_ad >= WHOLE or limit is None or limit.value is None:
            continue
        dry = (WHOLE - row.moisture_total) / (WHOLE - row.moisture_ad)
        expected = (row.gross_heat_ad - hydrogen * row.hydrogen_ad) * dry - moisture * row.moisture_total
        off = abs(row.net_heat_ar - expected)
        if off > limit.value:
            told = Words(
                f"低位发热量 {row.net_heat_ar} GJ/t，由高位换算为 {shown(expected, 3)} GJ/t",
                f"net calorific value is {row.net_heat_ar} GJ/t, from the gross one {shown(expected, 3)} GJ/t",
            )
            yield _hit(row, told, CHECK_REPORT, *HEATS, value=off, bound=None, unit="GJ/t", limit=limit)


@check(
    "LAB-07",
    needs=(*ULTIMATE, "moisture_total", "net_heat_ar"),
    thresholds=(
        *("mendeleev_carbon", "mendeleev_hydrogen", "mendeleev_oxygen", "mendeleev_moisture"),
        *("mendeleev_off_soft", "mendeleev_off_hard"),
    ),
)
def heat_follows_from_the_elements(case: Case) -> Iterator[Hit]:
    """Net calorific value beside Mendeleev's formula of the elements as received."""
    names = (*ULTIMATE, "moisture_total", "net_heat_ar")
    for row in case.rows(case.grain("net_heat_ar"), names):
        month = row.grain.month(row.key)
        carbon, hydrogen, oxygen, moisture = (
            case.number(f"mendeleev_{one}", month=month)
            for one in ("carbon", "hydrogen", "oxygen", "moisture")
        )
        if row.moisture_ad >= WHOLE:
            continue
        wet = (WHOLE - row.moisture_total) / (WHOLE - row.moisture_ad)
        left = WHOLE - sum((getattr(row, name) for name in ULTIMATE), Decimal())
        expected = (
            carbon * row.carbon_ad + hydrogen * row.hydrogen_ad - oxygen * (left - row.sulphur_ad)
        ) * wet - moisture * row.moisture_total
        if expected <= 0:
            continue
        off = abs(row.net_heat_ar / expected - 1) * WHOLE
        for name, severity in (
            ("mendeleev_off_hard", Severity.HIGH),
            ("mendeleev_off_soft", Severity.MEDIUM),
        ):
            limit = case.limit(name, month=month)
            if limit is not None and limit.value is not None and off > limit.value:
                told = Words(
                    f"低位发热量 {row.net_heat_ar} GJ/t 与元素分析推算的 {shown(expected, 3)} GJ/t 相差 {shown(off, 2)} %",
                    f"net calorific value {row.net_heat_ar} GJ/t is {shown(off, 2)} % off {shown(expected, 3)} GJ/t of the elements",
                )
                yield _hit(
                    row,
                    told,
                    CHECK_REPORT,
                    *names,
                    value=off,
                    bound=None,
                    unit="%",
                    severity=severity,
                    limit=limit,
                )
                break


REGRESSION = (
    "carbon_ar",
    "net_heat_ar",
    "moisture_total",
    "moisture_ad",
    "ash_ad",
    "volatile_ad",
    "sulphur_ad",
)
COEFFICIENTS = tuple(
    f"carbon_by_{one}" for one in ("intercept", "heat", "moisture", "ash", "volatile", "sulphur")
)


@check(
    "LAB-08",
    needs=REGRESSION,
    thresholds=(*COEFFICIENTS, "carbon_low_hard", "carbon_low_soft", "carbon_high"),
)
def carbon_follows_from_heat_and_analysis(case: Case) -> Iterator[Hit]:
    """Carbon as received beside what heat, moisture, ash, volatile matter and sulphur (all as received) let expect."""
    for row in case.rows(case.grain("carbon_ar"), REGRESSION):
        if row.moisture_ad >= WHOLE:
            continue
        month = row.grain.month(row.key)
        wet = (WHOLE - row.moisture_total) / (WHOLE - row.moisture_ad)
        base, heat, moisture, ash, volatile, sulphur = (
            case.number(name, month=month) for name in COEFFICIENTS
        )
        expected = (
            base
            + heat * row.net_heat_ar
            + moisture * row.moisture_total
            + (ash * row.ash_ad + volatile * row.volatile_ad + sulphur * row.sulphur_ad) * wet
        )
        yield from _residual(
            case,
            row,
            expected,
            REGRESSION,
            hard="carbon_low_hard",
            soft="carbon_low_soft",
            high="carbon_high",
        )


@check(
    "LAB-09",
    needs=("carbon_ar", "net_heat_ar"),
    thresholds=("carbon_simple_intercept", "carbon_simple_heat", "carbon_simple_low", "carbon_simple_high"),
)
def carbon_follows_from_heat(case: Case) -> Iterator[Hit]:
    """Carbon as received beside what heat alone lets expect, where the analysis for LAB-08 is not there."""
    names = ("carbon_ar", "net_heat_ar")
    more = tuple(name for name in REGRESSION if name not in names)
    for row in case.rows(case.grain("carbon_ar"), names, also=more):
        if all(isinstance(getattr(row, name), Decimal) for name in more):
            continue
        month = row.grain.month(row.key)
        expected = (
            case.number("carbon_simple_intercept", month=month)
            + case.number("carbon_simple_heat", month=month) * row.net_heat_ar
        )
        yield from _residual(
            case, row, expected, names, hard="carbon_simple_low", soft="", high="carbon_simple_high"
        )


def _residual(
    case: Case, row: View, expected: Decimal, names: tuple[str, ...], *, hard: str, soft: str, high: str
) -> Iterator[Hit]:
    off, month = row.carbon_ar - expected, row.grain.month(row.key)
    bounds = ((hard, None, -1), (soft, Severity.MEDIUM, -1), (high, None, 1))
    for name, severity, side in bounds:
        limit = case.limit(name, month=month) if name else None
        if limit is not None and limit.value is not None and side * (off - limit.value) > 0:
            told = Words(
                f"收到基碳 {row.carbon_ar} % 与推算的 {shown(expected, 2)} % 相差 {shown(off, 2)} 个百分点",
                f"carbon as received {row.carbon_ar} % is {shown(off, 2)} points off the expected {shown(expected, 2)} %",
            )
            yield _hit(
                row,
                told,
                CHECK_REPORT,
                *names,
                value=off,
                bound=None,
                unit="%",
                severity=severity,
                limit=limit,
            )
            return


RANKS = {FuelKind.ANTHRACITE, FuelKind.BITUMINOUS, FuelKind.LIGNITE}


@check(
    "LAB-15",
    needs=("volatile_ad", "moisture_ad", "ash_ad", "fuel_kind"),
    thresholds=("volatile_anthracite_most", "volatile_bituminous_most"),
)
def coal_is_of_its_rank(case: Case) -> Iterator[Hit]:
    """Kind of coal by volatile matter, dry ash-free; above 37 % light transmittance decides, which a report rarely states."""
    names = ("volatile_ad", "moisture_ad", "ash_ad", "fuel_kind")
    for row in case.rows(case.grain("volatile_ad"), names):
        free = WHOLE - row.moisture_ad - row.ash_ad
        if row.fuel_kind not in RANKS or free <= 0:
            continue
        month = row.grain.month(row.key)
        share = row.volatile_ad * WHOLE / free
        least, most = (
            case.limit(name, month=month) for name in ("volatile_anthracite_most", "volatile_bituminous_most")
        )
        if least is None or most is None or least.value is None or most.value is None:
            continue
        if share <= least.value:
            found, right = [FuelKind.ANTHRACITE], row.fuel_kind == FuelKind.ANTHRACITE
        elif share <= most.value:
            found, right = [FuelKind.BITUMINOUS], row.fuel_kind == FuelKind.BITUMINOUS
        else:
            found, right = [FuelKind.BITUMINOUS, FuelKind.LIGNITE], row.fuel_kind != FuelKind.ANTHRACITE
        if not right:
            kinds = Words("或".join(one.zh for one in found), " or ".join(one.en for one in found))
            told = Words(
                f"干燥无灰基挥发分 {shown(share, 2)} %，属{kinds.zh}，填报为{row.fuel_kind.zh}",
                f"volatile matter, dry ash-free, is {shown(share, 2)} %: {kinds.en}, stated as {row.fuel_kind.en}",
            )
            yield _hit(
                row,
                told,
                CHECK_REPORT,
                *names,
                value=share,
                bound=None,
                unit="%",
                limit=least if share <= least.value or row.fuel_kind == FuelKind.ANTHRACITE else most,
            )
