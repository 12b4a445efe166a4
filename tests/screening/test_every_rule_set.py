"""The checks on every sector: one that lacks a name a check reads is told so; none breaks it."""

from __future__ import annotations

import pytest

from shutan.kernel import Dataset
from shutan.rules.registry import rule_sets
from shutan.screening import engine

SETS = [pytest.param(one, id=name) for name, one in rule_sets().items()]


@pytest.mark.parametrize("rules", SETS)
def test_no_check_breaks_on_a_sector_that_names_things_otherwise(rules):
    years = rules.years()
    for year in (years[0], years[-1]):
        found = engine.run(rules.evaluate(year, Dataset.of({})))
        assert found.clean or found.not_run
