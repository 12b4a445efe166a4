"""What whoever runs the site is told of the log and of scanned files."""

from datetime import timedelta

import pytest
from reporting_helpers import NOW

from shutan.apps.evidence import checkpoints, sequencing
from shutan.apps.evidence.models import FileScan
from shutan.web.operations import RECORD_WAITS, evidence

LATE = NOW + RECORD_WAITS + timedelta(seconds=1)


@pytest.fixture(autouse=True)
def key_folder(settings, tmp_path):
    settings.EVIDENCE_KEYS = tmp_path / "keys"


def said(now):
    return [(one.state, one.said.split("|")[1]) for one in evidence(now)]


def test_the_log_is_told_by_what_waits(add):
    assert said(NOW) == [("normal", "0 records, all signed"), ("normal", "0 in quarantine, 0 not scanned")]
    add(2)
    assert said(NOW)[0][0] == "normal"
    assert said(LATE)[0][0] == "blocked"
    sequencing.sequence()
    assert said(NOW)[0] == ("normal", "2 records, the newest not signed yet")
    assert said(LATE)[0][0] == "warning"
    checkpoints.make(now=LATE)
    assert said(LATE)[0] == ("normal", "2 records, all signed")
    assert said(NOW)[0][0] == "blocked"  # the clock was set back


@pytest.mark.parametrize("state", ["unscanned", "quarantined"])
def test_files_that_nobody_scanned_or_that_lie_in_quarantine_are_told(db, state):
    FileScan.objects.create(sha256="0" * 64, state=state, at=NOW)
    assert said(NOW)[1][0] == "warning"
