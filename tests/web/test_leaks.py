"""What belongs to one organisation never reaches another: every route, as it stands in the router, asked by strangers.

All rows of one enterprise get the same key in every table, so that every route with a number in its address is asked
for them, new routes too. A new app must put rows into `world` or say in WITHOUT_ROWS that it has none.
"""

import json
import os
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

sys.path.insert(0, str(Path(__file__).parents[1] / "apps" / "reporting"))

from reporting_helpers import create

from shutan.apps.accounts import actions, mandates, people
from shutan.apps.accounts.models import ROLES_OF_KIND, Area, Kind, LogEntry, Organisation, User
from shutan.apps.reporting.actions import submit

KEY = 424_242
# The first two characters are searched for, all of them must not come back.
NAME, PERSON, REPORT, MANDATE, REASON = "泄密厂乙丙", "泄密人乙丙", "泄密报告书", "泄密委托书", "泄密的原因"
SECRETS = (NAME, PERSON, REPORT, MANDATE, REASON)
ASKED = "泄密"

# Apps whose rows the world has not got yet; what is named here is not watched.
WITHOUT_ROWS = {"bodies", "directory", "duties", "lists", "standards"}

# What stands in addresses beside numbers; anything else is asked for as "x".
WORDS = {
    "rules": "power",
    "name": "enterprise_emissions",
    "kind": "json",
    "year": 2024,
    "clause": "AG 6.2.1(1)",
}

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
        values = {
            name: KEY
            if type(converter).__name__ == "IntConverter" and name != "year"
            else WORDS.get(name, "x")
            for name, converter in takes.items()
        }
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
    strangers = {
        name: person(name, organisation(f"机构{name}", kind, division), ROLES_OF_KIND[kind][0])
        for name, (kind, division) in STRANGERS.items()
    }
    return {"boss": boss, "report": report, "strangers": strangers}


def organisation(name, kind, division="510000"):
    return Organisation.objects.create(
        name_zh=name, kind=kind, division_code=division, created_at=timezone.now()
    )


def person(name, home, role):
    return User.objects.create(
        username=name, name=PERSON if name == "boss" else name, organisation=home, role=role
    )


def told(response):
    """What an answer says, JSON unescaped."""
    content = b"".join(response).decode("utf-8-sig", "replace")
    if response.headers.get("Content-Type", "").startswith("application/json"):
        return json.dumps(json.loads(content), ensure_ascii=False)
    return content


def leaked(response):
    """The secrets that an answer gives away."""
    said = told(response)
    return [secret for secret in SECRETS if secret in said]


@pytest.mark.parametrize("state", ["draft", "submitted"])
def test_the_world_is_full_of_secrets_for_those_who_own_them(client, world, state):
    """Otherwise the tests below would prove nothing."""
    if state == "submitted":
        submit(world["boss"], world["report"], revision=world["report"].revision, now=timezone.now())
    client.force_login(world["boss"])
    found = {secret: set() for secret in SECRETS}
    for route, address, _ in addresses():
        for secret in leaked(client.get(address)):
            found[secret].add(route)
    assert all(found.values())
    assert {"reporting:report", "reporting:list", "api:report", "api:reports"} <= found[REPORT]
    assert {"accounts:mandates", "accounts:mandate", "api:mandate"} <= found[MANDATE]
    assert {"accounts:people", "accounts:person", "api:person", "api:people"} <= found[PERSON]


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
    assert empty - WITHOUT_ROWS == set()


@pytest.mark.parametrize("name", STRANGERS if NIGHTLY else ["rival", "company", "far_city", "public"])
def test_nothing_leaks_to_strangers(client, world, name):
    stranger = world["strangers"][name]
    submit(world["boss"], world["report"], revision=world["report"].revision, now=timezone.now())
    client.force_login(stranger)
    seen = []
    for route, address, takes in addresses():
        for tail in [""] if takes else ["", f"?q={ASKED}", "?export=csv", f"?text={ASKED}"]:
            answer = client.get(address + tail)
            if got := leaked(answer):
                seen.append((route, tail, got))
            if answer.status_code >= 300:
                break  # closed to this person, however it is asked
    assert seen == []


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
