"""Test reports from the record to being used, corrected or withdrawn, by pages, workbook and API."""

import io
import json
from datetime import UTC, date, datetime

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone
from labreports_helpers import NOW, PDF, REPORT, code, record

from shutan.apps.accounts.actions import create_token
from shutan.apps.labreports import actions, queries
from shutan.apps.labreports.models import TestReport
from shutan.apps.labreports.search import find
from shutan.apps.labreports.worklist import tasks


def url(name, *args):
    return reverse(f"labreports:{name}", args=args)


def fresh(report):
    return TestReport.objects.select_related("organisation").get(pk=report.pk)


def findings(person, report):
    found = queries.screened(
        person, queries.of_year(person, report.organisation_id, report.year), report.year
    )
    return [one.check for one in found.findings]


def test_a_report_keeps_the_digits_it_prints(people):
    report = record(people["filler"])
    assert fresh(report).results["carbon_ad"] == "60.10"
    assert findings(people["filler"], report) == []


def test_the_file_says_when_it_was_made(people):
    report = record(people["filler"], {"document": SimpleUploadedFile("报告.pdf", PDF)})
    assert fresh(report).file_created_on == date(2026, 4, 20)
    assert actions.created_on(b"%PDF-1.4 /CreationDate (D:20261399)") is None
    assert actions.created_on(b"%PDF-1.4") is None
    assert actions.created_on(b"<xmp:CreateDate>2026-03-01T10:00:00</xmp:CreateDate>") == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"number": ""}, "number"),
        ({"month": "13"}, "month"),
        ({"ash_ad": "101"}, "ash_ad"),
        ({"ash_ad": "abc"}, "ash_ad"),
        ({"ash_ad": "1.23456"}, "ash_ad"),
        ({"fuel_kind": "GOLD"}, "fuel_kind"),
        ({"reported_on": "2026-02-30"}, "reported_on"),
        (dict.fromkeys(("moisture_total", "moisture_ad", "ash_ad", "carbon_ad", "carbon_ar"), ""), "__all__"),
    ],
)
def test_what_is_wrong_is_named(people, changes, field):
    with pytest.raises(actions.FaultsError) as error:
        record(people["filler"], **changes)
    assert field in error.value.form.errors
    assert not TestReport.objects.exists()


def test_a_number_stands_once_a_month_and_an_exe_is_no_report(people):
    record(people["filler"])
    with pytest.raises(actions.FaultsError):
        record(people["filler"])
    record(people["filler"], month="4")
    with pytest.raises(actions.FaultsError) as error:
        record(people["filler"], {"document": SimpleUploadedFile("报告.pdf", b"MZ")}, month="5")
    assert "document" in error.value.form.errors


def test_who_sees_which_reports(people):
    report = record(people["filler"], laboratory=str(people["laboratory"].organisation_id))
    for name in ("filler", "officer", "city", "laboratory"):
        assert queries.reports(people[name]).get() == report
    for name in ("other", "far_city", "service", "other_laboratory"):
        assert not queries.reports(people[name]).exists()
    for name in ("other", "service", "laboratory", "officer"):
        with pytest.raises(PermissionDenied):
            actions.withdraw(people[name], report, reason="不对", now=NOW)


def test_a_change_says_what_it_saw(people):
    report = record(people["filler"])
    changed = actions.change(people["filler"], report, REPORT | {"ash_ad": "25.10"}, revision=1, now=NOW)
    assert (changed.pk, changed.results["ash_ad"], changed.revision) == (report.pk, "25.10", 2)
    with pytest.raises(actions.StaleError):
        actions.change(people["filler"], report, REPORT, revision=1, now=NOW)


def test_a_used_report_is_corrected_by_a_further_version(people):
    report = record(people["filler"])
    actions.use([report], now=NOW)
    with pytest.raises(ValidationError, match="further version"):
        actions.withdraw(people["filler"], fresh(report), reason="不对", now=NOW)
    with pytest.raises(ValidationError, match="say why"):
        actions.change(people["filler"], report, REPORT, revision=1, now=NOW)
    new = actions.change(
        people["filler"], report, REPORT | {"carbon_ar": "55.20"}, revision=1, reason="录入有误", now=NOW
    )
    old = fresh(report)
    assert (new.version, new.previous_id, new.results["carbon_ar"], new.used_at) == (
        2,
        report.pk,
        "55.20",
        None,
    )
    assert (old.state, old.reason, old.results["carbon_ar"]) == ("replaced", "录入有误", "55.19")
    assert queries.of_year(people["filler"], report.organisation_id, 2026) == [new]


@pytest.mark.parametrize(
    "change",
    [
        {"results": {}},
        {"number": "X"},
        {"mark": "NONE"},
        {"sampled_on": date(2026, 1, 1)},
        {"used_at": None},
        {"sha256": "x"},
    ],
)
def test_a_used_report_cannot_be_changed_by_anybody(people, change):
    report = record(people["filler"])
    actions.use([report], now=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        TestReport.objects.filter(pk=report.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        TestReport.objects.filter(pk=report.pk).delete()


def test_a_withdrawn_report_does_not_count(people):
    report = record(people["filler"])
    with pytest.raises(ValidationError):
        actions.withdraw(people["filler"], report, reason=" ", now=NOW)
    actions.withdraw(people["filler"], report, reason="误录", now=NOW)
    assert queries.of_year(people["filler"], report.organisation_id, 2026) == []
    with pytest.raises(ValidationError, match="does not count"):
        actions.withdraw(people["filler"], report, reason="误录", now=NOW)
    record(people["filler"])  # the number is free again


def test_findings_by_audience(people):
    reports = [
        record(
            people["filler"],
            number=f"R-{month}",
            month=str(month),
            sample_number=f"S{month}",
            received_on="2026-03-12",
        )
        for month in (1, 2, 3)
    ]
    assert findings(people["officer"], reports[0]).count("LAB-17") == 1
    assert "LAB-17" not in findings(people["filler"], reports[0])
    assert "LAB-17" not in findings(people["city"], record(people["other"]))


@pytest.fixture
def as_(client, people):
    def sign_in(name):
        client.force_login(people[name])
        return client

    return sign_in


def test_pages(as_, people):
    filler = as_("filler")
    assert filler.get(url("list")).status_code == 200
    assert filler.get(url("new")).status_code == 200
    assert filler.post(url("new"), REPORT | {"ash_ad": "x"}).status_code == 422
    made = filler.post(
        url("new"), REPORT | {"moisture_total": "1.00", "document": SimpleUploadedFile("报告.pdf", PDF)}
    )
    report = TestReport.objects.get()
    assert made["Location"] == url("report", report.pk)
    page = filler.get(url("report", report.pk))
    assert [one["check"] for one in page.context["findings"]] == ["LAB-05", "LAB-03"]
    assert filler.get(url("file", report.pk)).content == PDF
    year = filler.get(url("year", report.organisation_id, 2026))
    assert any(one[0] == "LAB-04" for one in year.context["not_run"])
    assert year.context["clean"]
    assert filler.get(url("year", report.organisation_id, 2025)).status_code == 404
    assert filler.get(url("change", report.pk)).status_code == 200
    assert filler.post(url("change", report.pk), REPORT | {"revision": "1"}).status_code == 302
    assert filler.post(url("change", report.pk), REPORT | {"revision": "1"}).status_code == 422
    assert as_("other").get(url("report", report.pk)).status_code == 404
    assert as_("officer").get(url("report", report.pk)).status_code == 200
    assert as_("officer").get(url("change", report.pk)).status_code == 403
    as_("filler").post(url("withdraw", report.pk), {"why": "误录"})
    assert fresh(report).state == "not_counted"
    assert as_("filler").get(url("report", report.pk)).status_code == 200


def test_many_by_workbook(as_, people):
    record(people["filler"])
    filler = as_("filler")
    book = openpyxl.load_workbook(io.BytesIO(filler.get(url("template")).content))
    sheet = book.worksheets[0]
    names = [one.value for one in sheet[1]]
    for column, cell in enumerate([one.value for one in sheet[3]], start=1):
        sheet.cell(4, column, cell)
    sheet.cell(4, names.index("month") + 1, 4)
    sheet.cell(4, names.index("number") + 1, "R-2026-04")
    assert _sent(filler, book).status_code == 200
    assert sorted(TestReport.objects.values_list("number", flat=True)) == ["R-2026-03", "R-2026-04"]
    sheet.cell(4, names.index("ash_ad") + 1, "much")
    sheet.cell(3, names.index("fuel_kind") + 1, "黄金")
    answer = _sent(filler, book)
    assert answer.status_code == 422
    assert {one.cell for one in answer.context["faults"]} >= {"N3", "Z4"} or len(
        answer.context["faults"]
    ) == 2


def _sent(client, book):
    stream = io.BytesIO()
    book.save(stream)
    return client.post(url("import"), {"file": SimpleUploadedFile("检测.xlsx", stream.getvalue())})


def test_a_used_report_is_not_overwritten_by_a_workbook(as_, people):
    report = record(people["filler"])
    actions.use([report], now=NOW)
    book = openpyxl.load_workbook(io.BytesIO(as_("filler").get(url("template")).content))
    sheet = book.worksheets[0]
    sheet.cell(3, [one.value for one in sheet[1]].index("unit_name") + 1, "2号机组")
    assert _sent(as_("filler"), book).status_code == 422
    assert fresh(report).unit_name == ""


def test_the_api(client, people):
    secrets = {}

    def call(name, method, path, sent=None):
        if name not in secrets:
            secrets[name] = create_token(people[name], label="test", scope="write", now=timezone.now()).secret
        more = {"data": json.dumps(sent), "content_type": "application/json"} if sent is not None else {}
        answer = client.generic(
            method, f"/api/v1{path}", HTTP_AUTHORIZATION=f"Bearer {secrets[name]}", **more
        )
        return answer.status_code, answer.json() if answer.content else None

    assert call("filler", "POST", "/tests", {"values": REPORT | {"ash_ad": "x"}})[0] == 422
    status, made = call("filler", "POST", "/tests", {"values": REPORT})
    assert (status, made["results"]["carbon_ad"], made["used"]) == (201, "60.10", False)
    path = f"/tests/{made['id']}"
    assert call("other", "GET", path)[0] == 404
    assert (
        call("filler", "PUT", path, {"values": REPORT | {"moisture_total": "1.00"}, "revision": 1})[0] == 200
    )
    assert call("filler", "PUT", path, {"values": REPORT, "revision": 1})[0] == 409
    status, told = call("officer", "GET", f"/tests/findings?year=2026&organisation={code(1)}")
    assert status == 200
    assert {"LAB-03", "LAB-05"} <= {one["check"] for one in told["findings"]}
    assert call("far_city", "GET", f"/tests/findings?year=2026&organisation={code(1)}")[0] == 404
    assert call("officer", "GET", "/tests?year=2026")[1]["count"] == 1
    assert call("filler", "POST", f"{path}/withdrawal", {"reason": "误录"})[1]["state"] == "not_counted"


def test_missing_and_late_reports_wait_on_the_worklist_and_are_found(people):
    record(people["filler"])
    record(people["filler"], number="R-2026-05", month="5", sampled_on="2026-05-31", reported_on="2026-07-31")
    titles = [one.title for one in tasks(people["filler"], datetime(2026, 7, 20, tzinfo=UTC))]
    missing = [one for one in titles if "missing" in one]
    assert [one[-7:] for one in missing] == ["2026-04", "2026-06"]
    assert [one for one in titles if "R-2026-05" in one]
    assert list(tasks(people["officer"], datetime(2026, 7, 20, tzinfo=UTC))) == []
    assert [hit.title for hit in find(people["filler"], "R-2026-05")] == ["R-2026-05 2026-05"]
    assert list(find(people["other"], "R-2026-05")) == []
