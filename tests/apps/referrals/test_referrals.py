"""Referrals: sent, answered, returned, asked again and closed by two authorities; nobody else sees them."""

import datetime as dt
import json

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from shutan.apps.accounts.models import Kind, LogEntry, Organisation, Role, User
from shutan.apps.common.files import Upload
from shutan.apps.referrals import actions, queries
from shutan.apps.referrals.models import Referral, Word

NOW = timezone.now()
TODAY = timezone.localdate(NOW)
DAY = dt.timedelta(days=1)
PDF = Upload("函.pdf", b"%PDF-1.7 example")


def organisation(name, kind, division="510000"):
    return Organisation.objects.create(kind=kind, name_zh=name, division_code=division, created_at=NOW)


def user(name, home, role=Role.OFFICER):
    return User.objects.create_user(username=name, organisation=home, role=role, password="x")


@pytest.fixture
def people(db, settings, tmp_path):
    """The province, a city, two departments, an enterprise."""
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "files")},
        }
    }
    return {
        "officer": user("officer", organisation("省厅", Kind.PROVINCE)),
        "city": user("city", organisation("甲市局", Kind.CITY, "510100")),
        "police": user("police", organisation("省公安厅", Kind.POLICE)),
        "market": user("market", organisation("省市监局", Kind.MARKET)),
        "plant": user("plant", organisation("甲电厂", Kind.ENTERPRISE, "510500"), Role.RESPONSIBLE),
    }


def sent(people, to="police", **more):
    told = {
        "subject": "涉嫌伪造检测报告", "question": "请依法核查并反馈。", "due": TODAY + 10 * DAY,
        "recipient": people[to].organisation,
    } | more  # fmt: skip
    return actions.send(people["officer"], **told, now=NOW)


def step(person, referral, name, text="已核查。", **more):
    revision = Referral.objects.get(pk=referral.pk).revision
    return actions.step(person, referral, name, **{"text": text, "revision": revision, "now": NOW} | more)


def test_a_matter_is_answered_asked_again_and_closed(people):
    referral = sent(people, uploads=[PDF], about=people["plant"].organisation)
    assert step(people["police"], referral, "answer", uploads=[PDF]).state == "answered"
    again = step(people["officer"], referral, "ask_again", "请补充笔录。", due=TODAY + 20 * DAY)
    assert (again.state, again.due) == ("open", TODAY + 20 * DAY)
    step(people["police"], referral, "answer", "已补充。")
    assert step(people["officer"], referral, "close", "收悉。").state == "closed"
    kinds = [one.kind for one in referral.words.all()]
    assert kinds == ["asked", "answered", "asked_again", "answered", "closed"]
    assert [len(one.files) for one in referral.words.all()] == [1, 1, 0, 0, 0]
    assert LogEntry.objects.filter(action__startswith="referrals.").count() == 5
    with pytest.raises(ValidationError):
        step(people["police"], referral, "answer")


def test_a_matter_is_returned_with_its_reason(people):
    referral = sent(people)
    with pytest.raises(ValidationError):
        step(people["police"], referral, "return", " ")
    assert step(people["police"], referral, "return", "不属本部门职责。").state == "returned"
    assert step(people["officer"], referral, "close", "另行移送。").state == "closed"


@pytest.mark.parametrize(("name", "who"), [("answer", "officer"), ("close", "police"), ("answer", "market")])
def test_each_step_is_one_side_s(people, name, who):
    referral = sent(people)
    with pytest.raises(PermissionDenied):
        step(people[who], referral, name)


def test_who_was_overtaken_is_told(people):
    referral = sent(people)
    step(people["police"], referral, "answer")
    with pytest.raises(actions.StaleError):
        actions.step(people["officer"], referral, "close", text="收悉", revision=1, now=NOW)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("due", TODAY - DAY), ("question", " "), ("subject", " "), ("subject", "长" * 201),
        ("files", [Upload("a.exe", b"MZ")]), ("files", [PDF] * 11),
    ],
)  # fmt: skip
def test_wrong_referrals_are_refused_and_nothing_is_sent(people, field, wrong):
    with pytest.raises(ValidationError) as fault:
        sent(people, **{"uploads" if field == "files" else field: wrong})
    assert field in fault.value.message_dict
    assert not Referral.objects.exists()


def test_only_authorities_receive_and_cities_refer_about_their_own(people):
    with pytest.raises(ValidationError):
        sent(people, to="plant")
    with pytest.raises(ValidationError):
        sent(people, to="officer")  # to oneself
    told = {"subject": "问", "question": "问", "due": TODAY, "recipient": people["officer"].organisation}
    with pytest.raises(ValidationError):
        actions.send(people["city"], **told, about=people["plant"].organisation, now=NOW)
    with pytest.raises(PermissionDenied):
        actions.send(people["plant"], **told, now=NOW)


def test_words_and_parties_never_change(people):
    referral = sent(people)
    for change in (
        lambda: Word.objects.update(text="x"),
        lambda: Word.objects.all().delete(),
        lambda: Referral.objects.update(subject="x"),
        lambda: Referral.objects.filter(pk=referral.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_late_answer_is_overdue(people):
    referral = sent(people)
    late = TODAY + 11 * DAY
    assert queries.referrals(people["police"], today=late).get().at_state == "overdue"
    assert referral.standing(late) == "overdue"
    step(people["police"], referral, "answer")
    assert queries.referrals(people["police"], today=late).get().at_state == "answered"


def test_nobody_else_sees_it(client, people):
    referral = sent(people, uploads=[PDF])
    word = referral.words.get()
    pages = [
        reverse("referrals:referral", args=[referral.pk]),
        reverse("referrals:file", args=[referral.pk, word.pk, 0]),
        f"/api/v1/referrals/{referral.pk}",
        f"/api/v1/referrals/{referral.pk}/files/{word.pk}/0",
    ]
    for name, status in (("officer", 200), ("police", 200), ("market", 404), ("city", 404), ("plant", 403)):
        client.force_login(people[name])
        assert [client.get(page).status_code for page in pages] == [status] * 4, name
    client.force_login(people["market"])
    assert "伪造" not in client.get(reverse("referrals:list")).content.decode()
    assert (
        reverse("referrals:referral", args=[referral.pk]) not in client.get("/search?q=伪造").content.decode()
    )


def test_the_pages_walk_from_sending_to_closing(client, people):
    client.cookies["django_language"] = "en"
    client.force_login(people["officer"])
    given = {
        "recipient": people["police"].organisation_id, "subject": "涉嫌伪造检测报告", "question": "请核查。",
        "due": (TODAY + DAY).isoformat(),
    }  # fmt: skip
    assert client.post(reverse("referrals:new"), given | {"due": "2020-01-01"}).status_code == 422
    files = [SimpleUploadedFile(name, PDF.content) for name in ("甲.pdf", "乙.pdf")]
    page = client.post(reverse("referrals:new"), given | {"files": files}, follow=True).content.decode()
    assert "甲.pdf" in page
    assert "乙.pdf" in page
    referral = Referral.objects.get()
    address = reverse("referrals:referral", args=[referral.pk])
    client.force_login(people["police"])
    assert address in client.get("/").content.decode()
    assert address in client.get("/search?q=伪造").content.decode()
    answer = reverse("referrals:step", args=[referral.pk, "answer"])
    assert client.post(answer, {"revision": 1, "text": ""}).status_code == 422
    assert client.post(answer, {"revision": 9, "text": "已核查"}).status_code == 409
    assert client.post(answer, {"revision": 1, "text": "已核查"}).status_code == 302
    client.force_login(people["officer"])
    assert address in client.get("/").content.decode()
    assert client.post(reverse("referrals:step", args=[referral.pk, "fly"])).status_code == 404
    client.post(reverse("referrals:step", args=[referral.pk, "close"]), {"revision": 2, "text": "收悉"})
    listed = reverse("referrals:list")
    exported = client.get(listed, {"state": "closed", "export": "csv"}).content.decode("utf-8-sig")
    assert "伪造" in exported
    assert "伪造" not in client.get(listed, {"state": "open", "export": "csv"}).content.decode("utf-8-sig")


def test_the_api_sends_and_answers(client, people):
    def call(name, path="", told=None):
        client.force_login(people[name])
        address = f"/api/v1/referrals{path}"
        if told is None:
            return client.get(address)
        return client.post(address, json.dumps(told), content_type="application/json")

    told = {
        "recipient": people["police"].organisation_id, "subject": "涉嫌伪造检测报告", "question": "请核查。",
        "due": (TODAY + DAY).isoformat(), "about": people["plant"].organisation_id,
    }  # fmt: skip
    assert call("plant", told=told).status_code == 403
    for wrong in ({"recipient": 999_999}, {"about": 999_999}, {"due": "2020-01-01"}, {"question": " "}):
        assert call("officer", told=told | wrong).status_code == 422, wrong
    made = call("officer", told=told)
    assert made.status_code == 201, made.content
    number = made.json()["referral"]["id"]
    answer = {"step": "answer", "text": "已核查", "revision": 1}
    assert call("market", f"/{number}/steps", answer).status_code == 404
    assert call("officer", f"/{number}/steps", answer).status_code == 403
    assert call("police", f"/{number}/steps", answer | {"step": "fly"}).status_code == 422
    assert call("police", f"/{number}/steps", answer | {"revision": 5}).status_code == 409
    done = call("police", f"/{number}/steps", answer).json()
    assert (done["referral"]["state"], done["words"][-1]["text"]) == ("answered", "已核查")
    assert call("police", "?state=answered").json()["count"] == 1
    assert call("market").json()["count"] == 0
