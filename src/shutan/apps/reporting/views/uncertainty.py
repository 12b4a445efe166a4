"""How uncertain a report's figures are, given what a person states of its inputs and parameters."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shutan.apps.accounts import access
from shutan.apps.common.downloads import attached
from shutan.apps.common.language import language
from shutan.apps.reporting import actions, queries, results, uncertainty
from shutan.apps.reporting.models import Report
from shutan.apps.reporting.present import Presenter, pick
from shutan.apps.reporting.storage import clean_name
from shutan.apps.reporting.views.reports import frame, report_of, whole
from shutan.documents.uncertainty import Run, run, statement, write_json, written
from shutan.kernel.uncertainty import Stated, StatementError

LONGEST_ADDRESS = 3000  # servers refuse longer ones: then the outcome is shown without an address of its own


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The form and its outcome. The address holds what was asked, in the words of `shutan uncertainty --given`."""
    report = report_of(request, pk)
    writer = Presenter(report, results.result_of(report))
    wanted = uncertainty.targets(writer.result)
    asked = (request.POST if request.method == "POST" else request.GET).get("of", "")
    name = asked if asked in wanted else next(iter(wanted), "")
    if not name:
        return render(request, "reporting/uncertainty.html", frame(request, report, "uncertainty"))
    if request.method == "POST":
        return _sent(request, report, writer, name)
    try:
        given = request.GET.getlist("given")
        stated = (
            [statement(writer.result, text) for text in given]
            if given
            else uncertainty.saved(report, writer.result)
        )
        done = _run(request, writer, name, stated)
    except StatementError as error:
        messages.error(request, pick(str(error)))
        return _shown(request, writer, name, uncertainty.filled(writer, name, []), None)
    if done and request.GET.get("format") in FILES:
        return _file(writer, done, request.GET["format"])
    return _shown(request, writer, name, uncertainty.filled(writer, name, stated), done)


def _sent(request: HttpRequest, report: Report, writer: Presenter, name: str) -> HttpResponse:
    """Read the form; keep what it says where that is asked; answer with an address that can be shared."""
    form = uncertainty.read(writer, name, request.POST.dict())
    if form.faults:
        return _shown(request, writer, name, form, None, status=422)
    asked = {"of": name, "draws": request.POST.get("draws", "0"), "seed": request.POST.get("seed", "0")}
    if "keep" in request.POST:
        actions.state_uncertainties(access.me(request), report, form.stated, now=timezone.now())
        messages.success(request, _("The statements are kept with the report."))
        given = []
    else:
        given = [("given", written(one)) for one in form.stated]
    address = f"{reverse('reporting:uncertainty', args=[report.pk])}?{urlencode([*asked.items(), *given])}"
    if len(address) <= LONGEST_ADDRESS:
        return redirect(f"{address}#outcome")
    return _shown(request, writer, name, form, _run(request, writer, name, form.stated))


def _run(request: HttpRequest, writer: Presenter, name: str, stated: list[Stated]) -> Run | None:
    if not stated:
        return None
    draws, seed = _draws(request)
    return run(writer.result, name, (), stated, draws=draws, seed=seed)


def _draws(request: HttpRequest) -> tuple[int, int]:
    sent = request.POST if request.method == "POST" else request.GET
    draws = whole(sent.get("draws", ""))
    return draws if draws in uncertainty.DRAWS else 0, whole(sent.get("seed", ""))


def _shown(
    request: HttpRequest,
    writer: Presenter,
    name: str,
    form: uncertainty.Form,
    done: Run | None,
    *,
    status: int = 200,
) -> HttpResponse:
    draws, seed = _draws(request)
    report = writer.report
    context: dict[str, Any] = frame(request, report, "uncertainty") | {
        "form": form,
        "targets": [(one, writer.label(one), one == name) for one in uncertainty.targets(writer.result)],
        "shapes": list(uncertainty.SHAPE_WORDS.items()),
        "draws": [(one, one == draws) for one in uncertainty.DRAWS],
        "seed": seed,
        "outcome": uncertainty.outcome(writer, done) if done else None,
        "may_keep": queries.acts_for(access.me(request))
        and access.may_do(access.me(request), "reporting.state_uncertainties"),
        "kept": report.uncertainties.select_related("stated_by").first(),
        "query": request.GET.urlencode(),
    }
    return render(request, "reporting/uncertainty.html", context, status=status)


def _file(writer: Presenter, done: Run, kind: str) -> HttpResponse:
    """The outcome as a file."""
    name = clean_name(f"{writer.report.organisation.name_zh}-{writer.report.year}-{done.found.name}.{kind}")
    if kind == "csv":
        return attached(uncertainty.as_csv(writer, done).encode(), name, FILES[kind])
    told = write_json(done, writer.report.year, language())
    content = json.dumps(told, ensure_ascii=False, indent=1, cls=DjangoJSONEncoder).encode()
    return attached(content, name, FILES[kind])


FILES = {"csv": "text/csv", "json": "application/json"}
