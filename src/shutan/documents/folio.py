"""A paper of several parts, each with facts, paragraphs and a table: as PDF (Typst) and as Word file, from one description."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx
import typst
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Pt

from shutan.documents.report_pdf import font_folder

TEMPLATE = Path(__file__).parent / "templates" / "folio.typ"
FONT = "宋体"  # what Word has on the desks of those who print it
TEXT_SIZE, TABLE_SIZE = 10.5, 8
EPOCH = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Part:
    """One part: its title, names with values, and a table whose cells are texts."""

    title: str
    facts: Sequence[tuple[str, str]] = ()
    heads: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    notes: Sequence[str] = ()
    paragraphs: Sequence[str] = ()  # before all else of the part


@dataclass(frozen=True)
class Folio:
    """The whole paper; every text is a value, never markup."""

    title: str
    language: str = "zh"
    subtitle: str = ""
    parts: Sequence[Part] = ()
    notes: Sequence[str] = ()
    portrait: bool = False


def folio_pdf(folio: Folio) -> bytes:
    """Set a paper; the same bytes for the same words.

    Raises:
        FontMissingError: the Chinese fonts are not installed.
    """
    return typst.compile(
        str(TEMPLATE),
        font_paths=[str(font_folder())],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(asdict(folio), ensure_ascii=False)},
    )


def folio_docx(folio: Folio) -> bytes:
    """Write a paper for Word; the same bytes for the same words."""
    made = docx.Document()
    style: Any = made.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(TEXT_SIZE)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    page = made.sections[0]
    if not folio.portrait:
        page.orientation, page.page_width, page.page_height = (
            WD_ORIENT.LANDSCAPE,
            page.page_height,
            page.page_width,
        )
    made.core_properties.author, made.core_properties.title = "Shutan", folio.title
    made.core_properties.created = made.core_properties.modified = EPOCH
    made.add_heading(folio.title, 0)
    if folio.subtitle:
        made.add_paragraph(folio.subtitle)
    for part in folio.parts:
        _part(made, part)
    for note in folio.notes:
        made.add_paragraph(note)
    stream = io.BytesIO()
    made.save(stream)
    return _same_bytes(stream.getvalue())


def _part(made: Any, part: Part) -> None:
    made.add_heading(part.title, 1)
    for one in part.paragraphs:
        made.add_paragraph(one)
    if part.facts:
        _table(made, part.facts, bold_first=True)
    if part.heads:
        _table(made, [part.heads, *part.rows])
    for note in part.notes:
        made.add_paragraph(note)


def _table(made: Any, rows: Sequence[Sequence[str]], *, bold_first: bool = False) -> None:
    table = made.add_table(rows=0, cols=len(rows[0]))
    table.style = "Table Grid"
    for place, row in enumerate(rows):
        for column, (cell, text) in enumerate(zip(table.add_row().cells, row, strict=True)):
            run = cell.paragraphs[0].add_run(_printable(text))
            run.font.size = Pt(TABLE_SIZE)
            run.bold = column == 0 if bold_first else place == 0
    made.add_paragraph()


def _printable(text: str) -> str:
    """Leave out control characters, which XML has no way to hold."""
    return "".join(one for one in text if one.isprintable() or one in "\n\t")


def _same_bytes(content: bytes) -> bytes:
    """Pack the file again with one day for all its parts: packing notes the clock."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for one in old.infolist():
            new.writestr(
                zipfile.ZipInfo(one.filename, EPOCH.timetuple()[:6]),
                old.read(one.filename),
                zipfile.ZIP_DEFLATED,
            )
    return stream.getvalue()
