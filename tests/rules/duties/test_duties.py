"""The table of duties as facts/duties.md prints it, and the clocks at their edges."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shutan.rules.duties import DUTIES, STANDINGS, after, clock, dues, published_until
from shutan.rules.duties.calendar import is_working_day
from shutan.rules.duties.table import DutyTableError
from shutan.rules.registry import rule_sets


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def of(sector: str, standing: str, name: str) -> dict[int, dt.date | None]:
    return {one.year: one.day for one in dues(sector, standing) if one.duty.name == name}


@pytest.mark.parametrize(
    ("sector", "standing", "name", "expected"),
    [
        ("power", "ets", "annual_report", {2024: "2025-03-31", 2025: "2026-03-31"}),
        ("steel", "ets", "annual_report", {2024: "2025-06-30", 2025: "2026-03-31"}),
        ("cement", "direct", "annual_report", {2024: "2025-06-30", 2025: "2026-03-31"}),
        ("chemical", "other", "annual_report", {2024: None, 2025: "2026-03-31"}),
        ("chemical", "other", "supplementary_report", {2025: "2026-03-31"}),
        ("power", "ets", "verification", {2024: "2025-06-30", 2025: "2026-06-30"}),
        ("aluminium", "ets", "verification", {2024: "2025-08-31", 2025: "2026-07-31"}),
        ("paper", "other", "verification", {2024: None, 2025: "2026-12-31"}),
        ("power", "ets", "scheme_filed", {2026: "2025-12-31", 2027: "2026-12-31"}),
        ("cement", "ets", "scheme_filed", {2025: "2025-06-30", 2026: "2025-12-31", 2027: "2026-12-31"}),
        ("steel", "ets", "pre_allocation", {2025: "2026-04-10"}),
        ("power", "ets", "pre_allocation", {2024: "2025-04-20", 2025: "2026-06-30"}),
        ("steel", "ets", "allowances_issued", {2024: "2025-10-20", 2025: "2026-09-30"}),
        ("power", "ets", "surrender", {2024: "2025-12-31", 2025: "2026-12-31"}),
        ("steel", "direct", "surrender", {}),
        ("power", "direct", "annual_report", {}),
    ],
)
def test_dates_of_the_notices(sector, standing, name, expected):
    assert of(sector, standing, name) == {
        year: one and dt.date.fromisoformat(one) for year, one in expected.items()
    }


@pytest.mark.parametrize("sector", ["ceramics", "magnesium"])
@pytest.mark.parametrize("standing", STANDINGS)
def test_sectors_no_notice_names_owe_nothing(sector, standing):
    assert dues(sector, standing) == ()


def test_monthly_evidence_is_due_forty_natural_days_after_the_month():
    power = {
        (one.year, one.month): one.day for one in dues("power", "ets") if one.duty.name == "monthly_evidence"
    }
    assert len(power) == 24
    assert power[2025, 12] == day("2026-02-09")
    assert power[2025, 1] == day("2025-03-12")
    assert power[2026, 2] == day("2026-04-09")
    steel = {
        (one.year, one.month): one.day for one in dues("steel", "ets") if one.duty.name == "monthly_evidence"
    }
    assert {steel[2025, month] for month in range(1, 7)} == {day("2025-10-31")}
    assert steel[2025, 7] == day("2025-09-09")


def test_what_has_no_date_says_why_or_is_the_law_s_own_silence():
    undated = [
        one
        for sector in rule_sets()
        for standing in STANDINGS
        for one in dues(sector, standing)
        if not one.day
    ]
    assert {one.duty.name for one in undated} == {
        "list_published",
        "annual_report",
        "verification",
        "disclosure",
    }
    assert all(one.source for one in undated)


def test_every_record_names_known_sectors_and_reads_in_both_languages():
    for name, duty in DUTIES.items():
        assert duty.who in {"unit", "province"}, name
        assert duty.zh
        assert duty.en
    every = [one for sector in rule_sets() for standing in STANDINGS for one in dues(sector, standing)]
    assert {one.duty.name for one in every} | {
        name for name in DUTIES if name not in {one.duty.name for one in every}
    } == set(DUTIES)
    assert {one.status for one in every} == {"official"}
    assert all(bool(zh) == bool(en) for zh, en in (one.note for one in every))


def test_an_unknown_standing_is_refused():
    with pytest.raises(DutyTableError, match="nobody"):
        dues("power", "nobody")


# -- clocks --------------------------------------------------------------------------------------------------------


def test_working_days_leave_out_the_national_holidays_and_count_the_days_worked_in_their_place():
    # 1 to 8 October 2025 are holidays, 28 September and 11 October (a Sunday and a Saturday) are worked.
    assert not is_working_day(day("2025-10-08"))
    assert is_working_day(day("2025-09-28"))
    assert is_working_day(day("2025-10-11"))
    assert after(day("2025-09-26"), 5, working=True).day == day("2025-10-10")
    assert not after(day("2025-09-26"), 5, working=True).provisional


def test_a_clock_beyond_the_last_notice_is_provisional_and_moves_when_the_notice_comes():
    known = day("2024-12-31")
    guess = after(day("2025-09-26"), 5, working=True, known_until=known)
    assert guess.provisional
    assert guess.day == day("2025-10-03")
    assert after(day("2024-12-25"), 4, working=True, known_until=known).provisional is False
    assert after(day("2024-12-25"), 5, working=True, known_until=known).provisional is True


def test_named_clocks():
    told = clock("result_told")
    assert (told.days, told.working, told.duty.who) == (7, True, "province")
    assert told.deadline(day("2026-06-30")).day == day("2026-07-09")
    moved = clock("change_reported")
    assert moved.deadline(day("2026-01-31")).day == day("2026-03-02")
    with pytest.raises(KeyError):
        clock("annual_report")


def test_a_clock_of_no_days_is_refused():
    with pytest.raises(ValueError, match="at least one day"):
        after(day("2026-01-01"), 0, working=False)


@given(st.dates(dt.date(2015, 1, 1), dt.date(2040, 1, 1)), st.integers(1, 60))
def test_a_working_day_clock_ends_on_a_working_day_and_counts_each_once(start, days):
    found = after(start, days, working=True)
    between = [start + dt.timedelta(one + 1) for one in range((found.day - start).days)]
    assert sum(map(is_working_day, between)) == days
    assert is_working_day(found.day)
    assert found.provisional == (found.day > published_until())
