"""Whatever is sent, the answer is a reading: never an exception, and what it took can be computed."""

import datetime as dt
import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shutan.documents.json_form import read_json, write_json
from shutan.documents.validate import RawRow, validate
from shutan.documents.values import parse
from shutan.kernel import Number, Origin

WORDS = st.sampled_from(
    ["units", "unit", "month", "fuel", "capacity", "amount", "kind", "plant_name", "year", "opened", "x"]
)
LEAVES = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
    | st.sampled_from(["1号机组", "烟煤", "1", "12", "0", "COAL", "2024-02-30", "1e9", "-0", "１", "1.50", "nan", "∞", "=1+1"])
)  # fmt: skip
TREES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=6),
    max_leaves=20,
)
CELLS = (
    LEAVES
    | st.decimals(allow_nan=True)
    | st.dates()
    | st.datetimes()
    | st.just(dt.time(1))
    | st.just(dt.timedelta(1))
)
SETTINGS = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@SETTINGS
@given(
    tree=TREES,
    tables=st.dictionaries(st.sampled_from(["plant", "units", "fuels", "fuel_months"]), TREES, max_size=4),
)
def test_any_json(sector, tree, tables):
    for payload in (tree, {"rule_set": "sector", "year": 2024, "tables": tables}):
        text = json.dumps(payload)
        reading = read_json(text, rule_sets={"sector": sector})
        for one in reading.problems:
            one.text("zh"), one.text("en"), json.dumps(one.json())
        if reading.computable:
            json.dumps(write_json(sector.evaluate(2024, reading.data)))


@SETTINGS
@given(value=CELLS)
def test_any_cell(sector, value):
    if value is None:
        return
    for one in sector.inputs.values():
        found, fault = parse(sector, one, value)
        assert (found is None) or fault is None
        if isinstance(one, Number) and found is not None:
            assert found.is_finite()
            assert round(found, one.places) == found


@SETTINGS
@given(rows=st.lists(st.dictionaries(WORDS, CELLS, max_size=6), max_size=6))
def test_any_rows(sector, rows):
    def where(name):
        return Origin("json", name)

    raw = [RawRow({**dict.fromkeys(row), **row}, where) for row in rows]
    data, problems = validate(
        sector, {table.name: raw for table in sector.tables}, lambda table: Origin("json", table.name)
    )
    assert data.tables or problems
    sector.evaluate(2024, data)
