"""Events: what follows, what is impossible, what undoing brings back."""

from datetime import date

import pytest
from directory_helpers import NOW, SINCE, SYSTEM, TODAY, facility, legal_person, line
from django.core.exceptions import PermissionDenied

from shutan.apps.directory import events, keeping, queries
from shutan.apps.directory.consequences import Happened, state_on
from shutan.apps.directory.models import Entity, Event, RegistryChange
from shutan.apps.directory.reading import FaultsError

ON = date(2024, 7, 1)


def record(kind, subject, on=ON, actor=SYSTEM, **more):
    return events.record_event(actor, Happened(kind, on, subject, **more), now=NOW, today=TODAY)


def refused(kind, subject, on=ON, **more):
    with pytest.raises(FaultsError) as caught:
        record(kind, subject, on, **more)
    assert all(problem.message.zh and problem.message.en for problem in caught.value.problems)
    return {problem.code for problem in caught.value.problems}


def undo(event, actor=SYSTEM):
    return events.correct_event(actor, event, now=NOW, today=TODAY, why="记错了")


def snapshot():
    """What stands, without the numbers of rows."""
    rows = keeping.standing().values_list("entity", "name", "value", "target", "during")
    return sorted((e, n, v, t or 0, str(d)) for e, n, v, t, d in rows)


@pytest.fixture
def works(db):
    """A legal person with a facility of two lines, and another legal person."""
    owner, other = legal_person("甲", 1), legal_person("乙", 2)
    plant = facility("一厂", owner)
    return {
        "owner": owner,
        "other": other,
        "plant": plant,
        "a": line("一线", plant),
        "b": line("二线", plant, state="planned"),
    }


def test_a_unit_is_commissioned_stopped_resumed_and_shut_down(works):
    b = works["b"]
    for kind, on, state in (
        ("commissioning", date(2023, 1, 1), "operating"),
        ("stop", date(2023, 6, 1), "stopped"),
        ("resume", date(2023, 9, 1), "operating"),
        ("shutdown", date(2024, 1, 1), "closed"),
    ):
        record(kind, b, on)
        assert state_on(b, on) == state
    assert state_on(b, date(2022, 12, 31)) == "planned"
    assert state_on(b, date(2023, 8, 31)) == "stopped"


def test_commissioning_a_new_line_makes_it(works):
    values = {
        "name": "三线",
        "sector": "水泥",
        "equipment": "回转窑",
        "capacity": "2500",
        "capacity_unit": "t/d",
    }
    event = record("commissioning", works["plant"], values=values)
    made = Entity.objects.get(facts__begun_by=event, facts__name="name")
    said = {name: fact.value for name, fact in queries.facts_on(made, ON).items()}
    assert said | {"facility": ""} == {
        "name": "三线",
        "sector": "cement",
        "equipment": "rotary_kiln",
        "capacity": "2500",
        "capacity_unit": "t_per_d",
        "facility": "",
        "state": "operating",
    }
    assert refused("commissioning", works["plant"], values={"name": "三线", "sector": "水泥"}) == {
        "event.twice"
    }
    assert refused("commissioning", works["plant"], values={"name": "四线"}) == {"cell.missing"}
    undo(event)
    assert queries.facts_on(made, ON) == {}


@pytest.mark.parametrize(
    ("kind", "who", "on", "codes"),
    [
        ("stop", "b", ON, {"event.state"}),  # before commissioning
        ("stop", "a", date(2019, 1, 1), {"event.before"}),
        ("resume", "a", ON, {"event.state"}),
        ("commissioning", "a", ON, {"event.state"}),
        ("stop", "owner", ON, {"event.kind"}),
        ("merger", "plant", ON, {"event.kind"}),
    ],
)
def test_the_impossible_is_refused(works, kind, who, on, codes):
    before = snapshot()
    assert refused(kind, works[who], on) == codes
    assert snapshot() == before
    assert not Event.objects.exists()


def test_a_facility_takes_its_lines_along_and_back(works):
    record("stop", works["plant"])
    assert [state_on(works[one], ON) for one in "ab"] == ["stopped", "planned"]
    record("resume", works["plant"], date(2024, 8, 1))
    assert state_on(works["a"], date(2024, 8, 1)) == "operating"


def test_something_later_stands_in_the_way(works):
    record("stop", works["a"], date(2024, 7, 1))
    assert refused("shutdown", works["a"], date(2024, 3, 1)) == {"event.later"}


def test_capacity(works):
    values = {"capacity": "3000", "capacity_unit": "t/d"}
    record("capacity_change", works["a"], values=values)
    assert queries.facts_on(works["a"], ON)["capacity"].value == "3000"
    assert "capacity" not in queries.facts_on(works["a"], date(2024, 6, 30))
    assert refused("capacity_change", works["a"], values=values) == {"event.nothing"}
    assert refused("capacity_change", works["a"], values={"capacity": "x", "capacity_unit": ""}) == {
        "number.text",
        "cell.missing",
    }


def test_a_merger_hands_everything_over_and_waits_for_the_province(works):
    event = record("merger", works["owner"], into=works["other"], document="合并公告1号")
    assert state_on(works["owner"], ON) == "merged"
    assert queries.owner_of(works["a"], ON) == works["other"]
    assert queries.owner_of(works["a"], date(2024, 6, 30)) == works["owner"]
    assert RegistryChange.objects.get(event=event).state == "waiting"
    assert dict(event.subjects.values_list("entity", "part")) == {
        works["owner"].pk: "subject",
        works["other"].pk: "into",
        works["plant"].pk: "affected",
    }
    # a merger of a closed unit
    assert refused("merger", works["owner"], date(2025, 1, 1), into=works["other"]) == {"event.state"}
    assert refused("merger", works["other"], date(2025, 1, 1), into=works["owner"]) == {"event.state"}


def test_a_merger_needs_someone_else_to_go_into(works):
    assert refused("merger", works["owner"], into=works["owner"]) == {"event.self"}
    assert refused("merger", works["owner"]) == {"cell.missing"}
    late = legal_person("丙", 3, since=date(2025, 1, 1))
    assert refused("merger", works["owner"], into=late) == {"event.before"}


def test_split_and_transfer(works):
    second = facility("二厂", works["owner"])
    record("split", works["owner"], others=(second,), into=works["other"])
    assert queries.owner_of(second, ON) == works["other"]
    assert queries.owner_of(works["plant"], ON) == works["owner"]
    assert refused("split", works["owner"], date(2025, 1, 1), others=(second,), into=works["other"]) == {
        "event.owner"
    }
    record("transfer", works["plant"], into=works["other"])
    assert refused("transfer", works["plant"], date(2025, 1, 1), into=works["other"]) == {"event.self"}


def test_name_change_and_closure(works):
    event = record("name_change", works["owner"], values={"name": "甲新"})
    assert RegistryChange.objects.filter(event=event).exists()
    assert not RegistryChange.objects.filter(
        event=record("name_change", works["a"], values={"name": "一号线"})
    ).exists()
    assert refused("name_change", works["a"], date(2025, 1, 1), values={"name": ""}) == {"cell.missing"}
    record("closure", works["owner"], date(2025, 1, 1))
    day = date(2025, 1, 1)
    assert {state_on(works[one], day) for one in ("owner", "plant", "a", "b")} == {"closed"}


@pytest.mark.parametrize(
    ("kind", "who", "more"),
    [
        ("stop", "plant", {}),
        ("shutdown", "a", {}),
        ("closure", "owner", {}),
        ("commissioning", "b", {}),
        ("name_change", "owner", {"values": {"name": "丁"}}),
        ("capacity_change", "a", {"values": {"capacity": "1", "capacity_unit": "MW"}}),
    ],
)
@pytest.mark.parametrize("on", [ON, SINCE])
def test_undoing_brings_back_what_was(works, kind, who, more, on):
    before = snapshot()
    event = record(kind, works[who], on, **more)
    assert snapshot() != before
    correction = undo(event)
    assert snapshot() == before
    assert correction.corrects == event
    with pytest.raises(FaultsError):
        undo(event)
    # and it can happen again
    record(kind, works[who], on, **more)


def test_the_later_is_undone_first(works):
    first = record("stop", works["a"])
    second = record("resume", works["a"], date(2024, 8, 1))
    with pytest.raises(FaultsError):
        undo(first)
    undo(second)
    undo(first)
    assert state_on(works["a"], TODAY) == "operating"


def test_the_province_decides_and_not_who_recorded(people):
    one = Entity.objects.get(organisation__name_zh="甲厂")
    event = record("name_change", one, actor=people["one"], values={"name": "甲新"})
    notice = event.registry_change
    own = record("name_change", one, date(2024, 8, 1), actor=people["officer"], values={"name": "甲更新"})
    with pytest.raises(PermissionDenied):
        events.decide_registry_change(people["officer"], own.registry_change, approve=True, now=NOW)
    with pytest.raises(FaultsError):
        events.decide_registry_change(people["officer"], notice, approve=False, now=NOW)
    events.decide_registry_change(people["officer"], notice, approve=True, now=NOW)
    with pytest.raises(FaultsError):
        events.decide_registry_change(people["officer"], notice, approve=False, reason="x", now=NOW)


def test_an_enterprise_records_only_what_is_its_own(people):
    one = Entity.objects.get(organisation__name_zh="甲厂")
    two = Entity.objects.get(organisation__name_zh="乙厂")
    plant = facility("一厂", one)
    with pytest.raises(PermissionDenied):
        record("transfer", plant, actor=people["one"], into=two)
    with pytest.raises(PermissionDenied):
        record("stop", plant, actor=people["two"])
    assert record("stop", plant, actor=people["one"])
    assert queries.events(people["two"], today=TODAY).count() == 0
    assert queries.events(people["city"], today=TODAY).count() == 1
