"""The second factor to sign or decide: `act` asks here for the actions named in `access_table.SECOND_FACTOR`.

A request says through which door it came: the session of a browser (web/second_factor.py) or a token
(web/api.py). Outside of requests, in commands, jobs and the demonstration, there is no door and nothing to ask.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest

from shutan.apps.accounts.models import ApiToken, User

# How long one use lasts for signing and deciding.
LASTS = timedelta(minutes=15)
# What counts as having one; recovery codes only ever come with these.
TYPES = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]

REQUIRED, ENROLLED, OFF = "required", "enrolled", "off"


class SecondFactorNeeded(Exception):  # noqa: N818 - nothing is wrong: a page asks and goes on
    """The action waits for a second factor."""

    def __init__(self, action: str) -> None:
        super().__init__(action)
        self.action = action


@dataclass(frozen=True)
class Use:
    """When a second factor was used, and which: totp, webauthn or recovery_codes."""

    at: datetime
    kind: str


class Door(Protocol):
    """How the running request was let in."""

    def proof(self, person: User, now: datetime) -> str:
        """What proves the second factor now; '' where nothing does."""


@dataclass(frozen=True)
class SessionDoor:
    """A browser: its session remembers each use."""

    request: HttpRequest

    def proof(self, person: User, now: datetime) -> str:
        """The kind of the last use while it lasts."""
        used = last_use(self.request, person)
        return used.kind if used and now - used.at <= LASTS else ""


@dataclass(frozen=True)
class TokenDoor:
    """A program: its token was issued under a second factor, or not."""

    token: ApiToken

    def proof(self, person: User, now: datetime) -> str:  # noqa: ARG002 - it lasts as long as the token
        """The kind under which a token of scope `decide` was issued."""
        decides = self.token.scope == ApiToken.Scope.DECIDE and self.token.user_id == person.pk
        return f"token:{self.token.factor}" if decides and self.token.factor else ""


_door: ContextVar[Door | None] = ContextVar("door", default=None)


@contextmanager
def through(door: Door) -> Iterator[None]:
    """The block runs for a request that came through this door."""
    before = _door.set(door)
    try:
        yield
    finally:
        _door.reset(before)


def came_by(door: Door) -> None:
    """Replace the door of the running request: the API learns of the token after the request has begun."""
    _door.set(door)


def last_use(request: HttpRequest, person: User) -> Use | None:
    """The last use of a second factor in a session: at sign-in or when it was asked for since."""
    for record in reversed(get_authentication_records(request, person)):
        if record.get("method") == "mfa":
            return Use(datetime.fromtimestamp(record["at"], UTC), record["type"])
    return None


def is_enrolled(person: User) -> bool:
    """Whether the person has set one up."""
    return bool(is_mfa_enabled(person, TYPES))


def demand(actor: object, action: str, *, now: datetime) -> str:
    """What proves the actor's second factor, for the log; '' where none is asked for.

    Raises:
        SecondFactorNeeded: it was not used in this session within the last 15 minutes.
    """
    door = _door.get()
    if door is None or not isinstance(actor, User) or settings.SECOND_FACTOR == OFF:
        return ""
    if proof := door.proof(actor, now):
        return proof
    if settings.SECOND_FACTOR == ENROLLED and not is_enrolled(actor):
        return ""
    raise SecondFactorNeeded(action)
