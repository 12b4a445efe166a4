"""What people do with accounts. Web, API and command line all call these; each is one `act` (see log.py)."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.usersessions.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from shutan.apps.accounts import second_factor
from shutan.apps.accounts.log import Actor, act
from shutan.apps.accounts.models import ROLES_OF_KIND, ApiToken, Kind, Organisation, Role, User

TOKEN_PREFIX = "stn_"  # noqa: S105 - lets scanners of leaked secrets recognise one
LONGEST_TOKEN_LIFE = timedelta(days=366)
# A token's use is noted at most this often: a busy program must not write on every call.
NOTE_USE_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class IssuedToken:
    """A new token and its secret, which is shown once and never again."""

    token: ApiToken
    secret: str


def create_organisation(
    actor: Actor,
    *,
    kind: str,
    name_zh: str,
    name_en: str = "",
    credit_code: str | None = None,
    division_code: str = "510000",
    head_office: Organisation | None = None,
    contact: Mapping[str, str] | None = None,
    is_fictitious: bool = False,
    now: datetime,
    why: str = "",
) -> Organisation:
    """Register an organisation; `contact` has address, contact_name, contact_phone, contact_email."""
    with act(actor, "accounts.create_organisation", now=now, why=why) as entry:
        organisation = Organisation(
            kind=kind,
            name_zh=name_zh,
            name_en=name_en,
            credit_code=credit_code,
            division_code=division_code,
            head_office=head_office,
            is_fictitious=is_fictitious,
            created_at=now,
            **(contact or {}),
        )
        organisation.full_clean()
        organisation.save()
        entry.about(organisation, kind=kind)
    return organisation


def create_user(
    actor: Actor,
    organisation: Organisation,
    *,
    username: str,
    name: str,
    role: str,
    password: str | None,
    email: str = "",
    now: datetime,
    why: str = "",
) -> User:
    """Give a person a log-in; an administrator only in their own organisation.

    Without a password the person sets one by the address of `people.invitation`.
    """
    if isinstance(actor, User) and actor.kind != Kind.PROVINCE and actor.organisation_id != organisation.pk:
        raise PermissionDenied("accounts.create_user")
    if role not in ROLES_OF_KIND[organisation.kind]:
        raise ValidationError({"role": _("This role does not exist in an organisation of this kind.")})
    with act(actor, "accounts.create_user", now=now, why=why) as entry:
        user = User(
            organisation=organisation, username=username, name=name, role=role, email=email, date_joined=now
        )
        if password is not None:
            validate_password(password, user)
        user.set_password(password)  # None makes one that nothing matches
        user.full_clean()
        user.save()
        entry.about(user, role=role)
    return user


def deactivate_user(actor: Actor, user: User, *, now: datetime, why: str) -> None:
    """Close a log-in and its tokens; the person stays in the log."""
    if isinstance(actor, User) and actor.organisation_id != user.organisation_id:
        raise PermissionDenied("accounts.deactivate_user")
    with act(actor, "accounts.deactivate_user", now=now, why=why) as entry:
        check_not_last_admin(user)
        close_log_in(user, now)
        entry.about(user)


def check_not_last_admin(user: User) -> None:
    """Raise where nobody else could run the organisation's log-ins.

    Raises:
        ValidationError: the person is the last administrator.
    """
    if user.role != Role.ADMIN:
        return
    others = User.objects.filter(organisation=user.organisation_id, role=Role.ADMIN, is_active=True)
    if not others.exclude(pk=user.pk).exists():
        raise ValidationError(_("This is the last administrator: make another person one first."))


def close_log_in(user: User, now: datetime) -> None:
    """Part of an action: no more signing in, sessions and tokens end."""
    user.is_active = False
    user.save(update_fields=["is_active"])
    user.tokens.filter(revoked_at=None).update(revoked_at=now)
    get_adapter().end_sessions(UserSession.objects.filter(user=user))


def change_preferences(
    actor: User, *, language: str | None = None, density: str | None = None, now: datetime
) -> None:
    """Keep a person's language and row height."""
    changed = {key: value for key, value in {"language": language, "density": density}.items() if value}
    with act(actor, "accounts.change_preferences", now=now) as entry:
        for key, value in changed.items():
            setattr(actor, key, value)
        actor.clean_fields(exclude={field.name for field in User._meta.fields} - set(changed))  # noqa: SLF001
        actor.save(update_fields=list(changed))
        entry.about(actor, **changed)


def create_token(
    actor: User, *, label: str, scope: str = ApiToken.Scope.READ, days: int = 90, now: datetime
) -> IssuedToken:
    """Issue a token to the person who asks. Only its hash is stored: it is random, so a plain hash holds.

    Raises:
        SecondFactorNeeded: a token that may sign and decide is issued only under a second factor.
    """
    life = timedelta(days=days)
    if not timedelta() < life <= LONGEST_TOKEN_LIFE:
        raise ValidationError({"days": _("A token lives from 1 to 366 days.")})
    decides = scope == ApiToken.Scope.DECIDE
    factor = second_factor.demand(actor, "accounts.create_token", now=now) if decides else ""
    secret = TOKEN_PREFIX + secrets.token_urlsafe(32)
    with act(actor, "accounts.create_token", now=now) as entry:
        token = ApiToken(
            user=actor,
            label=label,
            scope=scope,
            factor=factor,
            hint=secret[:10],
            digest=digest(secret),
            created_at=now,
            expires_at=now + life,
        )
        token.full_clean()
        token.save()
        entry.about(token, scope=scope, days=days)
    return IssuedToken(token, secret)


def revoke_token(actor: User, token: ApiToken, *, now: datetime) -> None:
    """End a token at once."""
    if token.user_id != actor.pk:
        raise PermissionDenied("accounts.revoke_token")
    with act(actor, "accounts.revoke_token", now=now) as entry:
        token.revoked_at = token.revoked_at or now
        token.save(update_fields=["revoked_at"])
        entry.about(token)


def digest(secret: str) -> str:
    """What is stored of a token."""
    return hashlib.sha256(secret.encode()).hexdigest()


def use_token(secret: str, *, now: datetime) -> ApiToken | None:
    """The usable token behind a secret, its use noted; None for any other. Not a business action: not logged."""
    found = ApiToken.objects.select_related("user__organisation").filter(digest=digest(secret)).first()
    if found is None or not found.is_usable(now):
        return None
    if found.last_used_at is None or now - found.last_used_at >= NOTE_USE_EVERY:
        ApiToken.objects.filter(pk=found.pk).update(last_used_at=now)
        found.last_used_at = now
    return found
