"""`shutan enterprise`: several workbooks in, one enterprise out, explained down into its parts."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from shutan.cli import cli

EXAMPLES = Path(__file__).parents[2] / "examples"
GROUP, STEEL, CAPTIVE, CEMENT, ALUMINIUM = (
    str(EXAMPLES / f"{name}_2024.xlsx") for name in ("group", "steel", "captive", "cement", "aluminium")
)


@pytest.fixture
def run():
    def call(*words):
        return CliRunner().invoke(cli, ["enterprise", *words], catch_exceptions=False)

    return call


def test_the_example_is_one_report_of_two_legal_persons(run, tmp_path):
    done = run(GROUP, STEEL, CAPTIVE, "-o", str(tmp_path), "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    figures = {one["name"]: one["value"] for one in told["summary"]}
    assert figures["joint_emissions"] == "4406610.00"
    assert figures["contained_total"] == "1535699.08"
    assert figures["market_obligation"] == "4406610"
    assert figures["joint_report_allowed"] == "YES"
    assert {Path(one).name for one in told["files"]} == {
        "enterprise.xlsx",
        "report.xlsx",
        "report.pdf",
        "report.json",
    }
    assert all(Path(one).is_file() for one in told["files"])


def test_without_a_plan_and_again_from_what_was_written(run, tmp_path):
    first = run("--language", "en", CEMENT, ALUMINIUM, "-o", str(tmp_path))
    assert first.exit_code == 0, first.output
    again = run(
        "--language", "en", str(tmp_path / "enterprise.xlsx"), CEMENT, ALUMINIUM, "-o", str(tmp_path / "b")
    )
    assert again.exit_code == 0
    assert not again.stderr
    assert first.stdout.splitlines()[1:9] == again.stdout.splitlines()[1:9]


def test_explanations_lead_down_into_the_part(run):
    key = "part_direct_emissions@攀西示范能源有限公司（虚构）/攀西厂区/自备电厂"
    done = run("--language", "en", GROUP, STEEL, CAPTIVE, "--explain", key)
    assert done.exit_code == 0
    assert "captive_2024.xlsx!enterprise_combustion_emissions" in done.stdout
    assert "unit_combustion_emissions" in done.stdout
    inner = run(
        GROUP, STEEL, CAPTIVE, "--explain", "unit_combustion_emissions", "--part", "自备电厂", "--json"
    )
    assert json.loads(inner.stdout)["value"] == "1535699.08"
    assert (
        json.loads(run(GROUP, STEEL, CAPTIVE, "--explain", key, "--json").stdout)["within"]["value"]
        == "1535699.08"
    )
    outer = json.loads(run(GROUP, STEEL, CAPTIVE, "--explain", "joint_emissions", "--json").stdout)
    assert outer["within"] is None


@pytest.mark.parametrize(
    "words",
    [
        (CEMENT,),
        (CEMENT, "-o", "out", "--explain", "joint_emissions"),
        (CEMENT, "-o", "out", "--part", "x"),
        (CEMENT, "--explain", "joint_emissions", "--part", "nobody"),
        (CEMENT, "--explain", "nothing"),
        ("nowhere.xlsx", "-o", "out"),
        (),
    ],
)
def test_wrong_use(run, words):
    assert run(*words).exit_code == 2


def test_what_is_wrong_is_said_and_nothing_written(run, tmp_path):
    year = str(EXAMPLES / "magnesium_2023.xlsx")
    done = run("--language", "en", CEMENT, year, "-o", str(tmp_path / "out"))
    assert done.exit_code == 1
    assert "magnesium_2023.xlsx: is of 2023" in done.stderr
    assert not (tmp_path / "out").exists()
    told = json.loads(run(CEMENT, year, "-o", str(tmp_path / "out"), "--json").stdout)
    assert [one["code"] for one in told["problems"]] == ["part.year"]
