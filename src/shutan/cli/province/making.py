"""Make the drawn province through the actions that people call; what is there already is left alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from shutan.apps.accounts.demo import (
    ACTOR,
    WHY,
    Login,
    make_login,
    make_organisation,
    make_person,
    person_name,
)
from shutan.apps.accounts.models import DEPARTMENTS, ROLES_OF_KIND, Kind, Organisation, Role
from shutan.apps.directory import workbook
from shutan.apps.directory.actions import link_organisation
from shutan.apps.directory.importing import import_rows
from shutan.apps.directory.models import EntityKind, Fact
from shutan.cli.province import bodies, dealings, listing, standards
from shutan.cli.province.drawing import Enterprise, Office, enterprises, offices, rows
from shutan.cli.province.own import plants
from shutan.cli.words import pick

# Of these kinds one organisation has log-ins; the others' people are invited and have not come yet.
SHOWN: dict[str, tuple[str, ...]] = {
    Kind.CITY: ROLES_OF_KIND[Kind.CITY],
    **dict.fromkeys(DEPARTMENTS, (Role.OFFICER,)),
    **{
        kind: ROLES_OF_KIND[kind]
        for kind in (
            Kind.GROUP, Kind.VERIFIER, Kind.LABORATORY, Kind.SERVICE, Kind.EXCHANGE, Kind.BANK, Kind.ASSOCIATION, Kind.EXPERT,
        )
    },
}  # fmt: skip
BATCH = 50
CITY = "510500"  # whose bureau has log-ins: the demonstration's first plant lies there
INVITED = (Role.ADMIN, Role.FILLER, Role.RESPONSIBLE)  # of every enterprise


def make(progress: Callable[[str], None], count: int) -> list[Login]:
    """Make offices with their log-ins, and `count` enterprises with people, sites and lines; returns the log-ins."""
    now = timezone.now()
    made = [_office(one, now) for one in offices()]
    logins = [
        make_login(now, f"{kind}-{role}", _shown(made, kind), role)
        for kind, roles in SHOWN.items()
        for role in roles
    ]
    groups = [one for one in made if one.kind == Kind.GROUP]
    drawn = enterprises(count)
    listed = [*drawn, *plants()]
    known = set(Organisation.objects.values_list("credit_code", flat=True))
    new = [one for one in drawn if one.code not in known]
    for start in range(0, len(new), BATCH):
        with transaction.atomic():  # one commit for many actions
            for one in new[start : start + BATCH]:
                _enterprise(one, groups, now)
        done = min(start + BATCH, len(new))
        progress(pick(f"  示范企业 {done}/{len(new)}|  enterprises {done}/{len(new)}"))
    with transaction.atomic():
        _directory(listed, now)
    today = timezone.localdate(now)
    listing.make(listed, today)
    with transaction.atomic():
        shown = {kind: _shown(made, kind) for kind in SHOWN}
        bodies.make(made, drawn, shown, today)
        standards.make(today)
        dealings.make(shown[Kind.SERVICE], drawn, today)
    return logins


def _office(one: Office, now: datetime) -> Organisation:
    return make_organisation(now, one.kind, one.zh, one.en, division=one.division, code=one.code)


def _shown(made: list[Organisation], kind: str) -> Organisation:
    of_kind = [one for one in made if one.kind == kind]
    return next((one for one in of_kind if one.division_code == CITY), of_kind[0])


def _enterprise(one: Enterprise, groups: list[Organisation], now: datetime) -> None:
    """Register an enterprise, put it under its group, and invite its people."""
    organisation = make_organisation(
        now,
        Kind.ENTERPRISE,
        one.zh,
        one.en,
        division=one.division,
        code=one.code,
        head_office=None if one.group is None else groups[one.group],
    )
    for role in INVITED:
        username = f"{one.code.lower()}-{role}"
        make_person(now, username, organisation, role, name=person_name(username), password=None)


def _directory(drawn: list[Enterprise], now: datetime) -> None:
    """Import what the directory does not know yet, and link each legal person with its account."""
    today = timezone.localdate(now)
    codes = {one.code for one in drawn}
    stated = Fact.objects.filter(
        entity__kind=EntityKind.LEGAL_PERSON, name="credit_code", value__in=codes, withdrawn_at=None
    )
    there = set(stated.values_list("value", flat=True))
    if new := [one for one in drawn if one.code not in there]:
        import_rows(ACTOR, workbook.from_json(rows(new)), source=WHY, now=now, today=today, why=WHY)
    accounts = {one.credit_code: one for one in Organisation.objects.filter(credit_code__in=codes)}
    for fact in stated.filter(entity__organisation=None).select_related("entity"):
        account = accounts[fact.value]
        link_organisation(ACTOR, fact.entity, account, version=fact.entity.version, now=now, why=WHY)
