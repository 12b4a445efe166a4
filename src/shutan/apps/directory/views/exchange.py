"""Excel out and in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from shutan.apps.accounts import access
from shutan.apps.common.downloads import attached
from shutan.apps.common.language import language
from shutan.apps.directory import importing, workbook
from shutan.apps.directory.exporting import everything
from shutan.apps.directory.present import problem_lines
from shutan.apps.directory.reading import FaultsError
from shutan.documents.safety import LARGEST_FILE

SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_SHOWN = 500


@require_GET
def template(_request: HttpRequest) -> HttpResponse:
    """The workbook to fill in."""
    return attached(workbook.write({}, language()), _("directory-template") + ".xlsx", SPREADSHEET)


@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """Everything the person may see, in the form that can be imported again."""
    today = timezone.localdate()
    rows = everything(access.me(request), today)
    return attached(workbook.write(rows, language()), f"{_('directory')}-{today:%Y%m%d}.xlsx", SPREADSHEET)


@require_http_methods(["GET", "POST"])
def import_page(request: HttpRequest) -> HttpResponse:
    """Take a filled-in workbook: all of it, or all its faults."""
    if request.method == "GET":
        return render(request, "directory/import.html")
    sent = request.FILES.get("file")
    if sent is None or sent.size is None or sent.size > LARGEST_FILE:
        fault = (
            _("Choose a file.")
            if sent is None
            else _("The file is larger than %(n)s MB.") % {"n": LARGEST_FILE // 2**20}
        )
        return render(request, "directory/import_failed.html", {"fault": fault}, status=422)
    name = sent.name or "file"
    try:
        done = importing.import_rows(
            access.me(request),
            workbook.read(sent.read()),
            source=name,
            now=timezone.now(),
            today=timezone.localdate(),
        )
    except FaultsError as error:
        told = problem_lines(error.problems)
        context: dict[str, Any] = {"problems": told[:MOST_SHOWN], "count": len(told), "name": name}
        return render(request, "directory/import_failed.html", context, status=422)
    return render(request, "directory/import_done.html", {"done": done, "name": name})
