"""What stands against a body's independence: each article, at its boundary."""

from datetime import date

import pytest

from shutan.rules.bodies import TIES, Tie, Work, conflicts

TODAY = date(2026, 5, 1)
PLANT = "91510100MA0000001X"


def work(service, *, year=2025, day=date(2026, 4, 1), client=PLANT):
    return Work(service, year, day, client)


def names(services=(), works=(), ties=(), today=TODAY):
    return [one.name for one in conflicts(services, works, ties, today)]


def test_nothing_stands_against_a_body_that_only_verifies():
    assert names(["verification", "testing"], [work("verification"), work("testing")]) == []


def test_writing_and_reviewing_in_one_province_is_forbidden_by_article_13():
    (found,) = conflicts(["reporting", "verification"], [], [], TODAY)
    assert (found.name, found.blocks, found.status) == ("writes_and_reviews", True, "official")
    assert found.source == "《碳排放权交易管理暂行条例》（国务院令第775号） 13（三）"
    assert found.text("zh-hans").startswith("在同一省内")
    assert found.text("en").startswith("Compiles")


def test_what_was_done_counts_like_what_is_declared():
    both = [work("reporting", client="a"), work("verification", client="b")]
    (found,) = conflicts(["verification"], both, [], TODAY)
    assert (found.name, found.about) == ("writes_and_reviews", "2025")
    # two years, one after the other, is not at the same time
    assert names([], [work("reporting", year=2024, client="a"), work("verification", client="b")]) == []


def test_the_article_counts_from_the_day_it_is_in_force():
    both = ["reporting", "verification"]
    assert names(both, today=date(2024, 4, 30)) == []
    assert names(both, today=date(2024, 5, 1)) == ["writes_and_reviews"]


def test_advice_to_a_unit_that_was_verified():
    (found,) = conflicts(["verification"], [work("consulting"), work("verification")], [], TODAY)
    assert (found.name, found.about, found.blocks) == ("advises", PLANT, False)
    assert names(["verification"], [work("consulting", client="other"), work("verification")]) == []
    assert names(["verification", "consulting"]) == ["advises"]
    assert names(["consulting"]) == []


def test_trading_beside_verifying():
    assert names(["verification", "trading"]) == ["trades"]
    assert names(["verification"], [work("trading")]) == ["trades"]
    assert names(["trading"]) == []


@pytest.mark.parametrize(
    ("kind", "until", "expected"),
    [
        ("ownership", None, ["interest"]),
        ("ownership", date(2026, 4, 1), ["interest"]),
        ("ownership", date(2026, 3, 31), []),
        ("same_parent", None, ["interest"]),
        ("contract", None, ["interest"]),
        ("managers", date(2023, 4, 1), ["managers"]),
        ("managers", date(2023, 3, 31), []),
        ("staff", date(2023, 4, 1), ["staff"]),
        ("staff", date(2023, 3, 31), []),
        ("staff", None, ["staff"]),
    ],
)
def test_a_tie_counts_while_it_lasts_and_three_years_for_people(kind, until, expected):
    assert names(["verification"], [work("verification")], [Tie(kind, PLANT, until)]) == expected


def test_a_tie_to_a_unit_that_was_not_verified_is_none():
    assert names(["verification"], [work("testing")], [Tie("ownership", PLANT)]) == []
    assert names(["verification"], [work("verification")], [Tie("ownership", "other")]) == []


def test_a_leap_day_three_years_on():
    tie = Tie("staff", PLANT, date(2024, 2, 29), "张三")
    (found,) = conflicts([], [work("verification", day=date(2027, 2, 28))], [tie], date(2027, 3, 1))
    assert found.about == f"{PLANT} · 张三"
    assert names([], [work("verification", day=date(2027, 3, 1))], [tie], date(2027, 3, 2)) == []


def test_what_is_forbidden_comes_first():
    assert names(["trading", "reporting", "verification"])[0] == "writes_and_reviews"


def test_every_kind_of_tie_has_its_article():
    for kind in TIES:
        assert names([], [work("verification")], [Tie(kind, PLANT)])
