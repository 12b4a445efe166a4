"""Pages of a version's sections: texts, charts and plans, facilities, figures, and the workbook back in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shutan.apps.accounts import access
from shutan.apps.common import files
from shutan.apps.common.downloads import kept
from shutan.apps.common.language import language
from shutan.apps.common.listing import Column, Filter, Listing
from shutan.apps.common.refusals import FaultsError, StaleError
from shutan.apps.common.rowbook import Fault
from shutan.apps.schemes import actions, content, workbook
from shutan.apps.schemes.forms import FacilityForm, ParameterForm, TextsForm
from shutan.apps.schemes.models import Facility, Scheme, SchemeFile, SchemeParameter
from shutan.apps.schemes.views.meters import meter_columns
from shutan.apps.schemes.views.schemes import editable, link, scheme_of, tabs
from shutan.documents.safety import LARGEST_FILE
from shutan.rules.common.schemes import Section


def _section(held: Scheme, number: str) -> Section:
    try:
        return held.declared.section(number)
    except KeyError as error:
        raise Http404 from error


def _address(held: Scheme, section: Section) -> str:
    return reverse("schemes:section", args=[held.pk, section.number])


@require_http_methods(["GET", "POST"])
def section(request: HttpRequest, pk: int, number: str) -> HttpResponse:
    """One section: its texts to read or write, its files, its rows."""
    held = scheme_of(request, pk)
    one = _section(held, number)
    may = editable(access.me(request), held)
    form = TextsForm(one, initial=held.texts)
    stale = False
    if request.method == "POST":
        try:
            actions.keep_texts(
                access.me(request),
                held,
                one,
                request.POST,
                seen=request.POST.get("seen", ""),
                now=timezone.now(),
            )
        except FaultsError as error:
            form = error.form
        except StaleError as error:
            form, held, stale = TextsForm(one, request.POST), error.now, True
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect(link(held))
        else:
            messages.success(request, _("Saved."))
            return redirect(_address(held, one))
    whole = content.whole(held)
    listing = _listing(request, held, one, edit=may)
    context = {
        "scheme": held,
        "section": one,
        "title": f"{one.number} {one.label(language())}",
        "may_edit": may,
        "form": form if may and form.fields else None,
        "seen": actions.stamp(held, one),
        "stale": [(item.label(language()), held.texts.get(item.key, "")) for item in one.items] if stale else None,
        "texts": [(item.label(language()), whole["texts"].get(item.key, "")) for item in one.items if item.kind == "text"],
        "charts": [
            {"item": item, "label": item.label(language()), "files": [each for each in held.files.all() if each.item == item.key]}
            for item in one.items
            if item.kind == "files"
        ],
        "listing": listing,
        "tabs": tabs(held, one.number),
    }  # fmt: skip
    answer = listing.response() if listing else None
    status = 422 if request.method == "POST" else 200
    return answer or render(request, "schemes/section.html", context, status=status)


def _listing(request: HttpRequest, held: Scheme, one: Section, *, edit: bool) -> Listing | None:
    if one.holds == "facilities":
        return Listing(
            request,
            key="facilities",
            title=_("Main facilities"),
            rows=held.facilities.all(),
            columns=[
                Column(
                    name,
                    content.label("facilities", name),
                    value=_display(name),
                    sort=name,
                    link=_row_link(held, one) if edit and name == "name" else None,
                    wide=name in ("place", "permit_unit", "owner"),
                    shown=name != "remark",
                )
                for name in content.FACILITY
            ],
            search=("name", "number"),
            empty_title=_("No facility yet"),
            empty_text=_("Name the main emission facilities within the boundary."),
            empty_link=(reverse("schemes:new_row", args=[held.pk, one.number]), _("Add a line"))
            if edit
            else None,
        )
    if one.holds == "parameters":
        return Listing(
            request,
            key="parameters",
            title=one.label(language()),
            rows=held.parameters.filter(parameter__in=one.parameters).select_related("meter", "scheme__organisation"),
            columns=[
                Column(
                    name,
                    content.label("parameters", name),
                    value=(lambda row: content.parameter_label(held.declared, row.parameter)) if name == "parameter" else _display(name),
                    sort="" if name == "parameter" else name,
                    link=_row_link(held, one) if edit and name == "parameter" else None,
                    wide=name not in ("parameter", "subject", "obtained", "meter"),
                    shown=name not in ("ledger", "missing"),
                )
                for name in content.PARAMETER
            ],
            filters=[
                Filter(
                    "obtained",
                    content.label("parameters", "obtained"),
                    lambda found, value: found.filter(obtained="" if value == "open" else value),
                    [("open", _("Not said yet")), *SchemeParameter.Obtained.choices],
                )
            ],
            search=("subject", "description", "department", "ledger"),
            empty_title=_("No figure"),
            empty_text=_("Every figure that the guideline asks for has a line here."),
        )  # fmt: skip
    if one.holds == "meters":
        return Listing(
            request,
            key="meters",
            title=_("Meters"),
            rows=content.with_due(held.organisation.meters.all()),
            columns=meter_columns(),
            search=("number", "name", "place"),
            empty_title=_("No meter"),
            empty_text=_("Put the meters on record that figures are measured with."),
        )
    return None


def _display(name: str) -> Any:
    if name in ("use", "obtained"):
        return lambda row: getattr(row, f"get_{name}_display")() or "—"
    return None


def _row_link(held: Scheme, one: Section) -> Any:
    return lambda row: reverse("schemes:row", args=[held.pk, one.number, row.pk])


def _writing(request: HttpRequest, pk: int, number: str) -> tuple[Scheme, Section]:
    held = scheme_of(request, pk)
    one = _section(held, number)
    if one.holds not in actions.KINDS:
        raise Http404
    if not editable(access.me(request), held):
        raise PermissionDenied
    return held, one


def _form(held: Scheme, one: Section, data: Any = None, instance: Any = None) -> Any:
    if one.holds == "facilities":
        return FacilityForm(data, instance=instance, scheme=held)
    return ParameterForm(data, instance=instance, scheme=held, section=one)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, pk: int, number: str) -> HttpResponse:
    """Add a facility, or a further line of a figure."""
    held, one = _writing(request, pk, number)
    form = _form(held, one)
    if request.method == "POST":
        try:
            actions.keep_row(
                access.me(request), held, one.holds, request.POST, section=_of(one), now=timezone.now()
            )
        except FaultsError as error:
            form = error.form
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect(link(held))
        else:
            messages.success(request, _("Added."))
            return redirect(_address(held, one))
    return _page(request, held, one, form)


def _of(one: Section) -> Section | None:
    return one if one.holds == "parameters" else None


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int, number: str, row: int) -> HttpResponse:
    """Change a line; who comes second is told what the other wrote and keeps what they typed."""
    held, one = _writing(request, pk, number)
    model: Any = Facility if one.holds == "facilities" else SchemeParameter
    found: Any = get_object_or_404(model.objects.filter(scheme=held), pk=row)
    form = _form(held, one, instance=found)
    if request.method == "POST":
        try:
            actions.keep_row(
                access.me(request),
                held,
                one.holds,
                request.POST,
                row=found,
                revision=_revision(request),
                section=_of(one),
                now=timezone.now(),
            )
        except FaultsError as error:
            form = error.form
        except StaleError as error:
            form = _form(held, one, request.POST, found)
            return _page(
                request,
                held,
                one,
                form,
                row=found,
                revision=error.now.revision,
                stale=others(form, error.now),
            )
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect(link(held))
        else:
            messages.success(request, _("Saved."))
            return redirect(_next_open(held, one, found) if "next" in request.POST else _address(held, one))
    return _page(request, held, one, form, row=found, revision=found.revision)


def _next_open(held: Scheme, one: Section, row: Any) -> str:
    """The next figure that does not say yet how it is obtained."""
    waiting = held.parameters.filter(parameter__in=one.parameters, obtained="")
    found = waiting.filter(pk__gt=row.pk).first() or waiting.first()
    return reverse("schemes:row", args=[held.pk, one.number, found.pk]) if found else _address(held, one)


def _revision(request: HttpRequest) -> int:
    sent = request.POST.get("revision", "")
    return int(sent) if sent.isascii() and sent.isdigit() else 0


def others(form: Any, now: Any) -> list[tuple[str, Any, Any]]:
    """What someone else keeps otherwise than the form says: (field, theirs, yours)."""
    form.is_valid()
    return [
        (str(form.fields[name].label), getattr(now, name) or "—", form.cleaned_data[name] or "—")
        for name in form.fields
        if name in form.cleaned_data and getattr(now, name, None) != form.cleaned_data[name]
    ]


def _page(request: HttpRequest, held: Scheme, one: Section, form: Any, **more: Any) -> HttpResponse:
    context = {
        "scheme": held,
        "section": one,
        "title": f"{one.number} {one.label(language())}",
        "form": form,
        "lines_url": _address(held, one),
    }
    return render(
        request, "schemes/row.html", context | more, status=422 if request.method == "POST" else 200
    )


@require_POST
def remove(request: HttpRequest, pk: int, number: str, row: int) -> HttpResponse:
    """Take a line away."""
    held, one = _writing(request, pk, number)
    found: Any = get_object_or_404(actions.KINDS[one.holds][0]._default_manager.filter(scheme=held), pk=row)  # noqa: SLF001
    try:
        actions.remove_row(
            access.me(request), held, one.holds, found, revision=_revision(request), now=timezone.now()
        )
    except StaleError:
        messages.error(
            request, _("Someone changed this line meanwhile: look at it again before you remove it.")
        )
        return redirect(reverse("schemes:row", args=[held.pk, one.number, found.pk]))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(link(held))
    messages.success(request, _("Removed."))
    return redirect(_address(held, one))


@require_POST
def add_files(request: HttpRequest, pk: int, item: str) -> HttpResponse:
    """Add charts or plans."""
    held = scheme_of(request, pk)
    sent = request.FILES.getlist("file")
    section_ = next((one for one in held.declared.sections if item in {each.key for each in one.items}), None)
    if section_ is None:
        raise Http404
    try:
        uploads = [
            files.Upload(one.name or "", one.read()) for one in sent if (one.size or 0) <= LARGEST_FILE
        ]
        actions.add_files(access.me(request), held, item, uploads, now=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Added."))
    return redirect(_address(held, section_))


def _file(request: HttpRequest, pk: int, file: int) -> tuple[Scheme, SchemeFile]:
    held = scheme_of(request, pk)
    return held, get_object_or_404(held.files.all(), pk=file)


@require_POST
def drop_file(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """Take a chart or plan away."""
    held, found = _file(request, pk, file)
    try:
        actions.drop_file(access.me(request), found, now=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Removed."))
    return redirect(link(held))


@require_GET
def file(request: HttpRequest, pk: int, file: int) -> HttpResponse:
    """A chart or plan."""
    _held, found = _file(request, pk, file)
    return kept(found.sha256, found.name)


@require_POST
def take_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the filled-in workbook of a version: all of it, or nothing with all that is wrong."""
    held = scheme_of(request, pk)
    if not editable(access.me(request), held):
        raise PermissionDenied
    sent = request.FILES.get("file")
    context: dict[str, Any] = {"back": link(held)}
    if sent is None or (sent.size or 0) > LARGEST_FILE:
        wrong = (
            _("Choose a file.")
            if sent is None
            else _("The file is larger than %(n)s MB.") % {"n": LARGEST_FILE // 2**20}
        )
        return render(request, "schemes/imported.html", context | {"faults": [Fault("", wrong)]}, status=422)
    found = workbook.read(held, sent.read())
    if found.faults:
        return render(request, "schemes/imported.html", context | {"faults": found.faults}, status=422)
    try:
        changed = actions.import_sheets(
            access.me(request), held, found.texts, found.forms, now=timezone.now()
        )
    except ValidationError as error:
        told = [Fault("", one) for one in error.messages]
        return render(request, "schemes/imported.html", context | {"faults": told}, status=422)
    return render(request, "schemes/imported.html", context | {"lines": len(found.forms), "changed": changed})
