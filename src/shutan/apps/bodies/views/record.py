"""A body's record: the list of all that a person sees, the body's own way in, its page, its profile."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shutan.apps.accounts import access
from shutan.apps.accounts.audiences import BODY_KINDS
from shutan.apps.accounts.models import User
from shutan.apps.accounts.words import action_names
from shutan.apps.bodies import actions, content, judging, queries
from shutan.apps.bodies.forms import DecisionForm, ProfileForm, StandingForm, SubmitForm
from shutan.apps.bodies.models import Application, Body, Page
from shutan.apps.bodies.sections import SECTIONS
from shutan.apps.bodies.views.public import profile_facts, service_filter
from shutan.apps.common.language import language
from shutan.apps.common.listing import Column, Filter, Listing
from shutan.apps.common.places import place_name, prefecture_filter
from shutan.apps.common.refusals import BlockedError, FaultsError, StaleError

MOST = 20


def body_of(request: HttpRequest, pk: int) -> Body:
    """A body the person may see, else 404."""
    found: Body = get_object_or_404(queries.bodies(access.me(request)), pk=pk)
    return found


def link(body: Body) -> str:
    """A body's page."""
    return reverse("bodies:body", args=[body.pk])


def state_of(body: Any) -> str:
    """The status beside a body's name: an application under review first, for whoever works at it."""
    if body.in_review:
        return "review"
    page = getattr(body, "page", None)
    return page.state(timezone.localdate()) if page else str(body.state)


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """All bodies an authority sees, those that wait for the province first."""
    listing = Listing(
        request,
        key="bodies",
        title=_("Service bodies"),
        rows=queries.bodies(access.me(request)),
        columns=[
            Column(
                "name",
                _("Name"),
                value=lambda row: row.organisation.name,
                sort="organisation__name_zh",
                link=link,
            ),
            Column("services", _("Services"), value=lambda row: row.service_names),
            Column(
                "city",
                _("City"),
                value=lambda row: place_name(row.organisation.division_code),
                sort="organisation__division_code",
                wide=True,
            ),
            Column("state", _("Status"), value=state_of, sort="state", badge=True),
            Column("submitted", _("Applied"), sort="submitted", wide=True),
            Column("changed_at", _("Changed"), sort="changed_at", wide=True),
            Column(
                "credit_code",
                _("Unified social credit code"),
                value=lambda row: row.organisation.credit_code,
                shown=False,
            ),
        ],
        filters=[
            service_filter(),
            prefecture_filter("organisation__division_code"),
            Filter(
                "state",
                _("Status"),
                lambda rows, value: (
                    rows.filter(in_review=True) if value == "review" else rows.filter(state=value)
                ),
                [("review", _("Under review")), *Body.State.choices],
            ),
        ],
        search=("organisation__name_zh", "organisation__name_en", "organisation__credit_code"),
        sort="submitted",
        empty_title=_("No service body"),
        empty_text=_("Bodies open their record themselves; it stands here from then on."),
    )
    return listing.response() or render(request, "bodies/list.html", {"listing": listing})


@require_GET
def mine(request: HttpRequest) -> HttpResponse:
    """One's own record; before there is one, what registering means."""
    found = queries.own(access.me(request))
    return redirect(link(found)) if found else render(request, "bodies/start.html")


@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Open the record of one's own organisation."""
    person = access.me(request)
    assert person.organisation is not None  # noqa: S101 - the table lets people of bodies only
    return redirect(link(actions.start(person, person.organisation, now=timezone.now())))


@require_GET
def body(request: HttpRequest, pk: int) -> HttpResponse:
    """One body: where it stands, what is next, what it says, what was found, what was done."""
    return overview(request, body_of(request, pk))


def overview(request: HttpRequest, held: Body, status: int = 200, **more: Any) -> HttpResponse:
    """The page of a body; `more` replaces parts of its context, such as a form with its faults."""
    person = access.me(request)
    today = timezone.localdate()
    applications = list(held.applications.select_related("submitted_by"))
    review = next((one for one in applications if one.state == Application.State.REVIEW), None)
    last = next((one for one in applications if one is not review), None)
    page: Page | None = getattr(held, "page", None)
    own = queries.is_own(person, held)
    record = content.record(held)
    against = judging.against_application(record, today) if own and not review else []
    changes = (
        content.differences(page.application.content, content.whole(record)) if page and not review else []
    )
    names = action_names()
    may = permissions(person, held, review=review is not None)
    context = {
        "body": held,
        "page": page,
        "state": state_of(held),
        "review": review,
        "last": last,
        "own": own,
        "may": may,
        "against": against,
        "changes": changes[:MOST],
        "more_changes": max(0, len(changes) - MOST),
        "conflicts": conflict_lines(record),
        "expiring": [(one, one.state(today)) for one in judging.expiring(record, page, today)],
        "counts": [(section, len(record.rows[key])) for key, section in SECTIONS.items()],
        "profile": profile_facts(content.profile(held)),
        "facts": [
            (_("Unified social credit code"), held.organisation.credit_code),
            (_("City"), place_name(held.organisation.division_code)),
            (_("Registered until"), page.valid_until if page else None),
        ],
        "standings": held.standings.select_related("by")[:MOST],
        "findings": held.findings.select_related("recorded_for")[:MOST],
        "applications": applications[:MOST],
        "history": [(entry, names.get(entry.action, entry.action)) for entry in queries.history(held)[:MOST]],
        "submit_form": SubmitForm(),
        "standing_form": StandingForm(),
        "decision_form": DecisionForm(),
        "tabs": tabs(held, ""),
        "next": next_step(held, own=own, review=review is not None, against=against, changes=changes),
    }
    return render(request, "bodies/body.html", context | more, status=status)


def permissions(person: User, held: Body, *, review: bool) -> dict[str, bool]:
    """What the page offers; the actions ask again."""
    own = queries.is_own(person, held)
    return {
        "edit": own and not review and access.may_do(person, "bodies.keep_row"),
        "submit": own and not review and access.may_do(person, "bodies.submit"),
        "take_back": own and review and access.may_do(person, "bodies.take_back"),
        "decide": access.may_do(person, "bodies.decide"),
        "stand": access.may_do(person, "bodies.change_standing")
        and held.state in (Body.State.PUBLISHED, Body.State.SUSPENDED),
        "find": access.may_do(person, "bodies.record_finding") and person.kind not in BODY_KINDS,
    }


def conflict_lines(record: content.Record) -> list[dict[str, Any]]:
    """Conflicts of interest in the language of the page."""
    return [
        {
            "text": one.text(language()),
            "about": one.about,
            "source": one.source,
            "status": one.status,
            "blocks": one.blocks,
        }
        for one in judging.conflicts(record, timezone.localdate())
    ]


def next_step(held: Body, *, own: bool, review: bool, against: list[str], changes: list[Any]) -> str:
    """What comes next, for whoever looks."""
    if review:
        return _("The province reviews the application") if own else _("Review the application")
    if not own:
        return ""
    if held.state in (Body.State.DRAFT, Body.State.WITHDRAWN):
        return _("Complete the record: see what is missing") if against else _("Apply for registration")
    return _("Apply for the changes to be published") if changes else ""


def tabs(held: Body, current: str) -> list[tuple[str, Any, bool]]:
    """The parts of a record."""
    parts = [
        (reverse("bodies:section", args=[held.pk, key]), section.title, key == current)
        for key, section in SECTIONS.items()
    ]
    return [(link(held), _("Overview"), not current), *parts]


@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest, pk: int) -> HttpResponse:
    """What the body says of itself."""
    held = body_of(request, pk)
    form = ProfileForm(instance=held)
    stale: list[Any] | None = None
    revision = held.revision
    if request.method == "POST":
        sent = request.POST.get("revision", "")
        try:
            actions.change_profile(
                access.me(request),
                held,
                request.POST,
                revision=int(sent) if sent.isascii() and sent.isdigit() else 0,
                now=timezone.now(),
            )
        except FaultsError as error:
            form = error.form
        except BlockedError as error:
            messages.error(request, " ".join(error.reasons))
            return redirect(link(held))
        except StaleError as error:
            form = ProfileForm(request.POST, instance=held)
            stale, revision = others(form, error.now), error.now.revision
        else:
            messages.success(request, _("Saved."))
            return redirect(link(held))
    context = {"body": held, "form": form, "revision": revision, "stale": stale}
    return render(request, "bodies/profile.html", context, status=422 if request.method == "POST" else 200)


def others(form: Any, now: Any) -> list[tuple[str, Any, Any]]:
    """What someone else keeps otherwise than the form says: (field, theirs, yours). The form keeps what was typed."""
    form.is_valid()
    found = []
    for name in form.fields:
        if name == "document" or name not in form.cleaned_data:
            continue
        theirs, mine_ = getattr(now, name), form.cleaned_data[name]
        if content.plain(theirs) != content.plain(mine_):
            found.append((str(form.fields[name].label), _read(theirs), _read(mine_)))
    return found


def _read(value: Any) -> Any:
    if isinstance(value, list):
        return content.shown("profile", "services", value) or "—"
    return "—" if value in (None, "") else value
