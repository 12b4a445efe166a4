"""People and records that the tests of the register share."""

import io
from datetime import UTC, date, datetime, timedelta

import xlsxwriter
from django.utils import timezone

from shutan.apps.accounts.models import Kind, Organisation, User
from shutan.apps.bodies import actions
from shutan.apps.bodies.models import Application, Body
from shutan.apps.bodies.sections import SECTIONS
from shutan.rules.common.codes import credit_code_check_character

NOW = datetime(2026, 5, 1, 4, tzinfo=UTC)
TODAY = date(2026, 5, 1)
PROFILE = {
    "legal_representative": "李明",
    "registered_capital": "500.5",
    "premises": "成都市高新区一号",
    "contact_name": "王芳",
    "contact_phone": "028-1234567",
    "contact_email": "wang@example.invalid",
    "services": ["verification"],
    "summary": "核查",
    "quality_measures": "三级审核",
    "impartiality_measures": "回避制度",
}
PERSON = {"name": "张三", "certificate": "核查员", "certificate_number": "SECRET-77", "is_full_time": "on"}
INSTRUMENT = {
    "name": "量热仪",
    "serial_number": "SN-SECRET-1",
    "measures": "发热量",
    "valid_to": "2027-01-31",
}
CMA = {
    "kind": "cma",
    "number": "232200001",
    "issuer": "省市场监督管理局",
    "scope": "煤 元素碳 GB/T 476-2008",
    "valid_from": "2023-01-01",
    "valid_to": "2029-12-31",
}
WORK = {
    "service": "verification",
    "year": "2025",
    "client_name": "保密客户电厂",
    "finished_on": "2026-04-20",
    "in_province": "on",
}
INTEREST = {"kind": "staff", "party_name": "保密客户钢厂", "person": "张三"}


def code(number):
    """A valid credit code."""
    text = f"91510100MA{number:07d}"
    return text + credit_code_check_character(text)


def organisation(name, kind=Kind.ENTERPRISE, division="510100", number=None):
    return Organisation.objects.create(
        kind=kind, name_zh=name, division_code=division, credit_code=number and code(number), created_at=NOW
    )


def user(username, home, role):
    return User.objects.create_user(username=username, organisation=home, role=role, password="x")


def profile(person, body, now=NOW, **values):
    body.refresh_from_db()
    return actions.change_profile(person, body, PROFILE | values, revision=body.revision, now=now)


def keep(person, body, part, values, **more):
    return actions.keep_row(person, body, SECTIONS[part], values, now=NOW, **more)


def a_body(person, **values):
    """A complete record with a line in every part."""
    body = actions.start(person, person.organisation, now=NOW)
    body = profile(person, body, **values)
    for part, row in (
        ("accreditations", CMA),
        ("people", PERSON),
        ("instruments", INSTRUMENT),
        ("works", WORK),
        ("interests", INTEREST),
    ):
        keep(person, body, part, row)
    body.refresh_from_db()
    return body


def submit(person, body, now=NOW, **more):
    body.refresh_from_db()
    return actions.submit(person, body, revision=body.revision, now=now, **more)


def publish(signer, officer, body, now=NOW, **more):
    """Applied for and published; the page."""
    actions.decide(officer, submit(signer, body, now), approve=True, now=now, **more)
    return Body.objects.get(pk=body.pk).page


def later(days):
    """Some days after today's clock, for what pages judge by it."""
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def workbook(part, *lines):
    """A filled-in workbook: machine names, labels, lines."""
    names = SECTIONS[part].names
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    sheet = book.add_worksheet()
    for place, line in enumerate([names, names, *[[line.get(name) for name in names] for line in lines]]):
        for column, value in enumerate(line):
            if value is not None:
                sheet.write(place, column, value)
    book.close()
    return stream.getvalue()


def last_application(body):
    return Application.objects.filter(body=body).first()
