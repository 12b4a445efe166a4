"""Pages of lists: all of them, one with its steps, its opinions, two compared, files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.conf import settings
from django.db.models import Count
from django.db.models.functions import Left
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shutan.apps.accounts import access
from shutan.apps.accounts.models import Kind, User
from shutan.apps.common.downloads import attached
from shutan.apps.common.listing import Column, Filter, Listing
from shutan.apps.common.places import place_name, prefecture_filter
from shutan.apps.directory.chart_map import Map, province
from shutan.apps.directory.facts import Sector
from shutan.apps.directory.models import Entity, Event
from shutan.apps.duties import forms, making, papers, queries, steps
from shutan.apps.duties.models import Change, ListEntry, ListKind, Opinion, UnitList
from shutan.apps.duties.models.lists import words
from shutan.apps.duties.views import OK, performed, renewed

MOST_EVENTS = 30


def sector_choices() -> list[tuple[str, str]]:
    """Every sector that has a list."""
    names = dict.fromkeys(name for each in making.SECTORS.values() for name in each)
    return [(name, words(Sector[name])) for name in names]


@require_http_methods(["GET", "POST"])
def listed(request: HttpRequest) -> HttpResponse:
    """All lists; the province drafts a new one."""
    person = access.me(request)
    today = timezone.localdate()
    form = forms.NewListForm(request.POST or None, initial={"year": today.year + 1})
    if request.method == "POST":
        made: list[UnitList] = []
        now = timezone.now()
        status = performed(
            request,
            form,
            lambda: made.append(steps.make(person, **form.cleaned_data, now=now, today=today)),
            _("The list is drafted."),
        )
        if status == OK:
            return redirect("duties:list", made[0].pk)
    else:
        status = 200
    listing = Listing(
        request,
        key="lists",
        title=_("Lists"),
        rows=queries.counted(queries.lists(person)),
        columns=[
            Column("name", _("List"), value=str, link=lambda row: reverse("duties:list", args=[row.pk])),
            Column("year", _("List year"), value=lambda row: str(row.year), sort="year"),
            Column("state", _("Status"), sort="state", badge=True),
            Column("standing", _("Listed units"), places=0),
            Column("entering", _("Enter"), places=0, wide=True),
            Column("leaving", _("Leave"), places=0, wide=True),
            Column("undecided", _("Not decided"), places=0, wide=True),
            Column("due", _("To be published by"), sort="due", wide=True),
            Column("published_on", _("Published"), sort="published_on"),
        ],
        filters=[
            Filter("kind", _("Kind"), lambda rows, value: rows.filter(kind=value), ListKind.choices),
            Filter("sector", _("Sector"), lambda rows, value: rows.filter(sector=value), sector_choices()),
            Filter(
                "state", _("Status"), lambda rows, value: rows.filter(state=value), UnitList.State.choices
            ),
        ],
        empty_title=_("No list yet"),
        empty_text=_(
            "A list is computed from recorded emissions by the rules of entry, then opined and published."
        ),
    )
    context = {"listing": listing, "form": form if access.may_do(person, "duties.make_list") else None}
    return listing.response() or render(request, "duties/lists.html", context, status=status)


def _list(request: HttpRequest, pk: int) -> UnitList:
    found: UnitList = get_object_or_404(queries.lists(access.me(request)), pk=pk)
    return found


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One list: where it stands and what comes next, its units with their reasons, opinions, events since."""
    return _page(request, _list(request, pk))


def told_words() -> dict[str, str]:
    """Whether a unit was told its rights and duties."""
    return {
        "no": _("Not told: no account"),
        "told": _("Has been told"),
        "acknowledged": _("Has acknowledged"),
    }


def _told(row: ListEntry) -> str:
    notice = getattr(row, "notice", None)
    state = "no" if notice is None else "acknowledged" if notice.acknowledged_at else "told"
    return told_words()[state] if row.stands or notice else ""


def _with_told(rows: Any, state: str) -> Any:
    if state == "no":
        return rows.filter(notice=None, stands=True)
    return rows.filter(notice__isnull=False, notice__acknowledged_at__isnull=state == "told")


def _entries(request: HttpRequest, unit_list: UnitList, person: User) -> Listing:
    whole = person.kind == Kind.PROVINCE or person.kind in steps.PEERS
    rows = unit_list.entries.select_related("unit_list").order_by("name", "pk")
    if not whole:
        rows = rows.filter(stands=True)

    is_told = whole and unit_list.kind == ListKind.ETS and unit_list.state == UnitList.State.PUBLISHED
    if is_told:
        rows = rows.select_related("unit_list", "notice")

    def state(row: Any) -> str:
        as_computed = row.stands == (row.change in ("enters", "stays"))
        return str(row.change if as_computed else row.decision or "leaves")

    return Listing(
        request,
        key="entries",
        title=str(unit_list),
        rows=rows,
        columns=[
            Column(
                "name",
                _("Unit"),
                sort="name",
                link=(lambda row: reverse("duties:entry", args=[row.pk])) if whole else None,
            ),
            Column("credit_code", _("Unified social credit code"), sort="credit_code", wide=True),
            Column(
                "division",
                _("Division"),
                value=lambda row: place_name(row.division),
                sort="division",
                wide=True,
            ),
            Column("code", _("Class of GB/T 4754"), value=lambda row: row.code_name, sort="code", wide=True),
            Column("emission", _("Emissions that decide"), sort="emission", places=2, shown=whole, wide=True),
            Column(
                "basis",
                _("Basis"),
                value=lambda row: papers.basis_name(row.basis),
                sort="basis",
                shown=whole,
                wide=True,
            ),
            Column("change", _("Entry or exit"), value=state, sort="change", badge=True),
            Column("reason", _("Reason"), value=lambda row: row.decided_why or row.reason_name, prose=True),
            Column("members", _("Member companies"), shown=False),
            *([Column("told", _("Rights and duties"), value=_told, shown=False)] if is_told else []),
        ],
        filters=[
            Filter(
                "change", _("Entry or exit"), lambda found, value: found.filter(change=value), Change.choices
            ),
            prefecture_filter("division"),
            *(
                [Filter("told", _("Rights and duties"), _with_told, list(told_words().items()))]
                if is_told
                else []
            ),
        ],
        search=("name", "credit_code"),
        empty_title=_("No unit"),
        empty_text=_("Record emissions of the years that decide, then compute again."),
    )


def _page(
    request: HttpRequest,
    unit_list: UnitList,
    bound: dict[str, django_forms.Form] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page with the forms of the steps that are possible; a bound form keeps what was entered."""
    person = access.me(request)
    counts = unit_list = queries.counted(UnitList.objects.filter(pk=unit_list.pk)).get()
    listing = _entries(request, unit_list, person)
    if (answer := listing.response()) is not None:
        return answer
    today = timezone.localdate()
    given = bound or {}
    seen = {"revision": unit_list.revision}
    own = None
    if person.kind in steps.PEERS:
        own = Opinion.objects.filter(unit_list=unit_list, organisation=person.organisation_id).first()
    manages = access.may_do(person, "duties.make_list")
    for form in given.values():
        if "revision" in form.fields:  # the next try is about what the page shows now
            renewed(form, unit_list.revision)
    context = {
        "unit_list": unit_list,
        "counts": counts,
        "listing": listing,
        "late": unit_list.due and not unit_list.published_on and today > unit_list.due,
        "manages": manages,
        "next": _next(unit_list, person, own),
        "opinions": queries.opinions(person, unit_list),
        "own": own,
        "opinion_form": given.get("opinion")
        or forms.OpinionForm(initial={"answer": own.answer, "reason": own.reason} if own else None),
        "events": making.events_since(unit_list, today=today)[:MOST_EVENTS] if manages else [],
        "unsure": _unsure(unit_list),
        "forms": {
            "compute": forms.SeenForm(initial=seen),
            "ask": given.get("ask") or forms.AskForm(initial=seen),
            "notice": given.get("notice") or forms.NoticeForm(initial=seen),
            "publish": given.get("publish") or forms.PublishForm(initial=seen),
            "back": given.get("back") or forms.WhyForm(initial=seen, prefix=None),
        },
        "faults": given,
    }
    return render(request, "duties/list.html", context, status=status)


def _unsure(unit_list: UnitList) -> list[dict[str, str]]:
    """The records of the law behind a list that were not read in the official text, each once."""
    first = unit_list.entries.exclude(law=[]).first()
    return [one for one in first.records if one["status"] != "official"] if first else []


def _next(unit_list: UnitList, person: User, own: Opinion | None) -> str:
    if own is not None and own.answer == Opinion.Answer.ASKED and unit_list.state == UnitList.State.OPINIONS:
        return _("Give the opinion of your department")
    if person.kind != Kind.PROVINCE:
        return ""
    return {
        UnitList.State.DRAFT: _("Decide who is not decided, then ask the other departments"),
        UnitList.State.OPINIONS: _("When all have answered, or their time is over, give public notice"),
        UnitList.State.NOTICE: _("When the notice is over, publish"),
        UnitList.State.PUBLISHED: "",
    }[UnitList.State(unit_list.state)]


STEP_FORMS: dict[str, type[django_forms.Form]] = {
    "compute": forms.SeenForm,
    "ask": forms.AskForm,
    "notice": forms.NoticeForm,
    "publish": forms.PublishForm,
    "back": forms.WhyForm,
}


@require_POST
def step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One step of a list."""
    person, unit_list = access.me(request), _list(request, pk)
    if name not in STEP_FORMS:
        raise Http404
    form = STEP_FORMS[name](request.POST)
    now, today = timezone.now(), timezone.localdate()
    do: dict[str, tuple[Callable[..., object], dict[str, Any], str]] = {
        "compute": (steps.recompute, {"today": today}, _("Computed again.")),
        "ask": (steps.ask_opinions, {"today": today}, _("The departments are asked.")),
        "notice": (steps.give_notice, {"today": today}, _("The public notice has begun.")),
        "publish": (
            steps.publish,
            {"today": today},
            _("The list is published; its units are told and have their duties."),
        ),
        "back": (steps.back_to_draft, {}, _("The list is a draft again.")),
    }
    act, more, done = do[name]
    status = performed(
        request, form, lambda: act(person, unit_list, **form.cleaned_data, now=now, **more), done
    )
    if status == OK:
        return redirect("duties:list", unit_list.pk)
    return _page(request, unit_list, {name: form}, status)


@require_POST
def opinion(request: HttpRequest, pk: int) -> HttpResponse:
    """A department answers."""
    person, unit_list = access.me(request), _list(request, pk)
    own = get_object_or_404(Opinion, unit_list=unit_list, organisation=person.organisation_id)
    form = forms.OpinionForm(request.POST)
    status = performed(
        request,
        form,
        lambda: steps.answer_opinion(person, own, **form.cleaned_data, now=timezone.now()),
        _("Your department's opinion is recorded."),
    )
    return (
        redirect("duties:list", pk) if status == OK else _page(request, unit_list, {"opinion": form}, status)
    )


@require_POST
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """The province replies to an objection."""
    person = access.me(request)
    given = get_object_or_404(Opinion.objects.select_related("unit_list"), pk=pk)
    unit_list = _list(request, given.unit_list_id)
    form = forms.ReplyForm(request.POST)
    status = performed(
        request,
        form,
        lambda: steps.reply_opinion(person, given, **form.cleaned_data, now=timezone.now()),
        _("The reply is recorded."),
    )
    return (
        redirect("duties:list", unit_list.pk)
        if status == OK
        else _page(request, unit_list, {f"reply{pk}": form}, status)
    )


def _entry(request: HttpRequest, pk: int) -> ListEntry:
    person = access.me(request)
    rows = ListEntry.objects.filter(unit_list__in=queries.lists(person).order_by())
    if not (person.kind == Kind.PROVINCE or person.kind in steps.PEERS):
        rows = rows.none()
    return get_object_or_404(rows.select_related("unit_list", "entity", "decided_by", "event"), pk=pk)


@require_http_methods(["GET", "POST"])
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit on a list: what decided, by which records of the law; the province decides, or corrects what is published."""
    person, unit = access.me(request), _entry(request, pk)
    unit_list = unit.unit_list
    published = unit_list.state == UnitList.State.PUBLISHED
    now, today = timezone.now(), timezone.localdate()
    manages = access.may_do(person, "duties.decide_entry")
    initial: dict[str, Any] = {"revision": unit_list.revision}
    form: django_forms.Form
    if published:
        initial |= {"include": "no" if unit.stands else "yes", "since": today}
        form = forms.CorrectForm(request.POST or None, initial=initial)
    else:
        initial |= {"decision": unit.decision, "why": unit.decided_why}
        form = forms.DecideForm(request.POST or None, initial=initial)
    status = 200
    if request.method == "POST":

        def do() -> object:
            given = dict(form.cleaned_data)
            if not published:
                return steps.decide_entry(person, unit, **given, now=now)
            given["include"] = given["include"] == "yes"
            return steps.correct(person, unit_list, unit.entity, **given, now=now, today=today)

        status = performed(request, form, do, _("The decision is recorded."))
        if status == OK:
            return redirect("duties:entry", unit.pk)
        unit_list.refresh_from_db()
        renewed(form, unit_list.revision)
    context: dict[str, Any] = {
        "unit": unit,
        "unit_list": unit_list,
        "form": form if manages else None,
        "published": published,
    }
    context["facts"] = [
        (_("Unified social credit code"), unit.credit_code),
        (_("Division"), place_name(unit.division)),
        (_("Class of GB/T 4754"), unit.code_name),
        (_("Member companies"), unit.members),
        (_("Basis"), papers.basis_name(unit.basis)),
        (_("Reason"), unit.decided_why or unit.reason_name),
        (_("What the rules say"), unit.reason_name if unit.decision else ""),
        (_("On it from"), unit.begins),
        (_("On it until"), unit.ends),
    ]
    return render(request, "duties/entry.html", context, status=status)


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, pk: int, event: int, entity: int) -> HttpResponse:
    """Correct a published list because of an event of the directory."""
    person, unit_list = access.me(request), _list(request, pk)
    happened = get_object_or_404(Event, pk=event)
    unit = get_object_or_404(Entity, pk=entity)
    today = timezone.localdate()
    told = making.units([unit.pk], today, unit_list.year - making.NEW_BACK)[unit.pk]
    stands = unit_list.entries.filter(entity=unit, stands=True).exists()
    initial = {"revision": unit_list.revision, "since": happened.on, "include": "no" if stands else "yes"}
    form = forms.CorrectForm(request.POST or None, initial=initial)
    status = 200
    if request.method == "POST":

        def do() -> object:
            given = dict(form.cleaned_data) | {"include": form.cleaned_data["include"] == "yes"}
            return steps.correct(
                person, unit_list, unit, **given, event=happened, now=timezone.now(), today=today
            )

        status = performed(request, form, do, _("The list is corrected; the unit's calendar follows."))
        if status == OK:
            return redirect("duties:list", unit_list.pk)
        unit_list.refresh_from_db()
        renewed(form, unit_list.revision)
    context = {"unit_list": unit_list, "event": happened, "unit": told, "form": form}
    return render(request, "duties/correct.html", context, status=status)


@require_GET
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """A list beside the one of the year before: who entered, left and stayed, and why."""
    after = _list(request, pk)
    before = (
        queries.lists(access.me(request))
        .filter(kind=after.kind, sector=after.sector, year__lt=after.year)
        .order_by("-year")
        .first()
    )
    rows = queries.compare(before, after) if before else []
    counts = {
        change: sum(row.change == change for row in rows)
        for change in (Change.ENTERS, Change.LEAVES, Change.STAYS)
    }
    context = {"before": before, "after": after, "rows": rows, "counts": counts}
    return render(request, "duties/compare.html", context)


@require_GET
def file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The list in the ministry's layout, Excel or PDF: for whom it is shown to; what is published, for anybody."""
    if request.user.is_authenticated:
        unit_list = _list(request, pk)
    else:
        unit_list = get_object_or_404(UnitList, pk=pk, state=UnitList.State.PUBLISHED)
    if kind not in ("xlsx", "pdf"):
        raise Http404
    content = papers.list_xlsx(unit_list) if kind == "xlsx" else papers.list_pdf(unit_list)
    return attached(content, f"{papers.list_title(unit_list)}.{kind}")


@require_GET
def public(request: HttpRequest) -> HttpResponse:
    """Everybody's page: the units on published lists, searched, filtered and downloaded without signing in."""
    rows = queries.published()
    years = list(
        UnitList.objects.filter(state=UnitList.State.PUBLISHED)
        .order_by("-year")
        .values_list("year", flat=True)
        .distinct()
    )
    listing = Listing(
        request,
        key="key-units",
        title=_("Key emitting units"),
        rows=rows,
        columns=[
            Column("name", _("Unit"), sort="name"),
            Column("credit_code", _("Unified social credit code"), sort="credit_code", wide=True),
            Column(
                "division",
                _("Division"),
                value=lambda row: place_name(row.division),
                sort="division",
            ),
            Column(
                "sector", _("Sector"), value=lambda row: row.unit_list.sector_name, sort="unit_list__sector"
            ),
            Column(
                "kind",
                _("Kind"),
                value=lambda row: row.unit_list.get_kind_display(),
                sort="unit_list__kind",
                wide=True,
            ),
            Column("year", _("List year"), value=lambda row: str(row.unit_list.year), sort="unit_list__year"),
            Column(
                "reason",
                _("Reason"),
                value=lambda row: row.decided_why or row.reason_name,
                wide=True,
                prose=True,
            ),
        ],
        filters=[
            Filter(
                "year",
                _("List year"),
                lambda found, value: found.filter(unit_list__year=value),
                [(str(y), y) for y in years],
            ),
            Filter(
                "sector",
                _("Sector"),
                lambda found, value: found.filter(unit_list__sector=value),
                sector_choices(),
            ),
            Filter(
                "kind", _("Kind"), lambda found, value: found.filter(unit_list__kind=value), ListKind.choices
            ),
            prefecture_filter("division"),
        ],
        search=("name", "credit_code"),
        empty_title=_("No list is published yet"),
        empty_text=_("The lists of key emitting units stand here from the day they are published."),
    )
    if (answer := listing.response()) is not None:
        return answer
    files = queries.counted(
        UnitList.objects.filter(state=UnitList.State.PUBLISHED).order_by("-year", "kind", "sector")
    )
    context = {"listing": listing, "files": files[:60], "marked": papers.marked()}
    # Without its approval number a map is not for publication: then only who signed in sees it.
    if settings.MAP_APPROVAL or request.user.is_authenticated:
        context["map"] = _map(listing, years)
    return render(request, "duties/public.html", context)


def _map(listing: Listing, years: list[int]) -> Map:
    """The listed units by prefecture: of what the list shows, of its latest year where no year is chosen."""
    rows = listing.found.order_by()
    if years and not listing.asked.get("year"):
        rows = rows.filter(unit_list__year=years[0])
    cities = rows.annotate(city=Left("division", 4)).values_list("city").annotate(n=Count("pk"))
    return province(
        {f"{city}00": n for city, n in cities},
        title=_("Key emitting units"),
        link=lambda code: f"{reverse('duties:public')}?city={code[:4]}",
    )
