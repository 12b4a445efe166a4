"""Make the drawn province through the actions that people call; what is there already is left alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from shutan.apps.accounts.actions import create_organisation, create_user
from shutan.apps.accounts.demo import ACTOR, DEMO_PASSWORD, WHY, Login
from shutan.apps.accounts.models import DEPARTMENTS, ROLES_OF_KIND, Kind, Organisation, Role, User
from shutan.apps.directory import workbook
from shutan.apps.directory.actions import link_organisation
from shutan.apps.directory.importing import import_rows
from shutan.apps.directory.models import EntityKind, Fact
from shutan.cli.province import listing
from shutan.cli.province.drawing import Enterprise, Office, enterprises, offices, rows
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
PEOPLE_OF_ENTERPRISES = (
    (Role.ADMIN, "管理员"),
    (Role.FILLER, "填报人"),
    (Role.RESPONSIBLE, "责任人"),
)


def make(progress: Callable[[str], None], count: int) -> list[Login]:
    """Make offices with their log-ins, and `count` enterprises with people, sites and lines; returns the log-ins."""
    now = timezone.now()
    known = {one.name_zh: one for one in Organisation.objects.all()}
    made = [_organisation(one, known, now) for one in offices()]
    logins = [login for kind, roles in SHOWN.items() for login in _log_ins(_shown(made, kind), roles, now)]
    groups = [one for one in made if one.kind == Kind.GROUP]
    drawn = enterprises(count)
    new = [one for one in drawn if one.zh not in known]
    for start in range(0, len(new), BATCH):
        with transaction.atomic():  # one commit for many actions
            for one in new[start : start + BATCH]:
                _enterprise(one, groups, now)
        done = min(start + BATCH, len(new))
        progress(pick(f"  示范企业 {done}/{len(new)}|  enterprises {done}/{len(new)}"))
    with transaction.atomic():
        _directory(drawn, now)
    listing.make(drawn, timezone.localdate(now))
    return logins


def _organisation(one: Office, known: Mapping[str, Organisation], now: datetime) -> Organisation:
    return known.get(one.zh) or create_organisation(
        ACTOR,
        kind=one.kind,
        name_zh=one.zh,
        name_en=one.en,
        credit_code=one.code or None,
        division_code=one.division,
        is_fictitious=True,
        now=now,
        why=WHY,
    )


def _shown(made: list[Organisation], kind: str) -> Organisation:
    of_kind = [one for one in made if one.kind == kind]
    return next((one for one in of_kind if one.division_code == CITY), of_kind[0])


def _log_ins(organisation: Organisation, roles: Iterable[str], now: datetime) -> list[Login]:
    """Return a log-in `kind-role` for every role wanted, made where it is missing."""
    found = []
    for role in roles:
        username = f"{organisation.kind}-{role}"
        name = f"{Kind(organisation.kind).name.title()} {Role(role).name.title()}"
        if not User.objects.filter(username=username).exists():
            create_user(
                ACTOR,
                organisation,
                username=username,
                name=name,
                role=role,
                password=DEMO_PASSWORD,
                email=f"{username}@example.invalid",
                now=now,
                why=WHY,
            )
        found.append(Login(username, DEMO_PASSWORD, name, role, organisation.name_zh))
    return found


def _enterprise(one: Enterprise, groups: list[Organisation], now: datetime) -> None:
    """Register an enterprise, put it under its group, and invite its people."""
    organisation = create_organisation(
        ACTOR,
        kind=Kind.ENTERPRISE,
        name_zh=one.zh,
        name_en=one.en,
        credit_code=one.code,
        division_code=one.division,
        head_office=None if one.group is None else groups[one.group],
        is_fictitious=True,
        now=now,
        why=WHY,
    )
    for role, name in PEOPLE_OF_ENTERPRISES:
        username = f"{one.code.lower()}-{role}"
        create_user(
            ACTOR,
            organisation,
            username=username,
            name=f"{one.representative}（{name}）",
            role=role,
            password=None,
            email=f"{username}@example.invalid",
            now=now,
            why=WHY,
        )


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
