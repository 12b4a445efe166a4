"""The self-assessment: yearly copies, answers, evidence, improvements, score, signing; clauses and weights registered."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.utils import DatabaseError
from standards_helpers import DAY, NOW, TODAY

from shutan.apps.accounts import mandates
from shutan.apps.accounts.models import Area
from shutan.apps.common.files import Upload
from shutan.apps.standards import assessments, chapters, outputs, queries, register, scoring
from shutan.apps.standards.models import Assessment, Evidence, Improvement, Item, StandardClause
from shutan.apps.standards.worklist import tasks
from shutan.rules.standards import chapters as clause_file

SINCE = date(2023, 2, 1)
PDF = Upload("制度.pdf", b"%PDF-1.7 system")


def begun(people, year=2026, who="filler"):
    return assessments.begin(people[who], people["boss"].organisation, year, now=NOW)


def answer(people, assessment, level="met", finding="有制度"):
    for item in assessments.items(assessment):
        assessments.assess(
            people["filler"], item, level=level, finding=finding, revision=item.revision, now=NOW
        )


def clause(people, number="5.1", **more):
    told = {"requirement": "企业应……（原文）", "since": SINCE, "source": "标准文本第3页"} | more
    made = register.register_clause(people["officer"], number=number, now=NOW, **told)
    return register.decide_clause(people["lead"], made, confirm=True, now=NOW)


def test_the_clause_file_names_chapters_and_invents_no_requirement():
    found = clause_file()
    assert [one.number for one in found.values()] == [str(n) for n in range(4, 13)]
    for one in found.values():
        assert one.status == "secondary"
        assert "unknown" in one.summary
        assert "未知" in one.summary_zh


def test_a_year_begins_with_an_item_a_chapter(people):
    made = begun(people)
    assert [item.chapter for item in assessments.items(made)] == list(chapters.by_number())
    for year in (2026, 2022, 2027):  # again, before the standard, next year
        with pytest.raises(ValidationError):
            begun(people, year)


def test_the_next_year_copies_findings_and_evidence_but_no_answer(people):
    first = begun(people, 2025)
    item = assessments.items(first)[0]
    assessments.assess(people["filler"], item, level="partly", finding="缺记录", revision=1, now=NOW)
    assessments.add_evidence(people["filler"], item, upload=PDF, now=NOW)
    gone = assessments.add_evidence(people["filler"], item, title="作废", now=NOW)
    assessments.drop_evidence(people["filler"], gone, now=NOW)
    second = begun(people, 2026)
    copied = assessments.items(second)[0]
    assert (copied.level, copied.finding) == ("", "缺记录")
    assert [one.sha256 for one in copied.evidence.all()] == [PDF.sha256]
    assert second.copied_from == first


@pytest.mark.parametrize(
    ("level", "finding", "field"),
    [("good", "x", "level"), ("not_met", " ", "finding"), ("not_applicable", "", "finding")],
)
def test_a_faulty_answer_is_refused(people, level, finding, field):
    item = assessments.items(begun(people))[0]
    with pytest.raises(ValidationError) as told:
        assessments.assess(people["filler"], item, level=level, finding=finding, revision=1, now=NOW)
    assert field in told.value.message_dict


def test_the_second_editor_is_told(people):
    item = assessments.items(begun(people))[0]
    assessments.assess(people["filler"], item, level="met", finding="", revision=1, now=NOW)
    with pytest.raises(assessments.StaleItemError) as told:
        assessments.assess(people["boss"], item, level="partly", finding="", revision=1, now=NOW)
    assert told.value.saved.level == "met"


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"title": "  "},
        {"upload": Upload("a.exe", b"MZ")},
        {"upload": Upload("a.pdf", b"<html>")},
        {"upload": Upload("a.pdf", b"%PDF-" + bytes(10 * 2**20))},
    ],
)
def test_faulty_evidence_is_refused(people, given):
    with pytest.raises(ValidationError):
        assessments.add_evidence(people["filler"], assessments.items(begun(people))[0], now=NOW, **given)
    assert not Evidence.objects.exists()


def test_an_improvement_is_done_by_one_and_verified_by_another(people):
    item = assessments.items(begun(people))[0]
    told = {"what": "补建台账", "responsible": people["filler"], "due": TODAY + 5 * DAY, "now": NOW}
    for changes in ({"responsible": people["rival"]}, {"due": TODAY - DAY}):
        with pytest.raises(ValidationError):
            assessments.plan_improvement(people["boss"], item, **told | changes)
    one = assessments.plan_improvement(people["boss"], item, **told)
    with pytest.raises(ValidationError):  # not done yet
        assessments.verify_improvement(people["boss"], one, accept=True, now=NOW)
    with pytest.raises(ValidationError):
        assessments.finish_improvement(people["filler"], one, result=" ", now=NOW)
    assessments.finish_improvement(people["filler"], one, result="已建", now=NOW)
    with pytest.raises(ValidationError):
        assessments.verify_improvement(people["filler"], one, accept=True, now=NOW)
    with pytest.raises(ValidationError):  # a reason to open it again
        assessments.verify_improvement(people["boss"], one, accept=False, now=NOW)
    assert (
        assessments.verify_improvement(people["boss"], one, accept=False, why="不全", now=NOW).state == "open"
    )
    assessments.finish_improvement(people["filler"], one, result="已补全", now=NOW)
    assert assessments.verify_improvement(people["boss"], one, accept=True, now=NOW).state == "verified"
    assert Improvement.objects.get().verified_by == people["boss"]


def test_the_worklist_names_improvements_and_what_waits_for_a_second_person(people):
    item = assessments.items(begun(people))[0]
    one = assessments.plan_improvement(
        people["boss"], item, what="补建", responsible=people["filler"], due=TODAY, now=NOW
    )
    assert [task.state for task in tasks(people["filler"], NOW)] == ["due"]
    assert [task.state for task in tasks(people["filler"], NOW + DAY)] == ["overdue"]
    assert not list(tasks(people["rival"], NOW))
    assessments.finish_improvement(people["filler"], one, result="已建", now=NOW)
    assert [task.state for task in tasks(people["boss"], NOW)] == ["unconfirmed"]
    register.register_clause(
        people["officer"], number="5.2", requirement="x", since=SINCE, source="x", now=NOW
    )
    assert not list(tasks(people["officer"], NOW))
    assert len(list(tasks(people["lead"], NOW))) == 1


def test_signing_needs_every_answer_and_freezes_them(people):
    made = begun(people)
    with pytest.raises(ValidationError, match="9"):
        assessments.sign(people["boss"], made, now=NOW)
    answer(people, made, "not_applicable")
    with pytest.raises(ValidationError):  # nothing to score
        assessments.sign(people["boss"], made, now=NOW)
    answer(people, made)
    first = assessments.items(made)[0]
    assessments.assess(people["filler"], first, level="partly", finding="", revision=first.revision, now=NOW)
    with pytest.raises(PermissionDenied):
        assessments.sign(people["filler"], made, now=NOW)
    with pytest.raises(PermissionDenied):
        assessments.sign(people["rival"], made, now=NOW)
    held = assessments.sign(people["boss"], made, now=NOW)
    assert held.score == Decimal("94.4")  # eight chapters of 100 and one of 50, by nine
    first.refresh_from_db()
    with pytest.raises(ValidationError):
        assessments.assess(people["filler"], first, level="met", finding="", revision=first.revision, now=NOW)
    with pytest.raises(ValidationError):
        assessments.add_evidence(people["filler"], first, title="x", now=NOW)
    for change in (
        lambda: Item.objects.filter(pk=first.pk).update(level="met"),
        lambda: Assessment.objects.filter(pk=made.pk).update(score=100),
        lambda: Item.objects.filter(pk=first.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assessments.plan_improvement(
        people["boss"], first, what="继续", responsible=people["filler"], due=TODAY, now=NOW
    )


def test_weights_that_come_later_do_not_change_what_is_signed(people):
    made = begun(people)
    answer(people, made)
    assessments.sign(people["boss"], made, now=NOW)
    weights = dict.fromkeys(chapters.by_number(), Decimal(0)) | {"4": Decimal(1)}
    record = register.register_weights(people["officer"], weights=weights, since=SINCE, source="x", now=NOW)
    register.decide_weights(people["lead"], record, confirm=True, now=NOW)
    score, _record = assessments.scored(Assessment.objects.get(pk=made.pk))
    assert [one.weight for one in score.chapters] == [Decimal(1)] * 9


@pytest.mark.parametrize(
    ("levels", "weights", "total"),
    [
        ({"4": ["met"], "5": ["not_met"]}, {"4": "1", "5": "1"}, "50.0"),
        ({"4": ["met"], "5": ["not_met"]}, {"4": "3", "5": "1"}, "75.0"),
        ({"4": ["met", "partly", "not_met"], "5": ["met"]}, {"4": "1", "5": "2"}, "83.3"),
        ({"4": ["met", "not_applicable"], "5": ["not_applicable"]}, {"4": "1", "5": "9"}, "100.0"),
        ({"4": ["met", ""], "5": ["met"]}, {"4": "1", "5": "1"}, None),
        ({"4": ["met"], "5": [""]}, {"4": "1", "5": "0"}, "100.0"),
        ({"4": ["not_applicable"], "5": ["not_applicable"]}, {"4": "1", "5": "1"}, None),
        ({"4": ["partly"], "5": ["met"]}, {"4": "0.999", "5": "0.001"}, "50.1"),
    ],
)
def test_the_score_by_hand(levels, weights, total):
    found = scoring.score(levels, {number: Decimal(one) for number, one in weights.items()})
    assert found.total == (None if total is None else Decimal(total))


def test_a_clause_counts_once_a_second_person_confirmed_it(people):
    made = begun(people)
    told = {"requirement": "原文", "since": SINCE, "source": "标准文本"}
    one = register.register_clause(people["officer"], number="5.1", now=NOW, **told)
    assert all(item.clause is None for item in assessments.items(made))
    with pytest.raises(ValidationError):
        register.decide_clause(people["officer"], one, confirm=True, now=NOW)
    with pytest.raises(ValidationError):
        register.decide_clause(people["lead"], one, confirm=False, now=NOW)
    register.decide_clause(people["lead"], one, confirm=True, now=NOW)
    found = [str(item) for item in assessments.items(made)]
    assert found == ["4", "5.1", "6", "7", "8", "9", "10", "11", "12"]
    with pytest.raises(ValidationError):
        register.decide_clause(people["lead"], one, confirm=True, now=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        StandardClause.objects.filter(pk=one.pk).update(requirement="改")


def test_a_chapter_that_was_answered_keeps_its_answer_when_clauses_arrive(people):
    made = begun(people)
    answer(people, made)
    clause(people, "5.1")
    clause(people, "5.10")
    clause(people, "5.2")
    assert [str(item) for item in assessments.items(made)][:5] == ["4", "5", "5.1", "5.2", "5.10"]


@pytest.mark.parametrize("number", ["3.1", "13.1", "5", "5.x", "", "5.1.2.3.4", "5.100"])
def test_a_clause_outside_the_chapters_is_refused(people, number):
    with pytest.raises(ValidationError):
        clause(people, number)


def test_the_same_clause_stands_once_at_a_time(people):
    clause(people, until=date(2024, 12, 31))
    with pytest.raises(ValidationError):
        clause(people, since=date(2024, 6, 1))
    later = clause(people, since=date(2025, 1, 1))
    assert register.clauses_on(date(2026, 1, 1)) == [later]
    assert register.clauses_on(date(2023, 1, 1)) == []


@pytest.mark.parametrize("weights", [{}, {"4": "1"}, "zero", "negative", "nan"])
def test_faulty_weights_are_refused(people, weights):
    every = dict.fromkeys(chapters.by_number(), Decimal(1))
    given = {
        "zero": dict.fromkeys(every, Decimal(0)),
        "negative": every | {"4": Decimal(-1)},
        "nan": every | {"4": Decimal("nan")},
    }.get(str(weights), weights)
    with pytest.raises(ValidationError):
        register.register_weights(people["officer"], weights=given, since=SINCE, source="x", now=NOW)


def test_each_sees_its_own(people):
    made = begun(people)
    assessments.begin(people["rival"], people["rival"].organisation, 2026, now=NOW)
    seen = {name: set(queries.assessments(people[name])) for name in people if name != "rival"}
    for name in ("officer", "lead"):
        assert len(seen[name]) == 2
    for name in ("filler", "boss", "group", "city"):
        assert seen[name] == {made}
    for name in ("far_city", "statistics", "agent", "public"):
        assert seen[name] == set()
    with pytest.raises(PermissionDenied):
        begun(people, 2025, "rival")
    item = assessments.items(made)[0]
    for name in ("rival", "agent", "group", "officer", "city"):
        with pytest.raises(PermissionDenied):
            assessments.assess(people[name], item, level="met", finding="", revision=1, now=NOW)


def test_an_agent_works_under_its_mandate_and_no_longer(people):
    home = people["boss"].organisation
    held = mandates.give(
        people["boss"], principal=home, agent=people["agent"].organisation, areas=[Area.REPORTING],
        begins=TODAY, ends=TODAY + 3650 * DAY, number="1", now=NOW,
    )  # fmt: skip
    boss = type(people["agent"]).objects.create_user(
        username="agent-boss", organisation=people["agent"].organisation, role="responsible", password="x"
    )
    mandates.accept(boss, held, now=NOW)
    made = begun(people, who="agent")
    assert set(queries.assessments(people["agent"])) == {made}
    with pytest.raises(PermissionDenied):  # signing stays with the enterprise
        assessments.sign(boss, made, now=NOW)
    mandates.end(people["boss"], held, now=NOW, why="完")
    with pytest.raises(PermissionDenied):
        begun(people, 2025, "agent")
    assert not queries.assessments(people["agent"]).exists()


def test_excel_pdf_and_years(people):
    first = begun(people, 2025)
    answer(people, first)
    assessments.sign(people["boss"], first, now=NOW)
    second = begun(people, 2026)
    for kind, begins in (("xlsx", b"PK"), ("pdf", b"%PDF-")):
        for language in ("zh", "en"):
            assert outputs.WRITERS[kind](second, language).startswith(begins)
    found = outputs.years([Assessment.objects.get(pk=first.pk), second])
    assert found["totals"] == [Decimal("100.0"), None]
    assert outputs.overview(people["officer"], 2025) == {
        "year": 2025, "enterprises": 2, "begun": 1, "signed": 1,
        "least": Decimal("100.0"), "most": Decimal("100.0"), "mean": Decimal("100.0"),
    }  # fmt: skip
