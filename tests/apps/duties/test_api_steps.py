"""A list walked from draft to correction through the API, and what overseers do with duties there."""

import json

import pytest
from django.utils import timezone
from duties_helpers import emission, published

from shutan.apps.duties.models import Duty, UnitList


@pytest.fixture
def call(client, people):
    """Call the API as a person who signed in."""

    def _call(name, method, path, sent=None):
        client.force_login(people[name])
        body = {} if sent is None else {"data": json.dumps(sent), "content_type": "application/json"}
        answer = getattr(client, method)(f"/api/v1{path}", **body)
        return answer.status_code, answer.json() if answer.content else None

    return _call


def test_a_list_is_walked_from_draft_to_correction(call, people):
    year = timezone.localdate().year + 1
    first, second, third = people["entities"]
    for entity in (first, second):
        emission(entity, year - 2, "90000")
    told = {"kind": "ets", "sector": "power", "year": year}
    assert call("industry", "post", "/lists", told)[0] == 403
    status, made = call("officer", "post", "/lists", told)
    assert (status, made["state"]) == (201, "draft")
    assert call("officer", "post", "/lists", told)[0] == 422
    path = f"/lists/{made['id']}"
    assert call("officer", "post", f"{path}/steps", {"step": "fly", "revision": made["revision"]})[0] == 422
    status, made = call("officer", "post", f"{path}/steps", {"step": "compute", "revision": made["revision"]})
    assert status == 200
    stale = {"step": "compute", "revision": made["revision"] + 7}
    assert call("officer", "post", f"{path}/steps", stale)[0] == 409

    added = {"entity": third.pk, "why": "新建机组", "revision": made["revision"]}
    assert call("officer", "post", f"{path}/units", added)[0] == 201
    units = call("officer", "get", f"{path}/units")[1]["items"]
    assert {one["name"] for one in units if one["stands"]} >= {"丙发电公司"}
    for one in units:
        revision = UnitList.objects.get().revision
        decision = {"decision": "include", "why": "核定", "revision": revision}
        assert call("officer", "post", f"/lists/units/{one['id']}/decision", decision)[0] == 200

    today = timezone.localdate().isoformat()
    revision = UnitList.objects.get().revision
    home = people["industry"].organisation_id
    ask = {"step": "ask", "organisations": [home], "by": today, "revision": revision}
    assert call("officer", "post", f"{path}/steps", ask | {"by": None})[0] == 422
    assert call("officer", "post", f"{path}/steps", ask)[0] == 200
    objects = {"answer": "objects", "reason": "数据有出入"}
    assert call("industry", "post", f"{path}/opinion", objects)[0] == 200
    (opinion,) = call("officer", "get", f"{path}/opinions")[1]
    notice = {"step": "notice", "until": today, "revision": UnitList.objects.get().revision}
    assert call("officer", "post", f"{path}/steps", notice)[0] == 422  # the objection has no reply
    reply = f"/lists/opinions/{opinion['id']}/reply"
    assert call("industry", "post", reply, {"reply": "已核对"})[0] == 403
    assert call("officer", "post", reply, {"reply": "已核对"})[0] == 200
    assert call("officer", "post", f"{path}/steps", notice)[0] == 200
    publish = {
        "step": "publish",
        "document": "川环函〔2026〕1号",
        "revision": UnitList.objects.get().revision,
    }
    status, done = call("officer", "post", f"{path}/steps", publish)
    assert (status, done["state"]) == (200, "published")

    rights = call("one", "get", "/rights-notices")[1]
    assert rights["count"] == 1
    number = rights["items"][0]["id"]
    assert call("two", "post", f"/rights-notices/{number}/acknowledgement")[0] == 404
    assert call("one", "post", f"/rights-notices/{number}/acknowledgement")[1]["acknowledged_at"]

    out = {"entity": third.pk, "include": False, "since": today, "why": "关停",
           "revision": UnitList.objects.get().revision}  # fmt: skip
    status, unit = call("officer", "post", f"{path}/corrections", out)
    assert status == 200, unit
    assert call("officer", "post", f"{path}/corrections", out)[0] in (409, 422)


def test_overseers_remind_and_reopen(call, people):
    published(people)
    today = timezone.localdate().isoformat()
    duty = (
        Duty.objects.filter(organisation=people["one"].organisation, done_on=None).exclude(due=None).first()
    )
    reminders = {"duties": [duty.pk], "text": "请按期完成"}
    assert call("far_city", "post", "/duties/reminders", reminders)[0] == 404
    assert call("officer", "post", "/duties/reminders", reminders) == (201, {"reminders": 1})
    assert call("one", "post", f"/duties/{duty.pk}/done", {"on": today, "evidence": "平台回执"})[0] == 200
    reopened = f"/duties/{duty.pk}/reopening"
    assert call("one", "post", reopened, {"why": "误"})[0] == 403
    assert call("officer", "post", reopened, {"why": "回执不符"})[1]["done_on"] is None


def test_inner_deadlines_are_one_s_own(call, people):
    told = {"name": "none", "sector": "power", "year": 2026, "day": "2026-01-31", "reason": "省内汇总"}
    assert call("one", "post", "/inner-deadlines", told)[0] == 403
    assert call("officer", "post", "/inner-deadlines", told)[0] == 422
    assert call("officer", "get", "/inner-deadlines") == (200, [])
    assert call("officer", "post", "/inner-deadlines/1/withdrawal", {})[0] == 404


def test_only_overseers_start_clocks(call, people):
    told = {"name": "none", "on": "2026-01-01"}
    assert call("one", "post", "/lists/units/1/clock", told)[0] == 403
    assert call("officer", "post", "/lists/units/1/clock", told)[0] == 404
