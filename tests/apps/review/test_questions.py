"""Questions: comments on a figure, requests with a day, findings; asked, answered, asked again, closed by the right side."""

import datetime as dt
import json

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone
from filing_helpers import NOW

from shutan.apps.common.files import Upload
from shutan.apps.common.refusals import StaleError
from shutan.apps.review import asking, queries, subjects, worklist
from shutan.apps.review.models import MonthFinding, Question, Statement

TODAY = timezone.localdate(NOW)
DAY = dt.timedelta(days=1)
FIELD = ("fuel_months", ("1号机组", "烟煤"), "fuel_consumption_reported")
PDF = Upload("台账.pdf", b"%PDF-1.7 example")


def ask(person, month, text="请补充皮带秤校验记录。", **more):
    return asking.ask(person, month, text=text, **{"now": NOW} | more)


def say(person, question, kind, text="见附件。", **more):
    revision = Question.objects.get(pk=question.pk).revision
    return asking.step(person, question, kind, text=text, **{"revision": revision, "now": NOW} | more)


def finding(month, audience="all", number=900):
    words = dict.fromkeys(
        [f"{name}_{language}" for name in ("name", "subject", "message", "clears", "basis") for language in ("zh", "en")],
        "x",
    )  # fmt: skip
    return MonthFinding.objects.create(
        filing=month,
        position=number,
        check_id="CMP-01",
        severity="high",
        trial=False,
        audience=audience,
        **words,
    )


def test_a_request_is_answered_asked_again_and_closed(people, filed):
    question = ask(people["city"], filed, due=TODAY + 5 * DAY)
    assert (question.kind, question.state) == ("request", "open")
    (task,) = worklist.tasks(people["filler"], NOW)
    assert (task.state, task.due) == ("due", TODAY + 5 * DAY)
    (late,) = worklist.tasks(people["filler"], NOW + 9 * DAY)
    assert late.state == "overdue"
    assert queries.questions(people["city"], today=TODAY + 9 * DAY).get().at_state == "overdue"
    assert say(people["filler"], question, "answered", uploads=[PDF]).state == "answered"
    assert [one.title for one in worklist.tasks(people["city"], NOW)]
    again = say(people["city"], question, "asked_again", "缺3月15日记录。", due=TODAY + 8 * DAY)
    assert (again.state, again.due) == ("open", TODAY + 8 * DAY)
    say(people["reviewer"], question, "answered", "已补。")
    assert say(people["city"], question, "closed", "").state == "closed"
    kinds = [one.kind for one in question.statements.all()]
    assert kinds == ["asked", "answered", "asked_again", "answered", "closed"]
    with pytest.raises(ValidationError):
        say(people["filler"], question, "answered")


def test_a_comment_belongs_to_a_figure_of_the_month(people, filed):
    question = ask(people["officer"], filed, field=FIELD)
    assert (question.kind, question.variable, question.due) == ("comment", FIELD[2], None)
    for wrong in (
        ("fuel_months", ("9号机组", "烟煤"), FIELD[2]),
        ("units", (), FIELD[2]),
        ("fuel_months", FIELD[1], "no"),
    ):
        with pytest.raises(ValidationError):
            ask(people["officer"], filed, field=wrong)


def test_a_finding_is_explained_once_before_or_after_it_is_asked_about(people, filed):
    one = finding(filed)
    said = asking.reply(people["filler"], one, kind="explained", text="检修停机。", uploads=[PDF], now=NOW)
    assert (said.state, said.kind) == ("answered", "finding")
    with pytest.raises(ValidationError):
        ask(people["city"], filed, finding=one)
    assert say(people["officer"], said, "closed", "").state == "closed"
    other = ask(people["city"], filed, finding=finding(filed, number=901))
    assert say(people["filler"], other, "will_correct", "将更正。").state == "answered"
    with pytest.raises(ValidationError):
        asking.reply(people["filler"], finding(filed, number=902), kind="answered", text="x", now=NOW)


def test_what_regulators_alone_see_never_reaches_the_enterprise(people, filed):
    secret = finding(filed, "regulator")
    assert secret in subjects.findings(people["city"], filed)
    assert secret not in subjects.findings(people["filler"], filed)
    with pytest.raises(ValidationError):
        ask(people["city"], filed, finding=secret)
    with pytest.raises(PermissionDenied):
        asking.reply(people["filler"], secret, kind="explained", text="x", now=NOW)


def test_each_step_is_one_side_s(people, filed):
    question = ask(people["city"], filed)
    for who, kind in (
        ("city", "answered"),
        ("filler", "closed"),
        ("officer", "closed"),
        ("rival", "answered"),
    ):
        with pytest.raises(PermissionDenied):
            say(people[who], question, kind)
    with pytest.raises(PermissionDenied):
        ask(people["filler"], filed)
    with pytest.raises(StaleError):
        asking.step(people["filler"], question, "answered", text="x", revision=9, now=NOW)
    with pytest.raises(ValidationError):
        say(people["filler"], question, "nonsense")
    assert not queries.questions(people["rival"], today=TODAY)
    assert not queries.questions(people["far_city"], today=TODAY)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [("text", " "), ("due", TODAY - DAY), ("files", [Upload("a.exe", b"MZ")]), ("files", [PDF] * 11)],
)
def test_wrong_questions_are_refused(people, filed, field, wrong):
    with pytest.raises(ValidationError) as fault:
        ask(people["city"], filed, **{"uploads" if field == "files" else field: wrong})
    assert field in fault.value.message_dict
    assert not Question.objects.exists()


def test_what_was_said_stays(people, filed):
    question = ask(people["city"], filed)
    for change in (
        lambda: Statement.objects.update(text="别的"),
        lambda: Statement.objects.all().delete(),
        lambda: Question.objects.filter(pk=question.pk).delete(),
        lambda: MonthFinding.objects.create(filing=filed, position=1, check_id="x", trial=False) and MonthFinding.objects.update(position=2),
    ):  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_both_sides_speak_on_the_pages(client, people, filed):
    client.force_login(people["city"])
    address = (
        reverse("review:ask", args=["months", filed.pk])
        + "?field="
        + "%1F".join(["fuel_months", FIELD[2], *FIELD[1]])
    )
    assert client.get(address).status_code == 200
    assert client.post(address, {"text": ""}).status_code == 422
    assert client.post(address, {"text": "请说明来源。"}).status_code == 302
    question = Question.objects.get()
    assert tuple(question.key) == FIELD[1]
    client.force_login(people["filler"])
    page = reverse("review:question", args=[question.pk])
    assert "请说明来源。" in client.get(page).content.decode()
    step = reverse("review:step", args=[question.pk, "answered"])
    assert client.post(step, {"text": "见台账。", "revision": 9}).status_code == 409
    assert client.post(step, {"text": "", "revision": 1}).status_code == 422
    assert client.post(step, {"text": "见台账。", "revision": 1}).status_code == 302
    assert client.get(reverse("review:questions")).status_code == 200
    one = finding(filed)
    reply = reverse("review:reply", args=["months", filed.pk, one.pk])
    assert client.get(reply).status_code == 200
    assert client.post(reply, {"kind": "explained", "text": "检修。"}).status_code == 302
    client.force_login(people["rival"])
    assert client.get(page).status_code == 404


def test_the_api_speaks_for_both_sides(client, people, filed):
    def call(person, url, **data):
        client.force_login(people[person])
        return client.post(f"/api/v1/reviews/{url}", json.dumps(data), content_type="application/json")

    due = (timezone.localdate() + 3 * DAY).isoformat()
    made = call("city", f"questions?month={filed.pk}", text="请补充。", due=due)
    assert (made.status_code, made.json()["question"]["kind"]) == (201, "request")
    number = made.json()["question"]["id"]
    sent = [{"name": "a.pdf", "base64": "JVBERi0xLjc="}]
    said = call("filler", f"questions/{number}/steps", kind="answered", text="见附件", revision=1, files=sent)
    assert said.json()["question"]["state"] == "answered"
    statement = said.json()["statements"][-1]["id"]
    kept = client.get(f"/api/v1/reviews/questions/{number}/files/{statement}/0")
    assert kept.headers["Content-Disposition"].startswith("attachment")
    assert (
        call("filler", f"questions/{number}/steps", kind="answered", text="x", revision=1).status_code == 409
    )
    one = finding(filed)
    assert (
        call("filler", f"months/{filed.pk}/findings/{one.pk}", kind="will_correct", text="将更正").status_code
        == 201
    )
    assert client.get("/api/v1/reviews/questions").json()["count"] == 2
    assert client.get(f"/api/v1/reviews/months/{filed.pk}").json()["ticks"] == []
