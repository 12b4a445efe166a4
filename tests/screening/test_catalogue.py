"""The catalogue holds every check of the facts, and says of those that run what a finding must say."""

import csv
import os
from pathlib import Path

import pytest

from shutan.screening import CHECKS, Status, catalogue, thresholds
from shutan.screening.catalogue import CatalogueError, read_catalogue

FACTS = Path(os.environ.get("SHUTAN_FACTS", "/work/shared/facts")) / "dq_checks.csv"
ENTRIES = catalogue().entries
WORDS = {
    "阻断": "block",
    "高": "high",
    "中": "medium",
    "低": "low",
    "信息": "info",
    "中/高": "high",
    "—": "info",
}


@pytest.mark.skipif(not FACTS.exists(), reason="the facts are not on this machine")
def test_the_catalogue_is_the_list_of_facts():
    with FACTS.open(encoding="utf-8-sig", newline="") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    assert list(ENTRIES) == list(rows)
    assert len(rows) == 190
    for name, row in rows.items():
        entry = ENTRIES[name]
        assert (entry.name.zh, entry.name.en) == (row["name_zh"], row["name_en"])
        assert (entry.mode.value, entry.audience.value) == (row["mode"], row["audience"])
        assert entry.severity.value == WORDS[row["severity"]]


def test_there_are_190():
    assert len(ENTRIES) == 190
    modes = [(entry.mode.value, entry.audience.value) for entry in ENTRIES.values()]
    assert modes.count(("law", "all")) == 46
    assert modes.count(("law", "regulator")) == 3
    assert modes.count(("trial", "all")) == 60


def test_what_runs_has_a_function_and_the_other_way_round():
    assert {name for name, entry in ENTRIES.items() if entry.status is Status.RUNS} == set(CHECKS)
    assert len(CHECKS) == 48


@pytest.mark.parametrize("name", sorted(CHECKS))
def test_what_a_finding_must_say(name):
    entry = ENTRIES[name]
    for words in (entry.name, entry.rule, entry.clears, entry.false_positive, entry.basis):
        assert words.zh
        assert words.en
    assert CHECKS[name].function.__doc__
    assert entry.soft.rank >= entry.severity.rank


def test_every_need_is_used():
    assert {need for entry in ENTRIES.values() for need in entry.needs} == set(catalogue().needs)


def test_every_threshold_has_a_source():
    for parameter in thresholds().values():
        assert parameter.zh
        assert parameter.en
        assert all(value.source and value.status for value in parameter.values)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("- {id: A-1, name: 一|one}", "A-1"),
        ("- &a {id: A-1, name: 一|one, sectors: [all], severity: high, mode: law, audience: all, status: planned, needs: []}\n  - *a", "twice"),
        ("- {id: A-1, name: 一|one, sectors: [all], severity: heavy, mode: law, audience: all, status: planned, needs: []}", "heavy"),
        ("- {id: A-1, name: 一|one, sectors: [all], severity: high, mode: law, audience: all, status: planned, needs: [x]}", "explained nowhere"),
        ("- {id: A-1, name: 一|one, sectors: [all], severity: high, mode: law, audience: all, status: planned, needs: [], colour: red}", "colour"),
        ("- {id: A-1, name: 一|one, sectors: [all], severity: high, mode: law, audience: all, status: runs, needs: []}", "says its rule"),
    ],
)  # fmt: skip
def test_a_fault_of_the_catalogue_is_named(tmp_path, body, words):
    path = tmp_path / "catalogue.yaml"
    path.write_text(f"needs: {{}}\nchecks:\n  {body}\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match=words):
        read_catalogue(path)
