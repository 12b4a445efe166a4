"""A process killed with -9 while it files a month: the month is filed with its proof, or it is not and can be filed again."""

import os
import signal
import subprocess
import sys

import pytest
from django.db import connection
from filing_helpers import NOW

from shutan.apps.accounts.models import LogEntry
from shutan.apps.evidence import sequencing
from shutan.apps.evidence.models import Record
from shutan.apps.filing import actions
from shutan.apps.filing.models import MonthlyFiling

CHILD = """
import os, signal, sys
import django
django.setup()
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
from django.utils import timezone
from shutan.apps.accounts.models import User
from shutan.apps.evidence import recording, sequencing
from shutan.apps.filing import actions
from shutan.apps.filing.models import MonthlyFiling

def die(*_args, **_kwargs):
    os.kill(os.getpid(), signal.SIGKILL)

place, name = {
    "saved": (actions.taken, "freeze"),
    "recorded": (recording.transaction, "on_commit"),
    "committed": (sequencing, "sequence"),
}[sys.argv[2]]
setattr(place, name, die)
month = MonthlyFiling.objects.select_related("book__organisation").get()
actions.submit(User.objects.get(username="reviewer"), month, revision=month.revision, now=timezone.now())
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("point", "filed"), [("saved", 0), ("recorded", 0), ("committed", 1)])
def test_killed_with_9_while_filing(people, full, point, filed):
    sent = actions.send_for_review(people["filler"], full, revision=full.revision, now=NOW)
    child = subprocess.run(
        [sys.executable, "-c", CHILD, connection.settings_dict["NAME"], point],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "shutan.web.settings_test"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert child.returncode == -signal.SIGKILL, child.stderr
    month = MonthlyFiling.objects.get()
    assert month.state == ("submitted" if filed else "internal")
    assert Record.objects.count() == LogEntry.objects.filter(action="filing.submit").count() == filed
    # Who clicks again files it once, with one proof in its place.
    again = actions.submit(people["reviewer"], sent, revision=sent.revision, now=NOW)
    assert (again.state, Record.objects.count()) == ("submitted", 1)
    sequencing.sequence()
    assert list(Record.objects.values_list("index", flat=True)) == [0]
