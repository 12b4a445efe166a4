"""A month's carbon from a test report: taken, told when it was corrected, frozen when the month is filed."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from filing_helpers import NOW, file_month, fill, fill_book

from shutan.apps.filing import actions, from_tests
from shutan.apps.filing.content import Year
from shutan.apps.filing.models import FiledValue
from shutan.apps.labreports import actions as reports
from shutan.apps.labreports.models import TestReport
from shutan.rules.laboratory.cells import month_cells

REPORT = {
    "number": "检〔2025〕3", "laboratory_name": "检测公司", "laboratory_kind": "OUTSIDE", "mark": "CMA", "year": "2025",
    "month": "3", "fuel_kind": "BITUMINOUS", "sampling": "COMPOSITE", "sample_number": "S-03", "unit_name": "1号机组",
    "sampled_on": "2025-03-31", "reported_on": "2025-04-15", "carbon_ad": "60.10", "moisture_ad": "2.00", "net_heat_ar": "20.512",
}  # fmt: skip
ROW = ("1号机组", "烟煤")


@pytest.fixture
def month(people):
    book = actions.open_book(
        people["filler"], people["filler"].organisation, rule_set="power", year=2025, now=NOW
    )
    fill_book(people["filler"], book)
    return actions.open_month(people["filler"], book, 3, now=NOW)


def record(person, **values):
    return reports.record(person, person.organisation, REPORT | values, now=NOW)


def held(month, name):
    return FiledValue.objects.get(filing=month, table="fuel_months", key=list(ROW), variable=name)


def offers(person, month):
    return from_tests.offers(person, Year.of(month.book, {3: month}), 3)


def test_cells_say_which_report_they_came_from_and_that_it_was_corrected(people, month):
    filler = people["filler"]
    report = record(filler)
    (offer,) = offers(filler, month)
    assert (offer.key, offer.state) == (ROW, "open")
    assert {one.name: one.given for one in offer.figures} == {
        "carbon_reported": "0.6010",
        "moisture_ad": "2.00",
        "ncv_ar_reported": "20.512",
    }
    done = from_tests.take(filler, month, report, "fuel_months", ROW, now=NOW)
    assert done.refused == []
    assert done.conflicts == []
    assert (str(held(month, "carbon_reported").number.normalize()), held(month, "carbon_basis").text) == (
        "0.601",
        "AIR_DRIED",
    )
    assert held(month, "test_report_number").text == "检〔2025〕3"
    assert offers(filler, month)[0].state == "taken"
    fill(filler, month)  # the rest of the month, with other figures typed over
    from_tests.take(filler, month, report, "fuel_months", ROW, now=NOW)
    file_month(people, month)
    report.refresh_from_db()
    assert report.used_at == NOW
    corrected = reports.change(
        filler, report, REPORT | {"carbon_ad": "61.00"}, revision=report.revision, reason="笔误", now=NOW
    )
    (told,) = offers(filler, month)
    assert (told.report.pk, told.state) == (corrected.pk, "corrected")
    assert ("0.601", "0.6100") in {(one.held, one.given) for one in told.figures}


@pytest.mark.parametrize(
    "values",
    [
        {"month": "4"},
        {"sampling": "DAILY"},
        {"fuel_kind": "LIGNITE"},
        {"unit_name": "3号机组"},
        {"carbon_ad": "", "net_heat_ar": "", "moisture_ad": "", "nitrogen_ad": "1.0"},
    ],
)
def test_what_does_not_fit_is_not_offered(people, month, values):
    record(people["filler"], **values)
    assert offers(people["filler"], month) == []


def test_another_month_s_report_and_another_row_are_refused(people, month):
    report = record(people["filler"], month="4")
    with pytest.raises(ValidationError):
        from_tests.take(people["filler"], month, report, "fuel_months", ROW, now=NOW)
    report = record(people["filler"], number="b")
    for table, key in (("fuel_months", ("9号机组", "烟煤")), ("nothing", ROW), ("unit_months", ("1号机组",))):
        with pytest.raises(ValidationError):
            from_tests.take(people["filler"], month, report, table, key, now=NOW)


def test_the_page_takes_a_report(client, people, month):
    report = record(people["filler"])
    client.force_login(people["filler"])
    url = reverse("filing:tests", args=[month.pk])
    assert "检〔2025〕3" in client.get(url).content.decode()
    sent = {"report": report.pk, "table": "fuel_months", "key": list(ROW)}
    assert client.post(url, sent).status_code == 302
    assert TestReport.objects.get().used_at is None
    assert held(month, "ncv_ar_reported").note.endswith(f"#{report.pk}")


def test_carbon_as_received_without_the_moisture_of_its_sample():
    dates = {"sampled_on": dt.date(2025, 3, 31), "reported_on": dt.date(2025, 4, 15)}
    inputs = ("carbon_reported", "carbon_basis", "carbon_source")
    found = month_cells(
        inputs, {"carbon_ad": "60", "carbon_ar": "55.19"}, sampling="OTHER", number="1", **dates
    )
    assert found == {"carbon_reported": "0.5519", "carbon_basis": "RECEIVED", "carbon_source": "MONTHLY_TEST"}
    assert month_cells(inputs, {"carbon_ar": "55.19"}, sampling="BATCH", number="1", **dates) == {}
