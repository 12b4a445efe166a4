"""Every read of this app.

Instruments: the province sees all; everyone else, signed in or not, what is or was public. Self-assessments follow the
scope of reporting: an enterprise its own, a head office its plants, an agent its principals', a city its own, the province all.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import (
    Case,
    Count,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from shutan.apps.accounts.models import Area, Kind, Organisation, User
from shutan.apps.accounts.scope import acts_for, organisations, principals
from shutan.apps.standards.models import (
    Assessment,
    Attachment,
    Evidence,
    Improvement,
    Instrument,
    Item,
    Opinion,
    Text,
    Version,
)
from shutan.apps.standards.procedure import OPEN

State = Version.State


def drafts(person: Any) -> bool:
    """Whether a request's user sees drafts: who is of the provincial department."""
    return isinstance(person, User) and person.kind == Kind.PROVINCE


def versions(person: Any) -> QuerySet[Version]:
    """Versions a person may see: the public those that are published, or on which opinions were sought."""
    found = Version.objects.select_related("instrument", "drafted_by", "legality_by").order_by("-order")
    return (
        found
        if drafts(person)
        else found.filter(Exists(Text.objects.filter(version=OuterRef("pk"), is_public=True)))
    )


def instruments(person: Any, day: date) -> QuerySet[Any]:
    """Instruments a person may see, with where each stands on a day.

    Annotates `status` (in_force, upcoming, repealed, opinions, or the open version's state), `number`,
    `in_force_from` and `published_on` of the version in force on the day (else of the last one published),
    and `under_way` (state of the version on its way).
    """
    seen = versions(person).filter(instrument=OuterRef("pk")).order_by()
    published = Version.objects.filter(instrument=OuterRef("pk"), state=State.PUBLISHED)
    holding = published.filter(in_force_from__lte=day).order_by("-in_force_from")
    coming = published.order_by("in_force_from")
    under_way = seen.filter(state__in=OPEN)
    found = Instrument.objects.filter(Exists(seen)).annotate(
        version_pk=_first(holding, coming, "pk"),
        number=_first(holding, coming, "number"),
        in_force_from=_first(holding, coming, "in_force_from"),
        published_on=_first(holding, coming, "published_on"),
        amended=Count("versions", filter=Q(versions__state=State.PUBLISHED)),
        under_way=Subquery(under_way.values("state")[:1]),
        opinions_until=Subquery(under_way.values("opinions_until")[:1], output_field=DateField()),
        last_state=Subquery(seen.order_by("-order").values("state")[:1]),
    )
    return found.annotate(
        status=Case(
            When(repealed_from__lte=day, then=Value("repealed")),
            When(Exists(holding), then=Value("in_force")),
            When(Exists(published), then=Value("upcoming")),
            default=F("last_state"),
            output_field=TextField(),
        )
    ).order_by("-created_at", "-pk")


def _first(holding: QuerySet[Version], coming: QuerySet[Version], name: str) -> Case:
    return Case(
        When(Exists(holding), then=Subquery(holding.values(name)[:1])),
        default=Subquery(coming.values(name)[:1]),
    )


def texts(person: Any) -> QuerySet[Text]:
    """Wordings a person may read: the public those opinions were sought on and those published."""
    found = Text.objects.select_related("version__instrument", "saved_by").order_by("-pk")
    return found if drafts(person) else found.filter(is_public=True)


def attachments(person: Any) -> QuerySet[Attachment]:
    """Documents of the versions a person may see."""
    found = Attachment.objects.select_related("version").filter(removed_at=None)
    if drafts(person):
        return found
    # A text may have been public once and be worded anew now: what was added since is not.
    return found.filter(
        version__in=versions(person).exclude(state__in=["draft", "review", "cleared"]).order_by()
    )


def opinions(person: Any) -> QuerySet[Opinion]:
    """Opinions: the province all; a sender also their own; everyone those answered, of public versions."""
    found = Opinion.objects.select_related("organisation", "version__instrument", "answered_by", "author")
    if drafts(person):
        return found
    public = Q(answered_at__isnull=False)
    if isinstance(person, User):
        own = Q(author=person)
        if person.kind != Kind.PUBLIC and person.organisation_id is not None:
            own |= Q(organisation=person.organisation_id)
        public |= own
    return found.filter(public)


def _seen(person: User) -> QuerySet[Organisation]:
    return organisations(person, Area.REPORTING, today=timezone.localdate()).order_by()


def assessments(person: User) -> QuerySet[Any]:
    """Self-assessments a person may see, with counts of items, answers and improvements.

    Annotates `n_items`, `n_answered`, `n_open` (improvements not verified) and `n_overdue`.
    """
    today = timezone.localdate()
    answered = Item.objects.filter(assessment=OuterRef("pk")).order_by()
    improvements = Improvement.objects.filter(item__assessment=OuterRef("pk")).order_by()
    return (
        Assessment.objects.filter(organisation__in=_seen(person))
        .select_related("organisation", "signed_by", "copied_from")
        .annotate(
            n_items=_number(answered, "assessment"),
            n_answered=_number(answered.exclude(level=""), "assessment"),
            n_open=_number(improvements.exclude(state="verified"), "item__assessment"),
            n_overdue=_number(improvements.filter(state="open", due__lt=today), "item__assessment"),
        )
        .order_by("-year", "organisation__name_zh", "pk")
    )


def _number(rows: QuerySet[Any], key: str) -> Coalesce:
    """How many rows each record has, counted apart so that one count does not multiply another."""
    return Coalesce(Subquery(rows.values(key).annotate(n=Count("pk")).values("n")), 0)


def items(person: User) -> QuerySet[Item]:
    """Items of the self-assessments a person may see."""
    found = Item.objects.filter(assessment__organisation__in=_seen(person))
    return found.select_related("assessment__organisation", "clause", "changed_by")


def evidence(person: User) -> QuerySet[Evidence]:
    """Evidence of the self-assessments a person may see."""
    found = Evidence.objects.filter(removed_at=None, item__assessment__organisation__in=_seen(person))
    return found.select_related("item__assessment__organisation")


def improvements(person: User) -> QuerySet[Improvement]:
    """Improvements of the self-assessments a person may see."""
    found = Improvement.objects.filter(item__assessment__organisation__in=_seen(person))
    return found.select_related("item__assessment__organisation", "item__clause", "responsible")


def may_change(person: User, organisation: Organisation) -> bool:
    """Whether a person's changes to an enterprise's self-assessment can be let in."""
    if person.kind not in (Kind.ENTERPRISE, Kind.SERVICE):
        return False
    return acts_for(person, organisation, Area.REPORTING, today=timezone.localdate())


def assessed_for(person: User) -> QuerySet[Organisation]:
    """The enterprises whose self-assessment a person may begin."""
    if person.kind == Kind.ENTERPRISE and person.organisation is not None:
        return Organisation.objects.filter(pk=person.organisation.pk)
    if person.kind == Kind.SERVICE and person.organisation is not None:
        held = principals(person.organisation, Area.REPORTING, today=timezone.localdate())
        return Organisation.objects.filter(pk__in=held).order_by("name_zh")
    return Organisation.objects.none()
