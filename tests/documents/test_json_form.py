"""JSON says the same as the workbook: same data, same numbers, each with its trace; and the schema takes what the reader takes."""

import json
from decimal import Decimal

import jsonschema_rs
import pytest

from shutan.documents.json_form import read_json, schema, write_data, write_json
from shutan.kernel import Waiting
from shutan.rules.registry import rule_sets


def test_round_trip(sector, filled):
    data = filled(tests=2)
    reading = read_json(json.dumps(write_data(sector, 2024, data)), rule_sets={"sector": sector})
    assert [one.text() for one in reading.problems] == []
    assert (reading.year, reading.rules_year, reading.title) == (2024, 2024, "=蜀虚构电厂")
    for name, rows in data.tables.items():
        assert [row.values for row in reading.data.rows(name)] == [row.values for row in rows]
    assert str(reading.data.rows("units")[1].origins["capacity"]) == "tables.units.1.capacity"


def test_numbers_are_exact_whether_number_or_text(sector, filled):
    payload = write_data(sector, 2024, filled())
    payload["tables"]["units"][0]["capacity"] = "600.1"
    text = json.dumps(payload).replace('"600.1"', "600.1")
    reading = read_json(text, rule_sets={"sector": sector})
    assert reading.data.rows("units")[0].values["capacity"] == Decimal("600.1")


def test_trace_names_everything(sector, filled):
    reading = read_json(write_data(sector, 2024, filled()), rule_sets={"sector": sector})
    result = sector.evaluate(2024, reading.data)
    found = json.loads(json.dumps(write_json(result)))
    values = {(one["name"], *one["key"]): one for one in found["values"]}
    emissions = values["emissions", "1号机组", "烟煤", 8]
    assert Decimal(emissions["value"]) == result.value("emissions", ("1号机组", "烟煤", 8))
    assert emissions["status"] == "recalled"
    assert emissions["clauses"] == ["T 1"]
    assert emissions["version"] in [one["version"] for one in found["names"]["emissions"]["versions"]]
    amount = values["amount", "1号机组", "烟煤", 8]
    assert amount["origin"]["place"] == "tables.fuel_months.7.amount"
    waiting = values["unknown_total",]
    assert waiting["value"] is None
    assert waiting["waiting"] == [{"kind": "parameter", "name": "later", "key": [], "detail": "2024-12-31"}]
    record = next(one for one in found["parameters"] if one["name"] == "oxidation" and one["value"] == "0.98")
    assert (record["source"], record["article"], record["since"]) == ("二号文", "4", "2024-07-01")
    assert record["used_by"] == ["emissions"]
    assert emissions["parameters"] == [record["id"]]
    assert values["emissions", "1号机组", "烟煤", 6]["parameters"] != [
        record["id"]
    ]  # another law held in June
    for name in sector.order:
        for key, value in result.items(name):
            told = values[name, *key]
            assert told["value"] is None if isinstance(value, Waiting) else told["value"] is not None


def test_schema_takes_what_the_reader_takes(sector, filled):
    validator = jsonschema_rs.Draft202012Validator(schema(sector))
    payload = write_data(sector, 2024, filled(tests=1))
    validator.validate(payload)
    for change in (
        lambda tables: tables["units"][0].update(capacity="x"),
        lambda tables: tables["units"][0].update(capacity="1.25"),
        lambda tables: tables["units"][0].update(capacity=-1),
        lambda tables: tables["fuels"][0].update(kind="WOOD"),
        lambda tables: tables["fuel_months"][0].update(month=13),
        lambda tables: tables["fuel_months"][0].pop("amount"),
        lambda tables: tables["fuel_months"][0].update(colour="red"),
        lambda tables: tables["plant"].append(tables["plant"][0]),
    ):
        wrong = json.loads(json.dumps(payload))
        change(wrong["tables"])
        assert not validator.is_valid(wrong)
        assert read_json(wrong, rule_sets={"sector": sector}).errors


@pytest.mark.parametrize("name", list(rule_sets()))
def test_every_shipped_rule_set_has_a_schema(name):
    jsonschema_rs.Draft202012Validator(schema(rule_sets()[name]))
