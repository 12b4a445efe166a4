"""`shutan uncertainty`: what it prints, what it refuses, and that seeds repeat."""

import json
import math
from pathlib import Path

import pytest
from click.testing import CliRunner

from shutan.cli import cli

PLANT = str(Path(__file__).parents[2] / "examples" / "chuannan_2024.xlsx")
NAME = "enterprise_combustion_emissions"
COAL = "fuel_consumption_reported=2%"


@pytest.fixture
def run():
    def call(*words, language="en"):
        return CliRunner().invoke(cli, ["--language", language, "uncertainty", PLANT, *words])

    return call


def test_value_bars_and_rows(run):
    done = run(NAME, "--given", COAL, "--given", "carbon_reported=3%,uniform,shared")
    assert done.exit_code == 0, done.stderr
    assert "= 5,556,438.69 ± " in done.stdout
    assert "█" in done.stdout
    assert "all together" in done.stdout
    assert "方差占比" in run(NAME, "--given", COAL, language="zh").stdout


def test_json_has_shares_that_sum_to_one_and_draws_that_repeat(run):
    words = (
        NAME,
        "--given",
        COAL,
        "--given",
        "carbon_reported=3%",
        "--draws",
        "500",
        "--seed",
        "7",
        "--json",
    )
    found = json.loads(run(*words).stdout)
    for part in ("by_name", "by_row"):
        assert math.fsum(one["share"] for one in found["first_order"][part]) == pytest.approx(1)
    assert found["value"] == "5556438.69"
    assert found["monte_carlo"]["low_2_5"] < float(found["value"]) < found["monte_carlo"]["high_97_5"]
    assert json.loads(run(*words).stdout) == found


def test_a_row_and_a_chinese_name(run):
    fuel = "@1号机组/烟煤/3"
    words = ("combustion_emissions" + fuel, "--given", f"fuel_consumption_reported{fuel}=2%", "--json")
    found = json.loads(run(*words).stdout)["first_order"]
    assert found["relative_half_width_95"] == pytest.approx(0.02, rel=1e-3)
    labels = json.loads(run("fuel_consumption_reported" + fuel, "--given", "消耗量=2%", "--json").stdout)
    assert labels["first_order"]["by_name"][0]["name"] == "fuel_consumption_reported"


def test_what_waits_says_why(run):
    done = run("enterprise_emissions", "--given", COAL, "--draws", "10")
    assert done.exit_code == 0
    assert "Waiting" in done.stdout
    answer = json.loads(run("enterprise_emissions", "--given", COAL, "--json").stdout)
    assert answer["value"] is answer["first_order"] is answer["monte_carlo"] is None


def test_what_has_no_influence_is_said(run):
    assert (
        "without influence on this value: generator_hours"
        in run(NAME, "--given", COAL, "--given", "generator_hours=1%").stdout
    )


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("nothing=2%", "no input or parameter nothing"),
        ("combustion_emissions=2%", "is computed"),
        ("fuel_consumption_reported@1号机组/烟煤/13=2%", "has no"),
        ("fuel_consumption_reported=200%", "at most 100 %"),
        ("fuel_consumption_reported=2", "write name"),
        ("fuel_consumption_reported=2%,square", "write name"),
        ("fuel_consumption_reported=2%,normal,uniform", "write name"),
    ],
)
def test_wrong_statements_leave_with_2(run, given, words):
    done = run(NAME, "--given", given)
    assert done.exit_code == 2
    assert words in done.stderr


def test_nothing_stated_is_wrong_use(run):
    assert run(NAME).exit_code == 2
    assert run(NAME, "--given", COAL, "--draws", "1").exit_code == 2
