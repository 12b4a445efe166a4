"""The access table: complete, and kept by the pages themselves."""

import pytest
from django.contrib.auth import SESSION_KEY
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone, translation

from shutan.apps.accounts import access
from shutan.apps.accounts.access_table import ACTIONS, ANYONE, ROUTES, SIGNED_IN
from shutan.apps.accounts.models import ROLES_OF_KIND, Kind, Organisation, Role, User
from shutan.apps.accounts.words import action_names
from shutan.web.navigation import CHAPTERS

WORDS = {ANYONE, SIGNED_IN, *Kind.values, *(f"{kind}.{role}" for kind in Kind.values for role in Role.values)}


def routes(resolver=None, space=""):
    """The name of every route, None for one without."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from routes(pattern, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}" if pattern.name else None


def test_every_route_has_a_name_and_a_row():
    assert [route for route in routes() if route is None or not access.is_known(route)] == []


def test_every_row_has_a_route():
    assert {key.split(" ")[-1] for key in ROUTES} - set(routes()) == set()


def test_every_audience_uses_known_words():
    for audience in (*ROUTES.values(), *ACTIONS.values()):
        assert audience
        assert audience <= WORDS


def test_every_action_has_a_name_in_words():
    assert set(action_names()) == set(ACTIONS)


def test_every_page_of_the_navigation_exists_and_has_a_title():
    for chapter in CHAPTERS:
        for item in chapter.items:
            assert reverse(item.route) == item.url
            assert str(item.title)


PLAIN_ROUTES = sorted(route for route in ROUTES if " " not in route and not route.startswith("api:"))


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [None, *Kind.values])
def test_pages_answer_as_the_table_says(client, kind):
    """Every route that needs no argument × every kind and role: open to those in the table, closed to others."""
    matrix = access.matrix()
    for role in ROLES_OF_KIND[kind] if kind else [None]:
        user = None
        if kind:
            organisation = Organisation.objects.create(
                kind=kind, name_zh=f"{kind} {role}", created_at=timezone.now()
            )
            user = User.objects.create(username=f"{kind}-{role}", organisation=organisation, role=role)
        for route in PLAIN_ROUTES:
            try:
                url = reverse(route)
            except NoReverseMatch:  # needs a record: those pages are tested where the records are made
                continue
            if route == "account_logout":
                continue
            if user and client.session.get(SESSION_KEY) != str(user.pk):
                client.force_login(user)
            response = client.get(url)
            may = matrix[route][(kind, role) if kind else None]
            refused = response.status_code == 403 or (
                user is None and response.status_code == 302 and "/accounts/login/" in response["Location"]
            )
            assert may or refused, (route, kind, role, response.status_code)
            if may and user:
                assert response.status_code != 403, (route, kind, role)


def test_a_closed_person_may_nothing(db):
    user = User(username="x", is_active=False)
    assert not access.may_open(user, "home")


def test_method_rows_take_precedence(monkeypatch):
    monkeypatch.setitem(ROUTES, "POST home", frozenset({"province"}))
    assert access.audience_of("home", "POST") == {"province"}
    assert access.audience_of("home", "GET") == {SIGNED_IN}


def test_actions_read_well_in_both_languages():
    for language in ("en", "zh-hans"):
        with translation.override(language):
            assert all(action_names().values())
