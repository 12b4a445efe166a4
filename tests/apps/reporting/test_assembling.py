"""The year's report from filed months: what it takes, what differs since, what people added, and that nothing is invented."""

import io
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import Error, transaction
from reporting_helpers import FILED_AT, book_of, correct_month, create, file_month

from shutan.apps.accounts.models import LogEntry
from shutan.apps.common.files import Upload
from shutan.apps.filing import actions as filing
from shutan.apps.reporting import actions, annual, assembling, results, rows
from shutan.apps.reporting.models import AssembledMonth, Report
from shutan.cli.plants import chuannan
from shutan.documents.template import write_template
from shutan.rules.registry import rule_set

pytestmark = pytest.mark.django_db
RULES = rule_set("power")


@pytest.fixture
def book(people, files):
    return book_of(people)


@pytest.fixture
def two(people, book):
    """January and February filed, March begun."""
    return [file_month(people, book, number) for number in (1, 2)] + [
        filing.open_month(people["filler"], book, 3, now=FILED_AT)
    ]


@pytest.fixture
def draft(people, book, two):
    return annual.assemble(people["filler"], book, now=FILED_AT).report


def whole_year(change=None):
    """The plant's workbook of the year, with one figure of March changed."""
    data = chuannan(2025).dataset()
    for row in data.rows("fuel_months"):
        if change and row.values["month"] == change[0]:
            row.values["fuel_consumption_reported"] = Decimal(change[1])
    stream = io.BytesIO()
    write_template(RULES, 2025, stream, data=data)
    return Upload("year.xlsx", stream.getvalue())


def consumption(report, month):
    return {
        row.values["fuel_consumption_reported"]
        for row in rows.dataset(report.pk, RULES).rows("fuel_months")
        if row.values["month"] == month and row.values["unit"] == "1号机组" and row.values["fuel"] == "烟煤"
    }


def lines(person, report):
    return {one.month: one for one in assembling.reconcile(person, report).lines}


def test_a_draft_takes_the_months_that_count_and_nothing_else(people, book, two, draft):
    assert draft.is_draft
    assert [(one.filing.month, one.filing.version) for one in draft.months.all()] == [(1, 1), (2, 1)]
    months = {row.values["month"] for row in rows.dataset(draft.pk, RULES).rows("fuel_months")}
    assert months == {1, 2}
    assert [one.said for one in assembling.standing(assembling.versions(None, book))] == [
        *("", "", "not_filed"),
        *["missing"] * 9,
    ]
    assert assembling.uncovered(draft) == list(range(3, 13))
    assert "2025-12" in actions.against_submission(draft)[0]
    entry = LogEntry.objects.get(action="reporting.assemble")
    assert entry.details["months"] == ["2025-01 v1", "2025-02 v1"]


def test_its_figures_are_those_of_the_months(people, book, draft):
    year = assembling.year_of(book, assembling.standing(assembling.versions(None, book)))
    assert results.result_of(draft).data.rows("fuel_months")
    for one in assembling.reconcile(people["filler"], draft).sums:
        assert one.difference in (None, 0)
    assert assembling.cells(RULES, rows.dataset(draft.pk, RULES)) == assembling.cells(RULES, year.dataset())


def test_a_second_click_finds_the_draft(people, book, draft):
    again = annual.assemble(people["filler"], book, now=FILED_AT)
    assert (again.report.pk, again.is_new) == (draft.pk, False)
    assert Report.objects.count() == 1


def test_a_book_without_a_filed_month_makes_no_report(people, book):
    with pytest.raises(ValidationError, match="尚无已提交的月份"):
        annual.assemble(people["filler"], book, now=FILED_AT)
    assert not Report.objects.exists()
    with pytest.raises(PermissionDenied):
        annual.assemble(people["reviewer"], book, now=FILED_AT)


def test_a_month_corrected_since_is_told_and_taken_by_one_button(people, two, draft):
    assert not any(one.outdated for one in lines(people["filler"], draft).values())
    correct_month(people, two[0])
    line = lines(people["filler"], draft)[1]
    assert (line.outdated, line.took.version, line.stand.counts.version) == (True, 1, 2)
    assert line.differing[0].filed == "12,345.67"
    done = annual.assemble_again(people["filler"], draft, revision=draft.revision, now=FILED_AT)
    assert consumption(draft, 1) == {Decimal("12345.67")}
    assert not any(one.outdated for one in lines(people["filler"], done.report).values())
    with pytest.raises(actions.StaleError):
        annual.assemble_again(people["filler"], draft, revision=draft.revision, now=FILED_AT)


def test_a_returned_month_counts_no_more_and_is_told(people, two, draft):
    filing.decide(people["city"], two[0], "returned", revision=two[0].revision, now=FILED_AT, why="核对")
    line = lines(people["filler"], draft)[1]
    assert (line.stand.said, line.stand.counts, line.outdated) == ("returned", None, True)
    done = annual.assemble_again(people["filler"], draft, revision=draft.revision, now=FILED_AT)
    assert [one.filing.month for one in done.report.months.all()] == [2]
    assert consumption(draft, 1) == set()


def test_people_add_what_no_month_says_and_keep_it(people, book, draft):
    filler = people["filler"]
    added = annual.add(filler, draft, whole_year(), revision=draft.revision, now=FILED_AT)
    line = lines(filler, added)[3]
    assert (line.added > 0, line.taken, line.outdated) == (True, 0, False)
    assert assembling.uncovered(added) == []
    third = file_month(people, book, 3)
    assert lines(filler, added)[3].outdated
    changed = correct_month(people, third)
    done = annual.assemble_again(filler, added, revision=added.revision, now=FILED_AT)
    assert consumption(added, 3) == {Decimal("12345.67")}
    assert ("fuel_months", ("1号机组", "烟煤", "3"), "fuel_consumption_reported") in done.replaced
    assert changed.pk in set(done.report.months.values_list("filing", flat=True))
    assert consumption(added, 4) != set()


def test_a_correction_begins_with_what_people_had_added(people, book, two, draft):
    annual.add(people["filler"], draft, whole_year(), revision=draft.revision, now=FILED_AT)
    Report.objects.filter(pk=draft.pk).update(state="submitted", version=1, submitted_at=FILED_AT)
    correct_month(people, two[0])
    second = annual.assemble(people["filler"], book, now=FILED_AT).report
    assert second.pk != draft.pk
    assert assembling.uncovered(second) == []
    assert consumption(second, 1) == {Decimal("12345.67")}
    assert consumption(second, 5) == consumption(draft, 5) != set()
    line = lines(people["filler"], second)[5]
    assert (line.taken, line.added > 0) == (0, True)


def test_a_workbook_cannot_change_what_a_month_says(people, draft):
    filler = people["filler"]
    with pytest.raises(ValidationError, match="请先更正该月"):
        annual.add(filler, draft, whole_year((1, "1")), revision=draft.revision, now=FILED_AT)
    assert consumption(draft, 1) != {Decimal(1)}
    annual.add(filler, draft, whole_year((5, "1")), revision=draft.revision, now=FILED_AT)
    assert consumption(draft, 5) == {Decimal(1)}
    draft.refresh_from_db()
    annual.add(filler, draft, whole_year((5, "2")), revision=draft.revision, now=FILED_AT)
    assert consumption(draft, 5) == {Decimal(2)}
    with pytest.raises(actions.UnreadableError):
        annual.add(filler, draft, Upload("x.xlsx", b"PK"), revision=draft.revision, now=FILED_AT)


def test_an_uploaded_report_is_laid_beside_the_months(people, two):
    upload = whole_year((1, "77"))
    report = create(people["filler"], content=upload.content).report
    found = lines(people["filler"], report)
    assert found[1].differing[0].reported == "77"
    assert found[2].differing == []
    with pytest.raises(ValidationError, match="上传所得"):
        annual.assemble_again(people["filler"], report, revision=report.revision, now=FILED_AT)


def test_what_was_bought_and_used_is_laid_beside_each_other(people, draft):
    found = {one.row: one for one in assembling.reconcile(people["filler"], draft).balances}
    assert any(one.used is not None for one in found.values())
    for one in found.values():
        assert one.rest is None or one.rest == one.bought - one.used


def test_the_page_says_it_all_and_its_buttons_work(client, people, book, two, draft):
    client.force_login(people["filler"])
    page = client.get(f"/reports/{draft.pk}/months").content.decode()
    assert "2025-03" in page
    assert f'href="/filing/months/{two[0].pk}"' in page
    assert client.post(f"/reports/from-book/{book.pk}").url == f"/reports/{draft.pk}/months"
    correct_month(people, two[1])
    told = client.post(f"/reports/{draft.pk}/months/again", {"revision": draft.revision}, follow=True)
    assert "12,345" not in told.content.decode()
    draft.refresh_from_db()
    file = SimpleUploadedFile("y.xlsx", whole_year((1, "1")).content)
    sent = client.post(f"/reports/{draft.pk}/months/add", {"revision": draft.revision, "file": file})
    assert sent.status_code == 422
    assert "1号机组" in sent.content.decode()
    for stranger in ("other", "far_city", "verifier"):
        client.force_login(people[stranger])
        assert client.get(f"/reports/{draft.pk}/months").status_code in (403, 404)


def test_programs_do_the_same(client, people, two):
    client.force_login(people["filler"])
    told = {"rule_set": "power", "year": 2025}
    made = client.post("/api/v1/reports/assembly", told, content_type="application/json")
    assert made.status_code == 201
    number = made.json()["report"]["id"]
    assert client.post("/api/v1/reports/assembly", told, content_type="application/json").status_code == 200
    found = client.get(f"/api/v1/reports/{number}/months").json()
    assert [one["said"] for one in found["lines"][1:4]] == ["", "", "not_filed"]
    assert found["sums"][0]["difference"] in (None, "0")
    seen = {"revision": made.json()["report"]["revision"]}
    address = f"/api/v1/reports/{number}/months"
    assert client.post(address, seen, content_type="application/json").status_code == 200
    assert client.post(address, seen, content_type="application/json").status_code == 409
    sent = {"revision": seen["revision"] + 1, "file": SimpleUploadedFile("y.xlsx", whole_year().content)}
    assert client.post(f"/api/v1/reports/{number}/additions", sent).status_code == 200


def test_a_submitted_report_keeps_its_months(people, draft):
    annual.add(people["filler"], draft, whole_year(), revision=draft.revision, now=FILED_AT)
    Report.objects.filter(pk=draft.pk).update(state="submitted", version=1, submitted_at=FILED_AT)
    for change in (
        lambda: AssembledMonth.objects.filter(report=draft).delete(),
        draft.assembly.save,
    ):
        with pytest.raises(Error, match="frozen"), transaction.atomic():
            change()
