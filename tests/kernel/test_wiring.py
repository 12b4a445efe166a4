"""Every breach of the contract fails when the rule set is made, and says which rule."""

import pytest
from sample_rules import FUEL_MONTH, PLANT, TABLES, UNIT, Verdict, rule_set

from shutan.kernel import Grain, Number, RuleSet, Table, Total, WiringError, rule
from shutan.kernel.clauses import ClauseError, read_clauses
from shutan.kernel.parameters import ParameterError, read_parameters


def fails(match, *extra, **options):
    with pytest.raises(WiringError, match=match):
        rule_set(*extra, **options)


def test_the_sample_is_whole():
    assert isinstance(rule_set(), RuleSet)
    assert list(rule_set().years()) == list(range(2020, 2027))


def test_unknown_argument():
    @rule("S 2", grain=UNIT, unit="t")
    def x(nothing):
        """某 x: nothing."""
        return nothing

    fails("x: no input or rule called nothing", x)


def test_unknown_parameter():
    @rule("S 2", grain=UNIT, unit="t")
    def x(*, nothing):
        """某 x: nothing."""
        return nothing

    fails("x: no parameter nothing", x)


def test_unknown_clause_and_wrong_kind():
    @rule("S 9", grain=UNIT, unit="t")
    def x(capacity):
        """某 x: nothing."""
        return capacity

    @rule("S 3", grain=UNIT, unit="t")
    def y(capacity):
        """某 y: nothing."""
        return capacity

    fails("'S 9' is not in", x)
    fails("'S 3' is not of kind computed", y)


def test_circle():
    @rule("S 2", grain=UNIT, unit="t")
    def x(y):
        """某 x: y."""
        return y

    @rule("S 2", grain=UNIT, unit="t")
    def y(x):
        """某 y: x."""
        return x

    fails("circle", x, y)


def test_finer_value_must_be_aggregated():
    @rule("S 2", grain=UNIT, unit="t")
    def x(burned):
        """某 x: of months."""
        return burned

    fails("say how to aggregate", x)


def test_nothing_to_aggregate():
    @rule("S 2", grain=FUEL_MONTH, unit="t")
    def x(burned: Total):
        """某 x: the same grain."""
        return burned

    fails("nothing to aggregate", x)


def test_overlapping_versions():
    @rule("S 2", grain=FUEL_MONTH, unit="tCO2", name="emissions")
    def x(burned):
        """某 x: a third version."""
        return burned

    fails("two versions hold", x)


def test_versions_of_different_grain():
    @rule("S 2", grain=UNIT, unit="tCO2", name="emissions")
    def x(capacity):
        """某 x: another grain."""
        return capacity

    fails("differ in grain", x)


def test_need_not_in_force():
    fails("needs carbon_used, which is not in force", _late(), without=("carbon_used", "carbon_used_before"))


def _late():
    @rule("S 1", grain=FUEL_MONTH, unit="tC/t", name="carbon_used")
    def carbon(carbon):
        """含碳量 C: only the old edition."""
        return carbon

    return carbon


def test_python_if_is_refused():
    @rule("S 2", grain=UNIT, unit="t")
    def x(capacity):
        """某 x: a Python condition."""
        return capacity if capacity > 0 else -capacity

    with pytest.raises(TypeError, match="when"):
        rule_set(x)


def test_declaration_faults():
    with pytest.raises(WiringError, match="docstring"):

        @rule("S 2", grain=UNIT, unit="t")
        def x(capacity):
            return capacity

    with pytest.raises(WiringError, match="names no clause"):
        rule(grain=UNIT, unit="t")(lambda capacity: capacity)
    with pytest.raises(WiringError, match="has a default"):

        @rule("S 2", grain=UNIT, unit="t")
        def y(capacity=1):
            """某 y: default."""
            return capacity


def test_text_is_no_number():
    @rule("S 2", grain=PLANT, unit=Verdict)
    def x(plant_name):
        """某 x: of a text."""
        return plant_name

    fails("is a text or a date", x)


def test_input_twice():
    tables = (
        *TABLES,
        Table("more", Grain("more", "unit"), "又|more", (Number("capacity", "容量|capacity"),)),
    )
    fails("capacity stands in units and more", tables=tables)


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("p: {zh: a, en: a, unit: t, values: [{from: 2020-01-01, value: 1, status: official}]}", "source"),
        (
            "p: {zh: a, en: a, unit: t, values: [{from: 2020-01-01, value: 1, source: s, status: sure}]}",
            "needs a source",
        ),
        (
            "p: {zh: a, en: a, unit: t, values: [{from: 2020-01-01, value: null, source: s, status: official}]}",
            "null",
        ),
        (
            "p: {zh: a, en: a, unit: t, values: [{from: 2020-01-01, value: 1, source: s, status: unknown}]}",
            "null",
        ),
        (
            "p: {zh: a, en: a, unit: t, by: [k], values: [{from: 2020-01-01, value: 1, source: s, status: draft}]}",
            "mapping",
        ),
        ("p: {zh: a, en: a, unit: t, color: red, values: []}", "color"),
    ],
)
def test_parameter_file_faults(tmp_path, text, match):
    (tmp_path / "p.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ParameterError, match=match):
        read_parameters(tmp_path)


def test_numbers_of_yaml_are_exact(tmp_path):
    (tmp_path / "p.yaml").write_text(
        "p: {zh: a, en: a, unit: t, values: [{from: 2020-01-01, value: 0.1, source: s, status: draft}]}",
        encoding="utf-8",
    )
    (value,) = read_parameters(tmp_path)["p"].values
    assert str(value.value) == "0.1"


def test_clause_file_faults(tmp_path):
    line = "{id: A, instrument: i, number: '1', zh: a, en: a, summary: s, summary_zh: s, from: 2020-01-01, kind: KIND, status: official, source: s}"
    (tmp_path / "clauses.yaml").write_text(f"- {line.replace('KIND', 'odd')}", encoding="utf-8")
    with pytest.raises(ClauseError, match="kind is one of"):
        read_clauses(tmp_path)
    good = line.replace("KIND", "table")
    (tmp_path / "clauses.yaml").write_text(f"- {good}\n- {good}", encoding="utf-8")
    with pytest.raises(ClauseError, match="twice"):
        read_clauses(tmp_path)
    (tmp_path / "clauses.yaml").write_text("- {id: A}", encoding="utf-8")
    with pytest.raises(ClauseError, match="A"):
        read_clauses(tmp_path)


def test_two_grains_of_the_same_things():
    @rule("S 2", grain=Grain("month of a fuel", *reversed(FUEL_MONTH.dimensions)), unit="t")
    def x():
        """某 x: nothing."""
        return 1

    fails("are about the same things: make one", x)
