"""Pages of the parts of a record: the lines, one line, its scan, and workbooks in and out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shutan.apps.accounts import access
from shutan.apps.bodies import actions, judging, queries, workbook
from shutan.apps.bodies.models import Body, Row
from shutan.apps.bodies.sections import SECTIONS, Section
from shutan.apps.bodies.views.record import body_of, others, permissions, tabs
from shutan.apps.common.downloads import attached, kept
from shutan.apps.common.listing import Column, Filter, Listing
from shutan.apps.common.refusals import BlockedError, FaultsError, StaleError
from shutan.documents.safety import LARGEST_FILE


def _part(part: str) -> Section:
    if part not in SECTIONS:
        raise Http404
    return SECTIONS[part]


def _found(request: HttpRequest, pk: int, part: str, row: int) -> tuple[Body, Section, Row]:
    held, section_ = body_of(request, pk), _part(part)
    return held, section_, get_object_or_404(queries.rows(held, section_), pk=row)


def _lines(held: Body, part: Section) -> str:
    return reverse("bodies:section", args=[held.pk, part.key])


def _columns(held: Body, part: Section, *, edit: bool) -> list[Column]:
    def told(name: str) -> Any:
        if part.field(name).choices:
            return lambda row: getattr(row, f"get_{name}_display")()
        return (lambda row: str(row.year)) if name == "year" else None

    def address(row: Any) -> str:
        return reverse("bodies:row", args=[held.pk, part.key, row.pk])

    columns = [
        Column(
            name,
            part.label(name),
            value=told(name),
            sort=name,
            link=address if edit and place == 0 else None,
            wide=name in part.wide,
            shown=name not in part.hidden,
        )
        for place, name in enumerate(part.names)
    ]
    if part.expires:
        columns.append(Column("state", _("Status"), value=_state, badge=True))
    if part.key == "accreditations":
        columns.append(
            Column(
                "document_name",
                _("Document"),
                link=lambda row: (
                    reverse("bodies:document", args=[held.pk, part.key, row.pk])
                    if row.document_sha256
                    else ""
                ),
                wide=True,
            )
        )
    return columns


def _state(row: Any) -> str:
    today = timezone.localdate()
    if row.valid_to is None:
        return "normal"
    if row.valid_to < today:
        return "expired"
    return "due" if row.valid_to <= today + judging.REMIND_BEFORE else "normal"


def _soon(rows: Any, value: str) -> Any:
    today = timezone.localdate()
    if value == "expired":
        return rows.filter(valid_to__lt=today)
    return rows.filter(valid_to__gte=today, valid_to__lte=today + judging.REMIND_BEFORE)


@require_GET
def section(request: HttpRequest, pk: int, part: str) -> HttpResponse:
    """The lines of one part."""
    held, one = body_of(request, pk), _part(part)
    may = permissions(access.me(request), held, review=queries.under_review(held) is not None)
    listing = Listing(
        request,
        key=one.key,
        title=f"{held} {one.title}",
        rows=queries.rows(held, one),
        columns=_columns(held, one, edit=may["edit"]),
        filters=[
            Filter("state", _("Status"), _soon, [("due", _("Runs out soon")), ("expired", _("Expired"))])
        ]
        if one.expires
        else [],
        search=tuple(
            name for name in one.names if one.field(name).get_internal_type() in ("CharField", "TextField")
        ),
        empty_title=_("No line yet"),
        empty_text=_("Add one line after the other, or upload the filled-in template.")
        if may["edit"]
        else _("The body has not said anything here."),
        empty_link=(reverse("bodies:new_row", args=[held.pk, one.key]), _("Add a line"))
        if may["edit"]
        else None,
    )
    context = {"body": held, "part": one, "listing": listing, "may": may, "tabs": tabs(held, one.key)}
    return listing.response() or render(request, "bodies/section.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, pk: int, part: str) -> HttpResponse:
    """Add a line."""
    held, one = body_of(request, pk), _part(part)
    _editing(request, held)
    form = one.form(body=held)
    if request.method == "POST":
        try:
            actions.keep_row(
                access.me(request), held, one, request.POST, sent=request.FILES, now=timezone.now()
            )
        except FaultsError as error:
            form = error.form
        except BlockedError as error:
            return _blocked(request, held, one, error)
        else:
            messages.success(request, _("Added."))
            return redirect(_lines(held, one))
    return _page(request, held, one, form)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int, part: str, row: int) -> HttpResponse:
    """Change a line; who comes second is told what the other wrote and keeps what they typed."""
    held, one, found = _found(request, pk, part, row)
    _editing(request, held)
    form = one.form(instance=found, body=held)
    if request.method == "POST":
        sent = request.POST.get("revision", "")
        try:
            actions.keep_row(
                access.me(request),
                held,
                one,
                request.POST,
                sent=request.FILES,
                row=found,
                revision=int(sent) if sent.isascii() and sent.isdigit() else 0,
                now=timezone.now(),
            )
        except FaultsError as error:
            form = error.form
        except StaleError as error:
            form = one.form(request.POST, instance=found, body=held)
            return _page(
                request,
                held,
                one,
                form,
                row=found,
                revision=error.now.revision,
                stale=others(form, error.now),
            )
        except BlockedError as error:
            return _blocked(request, held, one, error)
        else:
            messages.success(request, _("Saved."))
            return redirect(_lines(held, one))
    return _page(request, held, one, form, row=found, revision=found.revision)


def _editing(request: HttpRequest, held: Body) -> None:
    """Only the body itself opens a form of its record."""
    if not queries.is_own(access.me(request), held):
        raise PermissionDenied


def _page(request: HttpRequest, held: Body, one: Section, form: Any, **more: Any) -> HttpResponse:
    context = {"body": held, "part": one, "form": form, "lines_url": _lines(held, one)}
    return render(request, "bodies/row.html", context | more, status=422 if request.method == "POST" else 200)


def _blocked(request: HttpRequest, held: Body, one: Section, error: BlockedError) -> HttpResponse:
    messages.error(request, " ".join(error.reasons))
    return redirect(_lines(held, one))


@require_POST
def remove(request: HttpRequest, pk: int, part: str, row: int) -> HttpResponse:
    """Take a line away."""
    held, one, found = _found(request, pk, part, row)
    sent = request.POST.get("revision", "")
    try:
        actions.remove_row(
            access.me(request),
            held,
            one,
            found,
            revision=int(sent) if sent.isascii() and sent.isdigit() else 0,
            now=timezone.now(),
        )
    except StaleError:
        messages.error(
            request, _("Someone changed this line meanwhile: look at it again before you remove it.")
        )
        return redirect(reverse("bodies:row", args=[held.pk, one.key, found.pk]))
    except BlockedError as error:
        return _blocked(request, held, one, error)
    messages.success(request, _("Removed."))
    return redirect(_lines(held, one))


@require_GET
def document(request: HttpRequest, pk: int, part: str, row: int) -> HttpResponse:
    """The scan of an accreditation."""
    _held, _one, found = _found(request, pk, part, row)
    digest, name = getattr(found, "document_sha256", ""), getattr(found, "document_name", "")
    if not digest:
        raise Http404
    return kept(digest, name)


@require_GET
def template(request: HttpRequest, pk: int, part: str) -> HttpResponse:
    """The workbook of a part with its lines, to fill in and send back."""
    held, one = body_of(request, pk), _part(part)
    lines = list(queries.rows(held, one))
    return attached(workbook.write(one, lines), f"{held}-{one.title}.xlsx", workbook.MEDIA_TYPE)


@require_POST
def take_in(request: HttpRequest, pk: int, part: str) -> HttpResponse:
    """Take a filled-in workbook: all of it, or nothing with all that is wrong."""
    held, one = body_of(request, pk), _part(part)
    _editing(request, held)
    sent = request.FILES.get("file")
    if sent is None or (sent.size or 0) > LARGEST_FILE:
        wrong = (
            _("Choose a file.")
            if sent is None
            else _("The file is larger than %(n)s MB.") % {"n": LARGEST_FILE // 2**20}
        )
        return render(request, "bodies/import_done.html", {"faults": [workbook.Fault("", wrong)]}, status=422)
    found = workbook.read(one, held, sent.read())
    context: dict[str, Any] = {"body": held, "part": one, "faults": found.faults, "lines": len(found.forms)}
    if found.faults:
        return render(request, "bodies/import_done.html", context, status=422)
    try:
        context["changed"] = actions.import_rows(
            access.me(request), held, one, found.forms, now=timezone.now()
        )
    except BlockedError as error:
        context["faults"] = [workbook.Fault("", reason) for reason in error.reasons]
        return render(request, "bodies/import_done.html", context, status=422)
    return render(request, "bodies/import_done.html", context)
