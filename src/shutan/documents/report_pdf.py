"""The report as a PDF, set by Typst with fonts that come with the installation; the same bytes for the same report."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import pylopdf_fonts_zh_cn
import typst

from shutan.documents.pdf_data import Remark, report_data
from shutan.kernel import Result
from shutan.kernel.report import Report

__all__ = ["FontMissingError", "Remark", "font_folder", "write_pdf"]

TEMPLATE = Path(__file__).parent / "templates" / "report.typ"


class FontMissingError(RuntimeError):
    """The Chinese fonts are not where the installation puts them; Typst would fall back without a word."""


def font_folder() -> Path:
    """Return the folder of the fonts.

    Raises:
        FontMissingError: a font is not there.
    """
    serif, sans = Path(pylopdf_fonts_zh_cn.serif_path()), Path(pylopdf_fonts_zh_cn.sans_path())
    for path in (serif, sans):
        if not path.is_file():
            raise FontMissingError(f"font {path.name} is missing: reinstall pylopdf-fonts-zh-cn")
    return serif.parent


def write_pdf(
    result: Result,
    target: Path | BinaryIO,
    language: str = "zh",
    *,
    report: Report | None = None,
    remarks: Sequence[Remark] | None = None,
    year: int | None = None,
    issued: dt.date | None = None,
    declaration: Mapping[str, Any] | None = None,
) -> None:
    """Write the report.

    Args:
        result: an evaluated report.
        target: file to write, or a binary stream.
        language: "zh" or "en".
        report: what to show; default: what the rule set declares.
        remarks: findings to list; None leaves the chapter out, an empty list says that there are none.
        year: year of the figures, where the law of another one was applied: the report then says that it is an exercise.
        declaration: the page by which the unit answers for the report, after the cover: a `Folio` as plain data.
        issued: date on the cover; none is shown by default, so that the same report is the same bytes.

    Raises:
        ValueError: the rule set declares no report.
        FontMissingError: see `font_folder`.
    """
    wanted = report or result.rules.report
    if wanted is None:
        raise ValueError(f"the rule set {result.rules.name} declares no report")
    data = report_data(result, wanted, language, remarks=remarks, year=year, issued=issued)
    data["declaration"] = declaration
    pdf = typst.compile(
        str(TEMPLATE),
        font_paths=[str(font_folder())],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
    if isinstance(target, Path):
        target.write_bytes(pdf)
    else:
        target.write(pdf)
