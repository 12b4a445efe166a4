"""The commands on a sector that is not power: they follow from its declaration."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from shutan.cli import cli

EXAMPLES = Path(__file__).parents[2] / "examples"
STEEL = str(EXAMPLES / "steel_2024.xlsx")


@pytest.fixture
def run():
    def call(*words):
        return CliRunner().invoke(cli, words, catch_exceptions=False)

    return call


def test_allocate_shows_the_figures_the_sector_declares(run):
    found = {
        one["name"]: one["value"] for one in json.loads(run("allocate", STEEL, "--json").stdout)["values"]
    }
    assert found["enterprise_allowance"] == found["surrender_duty"]
    assert found["allowance_gap"] == "0"
    assert "iron_intensity" in found
    assert "机组" not in run("--language", "zh", "allocate", STEEL).stdout


def test_report_of_a_steel_works_is_clean(run, tmp_path):
    done = run("--language", "en", "report", STEEL, "-o", str(tmp_path))
    assert done.exit_code == 0
    assert re.search(r"4,406,610", done.stdout)
    assert {path.suffix for path in tmp_path.iterdir()} == {".xlsx", ".pdf", ".json"}
