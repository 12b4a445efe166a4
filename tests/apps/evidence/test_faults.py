"""Processes killed with -9, two sequencers at once, a full disk: the log stays whole, and what was committed gets its place."""

import errno
import os
import signal
import subprocess
import sys
import threading

import pytest
from django.core.files.storage import FileSystemStorage
from django.db import connection
from evidence_helpers import assert_whole
from reporting_helpers import NOW, create, organisation

from shutan.apps.accounts.models import LogEntry
from shutan.apps.evidence import checkpoints, keys, sequencing
from shutan.apps.evidence.models import Checkpoint, Node, Record
from shutan.apps.reporting.models import Report

CHILD = """
import os, signal, sys
import django
django.setup()
from django.db import connection, transaction
connection.settings_dict["NAME"] = sys.argv[1]
from django.utils import timezone
from shutan.apps.accounts.log import System, act
from shutan.apps.accounts.models import Organisation
from shutan.apps.evidence import recording, sequencing, store

def die(*_args, **_kwargs):
    os.kill(os.getpid(), signal.SIGKILL)

def then_die(action):
    def both(*args, **kwargs):
        action(*args, **kwargs)
        die()
    return both

point = sys.argv[2]
if point == "recorded":
    recording.transaction.on_commit = die
elif point == "committed":
    sequencing.sequence = die
elif point == "grown":
    store.add = then_die(store.add)
elif point == "placed":
    sequencing._place = then_die(sequencing._place)
with act(System("test"), "accounts.create_organisation", now=timezone.now()) as entry:
    entry.about(Organisation.objects.get())
    entry.prove(facts={"said": "so"})
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("point", "recorded"), [("recorded", 0), ("committed", 1), ("grown", 1), ("placed", 1)]
)
def test_killed_with_9_at_any_point(people_in_their_own_transaction, point, recorded):
    """Before the commit action and record are both gone, after it both stand; the tree has none of it or all."""
    name = connection.settings_dict["NAME"]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "shutan.web.settings_test"}
    child = subprocess.run(
        [sys.executable, "-c", CHILD, name, point],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert child.returncode == -signal.SIGKILL, child.stderr
    assert Record.objects.count() == LogEntry.objects.count() == recorded
    assert not Node.objects.exists()
    assert sequencing.sequence() == recorded
    assert Record.objects.filter(index=None).count() == 0
    assert_whole()


@pytest.fixture
def people_in_their_own_transaction(transactional_db):
    return organisation("甲电厂")


@pytest.mark.django_db(transaction=True)
def test_four_sequencers_at_once(transactional_db, add):
    add(120)
    placed, failed = [], []

    def run():
        try:
            placed.append(sequencing.sequence(batch=7))
        except Exception as error:  # noqa: BLE001 - whatever it is, the test tells it
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    sequencing.sequence()
    assert failed == []
    assert_whole()
    assert Record.objects.filter(index=None).count() == 0


def test_a_full_disk_files_nothing(people, files, monkeypatch):
    def full(*_args, **_kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", full)
    with pytest.raises(OSError, match="No space"):
        create(people["filler"])
    assert not Report.objects.exists()
    assert not LogEntry.objects.exists()
    assert not Record.objects.exists()


def test_a_full_disk_signs_nothing_and_loses_nothing(add, settings, tmp_path, monkeypatch):
    settings.EVIDENCE_KEYS = tmp_path / "keys"
    add(2)

    def full(*_args, **_kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(keys.os, "fsync", full)
    with pytest.raises(keys.KeyFileError):
        checkpoints.make(now=NOW)
    assert not Checkpoint.objects.exists()
    assert list((tmp_path / "keys").iterdir()) == []
    monkeypatch.undo()
    settings.EVIDENCE_KEYS = tmp_path / "keys"
    assert checkpoints.make(now=NOW).size == 2
    assert_whole()
