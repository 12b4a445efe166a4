"""Pages of instruments: the public list, one instrument, its texts side by side; for the province the procedure."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shutan.apps.accounts import access
from shutan.apps.accounts import queries as accounts_queries
from shutan.apps.accounts.words import action_names
from shutan.apps.common import files
from shutan.apps.common.downloads import attached, kept
from shutan.apps.common.forms import add_errors, resend
from shutan.apps.common.language import language
from shutan.apps.common.listing import Column, Filter, Listing
from shutan.apps.standards import instruments, opinions, queries
from shutan.apps.standards.compare import side_by_side
from shutan.apps.standards.forms import (
    STEP_FORMS,
    AnswerForm,
    AttachmentForm,
    DraftForm,
    LinkForm,
    OpinionForm,
    PublishForm,
    RepealForm,
    TextForm,
)
from shutan.apps.standards.models import Instrument, Link, Opinion, Text, Version
from shutan.apps.standards.procedure import STEPS, steps_from
from shutan.apps.standards.words import STEP_WORDS
from shutan.documents.paper import Paper, paper_pdf

STATUSES = ("in_force", "upcoming", "repealed", "opinions")
DRAFTING = ("draft", "review", "cleared", "abandoned")


def link(instrument: Instrument) -> str:
    """An instrument's page."""
    return reverse("standards:instrument", args=[instrument.pk])


def status_words() -> dict[str, str]:
    """Where an instrument stands, in words."""
    return {
        "in_force": _("In force"),
        "upcoming": _("Published, in force later"),
        "repealed": _("Repealed"),
        **{key: str(label) for key, label in Version.State.choices if key != "published"},
    }


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """What is in force, was, will be, or is out for opinions; on a day of the reader's choice."""
    day = parse_date_or(request.GET.get("day"), timezone.localdate())
    names = status_words()
    drafts = queries.drafts(request.user)
    choices = [(one, names[one]) for one in (*STATUSES, *(DRAFTING if drafts else ()))]
    listing = Listing(
        request,
        key="instruments",
        title=_("Rules and standards"),
        rows=queries.instruments(request.user, day),
        columns=[
            Column("title", _("Title"), sort="title_zh", link=link),
            Column("kind", _("Kind"), value=lambda row: row.get_kind_display(), sort="kind", wide=True),
            Column("number", _("Document number"), sort="number", wide=True),
            Column("issuer", _("Issuer"), sort="issuer", wide=True),
            Column("published_on", _("Published on"), sort="published_on", wide=True),
            Column("in_force_from", _("In force from"), sort="in_force_from"),
            Column("repealed_from", _("Repealed from"), sort="repealed_from", wide=True),
            Column("status", _("Status"), value=lambda row: row.status, sort="status", badge=True),
            Column("opinions_until", _("Opinions until"), sort="opinions_until", shown=False),
        ],
        filters=[
            Filter("day", _("On the day"), lambda rows, _value: rows),
            Filter("kind", _("Kind"), lambda rows, value: rows.filter(kind=value), Instrument.Kind.choices),
            Filter("status", _("Status"), lambda rows, value: rows.filter(status=value), choices),
            Filter(
                "text",
                _("Words in the text"),
                lambda rows, value: rows.filter(
                    pk__in=queries.texts(request.user)
                    .filter(content__icontains=value)
                    .order_by()
                    .values("version__instrument")
                ),
            ),
        ],
        search=("title_zh", "title_en", "number", "issuer"),
        empty_title=_("No instrument fits"),
        empty_text=_("What the province publishes or seeks opinions on stands here."),
    )
    seeking = [
        one
        for one in queries.versions(request.user).filter(state="opinions")
        if one.takes_opinions(timezone.localdate())
    ]
    may_draft = access.may_open(request.user, "standards:new")
    context = {"listing": listing, "day": day, "seeking": seeking, "may_draft": may_draft}
    return listing.response() or render(request, "standards/instruments.html", context)


def parse_date_or(text: str | None, fallback: date) -> date:
    """A day of the address, or another where there is none or none that exists."""
    try:
        return parse_date(text or "") or fallback
    except ValueError:
        return fallback


def _instrument(request: HttpRequest, pk: int) -> Any:
    return get_object_or_404(queries.instruments(request.user, timezone.localdate()), pk=pk)


def _version(request: HttpRequest, pk: int) -> Version:
    return get_object_or_404(queries.versions(request.user), pk=pk)


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One instrument."""
    return page(request, _instrument(request, pk))


def page(request: HttpRequest, instrument: Any, status: int = 200, **bound: Any) -> HttpResponse:
    """The page of an instrument; `bound` replaces forms that were sent with faults."""
    today = timezone.localdate()
    versions = list(queries.versions(request.user).filter(instrument=instrument))
    wanted = request.GET.get("version", "")
    holding = next((one for one in versions if one.pk == instrument.version_pk), None)
    current = next((one for one in versions if wanted.isdecimal() and one.order == int(wanted)), None)
    current = current or bound.get("version") or (versions[0] if queries.drafts(request.user) else None)
    current = (
        current
        or next((one for one in versions if one.takes_opinions(today)), None)
        or holding
        or versions[0]
    )
    texts = list(queries.texts(request.user).filter(version=current))
    drafts = queries.drafts(request.user)
    received = list(queries.opinions(request.user).filter(version=current))
    context = {
        "instrument": instrument,
        "version": current,
        "versions": [
            (one, status_words().get(one.state) or one.get_state_display(), one.pk == current.pk)
            for one in versions
        ],
        "facts": _facts(instrument, current),
        "wording": texts[0] if texts else None,
        "texts": texts,
        "all_texts": list(queries.texts(request.user).filter(version__instrument=instrument)),
        "attachments": list(queries.attachments(request.user).filter(version=current)),
        "links": [(one, _rule_url(one)) for one in current.links.all()],
        "opinions": [(one, _answerable(request.user, one, bound) if drafts else None) for one in received],
        "open_opinions": sum(one.answered_at is None for one in received),
        "takes_opinions": current.takes_opinions(today) and not drafts,
        "opinion_form": bound.get("opinion_form") or OpinionForm(signed_in=request.user.is_authenticated),
        "drafts": drafts,
        "repeals": list(instrument.repeals.all()),
        "history": _history(instrument, versions) if drafts else [],
        "day": today,
    }
    if drafts:
        context |= _procedure(request, instrument, current, bound)
    return render(request, "standards/instrument.html", context, status=status)


def _facts(instrument: Any, version: Version) -> list[tuple[Any, Any]]:
    found = [
        (_("Kind"), instrument.get_kind_display()),
        (_("Issuer"), instrument.issuer),
        (_("Document number"), version.number),
        (_("Published on"), version.published_on),
        (_("In force from"), version.in_force_from),
        (_("Amended by document"), version.amending_document),
        (_("Opinions sought"), _between(version.opinions_from, version.opinions_until)),
        (_("No opinions were sought because"), version.no_opinions_why),
        (_("Repealed from"), instrument.repealed_from),
        (_("Repealed by document"), instrument.repealing_document),
    ]
    return [(name, value) for name, value in found if value]


def _between(begins: date | None, ends: date | None) -> str:
    if begins is None or ends is None:
        return ""
    return f"{formats.date_format(begins, 'DATE_FORMAT')} – {formats.date_format(ends, 'DATE_FORMAT')}"


def _rule_url(one: Link) -> str:
    return reverse(f"reporting:{one.kind}", args=[one.rule_set, one.name])


def _history(instrument: Any, versions: list[Version]) -> list[tuple[Any, Any]]:
    names = action_names()
    entries = [*accounts_queries.history(instrument)[:50]]
    for one in versions:
        entries += accounts_queries.history(one)[:50]
    entries.sort(key=lambda entry: entry.at, reverse=True)
    return [(entry, names.get(entry.action, entry.action)) for entry in entries[:50]]


def _procedure(
    request: HttpRequest, instrument: Any, version: Version, bound: dict[str, Any]
) -> dict[str, Any]:
    """What the province may do next with a version, with the forms for it."""
    person = access.me(request)
    steps = []
    for name in steps_from(version.state):
        if not access.may_do(person, f"standards.{name}"):
            continue
        blocked = ""
        if name in ("clear", "object") and not instruments.may_review(person, version):
            blocked = _("You wrote part of this text: another person reviews it.")
        form = bound["step"][1] if bound.get("step", ("",))[0] == name else step_form(name, version)
        steps.append({"name": name, "words": STEP_WORDS[name], "form": form, "blocked": blocked})
    may_end = version.state == "published" and instrument.repealed_from is None
    may_end = may_end and instrument.under_way is None
    return {
        "steps": steps,
        "may_write": version.state == "draft" and access.may_do(person, "standards.save_text"),
        "may_amend": may_end and access.may_do(person, "standards.amend"),
        "may_repeal": may_end and access.may_do(person, "standards.repeal"),
        "repeal_form": bound.get("repeal_form") or RepealForm(instrument=instrument),
        "attachment_form": bound.get("attachment_form") or AttachmentForm(),
        "link_form": bound.get("link_form") or LinkForm(),
    }


def _answerable(person: Any, opinion: Opinion, bound: dict[str, Any]) -> AnswerForm | None:
    """The form to answer an opinion; None where it is answered or the person may not."""
    if opinion.answered_at is not None or not access.may_do(person, "standards.answer"):
        return None
    sent = bound.get("answer_form") if bound.get("answer_to") == opinion.pk else None
    return sent or answer_form(opinion)


def answer_form(opinion: Opinion, data: Any = None) -> AnswerForm:
    """A form of its own for each opinion on the page."""
    return AnswerForm(data, auto_id=f"answer-{opinion.pk}-%s")


def step_form(name: str, version: Version, data: Any = None) -> forms.Form:
    """The form of a step."""
    kind = STEP_FORMS[name]
    more: dict[str, Any] = {"first": version.order == 1} if kind is PublishForm else {}
    return kind(data, prefix=name, initial={"opinions_from": timezone.localdate()}, **more)


@require_GET
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Two texts of an instrument side by side."""
    instrument = _instrument(request, pk)
    found = list(queries.texts(request.user).filter(version__instrument=instrument).order_by("pk"))
    if not found:
        raise Http404
    old = _chosen(found, request.GET.get("from"), max(len(found) - 2, 0))
    new = _chosen(found, request.GET.get("to"), len(found) - 1)
    rows = side_by_side(old.content, new.content)
    context = {
        "instrument": instrument,
        "texts": found,
        "old": old,
        "new": new,
        "rows": rows,
        "changed": sum(row.kind != "same" for row in rows),
    }
    return render(request, "standards/compare.html", context)


def _chosen(found: list[Text], asked: str | None, fallback: int) -> Text:
    return next((one for one in found if str(one.pk) == asked), found[fallback])


@require_GET
def text_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """One text as PDF."""
    text = get_object_or_404(queries.texts(request.user), pk=pk)
    version = text.version
    instrument = version.instrument
    status = _("Draft, not in force") if version.state != "published" else ""
    facts = [f"{name}{_(': ')}{_plain(value)}" for name, value in _facts(instrument, version)]
    made = Paper(
        instrument.title,
        language(),
        subtitle=status or version.number,
        paragraphs=[line for line in text.content.splitlines() if line.strip()],
        notes=facts,
    )
    return attached(paper_pdf(made), f"{instrument.title}.pdf")


def _plain(value: Any) -> str:
    return formats.date_format(value, "DATE_FORMAT") if isinstance(value, date) else str(value)


@require_GET
def attachment(request: HttpRequest, pk: int) -> HttpResponse:
    """One attached document."""
    found = get_object_or_404(queries.attachments(request.user), pk=pk)
    return kept(found.sha256, found.file_name)


@require_POST
def opine(request: HttpRequest, pk: int) -> HttpResponse:
    """Send an opinion, signed in or not."""
    version = _version(request, pk)
    signed_in = request.user.is_authenticated
    form = OpinionForm(request.POST, signed_in=signed_in)
    if form.is_valid():
        sender = access.me(request) if signed_in else None
        address = request.META.get("REMOTE_ADDR", "")
        try:
            sent = opinions.opine(sender, version, **form.cleaned_data, address=address, now=timezone.now())
        except opinions.TooManyError:
            form.add_error(
                None, _("Many opinions came from here within the hour. Wait a little; your text stays below.")
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            told = _("Thank you. Your opinion has number %(n)s; the answer will stand on this page.")
            messages.success(request, told % {"n": sent.pk})
            return redirect(link(version.instrument))
    return page(request, _instrument(request, version.instrument_id), 422, version=version, opinion_form=form)


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer an opinion."""
    opinion = get_object_or_404(queries.opinions(request.user), pk=pk)
    form = answer_form(opinion, request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            opinions.answer(
                access.me(request),
                opinion,
                outcome=given["outcome"],
                text=given["answer"],
                now=timezone.now(),
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("Answered. The opinion and the answer are public now."))
            return redirect(f"{link(opinion.version.instrument)}#opinions")
    instrument = _instrument(request, opinion.version.instrument_id)
    return page(request, instrument, 422, version=opinion.version, answer_form=form, answer_to=opinion.pk)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begin an instrument."""
    form = DraftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = instruments.draft(access.me(request), **form.cleaned_data, now=timezone.now())
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            return redirect(link(made.instrument))
    return render(request, "standards/new.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a draft's text."""
    version = _version(request, pk)
    saved = version.texts.latest("pk")
    initial = {"text": saved.content, "revision": version.revision}
    form = TextForm(request.POST or None, initial=initial)
    meanwhile: list[Any] = []
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            instruments.save_text(access.me(request), version, now=timezone.now(), **given)
        except instruments.StaleError as error:
            form.add_error(None, error.messages)
            meanwhile = side_by_side(error.saved.content, given["text"])
            # What was typed stays; saving again is then on top of what the other person saved.
            resend(form, Version.objects.get(pk=pk).revision)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            messages.success(request, _("Saved."))
            return redirect(link(version.instrument))
    context = {"form": form, "version": version, "instrument": version.instrument, "meanwhile": meanwhile}
    return render(request, "standards/edit.html", context, status=422 if form.errors else 200)


@require_POST
def step(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Take a step of the procedure."""
    version = _version(request, pk)
    if name not in STEPS:
        raise Http404
    form = step_form(name, version, request.POST)
    if form.is_valid():
        try:
            instruments.take_step(access.me(request), version, name, now=timezone.now(), **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Done."))
            return redirect(link(version.instrument))
    instrument = _instrument(request, version.instrument_id)
    return page(request, instrument, 422, version=version, step=(name, form))


@require_POST
def amend(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin an amendment."""
    instrument = _instrument(request, pk)
    try:
        instruments.amend(
            access.me(request), instrument, why=request.POST.get("why", "")[:500], now=timezone.now()
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(link(instrument))


@require_POST
def repeal(request: HttpRequest, pk: int) -> HttpResponse:
    """End an instrument."""
    instrument = _instrument(request, pk)
    form = RepealForm(request.POST, instrument=instrument)
    if form.is_valid():
        try:
            instruments.repeal(access.me(request), instrument, **form.cleaned_data, now=timezone.now())
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Done."))
            return redirect(link(instrument))
    return page(request, instrument, 422, repeal_form=form)


@require_POST
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a document to a draft."""
    version = _version(request, pk)
    form = AttachmentForm(request.POST, request.FILES)
    if form.is_valid():
        sent = form.cleaned_data["file"]
        upload = files.Upload(sent.name, sent.read(files.LARGEST_DOCUMENT + 1))
        try:
            instruments.attach(
                access.me(request), version, upload, title=form.cleaned_data["title"], now=timezone.now()
            )
        except ValidationError as error:
            add_errors(form, error)
        else:
            return redirect(f"{link(version.instrument)}#attachments")
    return page(
        request, _instrument(request, version.instrument_id), 422, version=version, attachment_form=form
    )


@require_POST
def detach(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a document off a draft."""
    found = get_object_or_404(queries.attachments(request.user), pk=pk)
    _try(request, lambda: instruments.detach(access.me(request), found, now=timezone.now()))
    return redirect(f"{link(found.version.instrument)}#attachments")


@require_POST
def add_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Link a draft to a clause or parameter."""
    version = _version(request, pk)
    form = LinkForm(request.POST)
    if form.is_valid():
        try:
            instruments.link(access.me(request), version, **form.cleaned_data, now=timezone.now())
        except ValidationError as error:
            add_errors(form, error)
        else:
            return redirect(f"{link(version.instrument)}#links")
    return page(request, _instrument(request, version.instrument_id), 422, version=version, link_form=form)


@require_POST
def drop_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a link off a draft."""
    found = get_object_or_404(
        Link.objects.filter(version__in=queries.versions(request.user).order_by()), pk=pk
    )
    _try(request, lambda: instruments.unlink(access.me(request), found, now=timezone.now()))
    return redirect(f"{link(found.version.instrument)}#links")


def _try(request: HttpRequest, verb: Any) -> None:
    try:
        verb()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
