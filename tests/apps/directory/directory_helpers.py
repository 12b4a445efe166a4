"""People and enterprises that the tests of the directory share."""

from datetime import UTC, date, datetime

from shutan.apps.accounts.log import System
from shutan.apps.accounts.models import Kind, Organisation, User
from shutan.apps.directory import actions
from shutan.rules.common.codes import credit_code_check_character

NOW = datetime(2026, 5, 1, 4, tzinfo=UTC)
TODAY = date(2026, 5, 1)
SINCE = date(2020, 1, 1)
SYSTEM = System("test")


def code(number):
    """A valid credit code."""
    body = f"91510100MA{number:07d}"
    return body + credit_code_check_character(body)


def organisation(name, kind=Kind.ENTERPRISE, division="510100"):
    return Organisation.objects.create(kind=kind, name_zh=name, division_code=division, created_at=NOW)


def user(username, home, role):
    return User.objects.create_user(username=username, organisation=home, role=role, password="x")


def legal_person(name="甲公司", number=1, *, home=None, actor=SYSTEM, since=SINCE, **facts):
    raw = {"name": name, "credit_code": code(number), "division": "510104", "sector": "cement"} | facts
    return actions.create_entity(
        actor, "legal_person", raw, since=since, organisation=home, now=NOW, today=TODAY
    )


def facility(name, owner, *, actor=SYSTEM, since=SINCE, **facts):
    raw = {"name": name, "owner": str(owner.pk), "division": "510104", "sector": "cement"} | facts
    return actions.create_entity(actor, "facility", raw, since=since, now=NOW, today=TODAY)


def line(name, of, *, actor=SYSTEM, since=SINCE, state="operating", **facts):
    raw = {"name": name, "facility": str(of.pk), "sector": "cement"} | facts
    return actions.create_entity(actor, "line", raw, since=since, state=state, now=NOW, today=TODAY)
