"""Pages of archives: ask for one, watch it being made, take it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shutan.apps.accounts import access
from shutan.apps.accounts.models import Organisation, User
from shutan.apps.archives import asking, queries
from shutan.apps.archives.forms import ArchiveForm
from shutan.apps.archives.models import Archive
from shutan.apps.archives.views import UNPROCESSABLE, home_of
from shutan.apps.common.refusals import FaultsError

SHOWN = 50
TEN_YEARS = 9  # before the last


def form_for(person: User, home: Organisation, *given: Any, **more: Any) -> ArchiveForm:
    """The form as this person may fill it in for an enterprise."""
    lines = queries.lines(person, home).order_by().exclude(need="")
    needs = queries.need_choices(lines.values_list("rule_set", "need").distinct())
    return ArchiveForm(*given, own=queries.is_own(person, home), needs=needs, **more)


@require_http_methods(["GET", "POST"])
def archives(request: HttpRequest, organisation: int) -> HttpResponse:
    """Ask for an archive of an enterprise's records; those there are."""
    person, home = access.me(request), home_of(request, organisation)
    this = timezone.localdate().year
    first = this - TEN_YEARS if queries.is_own(person, home) else this - 1
    form = form_for(person, home, initial={"first_year": first, "last_year": this})
    if request.method == "POST":
        form = form_for(person, home, request.POST)
        try:
            asking.ask(person, home, form, now=timezone.now())
        except FaultsError as error:
            form = error.form
        else:
            messages.success(request, _("The archive is being put together; you can leave this page."))
            return redirect("archives:archives", home.pk)
    found = queries.archives(person).filter(organisation=home)[:SHOWN]
    context = {"home": home, "form": form, "archives": found, "needs": _needs(found)}
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "archives/archives.html", context, status=status)


@require_GET
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """One line of the list, asked for again while it is being made."""
    found = get_object_or_404(queries.archives(access.me(request)), pk=pk)
    return render(request, "archives/_archive.html", {"one": found, "needs": _needs([found])})


def _needs(archives: Iterable[Archive]) -> dict[str, str]:
    """The words of the evidence that some archives are about."""
    asked = {one.need for one in archives}
    return {need: said for (_rules, need), said in queries.needs().items() if need in asked}


@require_GET
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The archive; the log keeps who took it."""
    person = access.me(request)
    return answer(person, get_object_or_404(queries.archives(person), pk=pk))


def answer(person: User, archive: Archive) -> FileResponse:
    """The archive as it lies, piece by piece; 404 where it is not made yet or was dropped."""
    if not default_storage.exists(archive.place):
        raise Http404
    try:
        asking.take(person, archive, now=timezone.now())
    except ValidationError as error:
        raise Http404 from error
    stored = default_storage.open(archive.place)
    return FileResponse(
        stored, as_attachment=True, filename=archive.file_name, content_type="application/zip"
    )
