"""How a rule is printed: symbols, cases, sets of choices; and the small words of the rule book."""

import datetime as dt

import pytest

from shutan.documents import rulebook
from shutan.documents.rulebook_formulas import branches, latex_symbol, latex_text, printed
from shutan.kernel.symbols import Expression, Symbol
from shutan.rules.registry import rule_set, rule_sets

POWER = rule_set("power")


def rule(name, version=0):
    return POWER.rules[name][version]


@pytest.mark.parametrize(
    ("symbol", "latex"),
    [
        ("E_燃烧", r"E_{\text{燃烧}}"),
        ("E", "E"),
        ("NCV_ar", r"\mathit{NCV}_{\text{ar}}"),
        ("FC", r"\mathit{FC}"),
        ("b_r·Q_gr", r"b_{\text{r}}\cdot Q_{\text{gr}}"),
        ("Q_cr/η_gl", r"Q_{\text{cr}}/η_{\text{gl}}"),
        ("P_e·t", r"P_{\text{e}}\cdot t"),
    ],
)
def test_a_symbol_in_latex(symbol, latex):
    assert latex_symbol(symbol) == latex


def test_words_in_latex_keep_its_own_signs_as_signs():
    assert latex_text("收到基水分 M_ar（%）") == r"\text{收到基水分 M\_ar（\%）}"


def test_combustion_is_printed_as_the_guideline_prints_it():
    found = printed(POWER, rule("combustion_emissions"))
    assert found.latex.startswith(r"E_{\text{燃烧}} = ")
    assert r"\frac{44}{12}" in found.latex
    assert found.words == (
        "若 燃料消耗量 = 0：化石燃料燃烧排放量 = 0",
        "否则：化石燃料燃烧排放量 = 燃料消耗量 × 收到基低位发热量 × 单位热值含碳量 × 碳氧化率 × 44/12",
    )


def test_a_total_and_a_weighted_mean_say_over_what():
    assert r"\sum" in printed(POWER, rule("unit_emissions")).latex
    found = printed(POWER, rule("ncv_of_tests_weighted"))
    assert r"\frac{\sum" in found.latex
    assert "加权平均" in found.words[0]


def test_two_quantities_of_one_letter_are_written_in_words():
    found = printed(POWER, rule("annual_fuel_consumption"))
    assert found.latex == r"\text{年燃料消耗量} = \sum \text{燃料消耗量}"


def test_nested_choices_become_one_table_and_choices_of_one_name_a_set():
    found = printed(POWER, rule("ncv_ar"))
    assert found.latex.count("cases") == 2
    assert found.latex.endswith("\\text{否则}\n\\end{cases}")
    assert r"\in \{\text{常规煤}" in found.latex
    assert found.words[-1].startswith("否则：")
    assert all(line.startswith("若 ") for line in found.words[:-1])


def test_conditions_are_joined_by_words_and_grouped_where_needed():
    found = printed(POWER, rule("carbon_route", 1))
    assert r"\} \text{ 或 } \left(" in found.latex
    assert found.words[0].startswith(
        "若 元素碳含量确定方式 属于（未实测、实测不符合要求） 或 （燃料类别 属于（"
    )
    assert " 且 Σ 不符合要求的元素碳检测 > 0）：" in found.words[0]
    alone = printed(POWER, rule("heat_ratio")).words[0]
    assert alone == "若 机组类型 = 纯凝发电 或 Σ 机组月供热量 = 0：供热比 = 0", "no brackets around the whole"


def test_a_case_that_otherwise_says_too_is_left_out():
    found = printed(POWER, rule("unit_class")).words
    assert [line.endswith("不属于四类机组") for line in found] == [False, False, True]


def test_the_first_case_that_holds_decides():
    a, b = Symbol("a"), Symbol("b")
    inner = Expression("when", b, 1, 2)
    assert list(branches(Expression("when", a, inner, 3))) == [((a, b), 1), ((a,), 2), ((), 3)]
    assert next(branches(a + b))[0] == ()


def test_every_formula_can_be_printed():
    for versions in POWER.rules.values():
        for made in versions:
            found = printed(POWER, made)
            assert found.latex.count("{") == found.latex.count("}"), made.name
            assert found.latex.count(r"\left") == found.latex.count(r"\right"), made.name
            assert all(line.strip() for line in found.words)


def day(text):
    return dt.date.fromisoformat(text)


def test_times_that_touch_are_one():
    first, second = (day("2019-01-01"), day("2020-12-31")), (day("2021-01-01"), None)
    assert rulebook.joined([second, first]) == [(day("2019-01-01"), None)]
    gap = (day("2022-01-01"), day("2022-12-31"))
    assert rulebook.joined([gap, first]) == [first, gap]
    inside = (day("2019-06-01"), day("2019-12-31"))
    assert rulebook.joined([inside, first]) == [first]


def test_a_cell_cannot_break_its_table():
    assert rulebook.cell("a|b\n <c> *d*") == r"a\|b \<c\> \*d\*"


def test_golden_cases_are_none_without_their_folder(tmp_path):
    assert rulebook.golden_cases(tmp_path / "none") == ()
    ring = rulebook.RuleBook(POWER, ()).ring()
    assert ring.with_case == 0
    assert ring.with_rule == ring.computed


def test_what_was_not_seen_officially_says_so():
    assert rulebook.status("official") == "official"
    assert "待核实" in rulebook.status("recalled")
    assert "待核实" in rulebook.RuleBook(POWER, ()).parameters()


def test_the_same_declarations_give_the_same_pages():
    assert rulebook.pages([POWER], ()) == rulebook.pages([POWER], ())


def test_guidelines_share_out_the_clauses_of_a_rule_set():
    steel = rule_set("steel")
    case = rulebook.GoldenCase("a", "derived", "steel", (next(iter(steel.clauses)),), "steel/a.yaml")
    found = rulebook.guidelines(steel, [case, rulebook.GoldenCase("b", "derived", "power", (), "b.yaml")])
    assert sum(one.clauses for one in found) == len(steel.clauses)
    assert sum(one.cases for one in found) == 1
    assert sum(rulebook.values_by_status(steel).values()) == sum(
        len(one.values) for one in steel.parameters.values()
    )


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("line_pre_allocation", "line pre-allocation"),
        ("annual_on_grid_energy", "annual on-grid energy"),
        ("carry_over_limit", "carry-over limit"),
        ("carried_over", "carried over"),
        ("portland_output", "Portland output"),
        ("annual_process_ac_electricity", "annual process AC electricity"),
    ],
)
def test_english_names_are_written_as_the_field_writes_them(name, english):
    found = next(rules.rules[name][0] for rules in rule_sets().values() if name in rules.rules)
    assert found.en == english
