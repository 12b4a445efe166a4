"""An optional sheet without any row says that there was none; one with rows does not leave a month out."""

from decimal import Decimal

import numpy as np
import pytest

from shutan.kernel import Dataset, Number, Waiting
from shutan.kernel.array_data import ArrayData
from shutan.kernel.explain import explain
from shutan.rules.registry import rule_set, rule_sets

BOUGHT = [{"month": month, "purchased_electricity": Decimal(100)} for month in (1, 2)]
SECTORS = ("ceramics", "chemical", "flat_glass", "magnesium", "nonferrous", "paper", "petrochemical")


def works(rules, **tables):
    basis, area = rules.inputs["electricity_basis"].choices, rules.inputs["grid_area"].choices
    enterprise = {"electricity_basis": basis["REGIONAL"], "grid_area": area["CENTRAL"]}
    return Dataset.of({"enterprise": [enterprise], "purchased": BOUGHT} | tables)


@pytest.mark.parametrize("sector", SECTORS)
def test_a_works_that_only_bought_electricity_has_a_total(sector):
    rules = rule_set(sector)
    result = rules.evaluate(2020, works(rules))
    assert result.value("greenhouse_gas_emissions") == Decimal("105.14")


def test_the_explanation_names_the_empty_sheet():
    rules = rule_set("flat_glass")
    result = rules.evaluate(2020, works(rules))
    assert result.value("powder_consumption", (1,)) == 0
    told = explain(result, "powder_consumption", (1,))
    assert str(told.origin) == "《碳粉消耗月报》未填，按未发生计 0"
    term = explain(result, "monthly_powder_emissions", (2,), "en").terms[0]
    assert str(term.origin) == "“Carbon powder by month” was left empty: none, so 0"


def test_a_forgotten_month_waits():
    rules = rule_set("flat_glass")
    result = rules.evaluate(
        2020, works(rules, carbon_powder=[{"month": 1, "powder_consumption": Decimal(3)}])
    )
    waiting = result.value("greenhouse_gas_emissions")
    assert isinstance(waiting, Waiting)
    assert [(one.name, one.key) for one in waiting.reasons] == [("powder_consumption", (2,))]
    assert explain(result, "powder_consumption", (2,)).origin is None


def test_each_report_of_a_province_is_judged_by_itself():
    """The first report left carbon powder out, the second gave one of its two months, the third both."""
    rules = rule_set("flat_glass")
    bought = {
        "report": np.repeat([0, 1, 2], 2),
        "month": np.tile([1, 2], 3),
        "purchased_electricity": np.full(6, 100.0),
    }
    powder = {
        "report": np.array([1, 2, 2]), "month": np.array([1, 1, 2]), "powder_consumption": np.array([3.0, 3, 6]),
    }  # fmt: skip
    found = rules.evaluate_arrays(2020, ArrayData.of(rules, {"purchased": bought, "carbon_powder": powder}))
    assert found.columns["powder_emissions"] == pytest.approx([0, np.nan, 33], nan_ok=True)
    none = rules.evaluate_arrays(2020, ArrayData.of(rules, {"purchased": bought}))
    assert list(none.columns["powder_emissions"]) == [0, 0, 0]


def test_every_monthly_activity_of_a_works_says_what_an_empty_sheet_means():
    """Sheets whose rows other sheets imply: a required number of theirs would wait for ever."""
    for rules in rule_sets().values():
        for table in rules.tables:
            if table.optional and table.grain.dimensions == ("month",):
                required = [
                    one.name
                    for one in table.inputs
                    if isinstance(one, Number) and one.default is None and not one.optional
                ]
                assert table.nil_when_empty == bool(required), (rules.name, table.name)
