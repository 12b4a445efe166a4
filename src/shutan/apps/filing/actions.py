"""What people do with books and months up to filing them. Web, API and demonstration all call these; each is one `act`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shutan.apps.accounts.log import Actor, act
from shutan.apps.accounts.models import Area, Kind, Organisation, User
from shutan.apps.accounts.scope import check_acts_for
from shutan.apps.common.language import language
from shutan.apps.common.refusals import BlockedError, StaleError
from shutan.apps.filing import checking, completeness, taken
from shutan.apps.filing.content import Year, latest
from shutan.apps.filing.models import FILED, Book, EvidenceFile, FiledValue, MonthlyFiling
from shutan.apps.filing.proofs import digest
from shutan.kernel import Choice, Text
from shutan.rules.registry import rule_sets

State = MonthlyFiling.State
MONTHS = range(1, 13)
MOST_SAID = 5


def own(actor: Actor, organisation: Organisation, action: str, now: datetime) -> None:
    """People act for their own enterprise or under a mandate in force."""
    if organisation.kind != Kind.ENTERPRISE:
        raise PermissionDenied(action)
    if isinstance(actor, User):
        check_acts_for(actor, organisation, Area.REPORTING, today=timezone.localdate(now))


def person_of(actor: Actor) -> User | None:
    """Who acts, None for the system."""
    return actor if isinstance(actor, User) else None


def hold(filing: MonthlyFiling, revision: int | None = None) -> MonthlyFiling:
    """The month, locked; as the caller saw it where they say so.

    Raises:
        StaleError: someone took a step with it meanwhile.
    """
    held = MonthlyFiling.objects.select_for_update(of=("self",)).select_related("book__organisation")
    found = held.get(pk=filing.pk)
    if revision is not None and found.revision != revision:
        raise StaleError(found)
    return found


def open_book(
    actor: Actor, organisation: Organisation, *, rule_set: str, year: int, now: datetime, why: str = ""
) -> Book:
    """Begin an enterprise's book of a year, with the yearly rows of the year before where there is one.

    A second call returns the first one's book.
    """
    own(actor, organisation, "filing.open_book", now)
    rules = rule_sets().get(rule_set)
    if rules is None or not any(table.grain.monthly for table in rules.tables):
        raise ValidationError({"rule_set": _("No rules with monthly data have this name.")})
    if year not in rules.years():
        raise ValidationError({"year": _("There are no rules for this year.")})
    with act(actor, "filing.open_book", now=now, why=why) as entry:
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        book = Book.objects.filter(organisation=organisation, rule_set=rule_set, year=year).first()
        if book is None:
            person = person_of(actor)
            book = Book.objects.create(
                organisation=organisation, rule_set=rule_set, year=year, created_by=person, created_at=now
            )
            before = Book.objects.filter(organisation=organisation, rule_set=rule_set, year=year - 1).first()
            if before:
                _copy(FiledValue.objects.filter(book=before), actor, now, book=book)
        entry.about(book, rule_set=rule_set, year=year)
    return book


def open_month(actor: Actor, book: Book, month: int, *, now: datetime, why: str = "") -> MonthlyFiling:
    """Begin a month; one that was begun already is returned as it is, in its last version."""
    own(actor, book.organisation, "filing.open_month", now)
    if month not in MONTHS:
        raise ValidationError({"month": _("A month is 1 to 12.")})
    with act(actor, "filing.open_month", now=now, why=why) as entry:
        Book.objects.select_for_update().get(pk=book.pk)
        filing = MonthlyFiling.objects.filter(book=book, month=month).order_by("-version").first()
        if filing is None:
            filing = MonthlyFiling.objects.create(
                book=book, month=month, created_by=person_of(actor), created_at=now, changed_at=now
            )
        entry.about(filing, period=filing.period)
    return filing


def set_flags(
    actor: Actor, filing: MonthlyFiling, *, stopped: bool, unchanged: bool, revision: int, now: datetime
) -> MonthlyFiling:
    """Say that nothing was produced in a month, or that no facility and no fuel changed."""
    own(actor, filing.organisation, "filing.set_flags", now)
    with act(actor, "filing.set_flags", now=now) as entry:
        held = hold(filing, revision)
        _check_open(held)
        held.stopped, held.unchanged = stopped, unchanged
        _stepped(held, now)
        entry.about(held, stopped=stopped, unchanged=unchanged)
    return held


def copy_last(actor: Actor, filing: MonthlyFiling, *, figures: bool = False, now: datetime) -> int:
    """Fill cells that are empty with those of the month before: choices and texts, figures only where asked for.

    Returns:
        How many cells were filled.
    """
    own(actor, filing.organisation, "filing.copy_last", now)
    with act(actor, "filing.copy_last", now=now) as entry:
        held = hold(filing)
        _check_open(held)
        before = _month_before(held)
        if before is None:
            raise ValidationError(_("There is no month before this one to copy from."))
        rules = rule_sets()[held.book.rule_set]
        kinds = (Choice, Text)
        wanted = [
            one
            for one in FiledValue.objects.filter(filing=before)
            if figures or not one.variable or isinstance(rules.inputs.get(one.variable), kinds)
        ]
        filled = _copy(wanted, actor, now, filing=held)
        entry.about(held, copied_from=before.period, cells=filled)
    return filled


def _month_before(filing: MonthlyFiling) -> MonthlyFiling | None:
    """The last version of the month before, of December of the year before for January."""
    book, month = filing.book, filing.month - 1
    if not month:
        earlier = Book.objects.filter(
            organisation=book.organisation, rule_set=book.rule_set, year=book.year - 1
        ).first()
        if earlier is None:
            return None
        book, month = earlier, MONTHS[-1]
    return MonthlyFiling.objects.filter(book=book, month=month).order_by("-version").first()


def _copy(
    values: Iterable[FiledValue],
    actor: Actor,
    now: datetime,
    *,
    book: Book | None = None,
    filing: MonthlyFiling | None = None,
) -> int:
    """Put values into a book or month where it has none; a cell that was emptied on purpose stays empty."""
    there = {
        (one.table, tuple(one.key), one.variable)
        for one in FiledValue.objects.filter(book=book, filing=filing)
    }
    made = [
        FiledValue(
            book=book,
            filing=filing,
            table=one.table,
            key=one.key,
            variable=one.variable,
            number=one.number,
            text=one.text,
            unit=one.unit,
            obtained=one.obtained,
            note=one.note,
            changed_by=person_of(actor),
            changed_at=now,
        )
        for one in values
        if (one.table, tuple(one.key), one.variable) not in there
    ]
    FiledValue.objects.bulk_create(made)
    return len(made)


# -- the way to filing ------------------------------------------------------------------------------------------


def send_for_review(actor: Actor, filing: MonthlyFiling, *, revision: int, now: datetime) -> MonthlyFiling:
    """Hand a month to a second person of the enterprise; nothing of it changes while they look."""
    own(actor, filing.organisation, "filing.send_for_review", now)
    with act(actor, "filing.send_for_review", now=now) as entry:
        held = hold(filing, revision)
        _check_open(held)
        held.state, held.sent_by, held.sent_at, held.note = State.INTERNAL, person_of(actor), now, ""
        _stepped(held, now)
        entry.about(held)
    return held


def send_back(
    actor: Actor, filing: MonthlyFiling, *, revision: int, now: datetime, why: str
) -> MonthlyFiling:
    """Give a month back to whoever fills it in, saying what is to be mended."""
    own(actor, filing.organisation, "filing.send_back", now)
    if not why.strip():
        raise ValidationError({"why": _("Say what is to be mended.")})
    with act(actor, "filing.send_back", now=now, why=why) as entry:
        held = hold(filing, revision)
        if held.state != State.INTERNAL:
            raise ValidationError(_("This month is not under internal review."))
        held.state, held.note = State.DRAFT, why.strip()[:500]
        _stepped(held, now)
        entry.about(held)
    return held


def submit(
    actor: Actor, filing: MonthlyFiling, *, revision: int, now: datetime, why: str = ""
) -> MonthlyFiling:
    """File a month that a second person has reviewed. It is frozen; a second click finds it filed.

    Args:
        actor: not who sent it to review.
        filing: the month.
        revision: the one that was seen.
        now: the time of filing.
        why: the reason why papers are missing, where they are.

    Raises:
        BlockedError: something stands against it; all of it is named.
        StaleError: someone took a step with it meanwhile.
    """
    own(actor, filing.organisation, "filing.submit", now)
    done = MonthlyFiling.objects.filter(
        pk=filing.pk, state=State.SUBMITTED, revision=revision + 1, submitted_by=person_of(actor)
    ).first()
    if done:
        return done
    with act(actor, "filing.submit", now=now, why=why) as entry:
        held = hold(filing)
        if held.state == State.SUBMITTED and held.revision == revision + 1:
            entry.about(held, again=True)  # the first click was still on its way
            return held
        if held.revision != revision:
            raise StaleError(held)
        person = person_of(actor)
        if held.state != State.INTERNAL:
            raise BlockedError([_("A second person reviews a month before it is filed: send it to review.")])
        if person and held.sent_by_id == person.pk:
            raise BlockedError(
                [_("Whoever sent the month to review does not file it: a second person does.")]
            )
        if reasons := against(held, why):
            raise BlockedError(reasons)
        held.state, held.submitted_by, held.submitted_at = State.SUBMITTED, person, now
        held.content_digest, held.note = digest(held), why.strip()[:500]
        _stepped(held, now)
        taken.freeze(held, now=now)
        entry.about(held, version=held.version, sha256=held.content_digest)
        entry.prove(version=held.version)
    return held


def against(filing: MonthlyFiling, why: str = "") -> list[str]:
    """Everything that keeps a month from being filed, in the language of the page."""
    year = Year.of(filing.book, _with_earlier(filing))
    found = completeness.of(year, filing.month)
    reasons = []
    if found.missing:
        n = len(found.missing)
        reasons.append(
            ngettext("%(n)s mandatory cell is empty.", "%(n)s mandatory cells are empty.", n) % {"n": n}
        )
    if asking := [one for one in year.evidence[filing.month] if one.asks]:
        for one in asking[:MOST_SAID]:
            told = {"name": one.name, "month": one.speaks_of, "period": filing.period}
            reasons.append(
                _(
                    "The name of %(name)s speaks of %(month)s: say that it belongs to %(period)s, or take it out."
                )
                % told
            )
    if found.lacking and not why.strip():
        n = len(found.lacking)
        reasons.append(
            ngettext(
                "%(n)s paper that the guideline names is missing: add it, or say why it is not there.",
                "%(n)s papers that the guideline names are missing: add them, or say why they are not there.",
                n,
            )
            % {"n": n}
        )
    said = checking.screen(year, filing.month, year.result())
    reasons += [f"{one.check} {getattr(one.message, language())}" for one in said.blocking[:MOST_SAID]]
    return reasons


def _with_earlier(filing: MonthlyFiling) -> dict[int, MonthlyFiling]:
    earlier = MonthlyFiling.objects.filter(book=filing.book_id, month__lt=filing.month)
    return {**latest(earlier), filing.month: filing}


def correct(actor: Actor, filing: MonthlyFiling, *, now: datetime, why: str) -> MonthlyFiling:
    """Begin a new version of a filed month with everything it held; the old one stays as it is.

    A second call returns the version begun by the first.
    """
    own(actor, filing.organisation, "filing.correct", now)
    if not why.strip():
        raise ValidationError({"why": _("A correction needs its reason.")})
    with act(actor, "filing.correct", now=now, why=why) as entry:
        held = hold(filing)
        if held.state not in FILED:
            raise ValidationError(_("This month is not filed yet: change it as it is."))
        made = MonthlyFiling.objects.filter(previous=held).first()
        if made is None:
            made = MonthlyFiling.objects.create(
                book=held.book,
                month=held.month,
                version=held.version + 1,
                previous=held,
                reason=why.strip()[:500],
                stopped=held.stopped,
                unchanged=held.unchanged,
                created_by=person_of(actor),
                created_at=now,
                changed_at=now,
            )
            _copy(FiledValue.objects.filter(filing=held), actor, now, filing=made)
            files = list(EvidenceFile.objects.filter(filing=held))
            for one in files:
                one.pk, one.filing = None, made
            EvidenceFile.objects.bulk_create(files)
        entry.about(made, version=made.version)
    return made


def drop_month(actor: Actor, filing: MonthlyFiling, *, revision: int, now: datetime) -> None:
    """Throw a draft away; what was filed before it stays."""
    own(actor, filing.organisation, "filing.drop_month", now)
    with act(actor, "filing.drop_month", now=now) as entry:
        held = hold(filing, revision)
        _check_open(held)
        label, number = str(held), held.pk
        held.delete()
        held.pk = number
        entry.about(held, label, version=held.version)


# -- what the authorities decide --------------------------------------------------------------------------------


def decide(
    actor: Actor, filing: MonthlyFiling, to: str, *, revision: int, now: datetime, why: str = ""
) -> MonthlyFiling:
    """Let a filed month pass the city, accept it, or return it with what is to be mended.

    Raises:
        StaleError: someone decided meanwhile.
    """
    action = {
        State.PASSED_CITY: "filing.pass_city",
        State.ACCEPTED: "filing.accept",
        State.RETURNED: "filing.return_month",
    }[State(to)]
    if to == State.RETURNED and not why.strip():
        raise ValidationError({"why": _("Say what is to be mended.")})
    with act(actor, action, now=now, why=why) as entry:
        held = hold(filing, revision)
        if isinstance(actor, User):
            check_oversees(actor, held.organisation, action)
        if held.state not in (State.SUBMITTED, State.PASSED_CITY) or held.state == to:
            raise ValidationError(_("This month is not waiting for a decision."))
        if MonthlyFiling.objects.filter(previous=held).exists():
            raise ValidationError(_("The enterprise has begun a correction of this month."))
        held.state, held.decided_by, held.decided_at = State(to), person_of(actor), now
        held.note = why.strip()[:500]
        _stepped(held, now)
        entry.about(held, version=held.version)
    return held


def check_oversees(person: User, organisation: Organisation, action: str) -> None:
    """A city decides on its own area.

    Raises:
        PermissionDenied: the organisation lies elsewhere.
    """
    home = person.organisation
    if person.kind == Kind.CITY and (
        home is None or organisation.division_code[:4] != home.division_code[:4]
    ):
        raise PermissionDenied(action)


def _check_open(filing: MonthlyFiling) -> None:
    if not filing.is_open:
        raise ValidationError(_("This month is under review or filed: it cannot change."))


def _stepped(filing: MonthlyFiling, now: datetime) -> None:
    filing.revision += 1
    filing.changed_at = now
    filing.save()
