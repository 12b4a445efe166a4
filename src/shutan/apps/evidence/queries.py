"""Every read of records, scoped to the person who asks: who may see a subject may have its receipts."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from shutan.apps.accounts.models import User
from shutan.apps.evidence.kinds import KINDS
from shutan.apps.evidence.models import Record


def records(person: User | AnonymousUser) -> QuerySet[Record]:
    """Records whose subjects the person may see, the newest first; of a kind nobody registered, their own organisation's."""
    allowed = Q(pk__in=[])
    for kind in KINDS.values():
        seen = kind.seen_by(person).order_by().values("pk")
        allowed |= Q(kind=kind.action, subject_pk__in=seen)
    if isinstance(person, User) and person.organisation_id:
        allowed |= Q(organisation=person.organisation_id) & ~Q(kind__in=list(KINDS))
    return Record.objects.filter(allowed).order_by("-pk")


def about(found: QuerySet[Record], subject: str) -> QuerySet[Record]:
    """Those of one subject, given as `reporting.report/12`; none where it is no such address."""
    kind, _, key = subject.partition("/")
    if not (key.isascii() and key.isdigit() and len(key) < 19):  # noqa: PLR2004 - digits of a bigint
        return found.none()
    return found.filter(subject_type=kind, subject_pk=int(key))
