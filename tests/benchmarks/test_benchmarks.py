"""The benchmarks run, at a size that takes no time, and their references agree with the rules. Nothing is timed here."""

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[2]))  # the benchmarks are no part of the package

from benchmarks import __main__ as benchmarks

SMALL = {
    "report": 2,
    "arrays": 40,
    "openfisca": 40,
    "documents": 1,
    "sectors": 2,
    "lines": 5,
    "uncertainty": 2000,
}


def run_once(action, _times=1):
    action()
    return 1.0


@pytest.fixture(autouse=True)
def once(monkeypatch):
    """Run every action once."""
    monkeypatch.setattr(benchmarks, "best", run_once)


@pytest.mark.parametrize("part", SMALL)
def test_part(part):
    lines = benchmarks.PARTS[part](SMALL[part])
    assert lines
    for line in lines:
        assert line.what
        assert line.found
        assert line.bar


@pytest.mark.parametrize("part", ["arrays", "lines"])
def test_arrays_are_exact(part):
    exact = next(line for line in benchmarks.PARTS[part](SMALL[part]) if "values that differ" in line.what)
    assert exact.kept, exact.found
