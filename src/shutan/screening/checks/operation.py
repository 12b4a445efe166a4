"""STR-09, STR-11, RNG-09, RNG-13: what ran, for how long, how hard, and whether its meters were calibrated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from shutan.kernel import Choice, Member
from shutan.rules.common.fuels import MeterState
from shutan.screening.case import Band, Case, shown
from shutan.screening.catalogue import Severity, Words
from shutan.screening.check import Hit, Subject, check


@check("STR-09", needs=("generation_reported", "generator_hours"))
def operating_status_contradiction(case: Case) -> Iterator[Hit]:
    """Fuel or electricity without hours, or electricity in a month marked stopped."""
    for row in case.rows(
        case.grain("generation_reported"),
        ("generation_reported", "generator_hours"),
        also=("operating_status",),
    ):
        stopped = isinstance(row.operating_status, Member) and row.operating_status.key == "STOPPED"
        if row.generation_reported > 0 and row.generator_hours == 0:
            yield _contradiction(
                row.subject,
                Words("发电量大于 0 而运行小时为 0", "electricity was generated in 0 running hours"),
                case.concerned(row, "generation_reported", "generator_hours"),
            )
        elif stopped and (row.generation_reported > 0 or row.generator_hours > 0):
            yield _contradiction(
                row.subject,
                Words("标明全月停运而有发电量或运行小时", "marked stopped all month, yet it ran"),
                case.concerned(row, "generation_reported", "generator_hours", "operating_status"),
            )
    if case.has("fuel_consumption_reported", "monthly_operating_hours"):
        grain = case.grain("fuel_consumption_reported")
        idle = pl.col("monthly_operating_hours") == 0
        for row in case.rows(grain, ("fuel_consumption_reported", "monthly_operating_hours"), where=idle):
            if row.fuel_consumption_reported > 0:
                yield _contradiction(
                    row.subject,
                    Words(
                        f"消耗量 {shown(row.fuel_consumption_reported)} 而机组运行小时为 0",
                        f"{shown(row.fuel_consumption_reported)} burned while the unit ran 0 hours",
                    ),
                    case.concerned(row, "fuel_consumption_reported", "monthly_operating_hours"),
                )


def _contradiction(subject: Subject, what: Words, names: tuple[tuple[str, tuple[object, ...]], ...]) -> Hit:
    return Hit(
        subject,
        Words(
            f"{subject.words.zh}：{what.zh}。请核对，或说明用途",
            f"{subject.words.en}: {what.en}. Check it, or say what it was for",
        ),
        names,
    )


@check("STR-11", raw=True)
def meter_calibration_expired(case: Case) -> Iterator[Hit]:
    """A meter was not calibrated in the period of its data."""
    for table in case.frames.rules.tables:
        for one in table.inputs:
            if not isinstance(one, Choice) or one.choices is not MeterState:
                continue
            for key, row in case.frames.table_rows(table).items():
                case.judged += 1
                state = row.values.get(one.name)
                if isinstance(state, Member) and state == MeterState.NOT_CALIBRATED:
                    subject = Subject(table.grain, key)
                    allowed = one.name.replace("_state", "_error_allowed")
                    yield Hit(
                        subject,
                        Words(
                            f"{table.zh}：{subject.words.zh} 的计量器具未在有效期内检定，数据已按允许误差保守修正。"
                            "有检定证书的请上传并更正状态",
                            f"{table.en}: the meter of {subject.words.en} was not calibrated in time; the data are "
                            "corrected by its allowed error. Upload the certificate if there is one",
                        ),
                        (
                            (one.name, key),
                            *(((allowed, key),) if allowed in case.frames.rules.inputs else ()),
                        ),
                    )


@check(
    "RNG-09",
    needs=("generation_reported", "generator_hours", "generator_capacity"),
    thresholds=("capacity_use_soft", "capacity_use_hard"),
)
def output_exceeds_capacity(case: Case) -> Iterator[Hit]:
    """A generator made more than rated power allows in the hours it ran."""
    names = ("generation_reported", "generator_capacity", "generator_hours")
    found = case.outside(
        case.grain("generation_reported"),
        names,
        lambda made, capacity, hours: made / (capacity * hours),
        (
            Band(None, "capacity_use_hard", Severity.BLOCK),
            Band(None, "capacity_use_soft", Severity.HIGH),
        ),
        where=(pl.col("generator_hours") > 0) & (pl.col("generator_capacity") > 0),
    )
    name = Words("发电量/（额定功率×运行小时）", "generation by rated power × running hours")
    remedy = Words("请核对发电量、额定功率和运行小时", "Check generation, rated power and hours")
    for one in found:
        yield case.out_of_range(one, name, "", *names, remedy=remedy)


@check("RNG-13", needs=("generator_hours",), thresholds=("load_factor_least", "load_factor_most"))
def load_factor_or_hours(case: Case) -> Iterator[Hit]:
    """More hours than the calendar has, or a load factor outside 0 to 1."""
    for row in case.rows(case.grain("generator_hours"), ("generator_hours",)):
        most = case.hours(row.grain.month(row.key))
        if row.generator_hours > most:
            where = row.subject.words
            yield Hit(
                row.subject,
                Words(
                    f"{where.zh}：运行小时 {shown(row.generator_hours)} 超过该月 {shown(most)} 小时。请更正",
                    f"{where.en}: {shown(row.generator_hours)} running hours, the month has {shown(most)}. Correct it",
                ),
                case.concerned(row, "generator_hours"),
                value=row.generator_hours,
                bound=most,
                unit="h",
            )
    for name in ("monthly_load_factor", "load_factor"):
        if case.has(name):
            remedy = Words(
                "利用小时不应超过运行小时，请核对发电量、额定功率和运行小时",
                "Utilisation hours cannot exceed running hours: check generation, rated power and hours",
            )
            for one in case.outside(
                case.grain(name),
                (name,),
                lambda load: load,
                (Band("load_factor_least", "load_factor_most"),),
            ):
                hit = case.out_of_range(one, case.label(name), "%", name, remedy=remedy)
                cells = (
                    case.below(one.row, "generation_reported", "generator_hours")
                    if one.row.grain.monthly
                    else ()
                )
                yield replace(hit, names=(*hit.names, *cells))
