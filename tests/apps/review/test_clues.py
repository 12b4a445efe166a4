"""Clue lists: read whole or not at all, matched by credit code, taken through by enterprise, city and province."""

import base64
import datetime as dt
import io
import json

import pytest
import python_calamine
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone
from filing_helpers import NOW

from shutan.apps.common import rowbook
from shutan.apps.common.files import Upload
from shutan.apps.common.refusals import BlockedError, StaleError
from shutan.apps.review import clues, worklist
from shutan.apps.review.models import Clue, ClueList, ClueWord

TODAY = timezone.localdate(NOW)
DAY = dt.timedelta(days=1)
CODE = "91510100MA6C0TEST1"
MOST = 25


@pytest.fixture
def home(people):
    """The enterprise with the credit code that the list names."""
    one = people["filler"].organisation
    one.credit_code = CODE
    one.save(update_fields=["credit_code"])
    return one


def book(*rows):
    lines = [
        Clue(**{"credit_code": CODE, "name": "甲电厂", "text": "元素碳偏高", "year": 2025, "month": 3} | row)
        for row in rows
    ]
    return Upload("线索.xlsx", rowbook.write(clues.sheet(), lines))


def read(people, *rows, **more):
    given = {"title": "2025年第一批线索", "issued_on": TODAY, "due": TODAY + 20 * DAY, "now": NOW} | more
    return clues.import_list(people["officer"], book(*(rows or ({},))), **given)


def step(person, clue, kind, text="已核查。", **more):
    revision = Clue.objects.get(pk=clue.pk).revision
    return clues.step(person, clue, kind, text=text, **{"revision": revision, "now": NOW} | more)


def test_a_clue_is_answered_reported_returned_and_closed(people, home):
    made = read(people)
    clue = made.clues.get()
    assert (clue.organisation, clue.city, clue.state) == (home, people["city"].organisation, "open")
    (task,) = worklist.tasks(people["filler"], NOW)
    assert (task.due, task.state) == (TODAY + 20 * DAY, "due")
    step(people["filler"], clue, "answered", uploads=[Upload("说明.pdf", b"%PDF-1.7")])
    assert [one.subject for one in worklist.tasks(people["city"], NOW)] == ["甲电厂"]
    step(people["city"], clue, "sent_back", "请附原始记录。")
    step(people["reviewer"], clue, "answered", "已附。")
    with pytest.raises(ValidationError):
        step(people["city"], clue, "reported")  # without a verdict
    assert step(people["city"], clue, "reported", "属实，已要求更正。", verdict="true").verdict == "true"
    back = step(people["officer"], clue, "returned", "请附更正情况。")
    assert (back.state, back.verdict) == ("answered", "")
    step(people["city"], clue, "reported", "已更正。", verdict="partly")
    closed = step(people["lead"], clue, "closed", "")
    assert (closed.state, closed.verdict) == ("closed", "partly")
    kinds = [one.kind for one in clue.words.all()]
    assert kinds == ["answered", "sent_back", "answered", "reported", "returned", "reported", "closed"]


def test_each_step_is_one_side_s_and_of_its_state(people, home):
    clue = read(people).clues.get()
    for who, kind in (
        ("rival", "answered"),
        ("city", "answered"),
        ("far_city", "reported"),
        ("officer", "reported"),
        ("city", "closed"),
    ):
        with pytest.raises(PermissionDenied):
            step(people[who], clue, kind, verdict="true")
    with pytest.raises(ValidationError):
        step(people["officer"], clue, "closed")
    with pytest.raises(StaleError):
        clues.step(people["filler"], clue, "answered", text="x", revision=9, now=NOW)
    assert not clues.clues(people["rival"], today=TODAY)
    assert not clues.clues(people["far_city"], today=TODAY)


def test_who_matches_nobody_is_named_by_the_province(people, home):
    made = read(people, {"credit_code": "91510100UNKNOWN000"})
    clue = made.clues.get()
    assert (clue.organisation, clue.city) == (None, None)
    assert not clues.clues(people["city"], today=TODAY)
    with pytest.raises(ValidationError):
        clues.match(people["officer"], clue, people["city"].organisation, revision=1, now=NOW)
    found = clues.match(people["officer"], clue, home, revision=1, now=NOW)
    assert found.city == people["city"].organisation
    with pytest.raises(ValidationError):
        clues.match(people["officer"], clue, home, revision=2, now=NOW)


def test_a_faulty_list_is_read_not_at_all_and_everything_is_named(people, home):
    with pytest.raises(BlockedError) as fault:
        read(people, {}, {"text": "", "month": 13}, {})
    said = " ".join(fault.value.reasons)
    assert len(fault.value.reasons) == 3
    assert "D4" in said
    assert "F4" in said
    assert not ClueList.objects.exists()
    with pytest.raises(BlockedError):
        clues.import_list(
            people["officer"], Upload("a.xlsx", b"MZ"), title="x", issued_on=TODAY, due=TODAY, now=NOW
        )
    with pytest.raises(ValidationError):
        read(people, due=TODAY - DAY)
    with pytest.raises(PermissionDenied):
        clues.import_list(people["city"], book({}), title="x", issued_on=TODAY, due=TODAY, now=NOW)


def test_statistics_count_by_city(people, home):
    made = read(people, {}, {"text": "二"}, {"credit_code": "X", "text": "三"})
    step(people["city"], made.clues.get(position=1), "reported", "属实", verdict="true")
    rows = {
        one["city"]: one for one in clues.statistics(clues.clues(people["officer"], today=TODAY + 30 * DAY))
    }
    one = rows[people["city"].organisation_id]
    assert (one["total"], one["open"], one["reported"], one["overdue"], one["confirmed"]) == (2, 1, 1, 2, 1)
    assert rows[None]["unmatched"] == 1


def test_what_was_listed_and_said_stays(people, home):
    clue = read(people).clues.get()
    step(people["filler"], clue, "answered")
    for change in (
        lambda: Clue.objects.update(text="别的"),
        lambda: Clue.objects.all().delete(),
        lambda: ClueWord.objects.update(text="别的"),
        lambda: ClueList.objects.update(title="别的"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_pages_of_both_sides(client, people, home, django_assert_max_num_queries):
    client.force_login(people["officer"])
    template = client.get(reverse("review:clue_template"))
    assert python_calamine.load_workbook(io.BytesIO(template.content)).sheet_names
    day = timezone.localdate()
    given = {"title": "清单", "issued_on": day, "due": day + 5 * DAY}
    wrong = book({}, {"month": 13, "text": "二"})
    page = client.post(reverse("review:new_list"), given | {"file": _file(wrong)})
    assert (page.status_code, ClueList.objects.count()) == (422, 0)
    done = client.post(
        reverse("review:new_list"), given | {"file": _file(book({}, {"credit_code": "X", "text": "二"}))}
    )
    assert done.status_code == 302
    with django_assert_max_num_queries(MOST):
        listed = client.get(done.url)
    assert "元素碳偏高" in listed.content.decode()
    exported = client.get(reverse("review:clues") + "?export=csv&cols=name,answer,report,verdict")
    assert exported.content.decode("utf-8-sig").splitlines()[1].startswith("甲电厂")
    alone = Clue.objects.get(credit_code="X")
    address = reverse("review:clue_match", args=[alone.pk])
    assert client.post(address, {"revision": 1, "credit_code": "none"}).status_code == 422
    assert client.post(address, {"revision": 1, "credit_code": CODE}).status_code == 302
    clue = Clue.objects.get(position=1)
    client.force_login(people["filler"])
    with django_assert_max_num_queries(MOST):
        assert client.get(reverse("review:clue", args=[clue.pk])).status_code == 200
    address = reverse("review:clue_step", args=[clue.pk, "answered"])
    assert client.post(address, {"revision": 1, "text": ""}).status_code == 422
    assert client.post(address, {"revision": 1, "text": "煤种变化。"}).status_code == 302
    assert client.post(address, {"revision": 1, "text": "再说。"}).status_code == 409
    client.force_login(people["rival"])
    assert client.get(reverse("review:clue", args=[clue.pk])).status_code == 404


def _file(upload):
    made = io.BytesIO(upload.content)
    made.name = upload.name
    return made


def test_the_api_does_the_same(client, people, home):
    def call(person, url, **data):
        client.force_login(people[person])
        return client.post(f"/api/v1/reviews/{url}", json.dumps(data), content_type="application/json")

    sent = {"name": "a.xlsx", "base64": base64.b64encode(book({}, {"text": "二"}).content).decode()}
    given = {"title": "清单", "issued_on": "2025-04-20", "due": "2025-05-20", "workbook": sent}
    assert call("officer", "clue-lists", **given).json()["clues"] == 2
    (first, _second) = client.get("/api/v1/reviews/clues").json()["items"]
    assert first["state"] == "overdue"
    url = f"clues/{first['id']}/steps"
    said = call("filler", url, kind="answered", text="煤种变化", revision=1)
    assert said.json()["words"][0]["text"] == "煤种变化"
    assert call("filler", url, kind="answered", text="x", revision=1).status_code == 409
    assert (
        call("city", url, kind="reported", text="属实", verdict="true", revision=2).json()["clue"]["verdict"]
        == "true"
    )
    assert call("officer", f"clues/{first['id']}/match", organisation=home.pk, revision=3).status_code == 422
