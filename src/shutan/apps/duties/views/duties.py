"""Pages of duties: a unit's calendar, the regulators' overview, one duty, inner deadlines, notices to units."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shutan.apps.accounts import access
from shutan.apps.accounts.models import Area, Kind, User
from shutan.apps.accounts.scope import acts_for
from shutan.apps.common.files import MEDIA_TYPES
from shutan.apps.common.listing import Column, Filter, Listing
from shutan.apps.common.places import place_name, prefecture_filter
from shutan.apps.duties import actions, forms, papers, queries, steps
from shutan.apps.duties import queries_duties as reads
from shutan.apps.duties.models import Duty, InnerDeadline, ListEntry, ListKind
from shutan.apps.duties.models.duties import duty_name
from shutan.apps.duties.models.lists import words
from shutan.apps.duties.views import OK, performed, renewed
from shutan.apps.duties.views.lists import sector_choices
from shutan.rules.duties import DUTIES, published_until

REGULATORS = (Kind.PROVINCE, Kind.CITY)
MOST_REMINDED = 2000


def state_names() -> dict[str, str]:
    """Where a duty stands, in words."""
    return {
        "overdue": _("Overdue"),
        "due_soon": _("Due soon"),
        "inner_passed": _("Past the inner deadline"),
        "extended": _("Extended"),
        "ahead": _("Still ahead"),
        "undated": _("No date named"),
        "done": _("Done"),
        "lapsed": _("No longer owed"),
    }


def _listing(request: HttpRequest, person: User) -> Listing:
    """The duties a person sees: a unit its calendar, a regulator those of its area."""
    today = timezone.localdate()
    regulator = person.kind in REGULATORS
    rows = reads.ordered(reads.duties(person, today=today))
    if not {"state", "year"} & request.GET.keys():
        rows = rows.exclude(at_state__in=("lapsed",))
    years = sorted(set(rows.order_by().values_list("year", flat=True).distinct()), reverse=True)
    names = dict.fromkeys(rows.order_by().values_list("name", flat=True).distinct())
    return Listing(
        request,
        key="duties",
        title=_("Duties"),
        rows=rows,
        columns=[
            Column("title", _("Duty"), sort="name", link=lambda row: reverse("duties:duty", args=[row.pk])),
            Column(
                "unit_name", _("Unit"), sort="unit_name", shown=regulator or person.kind != Kind.ENTERPRISE
            ),
            Column(
                "division",
                _("Division"),
                value=lambda row: place_name(row.division),
                sort="division",
                shown=False,
            ),
            Column("sector", _("Sector"), value=lambda row: row.sector_name, sort="sector", wide=True),
            Column("standing", _("Standing"), value=lambda row: row.get_standing_display(), shown=False),
            Column("until", _("Date in force"), sort="until"),
            Column("due", _("Legal date"), sort="due", shown=False),
            Column("inner", _("Inner deadline"), sort="inner", wide=True),
            Column("at_state", _("Status"), sort="at_state", badge=True),
            Column("provisional", _("Provisional"), shown=False),
            Column("note", _("Note"), value=lambda row: row.note, wide=True),
            Column("source", _("Source"), shown=False, chinese=True),
        ],
        filters=[
            Filter(
                "state",
                _("Status"),
                lambda found, value: found.filter(at_state=value),
                list(state_names().items()),
            ),
            Filter(
                "name",
                _("Duty"),
                lambda found, value: found.filter(name=value),
                [(name, duty_name(name)) for name in names],
            ),
            Filter(
                "year", _("Year"), lambda found, value: found.filter(year=value), [(str(y), y) for y in years]
            ),
            Filter("sector", _("Sector"), lambda found, value: found.filter(sector=value), sector_choices()),
            *(
                [
                    prefecture_filter("division"),
                    Filter(
                        "standing",
                        _("Standing"),
                        lambda found, value: found.filter(standing=value),
                        ListKind.choices,
                    ),
                ]
                if regulator
                else []
            ),
        ],
        search=("unit_name",) if regulator else (),
        empty_title=_("No duty"),
        empty_text=_("A unit has duties from the day a list with it is published."),
    )


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """A unit's calendar; for regulators the overview by duty and state, with reminders in bulk."""
    person = access.me(request)
    listing = _listing(request, person)
    if (answer := listing.response()) is not None:
        return answer
    today = timezone.localdate()
    names = state_names()
    table = [
        {
            "name": duty_name(row["name"]),
            "key": row["name"],
            "total": row["total"],
            "states": [(state, row[state]) for state in reads.STATES],
        }
        for row in reads.overview(person, today=today)
    ]
    context = {
        "listing": listing,
        "regulator": person.kind in REGULATORS,
        "table": table,
        "states": [(state, names[state]) for state in reads.STATES],
        "provinces": [(words(DUTIES[due.duty.name]), due) for due in reads.provinces(person, today=today)]
        if person.kind not in REGULATORS
        else [],
        "notices": queries.notices(person, today=today).filter(acknowledged_at=None)[:5]
        if access.may_do(person, "duties.acknowledge_notice")
        else [],
        "known_until": published_until(),
        "reminds": access.may_do(person, "duties.remind"),
        "remind_form": forms.RemindForm(),
        "query": request.GET.urlencode(),
    }
    return render(request, "duties/duties.html", context)


@require_GET
def ics(request: HttpRequest) -> HttpResponse:
    """The open duties of one's calendar for other programs."""
    rows = reads.ordered(reads.duties(access.me(request), today=timezone.localdate()))
    content = papers.calendar_ics(rows.filter(done_on=None, lapsed=False)[:5000], now=timezone.now())
    return HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="duties.ics"'},
    )


@require_POST
def remind(request: HttpRequest) -> HttpResponse:
    """Remind every unit that the list's filters show, of open duties only."""
    person = access.me(request)
    listing = _listing(request, person)
    form = forms.RemindForm(request.POST)
    text = form.cleaned_data["text"] if form.is_valid() else ""
    shown = list(listing.found.exclude(at_state__in=("done", "lapsed", "undated"))[: MOST_REMINDED + 1])
    if len(shown) > MOST_REMINDED:
        messages.error(request, _("More than %(n)s duties: narrow the list first.") % {"n": MOST_REMINDED})
    else:
        made = actions.remind(person, shown, text=text, now=timezone.now(), today=timezone.localdate())
        told = ngettext("%(n)s reminder written.", "%(n)s reminders written.", len(made)) % {"n": len(made)}
        messages.success(request, told)
    return redirect(f"{reverse('duties:duties')}?{request.GET.urlencode()}")


def _duty(request: HttpRequest, pk: int) -> Any:
    rows = reads.duties(access.me(request), today=timezone.localdate())
    return get_object_or_404(rows, pk=pk)


@require_GET
def duty(request: HttpRequest, pk: int) -> HttpResponse:
    """One duty: dates, source, what was done, extensions and reminders."""
    return _page(request, _duty(request, pk))


def _page(
    request: HttpRequest, row: Any, bound: dict[str, django_forms.Form] | None = None, status: int = 200
) -> HttpResponse:
    person, today = access.me(request), timezone.localdate()
    given = bound or {}
    for form in given.values():
        if "revision" in form.fields:
            renewed(form, row.revision)
    open_ = row.done_on is None and not row.lapsed
    own = row.organisation is not None and acts_for(person, row.organisation, Area.REPORTING, today=today)
    seen = {"revision": row.revision}
    until = row.extended_to or row.due
    context = {
        "duty": row,
        "clock_provisional": row.provisional,
        "known_until": published_until(),
        "facts": [
            (_("Unit"), row.unit_name),
            (_("Sector"), row.sector_name),
            (_("Standing"), row.get_standing_display()),
            (_("Runs from"), row.started_on),
            (_("Legal date"), row.due or _("no date named")),
            (_("Inner deadline"), row.inner),
            (_("Extended to"), row.extended_to),
            (_("Note"), row.note),
            (_("Source"), row.source),
            (_("Done on"), row.done_on),
            (_("Evidence"), row.evidence),
        ],
        "done_form": given.get("done") or forms.DoneForm(initial=seen | {"on": today})
        if open_ and own and access.may_do(person, "duties.mark_done")
        else None,
        "extend_form": given.get("extend") or forms.ExtendForm(initial=seen)
        if open_ and until and access.may_do(person, "duties.extend")
        else None,
        "reopen_form": given.get("reopen") or forms.WhyForm(initial=seen)
        if row.done_on and not row.done_seen and access.may_do(person, "duties.reopen")
        else None,
        "extensions": row.extensions.select_related("given_by").order_by("-given_at"),
        "reminders": row.reminders.select_related("sent_by").order_by("-sent_at")[:20],
    }
    return render(request, "duties/duty.html", context, status=status)


@require_POST
def change(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Mark a duty done, extend it, or take a done-mark back."""
    person, row = access.me(request), _duty(request, pk)
    now, today = timezone.now(), timezone.localdate()
    kinds: dict[str, tuple[type[django_forms.Form], Any, dict[str, Any], str]] = {
        "done": (forms.DoneForm, actions.mark_done, {"today": today}, _("Marked as done.")),
        "extend": (forms.ExtendForm, actions.extend, {"today": today}, _("The duty is extended.")),
        "reopen": (forms.WhyForm, actions.reopen, {}, _("The mark is taken back.")),
    }
    if name not in kinds:
        raise Http404
    kind, do, more, done = kinds[name]
    form = kind(request.POST)
    status = performed(request, form, lambda: do(person, row, **form.cleaned_data, now=now, **more), done)
    if status == OK:
        return redirect("duties:duty", pk)
    return _page(request, _duty(request, pk), {name: form}, status)


@require_http_methods(["GET", "POST"])
def inner(request: HttpRequest) -> HttpResponse:
    """Inner deadlines of a regulator's own area, and those set above it."""
    person, today = access.me(request), timezone.localdate()
    form = forms.InnerForm(request.POST or None, initial={"year": today.year})
    status = 200
    if request.method == "POST":
        status = performed(
            request,
            form,
            lambda: actions.set_inner(person, **form.cleaned_data, now=timezone.now(), today=today),
            _("The inner deadline is set; the units see it beside the legal date."),
        )
        if status == OK:
            return redirect("duties:inner")
    context = {
        "form": form if access.may_do(person, "duties.set_inner") else None,
        "rows": reads.inner_deadlines(person),
        "own": person.organisation_id,
    }
    return render(request, "duties/inner.html", context, status=status)


@require_POST
def inner_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an inner deadline back."""
    person = access.me(request)
    row = get_object_or_404(InnerDeadline, pk=pk, organisation=person.organisation_id, withdrawn_at=None)
    actions.withdraw_inner(
        person, row, why=request.POST.get("why", ""), now=timezone.now(), today=timezone.localdate()
    )
    messages.success(request, _("The inner deadline is withdrawn."))
    return redirect("duties:inner")


@require_http_methods(["GET", "POST"])
def clock(request: HttpRequest, pk: int) -> HttpResponse:
    """Start a clock for a unit on a list: so many working days from an event."""
    person, today = access.me(request), timezone.localdate()
    rows = ListEntry.objects.filter(unit_list__in=queries.lists(person).order_by(), stands=True)
    rows = rows.filter(division__startswith=actions.reach(person) or "?")
    entry = get_object_or_404(rows.select_related("unit_list", "entity"), pk=pk)
    form = forms.ClockForm(request.POST or None, initial={"on": today})
    status = 200
    if request.method == "POST":
        made: list[Duty] = []
        status = performed(
            request,
            form,
            lambda: made.append(
                actions.start_clock(person, entry, **form.cleaned_data, now=timezone.now(), today=today)
            ),
            _("The clock runs."),
        )
        if status == OK:
            return redirect("duties:duty", made[0].pk)
    return render(request, "duties/clock.html", {"entry": entry, "form": form}, status=status)


@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """Notices of rights and duties: to one's unit, or to those of one's area, with who has acknowledged."""
    person = access.me(request)
    listing = Listing(
        request,
        key="notices",
        title=_("Notices of rights and duties"),
        rows=queries.notices(person, today=timezone.localdate()),
        columns=[
            Column(
                "entry",
                _("Unit"),
                value=lambda row: row.entry.name,
                sort="entry__name",
                link=lambda row: reverse("duties:notice", args=[row.pk]),
            ),
            Column("list", _("List"), value=lambda row: str(row.entry.unit_list)),
            Column("told_at", _("Told"), sort="told_at"),
            Column("acknowledged_at", _("Acknowledged"), sort="acknowledged_at"),
            Column("acknowledged_by", _("By"), wide=True),
        ],
        filters=[
            Filter(
                "open",
                _("Status"),
                lambda found, value: found.filter(acknowledged_at__isnull=value == "open"),
                [("open", _("Not acknowledged")), ("done", _("Acknowledged"))],
            )
        ],
        search=("entry__name",),
        empty_title=_("No notice"),
        empty_text=_("Each unit is told its rights and duties when its list is published."),
    )
    return listing.response() or render(request, "duties/notices.html", {"listing": listing})


def _notice(request: HttpRequest, pk: int) -> Any:
    return get_object_or_404(queries.notices(access.me(request), today=timezone.localdate()), pk=pk)


@require_GET
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice as PDF."""
    name = f"notice-{pk}.pdf"
    return HttpResponse(
        papers.notice_pdf(_notice(request, pk)),
        content_type=MEDIA_TYPES[".pdf"],
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


@require_POST
def acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    """The unit says that it has its notice."""
    steps.acknowledge(access.me(request), _notice(request, pk), now=timezone.now())
    messages.success(request, _("Acknowledged."))
    return redirect("duties:duties")
