"""Opinions: from anyone while they are sought, limited by sender, answered one by one, private names never public."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.utils import DatabaseError
from django.urls import reverse
from django.utils import timezone
from standards_helpers import DAY, NOW, TODAY, drafted, said, sought, step

from shutan.apps.accounts.models import LogEntry
from shutan.apps.standards import opinions, queries
from shutan.apps.standards.models import Opinion


def test_anyone_sends_one_while_they_are_sought(people):
    version = sought(people)
    one = said(version, name="李四", contact="13800000000", address="10.0.0.1")
    two = said(version, people["boss"])
    assert one.sender != "李四"
    assert two.sender == "甲厂"
    assert LogEntry.objects.filter(action="standards.opine").count() == 2
    for when in (NOW - DAY, NOW + 11 * DAY):
        with pytest.raises(ValidationError):
            opinions.opine(None, version, content="晚了", now=when)
    with pytest.raises(ValidationError):
        said(drafted(people, title="草稿"))


@pytest.mark.parametrize("content", ["", "   ", "字" * 4001])
def test_an_empty_or_endless_opinion_is_refused(people, content):
    with pytest.raises(ValidationError):
        said(sought(people), content=content)


def test_the_same_opinion_arrives_once(people):
    version = sought(people)
    said(version)
    with pytest.raises(ValidationError):
        said(version)
    assert Opinion.objects.count() == 1


def test_an_address_sends_five_an_hour_and_a_person_thirty(people):
    version = sought(people)
    for n in range(5):
        said(version, content=f"意见{n}", address="10.0.0.1")
    with pytest.raises(opinions.TooManyError):
        said(version, content="第六条", address="10.0.0.1")
    said(version, content="别处", address="10.0.0.2")
    for n in range(30):
        said(version, people["boss"], content=f"单位意见{n}")
    with pytest.raises(opinions.TooManyError):
        said(version, people["boss"], content="多")


def test_an_answer_is_given_once_with_its_outcome(people):
    one = said(sought(people))
    for outcome, text in (("", "x"), ("maybe", "x"), ("adopted", " ")):
        with pytest.raises(ValidationError):
            opinions.answer(people["officer"], one, outcome=outcome, text=text, now=NOW)
    opinions.answer(people["officer"], one, outcome="partly", text="部分采纳", now=NOW)
    with pytest.raises(ValidationError):
        opinions.answer(people["lead"], one, outcome="refused", text="改口", now=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        Opinion.objects.filter(pk=one.pk).update(answer="改")
    with pytest.raises(DatabaseError), transaction.atomic():
        Opinion.objects.filter(pk=one.pk).delete()


def test_who_sees_which(people):
    version = sought(people)
    theirs, nobodys = said(version, people["boss"]), said(version, content="匿名")
    seen = {
        name: set(queries.opinions(people.get(name)))
        for name in ("officer", "boss", "filler", "rival", "public", "nobody")
    }
    assert seen["officer"] == {theirs, nobodys}
    assert seen["boss"] == seen["filler"] == {theirs}
    assert seen["rival"] == seen["public"] == seen["nobody"] == set()
    opinions.answer(people["officer"], nobodys, outcome="noted", text="谢谢", now=NOW)
    assert set(queries.opinions(None)) == {nobodys}


def test_the_public_page_without_sign_in(client, people):
    version = sought(people)
    page = reverse("standards:instrument", args=[version.instrument_id])
    today = timezone.localdate()
    assert client.get(page).status_code == 200
    # the page asks the clock: seek opinions today
    step(people["officer"], version, "redraft", why="延长")
    step(
        people["officer"],
        version,
        "seek_opinions",
        opinions_from=TODAY,
        opinions_until=today + DAY,
        now=timezone.now(),
    )
    send = reverse("standards:opine", args=[version.pk])
    answer = client.post(send, {"content": "", "name": "王五"})
    assert answer.status_code == 422
    assert "王五" in answer.content.decode()  # what was typed stays
    for n in range(5):
        assert (
            client.post(send, {"content": f"来自公众{n}", "name": "王五", "contact": "1390"}).status_code
            == 302
        )
    answer = client.post(send, {"content": "第六条意见"})
    assert answer.status_code == 422
    assert "第六条意见" in answer.content.decode()
    one = Opinion.objects.earliest("pk")
    assert "来自公众0" not in client.get(page).content.decode()  # public with its answer only
    opinions.answer(people["officer"], one, outcome="adopted", text="采纳并修改", now=NOW)
    text = client.get(page).content.decode()
    assert "来自公众0" in text
    assert "采纳并修改" in text
    assert "王五" not in text
    assert "1390" not in text


def test_what_is_typed_is_never_markup(client, people):
    version = sought(people)
    one = said(version, content="<script>alert(1)</script>")
    opinions.answer(people["officer"], one, outcome="noted", text="<b>x</b>", now=NOW)
    text = client.get(reverse("standards:instrument", args=[version.instrument_id])).content.decode()
    assert "<script>alert" not in text
    assert "<b>x</b>" not in text
