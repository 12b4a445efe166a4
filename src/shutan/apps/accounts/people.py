"""What an administrator does with the people of an organisation: invite, change role, close, hand over, deputise."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from shutan.apps.accounts.actions import check_not_last_admin, close_log_in
from shutan.apps.accounts.log import Actor, act
from shutan.apps.accounts.models import ROLES_OF_KIND, Deputy, Kind, Organisation, Role, User

# Moves what waits for one person to another and returns how much it was; settings.HANDOVERS names those of all apps.
HandOver = Callable[[User, User, datetime], int]


def invitation(user: User) -> str:
    """The address at which an invited person sets their password; it works once and for the days the settings give."""
    key = default_token_generator.make_token(user)
    return reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key})


def change_role(actor: Actor, user: User, role: str, *, now: datetime, why: str = "") -> None:
    """Give a person another role of their organisation.

    Raises:
        ValidationError: no such role there, or nobody would be left to run its log-ins.
    """
    _at_home(actor, user, "accounts.change_role")
    with act(actor, "accounts.change_role", now=now, why=why) as entry:
        held = _locked(user)
        assert held.organisation is not None  # noqa: S101 - checked by _at_home
        if role not in ROLES_OF_KIND[held.organisation.kind]:
            raise ValidationError({"role": _("This role does not exist in an organisation of this kind.")})
        if role != Role.ADMIN:
            check_not_last_admin(held)
        before, held.role = held.role, role
        held.save(update_fields=["role"])
        entry.about(held, before=before, role=role)


def hand_over(actor: Actor, leaver: User, successor: User, *, now: datetime, why: str) -> dict[str, int]:
    """Close a leaver's log-in and move what waits for them to a colleague; returns how much of what was moved.

    Raises:
        ValidationError: the successor is not an open log-in of the same organisation, or nobody would administer it.
    """
    _at_home(actor, leaver, "accounts.hand_over")
    if successor.pk == leaver.pk or successor.organisation_id != leaver.organisation_id:
        raise ValidationError({"successor": _("Choose a colleague of the same organisation.")})
    if not successor.is_active:
        raise ValidationError({"successor": _("This log-in is closed.")})
    with act(actor, "accounts.hand_over", now=now, why=why) as entry:
        held = _locked(leaver)
        if successor.role != Role.ADMIN:
            check_not_last_admin(held)
        moves: list[HandOver] = [import_string(path) for path in settings.HANDOVERS]
        moved = {move.__module__.split(".")[-2]: move(held, successor, now) for move in moves}
        close_log_in(held, now)
        entry.about(held, successor=successor.username, moved=moved)
    return moved


def move_contact(leaver: User, successor: User, now: datetime) -> int:
    """What accounts hand over: being the organisation's contact person; stand-ins of the leaver end."""
    home = leaver.organisation
    ended = Deputy.objects.filter(deputy=leaver, ended_at=None).update(ended_at=now)
    ended += Deputy.objects.filter(person=leaver, ended_at=None).update(ended_at=now)
    if home is None or home.contact_name != leaver.get_full_name():
        return ended
    home.contact_name, home.contact_email = successor.get_full_name(), successor.email
    home.revision += 1
    home.save(update_fields=["contact_name", "contact_email", "revision"])
    return ended + 1


def appoint_deputy(
    actor: Actor, person: User, deputy: User, *, begins: date, ends: date, now: datetime, why: str = ""
) -> Deputy:
    """Let a colleague stand in for a person, with that person's role, between two days.

    A person appoints their own deputy; the administrator anyone's.
    """
    own = isinstance(actor, User) and actor.pk == person.pk
    if not own:
        _at_home(actor, person, "accounts.appoint_deputy")
        if isinstance(actor, User) and actor.role != Role.ADMIN:
            raise PermissionDenied("accounts.appoint_deputy")
    faults: dict[str, str] = {}
    if deputy.pk == person.pk or deputy.organisation_id != person.organisation_id:
        faults["deputy"] = _("Choose a colleague of the same organisation.")
    elif not deputy.is_active:
        faults["deputy"] = _("This log-in is closed.")
    if ends < begins:
        faults["ends"] = _("The last day is before the first.")
    elif ends < timezone.localdate(now):
        faults["ends"] = _("The last day is past.")
    if faults:
        raise ValidationError(faults)
    with act(actor, "accounts.appoint_deputy", now=now, why=why) as entry:
        made = Deputy.objects.create(
            person=person,
            deputy=deputy,
            begins=begins,
            ends=ends,
            given_by=actor if isinstance(actor, User) else None,
            given_at=now,
        )
        entry.about(person, deputy=deputy.username, begins=begins.isoformat(), ends=ends.isoformat())
    return made


def end_deputy(actor: Actor, deputy: Deputy, *, now: datetime, why: str = "") -> None:
    """End a standing-in at once: the person, the deputy or an administrator."""
    if isinstance(actor, User) and actor.pk not in (deputy.person_id, deputy.deputy_id):
        _at_home(actor, deputy.person, "accounts.end_deputy")
        if actor.role != Role.ADMIN:
            raise PermissionDenied("accounts.end_deputy")
    with act(actor, "accounts.end_deputy", now=now, why=why) as entry:
        deputy.ended_at = deputy.ended_at or now
        deputy.save(update_fields=["ended_at"])
        entry.about(deputy.person, deputy=deputy.deputy.username)


def _at_home(actor: Actor, user: User, action: str) -> None:
    """Administrators act on people of their own organisation."""
    if user.organisation_id is None:
        raise PermissionDenied(action)
    if isinstance(actor, User) and actor.organisation_id != user.organisation_id:
        raise PermissionDenied(action)


def _locked(user: User) -> User:
    """The person's row; the organisation is held first, so that two administrators cannot both leave."""
    assert user.organisation_id is not None  # noqa: S101 - checked by _at_home
    Organisation.objects.select_for_update(of=("self",)).get(pk=user.organisation_id)
    return User.objects.select_related("organisation").get(pk=user.pk)


def may_run(actor: User, organisation: Organisation) -> bool:
    """Whether a person runs the log-ins of an organisation: its administrator; the province's for a first one."""
    if actor.role != Role.ADMIN:
        return False
    return actor.organisation_id == organisation.pk or actor.kind == Kind.PROVINCE
