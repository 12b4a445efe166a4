"""The example workbooks: every fault planted in them is found, and those without one are clean."""

import re
from pathlib import Path

import pytest

from shutan.documents.workbook import read_workbook
from shutan.screening import run

EXAMPLES = Path(__file__).parents[2] / "examples"
PLANTED = re.compile(r"^\| (?P<file>\w+) \| (?P<check>[A-Z]+-\d+) \| (?P<cell>\S+)", re.MULTILINE)
README = EXAMPLES / "README.md"
FAULTS = (
    [match.groups() for match in PLANTED.finditer(README.read_text(encoding="utf-8"))]
    if README.exists()
    else []
)
FILES = sorted({path.stem for path in EXAMPLES.glob("*_20??.xlsx")} - {"us_coal_plant_2014"})


def findings(name):
    reading = read_workbook(EXAMPLES / f"{name}.xlsx")
    result = reading.rules.evaluate(reading.year, reading.data)
    return run(result, audience="regulator").findings


@pytest.mark.parametrize("name", FILES)
def test_planted_faults(name):
    found = findings(name)
    planted = [(check, cell) for file, check, cell in FAULTS if file == name]
    for check, cell in planted:
        places = [str(field.origin) for one in found if one.check == check for field in one.fields]
        assert cell in places, f"{check} does not name {cell}"
    assert bool(found) is bool(planted)
