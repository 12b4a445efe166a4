"""Pages of policies: the list with progress, one policy with its facts, measures and steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shutan.apps.accounts import access
from shutan.apps.common.downloads import attached
from shutan.apps.common.language import language
from shutan.apps.common.listing import Column, Filter, Listing
from shutan.apps.common.places import prefecture_filter
from shutan.apps.common.refusals import FaultsError, StaleError
from shutan.apps.policies import actions, outputs, queries
from shutan.apps.policies.forms import BeginForm, FollowForm, MeasureForm, PolicyForm, StepForm
from shutan.apps.policies.models import Measure, Policy
from shutan.documents.report_pdf import FontMissingError

STEPS = ("propose", "agree", "give_back")
LONGEST_NUMBER = 9  # digits


def whole(text: str) -> int:
    """A whole number as a form carries it."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else 0


def link(policy: Policy) -> str:
    """A policy's page."""
    return reverse("policies:policy", args=[policy.pk])


def policy_of(request: HttpRequest, pk: int) -> Any:
    """A policy the person may see, else 404."""
    return get_object_or_404(queries.policies(access.me(request)), pk=pk)


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """The policies a person may see, with their progress."""
    return _list(request, None)


def _list(request: HttpRequest, form: BeginForm | None, status: int = 200) -> HttpResponse:
    person = access.me(request)
    rows = queries.policies(person)
    years = sorted(set(rows.order_by().values_list("year", flat=True)), reverse=True)
    listing = Listing(
        request,
        key="policies",
        title=_("One enterprise, one policy"),
        rows=rows,
        columns=[
            Column("organisation", _("Enterprise"), sort="organisation__name_zh", link=link),
            Column("year", _("Year"), value=lambda row: str(row.year), sort="year"),
            Column("state", _("Status"), sort="state", badge=True),
            Column("n_measures", _("Measures"), sort="n_measures"),
            Column("n_done", _("Done"), sort="n_done"),
            Column("n_late", _("Overdue"), sort="n_late"),
            Column("effect", _("Effect, estimated"), unit="tCO₂", sort="effect", wide=True),
            Column("agreed_at", _("Agreed"), sort="agreed_at", wide=True),
        ],
        filters=[
            Filter("year", _("Year"), lambda found, value: found.filter(year=value), [(str(one), str(one)) for one in years]),
            Filter("state", _("Status"), lambda found, value: found.filter(state=value), Policy.State.choices),
            prefecture_filter("organisation__division_code"),
        ],
        search=("organisation__name_zh", "organisation__name_en"),
        empty_title=_("No policy"),
        empty_text=_("An enterprise begins one a year from its findings and its position; its authority agrees."),
    )  # fmt: skip
    kept = queries.kept_for(person)
    may = access.may_open(person, "policies:begin", "POST") and kept.exists()
    if form is None and may:
        form = BeginForm(organisations=kept, initial={"year": timezone.localdate().year})
    context = {"listing": listing, "form": form if may else None}
    return listing.response() or render(request, "policies/list.html", context, status=status)


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Begin the policy of a year."""
    person = access.me(request)
    form = BeginForm(request.POST, organisations=queries.kept_for(person))
    if form.is_valid():
        given = form.cleaned_data
        made = actions.begin(person, given["organisation"], given["year"], now=timezone.now())
        return redirect(link(made))
    return _list(request, form, 422)


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One policy: what it rests on, what is done about it, where it stands."""
    return page(request, policy_of(request, pk))


def page(
    request: HttpRequest, held: Any, status: int = 200, faulty: Any = None, row: int | None = None
) -> HttpResponse:
    """The page; `faulty` is a form that was refused, shown with what was typed: that of the measure `row` in its line."""
    person = access.me(request)
    own = queries.may_change(person, held.organisation)
    is_draft = held.state == Policy.State.DRAFT
    said, words, today = queries.facts_of(held, timezone.localdate()), language(), timezone.localdate()
    may_edit = own and is_draft and access.may_do(person, "policies.keep_measure")
    may_follow = own and held.state == Policy.State.AGREED and access.may_do(person, "policies.follow")
    measures = list(held.measures.select_related("carried__policy"))
    context = {
        "policy": held,
        "before": queries.policies(person).filter(organisation=held.organisation_id, year=held.year - 1).first(),
        "day": said["day"],
        "reports": [
            {
                "title": f"{one['title']} {one['year']}",
                "url": reverse("reporting:report", args=[one["pk"]]),
                "figures": [
                    {"label": outputs.name(each, words), "key": each["key"], "value": outputs.figure(each), "unit": outputs.unit(each, words), "status": each["status"]}
                    for each in one["figures"]
                ],
            }
            for one in said["reports"]
        ],
        "findings": [
            {"check": one["check"], "text": one[words], "clears": one[f"clears_{words}"], "severity": one["severity"]}
            for one in said["findings"]
        ],
        "owed": [one | {"text": one.get(words, one["zh"])} for one in said["owed"]],
        "measures": [
            {
                "row": one,
                "late": one.state == Measure.State.OPEN and one.due < today,
                "form": MeasureForm(request.POST if one.pk == row else None, instance=one, prefix=f"m{one.pk}") if may_edit else None,
                "follow": FollowForm(initial={"state": one.state, "told": one.told}, prefix=f"f{one.pk}") if may_follow else None,
            }
            for one in measures
        ],
        "faulty": faulty,
        "form": (faulty if isinstance(faulty, PolicyForm) else PolicyForm(instance=held)) if may_edit else None,
        "measure_form": (faulty if isinstance(faulty, MeasureForm) and row is None else MeasureForm()) if may_edit else None,
        "steps": steps_of(request, held, own=own),
        "step_form": StepForm(),
    }  # fmt: skip
    return render(request, "policies/policy.html", context, status=status)


def steps_of(request: HttpRequest, held: Policy, *, own: bool) -> list[tuple[str, str]]:
    """The steps the person may take now, with what they are called."""
    person = access.me(request)
    open_ = {
        "propose": own and held.state == Policy.State.DRAFT,
        "agree": held.state == Policy.State.PROPOSED,
        "give_back": held.state == Policy.State.PROPOSED,
    }
    words = {"propose": _("Propose to the authority"), "agree": _("Agree"), "give_back": _("Give back")}
    return [
        (name, words[name]) for name in STEPS if open_[name] and access.may_do(person, f"policies.{name}")
    ]


def _performed(
    request: HttpRequest, held: Policy, verb: Callable[[], Any], done: str, row: int | None = None
) -> HttpResponse:
    """Run an action and go back to the page; what it refuses is told there, nothing typed is lost without a word."""
    try:
        verb()
    except StaleError:
        messages.error(request, _("Someone changed this meanwhile: look at it again and repeat yours."))
    except FaultsError as error:
        return page(request, policy_of(request, held.pk), 422, error.form, row)
    except ValidationError as error:
        for text in error.messages:
            messages.error(request, text)
    else:
        messages.success(request, done)
    # What was given back is a draft again, which the authority does not see.
    seen = queries.policies(access.me(request)).filter(pk=held.pk).exists()
    return redirect(link(held) if seen else "policies:list")


@require_POST
def save(request: HttpRequest, pk: int) -> HttpResponse:
    """Save the enterprise's own view."""
    held, revision = policy_of(request, pk), whole(request.POST.get("revision", ""))
    me, now = access.me(request), timezone.now()
    return _performed(
        request, held, lambda: actions.save(me, held, request.POST, revision=revision, now=now), _("Saved.")
    )


@require_POST
def measure(request: HttpRequest, pk: int, row: int | None = None) -> HttpResponse:
    """Add a measure, or change one."""
    held = policy_of(request, pk)
    one = None if row is None else get_object_or_404(Measure, policy=held.pk, pk=row)
    values = {
        name: request.POST.get(name if one is None else f"m{one.pk}-{name}", "")
        for name in MeasureForm.Meta.fields
    }
    revision, me, now = whole(request.POST.get("revision", "")), access.me(request), timezone.now()
    return _performed(
        request,
        held,
        lambda: actions.keep_measure(me, held, values, measure=one, revision=revision, now=now),
        _("Saved."),
        row,
    )


@require_POST
def remove(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Take a measure off a draft."""
    held = policy_of(request, pk)
    one = get_object_or_404(Measure.objects.select_related("policy__organisation"), policy=held.pk, pk=row)
    revision, me, now = whole(request.POST.get("revision", "")), access.me(request), timezone.now()
    return _performed(
        request, held, lambda: actions.remove_measure(me, one, revision=revision, now=now), _("Removed.")
    )


@require_POST
def follow(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Say how far a measure is."""
    held = policy_of(request, pk)
    one = get_object_or_404(Measure.objects.select_related("policy__organisation"), policy=held.pk, pk=row)
    me, now = access.me(request), timezone.now()
    state, told = (request.POST.get(f"f{one.pk}-{name}", "") for name in ("state", "told"))
    revision = whole(request.POST.get("revision", ""))
    return _performed(
        request,
        held,
        lambda: actions.follow(me, one, state=state, told=told, revision=revision, now=now),
        _("Saved."),
    )


@require_POST
def step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Propose, agree or give back."""
    if step not in STEPS:
        raise Http404
    held, revision = policy_of(request, pk), whole(request.POST.get("revision", ""))
    me, now, why = access.me(request), timezone.now(), request.POST.get("why", "")
    return _performed(
        request,
        held,
        lambda: actions.take(me, held, step, revision=revision, why=why, now=now),
        _("Done."),
    )


@require_http_methods(["GET"])
def export(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """A policy as Word or PDF."""
    held = policy_of(request, pk)
    if kind not in outputs.WRITERS:
        raise Http404
    try:
        made = outputs.WRITERS[kind](outputs.folio(held, language()))
    except FontMissingError as error:
        messages.error(request, str(error))
        return redirect(link(held))
    return attached(made, f"{held}.{kind}")
