"""The evidence log through the API: state, checkpoints and proofs need no token."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema

from shutan.apps.accounts import access
from shutan.apps.common.api import ERRORS, Line, Problem
from shutan.apps.evidence import checkpoints, queries, receipts, store
from shutan.apps.evidence.models import Checkpoint, Record

LONGEST_LOG = 2**62

router = Router(tags=["evidence"])


class LogOut(Schema):
    """The state of the log; the newest checkpoint is a signed note, None while nothing was recorded."""

    origin: str
    size: int
    checkpoint: str | None
    keys: list[str]


class CheckpointOut(Schema):
    """One signed state of the log."""

    size: int
    at: datetime
    text: str


class CheckpointPage(Schema):
    """Some checkpoints, the newest first, and how many there are."""

    count: int
    items: list[CheckpointOut]


class ConsistencyOut(Schema):
    """That the log of `new` records begins with that of `old` ones, by RFC 9162 section 2.1.4: hashes in hexadecimal."""

    old: int
    new: int
    sha256: list[str]
    sm3: list[str]


class RecordOut(Schema):
    """One record: `index` is its place in the log, None for the moment before it has one."""

    id: int
    at: datetime
    kind: str
    subject_type: str
    subject_pk: int
    subject_label: str
    version: int
    index: int | None


class RecordPage(Schema):
    """Some records, the newest first, and how many there are."""

    count: int
    items: list[RecordOut]


@router.get(
    "/evidence",
    response={200: LogOut, **ERRORS},
    url_name="evidence",
    auth=None,
    summary="State of the evidence log",
)
def state(request: HttpRequest) -> dict[str, Any]:  # noqa: ARG001 - ninja hands it over
    """How long the log is, the newest checkpoint and all public keys."""
    last = Checkpoint.objects.first()
    return {
        "origin": checkpoints.origin(),
        "size": store.size(),
        "checkpoint": last.text if last else None,
        "keys": [str(key) for key in checkpoints.public_keys()],
    }


@router.get(
    "/evidence/checkpoints",
    response={200: CheckpointPage, **ERRORS},
    url_name="evidence_checkpoints",
    auth=None,
    summary="Signed states of the log",
)
def listed(
    request: HttpRequest,  # noqa: ARG001
    *,
    offset: int = Query(0, ge=0, le=1_000_000),
    limit: int = Query(50, ge=1, le=500),
) -> dict[str, Any]:
    """All checkpoints, the newest first."""
    found = Checkpoint.objects.all()
    return {"count": found.count(), "items": list(found[offset : offset + limit])}


@router.get(
    "/evidence/consistency",
    response={200: ConsistencyOut, **ERRORS},
    url_name="evidence_consistency",
    auth=None,
    summary="Proof that the log was only added to",
)
def consistency(
    request: HttpRequest,  # noqa: ARG001
    *,
    old: int = Query(..., ge=0, le=LONGEST_LOG),
    new: int = Query(..., ge=0, le=LONGEST_LOG),
) -> dict[str, Any]:
    """The proof between two sizes of the log."""
    size = store.size()
    if not old <= new <= size:
        raise Problem(422, "no_such_log", _("The log has %(n)s records; old ≤ new ≤ that.") % {"n": size})
    return {"old": old, "new": new, **receipts.consistency_proof(old, new)}


@router.get(
    "/evidence/records",
    response={200: RecordPage, **ERRORS},
    url_name="evidence_records",
    summary="What was proved",
)
def records(
    request: HttpRequest,
    *,
    kind: Line = "",
    subject: Line = "",
    offset: int = Query(0, ge=0, le=1_000_000),
    limit: int = Query(50, ge=1, le=500),
) -> dict[str, Any]:
    """Records of subjects the person may see, the newest first; `subject` such as `reporting.report/12`."""
    found = queries.records(access.me(request)).defer("content", "salt")
    if kind:
        found = found.filter(kind=kind)
    if subject:
        found = queries.about(found, subject)
    return {"count": found.count(), "items": list(found[offset : offset + limit])}


@router.get(
    "/evidence/records/{int:number}/receipt",
    response={200: dict[str, Any], **ERRORS},
    url_name="evidence_receipt",
    summary="The receipt of a record",
)
def receipt(request: HttpRequest, number: int) -> dict[str, Any]:
    """What `shutan evidence verify` reads; by the first checkpoint that includes the record."""
    found: Record = get_object_or_404(queries.records(request.user), pk=number)
    return receipts.receipt(found, now=timezone.now()).json()
