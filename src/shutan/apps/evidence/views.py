"""Pages of the evidence log: its state and download for anybody, records and receipts for who may see their subjects."""

from __future__ import annotations

import json

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from shutan.apps.accounts import access
from shutan.apps.accounts.words import action_names
from shutan.apps.common.listing import Column, Filter, Listing
from shutan.apps.evidence import checkpoints, download, queries, receipts, store
from shutan.apps.evidence.models import Checkpoint, Record, TimeStamp
from shutan.evidence.checkpoint import parse

PLAIN = "text/plain; charset=utf-8"


@require_GET
def state(request: HttpRequest) -> HttpResponse:
    """How long the log is, its signed states and keys, and how anyone checks all of it."""
    stamped = bool(settings.EVIDENCE_TSA) or TimeStamp.objects.exists()
    listing = Listing(
        request,
        key="checkpoints",
        title=_("Checkpoints"),
        rows=Checkpoint.objects.select_related("stamp").defer("stamp__response"),
        columns=[
            Column(
                "size",
                _("Records"),
                places=0,
                sort="size",
                link=lambda one: reverse("evidence:checkpoint", args=[one.size]),
            ),
            Column("at", _("Signed"), sort="at"),
            Column(
                "stamp",
                _("Time stamp"),
                value=lambda one: one.stamp.at if hasattr(one, "stamp") else None,
                link=lambda one: reverse("evidence:stamp", args=[one.size]) if hasattr(one, "stamp") else "",
                shown=stamped,
            ),
            Column(
                "root",
                _("Root (SHA-256)"),
                value=lambda one: parse(one.text).roots["sha256"].hex(),
                wide=True,
            ),
            Column("sm3", _("Root (SM3)"), value=lambda one: parse(one.text).roots["sm3"].hex(), shown=False),
        ],
        sort="-size",
        size=20,
        empty_title=_("No checkpoint yet"),
        empty_text=_("The first one is signed when something has been filed, decided or published."),
    )
    if answer := listing.response():
        return answer
    last = Checkpoint.objects.first()
    context = {
        "listing": listing,
        "facts": [
            (_("Name of the log"), checkpoints.origin()),
            (_("Records"), store.size()),
            (_("Newest checkpoint"), last.at if last else None),
            (_("Records it covers"), last.size if last else None),
        ],
        "keys": checkpoints.public_keys(),
        "stamped": stamped,
    }
    return render(request, "evidence/log.html", context)


@require_GET
def archive(_request: HttpRequest) -> StreamingHttpResponse:
    """The whole log, as `shutan evidence audit` reads it."""
    headers = {"Content-Disposition": 'attachment; filename="evidence-log.zip"'}
    return StreamingHttpResponse(download.archive(), content_type="application/zip", headers=headers)


@require_GET
def keys(_request: HttpRequest) -> HttpResponse:
    """The public keys, one a line."""
    return HttpResponse("".join(f"{key}\n" for key in checkpoints.public_keys()), PLAIN)


@require_GET
def latest(_request: HttpRequest) -> HttpResponse:
    """The newest checkpoint, for whoever watches the log."""
    found = Checkpoint.objects.first()
    if found is None:
        raise Http404
    return HttpResponse(found.text, PLAIN)


@require_GET
def checkpoint(_request: HttpRequest, size: int) -> HttpResponse:
    """One checkpoint as it was signed."""
    return HttpResponse(get_object_or_404(Checkpoint, size=size).text, PLAIN)


@require_GET
def stamp(_request: HttpRequest, size: int) -> HttpResponse:
    """The time stamp under a checkpoint, as the authority gave it."""
    found = get_object_or_404(TimeStamp, pk=size)
    headers = {"Content-Disposition": f'attachment; filename="checkpoint-{size}.tsr"'}
    return HttpResponse(bytes(found.response), "application/timestamp-reply", headers=headers)


@require_GET
def records(request: HttpRequest) -> HttpResponse:
    """What was proved of the subjects the person may see, with receipts."""
    names = action_names()
    listing = Listing(
        request,
        key="records",
        title=_("Records"),
        rows=queries.records(access.me(request)).defer("content", "salt"),
        columns=[
            Column("at", _("When"), sort="at"),
            Column("kind", _("Action"), value=lambda one: names.get(one.kind, one.kind)),
            Column("subject_label", _("Subject"), sort="subject_label"),
            Column("version", _("Version"), places=0, wide=True),
            Column("index", _("Place in the log"), places=0, sort="index", wide=True),
            Column(
                "receipt",
                _("Receipt"),
                value=lambda _one: _("Receipt"),
                link=lambda one: reverse("evidence:receipt", args=[one.pk]),
            ),
        ],
        filters=[
            Filter(
                "kind",
                _("Action"),
                lambda rows, value: rows.filter(kind=value),
                sorted(((key, names.get(key, key)) for key in _kinds(request)), key=lambda pair: pair[1]),
            ),
            Filter("subject", _("Address of the subject"), queries.about),
        ],
        search=("subject_label",),
        sort="-at",
        empty_title=_("Nothing has been proved yet"),
        empty_text=_(
            "What is filed, decided or published from now on leaves its record here, with a receipt to keep."
        ),
    )
    return listing.response() or render(request, "evidence/records.html", {"listing": listing})


def _kinds(request: HttpRequest) -> list[str]:
    return list(queries.records(access.me(request)).order_by().values_list("kind", flat=True).distinct())


@require_GET
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt of a record as a file to keep."""
    found: Record = get_object_or_404(queries.records(request.user), pk=pk)
    made = receipts.receipt(found, now=timezone.now()).json()
    name = f"receipt-{found.kind}-{found.subject_pk}-{found.version}.json"
    return HttpResponse(
        json.dumps(made, ensure_ascii=False, indent=1).encode(),
        "application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
