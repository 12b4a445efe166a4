"""The register through the API: the same as the pages, for the same people; the public register without a token."""

import json

import pytest
from bodies_helpers import INSTRUMENT, PERSON, PROFILE, a_body, later, publish, submit, workbook
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from shutan.apps.accounts.actions import create_token
from shutan.apps.bodies.models import Body

NOW = timezone.now()


@pytest.fixture
def call(client, people, settings):
    """`call("filler", "GET", "/bodies", body)` → status, answer."""
    settings.SECOND_FACTOR = "off"
    secrets = {}

    def ask(name, method, path, sent=None, **more):
        headers = {}
        if name:
            if name not in secrets:
                secrets[name] = create_token(people[name], label="test", scope="write", now=NOW).secret
            headers["HTTP_AUTHORIZATION"] = f"Bearer {secrets[name]}"
        if sent is not None:
            more |= {"data": json.dumps(sent), "content_type": "application/json"}
        answer = client.generic(method, f"/api/v1{path}", **more, **headers)
        return answer.status_code, answer.json() if answer.content else None

    return ask


def test_a_body_registers_by_api_alone(call, people):
    status, made = call("signer", "POST", "/bodies", {})
    assert (status, made["state"], made["in_review"]) == (201, "draft", False)
    number = made["id"]
    path = f"/bodies/{number}"
    values = PROFILE | {"registered_capital": 500.5}
    status, made = call("signer", "PATCH", path, {"values": values, "revision": made["revision"]})
    assert (status, made["services"]) == (200, ["verification"])
    status, row = call("signer", "POST", f"{path}/parts/people", {"values": PERSON | {"is_full_time": True}})
    assert (status, row["values"]["name"]) == (201, "张三")
    status, told = call("signer", "GET", path)
    assert (status, told["against_application"]) == (200, [])
    assert told["profile"]["registered_capital"] == "500.5"
    status, application = call(
        "signer", "POST", f"{path}/submit", {"revision": told["body"]["revision"], "note": "请审核"}
    )
    assert (status, application["state"]) == (200, "review")
    status, listed = call("officer", "GET", "/bodies?state=review")
    assert [one["id"] for one in listed["items"]] == [number]
    given = {"application": application["id"], "decision": "approve", "valid_until": later(400)}
    assert call("officer", "POST", f"{path}/decision", given)[0] == 200
    status, register = call(None, "GET", "/register/bodies")
    assert (status, register["count"], register["items"][0]["state"]) == (200, 1, "published")
    status, page = call(None, "GET", f"/register/bodies/{register['items'][0]['id']}")
    assert page["content"]["people"] == [
        {"name": "张三", "certificate": "核查员", "sectors": "", "valid_to": None}
    ]
    assert "SECRET" not in json.dumps(page)
    assert [one["kind"] for one in page["standings"]] == ["registered"]


def test_the_second_writer_is_told(call, people, body):
    path = f"/bodies/{body.pk}/parts/people"
    (row,) = call("filler", "GET", path)[1]
    change = {"values": PERSON | {"position": "组长"}, "revision": row["revision"]}
    assert call("filler", "PUT", f"{path}/{row['id']}", change)[0] == 200
    status, told = call("signer", "PUT", f"{path}/{row['id']}", change)
    assert (status, told["error"]["code"]) == (409, "stale")
    assert call("signer", "DELETE", f"{path}/{row['id']}?revision=1")[0] == 409
    assert call("signer", "DELETE", f"{path}/{row['id']}?revision=2")[0] == 204
    status, told = call("filler", "PATCH", f"/bodies/{body.pk}", {"values": {"summary": "x"}, "revision": 1})
    assert status == 409


def test_a_field_that_is_not_named_stays(call, body):
    given = {"values": {"summary": "另一种说法"}, "revision": body.revision}
    assert call("filler", "PATCH", f"/bodies/{body.pk}", given)[0] == 200
    body.refresh_from_db()
    assert (body.summary, body.legal_representative) == ("另一种说法", "李明")


def test_all_faults_are_named(call, body):
    given = {"values": INSTRUMENT | {"name": None, "valid_to": "soon", "serial_number": "x"}}
    status, told = call("filler", "POST", f"/bodies/{body.pk}/parts/instruments", given)
    assert status == 422
    assert {one["place"] for one in told["error"]["details"]} == {"values.name", "values.valid_to"}
    assert call("filler", "GET", f"/bodies/{body.pk}/parts/secrets")[0] == 422


def test_a_workbook_by_api(call, people, client, body):
    secret = create_token(people["filler"], label="test", scope="write", now=NOW).secret
    path = f"/api/v1/bodies/{body.pk}/parts/people/import"

    def send(content):
        file = SimpleUploadedFile("people.xlsx", content)
        return client.post(path, {"file": file}, headers={"authorization": f"Bearer {secret}"})

    assert send(workbook("people", {"name": "李四"}, {"name": "王五"})).json() == {"lines": 2, "changed": 2}
    answer = send(workbook("people", {"name": "赵六", "valid_to": "soon"}))
    assert answer.status_code == 422
    assert answer.json()["error"]["details"][0]["place"] == "H3"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("filler", 200),
        ("officer", 200),
        ("city", 200),
        ("market", 200),
        ("laboratory", 404),
        ("far_city", 404),
        ("enterprise", 403),
        (None, 401),
    ],
)
def test_another_bodys_record_is_not_found(call, people, body, name, expected):
    submit(people["signer"], body)
    for path in (f"/bodies/{body.pk}", f"/bodies/{body.pk}/parts/works", f"/bodies/{body.pk}/findings"):
        assert call(name, "GET", path)[0] == expected, path
    status, told = call(name, "GET", "/bodies")
    assert (status, told and told.get("count")) == {
        200: (200, 1),
        404: (200, 0),
        403: (403, None),
        401: (401, None),
    }[expected]


@pytest.mark.parametrize(
    "write",
    [
        ("PATCH", "", {"values": {}, "revision": 1}),
        ("POST", "/parts/people", {"values": {"name": "x"}}),
        ("POST", "/submit", {"revision": 1}),
        ("POST", "/take-back", {}),
        ("POST", "/decision", {"application": 1, "decision": "approve"}),
        ("POST", "/standing", {"kind": "suspended", "reason": "x"}),
    ],
)
@pytest.mark.parametrize("name", ["laboratory", "city", "market", "enterprise", "bank"])
def test_nobody_else_writes(call, body, name, write):
    method, path, sent = write
    assert call(name, method, f"/bodies/{body.pk}{path}", sent)[0] in (403, 404)
    held = Body.objects.get(pk=body.pk)
    assert (held.revision, held.state) == (body.revision, "draft")


def test_findings_and_standing(call, people, body):
    publish(people["signer"], people["officer"], body, NOW)
    path = f"/bodies/{body.pk}"
    told = {"found_on": later(0), "source": "抽查", "title": "记录缺失", "is_public": True}
    status, made = call("market", "POST", f"{path}/findings", told)
    assert (status, made["state"], made["recorded_for"]) == (201, "open", "省市场监管局")
    assert call("market", "POST", f"{path}/findings", told | {"found_on": later(1)})[0] == 422
    one = f"{path}/findings/{made['id']}"
    assert call("filler", "POST", f"{one}/answer", {"text": "已补"})[1]["state"] == "answered"
    assert call("market", "POST", f"{one}/close", {"text": "属实"})[1]["state"] == "settled"
    assert call("market", "POST", f"{one}/close", {"text": "属实"})[0] == 422
    assert call("officer", "POST", f"{path}/standing", {"kind": "resumed", "reason": "x"})[0] == 422
    assert call("officer", "POST", f"{path}/standing", {"kind": "suspended", "reason": "整改"})[0] == 200
    status, page = call(None, "GET", f"/register/bodies/{Body.objects.get().page.pk}")
    assert (page["state"], page["findings"][0]["answer"]) == ("suspended", "已补")


def test_the_public_register_is_filtered_and_counted(call, people, body):
    publish(people["signer"], people["officer"], body, NOW)
    other = a_body(people["laboratory"], services=["testing"])
    publish(people["laboratory"], people["officer"], other, NOW)
    for query, count in (
        ("", 2),
        ("service=testing", 1),
        ("division=5105", 1),
        ("scope=元素碳", 2),
        ("scope=水泥", 0),
        ("accreditation=cma", 2),
        ("text=蓉城", 1),
    ):
        assert call(None, "GET", f"/register/bodies?{query}")[1]["count"] == count, query
    status, figures = call(None, "GET", "/register/statistics")
    assert (status, figures["bodies"]) == (200, 2)
    assert figures["by_service"] == {"verification": 1, "testing": 1}


def test_deciding_by_api_needs_a_second_factor(call, people, body, settings):
    made = submit(people["signer"], body)
    settings.SECOND_FACTOR = "required"
    given = {"application": made.pk, "decision": "approve"}
    status, told = call("officer", "POST", f"/bodies/{body.pk}/decision", given)
    assert (status, told["error"]["code"]) == (403, "second_factor_needed")
    made.refresh_from_db()
    assert made.state == "review"
