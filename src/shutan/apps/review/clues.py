"""National clue lists 线索清单: read from a workbook, matched to enterprises, answered by enterprise and city, closed by the province.

The state's own layout is not public: the workbook is ours, and says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from shutan.apps.accounts.log import act
from shutan.apps.accounts.models import Area, Kind, Organisation, User
from shutan.apps.accounts.scope import organisations
from shutan.apps.common import files, rowbook
from shutan.apps.common.refusals import BlockedError, StaleError
from shutan.apps.filing.actions import own
from shutan.apps.review.asking import statement_faults
from shutan.apps.review.models import Clue, ClueList, ClueWord

State, Said = Clue.State, ClueWord.Kind
COLUMNS = ("credit_code", "name", "category", "text", "year", "month", "wish")
# Step: whose it is, from which states, what it leads to.
STEPS: dict[str, tuple[str, tuple[str, ...], str]] = {
    Said.ANSWERED: ("enterprise", (State.OPEN,), State.ANSWERED),
    Said.SENT_BACK: ("city", (State.ANSWERED,), State.OPEN),
    Said.REPORTED: ("city", (State.OPEN, State.ANSWERED), State.REPORTED),
    Said.RETURNED: ("province", (State.REPORTED,), State.ANSWERED),
    Said.CLOSED: ("province", (State.REPORTED,), State.CLOSED),
}

ACTIONS = {"enterprise": "review.answer", "city": "review.report_clue", "province": "review.close_clue"}


class ClueForm(forms.ModelForm):
    """A line of the workbook."""

    year = forms.IntegerField(min_value=2000, max_value=2100, required=False)
    month = forms.IntegerField(min_value=1, max_value=12, required=False)

    class Meta:
        """The columns."""

        model = Clue
        fields = COLUMNS


def sheet() -> rowbook.Sheet:
    """The workbook's one sheet."""
    return rowbook.Sheet(
        title=_("Clues"),
        model=Clue,
        names=COLUMNS,
        key=("credit_code", "text"),
        form=lambda values, _known: ClueForm(dict(values)),
    )


def clues(person: User, *, today: date) -> QuerySet[Any]:
    """Those a person sees, with `at_state`: the state, or `overdue` while it is not closed and its day is past.

    The province sees all, a city those of its area, an enterprise and who acts for it its own.
    """
    rows: QuerySet[Any] = Clue.objects.all()
    if person.kind != Kind.PROVINCE:
        homes = organisations(person, Area.REPORTING, today=today).order_by()
        rows = rows.filter(Q(organisation__in=homes) | Q(city=person.organisation_id, city__isnull=False))
    late = When(~Q(state=State.CLOSED), clue_list__due__lt=today, then=Value("overdue"))
    rows = rows.annotate(at_state=Case(late, default="state"), due=F("clue_list__due"))
    return rows.select_related("clue_list", "organisation", "city").order_by(
        "clue_list__due", "clue_list", "position"
    )


def statistics(rows: QuerySet[Any]) -> list[dict[str, Any]]:
    """By city: how many clues, without an enterprise, by state, overdue, confirmed."""
    return list(
        rows.order_by("city__division_code")
        .values("city", "city__name_zh", "city__name_en")
        .annotate(
            total=Count("pk"),
            unmatched=Count("pk", filter=Q(organisation=None)),
            **{str(one): Count("pk", filter=Q(state=one)) for one in State.values},
            overdue=Count("pk", filter=Q(at_state="overdue")),
            confirmed=Count("pk", filter=Q(verdict__in=("true", "partly"))),
        )
    )


def city_of(organisation: Organisation) -> Organisation | None:
    """The bureau in whose area an enterprise lies; None where none has a log-in."""
    code = organisation.division_code[:4]
    return Organisation.objects.filter(kind=Kind.CITY, division_code__startswith=code).order_by("pk").first()


def import_list(
    actor: User,
    upload: files.Upload,
    *,
    title: str,
    issued_on: date,
    due: date,
    number: str = "",
    now: datetime,
) -> ClueList:
    """Read a list: all of its lines, or none and everything that is wrong with them.

    Each line is matched by its credit code and goes to the enterprise and its city; what matches nobody waits for `match`.

    Raises:
        BlockedError: what is wrong, by cell.
    """
    if said := files.faults(upload, ("xlsx",)):
        raise BlockedError(said)
    if due < issued_on:
        raise ValidationError({"due": _("The last day is before the first.")})
    with act(actor, "review.import_clues", now=now) as entry:
        found = rowbook.read(sheet(), upload.content)
        if found.faults:
            raise BlockedError([f"{one.cell} {one.wrong} {one.expected}".strip() for one in found.faults])
        made = ClueList(
            title=title.strip(), number=number.strip(), issued_on=issued_on, due=due, source=files.store(upload),
            source_name=files.clean_name(upload.name), imported_by=actor, imported_at=now,
        )  # fmt: skip
        made.full_clean(exclude=["imported_by"])
        made.save()
        codes = {form.cleaned_data["credit_code"].strip() for form in found.forms}
        homes = {one.credit_code: one for one in _enterprises().filter(credit_code__in=codes)}
        rows = []
        for position, form in enumerate(found.forms, start=1):
            row = form.save(commit=False)
            row.clue_list, row.position, row.changed_at = made, position, now
            row.organisation = homes.get(row.credit_code)
            row.city = city_of(row.organisation) if row.organisation else None
            rows.append(row)
        Clue.objects.bulk_create(rows)
        entry.about(made, clues=len(rows), matched=sum(row.organisation is not None for row in rows))
    return made


def _enterprises() -> QuerySet[Organisation]:
    return Organisation.objects.filter(kind=Kind.ENTERPRISE)


def match(actor: User, clue: Clue, organisation: Organisation, *, revision: int, now: datetime) -> Clue:
    """Say whom a line is about whose credit code matched nobody."""
    if organisation.kind != Kind.ENTERPRISE:
        raise ValidationError({"organisation": _("Choose an enterprise.")})
    with act(actor, "review.match_clue", now=now) as entry:
        held = _held(clue, revision)
        if held.organisation_id is not None:
            raise ValidationError(_("This clue has its enterprise already."))
        held.organisation, held.city = organisation, city_of(organisation)
        _stepped(held, now)
        entry.about(held, organisation=organisation.pk)
    return held


def step(
    actor: User,
    clue: Clue,
    kind: str,
    *,
    text: str,
    verdict: str = "",
    uploads: Sequence[files.Upload] = (),
    revision: int,
    now: datetime,
) -> Clue:
    """Take one of `STEPS`; the city's report needs its verdict.

    Raises:
        StaleError: someone took a step since `revision`.
        PermissionDenied: the step is another side's.
        ValidationError: the step is not one of the state, or its words are missing.
    """
    if kind not in STEPS:
        raise ValidationError({"kind": _("There is no such answer.")})
    side, states, after = STEPS[Said(kind)]
    action = ACTIONS[side]
    if side == "enterprise" and clue.organisation is not None:
        own(actor, clue.organisation, action, now)
    elif not is_side(actor, clue, side):
        raise PermissionDenied(action)
    faults = statement_faults(text, uploads, None, now, needs_words=kind != Said.CLOSED)
    if kind == Said.REPORTED and verdict not in Clue.Verdict.values:
        faults["verdict"] = _("Say whether the clue is borne out.")
    if faults:
        raise ValidationError(faults)
    home = actor.organisation
    assert home is not None  # noqa: S101 - the access table lets organisations' people alone
    with act(actor, action, now=now, why=text.strip()[:200]) as entry:
        held = _held(clue, revision)
        if held.state not in states:
            told = {"state": held.get_state_display()}
            raise ValidationError(_("This step is not possible while it is: %(state)s.") % told)
        ClueWord.objects.create(
            clue=held, kind=kind, text=text.strip()[:4000], by=actor, organisation=home, at=now,
            verdict=verdict if kind == Said.REPORTED else "",
            files=[{"sha256": files.store(one), "name": files.clean_name(one.name)} for one in uploads],
        )  # fmt: skip
        held.state = after
        held.verdict = verdict if kind == Said.REPORTED else held.verdict if after == State.CLOSED else ""
        _stepped(held, now)
        entry.about(held, kind=kind, verdict=held.verdict)
    return held


def is_side(actor: User, clue: Clue, side: str) -> bool:
    """Whether the person stands on a side; where no city has a log-in the province does the city's part."""
    if side == "enterprise":
        return False
    if side == "province":
        return actor.kind == Kind.PROVINCE
    return actor.organisation_id == clue.city_id if clue.city_id else actor.kind == Kind.PROVINCE


def _held(clue: Clue, revision: int) -> Clue:
    held = Clue.objects.select_for_update(of=("self",)).select_related("clue_list").get(pk=clue.pk)
    if held.revision != revision:
        raise StaleError(held)
    return held


def _stepped(clue: Clue, now: datetime) -> None:
    clue.revision += 1
    clue.changed_at = now
    clue.save()
