"""What a published instrument proves in the evidence log: its number, days, wording and attachments."""

from __future__ import annotations

from collections.abc import Iterable

from shutan.apps.evidence.kinds import Kind, Proven, register
from shutan.apps.standards import queries
from shutan.apps.standards.models import Version
from shutan.evidence.records import file_digest


def published(pk: int, _version: int) -> Proven:
    """A published version; its wording by digest."""
    found = Version.objects.select_related("instrument").get(pk=pk, state=Version.State.PUBLISHED)
    days = {"published_on": found.published_on, "in_force_from": found.in_force_from}
    facts = {
        "instrument": found.instrument_id,
        "title": found.instrument.title,
        "order": found.order,
        "number": found.number,
        "amending_document": found.amending_document,
        **{name: day.isoformat() if day else None for name, day in days.items()},
        "text": file_digest(found.texts.latest("pk").content.encode()),
    }
    kept = found.attachments.filter(removed_at=None).order_by("pk")
    return Proven(facts, {f"{one.pk} {one.file_name}": one.sha256 for one in kept})


def _all() -> Iterable[tuple[int, int | None]]:
    return Version.objects.filter(state=Version.State.PUBLISHED).values_list("pk", "order")


def register_kinds() -> None:
    """Tell the evidence log how to prove what standards publish."""
    register(Kind("standards.publish", Version, published, queries.versions, _all))
