"""Questions and answers: what reviewers ask, what enterprises answer, replies to findings."""

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
from shutan.apps.common.components import STATES
from shutan.apps.common.downloads import kept
from shutan.apps.common.forms import add_errors, given, resend
from shutan.apps.common.listing import Column, Filter, Listing
from shutan.apps.common.refusals import StaleError
from shutan.apps.review import asking, forms, queries, subjects
from shutan.apps.review.checklist import BETWEEN
from shutan.apps.review.models import Question, Statement
from shutan.apps.review.views import tabs, whole

Said = Statement.Kind
STANDINGS = ("open", "overdue", "answered", "settled")
FORMS: dict[str, type[forms.StatementForm]] = {
    Said.ASKED_AGAIN: forms.AskAgainForm,
    Said.CLOSED: forms.CloseForm,
}


def link(question: Question) -> str:
    """The page of a question."""
    return reverse("review:question", args=[question.pk])


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """Questions about the months and reports a person sees, those with the nearest day first."""
    person, today = access.me(request), timezone.localdate()
    listing = Listing(
        request,
        key="questions",
        title=_("Questions and answers"),
        rows=queries.questions(person, today=today),
        columns=[
            Column("kind", _("Kind"), value=lambda row: row.get_kind_display(), sort="kind", link=link),
            Column("subject", _("Subject"), value=subjects.words_of, link=link, prose=True),
            Column("organisation", _("Organisation"), sort="home"),
            Column("period", _("Month or year"), value=lambda row: row.subject.period),
            Column("authority", _("Asked by"), sort="authority__name_zh", wide=True),
            Column("at_state", _("Status"), sort="at_state", badge=True),
            Column("due", _("Answer by"), sort="due"),
            Column("changed_at", _("Changed"), sort="changed_at", wide=True),
        ],
        filters=[
            Filter(
                "state",
                _("Status"),
                lambda rows, value: rows.filter(at_state=value),
                [(one, STATES[one][0]) for one in STANDINGS],
            ),
            Filter("kind", _("Kind"), lambda rows, value: rows.filter(kind=value), Question.Kind.choices),
        ],
        search=("home",),
        empty_title=_("No question"),
        empty_text=_("What reviewers ask about what was filed, and what enterprises answer, stands here for both sides."),
    )  # fmt: skip
    context = {"listing": listing, "tabs": tabs(request, "questions"), "title": _("Questions and answers")}
    return listing.response() or render(request, "review/list.html", context)


def question_of(request: HttpRequest, pk: int) -> Any:
    """A question the person may read, or 404."""
    return get_object_or_404(queries.questions(access.me(request), today=timezone.localdate()), pk=pk)


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One question: what was said, and what one may say next."""
    return _page(request, question_of(request, pk))


def _steps(request: HttpRequest, question: Question) -> dict[str, str]:
    """What the person may say next: kind → words of its button."""
    person = access.me(request)
    side = "authority" if queries.is_reviewer(person) else "enterprise"
    if side == "authority" and question.authority_id not in (None, person.organisation_id):
        return {}
    if side == "enterprise" and not subjects.changes(person, question.organisation):
        return {}
    if not access.may_do(person, "review.ask" if side == "authority" else "review.answer"):
        return {}
    names = {
        Said.ANSWERED: _("Answer"),
        Said.EXPLAINED: _("Explain the finding"),
        Said.WILL_CORRECT: _("Announce a correction"),
        Said.ASKED_AGAIN: _("Ask again"),
        Said.CLOSED: _("Close"),
    }
    about_finding = question.kind == Question.Kind.FINDING
    return {
        str(kind): names[Said(kind)]
        for kind, (whose, states, _after) in asking.STEPS.items()
        if whose == side
        and question.state in states
        and (side == "authority" or about_finding == (kind in asking.REPLIES))
    }


def _page(
    request: HttpRequest,
    question: Any,
    bound: dict[str, django_forms.Form] | None = None,
    status: int = 200,
) -> HttpResponse:
    typed = bound or {}
    context = {
        "question": question,
        "subject": subjects.words_of(question),
        "page": subjects.url(question.subject),
        "statements": question.statements.select_related("by", "organisation"),
        "steps": [
            (kind, name, typed.get(kind) or form_of(kind, initial={"revision": question.revision}))
            for kind, name in _steps(request, question).items()
        ],
        "facts": [
            (_("Enterprise"), question.organisation),
            (_("Month or year"), question.subject.period),
            (_("Kind"), question.get_kind_display()),
            (_("Asked by"), question.authority),
            (_("Answer by"), question.due),
            (_("Asked"), question.asked_at),
        ],
    }
    return render(request, "review/question.html", context, status=status)


def form_of(kind: str, *args: Any, **kwargs: Any) -> django_forms.Form:
    """The form of a step."""
    return FORMS.get(kind, forms.StatementForm)(*args, **{"auto_id": f"{kind}-%s"} | kwargs)


@require_POST
def step(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Answer, ask again or close."""
    question = question_of(request, pk)
    if kind not in asking.STEPS:
        raise Http404
    form, status = form_of(kind, request.POST, request.FILES), 422
    if form.is_valid():
        try:
            asking.step(access.me(request), question, kind, **given(form), now=timezone.now())
        except ValidationError as error:
            add_errors(form, error)
        except StaleError:
            form.add_error(None, _("Something was said meanwhile: read it above. What you wrote is kept."))
            question, status = question_of(request, pk), 409
            resend(form, question.revision)
        else:
            messages.success(request, _("Done."))
            return redirect(link(question))
    return _page(request, question, {kind: form}, status)


def field_of(text: str) -> tuple[str, tuple[str, ...], str] | None:
    """A field as a link carries it; None for the month as a whole."""
    if not text:
        return None
    table, _bar, rest = text.partition(BETWEEN)
    variable, *key = rest.split(BETWEEN)
    return table, tuple(key), variable


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, what: str, pk: int) -> HttpResponse:
    """Ask about a figure, a finding or the month or report as a whole."""
    person = access.me(request)
    held = subjects.get(person, what, pk)
    field = field_of(request.GET.get("field", ""))
    asked = request.GET.get("finding", "")
    finding = None
    if asked:
        finding = get_object_or_404(subjects.findings(person, held), pk=whole(asked))
    form = forms.AskForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            asking.ask(person, held, field=field, finding=finding, **given(form), now=timezone.now())
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Asked. It stands on the enterprise's worklist."))
            return redirect(subjects.url(held))
    context = {
        "form": form,
        "what": what,
        "subject": held,
        "words": str(finding) if finding else subjects.field_words(held, field or ("", (), "")),
        "phrases": queries.phrases(person),
        "query": request.GET.urlencode(),
    }
    return render(request, "review/ask.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def reply(request: HttpRequest, what: str, pk: int, finding: int) -> HttpResponse:
    """Say something about a finding of one's own month or report."""
    person = access.me(request)
    filed = subjects.get(person, what, pk)
    held = get_object_or_404(subjects.findings(person, filed), pk=finding)
    form = forms.ReplyForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = asking.reply(person, held, **given(form), now=timezone.now())
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Done."))
            return redirect(link(made))
    context = {"form": form, "subject": filed, "page": subjects.url(filed), "finding": held}
    return render(request, "review/reply.html", context, status=422 if form.errors else 200)


@require_GET
def file(request: HttpRequest, pk: int, statement: int, at: int) -> HttpResponse:
    """A file of one side."""
    said = get_object_or_404(question_of(request, pk).statements, pk=statement)
    if at >= len(said.files):
        raise Http404
    one = said.files[at]
    return kept(one["sha256"], one["name"])
