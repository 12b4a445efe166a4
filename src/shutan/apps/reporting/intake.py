"""What arrives, read by the documents layer: a workbook or JSON becomes a reading with all that is wrong with it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from shutan.apps.common import files
from shutan.apps.reporting.storage import Upload
from shutan.documents.enterprise import Source, compose
from shutan.documents.json_form import read_json
from shutan.documents.problem import Problem, Reading
from shutan.documents.safety import RefusedError
from shutan.documents.template import write_template
from shutan.documents.workbook import read_workbook
from shutan.kernel import Origin


def workbook(upload: Upload, rules_year: int | None = None) -> Reading:
    """Read a filled-in workbook."""
    return _screened(upload, "xlsx", read_workbook(upload.content, name=upload.name, rules_year=rules_year))


def json_report(upload: Upload, rules_year: int | None = None) -> Reading:
    """Read a report sent as JSON."""
    return _screened(upload, "json", read_json(upload.content, rules_year=rules_year))


def _screened(upload: Upload, kind: str, reading: Reading) -> Reading:
    """What was read, unless the one check of uploads refuses the file; what cannot be read says why itself."""
    if reading.rules is None:
        return reading
    try:
        files.screen(upload.content, kind)
    except RefusedError as error:
        problem = Problem(error.code, Origin("file", upload.name), error.reason)
        return Reading(None, None, None, problems=(problem,), title=upload.name)
    return reading


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
