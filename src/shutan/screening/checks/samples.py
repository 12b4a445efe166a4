"""LAB-13, LAB-16 to LAB-18, DOC-05, DOC-07: dates, marks and files of test reports, and reports beside each other."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from shutan.kernel import ParameterValue
from shutan.rules.common.fuels import FuelKind
from shutan.rules.laboratory import DATES, Mark, OwnOrOutside, Sampling
from shutan.screening.case import Case, MissingThresholdError, View
from shutan.screening.catalogue import Words
from shutan.screening.check import Hit, check

COALS = {
    *(
        FuelKind.ANTHRACITE,
        FuelKind.BITUMINOUS,
        FuelKind.LIGNITE,
        FuelKind.WASHED_COAL,
        FuelKind.OTHER_WASHED_COAL,
    ),
    *(FuelKind.OTHER_COAL, FuelKind.COAL_GANGUE, FuelKind.COAL_SLIME, FuelKind.COAL_WATER_SLURRY),
}
VECTOR = ("carbon_ad", "net_heat_ar", "moisture_total", "ash_ad", "volatile_ad", "sulphur_ad")


def _hit(
    row: View, message: Words, *names: str, value: int | None = None, limit: object = None, unit: str = ""
) -> Hit:
    where = row.subject.words
    return Hit(
        row.subject,
        Words(f"{where.zh}：{message.zh}", f"{where.en}: {message.en}"),
        tuple((name, row.key) for name in names),
        value=None if value is None else Decimal(value),
        limit=limit,  # type: ignore[arg-type]
        unit=unit,
    )


def _states_carbon(row: View) -> bool:
    return isinstance(row.carbon_ad, Decimal) or isinstance(row.carbon_ar, Decimal)


@check(
    "LAB-16", needs=("fuel_kind", *DATES), thresholds=("report_within_days", "composite_tested_within_days")
)
def dates_follow_each_other(case: Case) -> Iterator[Hit]:
    """Sampled, prepared, sent, received, tested, reported: in this order; carbon of coal in time after sampling."""
    also = (*DATES, "carbon_ad", "carbon_ar", "fuel_kind", "sampling")
    for row in case.rows(case.grain("reported_on"), ("sampled_on", "reported_on"), also=also):
        known = [(name, getattr(row, name)) for name in DATES if isinstance(getattr(row, name), dt.date)]
        for (first, before), (second, after) in pairwise(known):
            if after < before:
                one, two = case.label(first), case.label(second)
                told = Words(
                    f"{two.zh} {after} 早于{one.zh} {before}。请核对报告原件",
                    f"{two.en} {after} is before {one.en} {before}. Compare with the report itself",
                )
                yield _hit(row, told, first, second)
        if row.fuel_kind in COALS and _states_carbon(row):
            yield from _in_time(case, row)


def _in_time(case: Case, row: View) -> Iterator[Hit]:
    """Judge the days by the rule of the month: until March 2022 for mixed samples the test, since then the report."""
    for name, last in (("report_within_days", "reported_on"), ("composite_tested_within_days", "tested_on")):
        limit, day = _limit(case, name, row), getattr(row, last)
        if limit is None or limit.value is None or not isinstance(day, dt.date):
            continue
        if last == "tested_on" and row.sampling != Sampling.COMPOSITE:
            continue
        days = (day - row.sampled_on).days
        if days > limit.value:
            told = Words(
                f"{case.label(last).zh}在采样后 {days} 日，超过规定的 {limit.value} 个自然日；该月元素碳按未实测处理",
                f"{case.label(last).en} {days} days after sampling, later than the {limit.value} natural days; the month's carbon counts as not measured",
            )
            yield _hit(row, told, "sampled_on", last, value=days, limit=limit, unit="d")


def _limit(case: Case, name: str, row: View) -> ParameterValue | None:
    """Return a bound of the row's month; None where the law of that time has none."""
    try:
        return case.limit(name, month=row.grain.month(row.key))
    except MissingThresholdError:
        return None


@check("LAB-18", needs=("mark", "fuel_kind", "laboratory_kind"))
def report_bears_a_mark(case: Case) -> Iterator[Hit]:
    """Carbon of coal by any laboratory, and heat of coal by a commissioned one, is reported under the CMA or CNAS mark."""
    names = ("mark", "fuel_kind", "laboratory_kind")
    for row in case.rows(case.grain("mark"), names, also=("carbon_ad", "carbon_ar", "net_heat_ar")):
        heat = isinstance(row.net_heat_ar, Decimal) and row.laboratory_kind == OwnOrOutside.OUTSIDE
        if row.mark == Mark.NONE and row.fuel_kind in COALS and (_states_carbon(row) or heat):
            told = Words(
                "报告没有 CMA 资质认定标志或 CNAS 认可标识",
                "the report bears neither the CMA nor the CNAS mark",
            )
            yield _hit(row, told, "mark", "laboratory_kind")


@check("LAB-13", needs=("sample_number", "carbon_ad"), thresholds=("same_results_least",))
def results_are_not_copied(case: Case) -> Iterator[Hit]:
    """Reports of different samples that agree in many results to the last digit."""
    rows = list(case.rows(case.grain("carbon_ad"), ("sample_number",), also=VECTOR))
    for place, row in enumerate(rows):
        limit = case.limit("same_results_least", month=row.grain.month(row.key))
        for other in rows[:place]:
            same = [
                name
                for name in VECTOR
                if isinstance(getattr(row, name), Decimal) and getattr(row, name) == getattr(other, name)
            ]
            is_copy = limit is not None and limit.value is not None and len(same) >= limit.value
            if is_copy and row.sample_number != other.sample_number:
                told = Words(
                    f"与报告 {other.key[0]}（{other.key[1]} 月）有 {len(same)} 项结果完全相同，样品编号不同",
                    f"agrees with report {other.key[0]} (month {other.key[1]}) in {len(same)} results, though of another sample",
                )
                yield _hit(row, told, "sample_number", *same, value=len(same), limit=limit)
                break


@check("LAB-17", needs=("received_on",), thresholds=("received_together_least",))
def samples_came_month_by_month(case: Case) -> Iterator[Hit]:
    """Samples of several months that a laboratory received on one day."""
    by_day: dict[dt.date, list[View]] = defaultdict(list)
    for row in case.rows(case.grain("received_on"), ("received_on",)):
        by_day[row.received_on].append(row)
    for day, rows in by_day.items():
        months = sorted({int(str(row.key[1])) for row in rows})
        limit = case.limit("received_together_least", month=months[-1])
        if limit is not None and limit.value is not None and len(months) >= limit.value:
            listed = "、".join(map(str, months))
            told = Words(
                f"{listed} 月的样品于 {day} 同一天收样",
                f"samples of months {', '.join(map(str, months))} were received on one day, {day}",
            )
            yield _hit(rows[-1], told, "received_on", value=len(months), limit=limit)


@check("DOC-05", needs=("file_created_on", "reported_on"), thresholds=("file_later_most",))
def file_is_as_old_as_the_report(case: Case) -> Iterator[Hit]:
    """The report's file says it was made long after the day of the report."""
    for row in case.rows(case.grain("file_created_on"), ("file_created_on", "reported_on")):
        limit = case.limit("file_later_most", month=row.grain.month(row.key))
        days = (row.file_created_on - row.reported_on).days
        if limit is not None and limit.value is not None and days > limit.value:
            told = Words(
                f"文件创建于 {row.file_created_on}，晚于报告日期 {days} 日",
                f"the file was made on {row.file_created_on}, {days} days after the report",
            )
            yield _hit(row, told, "file_created_on", "reported_on", value=days, limit=limit, unit="d")


@check("DOC-07", needs=("file_digest",))
def files_are_not_used_twice(case: Case) -> Iterator[Hit]:
    """One file stands for reports of different numbers or months. Compared within the records handed in."""
    seen: dict[str, View] = {}
    for row in case.rows(case.grain("file_digest"), ("file_digest",)):
        first = seen.setdefault(row.file_digest, row)
        if first is not row:
            told = Words(
                f"与报告 {first.key[0]}（{first.key[1]} 月）是同一文件",
                f"the same file as report {first.key[0]} (month {first.key[1]})",
            )
            yield _hit(row, told, "file_digest")
