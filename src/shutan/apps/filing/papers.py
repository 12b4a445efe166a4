"""Evidence of a month: several files at once, sorted to what the guideline names by the words of their names, then by hand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from shutan.apps.accounts.log import Actor, act
from shutan.apps.common import files
from shutan.apps.common.files import Upload
from shutan.apps.filing import completeness
from shutan.apps.filing.actions import hold, own, person_of
from shutan.apps.filing.completeness import Wanted
from shutan.apps.filing.content import Year
from shutan.apps.filing.models import EvidenceFile, MonthlyFiling

MOST = 50  # files in one go
STAMPED = "stamped_sheet"  # the month itself, printed, stamped and scanned: no paper of the guideline's list, always taken
STAMPED_WORDS = ("盖章", "存证单", "stamped")
KINDS = (*files.DOCUMENTS, "xlsx")
_DATED = re.compile(r"(?<!\d)(20\d{2})\s*(?:[-_.年/]\s*)?(0[1-9]|1[0-2]|[1-9](?!\d))(?!\d{3})")
_MONTH = re.compile(r"(?<!\d)(0?[1-9]|1[0-2])\s*月")


@dataclass(frozen=True)
class Taken:
    """What became of an upload: kept, or why not."""

    name: str
    kept: EvidenceFile | None
    why: str = ""


def add(
    actor: Actor,
    filing: MonthlyFiling,
    uploads: Sequence[Upload],
    *,
    need: str = "",
    key: Sequence[str] = (),
    now: datetime,
) -> list[Taken]:
    """Keep files with a month. Without `need` each is sorted by its name; one that fits nowhere waits to be sorted.

    A file that is refused does not keep the others from being taken.
    """
    own(actor, filing.organisation, "filing.add_evidence", now)
    if not uploads:
        raise ValidationError(_("Choose at least one file."))
    if len(uploads) > MOST:
        raise ValidationError(_("Too many files at once: at most %(n)s.") % {"n": MOST})
    with act(actor, "filing.add_evidence", now=now) as entry:
        held = _open(filing)
        wanted = completeness.of(Year.of(held.book, {held.month: held}), held.month).wanted
        if need and need != STAMPED and need not in {one.need.name for one in wanted}:
            raise ValidationError(_("This month asks for no such paper."))
        places = [(need, list(key)) if need else sorted_to(one.name, wanted) for one in uploads]
        taken = [
            _take(actor, held, upload, place, now) for upload, place in zip(uploads, places, strict=True)
        ]
        entry.about(held, files=[one.name for one in taken if one.kept])
    return taken


def _take(
    actor: Actor,
    filing: MonthlyFiling,
    upload: Upload,
    place: tuple[str, list[str]],
    now: datetime,
) -> Taken:
    name = files.clean_name(upload.name)
    if said := files.faults(upload, KINDS):
        return Taken(name, None, " ".join(said))
    there = EvidenceFile.objects.filter(filing=filing, sha256=upload.sha256, need=place[0], key=place[1])
    if found := there.first():
        return Taken(name, found)
    try:
        digest = files.store(upload)
    except ValidationError as error:  # the scanner found something
        return Taken(name, None, " ".join(error.messages))
    made = EvidenceFile.objects.create(
        filing=filing,
        need=place[0],
        key=place[1],
        sha256=digest,
        name=name,
        size=len(upload.content),
        media_type=upload.media_type,
        speaks_of=other_month(name, filing.book.year, filing.month),
        uploaded_by=person_of(actor),
        uploaded_at=now,
    )
    return Taken(name, made)


def sorted_to(name: str, wanted: Iterable[Wanted]) -> tuple[str, list[str]]:
    """The paper whose words a file's name has most of, one still lacking before one that is there; ('', []) for none."""
    told = name.casefold()
    if any(word in told for word in STAMPED_WORDS):
        return STAMPED, []
    best: tuple[int, int, bool] = (0, 0, False)
    place: tuple[str, list[str]] = ("", [])
    for one in wanted:
        longest = max((len(word) for word in one.need.hints if word in told), default=0)
        # A name that says the unit or the fuel belongs to that row, whatever else it says.
        rank = (sum(part.casefold() in told for part in one.key), longest, not one.met)
        if longest and rank > best:
            best, place = rank, (one.need.name, list(one.key))
    return place


def other_month(name: str, year: int, month: int) -> str:
    """The month a file's name speaks of, `2026-02` or `?-02`, where it is another one than this; '' where it is not."""
    said = {(int(found[1]), int(found[2])) for found in _DATED.finditer(name)}
    if said:
        return "" if (year, month) in said else "{}-{:02d}".format(*min(said))
    alone = {int(found[1]) for found in _MONTH.finditer(name)}
    return "" if not alone or month in alone else f"?-{min(alone):02d}"


def sort(
    actor: Actor,
    one: EvidenceFile,
    *,
    need: str,
    key: Sequence[str] = (),
    ledger: str = "",
    original_place: str = "",
    belongs: bool = False,
    now: datetime,
) -> EvidenceFile:
    """Say what a file proves, where its original lies, and that it belongs to this month although its name says another."""
    own(actor, one.filing.organisation, "filing.sort_evidence", now)
    with act(actor, "filing.sort_evidence", now=now) as entry:
        held = _open(one.filing)
        asked = completeness.of(Year.of(held.book, {held.month: held}), held.month).wanted
        if (
            need
            and need != STAMPED
            and (need, tuple(key)) not in {(each.need.name, each.key) for each in asked}
        ):
            raise ValidationError({"need": _("This month asks for no such paper.")})
        twin = EvidenceFile.objects.filter(filing=held, sha256=one.sha256, need=need, key=list(key))
        if twin.exclude(pk=one.pk).exists():
            raise ValidationError(_("The same file is there already."))
        one.need, one.key = need, list(key)
        one.ledger, one.original_place = ledger.strip()[:200], original_place.strip()[:200]
        one.belongs = belongs and bool(one.speaks_of)
        one.save()
        entry.about(one, need=need, sha256=one.sha256)
    return one


def remove(actor: Actor, one: EvidenceFile, *, now: datetime) -> None:
    """Take a file out of a draft. Its content stays in the folder of files, as whatever was filed with it needs it."""
    own(actor, one.filing.organisation, "filing.remove_evidence", now)
    with act(actor, "filing.remove_evidence", now=now) as entry:
        held = _open(one.filing)
        one.delete()
        entry.about(held, file=one.name, sha256=one.sha256)


def _open(filing: MonthlyFiling) -> MonthlyFiling:
    held = hold(filing)
    if not held.is_open:
        raise ValidationError(_("This month is under review or filed: it cannot change."))
    return held
