"""One record: its facts today and on any day, its history, forms to add, change, correct and end."""

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
from shutan.apps.accounts.models import Kind, Organisation
from shutan.apps.common.language import language
from shutan.apps.directory import actions, overview, queries
from shutan.apps.directory.consequences import SUBJECTS
from shutan.apps.directory.facts import FACTS, entered
from shutan.apps.directory.forms import FactsForm, typed
from shutan.apps.directory.models import Entity, EntityKind, EventKind, Fact
from shutan.apps.directory.present import label_of, lines, problem_lines, value_text
from shutan.apps.directory.reading import FaultsError
from shutan.apps.directory.views.lists import day_of


def _entity(request: HttpRequest, pk: int) -> Entity:
    return queries.entity(access.me(request), pk, today=timezone.localdate())


@require_GET
def entity(request: HttpRequest, pk: int) -> HttpResponse:
    """One entity: facts of a day, tree, events, history, who may see it."""
    found, person, today = _entity(request, pk), access.me(request), timezone.localdate()
    day = day_of(request.GET.get("on", ""), today)
    facts = queries.facts_on(found, day)
    past = list(queries.history(found))
    seen = set(queries.entities(person, today=today).values_list("pk", flat=True))
    tree = overview.tree(found, day, seen)
    names = overview.names({fact.target_id for fact in facts.values() if fact.target_id}, day)
    may = queries.may_change(person, found, today=today)
    name = facts["name"].value if "name" in facts else actions.name_of(found, day)
    for fact in past:
        fact.text = value_text(found.kind, fact)  # type: ignore[attr-defined]
        fact.label = label_of(found.kind, fact.name)  # type: ignore[attr-defined]
    context = {
        "entity": found,
        "name": name,
        "day": day,
        "is_today": day == today,
        "lines": lines(found, facts, names),
        "tree": tree,
        "history": past,
        "events": list(queries.events_of(found)),
        "viewers": overview.viewers(found, today),
        "may_change": may and access.may_do(person, "directory.change_facts"),
        "may_link": found.kind == EntityKind.LEGAL_PERSON
        and access.may_do(person, "directory.link_organisation"),
        "event_kinds": [
            (kind, EventKind(kind).label) for kind, subjects in SUBJECTS.items() if found.kind in subjects
        ],
        "list_url": overview.list_address(found.kind),
        "children": overview.child_kind(found.kind),
    }
    return render(request, "directory/entity.html", context)


@require_GET
def choices(request: HttpRequest) -> HttpResponse:
    """Options of a link's field: what the person may see and fits what was typed."""
    kind, name = request.GET.get("kind", ""), request.GET.get("field", "")
    if kind not in FACTS:
        raise Http404
    text = request.GET.get(name, request.GET.get("q", ""))[:100]
    found = overview.choices(access.me(request), kind, text, timezone.localdate())
    return render(request, "directory/choices.html", {"choices": found})


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest, kind: str) -> HttpResponse:
    """Register an entity with its facts from a day on."""
    if kind not in FACTS:
        raise Http404
    person, today = access.me(request), timezone.localdate()
    since = day_of(request.POST.get("since", request.GET.get("since", "")), today)
    if request.method == "POST":
        form = FactsForm(entered(kind), since, request.POST)
        try:
            made = actions.create_entity(
                person,
                kind,
                {one.name: request.POST.get(one.name, "") for one in entered(kind)},
                since=since,
                state="planned" if request.POST.get("planned") else "operating",
                source=request.POST.get("source", "")[:300],
                now=timezone.now(),
                today=today,
            )
        except FaultsError as error:
            form.tell(error.problems)
        except PermissionDenied:
            form.is_valid()
            form.add_error(
                None, _("This would not belong to your organisation: choose an owner that is yours.")
            )
        else:
            messages.success(request, _("Registered."))
            return redirect("directory:entity", made.pk)
    else:
        given = {one.name: request.GET.get(one.name, "") for one in entered(kind)}
        form = FactsForm(entered(kind), since, initial=given)
    context = {
        "form": form,
        "kind": kind,
        "kind_label": EntityKind(kind).label,
        "since": since,
        "planned": bool(request.POST.get("planned")),
        "source": request.POST.get("source", ""),
        "list_url": overview.list_address(kind),
        "stateful": kind in (EntityKind.FACILITY, EntityKind.LINE),
    }
    return render(request, "directory/create.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change facts from a day on. Whoever comes second sees what the first changed, and their own words, and decides."""
    found, person, today = _entity(request, pk), access.me(request), timezone.localdate()
    queries.check_may_change(person, found, today=today)
    since = day_of(request.POST.get("since", request.GET.get("since", "")), today)
    kind, names = found.kind, [one.name for one in entered(found.kind)]
    now_is = overview.typed_facts(found, since)
    clash: list[dict[str, Any]] = []
    form = FactsForm(entered(kind), since, initial=now_is)
    version = found.version
    if request.method == "POST":
        mine = {name: request.POST.get(name, "").strip() for name in names}
        was = {name: request.POST.get(f"was_{name}", "") for name in names}
        touched = {name: mine[name] for name in names if mine[name] != was[name]}
        form = FactsForm(entered(kind), since, request.POST)
        try:
            sent = request.POST.get("version", "")
            actions.change_facts(
                person,
                found,
                touched,
                since=since,
                version=int(sent) if sent.isascii() and sent.isdigit() else 0,
                source=request.POST.get("source", "")[:300],
                why=request.POST.get("why", "")[:500],
                now=timezone.now(),
                today=today,
            )
        except actions.StaleError as error:
            found, version = error.entity, error.entity.version
            now_is = overview.typed_facts(found, since)
            clash = [
                {"label": label_of(kind, name), "was": was[name], "now": now_is[name], "mine": mine[name]}
                for name in names
                if was[name] != now_is[name] or name in touched
            ]
            form = FactsForm(entered(kind), since, initial=now_is | touched)
        except FaultsError as error:
            form.tell(error.problems)
            now_is = was
            version = int(sent) if sent.isdigit() else found.version
        else:
            messages.success(request, _("Saved.") if touched else _("Nothing was changed."))
            return redirect("directory:entity", found.pk)
    context = {
        "entity": found,
        "name": actions.name_of(found, since),
        "form": form,
        "was": now_is,
        "version": version,
        "since": since,
        "clash": clash,
        "changed_by": found.changed_by,
        "source": request.POST.get("source", ""),
        "why": request.POST.get("why", ""),
    }
    return render(
        request, "directory/change.html", context, status=409 if clash else 422 if form.errors else 200
    )


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, pk: int, fact: int) -> HttpResponse:
    """Replace one fact that was wrong; the wrong one stays in the history with the reason."""
    found, person, today = _entity(request, pk), access.me(request), timezone.localdate()
    held = get_object_or_404(Fact, pk=fact, entity=found, withdrawn_at=None)
    types = tuple(one for one in entered(found.kind) if one.name == held.name)
    if not types or not queries.may_change(person, found, today=today):
        raise Http404
    now_is = typed(found.kind, {held.name: held}, overview.keys([held.target_id]))
    form = FactsForm(types, held.during.lower, request.POST or None, initial=now_is)
    if request.method == "POST":
        try:
            actions.correct_fact(
                person,
                held,
                request.POST.get(held.name, ""),
                version=_number(request.POST.get("version", "")),
                now=timezone.now(),
                today=today,
                why=request.POST.get("why", "")[:500],
            )
        except FaultsError as error:
            form.tell(error.problems)
        except actions.StaleError:
            form.is_valid()
            form.add_error(
                None,
                _("Someone changed this record meanwhile. Look at it again; what you typed is still here."),
            )
        else:
            messages.success(request, _("Corrected; the earlier value stays in the history."))
            return redirect("directory:entity", found.pk)
    context = {
        "entity": found,
        "name": actions.name_of(found, today),
        "form": form,
        "fact": held,
        "label": label_of(found.kind, held.name),
        "version": found.version,
        "why": request.POST.get("why", ""),
        "may_end": not types[0].required and held.during.upper is None,
        "today": today,
    }
    return render(request, "directory/correct.html", context, status=422 if form.errors else 200)


@require_POST
def end(request: HttpRequest, pk: int, fact: int) -> HttpResponse:
    """Let an optional fact end."""
    found, today = _entity(request, pk), timezone.localdate()
    held = get_object_or_404(Fact, pk=fact, entity=found, withdrawn_at=None)
    try:
        actions.end_fact(
            access.me(request),
            held,
            on=day_of(request.POST.get("on", ""), today),
            version=_number(request.POST.get("version", "")),
            now=timezone.now(),
            today=today,
            why=request.POST.get("why", "")[:500],
        )
    except (FaultsError, actions.StaleError) as error:
        told = problem_lines(error.problems) if isinstance(error, FaultsError) else []
        faults = [f"{one['wrong']} ({one['expected']})" for one in told] or [
            _("Someone changed this record meanwhile.")
        ]
        context = {"faults": faults, "back": request.path.removesuffix("/end")}
        return render(request, "directory/fault.html", context, status=409 if not told else 422)
    messages.success(request, _("Ended."))
    return redirect("directory:entity", found.pk)


@require_http_methods(["GET", "POST"])
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whose account a legal person is."""
    found = _entity(request, pk)
    faults: list[str] = []
    if request.method == "POST":
        chosen = request.POST.get("organisation", "")
        organisation = (
            Organisation.objects.filter(pk=int(chosen), kind=Kind.ENTERPRISE).first()
            if chosen.isdigit()
            else None
        )
        try:
            actions.link_organisation(
                access.me(request),
                found,
                organisation,
                version=_number(request.POST.get("version", "")),
                now=timezone.now(),
                why=request.POST.get("why", "")[:500],
            )
        except FaultsError as error:
            faults = [one["wrong"] for one in problem_lines(error.problems)]
        except actions.StaleError:
            faults = [_("Someone changed this record meanwhile.")]
        else:
            messages.success(request, _("Saved."))
            return redirect("directory:entity", found.pk)
    code = queries.facts_on(found, timezone.localdate()).get("credit_code")
    free = Organisation.objects.filter(kind=Kind.ENTERPRISE).exclude(entities__kind=EntityKind.LEGAL_PERSON)
    context = {
        "entity": found,
        "name": actions.name_of(found, timezone.localdate()),
        "faults": faults,
        "same_code": Organisation.objects.filter(credit_code=code.value).first() if code else None,
        "organisations": [*([found.organisation] if found.organisation else []), *free.order_by("name_zh")],
        "language": language(),
    }
    return render(request, "directory/account.html", context, status=422 if faults else 200)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0
