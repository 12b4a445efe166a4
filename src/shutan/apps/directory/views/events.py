"""Events: record one after seeing what follows, undo one, the province's review of registry changes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shutan.apps.accounts import access
from shutan.apps.common.language import language
from shutan.apps.common.listing import Column, Filter, Listing
from shutan.apps.directory import actions, events, overview, queries
from shutan.apps.directory.consequences import SUBJECTS, Happened, linked
from shutan.apps.directory.forms import FactsForm, event_types
from shutan.apps.directory.models import Entity, EntityKind, Event, EventKind, RegistryChange
from shutan.apps.directory.present import address, consequence, label_of, problem_lines, value_text
from shutan.apps.directory.reading import FaultsError
from shutan.apps.directory.views.lists import day_of
from shutan.apps.directory.views.records import _entity, _number
from shutan.documents.values import Fault

INTO = (EventKind.MERGER, EventKind.SPLIT, EventKind.TRANSFER)


@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """All events the person may see."""
    person, today = access.me(request), timezone.localdate()
    shown = Listing(
        request,
        key="directory-events",
        title=_("Events"),
        rows=queries.with_subject(queries.events(person, today=today)),
        columns=[
            Column("on", _("On"), sort="on"),
            Column("kind", _("Event"), value=lambda row: row.get_kind_display(), sort="kind",
                   link=lambda row: _event_url(row.pk)),
            Column("subject", _("Subject"), value=lambda row: row.subject_name, sort="subject_name"),
            Column("document", _("Document"), wide=True),
            Column("registry", _("Registry change"), value=_notice),
            Column("recorded_by", _("Recorded by"), wide=True),
            Column("recorded_at", _("Recorded"), sort="recorded_at", wide=True),
        ],
        filters=[Filter("kind", _("Event"), lambda rows, value: rows.filter(kind=value), EventKind.choices)],
        search=("subject_name", "document"),
        sort="-on",
        empty_title=_("No event yet"),
        empty_text=_("Open an enterprise, facility or line and record what happened to it."),
    )  # fmt: skip
    return shown.response() or render(request, "directory/events.html", {"listing": shown})


def _event_url(pk: int) -> str:
    return address(pk).replace("/directory/", "/directory/events/")


def _notice(row: Any) -> str:
    notice = getattr(row, "registry_change", None)
    return notice.get_state_display() if notice else ""


@require_GET
def registry_changes(request: HttpRequest) -> HttpResponse:
    """What the registry must change, those that wait first."""
    person, today = access.me(request), timezone.localdate()
    rows = queries.with_subject(queries.registry_changes(person, today=today), "event")
    shown = Listing(
        request,
        key="directory-registry",
        title=_("Registry changes"),
        rows=rows,
        columns=[
            Column("on", _("On"), value=lambda row: row.event.on, sort="event__on"),
            Column("kind", _("Event"), value=lambda row: row.event.get_kind_display(),
                   link=lambda row: _event_url(row.event_id)),
            Column("subject", _("Subject"), value=lambda row: row.subject_name, sort="subject_name"),
            Column("state", _("Status"), value=lambda row: row.get_state_display(), sort="state"),
            Column("decided_at", _("Decided"), sort="decided_at", wide=True),
            Column("reason", _("Reason"), wide=True),
        ],
        filters=[Filter("state", _("Status"), lambda rows, value: rows.filter(state=value), RegistryChange.State.choices)],
        search=("subject_name",),
        sort="-on",
        empty_title=_("Nothing for the registry"),
        empty_text=_("Name changes, mergers and splits appear here for the province's review before the registry changes."),
    )  # fmt: skip
    return shown.response() or render(request, "directory/registry_changes.html", {"listing": shown})


@require_http_methods(["GET", "POST"])
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose what happened; see what follows; confirm. Nothing is written before the last step."""
    subject, person, today = _entity(request, pk), access.me(request), timezone.localdate()
    queries.check_may_change(person, subject, today=today)
    asked = request.POST if request.method == "POST" else request.GET
    kind = asked.get("kind", "")
    if kind not in SUBJECTS or subject.kind not in SUBJECTS[kind]:
        raise Http404
    on = day_of(asked.get("on", ""), today)
    types = event_types(kind, subject)
    form = FactsForm(
        types, on, request.POST if request.method == "POST" else None, initial=_begin(subject, types, today)
    )
    context: dict[str, Any] = {
        "entity": subject,
        "name": actions.name_of(subject, on),
        "kind": kind,
        "kind_label": EventKind(kind).label,
        "on": on,
        "form": form,
        "version": subject.version,
        "needs_into": kind in INTO,
        "facilities": _facilities(subject, on) if kind == EventKind.SPLIT else [],
        "typed": request.POST,
        "chosen": request.POST.getlist("others"),
    }
    if request.method == "GET":
        return render(request, "directory/record.html", context)
    happened, faults = _happened(request, subject, kind, on)
    proposal = events.preview(person, happened, today=today)
    problems = [*faults, *proposal.problems]
    if problems:
        form.tell(problem for problem in proposal.problems if problem.place.place in form.fields)
        told = [problem for problem in proposal.problems if problem.place.place not in form.fields]
        context["faults"] = [*[fault["wrong"] for fault in problem_lines(told)], *faults]
        return render(request, "directory/record.html", context, status=422)
    if not request.POST.get("confirmed"):
        said = language()
        context |= {
            "consequences": [consequence(proposal, change) for change in proposal.changes],
            "look": [message.text(said) for message in proposal.look],
            "registry": proposal.registry,
            "confirm": True,
            "kept": [(key, value) for key, values in request.POST.lists() for value in values
                     if key not in ("csrfmiddlewaretoken", "version")],
        }  # fmt: skip
        return render(request, "directory/record.html", context)
    try:
        made = events.record_event(
            person,
            happened,
            version=_number(request.POST.get("version", "")),
            now=timezone.now(),
            today=today,
        )
    except actions.StaleError as error:
        context["version"] = error.entity.version
        context["faults"] = [
            _(
                "Someone changed this record meanwhile. Look at what follows now and confirm again; nothing you typed is lost."
            )
        ]
        return render(request, "directory/record.html", context, status=409)
    except FaultsError as error:
        context["faults"] = [fault["wrong"] for fault in problem_lines(error.problems)]
        return render(request, "directory/record.html", context, status=422)
    except PermissionDenied:
        context["faults"] = [
            _(
                "This event concerns another organisation's records too: ask your municipal bureau or the province to record it."
            )
        ]
        return render(request, "directory/record.html", context, status=403)
    messages.success(request, _("Recorded."))
    return redirect("directory:event", made.pk)


def _begin(subject: Entity, types: Any, today: Any) -> dict[str, str]:
    """What the form starts with: what holds today."""
    now_is = overview.typed_facts(subject, today)
    names = {one.name for one in types}
    fresh = subject.kind == EntityKind.FACILITY and "product" in names
    kept = {"sector"} if fresh else names
    return {name: now_is.get(name, "") for name in kept}


def _facilities(subject: Entity, on: Any) -> list[tuple[int, str]]:
    found = linked("owner", subject, on)
    told = overview.names([one.pk for one in found], on)
    return [(one.pk, told.get(one.pk, str(one.pk))) for one in found]


def _happened(request: HttpRequest, subject: Entity, kind: str, on: Any) -> tuple[Happened, list[str]]:
    """The event as typed, and what could not be found of it."""
    person, today, faults = access.me(request), timezone.localdate(), []
    find = actions.finder(person, today=today)
    into = None
    if kind in INTO and (text := request.POST.get("into", "").strip()):
        found = find(EntityKind.LEGAL_PERSON, text)
        if isinstance(found, Fault):
            faults.append(found.message.text(language()))
        else:
            into = found
    chosen = [int(pk) for pk in request.POST.getlist("others") if pk.isascii() and pk.isdigit()]
    others = list(queries.entities(person, today=today).filter(pk__in=chosen)) if chosen else []
    if kind == EventKind.MERGER:
        for text in request.POST.get("parties", "").split():
            found = find(EntityKind.LEGAL_PERSON, text)
            if isinstance(found, Fault):
                faults.append(found.message.text(language()))
            elif found.pk != subject.pk:
                others.append(found)
    values = {one.name: request.POST.get(one.name, "") for one in event_types(kind, subject)}
    happened = Happened(
        kind,
        on,
        subject,
        tuple(others),
        into,
        values,
        request.POST.get("document", "")[:200],
        request.POST.get("note", "")[:1000],
    )
    return happened, faults


def _event(request: HttpRequest, pk: int) -> Event:
    return queries.event(access.me(request), pk, today=timezone.localdate())


@require_GET
def event(request: HttpRequest, pk: int, faults: list[str] | None = None, status: int = 200) -> HttpResponse:
    """One event: what it did, the registry's change, undoing it."""
    found, person, today = _event(request, pk), access.me(request), timezone.localdate()
    seen = set(queries.entities(person, today=today).values_list("pk", flat=True))
    subjects = list(found.subjects.select_related("entity").order_by("pk"))
    told = overview.names([one.entity_id for one in subjects], found.on)
    facts = list(
        found.begun.select_related("entity")
        .annotate(target_name=queries.value_now("target"))
        .order_by("entity", "pk")
    )
    notice = RegistryChange.objects.filter(event=found).select_related("decided_by").first()
    corrected = Event.objects.filter(corrects=found).first()
    entities = [one.entity for one in subjects]
    context = {
        "event": found,
        "faults": faults or [],
        "subjects": [
            {
                "name": told.get(one.entity_id, ""),
                "part": one.get_part_display(),
                "kind": one.entity.get_kind_display(),
                "url": address(one.entity_id) if one.entity_id in seen else "",
            }
            for one in subjects
        ],
        "begun": [
            {
                "entity": told.get(fact.entity_id, ""),
                "label": label_of(fact.entity.kind, fact.name),
                "text": value_text(fact.entity.kind, fact),
                "withdrawn": fact.withdrawn_at,
            }
            for fact in facts
        ],
        "notice": notice,
        "may_decide": notice
        and notice.state == RegistryChange.State.WAITING
        and access.may_do(person, "directory.decide_registry_change")
        and found.recorded_by_id != person.pk,
        "corrected": corrected,
        "may_correct": corrected is None
        and found.kind != EventKind.CORRECTION
        and access.may_do(person, "directory.correct_event")
        and all(queries.may_change(person, one, today=today) for one in entities[:3]),
    }
    return render(request, "directory/event.html", context, status=status)


@require_POST
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo an event by one that corrects it."""
    found = _event(request, pk)
    try:
        made = events.correct_event(
            access.me(request),
            found,
            now=timezone.now(),
            today=timezone.localdate(),
            why=request.POST.get("why", "")[:500],
        )
    except FaultsError as error:
        return _again(request, pk, error)
    messages.success(request, _("Undone by a correcting event."))
    return redirect("directory:event", made.pk)


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """The province's review."""
    found = _event(request, pk)
    notice = get_object_or_404(RegistryChange, event=found)
    try:
        events.decide_registry_change(
            access.me(request),
            notice,
            approve=request.POST.get("decision") == "approve",
            reason=request.POST.get("reason", "")[:500],
            now=timezone.now(),
        )
    except FaultsError as error:
        return _again(request, pk, error)
    messages.success(request, _("Decided."))
    return redirect("directory:event", pk)


def _again(request: HttpRequest, pk: int, error: FaultsError) -> HttpResponse:
    """The event's page with what stood against it."""
    request.method = "GET"
    return event(request, pk, faults=[one["wrong"] for one in problem_lines(error.problems)], status=422)
