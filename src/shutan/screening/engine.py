"""Run the checks of the catalogue on one report.

Every check ends in one of three heaps: it found something, it judged rows and found nothing, or it did not run and says
why. "Needs …" is never "passed".
"""

from __future__ import annotations

import decimal
from collections.abc import Collection, Iterable
from functools import cache
from pathlib import Path

from shutan.kernel import Dataset, Parameters, ParameterValue, Result, RuleSet, Waiting
from shutan.kernel.numbers import exact
from shutan.kernel.parameters import read_parameters
from shutan.screening import checks  # noqa: F401 - importing them puts them into CHECKS
from shutan.screening.case import Case, MissingThresholdError
from shutan.screening.catalogue import Audience, Entry, Mode, Severity, Status, Words, catalogue
from shutan.screening.check import CHECKS, Check, Hit
from shutan.screening.findings import Clean, Field, Finding, NotRun, Screening, Why, in_order
from shutan.screening.frames import Frames

FOLDER = Path(__file__).parent / "parameters"
TEST_FAMILIES = ("LAB", "DOC")  # what is judged of test reports alone


@cache
def thresholds() -> Parameters:
    """Return the shipped thresholds of all checks."""
    return read_parameters(FOLDER)


def run(
    result: Result,
    *,
    year: int | None = None,
    audience: Audience | str = Audience.ALL,
    register: Iterable[ParameterValue] = (),
    only: Collection[str] = (),
    filed_by: str = "",
) -> Screening:
    """Check a computed report.

    Args:
        result: what the rule set computed, with its inputs.
        year: the year whose thresholds hold; default the report's own.
        audience: "all" leaves out the checks that only the regulator sees.
        register: thresholds that arrived by notice; values of other parameters in it are passed over.
        only: ids of the checks wanted; empty: all.
        filed_by: unified social credit code of the organisation that files the report; empty where nobody does.

    Raises:
        KeyError: `only` names a check that the catalogue does not know.
    """
    return _run(Frames.of(result, filed_by), Audience(audience), register, only, law_year=year)


def run_tests(
    result: Result, *, audience: Audience | str = Audience.ALL, register: Iterable[ParameterValue] = ()
) -> Screening:
    """Check the test reports of an enterprise and year (`shutan.rules.laboratory`): families LAB and DOC.

    Args:
        result: `RECORD.evaluate(year, …)` of the reports.
        audience: as for `run`.
        register: as for `run`.
    """
    only = [name for name, entry in catalogue().entries.items() if entry.family in TEST_FAMILIES]
    return _run(Frames.of(result), Audience(audience), register, only)


def run_raw(
    rules: RuleSet,
    data: Dataset,
    *,
    year: int,
    audience: Audience | str = Audience.ALL,
    register: Iterable[ParameterValue] = (),
    only: Collection[str] = (),
) -> Screening:
    """Check what was filled in where nothing can be computed: rows without a key, or two with the same.

    The checks that need results say so instead of running; for the rest see `run`.
    """
    return _run(Frames(rules, year, data), Audience(audience), register, only)


def _run(
    frames: Frames,
    audience: Audience,
    register: Iterable[ParameterValue],
    only: Collection[str],
    *,
    law_year: int | None = None,
) -> Screening:
    entries = catalogue().entries
    if unknown := set(only) - set(entries):
        raise KeyError(f"no checks {sorted(unknown)}")
    known = thresholds().with_register([value for value in register if value.name in thresholds()])
    findings: list[Finding] = []
    clean: list[Clean] = []
    not_run: list[NotRun] = []
    with decimal.localcontext(exact()):
        for entry in entries.values():
            if (only and entry.id not in only) or (
                entry.audience is Audience.REGULATOR and audience is Audience.ALL
            ):
                continue
            found = _one(entry, frames, known, law_year)
            if isinstance(found, NotRun):
                not_run.append(found)
            elif isinstance(found, Clean):
                clean.append(found)
            else:
                findings.extend(found)
    return Screening(in_order(findings), tuple(clean), tuple(not_run))


def _one(
    entry: Entry, frames: Frames, known: Parameters, law_year: int | None
) -> list[Finding] | Clean | NotRun:
    if not entry.concerns(frames.rules.name):
        return NotRun(
            entry, Why.SECTOR, Words("不涉及本行业或本报告", "about another sector or another kind of record")
        )
    made = CHECKS.get(entry.id)
    if made is None:
        return _without_function(entry)
    if frames.result is None and not made.raw:
        return NotRun(
            entry,
            Why.NOT_COMPUTED,
            Words(
                "数据尚不能计算，先更正其他问题",
                "the report cannot be computed yet; clear the other findings first",
            ),
        )
    absent = [name for name in made.needs if not _there(frames, name, made)]
    if absent:
        # What reads test reports finds none of its names in an annual report: say what record it needs, not which names.
        return _needs(entry, frames, absent) if "workbook" in entry.needs else _without_function(entry)
    case = Case(made, frames, known, law_year)
    try:
        hits = list(made.function(case))
    except MissingThresholdError as missing:
        name = known[missing.name]
        return NotRun(
            entry,
            Why.THRESHOLD,
            Words(
                f"阈值“{name.zh}”在 {missing.day} 没有数值",
                f"threshold “{name.en}” has no value on {missing.day}",
            ),
        )
    if hits:
        return [_finding(made, hit, frames) for hit in hits]
    if case.judged:
        return Clean(entry, case.judged, sum(case.lacking.values()))
    if case.unconfirmed:
        labels = [Words(*frames.rules.labels_of(name)) for name in sorted(case.unconfirmed)]
        zh, en = "、".join(one.zh for one in labels), "; ".join(one.en for one in labels)
        return NotRun(
            entry,
            Why.THRESHOLD,
            Words(f"规定值未经原文确认，不判：{zh}", f"not judged, the rule's value is not confirmed: {en}"),
        )
    if case.lacking:
        return _needs(entry, frames, list(case.lacking))
    return NotRun(
        entry, Why.NOTHING, Words("本报告没有适用的数据", "this report has nothing that the check is about")
    )


def _there(frames: Frames, name: str, made: Check) -> bool:
    return name in frames.rules.inputs if made.raw and frames.result is None else frames.has(name)


def _without_function(entry: Entry) -> NotRun:
    if entry.status is Status.PLANNED:
        return NotRun(entry, Why.PLANNED, Words("尚未实现", "not written yet"))
    needs = [catalogue().needs[name] for name in entry.needs]
    zh, en = "、".join(one.zh for one in needs), "; ".join(one.en for one in needs)
    return NotRun(entry, Why.NEEDS, Words(f"需要：{zh}", f"needs: {en}"))


def _needs(entry: Entry, frames: Frames, names: list[str]) -> NotRun:
    """Name what is missing by its label where the rule set knows it."""
    labels = []
    for name in names:
        known = name in frames.rules.inputs or name in frames.rules.rules or name in frames.rules.parameters
        labels.append(Words(*frames.rules.labels_of(name)) if known else Words(name, name))
    zh, en = "、".join(one.zh for one in labels), "; ".join(one.en for one in labels)
    return NotRun(entry, Why.NEEDS, Words(f"需要：{zh}", f"needs: {en}"))


def _finding(made: Check, hit: Hit, frames: Frames) -> Finding:
    """Weigh a hit: a trial never blocks, whatever its severity says."""
    trial = hit.trial or made.entry.mode is Mode.TRIAL
    severity = hit.severity or made.entry.severity
    if trial and severity is Severity.BLOCK:
        severity = Severity.HIGH
    fields = tuple(_field(name, key, frames) for name, key in hit.names)
    return Finding(
        made.entry,
        severity,
        trial,
        hit.subject,
        _with_places(hit.message, fields),
        fields,
        hit.value,
        hit.bound if hit.bound is not None else (hit.limit.value if hit.limit else None),
        hit.limit,
        hit.unit,
    )


def _field(name: str, key: tuple[object, ...], frames: Frames) -> Field:
    label = Words(*frames.rules.labels_of(name))
    value = frames.value(name, key)
    return Field(name, label, key, None if isinstance(value, Waiting) else value, frames.origin(name, key))


PLACES = 5  # how many cells a message names; `fields` holds them all


def _with_places(message: Words, fields: tuple[Field, ...]) -> Words:
    """Add the cells to a message."""
    places = list(dict.fromkeys(str(field.origin) for field in fields if field.origin is not None))
    if not places:
        return message
    more = len(places) > PLACES
    text = ", ".join(places[:PLACES])
    return Words(
        f"{message.zh}（{text.replace(', ', '、')}{'等' if more else ''}）",
        f"{message.en} ({text}{', …' if more else ''})",
    )
