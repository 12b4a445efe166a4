"""Every read of filing, scoped to the person who asks: authorities see what was filed, drafts are the enterprise's own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import Lag
from django.http import Http404
from django.utils import timezone

from shutan.apps.accounts.models import Area, Kind, LogEntry, Organisation, User
from shutan.apps.accounts.scope import acts_for as may_act_for
from shutan.apps.accounts.scope import organisations, tell_if_ended
from shutan.apps.duties.models import Duty
from shutan.apps.duties.queries_duties import duties
from shutan.apps.filing.content import Year, latest
from shutan.apps.filing.models import FILED, Book, EvidenceFile, FiledValue, MonthlyFiling, SheetMapping
from shutan.rules.registry import rule_sets

REGULATORS = (Kind.PROVINCE, Kind.CITY)
DUTY = "monthly_evidence"


def books(person: User) -> QuerySet[Book]:
    """The books a person may see; an authority those with a month filed."""
    today = timezone.localdate()
    every = Book.objects.select_related("organisation").order_by("-year", "organisation__name_zh", "rule_set")
    every = every.filter(organisation__in=organisations(person, Area.REPORTING, today=today).order_by())
    if person.kind not in REGULATORS:
        return every
    return every.filter(Exists(MonthlyFiling.objects.filter(book=OuterRef("pk"), state__in=FILED)))


def book(person: User, number: int) -> Book:
    """One book the person may see.

    Raises:
        MandateEnded: they could until the mandate ended.
        Http404: there is none, or it is not theirs to know of.
    """
    found = books(person).filter(pk=number).first()
    if found is None:
        if lost := Book.objects.select_related("organisation").filter(pk=number).first():
            today = timezone.localdate()
            tell_if_ended(person, lost.organisation, Area.REPORTING, today=today, made=lost.created_at)
        raise Http404
    return found


def months(person: User) -> QuerySet[MonthlyFiling]:
    """The months a person may see, every version."""
    found = MonthlyFiling.objects.filter(book__in=books(person).order_by()).select_related(
        "book__organisation", "created_by", "sent_by", "submitted_by", "decided_by", "previous"
    )
    if person.kind in REGULATORS:
        found = found.filter(state__in=FILED)
    return found.order_by("-book__year", "-month", "-version")


def month(person: User, number: int) -> MonthlyFiling:
    """One month the person may see.

    Raises:
        MandateEnded: they could until the mandate ended.
        Http404: there is none, or it is not theirs to know of.
    """
    found = months(person).filter(pk=number).first()
    if found is None:
        if lost := MonthlyFiling.objects.select_related("book__organisation").filter(pk=number).first():
            today = timezone.localdate()
            tell_if_ended(person, lost.organisation, Area.REPORTING, today=today, made=lost.created_at)
        raise Http404
    return found


def evidence(person: User, number: int) -> EvidenceFile:
    """One file of a month the person may see.

    Raises:
        Http404: there is none, or it is not theirs to know of.
    """
    found = EvidenceFile.objects.filter(pk=number, filing__in=months(person).order_by())
    one = found.select_related("filing__book__organisation").first()
    if one is None:
        raise Http404
    return one


def year(person: User, of: Book) -> Year:
    """The book with the last version of each month the person may see."""
    return Year.of(of, latest(months(person).filter(book=of)))


def year_of(person: User, filing: MonthlyFiling) -> Year:
    """The year as one looks at it from a month: that very version of it, the last of the months before."""
    earlier = months(person).filter(book=filing.book_id, month__lt=filing.month)
    return Year.of(filing.book, {**latest(earlier), filing.month: filing})


def versions(person: User, filing: MonthlyFiling) -> QuerySet[MonthlyFiling]:
    """All versions of a month, the latest first."""
    return months(person).filter(book=filing.book_id, month=filing.month).order_by("-version")


STEPS = (
    "open_month", "set_flags", "copy_last", "remove_row", "add_evidence", "sort_evidence", "remove_evidence",
    "send_for_review", "send_back", "submit", "correct", "pass_city", "accept", "return_month",
)  # fmt: skip


def steps(filing: MonthlyFiling) -> QuerySet[LogEntry]:
    """What was done with a month but typing, the latest first; for whoever may see it."""
    names = [f"filing.{one}" for one in STEPS]
    found = LogEntry.objects.filter(
        subject_type="filing.monthlyfiling", subject_id=str(filing.pk), action__in=names
    )
    return found.select_related("organisation").order_by("-at", "-pk")


def cell_history(months: Iterable[MonthlyFiling]) -> QuerySet[Any]:
    """Every saving of a cell of some months with what it said before, the latest first."""

    def before(name: str) -> Window:
        return Window(Lag(name), partition_by=[F("pgh_obj_id")], order_by=F("pgh_id").asc())

    return (
        FiledValue.pgh_event_model.objects.filter(filing__in=[one.pk for one in months])  # type: ignore[attr-defined]
        .exclude(variable="")
        .select_related("changed_by", "filing")
        .annotate(was_number=before("number"), was_text=before("text"))
        .order_by("-pgh_id")
    )


def is_corrected(filing: MonthlyFiling) -> bool:
    """Whether a later version was begun."""
    return MonthlyFiling.objects.filter(previous=filing).exists()


def changes(person: User, organisation: Organisation) -> bool:
    """Whether the person may change an enterprise's books."""
    return may_act_for(person, organisation, Area.REPORTING, today=timezone.localdate())


def filers(person: User) -> QuerySet[Organisation]:
    """For whom a person may keep books: their own enterprise, or those whose mandate they hold."""
    found = organisations(person, Area.REPORTING, today=timezone.localdate()).filter(kind=Kind.ENTERPRISE)
    return found if person.kind in (Kind.ENTERPRISE, Kind.SERVICE) else found.none()


def mappings(person: User) -> QuerySet[SheetMapping]:
    """The saved column mappings of the enterprises for whom a person may keep books."""
    return SheetMapping.objects.filter(organisation__in=filers(person).order_by()).select_related(
        "organisation"
    )


def due(person: User, of: Book) -> dict[int, Duty]:
    """The duty to file each month of a book, with its state of today."""
    rows = duties(person, today=timezone.localdate()).filter(
        Q(organisation=of.organisation_id), name=DUTY, sector=of.rule_set, year=of.year
    )
    return {row.month: row for row in rows}


def sectors() -> dict[str, str]:
    """The rule sets with monthly tables, by name: title as `中文|English`."""
    return {
        name: rules.title
        for name, rules in rule_sets().items()
        if any(table.grain.monthly for table in rules.tables)
    }
