"""Which stored files the malware scanner has seen; those it has not are shown to it later."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone

from shutan.apps.common import files
from shutan.apps.evidence.models import FileScan

AT_ONCE = 500


def note(digest: str, state: str, found: str) -> None:
    """Keep how a file stands; one that was clean stays so while the scanner is away."""
    now = timezone.now()
    if state == files.Scan.UNSCANNED:
        FileScan.objects.get_or_create(sha256=digest, defaults={"at": now})
    else:
        FileScan.objects.update_or_create(
            sha256=digest, defaults={"state": state, "found": found[:200], "at": now}
        )


def scan_waiting() -> int:
    """Scan what was taken in while no scanner answered; how many files were found bad and put away."""
    bad = 0
    if not settings.CLAMD:
        return bad
    for one in FileScan.objects.filter(state=FileScan.State.UNSCANNED).order_by("at")[:AT_ONCE]:
        try:
            state, found = files.scanned(files.content(one.sha256))
        except OSError:  # gone or changed: the audit names it
            continue
        if state == files.Scan.UNSCANNED:
            return bad  # the scanner is away again
        if state == files.Scan.QUARANTINED:
            files.put_away(one.sha256)
            bad += 1
        note(one.sha256, state, found)
    return bad
