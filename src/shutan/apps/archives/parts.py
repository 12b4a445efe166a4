"""What an archive holds of each line of the ledger: its files by path, each made only when it is written."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import models

from shutan.apps.archives.models import Line
from shutan.apps.common import export, files
from shutan.apps.disclosure import outputs as disclosure_files
from shutan.apps.disclosure.models import Disclosure
from shutan.apps.filing.content import plain
from shutan.apps.filing.models import FiledValue, MonthlyFiling
from shutan.apps.labreports.models import TestReport
from shutan.apps.policies import outputs as policy_files
from shutan.apps.policies.models import Policy
from shutan.apps.reporting import downloads, results
from shutan.apps.reporting.models import Report
from shutan.apps.schemes import outputs as scheme_files
from shutan.apps.schemes.models import Scheme, SchemeFile
from shutan.documents.json_form import write_json

LANGUAGE = "zh"  # of papers and workbooks; the indexes are in both
REPORT_FILES = ("xlsx", "pdf")  # and the trace as JSON
VALUE_HEADS = ("table", "key", "variable", "value", "unit", "obtained", "note")


@dataclass(frozen=True)
class Entry:
    """One file: its path in the archive, and how its content is made. Of a folder's receipt belongs what lies in `files/`."""

    path: str
    content: Callable[[], bytes]
    is_print: bool = False  # a paper made of what other files hold: for who reads, not for who keeps


def entries(line: Line) -> Iterator[Entry]:
    """The files of a line; a record that lies in a cupboard alone has none."""
    made = MAKERS.get(line.source)
    if made is not None:
        yield from made(line, folder(line))


def folder(line: Line) -> str:
    """Where a line's files lie: what one receipt speaks of is in one folder."""
    number = f"v{line.version}" if line.version else f"draft-{line.source_pk}"
    if line.source.startswith("filing."):
        return f"{line.year}/{line.rule_set}/months/{line.month:02d}-v{line.version}"
    if line.source == "reporting.declaration":
        return (
            f"{line.year}/{line.rule_set}/reports/{number}" if line.version else f"{line.year}/declarations"
        )
    if line.source in ("reporting.report", "schemes.scheme", "disclosure.disclosure"):
        return f"{line.year}/{line.rule_set}/{line.kind}s/{number}"
    return f"{line.year}/{line.kind}s/{line.source_pk}"


def _kept(line: Line, at: str, inner: str = "") -> Iterator[Entry]:
    """The file that the line names."""
    if line.sha256:
        name = files.clean_name(line.file_name)
        yield Entry(f"{at}/{inner}{line.source_pk}-{name}", partial(files.content, line.sha256))


def _proved(line: Line, at: str) -> Iterator[Entry]:
    return _kept(line, at, "files/")


def _month(line: Line, at: str) -> Iterator[Entry]:
    rows = partial(_values, line.source_pk)
    yield Entry(f"{at}/values.csv", lambda: export.as_csv("values", list(VALUE_HEADS), rows()))
    yield Entry(f"{at}/values.json", partial(_month_json, line, rows))


def _values(month: int) -> list[list[Any]]:
    found = FiledValue.objects.filter(filing=month).exclude(variable="").order_by("table", "pk")
    return [
        [
            one.table,
            " / ".join(one.key),
            one.variable,
            one.text if one.number is None else plain(one.number),
            one.unit,
            one.obtained,
            one.note,
        ]
        for one in found
    ]


def _month_json(line: Line, rows: Callable[[], list[list[Any]]]) -> bytes:
    month = MonthlyFiling.objects.get(pk=line.source_pk)
    said = {
        "rule_set": line.rule_set,
        "period": line.period,
        "version": month.version,
        "state": month.state,
        "stopped": month.stopped,
        "submitted_at": month.submitted_at and month.submitted_at.isoformat(),
        "reason": month.reason,
        "content_digest": month.content_digest,
        "values": [dict(zip(VALUE_HEADS, row, strict=True)) for row in rows()],
    }
    return as_json(said)


def _report(line: Line, at: str) -> Iterator[Entry]:
    """Tables, paper, results with trace, inputs as one sends them, and the file that came in."""
    report = Report.objects.select_related("organisation", "source").get(pk=line.source_pk)
    for kind in REPORT_FILES:
        yield Entry(f"{at}/{kind}{downloads.WRITERS[kind][2]}", partial(_made, report, kind), is_print=True)
    yield Entry(f"{at}/json.json", lambda: as_json(write_json(results.result_of(report), year=report.year)))
    if report.source:
        yield Entry(f"{at}/files/{report.source.name}", partial(files.content, report.source.sha256))


def _made(report: Report, kind: str) -> bytes:
    return downloads.make(report, kind, LANGUAGE).content


def _scheme(line: Line, at: str) -> Iterator[Entry]:
    held = Scheme.objects.select_related("organisation").get(pk=line.source_pk)
    for kind in ("xlsx", "docx"):
        yield Entry(f"{at}/scheme.{kind}", partial(scheme_files.WRITERS[kind], held, LANGUAGE))
    for one in SchemeFile.objects.filter(scheme=held):
        yield Entry(f"{at}/files/{one.pk}-{one.name}", partial(files.content, one.sha256))


def _disclosure(line: Line, at: str) -> Iterator[Entry]:
    held = Disclosure.objects.select_related("organisation").get(pk=line.source_pk)
    if held.content:
        yield Entry(f"{at}/disclosure.xlsx", lambda: disclosure_files.workbook(held.form(LANGUAGE)))
        yield Entry(f"{at}/disclosure.json", lambda: as_json(disclosure_files.plain(held)))


def _policy(line: Line, at: str) -> Iterator[Entry]:
    held = Policy.objects.select_related("organisation").get(pk=line.source_pk)
    yield Entry(f"{at}/policy.docx", lambda: policy_files.WRITERS["docx"](policy_files.folio(held, LANGUAGE)))


def _test(line: Line, at: str) -> Iterator[Entry]:
    yield Entry(f"{at}/report.json", lambda: as_json(plain_row(TestReport.objects.get(pk=line.source_pk))))
    yield from _kept(line, at)


def plain_row(row: models.Model) -> dict[str, Any]:
    """A row by its columns, as JSON takes it."""
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}  # noqa: SLF001 - Django documents it


def as_json(content: Any) -> bytes:
    """A file of JSON."""
    return json.dumps(
        content, ensure_ascii=False, default=str
    ).encode()  # indented, Python writes it five times slower


MAKERS: dict[str, Callable[[Line, str], Iterator[Entry]]] = {
    "filing.evidencefile": _proved,
    "filing.monthlyfiling": _month,
    "reporting.report": _report,
    "reporting.declaration": _proved,
    "schemes.scheme": _scheme,
    "schemes.calibration": _kept,
    "labreports.testreport": _test,
    "disclosure.disclosure": _disclosure,
    "policies.policy": _policy,
}
