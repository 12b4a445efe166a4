"""What belongs to one organisation never reaches another: every route, as it stands in the router, asked by strangers.

The rows they look for are those of world.py.
"""

import importlib
import io
import json
import os
import sys
import zipfile
from pathlib import Path

import pytest
from django.apps import apps
from django.utils import timezone

sys.path.insert(0, str(Path(__file__).parent))

from world import ASKED, KEY, MANDATE, PERSON, REPORT, SECRETS, addresses, fill, organisation, person

from shutan.apps.accounts.models import ROLES_OF_KIND, Kind, LogEntry, Organisation
from shutan.apps.reporting.actions import submit
from shutan.cli.demonstration import declare

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


@pytest.fixture
def world(db, own_files):
    """The enterprise with a secret in every table, and a stranger of each kind, made after it."""
    filled = fill()
    strangers = {
        name: person(name, organisation(f"机构{name}", kind, division), ROLES_OF_KIND[kind][0])
        for name, (kind, division) in STRANGERS.items()
    }
    return filled | {"strangers": strangers}


def file_report(world):
    """The draft declared and submitted."""
    boss, report = world["boss"], declare(world["boss"], world["report"], timezone.now())
    submit(boss, report, revision=report.revision, now=timezone.now())


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
