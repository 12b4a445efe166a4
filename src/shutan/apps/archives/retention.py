"""How long a record must be kept: the law's least years (`rules/records`), and one's own rules where they say more."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from shutan.apps.archives.models import Line, RecordKind
from shutan.apps.common.language import language
from shutan.documents.wording import pick
from shutan.rules.records import RecordClass, retention

# Which records are of a class that a text names; all others are documents, of which none says how long.
CLASSES = {
    RecordKind.PAPER: RecordClass.ORIGINAL_RECORD,
    RecordKind.TEST: RecordClass.ORIGINAL_RECORD,
    RecordKind.LEDGER: RecordClass.LEDGER,
}
# The text does not say from when its years run. Read here the careful way, and every page says so: from the end of the year
# in which the report that rests on the record is filed, the one after the record's own.
FILED_AFTER = 1


@dataclass(frozen=True)
class Retention:
    """How a record stands: `until` is the last day it must be kept, None where nothing says; `own` where one's own rule says it."""

    until: dt.date | None
    own: bool
    years: int | None
    source: str
    article: str
    status: str

    def is_over(self, today: dt.date) -> bool:
        """Whether it may be disposed of."""
        return self.until is not None and self.until < today


def class_of(kind: str) -> str:
    """The class of a kind of record, by the member's name."""
    return CLASSES.get(RecordKind(kind), RecordClass.DOCUMENT).key


def of(kind: str, year: int, own_until: dt.date | None, today: dt.date) -> Retention:
    """How long a record of a kind about a year must be kept, by the law of today."""
    said = retention(class_of(kind), today)
    years = None if said is None or said.value is None else int(said.value)
    by_law = None if years is None else dt.date(year + FILED_AFTER + years, 12, 31)
    own = own_until is not None and (by_law is None or own_until > by_law)
    return Retention(
        own_until if own else by_law,
        own,
        years,
        pick(said.source, language()) if said else "",
        said.article if said else "",
        said.status if said else "unknown",
    )


def of_line(line: Line, today: dt.date) -> Retention:
    """How long a line's record must be kept."""
    return of(line.kind, line.year, line.own_until, today)


def over(today: dt.date) -> Q:
    """Lines whose records may be disposed of: the same as `of`, for a query."""
    lasting = Q(own_until=None) | Q(own_until__lt=today)
    found = Q(own_until__lt=today) & Q(kind__in=_without(today))
    for kind, years in _known(today).items():
        found |= Q(kind=kind, year__lt=today.year - FILED_AFTER - years) & lasting
    return found


def undated(today: dt.date) -> Q:
    """Lines of which nothing says how long they must be kept."""
    return Q(own_until=None, kind__in=_without(today))


def _known(today: dt.date) -> dict[str, int]:
    said = {kind.value: retention(class_of(kind), today) for kind in RecordKind}
    return {kind: int(one.value) for kind, one in said.items() if one is not None and one.value is not None}


def _without(today: dt.date) -> list[str]:
    return [kind.value for kind in RecordKind if kind.value not in _known(today)]


def law(today: dt.date) -> list[tuple[str, Retention]]:
    """What the law of a day says of each class: for the page."""
    first = {class_of(kind.value): kind for kind in reversed(RecordKind)}
    chosen = [(member, first[member.key]) for member in RecordClass]
    return [
        (member.zh if language() == "zh" else member.en, of(kind.value, today.year, None, today))
        for member, kind in chosen
    ]
