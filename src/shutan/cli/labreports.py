"""The demonstration's test reports: the coal plant's monthly composites of this year, as its months quote them; the last one is missing."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from shutan.apps.accounts.models import User
from shutan.apps.labreports import actions
from shutan.apps.labreports.models import TestReport
from shutan.cli.months import paper
from shutan.cli.plants import chuannan
from shutan.cli.province.listing import noon
from shutan.kernel.grain import MONTH

COMPOSITE = "烟煤"
SENT_AFTER = (("prepared_on", 1), ("sent_on", 2), ("received_on", 3))  # days after sampling


def create(now: dt.datetime) -> list[str]:
    """Record the reports of the months that are over; an enterprise that has any is left alone. Returns whose were made."""
    today = timezone.localdate(now)
    person = User.objects.select_related("organisation").filter(username="carbon").first()
    if person is None or person.organisation is None:
        return []
    if TestReport.objects.filter(organisation=person.organisation).exists():
        return []
    rows = [
        row.values
        for row in chuannan(today.year).dataset().rows("fuel_months")
        if row.values["fuel"] == COMPOSITE and row.values.get("test_report_number")
    ]
    due = [values for values in rows if _day(values["test_reported_on"]) <= today]
    with transaction.atomic():
        for values in due[:-1]:
            _record(person, today.year, values)
    return [person.organisation.name_zh] if due[:-1] else []


def _day(value: object) -> dt.date:
    assert isinstance(value, dt.date)  # noqa: S101 - the plants give days
    return value


def _record(person: User, year: int, values: dict[str, object]) -> None:
    """One report as the laboratory printed it: what the month's row says, in percent."""
    sampled, reported = _day(values["sample_collected_on"]), _day(values["test_reported_on"])
    number = str(values["test_report_number"])
    given = {
        "number": number, "laboratory_name": "示范检测中心（虚构）", "laboratory_kind": "OUTSIDE", "mark": "CMA",
        "certificate_number": "演示CMA-0001", "year": str(year), "month": str(values[MONTH]), "unit_name": str(values["unit"]),
        "fuel_kind": "BITUMINOUS", "sampling": "COMPOSITE", "sample_number": f"演样{year}-{number[-4:]}",
        "standards": "GB/T 476, GB/T 213, GB/T 212", "sampled_on": sampled.isoformat(), "reported_on": reported.isoformat(),
        "tested_on": (reported - dt.timedelta(1)).isoformat(),
    }  # fmt: skip
    given |= {name: (sampled + dt.timedelta(days)).isoformat() for name, days in SENT_AFTER}
    carbon = values["carbon_reported"]
    assert isinstance(carbon, Decimal)  # noqa: S101 - the plants give exact figures
    given["carbon_ad"] = format(carbon.scaleb(2), "f")
    for name, result in (
        ("moisture_ad", "moisture_ad"),
        ("ash_ad", "ash_ad"),
        ("hydrogen_ad", "hydrogen_ad"),
        ("sulphur_ad", "sulphur_ad"),
        ("ncv_ar_reported", "net_heat_ar"),
        ("moisture_ar_reported", "moisture_total"),
    ):
        if values.get(name) is not None:
            given[result] = str(values[name])
    scan = SimpleUploadedFile("检测报告（演示）.pdf", paper(f"test report {year}-{values[MONTH]}"))
    assert person.organisation is not None  # noqa: S101 - asked by the caller
    actions.record(
        person, person.organisation, given, {"document": scan}, now=noon(reported + dt.timedelta(1))
    )
