"""Who may open which route and do which action: reads the one table in `access_table.py`.

An audience is a set of words: `anyone` (also without signing in), `signed_in`, a kind of organisation
(`enterprise`), or a kind with a role (`enterprise.filler`). A key of ROUTES is the route's name
(`reporting:list`), or a method and the name (`POST api:reports`) where the methods differ.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone

from shutan.apps.accounts.access_table import ACTIONS, ANYONE, ROUTES, SIGNED_IN
from shutan.apps.accounts.models import ROLES_OF_KIND, Deputy, User

# One row of the matrix: None is whoever has not signed in.
Person = tuple[str, str] | None


def route_of(request: HttpRequest) -> str:
    """The name of the route a request was resolved to, with its namespace; '' for one without a name."""
    match = request.resolver_match
    return match.view_name or "" if match else ""


def is_known(route: str) -> bool:
    """Whether the table names the route, for all methods or for some."""
    return route in ROUTES or any(key.endswith(f" {route}") for key in ROUTES)


def audience_of(route: str, method: str | None = "GET") -> frozenset[str]:
    """Who may open a route; nobody where the table does not name it."""
    return ROUTES.get(f"{method} {route}", ROUTES.get(route, frozenset()))


def fits(person: Person, audience: frozenset[str]) -> bool:
    """Whether a person of a kind and role is among an audience."""
    if ANYONE in audience:
        return True
    if person is None:
        return False
    kind, role = person
    return SIGNED_IN in audience or kind in audience or f"{kind}.{role}" in audience


def me(request: HttpRequest) -> User:
    """The signed-in person of a request; the table lets nobody else reach a page that asks."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def person_of(user: Any) -> Person:
    """Kind and role of a request's user."""
    return (user.kind, user.role) if user.is_authenticated and user.is_active else None


def stood_in_for(user: User) -> list[User]:
    """Colleagues whose deputy the user is today; looked up once a request, because pages ask for every button."""
    known: list[User] | None = user.__dict__.get("_stood_in_for")
    if known is None:
        today = timezone.localdate()
        standing = Deputy.objects.filter(deputy=user, ended_at=None, begins__lte=today, ends__gte=today)
        standing = standing.filter(person__organisation=user.organisation_id, person__is_active=True)
        known = [one.person for one in standing.select_related("person__organisation")]
        user.__dict__["_stood_in_for"] = known
    return known


def forget_standing_in(user: User) -> None:
    """Look it up anew: an action asks the database, whatever the page knew."""
    user.__dict__.pop("_stood_in_for", None)


def among(user: Any, audience: frozenset[str]) -> bool:
    """Whether a request's user is among an audience, by their own role or as someone's deputy."""
    own = person_of(user)
    if fits(own, audience) or own is None or not isinstance(user, User):
        return fits(own, audience)
    return any(fits(person_of(one), audience) for one in stood_in_for(user))


def may_open(user: Any, route: str, method: str | None = "GET") -> bool:
    """Whether a request's user may open a route."""
    return among(user, audience_of(route, method))


def may_do(actor: Any, action: str) -> bool:
    """Whether an actor may do an action; the system may. An action the table does not name raises KeyError."""
    audience = ACTIONS[action]
    if not hasattr(actor, "is_authenticated"):
        return True
    return among(actor, audience)


def deputises(actor: Any, action: str) -> list[str]:
    """For whom an actor does an action that their own role would not let them do: log-ins, for the log."""
    if not isinstance(actor, User) or fits(person_of(actor), ACTIONS[action]):
        return []
    return [one.username for one in stood_in_for(actor) if fits(person_of(one), ACTIONS[action])]


def everyone() -> Iterator[Person]:
    """All rows of the matrix: without sign-in, then each kind with each of its roles."""
    yield None
    for kind, roles in ROLES_OF_KIND.items():
        for role in roles:
            yield (str(kind), str(role))


def matrix() -> dict[str, dict[Person, bool]]:
    """The whole table written out, route × person, for the tests and the documentation."""
    return {
        route: {person: fits(person, audience) for person in everyone()} for route, audience in ROUTES.items()
    }


def same_organisation(user: User, organisation_id: int | None) -> bool:
    """Whether a record's organisation is the person's own."""
    return organisation_id is not None and user.organisation_id == organisation_id
