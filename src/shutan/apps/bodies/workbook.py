"""A part of a body's record as a workbook: the template out, the filled one back in with all that is wrong at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shutan.apps.bodies.models import Body
from shutan.apps.bodies.sections import Section
from shutan.apps.common import rowbook
from shutan.apps.common.rowbook import MEDIA_TYPE, MOST_ROWS, Fault, Read

__all__ = ["MEDIA_TYPE", "MOST_ROWS", "Fault", "Read", "read", "write"]


def _sheet(section: Section, body: Body | None) -> rowbook.Sheet:
    key = section.form.key

    def known() -> dict[tuple[Any, ...], Any]:
        rows: Any = section.model._default_manager.filter(body=body)  # noqa: SLF001
        return {tuple(getattr(row, name) for name in key): row for row in rows}

    return rowbook.Sheet(
        title=str(section.title),
        model=section.model,
        names=section.names,
        key=key,
        form=lambda values, instance: section.form(values, instance=instance, body=body),  # type: ignore[arg-type]
        known=known,
    )


def write(section: Section, rows: Sequence[Any] = ()) -> bytes:
    """The workbook of a part, with lines of it or empty, in the language of the page."""
    return rowbook.write(_sheet(section, None), rows)


def read(section: Section, body: Body, content: bytes) -> Read:
    """Read a filled-in workbook. A line whose key stands in the record changes that line, others are new."""
    return rowbook.read(_sheet(section, body), content)
