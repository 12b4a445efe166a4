"""A report as files: the guideline's tables as a workbook with live formulas, a PDF, the trace, the file that came in."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass

from django.utils.translation import gettext as _

from shutan.apps.common import platform
from shutan.apps.common.files import WORD
from shutan.apps.common.platform import Sheets
from shutan.apps.reporting import declarations, results, storage
from shutan.apps.reporting.models import Report
from shutan.apps.reporting.storage import SPREADSHEET, clean_name
from shutan.documents.grids import grids
from shutan.documents.json_form import write_json
from shutan.documents.template import write_template


@dataclass(frozen=True)
class Made:
    """A file to send."""

    content: bytes
    media_type: str
    name: str


@dataclass(frozen=True)
class Offer:
    """One download on the report's page."""

    kind: str
    title: str
    hint: str
    icon: str


def offered(report: Report) -> list[Offer]:
    """What can be downloaded of a report."""
    offers = [
        Offer(
            "xlsx", _("Report tables (Excel)"), _("Every derived cell is a live formula"), "file-spreadsheet"
        ),
        Offer("pdf", _("Report (PDF)"), _("For printing and stamping"), "printer"),
        Offer(
            "json",
            _("Results and trace (JSON)"),
            _("Every value with rule, clause and source"),
            "math-function",
        ),
        Offer("inputs", _("Inputs as a filled template"), _("To correct and upload again"), "table"),
    ]
    if report.source:
        offers.append(Offer("source", _("The file as it was uploaded"), report.source.name, "download"))
    return offers


def make(report: Report, kind: str, language: str) -> Made:
    """Make one file.

    Raises:
        KeyError: there is no such kind.
    """
    if kind == "source":
        if report.source is None:
            raise KeyError(kind)
        return Made(storage.content(report.source), report.source.media_type, report.source.name)
    write, media_type, ending = WRITERS[kind]
    name = clean_name(f"{report.organisation.name_zh}-{report.year}-{kind}{ending}")
    return Made(write(report, language), media_type, name)


def _workbook(report: Report, language: str) -> bytes:
    from shutan.documents.report_workbook import write_report  # noqa: PLC0415 - heavy, and only here

    stream = io.BytesIO()
    # The year of the figures: where it is not that of the rules, the file says that it is an exercise.
    write_report(results.result_of(report), stream, language, year=report.year)
    return stream.getvalue()


def _pdf(report: Report, language: str) -> bytes:
    from shutan.documents.report_pdf import write_pdf  # noqa: PLC0415 - heavy, and only here

    stream = io.BytesIO()
    page = None if report.is_exercise else asdict(declarations.folio(report, language))
    write_pdf(results.result_of(report), stream, language, year=report.year, declaration=page)
    return stream.getvalue()


def _json(report: Report, _language: str) -> bytes:
    return json.dumps(
        write_json(results.result_of(report), year=report.year), ensure_ascii=False, indent=1
    ).encode()


def _inputs(report: Report, language: str) -> bytes:
    stream = io.BytesIO()
    result = results.result_of(report)
    write_template(result.rules, report.year, stream, data=result.data, language=language)
    return stream.getvalue()


def tables(report: Report, language: str) -> Sheets:
    """Every table of the guideline's annex with the report's values, as the national platform takes them."""
    result = results.result_of(report)
    return platform.sheets(
        result, grids(result, result.rules.report, language) if result.rules.report else [], language
    )


def _platform(report: Report, language: str) -> bytes:
    return platform.write(tables(report, language))


def _platform_json(report: Report, language: str) -> bytes:
    about = {
        "organisation": report.organisation.name_zh,
        "credit_code": report.organisation.credit_code,
        "rule_set": report.rule_set,
        "year": report.year,
        "version": report.version,
    }
    told = platform.write_json(tables(report, language), about)
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


Write = Callable[[Report, str], bytes]
WRITERS: dict[str, tuple[Write, str, str]] = {
    "xlsx": (_workbook, SPREADSHEET, ".xlsx"),
    "pdf": (_pdf, "application/pdf", ".pdf"),
    "json": (_json, "application/json", ".json"),
    "inputs": (_inputs, SPREADSHEET, ".xlsx"),
    "platform": (_platform, SPREADSHEET, ".xlsx"),
    "platform-json": (_platform_json, "application/json", ".json"),
    "declaration": (declarations.pdf, "application/pdf", ".pdf"),
    "declaration-word": (declarations.docx, WORD, ".docx"),
}
