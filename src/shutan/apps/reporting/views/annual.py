"""The year's report from its months: put together, laid beside them month by month, put together again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from shutan.apps.accounts import access
from shutan.apps.common import files
from shutan.apps.common.downloads import attached
from shutan.apps.common.language import language
from shutan.apps.filing import queries as filing
from shutan.apps.reporting import actions, annual, assembling, declarations, declaring, signing
from shutan.apps.reporting.models import Report
from shutan.apps.reporting.storage import Upload
from shutan.apps.reporting.views.lists import problem_lines, too_large
from shutan.apps.reporting.views.reports import frame, report_of, whole
from shutan.documents.safety import LARGEST_FILE
from shutan.rules.common.declaration import declaration as declaration_text


@require_POST
def assemble(request: HttpRequest, book: int) -> HttpResponse:
    """Make a draft from a book's months."""
    person = access.me(request)
    found = filing.book(person, book)
    try:
        made = annual.assemble(person, found, now=timezone.now())
    except ValidationError as error:
        for text in error.messages:
            messages.error(request, text)
        return redirect("filing:book", pk=found.pk)
    if made.is_new:
        messages.success(request, _("Put together from the months that count; here they are one by one."))
    else:
        messages.info(request, _("The draft of these months was there already."))
    return redirect("reporting:months", pk=made.report.pk)


@require_GET
def months(request: HttpRequest, pk: int) -> HttpResponse:
    """What the report takes from which version of which month, and what differs since."""
    report = report_of(request, pk)
    person = access.me(request)
    found = assembling.reconcile(person, report)
    context = frame(request, report, "months") | {
        "found": found,
        "may_change": report.is_draft
        and found is not None
        and found.assembled
        and access.may_do(person, "reporting.assemble_again")
        and filing.changes(person, report.organisation),
        "may_correct": not report.is_draft and access.may_do(person, "reporting.assemble"),
    }
    return render(request, "reporting/months.html", context)


@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the months anew."""
    report = report_of(request, pk)
    revision = whole(request.POST.get("revision", ""))
    try:
        done = annual.assemble_again(access.me(request), report, revision=revision, now=timezone.now())
    except actions.StaleError:
        messages.error(
            request, _("Someone changed this report meanwhile; look at it again and repeat your step.")
        )
    except ValidationError as error:
        for text in error.messages:
            messages.error(request, text)
    else:
        messages.success(request, _("Put together again; what was added by hand is still there."))
        if n := len(done.replaced):
            told = ngettext(
                "%(n)s added value gave way: a month speaks of it by now.",
                "%(n)s added values gave way: months speak of them by now.",
                n,
            )
            messages.warning(request, told % {"n": n})
    return redirect("reporting:months", pk=report.pk)


@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add what no month says, from a workbook; the answer stands below the form."""
    report = report_of(request, pk)
    sent = request.FILES.get("file")
    if sent is None or (sent.size or 0) > LARGEST_FILE:
        return _told(request, fault=too_large() if sent else _("Choose a file."))
    try:
        annual.add(
            access.me(request),
            report,
            Upload(sent.name or "file", sent.read()),
            revision=whole(request.POST.get("revision", "")),
            now=timezone.now(),
        )
    except actions.UnreadableError as error:
        return _told(request, problems=problem_lines(error.problems), name=sent.name or "")
    except actions.StaleError:
        return _told(
            request, fault=_("Someone changed this report meanwhile; look at it again and repeat your step.")
        )
    except ValidationError as error:
        return _told(request, fault=error.messages[0], reasons=error.messages[1:])
    return render(request, "reporting/_added.html", {"report": report})


def _told(request: HttpRequest, **context: Any) -> HttpResponse:
    return render(request, "reporting/upload_failed.html", context, status=422)


# -- the declaration ----------------------------------------------------------------------------------------------


@require_GET
def declaration(request: HttpRequest, pk: int) -> HttpResponse:
    """What was declared and how, the page to sign, the ways to declare."""
    return _declaration(request, report_of(request, pk))


def _declaration(
    request: HttpRequest, report: Report, fault: Sequence[str] = (), status: int = 200
) -> HttpResponse:
    declared, person, provider = declarations.of(report), access.me(request), signing.provider()
    context = frame(request, report, "declaration") | {
        "declared": declared,
        "current": declared is None or not report.is_draft or declarations.is_current(report, declared),
        "said": declaration_text(),
        "note": declaration_text().note(language()),
        "provider": provider.NAME if provider else "",
        "may_declare": report.is_draft
        and not report.is_exercise
        and access.may_do(person, "reporting.declare")
        and filing.changes(person, report.organisation),
        "fault": fault,
    }
    return render(request, "reporting/declaration.html", context, status=status)


@require_POST
def declare(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the stamped scan."""
    report = report_of(request, pk)
    sent = request.FILES.get("file")
    if sent is None:
        return _declaration(request, report, [_("Choose a file.")], 422)
    upload = Upload(sent.name or "", sent.read(files.LARGEST_DOCUMENT + 1))
    person, revision, now = access.me(request), whole(request.POST.get("revision", "")), timezone.now()
    return _declared(
        request,
        report,
        lambda: declaring.with_scan(person, report, upload, revision=revision, now=now),
        _("The scan is kept; the report can be submitted."),
    )


@require_POST
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the provider sign."""
    report = report_of(request, pk)
    person, revision, now = access.me(request), whole(request.POST.get("revision", "")), timezone.now()
    return _declared(
        request,
        report,
        lambda: declaring.with_signature(person, report, revision=revision, now=now),
        _("The provider has signed; the report can be submitted."),
    )


def _declared(request: HttpRequest, report: Report, verb: Callable[[], object], done: str) -> HttpResponse:
    try:
        verb()
    except actions.StaleError:
        told = _("Someone changed this report meanwhile; look at it again and repeat your step.")
        return _declaration(request, report_of(request, report.pk), [told], 409)
    except ValidationError as error:
        return _declaration(request, report, error.messages, 422)
    messages.success(request, done)
    return redirect("reporting:declaration", pk=report.pk)


@require_GET
def declaration_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The scan, or the document the provider signed."""
    found = declarations.of(report_of(request, pk))
    if found is None:
        raise Http404
    try:
        content = files.content(found.sha256)
    except OSError:
        raise Http404 from None
    return attached(content, found.name, files.media_type(found.name))
