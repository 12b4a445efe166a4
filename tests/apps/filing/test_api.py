"""A book, its months and their papers through the API: the way of the pages, told to two editors and to strangers."""

import base64
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from filing_helpers import NOW, PDF, change, fill, fill_book

from shutan.apps.accounts import actions as accounts
from shutan.apps.filing import actions, cells, platform, queries
from shutan.apps.filing.api import detail, etag
from shutan.apps.filing.models import Book, EvidenceFile, FiledValue, MonthlyFiling

CELL = {"table": "fuel_months", "key": ["1号机组", "烟煤"], "variable": "fuel_consumption_reported"}


@pytest.fixture
def call(client, people):
    """Call the API with a token of a person, which decides where they may."""
    secrets = {}

    def _call(name, method, path, sent=None, **headers):
        if name not in secrets:
            made = accounts.create_token(people[name], label="t", scope="write", now=timezone.now())
            # A token that decides is issued under a second factor, which is tested elsewhere.
            type(made.token).objects.filter(pk=made.token.pk).update(scope="decide")
            secrets[name] = made.secret
        body = {} if sent is None else {"data": json.dumps(sent), "content_type": "application/json"}
        answer = getattr(client, method)(
            f"/api/v1{path}", HTTP_AUTHORIZATION=f"Bearer {secrets[name]}", **body, **headers
        )
        is_json = answer.content and answer.headers["Content-Type"].startswith("application/json")
        return answer.status_code, answer.json() if is_json else answer

    return _call


def document(name, content=PDF):
    return {"name": name, "base64": base64.b64encode(content).decode()}


def test_a_month_from_the_book_to_acceptance(call, people):
    status, made = call("filler", "post", "/filing/books", {"rule_set": "power", "year": 2025})
    assert (status, made["organisation"]) == (201, "甲电厂")
    assert call("filler", "post", "/filing/books", {"rule_set": "power", "year": 2025})[1] == made
    assert call("officer", "post", "/filing/books", {"rule_set": "power", "year": 2025})[0] == 403
    assert call("filler", "post", "/filing/books", {"rule_set": "entry", "year": 2025})[0] == 422
    number = made["id"]
    unit = {"table": "units", "key": ["9号机组"], "variable": "", "value": ""}
    assert call("filler", "put", f"/filing/books/{number}/cells", {"cells": [unit]})[1]["saved"]
    gone = call(
        "filler", "post", f"/filing/books/{number}/removed-rows", {"table": "units", "key": ["9号机组"]}
    )
    assert gone == (200, {"cells": 1})
    fill_book(people["filler"], Book.objects.get())

    assert call("filler", "post", f"/filing/books/{number}/months", {"month": 13})[0] == 422
    status, month = call("filler", "post", f"/filing/books/{number}/months", {"month": 3})
    assert (status, month["period"], month["state"]) == (201, "2025-03", "draft")
    fill(people["filler"], MonthlyFiling.objects.get())
    path = f"/filing/months/{month['id']}"
    whole = call("filler", "get", path)[1]
    assert whole["complete"]["percent"] == 100
    assert {one["key"][0] for one in whole["cells"] if one["key"]} == {"1号机组", "2号机组"}
    assert call("city", "get", path)[0] == 404

    def step(name, step, **more):
        revision = MonthlyFiling.objects.latest("version").revision
        return call(name, "post", f"{path}/steps", {"step": step, "revision": revision} | more)

    assert step("filler", "send_for_review")[1]["state"] == "internal"
    assert step("filler", "submit")[0] == 403
    status, filed = step("reviewer", "submit")
    assert (status, filed["state"], len(filed["sha256"])) == (200, "submitted", 64)
    again = {"step": "submit", "revision": filed["revision"] - 1}
    assert call("reviewer", "post", f"{path}/steps", again) == (200, filed)
    assert step("far_city", "return_month", why="x")[0] == 404
    assert step("city", "return_month")[0] == 422
    assert step("city", "return_month", why="请核对")[1]["state"] == "returned"
    status, corrected = step("filler", "correct", why="核对过磅单")
    assert (corrected["version"], corrected["corrects"]) == (2, month["id"])
    path = f"/filing/months/{corrected['id']}"
    cell = CELL | {"value": "100000", "seen": 1}
    assert call("filler", "put", f"{path}/cells", {"cells": [cell]})[1]["saved"]
    told = call("filler", "get", f"{path}/difference")[1]
    assert [one["after"] for one in told["cells"]] == ["100000"]
    assert told["figures"]
    assert step("filler", "send_for_review")[0] == 200
    assert step("reviewer", "submit")[1]["state"] == "submitted"
    assert step("city", "pass_city")[1]["state"] == "passed_city"
    assert step("officer", "accept")[1]["state"] == "accepted"
    assert call("officer", "get", f"/filing/books/{number}")[1]["months"][0]["state"] == "accepted"
    assert call("officer", "get", "/filing/books?year=2025")[1]["count"] == 1
    assert call("rival", "get", "/filing/books")[1]["count"] == 0


def test_two_editors_are_told(call, people, month):
    path = f"/filing/months/{month.pk}"
    saved = call("filler", "put", f"{path}/cells", {"cells": [CELL | {"value": "1"}]})[1]["saved"]
    assert saved[0]["seen"] == 1
    call("boss", "put", f"{path}/cells", {"cells": [CELL | {"value": "2", "seen": 1}]})
    late = call("filler", "put", f"{path}/cells", {"cells": [CELL | {"value": "3", "seen": 1}]})[1]
    assert (late["saved"], late["conflicts"][0]["value"], late["conflicts"][0]["seen"]) == ([], "2", 2)
    wrong = call("filler", "put", f"{path}/cells", {"cells": [CELL | {"value": "many", "seen": 2}]})[1]
    assert wrong["refused"][0]["typed"] == "many"
    flags = {"step": "set_flags", "revision": month.revision, "stopped": True}
    assert call("filler", "post", f"{path}/steps", flags)[1]["stopped"] is True
    assert call("boss", "post", f"{path}/steps", flags)[0] == 409


def test_a_month_has_its_mark(call, people, month):
    path = f"/filing/months/{month.pk}"
    assert call("filler", "get", path, HTTP_IF_NONE_MATCH='"x"')[0] == 200
    seen = etag(detail(MonthlyFiling.objects.get()))
    status, answer = call("filler", "get", path, HTTP_IF_NONE_MATCH=seen)
    assert (status, answer.headers["ETag"]) == (304, seen)
    sent = {"cells": [CELL | {"value": "1"}]}
    assert call("filler", "put", f"{path}/cells", sent, HTTP_IF_MATCH=seen)[0] == 200
    assert call("filler", "put", f"{path}/cells", sent, HTTP_IF_MATCH=seen)[0] == 409
    assert call("filler", "get", path, HTTP_IF_NONE_MATCH=seen)[0] == 200


def test_papers_are_sent_sorted_read_and_taken_out(call, people, month):
    fill_in = [change("1200.5"), change("DAILY", variable="carbon_source")]
    cells.save(people["filler"], month, fill_in, now=NOW)
    path = f"/filing/months/{month.pk}/evidence"
    sent = {"files": [document("2025-03 皮带秤.pdf"), document("2025-02 煤质.pdf"), document("a.pdf", b"MZ")]}
    status, taken = call("filler", "post", path, sent)
    assert (status, [bool(one["kept"]) for one in taken]) == (200, [True, True, False])
    assert taken[1]["kept"]["speaks_of"] == "2025-02"
    assert taken[2]["why"]
    number = taken[1]["kept"]["id"]
    one = {"ledger": "化验台账-7", "belongs": True}
    kept = call("filler", "put", f"/filing/evidence/{number}", one)[1]
    assert (kept["ledger"], kept["belongs"]) == ("化验台账-7", True)
    assert call("filler", "get", f"/filing/evidence/{number}")[1] == kept
    status, answer = call("filler", "get", f"/filing/evidence/{number}/file")
    assert (answer.content, answer.headers["Content-Type"]) == (PDF, "application/pdf")
    for method in ("get", "delete"):
        assert call("rival", method, f"/filing/evidence/{number}")[0] == 404
    assert call("filler", "delete", f"/filing/evidence/{number}")[0] == 204
    assert EvidenceFile.objects.count() == 1
    broken = {"files": [{"name": "a.pdf", "base64": "?"}]}
    assert call("filler", "post", path, broken)[0] == 422


def test_rows_findings_platform_and_drafts(call, people, full, client):
    book, path = full.book_id, f"/filing/months/{full.pk}"
    assert isinstance(call("filler", "get", f"{path}/findings")[1]["month"], list)
    content = platform.write(queries.year(people["filler"], full.book))
    assert call("filler", "get", f"/filing/books/{book}/platform.xlsx")[1].content[:2] == b"PK"
    client.force_login(people["filler"])
    sent = {"file": SimpleUploadedFile("p.xlsx", content)}
    told = client.post(f"/api/v1/filing/books/{book}/platform", sent).json()
    assert told["same"] > 20
    assert (told["differences"], told["unread"]) == ([], [])
    client.logout()
    there = FiledValue.objects.filter(filing=full, table="fuel_months", key=["1号机组", "烟煤"]).count()
    gone = call(
        "filler", "post", f"{path}/removed-rows", {"table": "fuel_months", "key": ["1号机组", "烟煤"]}
    )
    assert gone == (200, {"cells": there})
    assert call("rival", "delete", f"{path}?revision=1")[0] == 404
    assert call("filler", "delete", f"{path}?revision=7")[0] == 409
    assert call("filler", "delete", f"{path}?revision={full.revision}")[0] == 204
    assert not actions.MonthlyFiling.objects.exists()
