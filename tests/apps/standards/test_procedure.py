"""The procedure: every walk ends, no state is a dead end, no step is taken out of order; the database keeps what is decided."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.utils import DatabaseError
from hypothesis import given
from hypothesis import strategies as st
from standards_helpers import DAY, NOW, TEXT, TODAY, drafted, published, said, sought, step

from shutan.apps.accounts.models import LogEntry
from shutan.apps.common.files import Upload
from shutan.apps.standards import instruments, opinions, queries
from shutan.apps.standards.models import Instrument, Text, Version
from shutan.apps.standards.procedure import ENDS, OPEN, STEPS, steps_from
from shutan.apps.standards.worklist import tasks

STATES = set(Version.State.values)
LATER = NOW + 11 * DAY


def test_the_table_names_every_state():
    assert STATES == OPEN | ENDS
    for one in STEPS.values():
        assert one.sources <= OPEN
        assert one.target in STATES


@given(st.lists(st.integers(0, 10), max_size=30))
def test_no_walk_reaches_a_dead_end(choices):
    """From whatever state a lawful walk reaches, publication is still possible, unless the version has ended."""
    state = "draft"
    for choice in choices:
        possible = steps_from(state)
        if not possible:
            break
        state = STEPS[possible[choice % len(possible)]].target
    assert state in ENDS or reaches(state, "published")
    assert bool(steps_from(state)) == (state in OPEN)


def reaches(state, wanted):
    seen, todo = set(), {state}
    while todo:
        one = todo.pop()
        seen.add(one)
        todo |= {STEPS[name].target for name in steps_from(one)} - seen
    return wanted in seen


GIVEN = {
    "seek_opinions": {"opinions_from": TODAY, "opinions_until": TODAY},
    "publish": {"number": "1号", "published_on": TODAY, "in_force_from": TODAY},
}


@pytest.mark.parametrize("state", sorted(STATES))
def test_a_step_out_of_order_is_refused(people, state):
    """Each step in each state: taken where the table says so, refused and nothing changed everywhere else."""
    for name in STEPS:
        version = drafted(people, title=f"{state} {name}")
        Version.objects.filter(pk=version.pk).update(
            state=state, published_on=TODAY, in_force_from=TODAY, opinions_from=None
        )
        actor = people["lead"] if name in ("clear", "object") else people["officer"]
        call = {"why": "理由", **GIVEN.get(name, {})}
        if state in STEPS[name].sources:
            assert step(actor, version, name, **call).state == STEPS[name].target
        else:
            with pytest.raises(ValidationError):
                step(actor, version, name, **call)
            assert Version.objects.get(pk=version.pk).state == state


def test_the_whole_way_with_opinions(people):
    version = sought(people)
    one = said(version, people["boss"])
    with pytest.raises(ValidationError, match="2026-05-11"):
        step(people["officer"], version, "send_to_review", now=NOW)
    with pytest.raises(ValidationError):  # not answered
        step(people["officer"], version, "send_to_review", now=LATER)
    opinions.answer(people["officer"], one, outcome="adopted", text="已采纳", now=LATER)
    step(people["officer"], version, "redraft", now=LATER, why="按意见修改")
    held = Version.objects.get(pk=version.pk)
    instruments.save_text(
        people["officer"], held, TEXT.replace("省内", "本省"), revision=held.revision, now=LATER
    )
    step(people["officer"], version, "send_to_review", now=LATER)
    with pytest.raises(ValidationError):  # the drafter does not review
        step(people["officer"], version, "clear", now=LATER, why="合法")
    with pytest.raises(ValidationError):  # an opinion is needed
        step(people["lead"], version, "clear", now=LATER)
    held = step(people["lead"], version, "clear", now=LATER, why="未见违反上位法")
    assert (held.legality_by, held.legality_opinion) == (people["lead"], "未见违反上位法")
    day = TODAY + 11 * DAY
    held = step(
        people["officer"], version, "publish", now=LATER, number="川环发〔2026〕9号",
        published_on=day, in_force_from=day + 30 * DAY,
    )  # fmt: skip
    assert [queries.instruments(None, one).get().status for one in (day, day + 30 * DAY)] == [
        "upcoming", "in_force",
    ]  # fmt: skip
    actions = list(LogEntry.objects.order_by("pk").values_list("action", flat=True))
    assert actions == [
        f"standards.{one}"
        for one in (
            "draft", "seek_opinions", "opine", "answer", "redraft", "save_text", "send_to_review", "clear",
            "publish",
        )
    ]  # fmt: skip


def test_who_changed_the_text_does_not_review_it_either(people):
    version = drafted(people)
    instruments.save_text(people["lead"], version, TEXT + "\n第三条", revision=1, now=NOW)
    step(people["officer"], version, "send_to_review", why="技术性通知")
    with pytest.raises(ValidationError):
        step(people["lead"], version, "clear", why="合法")


def test_an_objection_returns_the_version_with_its_opinion(people):
    version = drafted(people)
    step(people["officer"], version, "send_to_review", why="紧急")
    held = step(people["lead"], version, "object", why="第二条超出权限")
    assert (held.state, held.legality_opinion) == ("draft", "第二条超出权限")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"number": " "}, "number"),
        ({"published_on": None}, "published_on"),
        ({"published_on": TODAY + DAY}, "published_on"),
        ({"in_force_from": TODAY - DAY}, "in_force_from"),
        ({"in_force_from": None}, "in_force_from"),
    ],
)
def test_a_faulty_publication_is_refused_at_its_field(people, changes, field):
    version = drafted(people)
    step(people["officer"], version, "send_to_review", why="x")
    step(people["lead"], version, "clear", why="x")
    with pytest.raises(ValidationError) as told:
        step(people["officer"], version, "publish", **GIVEN["publish"] | changes)
    assert field in told.value.message_dict


def test_an_amendment_replaces_the_version_before_from_its_day(people):
    first = published(people)
    second = instruments.amend(people["officer"], first.instrument, why="扩围", now=NOW)
    assert second.texts.get().content == TEXT
    with pytest.raises(ValidationError):  # one version at a time
        instruments.amend(people["officer"], first.instrument, why="again", now=NOW)
    step(people["officer"], second, "send_to_review", why="x")
    step(people["lead"], second, "clear", why="x")
    told = {"number": "川环发〔2026〕2号", "published_on": TODAY, "in_force_from": TODAY + 10 * DAY}
    with pytest.raises(ValidationError) as refused:
        step(people["officer"], second, "publish", **told)
    assert "amending_document" in refused.value.message_dict
    with pytest.raises(ValidationError) as refused:
        step(
            people["officer"],
            second,
            "publish",
            amending_document="修改决定",
            **told | {"in_force_from": TODAY},
        )
    assert "in_force_from" in refused.value.message_dict
    step(people["officer"], second, "publish", amending_document="修改决定", **told)
    numbers = [
        queries.instruments(None, day).get().number for day in (TODAY, TODAY + 9 * DAY, TODAY + 10 * DAY)
    ]
    assert numbers == ["川环发〔2026〕1号", "川环发〔2026〕1号", "川环发〔2026〕2号"]


def test_a_repeal_ends_it_from_its_day(people):
    first, other = published(people), published(people, title="新办法", number="川环发〔2026〕3号")
    faults = [
        ({"repealed_from": TODAY}, "repealed_from"),
        ({"document": " "}, "document"),
        ({"by": first.instrument}, "by"),
    ]
    told = {"repealed_from": TODAY + DAY, "document": "废止决定", "by": other.instrument, "now": NOW}
    for changes, field in faults:
        with pytest.raises(ValidationError) as refused:
            instruments.repeal(people["lead"], first.instrument, **told | changes)
        assert field in refused.value.message_dict
    instruments.repeal(people["lead"], first.instrument, **told)
    found = [
        queries.instruments(None, day).get(pk=first.instrument_id).status for day in (TODAY, TODAY + DAY)
    ]
    assert found == ["in_force", "repealed"]
    for again in (
        lambda: instruments.repeal(people["lead"], first.instrument, **told),
        lambda: instruments.amend(people["lead"], first.instrument, why="x", now=NOW),
    ):
        with pytest.raises(ValidationError):
            again()


def test_what_was_never_published_or_is_under_way_is_not_repealed(people):
    told = {"repealed_from": TODAY + DAY, "document": "x", "now": NOW}
    with pytest.raises(ValidationError):
        instruments.repeal(people["lead"], drafted(people).instrument, **told)
    version = published(people, title="另一办法")
    instruments.amend(people["officer"], version.instrument, why="x", now=NOW)
    with pytest.raises(ValidationError):
        instruments.repeal(people["lead"], version.instrument, **told)


def test_the_second_editor_is_told_and_loses_nothing(people):
    version = drafted(people)
    instruments.save_text(people["officer"], version, TEXT + "\n甲", revision=1, now=NOW)
    with pytest.raises(instruments.StaleError) as told:
        instruments.save_text(people["lead"], version, TEXT + "\n乙", revision=1, now=NOW)
    assert told.value.saved.content.endswith("甲")
    assert "officer" in told.value.messages[0]


@pytest.mark.parametrize("text", ["", "  \n ", "字" * 200_001])
def test_a_text_that_is_none_or_too_long_is_refused(people, text):
    with pytest.raises(ValidationError):
        drafted(people, text=text)
    assert not Instrument.objects.exists()


def test_attachments_and_links_are_checked(people):
    version = drafted(people)
    for bad in (
        Upload("a.exe", b"MZ"),
        Upload("a.pdf", b"<html>"),
        Upload("a.pdf", b"%PDF-" + bytes(10 * 2**20)),
    ):
        with pytest.raises(ValidationError):
            instruments.attach(people["officer"], version, bad, now=NOW)
    made = instruments.attach(people["officer"], version, Upload("../附件.pdf", b"%PDF-1"), now=NOW)
    assert made.file_name == "附件.pdf"
    with pytest.raises(ValidationError):
        instruments.attach(people["officer"], version, Upload("b.pdf", b"%PDF-1"), now=NOW)
    instruments.detach(people["officer"], made, now=NOW)
    assert not queries.attachments(people["officer"]).exists()
    for kind, rules, name in (
        ("clause", "power", "nothing"), ("parameter", "power", "nothing"), ("clause", "nowhere", "x"),
    ):  # fmt: skip
        with pytest.raises(ValidationError):
            instruments.link(people["officer"], version, kind=kind, rule_set=rules, name=name, now=NOW)
    made = instruments.link(
        people["officer"],
        version,
        kind="parameter",
        rule_set="power",
        name="default_carbon_per_heat",
        now=NOW,
    )
    instruments.unlink(people["officer"], made, now=NOW)
    step(people["officer"], version, "send_to_review", why="x")
    with pytest.raises(ValidationError):  # not a draft any more
        instruments.attach(people["officer"], version, Upload("c.pdf", b"%PDF-1"), now=NOW)


@pytest.mark.parametrize("name", ["filler", "city", "statistics", "public"])
def test_only_the_province_takes_steps(people, name):
    version = drafted(people)
    for one in STEPS:
        with pytest.raises(PermissionDenied):
            step(people[name], version, one, why="x")
    with pytest.raises(PermissionDenied):
        instruments.draft(people[name], kind="notice", title_zh="x", issuer="x", text="x", now=NOW)


def test_the_database_keeps_what_was_decided(people):
    version = published(people)
    changes = [
        lambda: Version.objects.filter(pk=version.pk).update(number="x"),
        lambda: Text.objects.filter(version=version).update(content="x"),
        lambda: Text.objects.filter(version=version).delete(),
        lambda: Instrument.objects.filter(pk=version.instrument_id).delete(),
    ]
    for change in changes:
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_worklist_asks_the_same_however_many_drafts_there_are(people, django_assert_max_num_queries):
    version = sought(people)
    said(version)
    said(version, content="另一条意见。")
    for number in range(4):
        said(sought(people, title=f"办法{number}"))
        step(people["officer"], drafted(people, title=f"指南{number}"), "send_to_review", why="紧急")
    people["officer"].organisation  # noqa: B018 - asked for before it is counted
    with django_assert_max_num_queries(6):
        found = list(tasks(people["officer"], NOW))
    assert len(found) == 5
    assert len(list(tasks(people["lead"], NOW))) == 9
