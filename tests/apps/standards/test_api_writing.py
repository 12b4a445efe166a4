"""Instruments and self-assessments written through the API, as on the pages."""

import base64
import json

import pytest
from standards_helpers import NOW

from shutan.apps.standards.models import Version

PDF = {"name": "说明.pdf", "base64": base64.b64encode(b"%PDF-1.7 example").decode()}
DRAFT = {
    "kind": "normative",
    "title_zh": "数据质量管理办法",
    "issuer": "省生态环境厅",
    "text": "第一条 目的。",
}


@pytest.fixture
def call(client, people, settings, tmp_path):
    """Call the API as a person who signed in, with a folder of files of this test's own."""
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "files")},
        }
    }

    def _call(name, method, path, sent=None):
        client.force_login(people[name])
        body = {} if sent is None else {"data": json.dumps(sent), "content_type": "application/json"}
        return getattr(client, method)(f"/api/v1{path}", **body)

    return _call


def test_an_instrument_is_written_and_its_documents_kept(call, people):
    assert call("filler", "post", "/instruments", DRAFT).status_code == 403
    assert call("officer", "post", "/instruments", DRAFT | {"kind": "none"}).status_code == 422
    made = call("officer", "post", "/instruments", DRAFT)
    assert made.status_code == 201, made.content
    version = made.json()["versions"][0]
    path = f"/instruments/versions/{version['id']}"
    saved = {"text": "第一条 目的与依据。", "revision": version["revision"], "change": "补充依据"}
    assert call("officer", "put", f"{path}/text", saved).json()["versions"][0]["text"] == saved["text"]
    assert call("officer", "put", f"{path}/text", saved).status_code == 409
    attached = call("officer", "post", f"{path}/attachments", {"title": "说明", "file": PDF})
    assert attached.status_code == 201, attached.content
    file = f"/instruments/attachments/{attached.json()['id']}"
    assert call("officer", "get", file).content.startswith(b"%PDF")
    assert call("filler", "get", file).status_code == 404  # a draft's
    assert call("officer", "delete", file).status_code == 204
    assert call("officer", "get", file).status_code == 404
    link = {"kind": "parameter", "rule_set": "power", "name": "electricity_factor"}
    assert call("officer", "post", f"{path}/links", link | {"name": "none"}).status_code == 422
    assert call("officer", "post", f"{path}/links", link).status_code == 201
    assert call("officer", "delete", f"{path}/links", link).status_code == 204
    number = made.json()["id"]
    assert call("officer", "post", f"/instruments/{number}/versions", {"why": "修订"}).status_code == 422
    assert Version.objects.count() == 1
    day = NOW.date().isoformat()
    early = {"repealed_from": day, "document": "川环发〔2026〕2号"}
    assert call("officer", "post", f"/instruments/{number}/repeal", early).status_code == 422


def test_a_self_assessment_is_begun_proved_and_mended(call, people):
    begun = call("filler", "post", "/assessments", {"year": 2025})
    assert begun.status_code == 201, begun.content
    assert call("filler", "post", "/assessments", {"year": 2025}).status_code == 422
    item = begun.json()["items"][0]["id"]
    path = f"/assessments/items/{item}"
    assert call("filler", "post", f"{path}/evidence", {}).status_code == 422
    proof = call("filler", "post", f"{path}/evidence", {"title": "制度文件", "file": PDF})
    assert proof.status_code == 201, proof.content
    file = f"/assessments/evidence/{proof.json()['id']}"
    assert call("filler", "get", file).content.startswith(b"%PDF")
    assert call("filler", "delete", file).status_code == 204
    planned = {"what": "完善制度", "responsible": "nobody", "due": "2099-12-31"}
    assert call("filler", "post", f"{path}/improvements", planned).status_code == 422
    planned["responsible"] = people["filler"].username
    made = call("filler", "post", f"{path}/improvements", planned)
    assert made.status_code == 201, made.content
    steps = f"/assessments/improvements/{made.json()['id']}/steps"
    assert call("filler", "post", steps, {"verb": "fly"}).status_code == 422
    assert call("filler", "post", steps, {"verb": "finish", "words": "已发布"}).status_code == 200
    sign = f"/assessments/{begun.json()['assessment']['id']}/signature"
    assert call("filler", "post", sign).status_code == 403
    assert call("reviewer", "post", sign).status_code == 422  # items are not assessed


def test_the_standard_takes_two_officers(call, people):
    clause = {
        "number": "5.1",
        "requirement": "建立制度（示例）",
        "since": "2023-01-01",
        "source": "DB51/T 2987-2022",
    }
    made = call("officer", "post", "/standard/clauses", clause)
    assert made.status_code == 201, made.content
    decision = f"/standard/clauses/{made.json()['id']}/decision"
    assert call("officer", "post", decision, {"confirm": True}).status_code in (403, 422)
    assert call("lead", "post", decision, {"confirm": True}).json()["state"] == "confirmed"
    assert (
        call(
            "officer", "post", "/standard/weights", {"weights": {}, "since": "2023-01-01", "source": "x"}
        ).status_code
        == 422
    )
