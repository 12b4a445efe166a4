"""The API's base: tokens, sessions, one format of errors for every failure."""

import json
from datetime import timedelta
from decimal import Decimal
from http import HTTPStatus
from typing import get_args

import pytest
from django.test import Client
from django.utils import timezone
from ninja import Schema
from pydantic import TypeAdapter, ValidationError
from pydantic_core.core_schema import ErrorType

from shutan.apps.accounts import actions, queries
from shutan.apps.accounts.demo import create_demo
from shutan.apps.accounts.models import LogEntry, User
from shutan.apps.common.api import Code, Line, Number, Text
from shutan.apps.common.api_faults import WORDS, told
from shutan.web.api import api


@pytest.fixture
def people(db):
    create_demo(timezone.now())
    return {user.username: user for user in User.objects.select_related("organisation")}


def bearer(user, scope="read", now=None, days=90):
    issued = actions.create_token(user, label="test", scope=scope, days=days, now=now or timezone.now())
    return {"Authorization": f"Bearer {issued.secret}"}


def fault(response, status):
    assert response.status_code == status, response.content
    assert response["Content-Type"].startswith("application/json")
    error = response.json()["error"]
    assert set(error) == {"code", "message", "details"}
    assert error["message"]
    return error


def test_a_token_tells_whom_it_acts_for(client, people):
    body = client.get("/api/v1/me", headers=bearer(people["carbon"])).json()
    assert body["username"] == "carbon"
    assert body["organisation"]["name_zh"] == "川南示范发电有限公司（虚构）"


def test_a_session_works_too(client, people):
    client.force_login(people["carbon"])
    assert client.get("/api/v1/me").json()["username"] == "carbon"


def test_a_wrong_token_is_refused_even_with_a_session(client, people):
    client.force_login(people["carbon"])
    fault(client.get("/api/v1/me", headers={"Authorization": "Bearer stn_wrong"}), 401)


def test_nobody_is_401_whatever_the_method(db):
    client = Client(enforce_csrf_checks=True)
    for headers in ({}, {"Authorization": "Bearer stn_wrong"}):
        fault(client.post("/api/v1/reports", {}, content_type="application/json", headers=headers), 401)


def test_no_token_expired_and_revoked_tokens_are_refused(client, people):
    fault(client.get("/api/v1/me"), 401)
    old = bearer(people["carbon"], now=timezone.now() - timedelta(days=91))
    fault(client.get("/api/v1/me", headers=old), 401)
    headers = bearer(people["carbon"])
    actions.revoke_token(people["carbon"], people["carbon"].tokens.latest("pk"), now=timezone.now())
    fault(client.get("/api/v1/me", headers=headers), 401)


def test_the_access_table_holds_for_tokens(client, people):
    client.force_login(people["public"])
    assert client.get("/api/v1/me").status_code == HTTPStatus.OK
    assert fault(client.get("/api/v1/log"), 403)["code"] == "forbidden"


def test_the_log_is_ones_own_organisations(client, people):
    body = client.get("/api/v1/log", headers=bearer(people["carbon"])).json()
    assert (
        body["count"]
        == 1 + LogEntry.objects.filter(organisation=people["carbon"].organisation, via="system").count()
    )
    assert all("heat" not in item["subject_label"] for item in body["items"])


def test_an_unknown_address_below_the_api_is_json(client, db):
    assert fault(client.get("/api/v1/nothing"), 404)["code"] == "not_found"
    fault(client.get("/api/elsewhere"), 404)


def test_a_wrong_method_is_json_and_names_the_right_ones(client, people):
    response = client.delete("/api/v1/me", headers=bearer(people["carbon"], "write"))
    fault(response, 405)
    assert "GET" in response["Allow"]


def test_a_body_over_the_limit_is_refused_before_it_is_read(client, people, settings):
    settings.API_BODY_LIMIT = 100
    for language, word in (("en", "larger"), ("zh", "超过")):
        response = client.post(
            "/api/v1/me",
            data="x" * 101,
            content_type="application/json",
            headers={"Accept-Language": language},
        )
        assert word in fault(response, 413)["message"]


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ({"text": "a\x00b"}, "query.text"),
        ({"text": "x" * 201}, "query.text"),
        ({"limit": "10000000000000000000000"}, "query.limit"),
        ({"limit": "NaN"}, "query.limit"),
        ({"offset": "-1"}, "query.offset"),
    ],
)
def test_odd_values_are_named_by_place(client, people, query, place):
    error = fault(client.get("/api/v1/log", query, headers=bearer(people["carbon"])), 422)
    assert [detail["place"] for detail in error["details"]] == [place]


@pytest.mark.parametrize(
    ("query", "zh", "en"),
    [
        ({"text": "a\x00b"}, "含有不允许的字符", "characters that are not allowed"),
        ({"text": "x" * 201}, "至多 200 字", "at most 200 characters"),
        ({"limit": "NaN"}, "应为整数", "a whole number"),
        ({"offset": "-1"}, "应不小于 0", "0 or more"),
    ],
)
def test_odd_values_are_told_in_the_language_asked_for(client, people, query, zh, en):
    for language, words in (("zh-CN", zh), ("en", en)):
        headers = bearer(people["carbon"]) | {"Accept-Language": language}
        (detail,) = fault(client.get("/api/v1/log", query, headers=headers), 422)["details"]
        assert words in detail["message"]


def test_a_finding_without_words_of_ours_says_what_pydantic_says():
    assert told({"type": "odd", "msg": "Odd {braces}", "ctx": {}}).endswith("Odd {braces}")


def test_pydantic_knows_each_kind_of_finding_we_have_words_for():
    own = {"plain_number"}
    assert set(WORDS) - own <= set(get_args(ErrorType))


def test_messages_come_in_the_language_asked_for(client, db):
    chinese = client.get("/api/v1/me").json()["error"]["message"]
    english = client.get("/api/v1/me", headers={"Accept-Language": "en"}).json()["error"]["message"]
    assert "令牌" in chinese
    assert "token" in english
    assert "令牌" not in english


def test_too_many_requests_are_refused(client, people, monkeypatch):
    headers = bearer(people["carbon"])
    for throttle in api.throttle:
        monkeypatch.setattr(throttle, "num_requests", 2)
    answers = [client.get("/api/v1/me", headers=headers) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    fault(answers[-1], 429)


def test_a_crash_is_json(people, monkeypatch):
    monkeypatch.setattr(queries, "log", lambda _person: 1 / 0)
    client = Client(raise_request_exception=False)
    assert (
        fault(client.get("/api/v1/log", headers=bearer(people["carbon"])), 500)["code"]
        == "internal_server_error"
    )


def test_the_description_declares_failures_and_both_ways_in(client, db):
    description = client.get("/api/v1/openapi.json").json()
    operation = description["paths"]["/api/v1/me"]["get"]
    assert {"200", "401", "403", "404", "422", "429", "500"} <= set(operation["responses"])
    assert len(operation["security"]) == 2
    assert json.dumps(description)


@pytest.mark.parametrize(
    "value", [1, -1, 0.1, "12345.678", "999999999999999.9999999999", 1e-5, Decimal("1.50")]
)
def test_numbers_keep_what_was_written(value):
    assert TypeAdapter(Number).validate_python(value) == Decimal(str(value))


@pytest.mark.parametrize(
    "value",
    [
        "NaN",
        "1e400",
        1e400,
        float("nan"),
        "1,000",
        "",
        "一",
        "１２",
        True,
        None,
        10**15,
        "1" * 5000,
        "0x1",
        " 1",
    ],
)
def test_what_is_no_plain_number_is_refused(value):
    with pytest.raises(ValidationError):
        TypeAdapter(Number).validate_python(value)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Line, "a\x00"),
        (Line, "a\nb"),
        (Line, "x" * 201),
        (Text, "a\x00b"),
        (Text, "x" * 4001),
        (Code, "a b"),
        (Code, ""),
    ],
)
def test_text_that_cannot_be_stored_is_refused(kind, value):
    with pytest.raises(ValidationError):
        TypeAdapter(kind).validate_python(value)


def test_text_may_have_lines_and_any_script():
    assert TypeAdapter(Text).validate_python("第一行\n\t二 😀") == "第一行\n\t二 😀"


def test_one_shape_has_one_name():
    """Two shapes of one name would stand for each other in the description of the API."""
    names = [
        one.__name__
        for one in _shapes(Schema)
        if one.__module__.startswith("shutan.") and one.__qualname__ == one.__name__
    ]
    assert sorted(name for name in set(names) if names.count(name) > 1) == []


def _shapes(of):
    for one in of.__subclasses__():
        yield one
        yield from _shapes(one)
