"""Pages of schemes: the list, one version with its next step, two versions compared, papers out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shutan.apps.accounts import access
from shutan.apps.accounts.models import User
from shutan.apps.accounts.words import action_names
from shutan.apps.common.downloads import attached
from shutan.apps.common.language import language
from shutan.apps.common.listing import Column, Filter, Listing
from shutan.apps.common.places import prefecture_filter
from shutan.apps.schemes import actions, content, judging, outputs, queries, steps
from shutan.apps.schemes.forms import AcceptForm, BeginForm, OpinionForm, ReviseForm, StepForm
from shutan.apps.schemes.models import Scheme
from shutan.apps.schemes.procedure import ENDS, STEPS, steps_from
from shutan.documents.report_pdf import FontMissingError
from shutan.rules.common.schemes import schemes

MOST = 20
State = Scheme.State


def link(scheme: Scheme) -> str:
    """A version's page."""
    return reverse("schemes:scheme", args=[scheme.pk])


def scheme_of(request: HttpRequest, pk: int) -> Scheme:
    """A version the person may see, else 404."""
    return get_object_or_404(queries.schemes(access.me(request)), pk=pk)


def guidelines(first: Sequence[str] = ()) -> list[tuple[str, str]]:
    """The guidelines that ask for a scheme, those of some sectors before all others."""
    known = schemes()
    names = [*(name for name in first if name in known), *(name for name in known if name not in first)]
    return [(name, pick(known[name].rules.title)) for name in names]


def state_of(scheme: Scheme) -> str:
    """The status as shown: an accepted version is in force, still ahead, or replaced."""
    today = timezone.localdate()
    if scheme.state != State.ACCEPTED or scheme.in_force_from is None:
        return str(scheme.state)
    if scheme.in_force_from > today:
        return "upcoming"
    last = queries.until(scheme)
    return "in_force" if last is None or today <= last else "replaced"


def add_errors(form: Any, error: ValidationError) -> None:
    """Show what an action refused at the fields it names, the rest on top."""
    told = getattr(error, "error_dict", None)
    for name, faults in told.items() if told else [(None, error.error_list)]:
        for fault in faults:
            form.add_error(name if name in form.fields else None, fault)


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """The versions a person may see."""
    return _list(request, None)


def _list(request: HttpRequest, form: BeginForm | None, status: int = 200) -> HttpResponse:
    person = access.me(request)
    rows = queries.schemes(person)
    years = sorted(set(rows.order_by().values_list("year", flat=True)), reverse=True)
    listing = Listing(
        request,
        key="schemes",
        title=_("Data quality control schemes"),
        rows=rows,
        columns=[
            Column("organisation", _("Enterprise"), sort="organisation__name_zh", link=link),
            Column("rule_set", _("Guideline"), value=lambda row: row.guideline, sort="rule_set", wide=True),
            Column("year", _("Year"), value=lambda row: str(row.year), sort="year"),
            Column("version", _("Version"), value=lambda row: str(row.version), sort="version"),
            Column("state", _("Status"), value=state_of, sort="state", badge=True),
            Column("submitted_at", _("Submitted"), sort="submitted_at", wide=True),
            Column("in_force_from", _("In force from"), sort="in_force_from", wide=True),
            Column("changed_at", _("Changed"), sort="changed_at", wide=True),
        ],
        filters=[
            Filter("year", _("Year"), lambda found, value: found.filter(year=value), [(str(one), str(one)) for one in years]),
            Filter("rule_set", _("Guideline"), lambda found, value: found.filter(rule_set=value), guidelines()),
            Filter("state", _("Status"), lambda found, value: found.filter(state=value), State.choices),
            prefecture_filter("organisation__division_code"),
        ],
        search=("organisation__name_zh", "organisation__name_en"),
        empty_title=_("No scheme"),
        empty_text=_("An enterprise begins one for each year and guideline; regulators see it once it is submitted."),
    )  # fmt: skip
    may = access.may_open(person, "schemes:begin") and queries.kept_for(person).exists()
    context = {"listing": listing, "form": (form or _begin_form(person)) if may else None}
    return listing.response() or render(request, "schemes/list.html", context, status=status)


def _begin_form(person: User, data: Any = None) -> BeginForm:
    today, kept = timezone.localdate(), queries.kept_for(person)
    home = kept.first()
    return BeginForm(
        data,
        organisations=kept,
        guidelines=guidelines(queries.sectors(home, today) if home else ()),
        initial={"year": today.year + 1},
    )


@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Begin the scheme of a year."""
    person = access.me(request)
    form = _begin_form(person, request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.begin(
                person, given["organisation"], given["rule_set"], given["year"], now=timezone.now()
            )
        except ValidationError as error:
            add_errors(form, error)
        else:
            return redirect(link(made))
    return _list(request, form, 422)


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One version: where it stands, what is next, what is open, what it says, what was said of it."""
    return page(request, scheme_of(request, pk))


def page(request: HttpRequest, held: Scheme, status: int = 200, **more: Any) -> HttpResponse:
    """The page of a version; `more` replaces parts of its context, such as a form with its faults."""
    person = access.me(request)
    whole = content.whole(held)
    open_ = judging.remarks(held, whole, timezone.localdate()) if held.state not in ENDS else []
    names = action_names()
    versions = list(
        queries.schemes(person)
        .filter(organisation=held.organisation_id, rule_set=held.rule_set, year=held.year)
        .order_by("-version")
    )
    changes = content.differences(content.whole(held.previous), whole, held.declared) if held.previous else []
    may_edit = editable(person, held)
    revisable = held.state in ENDS and versions and versions[0].pk == held.pk
    context = {
        "scheme": held,
        "state": state_of(held),
        "due": queries.due(held),
        "until": queries.until(held),
        "may_edit": may_edit,
        "against": [one for one in open_ if one.blocks],
        "hints": [one for one in open_ if not one.blocks],
        "sections": [_told(held, one, whole) for one in held.declared.sections],
        "steps": steps_of(person, held),
        "opinions": held.opinions.select_related("authority", "by"),
        "opinion_form": OpinionForm()
        if held.state == State.SUBMITTED and access.may_do(person, "schemes.give_opinion")
        else None,
        "revise_form": ReviseForm(held.declared)
        if revisable
        and access.may_do(person, "schemes.revise")
        and queries.may_change(person, held.organisation)
        else None,
        "versions": [(one, state_of(one)) for one in versions],
        "changes": changes[:MOST],
        "more_changes": max(0, len(changes) - MOST),
        "triggers": [one.label(language()) for one in held.declared.triggers if one.key in held.triggers],
        "source": pick(held.declared.source),
        "note": pick(held.declared.note),
        "history": [(one, names.get(one.action, one.action)) for one in queries.history(held)[:MOST]],
        "next": next_step(person, held, open_),
        "tabs": tabs(held, ""),
    }
    return render(request, "schemes/scheme.html", context | more, status=status)


def pick(text: str) -> str:
    """One of `中文|English`."""
    zh, _bar, en = text.partition("|")
    return zh if language() == "zh" else en


def editable(person: User, held: Scheme) -> bool:
    """Whether the person may write in this version now; the actions ask again."""
    return (
        held.state == State.DRAFT
        and access.may_do(person, "schemes.keep_row")
        and queries.may_change(person, held.organisation)
    )


def _told(held: Scheme, section: Any, whole: content.Content) -> dict[str, Any]:
    said = sum(bool(_has(whole, item)) for item in section.items)
    rows = [
        row
        for row in whole.get(section.holds, ())
        if section.holds != "parameters" or row["parameter"] in section.parameters
    ]
    return {
        "number": section.number,
        "title": section.label(language()),
        "url": reverse("schemes:section", args=[held.pk, section.number]),
        "said": said,
        "items": len(section.items),
        "rows": len(rows) if section.holds in content.KEYS else None,
        "open": sum(not row["obtained"] for row in rows) if section.holds == "parameters" else 0,
    }


def _has(whole: content.Content, item: Any) -> bool:
    if item.kind == "files":
        return any(one["item"] == item.key for one in whole["files"])
    return bool(whole["texts"].get(item.key))


def tabs(held: Scheme, current: str) -> list[tuple[str, Any, bool]]:
    """The parts of a version."""
    parts = [
        (
            reverse("schemes:section", args=[held.pk, one.number]),
            f"{one.number} {one.label(language())}",
            one.number == current,
        )
        for one in held.declared.sections
        if one.holds != "versions"
    ]
    return [(link(held), _("Overview"), not current), *parts]


def words(name: str) -> tuple[str, str]:
    """What a step is called, and what it means."""
    return {
        "send_to_review": (_("Send to internal review"), _("What the scheme says is frozen; a second person of the enterprise looks through it and submits it.")),
        "send_back": (_("Send back"), _("It is a draft again, with your reasons.")),
        "submit": (_("Submit"), _("City and province see it and give their opinion. With it the enterprise answers for its truth.")),
        "accept": (_("Accept"), _("It is in force from the day you give.")),
        "return": (_("Return"), _("The enterprise makes a new version by your reasons; this one stays as it is.")),
    }[name]  # fmt: skip


def steps_of(person: User, held: Scheme, shown: tuple[str, Form] | None = None) -> list[dict[str, Any]]:
    """The steps that the person may take now, each with its form; `shown` is one with its faults."""
    found = []
    for name in steps_from(held.state):
        if not access.may_do(person, f"schemes.{name}"):
            continue
        if name not in ("accept", "return") and not queries.may_change(person, held.organisation):
            continue
        form = shown[1] if shown and shown[0] == name else _step_form(name, held)
        blocked = (
            _("You sent it to the internal review: another person submits it.")
            if name == "submit" and held.sent_by_id == person.pk
            else ""
        )
        found.append({"name": name, "words": words(name), "form": form, "blocked": blocked})
    return found


def _step_form(name: str, held: Scheme, data: Any = None) -> Form:
    if name == "accept":
        first = max(timezone.localdate(), timezone.localdate().replace(year=held.year, month=1, day=1))
        return AcceptForm(data, initial={"in_force_from": first})
    return StepForm(data) if name in ("send_back", "return") else Form(data)


def next_step(person: User, held: Scheme, open_: list[judging.Remark]) -> str:
    """What comes next, for whoever looks."""
    if held.state == State.DRAFT:
        return (
            _("Complete the scheme")
            if any(one.blocks for one in open_)
            else _("Send it to the internal review")
        )
    if held.state == State.INTERNAL:
        return _("A second person looks through it and submits it")
    if held.state == State.SUBMITTED:
        mine = access.may_do(person, "schemes.accept")
        return _("Accept or return it") if mine else _("The province decides")
    return _("Revise it by the reasons") if held.state == State.RETURNED else ""


@require_POST
def step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Take a step."""
    held = scheme_of(request, pk)
    if name not in STEPS:
        raise Http404
    form = _step_form(name, held, request.POST)
    sent = request.POST.get("revision", "")
    if form.is_valid():
        try:
            steps.take(
                access.me(request),
                held,
                name,
                revision=int(sent) if sent.isascii() and sent.isdigit() else 0,
                why=form.cleaned_data.get("why", ""),
                in_force_from=form.cleaned_data.get("in_force_from"),
                now=timezone.now(),
            )
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Done: %(step)s.") % {"step": words(name)[0]})
            return redirect(link(held))
    again = scheme_of(request, pk)
    return page(request, again, 422, steps=steps_of(access.me(request), again, (name, form)), failed=form)


@require_POST
def opine(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an opinion as city or province."""
    held = scheme_of(request, pk)
    form = OpinionForm(request.POST)
    if form.is_valid():
        try:
            steps.give_opinion(access.me(request), held, now=timezone.now(), **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Your opinion is on record."))
            return redirect(f"{link(held)}#opinions")
    return page(request, held, 422, opinion_form=form)


@require_POST
def revise(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a further version."""
    held = scheme_of(request, pk)
    form = ReviseForm(held.declared, request.POST)
    if form.is_valid():
        try:
            made = actions.revise(access.me(request), held, now=timezone.now(), **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            return redirect(link(made))
    return page(request, held, 422, revise_form=form)


@require_GET
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """A version beside another one of the same enterprise and guideline."""
    held = scheme_of(request, pk)
    others = queries.schemes(access.me(request)).filter(
        organisation=held.organisation_id, rule_set=held.rule_set
    )
    asked = request.GET.get("with", "")
    other = (
        others.filter(pk=asked).first()
        if asked.isascii() and asked.isdigit()
        else held.previous or others.exclude(pk=held.pk).first()
    )
    if other is None:
        raise Http404
    changes = content.differences(content.whole(other), content.whole(held), held.declared)
    context = {"scheme": held, "other": other, "others": others.exclude(pk=held.pk), "changes": changes}
    return render(request, "schemes/compare.html", context)


@require_GET
def export(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """A version as Word, PDF or Excel."""
    held = scheme_of(request, pk)
    if kind not in outputs.WRITERS:
        raise Http404
    try:
        made = outputs.WRITERS[kind](held, language())
    except FontMissingError as error:
        messages.error(request, str(error))
        return redirect(link(held))
    return attached(made, f"{held}.{kind}", outputs.MEDIA[kind])
