"""The checks on every sector: one that lacks a name a check reads is told so; none breaks it."""

from __future__ import annotations

import pytest

from shutan.kernel import Dataset
from shutan.rules.registry import rule_sets
from shutan.screening import engine
from shutan.screening.sectors import SECTORS, sector

SETS = [pytest.param(one, id=name) for name, one in rule_sets().items()]
EMISSIONS = ("tCO2", "tCO2e")


@pytest.mark.parametrize("rules", SETS)
def test_no_check_breaks_on_a_sector_that_names_things_otherwise(rules):
    years = rules.years()
    for year in (years[0], years[-1]):
        found = engine.run(rules.evaluate(year, Dataset.of({})))
        assert found.clean or found.not_run


@pytest.mark.parametrize("rules", SETS)
def test_what_is_filed_is_known_without_an_entry(rules):
    """Totals of the enterprise are filed; what only allocation asks for is not."""
    if rules.report is None:
        pytest.skip("no annual report")
    filed = sector(rules).filed
    whole = [name for name in rules.order if not rules.grain_of(name).dimensions]
    if any(rules.unit_of(name) in EMISSIONS for name in whole):  # energy and entry to the lists report none
        assert any(rules.unit_of(name) in EMISSIONS for name in filed)
    assert filed
    assert rules.name in SECTORS or "pre_allocation" not in filed
