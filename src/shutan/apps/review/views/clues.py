"""Clue lists: what the state doubts, whose step it is, and what came of it."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shutan.apps.accounts import access
from shutan.apps.accounts.models import Kind, Organisation
from shutan.apps.common import files, rowbook
from shutan.apps.common.components import STATES
from shutan.apps.common.downloads import attached, kept
from shutan.apps.common.forms import add_errors, given, resend
from shutan.apps.common.language import language
from shutan.apps.common.listing import Column, Filter, Listing
from shutan.apps.common.refusals import BlockedError, StaleError
from shutan.apps.filing import queries as filings
from shutan.apps.review import clues, forms, queries
from shutan.apps.review.models import Clue, ClueList, ClueWord
from shutan.apps.review.views import performed, tabs, whole

Said = ClueWord.Kind
# The badge of each state: whose step it is.
BADGES = {
    "open": "open",
    "answered": "answered",
    "reported": "review",
    "closed": "settled",
    "overdue": "overdue",
}
FORMS: dict[str, type[forms.ClueStepForm]] = {
    Said.REPORTED: forms.ClueReportForm,
    Said.CLOSED: forms.ClueCloseForm,
}


def link(clue: Clue) -> str:
    """The page of a clue."""
    return reverse("review:clue", args=[clue.pk])


def last(clue: Any, kind: str) -> str:
    """The last words of one kind, from what was read with the row."""
    said = [one.text for one in clue.words.all() if one.kind == kind]
    return said[-1] if said else ""


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """The clues a person sees, with statistics by city for authorities; its export is the answered list."""
    person, today = access.me(request), timezone.localdate()
    rows = clues.clues(person, today=today)
    lists = ClueList.objects.filter(clues__in=rows.order_by()).distinct().order_by("-issued_on", "-pk")
    listing = Listing(
        request,
        key="clues",
        title=_("Clue lists"),
        rows=rows.prefetch_related("words"),
        columns=[
            Column("clue_list", _("Clue list"), sort="clue_list__issued_on", shown=False),
            Column("position", _("Number"), sort="position", places=0, link=link),
            Column("name", _("Enterprise"), sort="name", link=link),
            Column("credit_code", _("Credit code"), sort="credit_code", shown=False),
            Column("category", _("Kind of clue"), sort="category", wide=True),
            Column("text", _("Clue"), prose=True, link=link),
            Column("year", _("Year"), value=lambda row: row.year and str(row.year), sort="year", shown=False),
            Column("month", _("Month"), value=lambda row: row.month and str(row.month), sort="month", shown=False),
            Column("city", _("City"), sort="city__name_zh", wide=True),
            Column("at_state", _("Status"), value=lambda row: BADGES[row.at_state], sort="at_state", badge=True),
            Column("due", _("Answer by"), sort="due"),
            Column("verdict", _("Finding of the city"), value=lambda row: row.get_verdict_display(), sort="verdict"),
            Column("answer", _("Answer of the enterprise"), value=lambda row: last(row, Said.ANSWERED), prose=True, shown=False),
            Column("report", _("Report of the city"), value=lambda row: last(row, Said.REPORTED), prose=True, shown=False),
        ],
        filters=[
            Filter("list", _("Clue list"), lambda found, value: found.filter(clue_list=whole(value)), [(str(one.pk), str(one)) for one in lists]),
            Filter("state", _("Status"), lambda found, value: found.filter(at_state=value), [(one, STATES[badge][0]) for one, badge in BADGES.items()]),
        ],
        search=("name", "credit_code", "text", "category"),
        empty_title=_("No clue"),
        empty_text=_("Doubtful data that the state lists stand here until they are answered and closed."),
        empty_link=(reverse("review:new_list"), _("Read a clue list")) if access.may_open(person, "review:new_list") else None,
    )  # fmt: skip
    if answer := listing.response():
        return answer
    context = {
        "listing": listing,
        "tabs": tabs(request, "clues"),
        "may_import": access.may_open(person, "review:new_list"),
        "statistics": clues.statistics(listing.found) if queries.is_reviewer(person) else [],
        "english": language() == "en",
        "everything": listing.address(
            cols=",".join(column.key for column in listing.columns), export="xlsx", page=None
        ),
    }
    return render(request, "review/clues.html", context)


@require_http_methods(["GET", "POST"])
def new_list(request: HttpRequest) -> HttpResponse:
    """Read a list from its workbook."""
    person = access.me(request)
    form = forms.ClueListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        sent = told.pop("file")
        upload = files.Upload(sent.name or "", sent.read(files.LARGEST_DOCUMENT + 1))
        try:
            made = clues.import_list(person, upload, **told, now=timezone.now())
        except ValidationError as error:
            add_errors(form, error)
        except BlockedError as error:
            for reason in error.reasons[:50]:
                form.add_error("file", reason)
        else:
            messages.success(request, _("Read. Each enterprise and city finds its clues on its worklist."))
            return redirect(f"{reverse('review:clues')}?list={made.pk}")
    return render(request, "review/new_list.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
def template(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - every view takes it
    """The empty workbook."""
    return attached(rowbook.write(clues.sheet()), "clues.xlsx", rowbook.MEDIA_TYPE)


def clue_of(request: HttpRequest, pk: int) -> Any:
    """A clue the person sees, or 404."""
    return get_object_or_404(clues.clues(access.me(request), today=timezone.localdate()), pk=pk)


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One clue: what is doubted, what was said, and what one may do next."""
    return _page(request, clue_of(request, pk))


def _steps(request: HttpRequest, clue: Clue) -> dict[str, str]:
    person = access.me(request)
    names = {
        Said.ANSWERED: _("Answer"),
        Said.SENT_BACK: _("Send back to the enterprise"),
        Said.REPORTED: _("Report to the province"),
        Said.RETURNED: _("Return to the city"),
        Said.CLOSED: _("Close"),
    }
    acts_for = clue.organisation is not None and filings.changes(person, clue.organisation)
    return {
        str(kind): names[Said(kind)]
        for kind, (side, states, _after) in clues.STEPS.items()
        if clue.state in states
        and access.may_do(person, clues.ACTIONS[side])
        and (acts_for if side == "enterprise" else clues.is_side(person, clue, side))
    }


def _page(
    request: HttpRequest, clue: Any, bound: dict[str, django_forms.Form] | None = None, status: int = 200
) -> HttpResponse:
    person, typed = access.me(request), bound or {}
    context = {
        "clue": clue,
        "state": BADGES[clue.at_state],
        "words": clue.words.select_related("by", "organisation"),
        "steps": [
            (kind, name, typed.get(kind) or form_of(kind, initial={"revision": clue.revision}))
            for kind, name in _steps(request, clue).items()
        ],
        "match_form": (typed.get("match") or forms.MatchForm(initial={"revision": clue.revision}))
        if clue.organisation_id is None and access.may_do(person, "review.match_clue")
        else None,
        "facts": [
            (_("Clue list"), clue.clue_list),
            (_("Enterprise"), clue.name),
            (_("Credit code"), clue.credit_code),
            (_("City"), clue.city),
            (_("Kind of clue"), clue.category or None),
            (_("Period"), "-".join(str(one) for one in (clue.year, clue.month) if one) or None),
            (_("What is asked"), clue.wish or None),
            (_("Answer by"), clue.clue_list.due),
            (_("Finding of the city"), clue.get_verdict_display() or None),
        ],
    }
    return render(request, "review/clue.html", context, status=status)


def form_of(kind: str, *args: Any, **kwargs: Any) -> django_forms.Form:
    """The form of a step."""
    return FORMS.get(kind, forms.ClueStepForm)(*args, **{"auto_id": f"{kind}-%s"} | kwargs)


@require_POST
def step(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Answer, report, return, close."""
    clue = clue_of(request, pk)
    if kind not in clues.STEPS:
        raise Http404
    form, status = form_of(kind, request.POST, request.FILES), 422
    if form.is_valid():
        try:
            clues.step(access.me(request), clue, kind, **given(form), now=timezone.now())
        except ValidationError as error:
            add_errors(form, error)
        except StaleError:
            form.add_error(None, _("Something was said meanwhile: read it above. What you wrote is kept."))
            clue, status = clue_of(request, pk), 409
            resend(form, clue.revision)
        else:
            messages.success(request, _("Done."))
            return redirect(link(clue))
    return _page(request, clue, {kind: form}, status)


@require_POST
def match(request: HttpRequest, pk: int) -> HttpResponse:
    """Say whom a clue is about."""
    clue = clue_of(request, pk)
    form = forms.MatchForm(request.POST)
    if form.is_valid():
        code = form.cleaned_data["credit_code"].strip()
        home = Organisation.objects.filter(kind=Kind.ENTERPRISE, credit_code=code).first()
        if home is None:
            form.add_error("credit_code", _("No enterprise here has this code."))
        elif performed(
            request,
            lambda: clues.match(
                access.me(request), clue, home, revision=form.cleaned_data["revision"], now=timezone.now()
            ),
            _("Done."),
        ):
            return redirect(link(clue))
    return _page(request, clue_of(request, pk), {"match": form}, 422)


@require_GET
def file(request: HttpRequest, pk: int, word: int, at: int) -> HttpResponse:
    """A file of one side."""
    said = get_object_or_404(clue_of(request, pk).words, pk=word)
    if at >= len(said.files):
        raise Http404
    one = said.files[at]
    return kept(one["sha256"], one["name"])
