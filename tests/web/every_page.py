"""Every page of the access table with the rows of world.py in it: at which addresses, and opened by whom."""

import time
from contextlib import suppress

import world
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import NoReverseMatch, reverse

from shutan.apps.accounts import access
from shutan.apps.accounts.models import Kind, Organisation
from shutan.apps.directory.models import EventKind

# Asked besides the bare address: what a page shows with something in its query.
ASKED = {
    "search": [f"?q={world.ASKED}", "?q=nothing-of-this-name"],
    "directory:record": [f"?kind={kind}" for kind in EventKind.values],
}
NOBODY = AnonymousUser()


def people():
    """Who opens pages, the one who sees most first; the last is not signed in. The tables are filled."""
    boss, colleague, agent, officer = world.fill()["owners"]
    statistics = Organisation.objects.get(kind=Kind.STATISTICS)
    laboratory = world.organisation("检测中心", Kind.LABORATORY)
    admin = world.person("province-admin", officer.organisation, "admin")
    admin.is_staff = True
    admin.save()
    return [
        *(officer, boss, colleague, agent, admin),
        world.person("statistics", statistics, "officer"),
        world.person("laboratory", laboratory, "admin"),
        NOBODY,
    ]


def client_of(person, language):
    """Django's test client of a person who has just signed in."""
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    if person is not NOBODY:
        client.force_login(person)
        session = client.session
        session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
        session.save()
    return client


def addresses():
    """(route, address) of everything that somebody may GET and that is no call of the API."""
    for route, _ in world.routes():
        if world.is_of_allauth(route) and route != "account_logout":
            with suppress(NoReverseMatch):
                yield route, reverse(route)
    for route, address, _ in world.addresses():
        if not route.startswith("api:"):
            yield from ((route, address + tail) for tail in ["", *ASKED.get(route, [])])


def opened(everybody, language):
    """(route, address, person, HTML) of every page that somebody sees, by the first who does; and of the routes that
    have none what came instead: what only takes, a file, or a status.
    """
    clients = [(person, client_of(person, language)) for person in everybody]
    pages, others = [], {}
    for route, address in addresses():
        for person, client in clients:
            if not access.may_open(person, route):
                continue
            answer = client.get(address)
            html = b"".join(answer)
            if answer.status_code == 200 and b"<html" in html[:500]:
                pages.append((route, address, person, html.decode()))
                break
            others.setdefault(route, set()).add(_kind(answer))
    seen = {route for route, *_ in pages}
    return pages, {route: kinds for route, kinds in others.items() if route not in seen}


def _kind(answer):
    if answer.status_code == 405:
        return "only takes"
    is_page = answer.headers.get("Content-Type", "").startswith("text/html")
    if answer.status_code == 200 and (not is_page or "Content-Disposition" in answer.headers):
        return "file"
    return answer.status_code
