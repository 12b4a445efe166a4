"""The pages of schemes and meters, the worklist, the search, and the same through the API."""

import base64
import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone, translation
from schemes_helpers import METER, NOW, PDF, ROW, a_meter, accepted, begin, complete, fresh, submitted, take

from shutan.apps.accounts.actions import create_token
from shutan.apps.schemes import actions, outputs
from shutan.apps.schemes.models import Scheme
from shutan.apps.schemes.search import find
from shutan.apps.schemes.worklist import tasks


@pytest.fixture
def as_(client, people):
    def sign_in(name):
        client.force_login(people[name])
        return client

    return sign_in


def url(name, *args):
    return reverse(f"schemes:{name}", args=args)


def test_a_scheme_is_begun_filled_in_and_sent_by_pages(as_, people):
    filler = as_("filler")
    answer = filler.post(
        url("begin"), {"organisation": people["filler"].organisation_id, "rule_set": "power", "year": 2027}
    )
    scheme = Scheme.objects.get()
    assert answer["Location"] == url("scheme", scheme.pk)
    again = filler.post(
        url("begin"), {"organisation": people["filler"].organisation_id, "rule_set": "power", "year": 2027}
    )
    assert again.status_code == 422
    for section in ("B.2", "B.3", "B.4", "B.5"):
        assert filler.get(url("section", scheme.pk, section)).status_code == 200
    assert filler.get(url("section", scheme.pk, "B.9")).status_code == 404
    page = filler.get(url("section", scheme.pk, "B.3"))
    saved = filler.post(url("section", scheme.pk, "B.3"), {"boundary": "全厂", "seen": page.context["seen"]})
    assert saved.status_code == 302
    late = filler.post(url("section", scheme.pk, "B.3"), {"boundary": "半厂", "seen": page.context["seen"]})
    assert late.status_code == 422
    assert "半厂" in late.content.decode()
    assert "全厂" in late.content.decode()
    filler.post(url("add_files", scheme.pk, "flow_chart"), {"file": [SimpleUploadedFile("图.pdf", PDF)]})
    file = scheme.files.get()
    assert filler.get(url("file", scheme.pk, file.pk)).content == PDF
    added = filler.post(url("new_row", scheme.pk, "B.3"), {"name": "锅炉", "number": "MF1", "use": "in_use"})
    assert added.status_code == 302
    row = scheme.parameters.first()
    address = url("row", scheme.pk, "B.4", row.pk)
    assert filler.get(address).status_code == 200
    given = ROW | {
        "parameter": row.parameter,
        "subject": "",
        "obtained": "measured",
        "revision": "1",
        "next": "1",
    }
    moved = filler.post(address, given)
    assert moved["Location"] == url("row", scheme.pk, "B.4", scheme.parameters.all()[1].pk)
    stale = filler.post(address, given | {"description": "另一说明"})
    assert stale.status_code == 422
    assert "另一说明" in stale.content.decode()
    refused = filler.post(url("step", scheme.pk, "send_to_review"), {"revision": fresh(scheme).revision})
    assert refused.status_code == 422


def test_the_sector_one_has_a_scheme_of_is_offered_first(as_, people):
    def offered():
        page = as_("other").get(url("list"))
        return [name for name, _label in page.context["form"].fields["rule_set"].choices]

    names = offered()
    begin(people["other"], names[-1], 2026)
    assert offered() == [names[-1], *names[:-1]]


def test_the_city_says_and_the_province_accepts(as_, people):
    scheme = submitted(people)
    city = as_("city")
    assert city.get(url("scheme", scheme.pk)).status_code == 200
    assert city.post(url("opine", scheme.pk), {"verdict": "objects", "text": ""}).status_code == 422
    assert city.post(url("opine", scheme.pk), {"verdict": "agrees", "text": ""}).status_code == 302
    assert city.post(url("step", scheme.pk, "accept"), {"revision": scheme.revision}).status_code == 403
    officer = as_("officer")
    revision = fresh(scheme).revision
    wrong = officer.post(
        url("step", scheme.pk, "accept"), {"revision": revision, "in_force_from": "2026-12-31"}
    )
    assert wrong.status_code == 422
    done = officer.post(
        url("step", scheme.pk, "accept"), {"revision": revision, "in_force_from": "2027-01-01"}
    )
    assert done.status_code == 302
    assert fresh(scheme).in_force_from == date(2027, 1, 1)
    filler = as_("filler")
    page = filler.get(url("scheme", scheme.pk))
    assert page.context["revise_form"] is not None
    made = filler.post(url("revise", scheme.pk), {"triggers": ["facility"], "reason": "新机组"})
    assert made.status_code == 302
    second = Scheme.objects.get(version=2)
    compared = filler.get(url("compare", second.pk))
    assert compared.status_code == 200
    assert filler.get(f"{url('compare', second.pk)}?with=999999").status_code == 404


@pytest.mark.parametrize("kind", ["docx", "pdf", "xlsx"])
def test_papers_are_downloaded(as_, people, kind):
    scheme = submitted(people)
    answer = as_("officer").get(url("export", scheme.pk, kind))
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer.content[:4] in (b"PK\x03\x04", b"%PDF")
    assert as_("officer").get(url("export", scheme.pk, "exe")).status_code == 404


def test_who_may_not_see_it_finds_nothing(as_, people):
    scheme = accepted(people)
    for name in ("other", "far_city", "service"):
        assert as_(name).get(url("scheme", scheme.pk)).status_code == 404
    assert as_("laboratory").get(url("scheme", scheme.pk)).status_code == 403


def test_a_workbook_is_taken_in_by_page(as_, people):
    scheme = begin(people["filler"])
    sent = SimpleUploadedFile("a.xlsx", outputs.xlsx(scheme, "zh"))
    assert as_("filler").post(url("import", scheme.pk), {"file": sent}).status_code == 200
    bad = as_("filler").post(url("import", scheme.pk), {"file": SimpleUploadedFile("a.xlsx", b"no")})
    assert bad.status_code == 422
    assert as_("filler").post(url("import", scheme.pk)).status_code == 422


def test_meters_and_calibrations_by_pages(as_, people):
    filler = as_("filler")
    assert filler.post(url("new_meter"), METER | {"number": ""}).status_code == 422
    made = filler.post(url("new_meter"), METER)
    meter = people["filler"].organisation.meters.get()
    assert made["Location"] == url("meter", meter.pk)
    given = {
        "day": "2025-11-01",
        "due": "2025-12-01",
        "by": "省计量院",
        "document": SimpleUploadedFile("证书.pdf", PDF),
    }
    assert filler.post(url("calibrate", meter.pk), given).status_code == 302
    calibration = meter.calibrations.get()
    assert filler.get(url("certificate", meter.pk, calibration.pk)).content == PDF
    exe = given | {"day": "2025-11-02", "document": SimpleUploadedFile("证书.pdf", b"MZ")}
    assert filler.post(url("calibrate", meter.pk), exe).status_code == 422
    assert filler.get(f"{url('meters')}?state=overdue").context["listing"].page.object_list
    assert (
        filler.post(url("change_meter", meter.pk), METER | {"place": "2号", "revision": "1"}).status_code
        == 302
    )
    assert (
        filler.post(url("change_meter", meter.pk), METER | {"place": "3号", "revision": "1"}).status_code
        == 422
    )
    filler.post(url("withdraw", meter.pk, calibration.pk), {"why": "填错"})
    calibration.refresh_from_db()
    assert calibration.withdrawn_why == "填错"
    assert as_("city").get(url("meter", meter.pk)).status_code == 200
    assert as_("other").get(url("meter", meter.pk)).status_code == 404


def test_the_worklist_says_whose_turn_it_is(people):
    def titles(name):
        return [task.title for task in tasks(people[name], NOW)]

    scheme = complete(people["filler"])
    assert titles("filler") == ["Complete the scheme"]
    assert titles("officer") == []
    take(people["filler"], scheme, "send_to_review")
    assert titles("filler") == []
    assert titles("reviewer") == ["Review the scheme and submit it"]
    take(people["reviewer"], scheme, "submit")
    assert titles("officer") == ["Decide on the scheme"]
    assert titles("city") == ["Give an opinion on the scheme"]
    assert titles("far_city") == []
    take(people["officer"], scheme, "return", why="补充")
    assert titles("filler") == ["Revise the scheme that was returned"]


def test_overdue_calibrations_stand_in_the_worklist(people):
    meter = a_meter(people["filler"])
    actions.record_calibration(
        people["filler"], meter, {"day": "2025-11-01", "due": "2026-10-31", "by": "省计量院"}, now=NOW
    )
    (task,) = tasks(people["filler"], NOW)
    assert (task.state, task.due, task.title) == (
        "overdue",
        date(2026, 10, 31),
        "Calibration overdue: BS-01 皮带秤",
    )
    assert list(tasks(people["other"], NOW)) == []


def test_the_search_finds_what_one_may_see(people):
    submitted(people)
    assert [hit.kind for hit in find(people["officer"], "甲电")] == ["Scheme"]
    assert [hit.kind for hit in find(people["officer"], "BS-power")] == ["Meter"]
    assert list(find(people["other"], "甲电")) == []
    assert list(find(people["laboratory"], "甲电")) == []


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_are_whole_in_both_languages(as_, people, language):
    scheme = submitted(people)
    with translation.override(language):
        for name in ("officer", "filler"):
            for address in (
                url("list"),
                url("scheme", scheme.pk),
                url("section", scheme.pk, "B.4"),
                url("meters"),
            ):
                assert as_(name).get(address, headers={"Accept-Language": language}).status_code == 200


@pytest.fixture
def call(client, people):
    secrets = {}

    def ask(name, method, path, sent=None):
        if name not in secrets:
            secrets[name] = create_token(people[name], label="test", scope="write", now=timezone.now()).secret
        more = {"data": json.dumps(sent), "content_type": "application/json"} if sent is not None else {}
        answer = client.generic(
            method, f"/api/v1{path}", HTTP_AUTHORIZATION=f"Bearer {secrets[name]}", **more
        )
        return answer.status_code, answer.json() if answer.content else None

    return ask


def test_the_same_through_the_api(call, people):
    status, made = call("filler", "POST", "/schemes", {"rule_set": "power", "year": 2027})
    assert (status, made["state"], made["version"]) == (201, "draft", 1)
    path = f"/schemes/{made['id']}"
    assert call("filler", "POST", "/schemes", {"rule_set": "power", "year": 2027})[0] == 422
    assert call("other", "GET", path)[0] == 404
    assert call("officer", "GET", "/schemes")[1]["count"] == 0
    assert call("filler", "PUT", f"{path}/texts", {"section": "B.3", "texts": {"boundary": "全厂"}})[0] == 200
    meter = call("filler", "PUT", "/meters", {"values": METER | {"calibration_months": 12}})[1]
    calibrated = call(
        "filler",
        "POST",
        f"/meters/{meter['id']}/calibrations",
        {"day": "2026-01-01", "due": "2026-12-31", "by": "省计量院"},
    )
    assert (calibrated[0], calibrated[1]["due"]) == (201, "2026-12-31")
    detail = call("filler", "GET", path)[1]
    assert detail["content"]["texts"]["boundary"] == "全厂"
    assert any(one["blocks"] for one in detail["remarks"])
    row = next(one for one in detail["rows"] if one["kind"] == "parameters")
    values = ROW | {"parameter": row["parameter"], "obtained": "measured", "meter": "BS-01"}
    sent = {"kind": "parameters", "id": row["id"], "revision": 1, "values": values}
    assert call("filler", "PUT", f"{path}/rows", sent) == (200, {"id": row["id"], "revision": 2})
    assert call("filler", "PUT", f"{path}/rows", sent)[0] == 409
    gone = f"{path}/rows?kind=parameters&id={row['id']}&revision="
    assert call("filler", "DELETE", f"{gone}1")[0] == 409
    assert call("other", "DELETE", f"{gone}2")[0] == 404
    assert call("filler", "DELETE", f"{gone}2")[0] == 204
    picture = {"name": "chart.pdf", "base64": base64.b64encode(b"%PDF-1.4 chart").decode()}
    item = next(
        one["key"] for section in call("filler", "GET", "/scheme-forms/power")[1]["sections"]
        for one in section["items"] if one["kind"] == "files"
    )  # fmt: skip
    kept = call("filler", "POST", f"{path}/files", {"item": item, "files": [picture]})
    assert (kept[0], kept[1][0]["name"]) == (201, "chart.pdf")
    assert call("filler", "POST", f"{path}/files", {"item": "boundary", "files": [picture]})[0] == 422
    assert call("filler", "GET", path)[1]["files"] == kept[1]
    assert call("other", "DELETE", f"{path}/files/{kept[1][0]['id']}")[0] == 404
    assert call("filler", "DELETE", f"{path}/files/{kept[1][0]['id']}")[0] == 204
    refused = call(
        "filler",
        "POST",
        f"{path}/steps",
        {"step": "send_to_review", "revision": detail["scheme"]["revision"]},
    )
    assert refused[0] == 422
    form = call("filler", "GET", "/scheme-forms/power")[1]
    assert [one["number"] for one in form["sections"]] == ["B.1", "B.2", "B.3", "B.4", "B.5"]
    assert call("filler", "GET", "/scheme-forms/paper")[0] == 404


def test_regulators_decide_through_the_api(call, people):
    scheme = submitted(people)
    path = f"/schemes/{scheme.pk}"
    assert call("city", "POST", f"{path}/opinions", {"verdict": "objects"})[0] == 422
    assert call("city", "POST", f"{path}/opinions", {"verdict": "agrees"})[0] == 201
    revision = call("officer", "GET", path)[1]["scheme"]["revision"]
    done = call(
        "officer",
        "POST",
        f"{path}/steps",
        {"step": "accept", "revision": revision, "in_force_from": "2027-01-01"},
    )
    assert (done[0], done[1]["state"]) == (200, "accepted")
    assert call("officer", "GET", "/schemes?day=2027-06-01")[1]["count"] == 1
    assert call("officer", "GET", "/schemes?day=2026-06-01")[1]["count"] == 0
    second = call("filler", "POST", f"{path}/versions", {"triggers": ["facility"], "reason": "新机组"})
    assert (second[0], second[1]["version"]) == (201, 2)
    assert call("filler", "GET", f"/schemes/{second[1]['id']}/differences/{scheme.pk}") == (200, [])
