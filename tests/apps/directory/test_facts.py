"""Dated facts: they never overlap, a day has one answer, nothing that was said is lost."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from directory_helpers import NOW, SINCE, SYSTEM, TODAY, code, facility, legal_person, line
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg.types.range import DateRange

from shutan.apps.directory import actions, events, keeping, queries
from shutan.apps.directory.consequences import Happened
from shutan.apps.directory.keeping import Hand, Said
from shutan.apps.directory.models import Entity

HAND = Hand(None, NOW)


def change(entity, since, actor=SYSTEM, version=None, **raw):
    entity.refresh_from_db()
    return actions.change_facts(
        actor, entity, raw, since=since, version=version or entity.version, now=NOW, today=TODAY
    )


def values(entity, name):
    return [
        (str(fact.during.lower), fact.value)
        for fact in keeping.standing(entity).filter(name=name).order_by("during")
    ]


def test_a_change_ends_what_held_the_day_before(db):
    one = legal_person()
    change(one, date(2024, 3, 1), sector="钢铁")
    assert values(one, "sector") == [("2020-01-01", "cement"), ("2024-03-01", "steel")]
    assert queries.facts_on(one, date(2024, 2, 29))["sector"].value == "cement"
    assert queries.facts_on(one, date(2024, 3, 1))["sector"].value == "steel"
    assert "sector" not in queries.facts_on(one, date(2019, 12, 31))


def test_names_owners_and_capacities_change_by_events_only(db):
    owner, other = legal_person(), legal_person("乙公司", 2)
    plant = facility("一厂", owner)
    unit = line("一线", plant, capacity="1", capacity_unit="MW")
    for entity, raw in (
        (owner, {"name": "新"}),
        (plant, {"owner": str(other.pk)}),
        (unit, {"capacity": "2"}),
    ):
        assert faults(lambda entity=entity, raw=raw: change(entity, TODAY, **raw)) == {("fact.event", *raw)}
    change(unit, TODAY, product="熟料", capacity="1")


def test_a_change_before_a_later_one_keeps_the_later_one(db):
    one = legal_person()
    change(one, date(2025, 1, 1), address="丙路")
    change(one, date(2023, 1, 1), address="乙路")
    assert values(one, "address") == [("2023-01-01", "乙路"), ("2025-01-01", "丙路")]


def test_a_change_from_the_first_day_replaces_and_keeps_what_was_said(db):
    one = legal_person()
    change(one, SINCE, sector="power")
    assert values(one, "sector") == [("2020-01-01", "power")]
    assert {fact.value for fact in queries.history(one).filter(name="sector")} == {"cement", "power"}


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.integers(0, 400), st.sampled_from(["", "a", "b", "c"])), max_size=12))
def test_any_sequence_of_changes_leaves_one_answer_a_day(transactional_free_db, said):
    """Written in any order, what was said last of a day's own beginning holds; no two facts overlap."""
    with transaction.atomic():
        one = actions.new_entity("legal_person", None, HAND)
        for days, value in said:
            keeping.say(one, Said("address", value), SINCE + timedelta(days), HAND)
        spans = [fact.during for fact in keeping.standing(one).filter(name="address").order_by("during")]
        for first, second in pairwise(spans):
            assert first.upper is not None
            assert first.upper <= second.lower
        for days in range(0, 401, 50):
            found = keeping.standing(one).filter(name="address", during__contains=SINCE + timedelta(days))
            assert found.count() <= 1
        if said:
            days, value = said[-1]
            fact = keeping.at(one, "address", SINCE + timedelta(days))
            assert (fact.value if fact else "") == value
        transaction.set_rollback(True)


@pytest.fixture
def transactional_free_db(db):
    """The database, for a property whose examples roll back themselves."""


def test_the_database_refuses_overlaps_whoever_writes(db):
    one = legal_person()
    again = Said("name", "x")
    with pytest.raises(IntegrityError), transaction.atomic():
        keeping.begin(one, again, DateRange(SINCE, None), HAND)
    with pytest.raises(IntegrityError), transaction.atomic():
        keeping.begin_many([(one, again, SINCE)], HAND)


@pytest.mark.parametrize("statement", ["DELETE FROM directory_fact", "UPDATE directory_fact SET value='x'"])
def test_the_database_refuses_rewriting(db, statement):
    legal_person()
    with pytest.raises(Exception, match="pgtrigger"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def faults(call):
    with pytest.raises(actions.FaultsError) as caught:
        call()
    return {(problem.code, problem.place.place) for problem in caught.value.problems}


def test_all_faults_of_a_form_are_told_at_once(db):
    found = faults(
        lambda: legal_person(
            name="", credit_code="91510100MA00000012", division="999999", industry="44", sector="天文"
        )
    )
    assert found == {
        ("cell.missing", "name"),
        ("credit_code", "credit_code"),
        ("division.unknown", "division"),
        ("industry", "industry"),
        ("choice.unknown", "sector"),
    }
    assert not Entity.objects.exists()


def test_a_replaced_division_code_names_its_successor(db):
    assert legal_person("旧", 8, division="513425", since=date(2021, 6, 1))
    with pytest.raises(actions.FaultsError) as caught:
        legal_person("新", 9, division="513425", since=date(2022, 1, 1))
    assert "513402" in caught.value.problems[0].expected.zh


def test_a_credit_code_belongs_to_one_legal_person_at_a_time(db):
    legal_person("甲", 7)
    assert faults(lambda: legal_person("乙", 7)) == {("fact.overlap", "credit_code")}
    assert Entity.objects.count() == 1


def test_links_are_found_by_code_name_or_number_and_named_when_unknown(db):
    owner = legal_person("甲", 1)

    def facility_of(text):
        raw = {"name": "厂", "owner": text, "division": "510104", "sector": "cement"}
        return actions.create_entity(SYSTEM, "facility", raw, since=SINCE, now=NOW, today=TODAY)

    for text in (code(1), "甲", str(owner.pk)):
        assert queries.owner_of(facility_of(text), TODAY) == owner
    legal_person("甲", 2)
    assert faults(lambda: facility_of("甲")) == {("link.several", "owner")}
    assert faults(lambda: facility_of("无此企业")) == {("link.unknown", "owner")}


def test_the_second_of_two_people_is_told(db, people):
    one = Entity.objects.get(organisation__name_zh="甲厂")
    seen = one.version
    change(one, date(2024, 1, 1), actor=people["one"], address="一号")
    with pytest.raises(actions.StaleError) as caught:
        change(one, date(2024, 1, 1), actor=people["city"], version=seen, address="二号")
    assert caught.value.entity.version == seen + 1
    assert queries.facts_on(one, TODAY)["address"].value == "一号"


def test_ending_and_correcting(db):
    one = legal_person(address="一号")
    fact = keeping.at(one, "address", TODAY)
    end = {"now": NOW, "today": TODAY}
    actions.end_fact(SYSTEM, fact, on=date(2025, 1, 1), version=1, **end)
    assert "address" not in queries.facts_on(one, date(2025, 1, 1))
    name = keeping.at(one, "name", TODAY)
    assert faults(lambda: actions.end_fact(SYSTEM, name, on=TODAY, version=2, **end)) == {("fact.end", "on")}
    made = actions.correct_fact(SYSTEM, name, "甲有限公司", version=2, why="错字", **end)
    assert made.during == name.during
    name.refresh_from_db()
    assert (name.withdrawn_why, name.value) == ("错字", "甲公司")


def test_as_of_gives_each_day_its_facts(people):
    one = Entity.objects.get(organisation__name_zh="甲厂")
    happened = Happened("name_change", date(2024, 1, 1), one, values={"name": "甲新"})
    events.record_event(SYSTEM, happened, now=NOW, today=TODAY)
    change(one, date(2024, 1, 1), sector="steel")
    unit = facility("一厂", one)
    officer = people["officer"]
    named = {
        day: set(queries.as_of(officer, day, "legal_person", today=TODAY).values_list("at_name", "at_sector"))
        for day in (date(2023, 12, 31), date(2024, 1, 1), date(2019, 1, 1))
    }
    assert named[date(2023, 12, 31)] == {("甲公司", "cement"), ("乙公司", "cement")}
    assert named[date(2024, 1, 1)] == {("甲新", "steel"), ("乙公司", "cement")}
    assert named[date(2019, 1, 1)] == set()
    row = queries.as_of(officer, TODAY, "facility", today=TODAY).get()
    assert (row.pk, row.at_owner, row.at_owner_name) == (unit.pk, one.pk, "甲新")


SEEN = {
    "one": {"甲公司", "一厂", "一线"},
    "two": {"乙公司", "二厂"},
    "officer": {"甲公司", "一厂", "一线", "乙公司", "二厂", "无账户"},
    "city": {"甲公司", "一厂", "一线", "无账户"},
    "far_city": set(),
    "statistics": {"甲公司", "一厂", "一线", "乙公司", "二厂", "无账户"},
    "verifier": set(),
    "public": set(),
}


@pytest.mark.parametrize("who", SEEN)
def test_who_sees_what(people, who):
    one = Entity.objects.get(organisation__name_zh="甲厂")
    two = Entity.objects.get(organisation__name_zh="乙厂")
    line("一线", facility("一厂", one))
    facility("二厂", two, division="510502")
    legal_person("无账户", 5)
    rows = queries.as_of(people[who], TODAY, today=TODAY)
    assert set(rows.values_list("at_name", flat=True)) == SEEN[who]


@pytest.mark.parametrize(
    ("who", "may"), [("one", True), ("two", False), ("city", True), ("far_city", False), ("officer", True)]
)
def test_who_changes_what(people, who, may):
    one = Entity.objects.get(organisation__name_zh="甲厂")
    if may:
        change(one, TODAY, actor=people[who], address="新")
    else:
        with pytest.raises(PermissionDenied):
            change(one, TODAY, actor=people[who], address="新")


def test_nobody_registers_into_anothers_hands(people):
    two = Entity.objects.get(organisation__name_zh="乙厂")
    assert ("link.unknown", "owner") in faults(lambda: facility("x", two, actor=people["one"]))
    assert facility("y", Entity.objects.get(organisation__name_zh="甲厂"), actor=people["one"])
    assert faults(lambda: actions.link_organisation(
        people["officer"], two, people["one"].organisation, version=1, now=NOW
    )) == {("organisation.twice", "organisation")}  # fmt: skip


def test_who_reports(people):
    one = Entity.objects.get(organisation__name_zh="甲厂")
    two = Entity.objects.get(organisation__name_zh="乙厂")
    raw = {"name": "联合厂区", "lead": str(one.pk), "division": "510104", "sector": "steel"}
    joint = actions.create_entity(SYSTEM, "reporting_entity", raw, since=SINCE, now=NOW, today=TODAY)
    change(one, SINCE, reporting_entity=str(joint.pk))
    found = queries.reporters(people["officer"], TODAY, today=TODAY)
    assert set(found.values_list("at_name", flat=True)) == {"联合厂区", "乙公司"}
    assert queries.reporter_of(one, TODAY) == joint
    assert queries.reporter_of(two, TODAY) == two
