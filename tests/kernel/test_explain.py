"""Explanations, differences, rendered formulas."""

import json
import re
from decimal import Decimal as D

import pytest
from sample_rules import FuelKind, Measured, rule_set
from test_evaluate import fuel, plant

from shutan.kernel import Origin, explain
from shutan.kernel.difference import differences
from shutan.kernel.explain import parameters_of, status_of
from shutan.kernel.numbers import CO2_PER_C, maximum, when
from shutan.kernel.render import EXCEL, LATEX, MATHML, TYPST, WORDS, latex_name, mathml_name, typst_name
from shutan.kernel.symbols import Symbol

RULES = rule_set()
KEY = ("1", "coal", 5)


def test_steps_and_terms():
    data = plant(fuel(burned="123456.78", carbon="0.5235"))
    data.rows("fuels")[0].origins["burned"] = Origin("cell", "D7", "燃料", "a.xlsx")
    found = explain(RULES.evaluate(2024, data), "emissions", KEY)
    assert found.steps == (
        "排放量 = 消耗量 × 含碳量取值 × 碳氧化率 × 44/12",
        "= 123456.78 × 0.5235 × 0.99 × 44/12",
        "= 234605.5363179",
        "→ 234605.54（四舍五入，保留 2 位小数）",
    )
    terms = {term.name: term for term in found.terms}
    assert str(terms["burned"].origin) == "燃料!D7"
    assert terms["oxidation_rate"].record.source == "sample guide"
    assert terms["carbon_used"].kind == "rule"
    assert [clause.id for clause in found.clauses] == ["S 1b"]
    assert found.status == "official"
    assert "<mfrac><mn>44</mn><mn>12</mn></mfrac>" in found.mathml


def test_status_follows_the_branch_that_held():
    result = RULES.evaluate(
        2024, plant(fuel(month=1), fuel(month=2, carbon=None, measured=Measured.NO), fuel(month=3, unit="2"))
    )
    assert status_of(result, "emissions", ("1", "coal", 1)) == "official"
    assert status_of(result, "emissions", ("1", "coal", 2)) == "recalled"
    assert status_of(result, "unit_emissions", ("1",)) == "recalled"
    assert status_of(result, "unit_emissions", ("2",)) == "official"
    assert {record.name for record in parameters_of(result, "excess").values()} == {
        "limit", "oxidation_rate", "default_carbon",
    }  # fmt: skip
    assert status_of(result, "excess") == "draft"


def test_unused_branch_is_marked():
    found = explain(RULES.evaluate(2024, plant(fuel(carbon=None, measured=Measured.NO))), "carbon_used", KEY)
    assert {term.name: term.used for term in found.terms} == {
        "measured": True,
        "carbon": False,
        "default_carbon": True,
    }


def test_waiting_says_for_what():
    found = explain(RULES.evaluate(2026, plant(fuel())), "emissions", KEY)
    assert found.waiting == ("oxidation_rate",)
    assert found.status == "waiting"


def test_aggregate_lists_its_parts():
    found = explain(RULES.evaluate(2024, plant(fuel(month=1), fuel(month=2))), "unit_emissions", ("1",))
    (term,) = found.terms
    assert [key for key, _ in term.parts] == [("1", "coal", 1), ("1", "coal", 2)]
    assert found.steps[0] == "机组排放量 = Σ 排放量"
    assert "∑" in found.mathml


def test_sums_and_means_are_spelled_out():
    data = plant(fuel(month=1, burned="1", carbon="0.4"), fuel(month=2, burned="3", carbon="0.6"))
    result = RULES.evaluate(2024, data)
    assert explain(result, "mean_carbon", ("1",)).steps[1] == "= (0.4 × 1 + 0.6 × 3) ÷ (1 + 3)"
    found = explain(result, "unit_emissions", ("1",))
    assert found.steps[1] == "= 1.45 + 6.53"
    assert "<mn>1.45</mn><mo>+</mo><mn>6.53</mn>" in found.mathml_figures
    assert explain(result, "simple_mean", ("1",)).steps[1] == "= (1 + 3) ÷ (2)"


def test_figures_are_grouped_in_formulas():
    found = explain(RULES.evaluate(2024, plant(fuel(burned="123456.78"))), "emissions", KEY)
    assert "<mn>123,456.78</mn>" in found.mathml_figures
    assert "123456.78" in found.steps[1]


def test_every_value_can_be_explained():
    result = RULES.evaluate(
        2022, plant(fuel(month=3), fuel(month=4, carbon=None), fuel(unit="2", kind=FuelKind.OIL))
    )
    for name in (*RULES.inputs, *RULES.order):
        if result.has(name):
            for key, value in result.items(name):
                found = explain(result, name, key)
                assert found.value is value


def test_input_explains_itself():
    found = explain(RULES.evaluate(2024, plant(fuel())), "burned", KEY)
    assert found.rule is None
    assert found.unit == "t"


def test_differences_name_what_changed_and_why():
    before = RULES.evaluate(2024, plant(fuel(month=1), fuel(month=2)))
    after = RULES.evaluate(2024, plant(fuel(month=1, burned="11"), fuel(month=2)))
    found = {(one.name, one.key): one for one in differences(before, after)}
    assert found["burned", ("1", "coal", 1)].causes == ()
    assert found["emissions", ("1", "coal", 1)].change == D("1.82")
    assert found["emissions", ("1", "coal", 1)].causes == ("burned",)
    assert found["unit_emissions", ("1",)].causes == ("emissions",)
    assert ("emissions", ("1", "coal", 2)) not in found
    assert differences(before, before) == []


def test_differences_of_years_name_the_parameter_and_the_version():
    found = {
        (one.name, one.key): one
        for one in differences(RULES.evaluate(2024, plant(fuel())), RULES.evaluate(2026, plant(fuel())))
    }
    assert "oxidation_rate" in found["emissions", KEY].causes
    old = {
        (o.name, o.key): o
        for o in differences(RULES.evaluate(2021, plant(fuel())), RULES.evaluate(2024, plant(fuel())))
    }
    assert "version" in old["emissions", KEY].causes


def test_a_row_that_appears_is_a_difference():
    found = differences(
        RULES.evaluate(2024, plant(fuel())), RULES.evaluate(2024, plant(fuel(), fuel(unit="9")))
    )
    (burned,) = [one for one in found if one.name == "burned"]
    assert burned.before is None
    assert burned.after == 10


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        (WORDS, "a × b ÷ (a − b)"),
        (LATEX, r"\frac{a \times b}{a - b}"),
        (EXCEL, "a*b/(a-b)"),
        (TYPST, "frac(a times b, a - b)"),
        (MATHML, "<mfrac><mrow>a<mo>×</mo>b</mrow><mrow>a<mo>−</mo>b</mrow></mfrac>"),
    ],
)
def test_styles(style, expected):
    a, b = Symbol("a"), Symbol("b")
    assert style.write(a * b / (a - b), str) == expected


def test_parentheses_keep_the_meaning():
    a, b = Symbol("a"), Symbol("b")
    assert WORDS.write(a - (b - a), str) == "a − (b − a)"
    assert WORDS.write((a + b) * a, str) == "(a + b) × a"
    assert EXCEL.write(a / (b * a), str) == "a/(b*a)"
    assert EXCEL.write(a / (b / a), str) == "a/(b/a)"
    assert EXCEL.write(when(a > 0, maximum(a, 1), -b), str) == "IF(a>0,MAX(a,1),-b)"
    assert EXCEL.write(b ** (1 - a), str) == "b^(1-a)"
    assert EXCEL.write(a * CO2_PER_C, str) == "a*44/12"
    assert EXCEL.write(Symbol("k") == FuelKind.COAL, str) == 'k="煤"'


def test_names():
    assert mathml_name("E_燃烧", "排放") == "<msub><mi>E</mi><mtext>燃烧</mtext></msub>"
    assert latex_name("", "排放") == r"\text{排放}"
    assert typst_name("FC", "x") == '"FC"'
    assert typst_name("C_ar", "x") == 'C_"ar"'
    assert mathml_name("", "<b>") == "<mtext>&lt;b&gt;</mtext>"


def test_excel_formula_computes_the_same():
    """The Excel text, read as arithmetic, gives the raw value."""
    made = RULES.rules["emissions"][-1]
    text = EXCEL.write(
        made.formula, {"burned": "10", "carbon_used": "0.5", "oxidation_rate": "0.99"}.__getitem__
    )
    assert re.fullmatch(r"[\d.*/]+", text)
    assert eval(text) == pytest.approx(18.15, rel=1e-15)  # noqa: S307


def test_explanation_in_english_has_no_chinese_words():
    result = RULES.evaluate(2024, plant(fuel(carbon=None, measured=Measured.NO)))
    for name in result.rules.rules:
        if result.has(name):
            for key in result.keys(result.rules.grain_of(name)):
                found = explain(result, name, key, "en")
                words = re.sub(r"<msub>.*?</msub>", "", " ".join((*found.steps, found.mathml)))
                assert not re.search(r"[\u4e00-\u9fff]", words), (name, words)


def test_told_as_text_html_and_json():
    data = plant(fuel(burned="123456.78", carbon="0.5235"))
    data.rows("fuels")[0].origins["burned"] = Origin("cell", "D7", "<燃料>", "a.xlsx")
    found = explain(RULES.evaluate(2024, data), "emissions", KEY)
    lines = found.text().splitlines()
    assert lines[0] == "排放量  emissions@1/coal/5"
    assert lines[1] == "= 234605.54 tCO2   [正式]"
    assert any("<燃料>!D7" in line for line in lines)
    assert "official" in found.text("en")
    assert "&lt;燃料&gt;!D7" in found.html()
    assert "<燃料>" not in found.html()
    assert found._repr_html_() == found.html()
    told = json.loads(json.dumps(found.json()))
    assert told["value"] == "234605.54"
    assert told["version"] == found.rule.version
    rate = next(term for term in told["terms"] if term["name"] == "oxidation_rate")
    assert rate["source"] == "sample guide 6"
    assert rate["since"] == "2020-01-01"


def test_told_while_waiting():
    found = explain(RULES.evaluate(2026, plant(fuel())), "emissions", KEY)
    assert "等待: oxidation_rate" in found.text()
    assert found.json()["value"] is None
    assert found.json()["waiting"] == ["oxidation_rate"]
    assert "oxidation_rate" in found.html("en")
