"""What belongs to one organisation never reaches another: every route, as it stands in the router, asked by strangers.

All rows of one enterprise get the same key in every table, so that every route with a number in its address is asked
for them, new routes too. A new app must put rows into `world` (leak_rows.py).
"""

import importlib
import io
import itertools
import json
import os
import sys
import zipfile
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "apps" / "reporting"))

import leak_rows
from reporting_helpers import create

from shutan.apps.accounts import actions, mandates, people
from shutan.apps.accounts.models import ROLES_OF_KIND, Area, Kind, LogEntry, Organisation, User
from shutan.apps.directory.models import EntityKind
from shutan.apps.duties.views.lists import STEP_FORMS
from shutan.apps.referrals.actions import STEPS as REFERRAL_STEPS
from shutan.apps.reporting.actions import submit
from shutan.apps.review.asking import STEPS as REVIEW_STEPS
from shutan.apps.review.clues import STEPS as CLUE_STEPS
from shutan.apps.review.views.month import DECISIONS
from shutan.apps.standards.procedure import STEPS
from shutan.cli.demonstration import declare

KEY = 424_242
# The first two characters are searched for, all of them must not come back.
NAME, PERSON, REPORT, MANDATE, REASON = "泄密厂乙丙", "泄密人乙丙", "泄密报告书", "泄密委托书", "泄密的原因"
SECRETS = (NAME, PERSON, REPORT, MANDATE, REASON, *leak_rows.SECRETS)
ASKED = "泄密"

# What stands in addresses beside numbers: of one route, or of all that have none of their own; else it is "x".
WORDS = {
    "rules": ["power"],
    "name": ["enterprise_emissions"],
    "kind": ["json", "xlsx"],
    "part": ["works", "instruments"],
    "year": [2024],
    "clause_id": ["AG 6.2.1(1)"],
    "directory:kind kind": EntityKind.values,
    "directory:create kind": EntityKind.values,
    "duties:template kind": ["emissions", "candidates"],
    "duties:list_step name": list(STEP_FORMS),
    "duties:duty_change name": ["done", "extend", "reopen"],
    "policies:export kind": ["docx", "pdf"],
    "referrals:step name": list(REFERRAL_STEPS),
    "standards:step name": list(STEPS),
    "review:decide name": list(DECISIONS),
    "review:step kind": list(REVIEW_STEPS),
    "review:clue_step kind": list(CLUE_STEPS),
    "api:rule_set_template name": ["power"],
    "api:rule_set_schema name": ["power"],
    "api:rule_set_clauses name": ["power"],
    "api:rule_set_parameters name": ["power"],
    "api:rule_set_parameter name": ["power"],
}
# The same for everybody, and slow: at night.
SAME = {"api:openapi-json", "reporting:matrix", "reporting:guidelines", "reporting:parameters"}
# Reads in which a test plants a leak, a stranger whom they then tell too much, and where.
PLANTS = [
    (
        "shutan.apps.directory.queries.entities",
        "rival",
        {"directory:kind", "directory:entity", "directory:export", "api:directory", "api:directory_entity"},
    ),
    (
        "shutan.apps.duties.queries_duties.duties",
        "far_city",
        {"duties:duties", "duties:duty", "duties:ics", "api:duties", "api:duty"},
    ),
    (
        "shutan.apps.bodies.queries.bodies",
        "verifier",
        {"bodies:section", "bodies:application", "api:body_rows"},
    ),
    (
        "shutan.apps.standards.queries.assessments",
        "rival",
        {"standards:assessment", "standards:assessments", "api:assessment", "api:assessments"},
    ),
    ("shutan.apps.reporting.queries.reports", "rival", {"reporting:list", "reporting:report", "api:reports"}),
    ("shutan.apps.accounts.scope.organisations", "rival", {"accounts:organisations", "api:organisation"}),
]
# A legal person, its facility, its line: the directory keeps them in one table.
KEYS = (KEY, KEY + 1, KEY + 2)

# Each stranger asks hundreds of pages: `make nightly` sends them all, every run the four that differ most.
NIGHTLY = bool(os.environ.get("SHUTAN_NIGHTLY"))
STRANGERS = {
    "rival": (Kind.ENTERPRISE, "510100"),
    "company": (Kind.SERVICE, "510100"),
    "head_office": (Kind.GROUP, "510100"),
    "far_city": (Kind.CITY, "513200"),
    "far_department": (Kind.INDUSTRY, "513200"),
    "police": (Kind.POLICE, "510000"),
    "verifier": (Kind.VERIFIER, "510000"),
    "bank": (Kind.BANK, "510000"),
    "public": (Kind.PUBLIC, "510000"),
}


def routes(resolver=None, space="", taken=()):
    """Name of every route and the names of what its address takes, by kind of value."""
    for pattern in (resolver or get_resolver()).url_patterns:
        takes = {**dict(taken), **pattern.pattern.converters}
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from routes(pattern, inner, tuple(takes.items()))
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield f"{space}{pattern.name}", takes


def addresses():
    """Every address a stranger may try."""
    for route, takes in routes():
        if route.startswith(("account_", "mfa_", "usersessions_", "socialaccount_", "openid")):
            continue  # allauth's own, about the person who asks
        numbers = [
            name for name, one in takes.items() if type(one).__name__ == "IntConverter" and name != "year"
        ]
        words = [WORDS.get(f"{route} {name}") or WORDS.get(name, ["x"]) for name in takes.keys() - numbers]
        for key in KEYS if "directory" in route and numbers else KEYS[:1]:
            for said in itertools.product(*words):
                values = dict.fromkeys(numbers, key) | dict(zip(takes.keys() - numbers, said, strict=True))
                try:
                    yield route, reverse(route, kwargs=values), bool(takes)
                except NoReverseMatch:
                    continue


@pytest.fixture
def world(db, settings, tmp_path):
    """The enterprise with a secret in every table, and a stranger of each kind, made after it."""
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "files")},
        }
    }
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for model in apps.get_models():
            if model._meta.db_table in tables:
                place = [f'"{model._meta.db_table}"', model._meta.pk.column]
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s, false)", [*place, KEY])
    now = timezone.now()
    home = Organisation.objects.create(
        name_zh=NAME, kind=Kind.ENTERPRISE, division_code="510500", created_at=now
    )
    boss = person("boss", home, "admin")
    colleague = person("colleague", home, "filler")
    agent = person("agent", organisation("代理公司", Kind.SERVICE), "admin")
    today = timezone.localdate(now)
    offered = mandates.give(
        boss, principal=home, agent=agent.organisation, areas=[Area.REPORTING], begins=today, ends=today,
        number=MANDATE, now=now,
    )  # fmt: skip
    mandates.accept(agent, offered, now=now)
    actions.create_token(boss, label=REASON, now=now)
    people.appoint_deputy(boss, boss, colleague, begins=today, ends=today, now=now, why=REASON)
    report = create(boss, title=REPORT).report
    officer = person("officer", organisation("省厅", Kind.PROVINCE), "officer")
    owner = leak_rows.of_directory(home, now, today)
    statistics = organisation("统计局", Kind.STATISTICS)
    leak_rows.of_duties(owner, home, statistics, now, today)
    leak_rows.of_referrals(officer, statistics, home, now, today)
    leak_rows.of_bodies(agent, officer)
    leak_rows.of_filing(colleague, now)
    leak_rows.of_review(officer, now, today)
    leak_rows.of_schemes(colleague, now)
    leak_rows.of_labreports(colleague)
    leak_rows.of_policies(colleague, now, today)
    leak_rows.of_disclosure(report, now)
    leak_rows.of_standards(colleague, officer, now, today)
    strangers = {
        name: person(name, organisation(f"机构{name}", kind, division), ROLES_OF_KIND[kind][0])
        for name, (kind, division) in STRANGERS.items()
    }
    owners = [boss, colleague, agent, officer]
    return {"boss": boss, "report": report, "owners": owners, "strangers": strangers}


def file_report(world):
    """The draft declared and submitted."""
    boss, report = world["boss"], declare(world["boss"], world["report"], timezone.now())
    submit(boss, report, revision=report.revision, now=timezone.now())


def organisation(name, kind, division="510000"):
    return Organisation.objects.create(
        name_zh=name, kind=kind, division_code=division, created_at=timezone.now()
    )


def person(name, home, role):
    return User.objects.create(
        username=name, name=PERSON if name == "boss" else name, organisation=home, role=role
    )


def told(response):
    """What an answer says: JSON unescaped, workbooks and other archives unpacked."""
    content = b"".join(response)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b"\n".join(map(archive.read, archive.namelist()))
    content = content.decode("utf-8-sig", "replace")
    if response.headers.get("Content-Type", "").startswith("application/json"):
        return json.dumps(json.loads(content), ensure_ascii=False)
    return content


def leaked(response):
    """The secrets that an answer gives away."""
    said = told(response)
    return [secret for secret in SECRETS if secret in said]


def found_in(client, only=None):
    """Where a person finds a secret: route, how it was asked, what; of all routes or of those named."""
    seen = []
    for route, address, takes in addresses():
        if (only is not None and route not in only) or (route in SAME and not NIGHTLY):
            continue
        for tail in [""] if takes else ["", f"?q={ASKED}", "?export=csv", f"?text={ASKED}"]:
            answer = client.get(address + tail)
            if got := leaked(answer):
                seen.append((route, tail, got))
            if answer.status_code >= 300:
                break  # closed to this person, however it is asked
    return seen


def test_the_world_is_full_of_secrets_for_those_who_own_them(client, world):
    """Otherwise the tests below would prove nothing."""
    client.force_login(world["boss"])
    draft = {"reporting:report", "reporting:list", "api:report", "api:reports"}
    assert {route for route, _, _ in found_in(client, only=draft)} == draft
    file_report(world)
    found = {secret: set() for secret in SECRETS}
    for owner in world["owners"]:
        client.force_login(owner)
        for route, address, _ in addresses():
            for secret in leaked(client.get(address)) if route not in SAME else ():
                found[secret].add(route)
    assert [secret for secret in SECRETS if not found[secret]] == []
    assert draft <= found[REPORT]
    assert {"accounts:mandates", "accounts:mandate", "api:mandate"} <= found[MANDATE]
    assert {"accounts:people", "accounts:person", "api:person", "api:people"} <= found[PERSON]
    assert set.union(*(routes for _, _, routes in PLANTS)) <= set.union(*found.values())


def test_every_app_with_rows_of_an_organisation_is_in_the_world(world):
    owned = {
        model._meta.app_label: model
        for model in apps.get_models()
        if model.__module__.startswith("shutan.apps.")
        and any(field.related_model is Organisation for field in model._meta.fields)
    }
    empty = {
        label
        for label in owned
        if not any(
            model._default_manager.filter(pk=KEY).exists()
            for model in apps.get_app_config(label).get_models()
        )
    }
    assert empty == set()


@pytest.mark.parametrize("name", STRANGERS if NIGHTLY else ["rival", "company", "far_city", "public"])
def test_nothing_leaks_to_strangers(client, world, name):
    stranger = world["strangers"][name]
    file_report(world)
    client.force_login(stranger)
    assert found_in(client) == []


@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: plant[0])
def test_a_leak_would_be_seen(client, world, monkeypatch, plant):
    """One read answers everybody as it answers the province: the tests above would be red."""
    read, name, routes = plant
    module, _, function = read.rpartition(".")
    real = getattr(importlib.import_module(module), function)
    file_report(world)
    officer = next(one for one in world["owners"] if one.kind == Kind.PROVINCE)
    monkeypatch.setattr(read, lambda _person, *more, **named: real(officer, *more, **named))
    client.force_login(world["strangers"][name])
    assert {route for route, _, _ in found_in(client, only=routes)} == routes


@pytest.mark.parametrize("name", STRANGERS if NIGHTLY else ["rival", "company"])
def test_strangers_change_nothing(client, world, name):
    stranger = world["strangers"][name]
    client.force_login(stranger)
    before = LogEntry.objects.count()
    faults = []
    for route, address, takes in addresses():
        if not takes:
            continue
        for method in ("post", "put", "patch", "delete") if route.startswith("api:") else ():
            answer = getattr(client, method)(
                address, {"why": "x", "revision": 1}, content_type="application/json"
            )
            if leaked(answer) or answer.status_code == 500:
                faults.append((route, method, answer.status_code))
        form = client.post(address, {"why": "x", "revision": 1, "title": "x"})
        if leaked(form) or form.status_code == 500:
            faults.append((route, "form", form.status_code))
    assert faults == []
    assert LogEntry.objects.count() == before


def test_nothing_is_open_without_signing_in(client, world):
    for route, address, _ in addresses():
        assert leaked(client.get(address)) == [], route
