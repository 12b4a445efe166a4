"""People and reports that the tests share."""

from datetime import UTC, datetime

from shutan.apps.accounts.models import Kind, Organisation, User
from shutan.apps.labreports import actions
from shutan.rules.common.codes import credit_code_check_character

NOW = datetime(2026, 5, 1, 4, tzinfo=UTC)
PDF = b"%PDF-1.4 << /CreationDate (D:20260420101500+08'00') >>"
REPORT = {
    "number": "R-2026-03",
    "laboratory_name": "检测公司",
    "laboratory_kind": "OUTSIDE",
    "mark": "CMA",
    "year": "2026",
    "month": "3",
    "fuel_kind": "BITUMINOUS",
    "sampling": "COMPOSITE",
    "sample_number": "S-03",
    "sampled_on": "2026-03-10",
    "reported_on": "2026-04-19",
    "moisture_total": "10.00",
    "moisture_ad": "2.00",
    "ash_ad": "25.00",
    "carbon_ad": "60.10",
    "carbon_ar": "55.19",
}


def code(number):
    text = f"91510100MA{number:07d}"
    return text + credit_code_check_character(text)


def organisation(name, kind=Kind.ENTERPRISE, division="510100", number=None):
    return Organisation.objects.create(
        kind=kind, name_zh=name, division_code=division, credit_code=number and code(number), created_at=NOW
    )


def user(username, home, role):
    return User.objects.create_user(username=username, organisation=home, role=role, password="x")


def record(person, sent=None, **values):
    return actions.record(person, person.organisation, REPORT | values, sent, now=NOW)
