"""Annual reports at the desk: queue, checklist, questions, the city's and the province's decision, correction as a new version, proof."""

import datetime as dt
import json
import sys
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

sys.path.insert(0, str(Path(__file__).parents[1] / "reporting"))  # its helpers are imported by name

from reporting_helpers import NOW, create, submit

from shutan.apps.accounts.models import LogEntry
from shutan.apps.common.refusals import StaleError
from shutan.apps.directory.models import Entity, EntityKind
from shutan.apps.duties.models import Duty
from shutan.apps.evidence.models import Record
from shutan.apps.reporting import deciding
from shutan.apps.reporting import queries as reports
from shutan.apps.reporting import worklist as reporting_worklist
from shutan.apps.reporting.models import Decision, Finding, Report
from shutan.apps.review import actions, asking, queries, report_sheet, risk, subjects, worklist, workload
from shutan.apps.review.actions import Work
from shutan.apps.review.models import Question, Tick
from shutan.rules.common.review_checklist import report_items

TODAY = timezone.localdate(NOW)
DAY = dt.timedelta(days=1)
MOST = 25


@pytest.fixture
def report(people):
    """The coal plant's report of 2024, submitted."""
    return submit(people["reviewer"], create(people["filler"]).report)


def decide(person, held, to, why="", revision=None):
    seen = held.decisions.count() if revision is None else revision
    return deciding.decide(person, held, to, revision=seen, now=NOW, why=why)


def queue(person, today=TODAY):
    return [one.pk for one in queries.report_queue(person, today=today)]


def correct(people, why="更正入炉煤热值"):
    """The same workbook once more: what it corrects makes it another report."""
    return submit(people["reviewer"], create(people["filler"]).report, why=why)


def test_the_city_looks_first_and_the_province_accepts(people, report):
    assert queue(people["city"]) == queue(people["officer"]) == [report.pk]
    assert queue(people["far_city"]) == queue(people["filler"]) == []
    decide(people["city"], report, "passed_city", "初审通过")
    assert queue(people["city"]) == []
    assert queue(people["officer"]) == [report.pk]
    decide(people["officer"], report, "accepted")
    assert queue(people["officer"]) == []
    assert report.standing == "accepted"
    for who in ("city", "officer"):
        with pytest.raises((ValidationError, PermissionDenied)):
            decide(people[who], report, "returned", "再核")
    assert [one.to for one in reports.decisions(report)] == ["accepted", "passed_city"]


def test_each_decision_is_its_authority_s(people, report):
    for who, to in (
        ("city", "accepted"),
        ("officer", "passed_city"),
        ("far_city", "returned"),
        ("filler", "returned"),
        ("rival", "returned"),
    ):
        with pytest.raises(PermissionDenied):
            decide(people[who], report, to, "请核对")
    with pytest.raises(ValidationError):
        decide(people["city"], report, "returned", " ")
    with pytest.raises(StaleError):
        decide(people["city"], report, "passed_city", revision=1)
    assert not Decision.objects.exists()


def test_what_is_returned_is_corrected_by_a_new_version_that_is_reviewed_anew(people, report):
    decide(people["officer"], report, "returned", "请核对12月耗煤量")
    (task,) = [one for one in reporting_worklist.tasks(people["filler"], NOW) if one.state == "blocked"]
    assert task.url == reverse("reporting:report", args=[report.pk])
    second = correct(people)
    assert (second.version, second.previous, second.standing) == (2, report, "submitted")
    assert queue(people["city"]) == [second.pk]
    assert not [one for one in reporting_worklist.tasks(people["filler"], NOW) if one.state == "blocked"]
    with pytest.raises(ValidationError):
        decide(people["officer"], report, "accepted")
    assert report.standing == "returned"


def test_an_accepted_report_may_still_be_corrected(people, report):
    decide(people["officer"], report, "accepted")
    assert correct(people).version == 2


def test_decisions_are_proved_and_never_change(people, report):
    made = decide(people["officer"], report, "returned", "请核对")
    record = Record.objects.get(kind="reporting.return_report")
    facts = record.content["facts"]
    assert (facts["to"], facts["why"], facts["report"]) == ("returned", "请核对", 1)
    assert "officer" not in json.dumps(record.content)
    entry = LogEntry.objects.get(action="reporting.return_report")
    assert (entry.actor, entry.why) == (people["officer"], "请核对")
    with pytest.raises(DatabaseError, match="update or delete"), transaction.atomic():
        Decision.objects.filter(pk=made.pk).update(to="accepted")
    with pytest.raises(DatabaseError, match="update or delete"), transaction.atomic():
        made.delete()


def test_due_is_the_province_s_day_and_the_heavier_comes_first(people, report):
    (row,) = queries.report_queue(people["officer"], today=TODAY)
    assert (row.until, row.urgency) == (None, queries.AHEAD)  # on no list: no duty, no day
    assert row.score == sum(points for *_more, points in risk.lines(report))
    words = {"unit_name": "甲", "sector": "power", "standing": "ets", "source": "N25", "status": "official"}
    entity = Entity.objects.create(kind=EntityKind.LEGAL_PERSON, created_at=NOW, changed_at=NOW)
    Duty.objects.create(
        entity=entity, organisation=report.organisation, name="annual_report", year=2024, **words
    )
    day = dt.date(2025, 6, 30)  # verification of power 2024: N25 (7)
    (row,) = queries.report_queue(people["officer"], today=day)
    assert (row.until, row.urgency) == (day, queries.CLOSE)
    assert queries.report_queue(people["city"], today=day + DAY).get().urgency == queries.LATE


def test_the_checklist_of_a_report(people, report):
    item = report_items()[0]
    assert (item.source, item.article, item.status) == ("环办气候函〔2021〕130号", "4.2.1.1", "official")
    made = actions.tick(people["city"], report, item=item.name, verdict="good", now=NOW)
    assert (made.report, made.need, made.key) == (report, "", [])
    actions.tick(people["city_lead"], report, item=item.name, verdict="wrong", now=NOW)
    assert Tick.objects.get().verdict == "wrong"
    for wrong in ({"item": "stamp"}, {"item": item.name, "need": "coal"}):
        with pytest.raises(ValidationError):
            actions.tick(people["city"], report, **wrong, verdict="good", now=NOW)
    decide(people["city"], report, "passed_city")
    with pytest.raises(ValidationError):
        actions.tick(people["city"], report, item=item.name, verdict="good", now=NOW)


def test_questions_about_a_report(people, report):
    (figure, *_more) = report_sheet.figures(people["city"], report, [])
    field = (figure.table, figure.place[1], figure.place[0])
    asked = asking.ask(
        people["city"], report, text="与上年相比变化原因？", field=field, due=TODAY + DAY, now=NOW
    )
    assert asked.subject == report
    assert subjects.words_of(asked) == figure.label
    (task,) = [one for one in worklist.tasks(people["filler"], NOW) if "questions" in one.url]
    assert task.subject == "甲电厂 2024"
    answer = asking.step(people["filler"], asked, "answered", text="检修停机。", revision=1, now=NOW)
    assert answer.state == "answered"
    assert list(queries.questions(people["officer"], today=TODAY)) == [asked]
    assert not queries.questions(people["rival"], today=TODAY)
    assert not queries.questions(people["far_city"], today=TODAY)
    with pytest.raises(ValidationError):
        asking.ask(people["city"], report, text="?", field=("units", (), "no_such"), now=NOW)


def test_a_finding_of_a_report_is_explained_once(people, monkeypatch):
    draft = create(people["filler"]).report
    found = _finding(draft)
    monkeypatch.setattr("shutan.apps.reporting.actions.compute", lambda report: report)
    report = submit(people["reviewer"], draft)
    said = asking.reply(people["filler"], found, kind="explained", text="检修停机。", now=NOW)
    assert (said.report, said.finding, said.about) == (report, None, found)
    with pytest.raises(ValidationError):
        asking.ask(people["city"], report, text="?", finding=found, now=NOW)
    assert found.check_id in subjects.words_of(Question.objects.get())


def _finding(report):
    words = dict.fromkeys(("name", "subject", "message", "clears", "basis"), "x")
    return Finding.objects.create(
        report=report, position=900, check_id="CMP-01", severity="high", blocks=False, trial=False,
        audience="all", status="official",
        **{f"{name}_{language}": text for name, text in words.items() for language in ("zh", "en")},
    )  # fmt: skip


def test_work_workload_and_worklist(people, report):
    assert any(one.url.startswith(reverse("review:reports")) for one in worklist.tasks(people["city"], NOW))
    actions.assign(people["city_lead"], [Work.of(report)], people["city"], now=NOW)
    (task,) = [one for one in worklist.tasks(people["city"], NOW) if "reports/" in one.url]
    assert task.subject == "甲电厂 2024"
    assert workload.of(people["city"], now=NOW, today=TODAY).reports == 1
    decide(people["city"], report, "returned", "请核对")
    done = workload.of(people["city"], now=NOW, today=TODAY)
    assert (done.reports, done.decided, done.returned) == (0, 1, 1)


def test_the_year_before_and_the_version_before_stand_beside(people, report):
    last = submit(people["reviewer"], create(people["filler"], "coal_2023").report)
    lines = report_sheet.figures(people["city"], report, [])
    assert lines
    assert report_sheet.year_before(people["city"], report) == last
    assert any(one.year is not None for one in lines)
    second = correct(people)
    assert all(one.version is None for one in report_sheet.figures(people["city"], second, []))


# -- pages and API ----------------------------------------------------------------------------------------------


def test_a_report_is_reviewed_on_its_page(client, people, report, django_assert_max_num_queries):
    client.force_login(people["city"])
    address = reverse("review:report", args=[report.pk])
    client.get(address)
    with django_assert_max_num_queries(MOST, info=address):
        page = client.get(address)
    assert report_items()[0].zh in page.content.decode()
    listed = reverse("review:reports")
    with django_assert_max_num_queries(MOST, info=listed):
        assert "甲电厂" in client.get(listed).content.decode()
    ticked = client.post(
        reverse("review:tick", args=["reports", report.pk]),
        {"tick": f"\x1f{report_items()[0].name}|good"},
        headers={"HX-Request": "true"},
    )
    assert 'aria-pressed="true"' in ticked.content.decode()
    assert client.get(reverse("review:risk", args=["reports", report.pk])).status_code == 200
    back = {"reviewer": people["city_lead"].pk, "report": report.pk, "back": f"reports/{report.pk}"}
    assert client.post(reverse("review:assign"), back).url == address
    step = reverse("review:decide", args=["reports", report.pk, "return_report"])
    assert client.post(step, {"revision": 5, "why": "核对"}).url == address  # overtaken
    assert client.post(step, {"revision": 0, "why": "请核对耗煤量"}).url == listed
    assert client.get(listed, {"state": "returned"}).content.decode().count("甲电厂") >= 1
    client.force_login(people["filler"])
    assert "请核对耗煤量" in client.get(address).content.decode()
    assert "请核对耗煤量" in client.get(reverse("reporting:report", args=[report.pk])).content.decode()
    assert client.post(step, {"revision": 1, "why": "x"}).status_code == 403
    client.force_login(people["rival"])
    assert client.get(address).status_code == 404


def test_a_draft_is_not_reviewed(client, people):
    draft = create(people["filler"]).report
    client.force_login(people["filler"])
    assert client.get(reverse("review:report", args=[draft.pk])).status_code == 404
    with pytest.raises(ValidationError):
        asking.ask(people["city"], draft, text="?", now=NOW)
    assert Report.objects.get().standing == "draft"


def test_the_api_does_the_same(client, people, report):
    client.force_login(people["city"])

    def call(method, url, **data):
        return getattr(client, method)(
            f"/api/v1/reviews/{url}", json.dumps(data), content_type="application/json"
        )

    (row,) = client.get("/api/v1/reviews/reports").json()["items"]
    assert (row["year"], row["state"], row["until"]) == (2024, "submitted", None)
    assert call("post", "assignments", reports=[report.pk], reviewer=people["city_lead"].pk).json() == {
        "changed": 1
    }
    item = report_items()[0].name
    assert call("put", f"reports/{report.pk}/ticks", item=item, verdict="good").status_code == 200
    assert call("post", f"questions?report={report.pk}", text="变化原因？").status_code == 201
    assert call("post", "questions", text="变化原因？").json()["error"]["code"] == "one_subject"
    assert client.get(f"/api/v1/reviews/questions?report={report.pk}").json()["count"] == 1
    wrong = call("post", f"reports/{report.pk}/decision", step="return_month", revision=0)
    assert (wrong.status_code, wrong.json()["error"]["code"]) == (422, "unknown_step")
    done = call("post", f"reports/{report.pk}/decision", step="pass_city", revision=0, why="初审通过")
    assert done.json()["state"] == "passed_city"
    whole = client.get(f"/api/v1/reviews/reports/{report.pk}").json()
    assert [one["to"] for one in whole["decisions"]] == ["passed_city"]
    assert whole["ticks"][0]["item"] == item
    assert call("post", f"reports/{report.pk}/decision", step="pass_city", revision=0).status_code == 409
    assert client.get("/api/v1/reviews/reports?state=passed_city").json()["count"] == 1
    assert client.get(f"/api/v1/reviews/nothing/{report.pk}/ticks").status_code in {404, 405}
