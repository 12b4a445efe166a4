"""The lists of evidence: what they name exists, holds in its time, and is asked for by what a month says."""

from decimal import Decimal

import pytest

from shutan.kernel.parameters import STATUSES
from shutan.rules import evidence
from shutan.rules.registry import rule_set, rule_sets


@pytest.mark.parametrize("name", ["power", "steel", "cement", "aluminium"])
def test_a_list_is_whole(name):
    found = evidence.listed(rule_set(name))
    assert found
    for need in found:
        assert need.zh
        assert need.en
        assert need.source
        assert need.clause
        assert need.hints
        assert need.status in STATUSES
        assert need.optional or need.status == "official"  # what was only seen elsewhere is no must


def test_the_others_have_none():
    others = set(rule_sets()) - {"power", "steel", "cement", "aluminium"}
    assert all(evidence.listed(rule_set(name)) == () for name in others)


def test_purchased_electricity_moved_to_the_auxiliary_items_in_2026():
    def names(year):
        return {one.name for one in evidence.needs(rule_set("power"), year, 12)}

    assert names(2025) - names(2026) == {"purchased_electricity"}
    assert names(2026) - names(2025) == {"purchased_electricity_auxiliary"}


def test_a_need_follows_the_way_of_measuring():
    rules = rule_set("power")
    daily = next(one for one in evidence.listed(rules) if one.name == "carbon_daily_record")
    source = rules.inputs["carbon_source"].choices
    burned = {"fuel_consumption_reported": Decimal(5), "carbon_source": source["DAILY"]}
    assert daily.wanted(burned.get)
    assert not daily.wanted((burned | {"carbon_source": source["MONTHLY_COMPOSITE"]}).get)
    assert not daily.wanted((burned | {"fuel_consumption_reported": Decimal(0)}).get)
    assert not daily.wanted({"carbon_source": source["DAILY"]}.get)
