"""The declaration: a stamped scan or a provider's signature before submission, about exactly what is submitted, then locked."""

import hashlib
import io
import sys
import types
import zipfile

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import Error, transaction
from django.urls import reverse
from reporting_helpers import NOW

from shutan.apps.common.files import Upload
from shutan.apps.evidence.models import Record
from shutan.apps.reporting import actions, declarations, declaring, downloads, results, rows, signing
from shutan.apps.reporting.models import Declaration
from shutan.documents.report_pdf import write_pdf
from shutan.rules.common.declaration import declaration

pytestmark = pytest.mark.django_db
SCAN = Upload("声明.pdf", b"%PDF-1.4\n% signed and stamped\n")


def declare(people, report, upload=SCAN, **more):
    return declaring.with_scan(people["reviewer"], report, upload, revision=report.revision, now=NOW, **more)


def submit(people, report, **more):
    return actions.submit(people["reviewer"], report, revision=report.revision, now=NOW, **more)


@pytest.fixture
def provider(settings, monkeypatch):
    """A provider that puts its name at the end of the page."""
    module = types.ModuleType("a_city_signing")
    module.NAME = "某市电子签章"
    module.asked = []

    def sign(asked):
        module.asked.append(asked)
        if "refused" in asked.title:
            raise signing.RefusedError("证书已过期")
        return signing.Signed(asked.document + b"\n% signed", "N-1", "CN=甲电厂")

    module.sign = sign
    monkeypatch.setitem(sys.modules, module.__name__, module)
    settings.SIGNING = module.__name__
    return module


def test_the_page_says_what_is_declared_with_its_sources():
    said = declaration()
    assert all(one.source and one.article for one in (*said.sentences, *said.signatures))
    assert {one.status for one in said.signatures} == {"secondary"}
    assert "未见" in said.note("zh")


def test_nothing_is_submitted_undeclared(people, report):
    with pytest.raises(actions.BlockedError, match="缺少声明"):
        submit(people, report)
    declare(people, report)
    filed = submit(people, report)
    assert filed.state == "submitted"
    record = Record.objects.get(kind="reporting.submit")
    assert record.content["files"][f"declaration/{SCAN.name}"] == SCAN.sha256
    assert record.content["facts"]["declared"] == {
        "means": "scan",
        "provider": "",
        "content": rows.content_digest(filed.pk),
    }


def test_who_fills_in_does_not_declare(people, report):
    with pytest.raises(PermissionDenied):
        declaring.with_scan(people["filler"], report, SCAN, revision=report.revision, now=NOW)
    assert not Declaration.objects.exists()


def test_a_scan_is_a_document_and_a_draft_is_as_one_saw_it(people, report):
    for bad in (Upload("声明.pdf", b"MZ"), Upload("声明.exe", SCAN.content), Upload("声明.pdf", b"")):
        with pytest.raises(ValidationError):
            declare(people, report, bad)
    with pytest.raises(actions.StaleError):
        declaring.with_scan(people["reviewer"], report, SCAN, revision=report.revision + 1, now=NOW)


def test_a_draft_that_changed_is_declared_again(people, report):
    declare(people, report)
    report.values.filter(variable="fuel_purchased").delete()
    again = actions.recompute(people["filler"], report, revision=report.revision, now=NOW)
    assert not declarations.is_current(again, declarations.of(again))
    with pytest.raises(actions.BlockedError, match="声明之后有改动"):
        submit(people, again)
    declare(people, again)
    assert Declaration.objects.count() == 1
    assert submit(people, again).version == 1


def test_a_step_that_changes_nothing_keeps_it(people, report):
    declare(people, report)
    again = actions.rename(people["filler"], report, "另名", revision=report.revision, now=NOW)
    assert declarations.is_current(again, declarations.of(again), strict=True)


def test_a_submitted_declaration_is_frozen(people, report):
    declare(people, report)
    filed = submit(people, report)
    with pytest.raises(Error, match="frozen"), transaction.atomic():
        Declaration.objects.filter(report=filed).update(sha256="0" * 64)
    with pytest.raises(ValidationError):
        declare(people, filed)


def test_a_provider_signs(people, report, provider):
    made = declaring.with_signature(people["reviewer"], report, revision=report.revision, now=NOW)
    assert (made.means, made.provider, made.reference) == ("signature", "某市电子签章", "N-1")
    assert provider.asked[0].organisation == report.organisation.name_zh
    assert made.sha256 == hashlib.sha256(provider.asked[0].document + b"\n% signed").hexdigest()
    assert submit(people, report).state == "submitted"


def test_a_provider_may_refuse(people, report, provider):
    report = actions.rename(people["filler"], report, "refused", revision=report.revision, now=NOW)
    with pytest.raises(ValidationError, match="证书已过期"):
        declaring.with_signature(people["reviewer"], report, revision=report.revision, now=NOW)
    assert not Declaration.objects.exists()


def test_without_a_provider_the_page_says_so(client, people, report):
    with pytest.raises(ValidationError, match="电子签名服务"):
        declaring.with_signature(people["reviewer"], report, revision=report.revision, now=NOW)
    client.force_login(people["reviewer"])
    client.cookies["django_language"] = "en"
    page = reverse("reporting:declaration", args=[report.pk])
    text = client.get(page).content.decode()
    assert "No provider is configured" in text
    assert "it is not a signature" in text
    bad = client.post(
        f"{page}/scan", {"revision": report.revision, "file": SimpleUploadedFile("a.pdf", b"MZ")}
    )
    assert bad.status_code == 422
    file = SimpleUploadedFile("声明.pdf", SCAN.content)
    assert client.post(f"{page}/scan", {"revision": report.revision, "file": file}).status_code == 302
    assert SCAN.sha256 in client.get(page).content.decode()
    assert b"".join(client.get(f"{page}/file")) == SCAN.content
    assert client.post(f"{page}/signature", {"revision": report.revision + 1}).status_code == 422
    for stranger in ("other", "officer", "verifier"):  # a draft is the enterprise's own
        client.force_login(people[stranger])
        assert client.get(f"{page}/file").status_code in (403, 404)


def test_programs_declare_too(client, people, report):
    client.force_login(people["reviewer"])
    address = f"/api/v1/reports/{report.pk}/declaration"
    assert client.get(address).status_code == 404
    sent = {"revision": report.revision, "file": SimpleUploadedFile("声明.pdf", SCAN.content)}
    made = client.post(address, sent)
    assert (made.status_code, made.json()["means"], made.json()["current"]) == (200, "scan", True)
    signed = client.post(
        f"{address}/signature", {"revision": report.revision + 1}, content_type="application/json"
    )
    assert signed.status_code == 422


def test_the_page_to_sign_and_the_report_carry_it(people, report):
    page = declarations.folio(report, "zh")
    said = str(page)
    for word in ("声明", "真实性、完整性和准确性", report.organisation.name_zh, "单位盖章", "法定代表人"):
        assert word in said
    assert rows.content_digest(report.pk) in said
    assert downloads.make(report, "declaration", "zh").content.startswith(b"%PDF-")
    with zipfile.ZipFile(io.BytesIO(downloads.make(report, "declaration-word", "en").content)) as word:
        assert b"Stamp of the unit" in word.read("word/document.xml")
    bare = io.BytesIO()
    write_pdf(results.result_of(report), bare, "en")
    whole = downloads.make(report, "pdf", "en").content
    assert len(whole) > len(bare.getvalue())
