"""Time stamps of the newest checkpoint by the authority the site names (`SHUTAN_TSA`). Earlier ones need none: it holds them all."""

from __future__ import annotations

import http.client
import logging
import urllib.request

from django.conf import settings

from shutan.apps.evidence.models import Checkpoint, TimeStamp
from shutan.evidence import stamp

SECONDS = 20
LONGEST = 1 << 20  # of an answer: a few certificates are some kilobytes

logger = logging.getLogger(__name__)


def stamp_newest() -> TimeStamp | None:
    """Have the newest checkpoint stamped, once; None without an authority, or while it does not answer (said in the logs).

    Nothing waits for it: a checkpoint holds without a stamp, and the worker asks again at the next turn.
    """
    newest = Checkpoint.objects.filter(stamp=None).first() if settings.EVIDENCE_TSA else None
    if newest is None or newest != Checkpoint.objects.first():
        return None
    asked = stamp.ask(newest.text)
    try:
        found = stamp.answered(asked, _sent(settings.EVIDENCE_TSA, asked.as_bytes()))
    except (OSError, http.client.HTTPException, stamp.StampError) as error:
        logger.warning("no time stamp from %s: %s", settings.EVIDENCE_TSA, error)
        return None
    made, _new = TimeStamp.objects.get_or_create(
        checkpoint=newest, defaults={"at": found.at, "response": found.response}
    )
    return made


def _sent(address: str, query: bytes) -> bytes:
    if not address.startswith(("http://", "https://")):
        raise stamp.StampError("an authority is asked by http or https")
    asked = urllib.request.Request(address, query, {"Content-Type": "application/timestamp-query"})  # noqa: S310 - http and https only
    with urllib.request.urlopen(asked, timeout=SECONDS) as answer:  # noqa: S310
        got: bytes = answer.read(LONGEST)
    return got
