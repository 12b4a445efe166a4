"""What arrives, read by the documents layer: a workbook or JSON becomes a reading with all that is wrong with it."""

from __future__ import annotations

from pathlib import Path

from shutan.apps.reporting.storage import Upload
from shutan.documents.json_form import read_json
from shutan.documents.problem import Reading
from shutan.documents.workbook import read_workbook


def workbook(upload: Upload, rules_year: int | None = None) -> Reading:
    """Read a filled-in workbook."""
    return read_workbook(upload.content, name=upload.name, rules_year=rules_year)


def json_report(upload: Upload, rules_year: int | None = None) -> Reading:
    """Read a report sent as JSON."""
    return read_json(upload.content, rules_year=rules_year)


def is_json(upload: Upload) -> bool:
    """By the name's ending."""
    return Path(upload.name).suffix.lower() == ".json"
