"""Every rule set that is reported, by library, command line, workbook and LibreOffice: one set of figures."""

import json
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.documents import test_report_workbook as proof

from shutan.cli import cli
from shutan.cli.plants import chuannan, industrial_works
from shutan.documents.workbook import read_workbook

EXAMPLES = Path(__file__).parents[2] / "examples"
WORKS = {plant.sector: plant for plant in (chuannan(2024), *industrial_works())}


@cache
def computed(sector):
    """Reading and result of a committed workbook."""
    reading = read_workbook(EXAMPLES / f"{WORKS[sector].slug}.xlsx")
    return reading, reading.rules.evaluate(reading.year, reading.data)


@pytest.mark.parametrize("sector", WORKS)
def test_the_workbook_holds_what_the_generator_makes(sector):
    reading, _ = computed(sector)
    assert reading.complete
    made = WORKS[sector].dataset()
    for table in reading.rules.tables:
        rows = [_filled(row, table.grain) for row in reading.data.rows(table.name)]
        assert [row for row in rows if row] == [
            _filled(row, table.grain) for row in made.rows(table.name) if _filled(row, table.grain)
        ], table.name


def _filled(row, grain):
    """What stands in a row beside months, which the template prepares."""
    kept = {name: value for name, value in row.values.items() if value is not None}
    return kept if kept.keys() - {"month"} else {}


@pytest.mark.parametrize("sector", WORKS)
def test_the_command_line_gives_the_figures_of_the_library(sector, tmp_path):
    file = EXAMPLES / f"{WORKS[sector].slug}.xlsx"
    done = CliRunner().invoke(cli, ["report", str(file), "-o", str(tmp_path), "--json"])
    assert done.exit_code == 0, done.output
    made = {path.suffix: path for path in tmp_path.iterdir()}
    assert made.keys() == {".xlsx", ".pdf", ".json"}
    assert made[".pdf"].read_bytes().startswith(b"%PDF")
    told = json.loads(made[".json"].read_text(encoding="utf-8"))["values"]
    found = {(one["name"], tuple(one["key"])): one["value"] for one in told}
    _, result = computed(sector)
    for name in filter(result.has, result.rules.order):
        for key, value in result.items(name):
            if isinstance(value, Decimal):
                assert Decimal(found[name, key]) == value, (name, key)
            else:
                assert found[name, key] == getattr(value, "key", None), (name, key)


@pytest.mark.libreoffice
@pytest.mark.parametrize(
    ("sector", "language"),
    [(sector, ("zh", "en")[at % 2]) for at, sector in enumerate(WORKS)],
)
def test_libreoffice_computes_the_same(soffice, sector, language, tmp_path):
    proof.test_libreoffice_computes_the_same(soffice, (computed(sector)[1], language), tmp_path)
