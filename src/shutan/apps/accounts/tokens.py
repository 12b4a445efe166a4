"""API tokens of an organisation, as its administrator sees and ends them."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied

from shutan.apps.accounts import access
from shutan.apps.accounts.log import act
from shutan.apps.accounts.models import ApiToken, ApiTokenQuerySet, User


def of_organisation(person: User) -> ApiTokenQuerySet:
    """Those of all people of one's organisation, for whoever runs its log-ins; none for others."""
    if person.organisation_id is None or not access.may_do(person, "accounts.revoke_others_token"):
        return ApiToken.objects.none()
    return ApiToken.objects.filter(user__organisation=person.organisation_id).select_related("user")


def revoke(actor: User, token: ApiToken, *, now: datetime, why: str) -> None:
    """End another person's token at once, with the reason; one that has ended keeps its time."""
    if not access.same_organisation(actor, token.user.organisation_id):
        raise PermissionDenied("accounts.revoke_others_token")
    with act(actor, "accounts.revoke_others_token", now=now, why=why) as entry:
        token.revoked_at = token.revoked_at or now
        token.save(update_fields=["revoked_at"])
        entry.about(token, person=token.user.username)
