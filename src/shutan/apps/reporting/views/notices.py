"""The register of values by notice: list, registering, deciding, withdrawing, and what a notice does to the reports."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shutan.apps.accounts import access
from shutan.apps.accounts import queries as accounts_queries
from shutan.apps.accounts.words import action_names
from shutan.apps.common.components import STATES
from shutan.apps.common.downloads import kept
from shutan.apps.common.language import language
from shutan.apps.common.listing import Column, Filter, Listing
from shutan.apps.reporting import effects, notices, queries, results, rulebook
from shutan.apps.reporting.forms import NoticeForm
from shutan.apps.reporting.memory_rows import MemoryRows
from shutan.apps.reporting.models import NoticeWithdrawal, ParameterNotice
from shutan.apps.reporting.present import pick, sure
from shutan.apps.reporting.views.lists import as_rows
from shutan.apps.reporting.views.rulebook import parameter_columns, parameter_filters
from shutan.documents import wording
from shutan.rules.registry import rule_sets

STANDINGS = ("registered", "confirmed", "withdrawal_asked", "value_withdrawn", "rejected", "taken_back")


def link(notice: ParameterNotice) -> str:
    """The page of a notice."""
    return reverse("reporting:notice", args=[notice.pk])


def _sets() -> list[tuple[str, str]]:
    return [(name, pick(one.title)) for name, one in rule_sets().items()]


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """All notices, the latest first."""
    person = access.me(request)
    may_register = access.may_do(person, "reporting.register_parameter")
    listing = Listing(
        request,
        key="notices",
        title=_("Values by notice"),
        rows=queries.notices(person),
        columns=[
            Column("what", _("Parameter"), value=rulebook.notice_words, link=link),
            Column("value", _("Value"), value=rulebook.notice_value),
            Column("since", _("Since"), sort="since"),
            Column("until", _("Until"), sort="until", wide=True),
            Column("document", _("Document"), sort="document", wide=True),
            Column("number", _("Document number"), sort="number", wide=True),
            Column("issuer", _("Issuer"), sort="issuer", shown=False),
            Column("state", _("State"), value=lambda row: row.standing, badge=True, sort="standing"),
            Column("status", _("How sure"), value=lambda row: sure(row.status), badge=True, shown=False),
            Column("registered_by", _("Registered by"), wide=True),
            Column("registered_at", _("Registered at"), sort="registered_at", wide=True),
            Column("decided_by", _("Decided by"), shown=False),
            Column("decided_at", _("Decided at"), sort="decided_at", shown=False),
            Column("set", _("Rule set"), value=lambda row: pick(rule_sets()[row.rule_set].title), wide=True),
        ],
        filters=[
            Filter(
                "state",
                _("State"),
                lambda rows, value: rows.filter(standing=value),
                [(one, STATES[one][0]) for one in STANDINGS],
            ),
            Filter("set", _("Rule set"), lambda rows, value: rows.filter(rule_set=value), _sets()),
            Filter("parameter", _("Parameter"), _named),
        ],
        search=("document", "number", "issuer", "name"),
        sort="-registered_at",
        empty_title=_("No value has arrived by notice"),
        empty_text=_(
            "Once a document sets a number that rules wait for (a balance value, a factor, an oxidation rate), one person of the province registers it here: parameter, values, first and last day, the document itself. A second person compares it with the document and confirms; what waited for it is then computed."
        ),
        empty_link=(reverse("reporting:notice_new"), _("Register a value by notice"))
        if may_register
        else (f"{reverse('reporting:parameters')}?status=unknown", _("Parameters without a value")),
    )
    context = {"listing": listing, "may_register": may_register}
    return listing.response() or render(request, "reporting/notices.html", context)


def _named(rows: Any, words: str) -> Any:
    wanted = words.casefold().split()
    found = {
        (row.rules.name, row.name)
        for row in rulebook.parameters({})
        if all(word in row.text for word in wanted)
    }
    return rows.filter(name__in={name for _rules, name in found}, rule_set__in={rules for rules, _ in found})


@require_GET
def new(request: HttpRequest) -> HttpResponse:
    """Search the parameter a notice is about."""
    listing = Listing(
        request,
        key="choose",
        title=_("Parameters"),
        rows=as_rows(MemoryRows(rulebook.parameters(results.registers()))),
        columns=parameter_columns(
            lambda row: reverse("reporting:notice_form", args=[row.rules.name, row.name])
        ),
        filters=parameter_filters(),
        empty_title=_("No parameter fits"),
        empty_text=_("Take a filter away or search for fewer words."),
    )
    return listing.response() or render(request, "reporting/notice_new.html", {"listing": listing})


@require_http_methods(["GET", "POST"])
def form(request: HttpRequest, rules: str, name: str) -> HttpResponse:
    """Register the values of a notice; `?corrects=` names the one they stand in for."""
    known = rule_sets().get(rules)
    if known is None or name not in known.parameters:
        raise Http404
    person = access.me(request)
    asked = request.GET.get("corrects", "")
    corrects = None
    if asked.isascii() and asked.isdigit():
        corrects = queries.notices(person, rules, name).filter(pk=int(asked[:9])).first()
    initial = _initial(corrects) if corrects else {}
    given = NoticeForm(known, name, language(), request.POST or None, request.FILES or None, initial=initial)
    if corrects:  # the row of its key finds the value that was given before
        before = {tuple(one.key): one.value.normalize() for one in corrects.values.all()}
        for field, key in given.keys.items():
            given.fields[field].initial = f"{before[key]:f}" if key in before else None
    if request.method == "POST" and given.is_valid():
        try:
            made = notices.register_parameter(
                person, rule_set=rules, name=name, **given.values(), corrects=corrects, now=timezone.now()
            )
        except ValidationError as error:
            for field, texts in getattr(error, "message_dict", {None: error.messages}).items():
                given.add_error(field if field in given.fields else None, texts)
        else:
            messages.success(request, _("Registered. It counts once a second person has confirmed it."))
            return redirect(link(made))
    parameter = known.parameters[name]
    context = {
        "form": given,
        "title": rulebook.said(parameter),
        "set_title": pick(known.title),
        "unit": wording.unit_text(known, parameter.unit, language()),
        "corrects": corrects,
        "rules": known,
        "parameter": parameter,
    }
    return render(request, "reporting/notice_form.html", context, status=422 if given.errors else 200)


def _initial(notice: ParameterNotice) -> dict[str, Any]:
    names = ("since", "until", "document", "number", "issuer", "article", "status", "note")
    return {name: getattr(notice, name) for name in names}


def _notice(request: HttpRequest, pk: int) -> Any:
    return get_object_or_404(queries.notices(access.me(request)), pk=pk)


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One notice: values, document, who did what, and what it does to the reports the reader may see."""
    notice, person = _notice(request, pk), access.me(request)
    rules = rule_sets()[notice.rule_set]
    parameter = rules.parameters[notice.name]
    pages = Paginator(effects.affected(person, notice), effects.PAGE)
    page = pages.get_page(request.GET.get("page"))
    asked = notice.withdrawals.filter(state=NoticeWithdrawal.State.ASKED).first()
    may_decide = access.may_do(person, "reporting.confirm_parameter")
    counts = notice.standing == "confirmed"
    names = action_names()
    context = {
        "notice": notice,
        "title": rulebook.said(parameter),
        "set_title": pick(rules.title),
        "unit": wording.unit_text(rules, parameter.unit, language()),
        "values": rulebook.notice_rows(notice),
        "keyed": bool(parameter.by),
        "facts": [
            (_("Title of the document"), notice.document),
            (_("Document number"), notice.number or None),
            (_("Issuer"), notice.issuer or None),
            (_("Article"), notice.article or None),
            (_("Since"), notice.since),
            (_("Until"), notice.until),
            (_("How sure"), wording.status_text(notice.status, language())),
            (_("Note"), notice.note or None),
            (_("Registered by"), notice.registered_by),
            (_("Decided by"), notice.decided_by),
            (_("Reason"), notice.decision_reason or None),
        ],
        "next": _next(notice.standing),
        "pages": {
            "number": page.number,
            "last": pages.num_pages,
            "previous": page.number - 1,
            "next": page.number + 1 if page.has_next() else 0,
        },
        "effects": effects.effects(page.object_list, notice),
        "withdrawals": notice.withdrawals.select_related("asked_by", "decided_by", "correction"),
        "may_decide": may_decide and notice.standing == "registered" and notice.registered_by_id != person.pk,
        "may_take_back": notice.standing == "registered" and notice.registered_by_id == person.pk,
        "may_withdraw": counts and access.may_do(person, "reporting.withdraw_parameter"),
        "may_decide_withdrawal": may_decide and asked is not None and asked.asked_by_id != person.pk,
        "history": [
            (entry, names.get(entry.action, entry.action)) for entry in accounts_queries.history(notice)[:50]
        ]
        if access.may_do(person, "reporting.register_parameter")
        else [],
        "language": language(),
    }
    return render(request, "reporting/notice.html", context)


def _next(standing: str) -> str:
    return {
        "registered": _("A second person confirms or rejects it"),
        "withdrawal_asked": _("A second person decides on the withdrawal"),
    }.get(standing, "")


@require_GET
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """The document."""
    notice = _notice(request, pk)
    if not notice.file_sha256:
        raise Http404
    return kept(notice.file_sha256, notice.file_name)


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm or reject registered values."""
    verb = (
        notices.confirm_parameter if request.POST.get("decision") == "confirm" else notices.reject_parameter
    )
    return _done(request, pk, verb, _("Decided."))


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what was not decided on; ask to withdraw what counts."""
    return _done(request, pk, notices.withdraw_parameter, _("Recorded."))


@require_POST
def decide_withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm or refuse a withdrawal."""
    confirm = request.POST.get("decision") == "confirm"
    return _done(
        request,
        pk,
        lambda *args, **told: notices.decide_withdrawal(*args, confirm=confirm, **told),
        _("Decided."),
    )


def _done(request: HttpRequest, pk: int, verb: Callable[..., Any], told: str) -> HttpResponse:
    notice = _notice(request, pk)
    try:
        verb(access.me(request), notice, now=timezone.now(), why=request.POST.get("why", "")[:500])
    except PermissionDenied as error:
        if not str(error) or str(error).startswith("reporting."):
            raise
        messages.error(request, str(error))
    except ValidationError as error:
        for text in error.messages:
            messages.error(request, text)
    else:
        messages.success(request, told)
    return redirect(link(notice))
