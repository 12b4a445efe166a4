"""The API of reporting: the same numbers and the same rights as the pages."""

import json
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from reporting_helpers import create, workbook

from shutan.apps.accounts import actions as accounts
from shutan.apps.reporting import results
from shutan.apps.reporting.models import Report
from shutan.documents.json_form import schema

TOTAL = "enterprise_combustion_emissions"


def bearer(person, scope="write"):
    issued = accounts.create_token(person, label="t", scope=scope, now=timezone.now())
    return {"Authorization": f"Bearer {issued.secret}", "Accept-Language": "en"}


@pytest.fixture
def call(client, people, files):
    """`call(person, method, path, json=…)` as a token of the person."""
    tokens = {}

    def call(name, method, path, data=None, **options):
        headers = tokens.setdefault(name, bearer(people[name]))
        send = getattr(client, method)
        if method == "post" and data is not None and "format" not in options:
            options["content_type"] = "application/json"
        options.pop("format", None)
        return send(f"/api/v1{path}", data, headers=headers, **options)

    return call


def send_workbook(call, name="filler", query="", content=None):
    file = SimpleUploadedFile("川南.xlsx", content or workbook(), content_type="application/octet-stream")
    return call(name, "post", f"/reports{query}", {"file": file}, format="multipart")


def as_json(result):
    """What `POST /reports` takes, from a result's inputs."""
    tables = {
        table.name: [
            {name: plain(value) for name, value in row.values.items()} for row in result.data.rows(table.name)
        ]
        for table in result.rules.tables
    }
    return {
        "rule_set": result.rules.name,
        "year": result.year,
        "tables": {k: v for k, v in tables.items() if v},
    }


def plain(value):
    if hasattr(value, "key"):
        return value.key
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if hasattr(value, "isoformat") else value


def test_a_workbook_gives_totals_findings_and_trace(call):
    answer = send_workbook(call)
    assert answer.status_code == 201, answer.content
    told = answer.json()
    report = Report.objects.get(pk=told["report"]["id"])
    result = results.result_of(report)
    totals = {one["name"]: one["value"] for one in told["totals"]}
    assert Decimal(totals[TOTAL]) == result.value(TOTAL)
    traced = {(one["name"], tuple(one["key"])): one["value"] for one in told["trace"]["values"]}
    assert Decimal(traced[TOTAL, ()]) == result.value(TOTAL)
    assert told["report"]["file_name"] == "川南.xlsx"


def test_the_same_file_twice_is_one_report(call):
    first, second = send_workbook(call, query="?trace=false"), send_workbook(call, query="?trace=false")
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["report"]["id"] == second.json()["report"]["id"]
    assert Report.objects.count() == 1


def test_json_and_workbook_give_the_same_numbers(call):
    first = send_workbook(call, query="?trace=false").json()
    result = results.result_of(Report.objects.get(pk=first["report"]["id"]))
    answer = call("filler", "post", "/reports?trace=false", json.dumps(as_json(result)))
    assert answer.status_code == 201, answer.content[:2000]
    told = answer.json()
    assert told["totals"] == first["totals"]
    assert [one["check"] for one in told["findings"]] == [one["check"] for one in first["findings"]]
    assert told["report"]["id"] != first["report"]["id"]


def test_everything_wrong_is_told_at_once_and_nothing_is_saved(call):
    sent = {
        "rule_set": "power",
        "year": 2024,
        "tables": {"units": [{"unit": "1", "unit_category": "no such"}], "nonsense": []},
    }
    answer = call("filler", "post", "/reports", json.dumps(sent))
    assert answer.status_code == 422
    error = answer.json()["error"]
    assert error["code"] == "unreadable"
    assert len(error["details"]) >= 2
    assert any(one["place"].startswith("tables.units.0") for one in error["details"])
    assert Report.objects.count() == 0
    kept = call("filler", "post", "/reports?draft=true&trace=false", json.dumps(sent))
    assert kept.status_code == 201
    assert kept.json()["problems"]
    assert kept.json()["against_submission"]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("[]", "application/json"),
        ("{", "application/json"),
        ('{"rule_set": "power"}', "application/json"),
        ('{"rule_set": "none", "year": 2024, "tables": {}}', "application/json"),
        ('{"rule_set": "power", "year": 1800, "tables": {}}', "application/json"),
        (
            '{"rule_set": "power", "year": 2024, "tables": {"units": [{"unit": "a\\u0000b"}]}}',
            "application/json",
        ),
        (
            '{"rule_set": "power", "year": 2024, "tables": {"units": [{"unit": ' + "9" * 400 + "}]}}",
            "application/json",
        ),
    ],
)
def test_bad_bodies_answer_in_the_one_format(client, people, files, body, kind):
    answer = client.post("/api/v1/reports", body, content_type=kind, headers=bearer(people["filler"]))
    assert answer.status_code == 422, answer.content
    assert set(answer.json()["error"]) == {"code", "message", "details"}
    assert Report.objects.count() == 0


def test_a_corrupted_or_foreign_file_is_refused(call):
    for content in (b"", b"PK\x03\x04 nonsense", b"hello", workbook()[:5000]):
        answer = send_workbook(call, content=content or b" ")
        assert answer.status_code == 422, answer.content
        assert answer.json()["error"]["details"]
    assert Report.objects.count() == 0


def test_other_media_types_are_named(client, people):
    answer = client.post(
        "/api/v1/reports", "a=1", content_type="text/plain", headers=bearer(people["filler"])
    )
    assert answer.status_code == 415


def test_values_explanation_findings_and_files(call, report, people):
    path = f"/reports/{report.pk}"
    page = call("filler", "get", f"{path}/values?name={TOTAL}").json()
    assert page["count"] == 1
    told = call("filler", "get", f"{path}/explanation?name={TOTAL}").json()
    assert Decimal(page["items"][0]["value"]) == Decimal(told["value"])
    assert told["terms"][0]["how"] == "total"
    assert "<math" in told["mathml"]
    assert told["clauses"]
    month = call(
        "filler", "get", f"{path}/explanation?name=combustion_emissions&key=1号机组&key=烟煤&key=3"
    ).json()
    cells = [term["origin"] for term in month["terms"]]
    assert month["steps"]
    assert cells
    assert call("filler", "get", f"{path}/explanation?name=nothing").status_code == 404
    assert call("filler", "get", f"{path}/explanation?name=combustion_emissions&key=x").status_code == 404
    assert call("filler", "get", f"{path}/findings").json() is not None
    trace = call("filler", "get", f"{path}/trace").json()
    assert trace["rule_set"] == "power"
    source = call("filler", "get", f"{path}/files/source")
    assert source.content == workbook()
    assert call("filler", "get", f"{path}/files/json").json() == trace
    assert call("filler", "get", f"{path}/files/nothing").status_code == 404


@pytest.mark.parametrize("kind", ["xlsx", "pdf", "inputs"])
def test_documents_are_made(call, report, kind):
    answer = call("filler", "get", f"/reports/{report.pk}/files/{kind}")
    assert answer.status_code == 200
    assert answer.content[:4] == (b"%PDF" if kind == "pdf" else b"PK\x03\x04")


def test_nobody_sees_a_report_of_others(call, report):
    paths = [
        f"/reports/{report.pk}{tail}"
        for tail in (
            "", "/values", f"/explanation?name={TOTAL}", "/findings", "/problems", "/trace", "/files/xlsx",
            "/files/source", "/difference?other=1",
        )
    ]  # fmt: skip
    for name, status in (("other", 404), ("officer", 404), ("city", 404), ("verifier", 403)):
        for path in paths:
            answer = call(name, "get", path)
            assert answer.status_code == status, (name, path, answer.content)
            assert report.title not in answer.content.decode()
    assert call("other", "get", "/reports").json() == {"count": 0, "items": []}
    body = {"revision": report.revision}
    assert call("other", "post", f"/reports/{report.pk}/submit", json.dumps(body)).status_code == 404


def test_the_difference_of_two_reports(call, report, people):
    other = create(people["filler"], "gas").report
    answer = call("filler", "get", f"/reports/{report.pk}/difference?other={other.pk}")
    assert answer.status_code == 200
    assert answer.json()["count"] > 10
    found = {(one["name"], *one["key"]): one for one in answer.json()["items"]}
    generation = found["enterprise_generation",]
    assert Decimal(generation["after"]) - Decimal(generation["before"]) == Decimal(generation["change"])
    assert generation["causes"] == ["generation"]
    assert found["generation", "1号机组"]["label"] == "Generation"


def test_submit_names_what_stands_against_it(call, people, files):
    exercise = create(people["filler"], "us", rules_year=2024).report
    body = json.dumps({"revision": exercise.revision})
    assert call("filler", "post", f"/reports/{exercise.pk}/submit", body).status_code == 403
    blocked = call("reviewer", "post", f"/reports/{exercise.pk}/submit", body)
    assert blocked.status_code == 422
    assert blocked.json()["error"]["details"]
    stale = call("reviewer", "post", f"/reports/{exercise.pk}/submit", json.dumps({"revision": 99}))
    assert stale.status_code == 409


def test_the_rule_book(call):
    sets = {one["name"]: one for one in call("verifier", "get", "/rule-sets").json()}
    assert 2024 in sets["power"]["years"]
    assert call("verifier", "get", "/rule-sets/power/schema").json() == json.loads(
        json.dumps(schema(results.rule_set("power")))
    )
    clauses = call("verifier", "get", "/rule-sets/power/clauses?year=2024&text=6.2.1").json()
    assert any("combustion_emissions" in one["rules"] for one in clauses)
    parameters = call("verifier", "get", "/rule-sets/power/parameters").json()
    name = parameters[0]["name"]
    assert call("verifier", "get", f"/rule-sets/power/parameters/{name}").json() == parameters[0]
    assert call("verifier", "get", "/rule-sets/power/template?year=2024").content[:2] == b"PK"
    for path in (
        "/rule-sets/none/schema",
        "/rule-sets/power/parameters/none",
        "/rule-sets/power/template?year=1990",
    ):
        assert call("verifier", "get", path).status_code == 404
