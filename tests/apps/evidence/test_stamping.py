"""The newest checkpoint is stamped by the authority the site names, and the stamp is in the download."""

import sys
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction
from reporting_helpers import NOW

sys.path.insert(0, str(Path(__file__).parents[2] / "evidence"))  # its authority
from authority import Authority, served

from shutan.apps.evidence import checkpoints, download, stamping
from shutan.apps.evidence.models import TimeStamp
from shutan.evidence import audit, stamp
from shutan.web.operations import RECORD_WAITS, evidence


@pytest.fixture(autouse=True)
def key_folder(settings, tmp_path):
    settings.EVIDENCE_KEYS = tmp_path / "keys"


@pytest.fixture
def authority(tmp_path, settings):
    """An authority that answers at the site's address for it."""
    made = Authority(tmp_path / "authority")
    with served(made.answer) as settings.EVIDENCE_TSA:
        yield made


@pytest.mark.openssl
def test_each_newest_checkpoint_is_stamped_once(add, authority, client, tmp_path):
    assert stamping.stamp_newest() is None
    add(2)
    checkpoints.make(now=NOW)
    made = stamping.stamp_newest()
    assert made.pk == 2
    assert stamping.stamp_newest() is None
    add(1)
    checkpoints.make(now=NOW)
    assert stamping.stamp_newest().pk == 3

    place = tmp_path / "log.zip"
    place.write_bytes(b"".join(download.archive()))
    roots = stamp.certificates(authority.roots.read_bytes())
    found = audit.audit(audit.read(place), authorities=roots)
    assert (found.entries, found.checkpoints, found.stamps, found.faults) == (3, 2, 2, ())

    answer = client.get("/evidence/checkpoints/3.tsr")
    assert answer["Content-Type"] == "application/timestamp-reply"
    assert stamp.read(client.get("/evidence/checkpoints/3.txt").content.decode(), answer.content, roots)
    assert client.get("/evidence/checkpoints/1.tsr").status_code == 404
    page = client.get("/evidence/").content.decode()
    assert "/evidence/checkpoints/3.tsr" in page


@pytest.mark.openssl
def test_a_stamp_is_never_changed(add, authority):
    add(1)
    checkpoints.make(now=NOW)
    made = stamping.stamp_newest()
    for change in (lambda: TimeStamp.objects.update(at=NOW), made.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_no_authority_no_stamp(add, settings):
    assert settings.EVIDENCE_TSA == ""
    add(1)
    checkpoints.make(now=NOW)
    assert stamping.stamp_newest() is None
    assert len(evidence(NOW)) == 2


@pytest.mark.parametrize("answer", [b"<html>", b""])
def test_a_checkpoint_waits_for_an_authority_that_answers_something_else(add, settings, caplog, answer):
    add(1)
    checkpoints.make(now=NOW)
    with served(lambda _query: answer) as settings.EVIDENCE_TSA:
        assert stamping.stamp_newest() is None
    assert "no time stamp from" in caplog.text
    assert not TimeStamp.objects.exists()
    states = [one.state for one in evidence(NOW + RECORD_WAITS * 2)]
    assert states == ["normal", "warning", "normal"]


@pytest.mark.parametrize("address", ["file:///etc/passwd", "http://127.0.0.1:1/"])
def test_a_checkpoint_waits_where_nobody_can_be_asked(add, settings, caplog, address):
    settings.EVIDENCE_TSA = address
    add(1)
    checkpoints.make(now=NOW)
    assert stamping.stamp_newest() is None
    assert "no time stamp from" in caplog.text
