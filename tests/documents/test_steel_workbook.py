"""The documents of a sector that is not power: its workbook comes back as it went out."""

import io
from pathlib import Path

from shutan.cli.plants.steel import steel_works
from shutan.documents.template import write_template
from shutan.documents.workbook import read_workbook
from shutan.rules.registry import rule_set

EXAMPLES = Path(__file__).parents[2] / "examples"
WORKS = steel_works()


def test_the_example_is_what_the_generator_makes():
    stream = io.BytesIO()
    write_template(rule_set("steel"), WORKS.year, stream, data=WORKS.dataset())
    assert stream.getvalue() == (EXAMPLES / "steel_2024.xlsx").read_bytes()


def test_the_workbook_comes_back():
    reading = read_workbook(EXAMPLES / "steel_2024.xlsx")
    assert reading.problems == ()
    for name, rows in WORKS.tables.items():
        got = [dict(row.values) for row in reading.data.rows(name)]
        assert len(got) == len(rows), name
        for one, wanted in zip(got, rows, strict=True):
            assert {key: one[key] for key in wanted} == wanted, name
