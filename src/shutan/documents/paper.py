"""A short official paper as PDF: a list, a notice to a unit. The same bytes for the same words."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import typst

from shutan.documents.report_pdf import font_folder

TEMPLATE = Path(__file__).parent / "templates" / "paper.typ"
WIDE_FROM = 7  # columns


@dataclass(frozen=True)
class Paper:
    """What stands on the paper; every text is a value, never markup."""

    title: str
    language: str = "zh"
    subtitle: str = ""
    addressee: str = ""
    paragraphs: Sequence[str] = ()
    heads: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    signed: Sequence[str] = ()
    notes: Sequence[str] = ()


def paper_pdf(paper: Paper) -> bytes:
    """Set a paper.

    Raises:
        FontMissingError: the Chinese fonts are not installed.
    """
    data = asdict(paper) | {"wide": len(paper.heads) >= WIDE_FROM}
    return typst.compile(
        str(TEMPLATE),
        font_paths=[str(font_folder())],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
    )
