"""Saved views: a person's own, of any list."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from shutan.apps.accounts.log import act
from shutan.apps.accounts.models import User
from shutan.apps.directory.models import SavedView

MOST = 30


def save_view(person: User, *, list_key: str, name: str, query: str, now: datetime) -> SavedView:
    """Keep a list's address under a name; the same name again replaces it."""
    with act(person, "directory.save_view", now=now) as entry:
        kept = SavedView.objects.filter(person=person, list_key=list_key)
        view = kept.filter(name=name.strip()).first()
        if view is None and kept.count() >= MOST:
            raise ValidationError(_("At most %(n)s views are kept of a list.") % {"n": MOST})
        view = view or SavedView(person=person, list_key=list_key, name=name.strip())
        view.query = query
        view.full_clean(
            validate_unique=False, validate_constraints=False, exclude={"query"} if not query else None
        )
        view.save()
        entry.about(view, query=query)
    return view


def drop_view(person: User, view: SavedView, *, now: datetime) -> None:
    """Forget one."""
    with act(person, "directory.drop_view", now=now) as entry:
        entry.about(view)
        view.delete()
