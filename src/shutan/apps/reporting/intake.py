"""What arrives, read by the documents layer: a workbook or JSON becomes a reading with all that is wrong with it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from shutan.apps.reporting.storage import Upload
from shutan.documents.enterprise import Source, compose
from shutan.documents.json_form import read_json
from shutan.documents.problem import Problem, Reading
from shutan.documents.template import write_template
from shutan.documents.workbook import read_workbook


def workbook(upload: Upload, rules_year: int | None = None) -> Reading:
    """Read a filled-in workbook."""
    return read_workbook(upload.content, name=upload.name, rules_year=rules_year)


def json_report(upload: Upload, rules_year: int | None = None) -> Reading:
    """Read a report sent as JSON."""
    return read_json(upload.content, rules_year=rules_year)


def enterprise(uploads: Sequence[Upload]) -> tuple[Upload | None, tuple[Problem, ...]]:
    """Add several sectors' workbooks up to one of the rule set `enterprise`, filled in; None where they do not fit."""
    read = [Source(one.name, json_report(one) if is_json(one) else workbook(one)) for one in uploads]
    reading = compose(read).reading
    if not reading.computable or reading.rules is None or reading.year is None:
        return None, reading.problems
    file = io.BytesIO()
    write_template(reading.rules, reading.year, file, data=reading.data)
    return Upload("enterprise.xlsx", file.getvalue()), reading.problems


def is_json(upload: Upload) -> bool:
    """By the name's ending."""
    return Path(upload.name).suffix.lower() == ".json"
