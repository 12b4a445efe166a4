"""Pages of meters: the ledger with calibrations that are due, one meter, meters by workbook."""

from __future__ import annotations

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
from shutan.apps.common.downloads import kept
from shutan.apps.common.listing import Column, Filter, Listing
from shutan.apps.common.refusals import FaultsError, StaleError
from shutan.apps.schemes import actions, queries
from shutan.apps.schemes.forms import CalibrationForm, MeterForm, StepForm
from shutan.apps.schemes.models import REMIND_BEFORE, Meter, calibration_state


def link(meter: Meter) -> str:
    """A meter's page."""
    return reverse("schemes:meter", args=[meter.pk])


def state_of(meter: Any) -> str:
    """How a meter stands today."""
    return "ended" if meter.retired_on else calibration_state(meter.due, timezone.localdate())


def meter_columns(*, owner: bool = False) -> list[Column]:
    """The columns of a list of meters."""
    first = (
        [Column("organisation", _("Enterprise"), sort="organisation__name_zh", wide=True)] if owner else []
    )
    return [
        Column("number", _("Number"), sort="number", link=link),
        *first,
        Column("name", _("Meter"), sort="name"),
        Column("model", _("Model"), sort="model", wide=True),
        Column("place", _("Place"), sort="place", wide=True),
        Column("accuracy", _("Accuracy"), sort="accuracy", wide=True),
        Column("calibration_months", _("Calibrated every"), sort="calibration_months", unit=_("months"), places=0, wide=True),
        Column("due", _("Next due"), sort="due"),
        Column("state", _("Status"), value=state_of, badge=True),
    ]  # fmt: skip


def _by_state(rows: Any, value: str) -> Any:
    today = timezone.localdate()
    rows = rows.filter(retired_on=None)
    if value == "unknown":
        return rows.filter(due=None)
    if value == "overdue":
        return rows.filter(due__lt=today)
    return rows.filter(due__gte=today, due__lte=today + REMIND_BEFORE)


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """The meters a person may see."""
    person = access.me(request)
    listing = Listing(
        request,
        key="meters",
        title=_("Meters"),
        rows=queries.meters(person),
        columns=meter_columns(owner=True),
        filters=[
            Filter(
                "state",
                _("Status"),
                _by_state,
                [
                    ("overdue", _("Overdue")),
                    ("due", _("Due soon")),
                    ("unknown", _("No calibration on record")),
                ],
            )
        ],
        search=("number", "name", "place", "organisation__name_zh"),
        empty_title=_("No meter"),
        empty_text=_("Put the meters on record that figures are measured with."),
    )
    may = access.may_open(person, "schemes:new_meter") and queries.kept_for(person).exists()
    return listing.response() or render(request, "schemes/meters.html", {"listing": listing, "may": may})


def _meter(request: HttpRequest, pk: int) -> Any:
    return get_object_or_404(queries.meters(access.me(request)), pk=pk)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Put a meter on record, of the enterprise asked for or one's own."""
    person = access.me(request)
    kept = queries.kept_for(person)
    asked = request.GET.get("organisation") or request.POST.get("organisation") or ""
    home = kept.filter(pk=asked).first() if asked.isascii() and asked.isdigit() else kept.first()
    if home is None:
        raise Http404
    form = MeterForm(organisation=home)
    if request.method == "POST":
        try:
            made = actions.keep_meter(person, home, request.POST, now=timezone.now())
        except FaultsError as error:
            form = error.form
        else:
            messages.success(request, _("Added."))
            return redirect(link(made))
    context = {"form": form, "home": home, "homes": kept if kept.count() > 1 else ()}
    return render(
        request, "schemes/meter_form.html", context, status=422 if request.method == "POST" else 200
    )


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One meter with its calibrations."""
    return _page(request, _meter(request, pk))


def _page(request: HttpRequest, held: Any, status: int = 200, **more: Any) -> HttpResponse:
    person = access.me(request)
    may = access.may_do(person, "schemes.keep_meter") and queries.may_change(person, held.organisation)
    facts = [
        (Meter._meta.get_field(name).verbose_name, getattr(held, name) or None)  # type: ignore[union-attr]  # noqa: SLF001
        for name in MeterForm.Meta.fields
    ]
    context = {
        "meter": held,
        "state": state_of(held),
        "facts": [(_("Enterprise"), held.organisation), *facts],
        "calibrations": held.calibrations.all(),
        "may": may,
        "form": CalibrationForm(meter=held) if may else None,
        "withdraw_form": StepForm(auto_id=False),
    }
    return render(request, "schemes/meter.html", context | more, status=status)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is said of a meter."""
    held = _meter(request, pk)
    form = MeterForm(instance=Meter.objects.get(pk=held.pk), organisation=held.organisation)
    revision = held.revision
    if request.method == "POST":
        sent = request.POST.get("revision", "")
        try:
            actions.keep_meter(
                access.me(request),
                held.organisation,
                request.POST,
                meter=held,
                revision=int(sent) if sent.isascii() and sent.isdigit() else 0,
                now=timezone.now(),
            )
        except FaultsError as error:
            form = error.form
        except StaleError as error:
            form = MeterForm(request.POST, instance=error.now, organisation=held.organisation)
            revision = error.now.revision
            messages.warning(
                request, _("Someone changed this meanwhile. What you typed is still here and not saved.")
            )
        else:
            messages.success(request, _("Saved."))
            return redirect(link(held))
    context = {"form": form, "meter": held, "home": held.organisation, "revision": revision}
    return render(
        request, "schemes/meter_form.html", context, status=422 if request.method == "POST" else 200
    )


@require_POST
def calibrate(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a calibration on record."""
    held = _meter(request, pk)
    try:
        actions.record_calibration(access.me(request), held, request.POST, request.FILES, now=timezone.now())
    except FaultsError as error:
        return _page(request, held, 422, form=error.form)
    messages.success(request, _("Added."))
    return redirect(link(held))


@require_POST
def withdraw(request: HttpRequest, pk: int, calibration: int) -> HttpResponse:
    """Say that a calibration was put on record wrongly."""
    held = _meter(request, pk)
    found = get_object_or_404(held.calibrations.select_related("meter__organisation"), pk=calibration)
    try:
        actions.withdraw_calibration(
            access.me(request), found, reason=request.POST.get("why", ""), now=timezone.now()
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Withdrawn."))
    return redirect(link(held))


@require_GET
def certificate(request: HttpRequest, pk: int, calibration: int) -> HttpResponse:
    """The scan of a calibration's certificate."""
    found = get_object_or_404(_meter(request, pk).calibrations.exclude(sha256=""), pk=calibration)
    return kept(found.sha256, found.file_name)
