"""What schemes consist of follows from the guideline's declaration and the rule set's tables."""

import pytest

from shutan.kernel.parameters import STATUSES
from shutan.rules.common import schemes as module
from shutan.rules.common.schemes import SchemeError, monthly_numbers, schemes
from shutan.rules.power import RULES
from shutan.rules.registry import rule_sets

# Tables whose figures a scheme of its year need not say anything about.
NOT_IN_A_SCHEME = {
    "power": {"samples"},  # the single tests behind a month's figures, which have their line
    "steel": {
        "purchased",
        "stack_days",
    },  # of the time before there were schemes; B.6 (4) tells of monitoring
}


def test_the_four_sectors_of_the_market_have_one():
    assert set(schemes()) == {"power", "steel", "cement", "aluminium"}


@pytest.mark.parametrize("name", ["power", "steel", "cement", "aluminium"])
def test_every_monthly_figure_has_a_line_or_is_left_out_on_purpose(name):
    declared = schemes()[name]
    tables = {table.name: monthly_numbers(table) for table in rule_sets()[name].tables}
    wanted = {
        one
        for table, names in tables.items()
        if table not in NOT_IN_A_SCHEME.get(name, set())
        for one in names
    }
    left_out = wanted - set(declared.parameters)
    assert left_out <= {
        *("fuel_meter_error_allowed", "fuel_meter_error_found"),
        *("generation_meter_error_allowed", "generation_meter_error_found"),
        *("heat_meter_error_allowed", "heat_meter_error_found"),
        "methanol_output",
    }


@pytest.mark.parametrize("name", ["power", "steel", "cement", "aluminium"])
def test_sections_are_those_of_appendix_b(name):
    declared = schemes()[name]
    numbers = [one.number for one in declared.sections]
    assert numbers == [f"B.{place}" for place in range(1, len(numbers) + 1)]
    assert len(numbers) == (5 if name == "power" else 6)
    assert declared.sections[0].holds == "versions"
    assert len(declared.holding("facilities")) == len(declared.holding("meters")) == 1
    assert declared.status in STATUSES
    assert len(declared.triggers) == 6
    for one in (*declared.sections, *declared.items.values(), *declared.triggers):
        assert one.label("zh") != one.label("en")


def test_what_was_not_seen_says_so():
    assert (schemes()["power"].status, schemes()["steel"].status) == ("official", "official")
    assert {schemes()[name].status for name in ("cement", "aluminium")} == {"recalled"}


def test_power_asks_for_consumption_and_generation_in_its_order():
    names = list(schemes()["power"].parameters)
    assert names[0] == "fuel_consumption_reported"
    assert names.index("generation_reported") < names.index("purchased_electricity")
    assert schemes()["power"].parameters["generation_reported"] == "B.4"


@pytest.mark.parametrize(
    ("section", "words"),
    [
        ('{number: B.1, title: "一|one", holds: pictures}', "holds is one of"),
        ('{number: B.1, title: "一|one", holds: parameters, tables: [nothing]}', "nothing"),
        (
            '{number: B.1, title: "一|one", holds: parameters, tables: [fuel_months], without: [x]}',
            "leaves out",
        ),
        ('{number: B.1, title: "一|one", holds: parameters, tables: [fuel_months, fuel_months]}', "twice"),
        ('{number: B.1, title: "一|one", items: {a: "甲"}}', "甲"),
    ],
)
def test_a_fault_of_a_declaration_is_named(tmp_path, section, words):
    path = tmp_path / "scheme.yaml"
    path.write_text(
        f'source: "来源|source"\nstatus: official\nsections:\n  - {section}\ntriggers: {{a: "甲|a"}}\n',
        encoding="utf-8",
    )
    with pytest.raises(SchemeError, match=words):
        module._read(RULES, path)
