"""Whoever holds an old checkpoint or a receipt finds every way of rewriting the log."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shutan.evidence.audit import DownloadError, audit, read, write
from shutan.evidence.keys import Ed25519Signer


def codes(found):
    return [one.code for one in found.faults]


def test_an_honest_log_passes(log, tmp_path):
    write(tmp_path, log.download())
    found = audit(
        read(tmp_path),
        since=log.checkpoints[0],
        keys=[log.signer.public],
        receipts=[log.receipt(index) for index in (0, 4, 11)],
    )
    assert (found.entries, found.checkpoints, found.faults) == (12, 2, ())


def test_a_changed_record_is_found_by_every_checkpoint_after_it(log):
    kept, receipt = log.checkpoints[0], log.receipt(7)
    log.records[7]["facts"]["total"] = "0.01"
    found = audit(log.download(), since=kept, receipts=[receipt])
    assert codes(found) == ["rewritten", "receipt"]
    assert found.faults[0].about == "checkpoint 12"
    assert found.faults[1].about == "report/7"


def test_a_changed_early_record_contradicts_the_kept_checkpoint(log):
    kept = log.checkpoints[0]
    log.records[2]["facts"]["total"] = "0.01"
    assert codes(audit(log.download(), since=kept)) == ["rewritten", "rewritten", "rewritten"]


def test_history_rewritten_and_signed_anew_passes_alone_but_not_beside_a_kept_checkpoint(log):
    kept = log.checkpoints[0]
    log.records[2]["facts"]["total"] = "0.01"
    log.checkpoints.clear()
    log.checkpoint()
    assert codes(audit(log.download())) == []
    assert codes(audit(log.download(), since=kept)) == ["rewritten"]


def test_removed_records(log):
    kept = log.checkpoints[1]
    whole = log.download()
    cut = replace(whole, entries=whole.entries[:9], checkpoints=whole.checkpoints[:1])
    (fault,) = audit(cut, since=kept).faults
    assert (fault.code, fault.about) == ("shorter", "kept checkpoint 12")


def test_another_key_signed(log):
    assert codes(audit(log.download(), keys=[Ed25519Signer.new("test.example/log").public])) == [
        "signature",
        "signature",
    ]


def test_the_clock_was_set_back(log):
    late, early = log.checkpoints[0].at, log.checkpoints[1].at
    one, two = (
        replace(point, at=at, signatures=()).signed(log.signer)
        for point, at in zip(log.checkpoints, (early, late), strict=True)
    )
    (fault,) = audit(replace(log.download(), checkpoints=(one, two))).faults
    assert (fault.code, fault.about) == ("clock", "checkpoint 12")


def test_another_log(log):
    kept = replace(log.checkpoints[0], origin="other.example/log", signatures=()).signed(log.signer)
    assert codes(audit(log.download(), since=kept)) == ["origin"]


@pytest.mark.parametrize(
    ("name", "text", "match"),
    [
        ("entries.txt", None, "entries.txt"),
        ("entries.txt", "zz\n", "hex"),
        ("entries.txt", "00\n", "line 1: no record"),
        ("keys.txt", "nothing", "no key"),
        ("checkpoints/x.txt", "nothing", "no checkpoint"),
    ],
)
def test_folders_that_are_no_downloads(log, tmp_path, name, text, match):
    write(tmp_path, log.download())
    path = tmp_path / name
    if text is None:
        path.unlink()
    else:
        path.write_text(text)
    with pytest.raises(DownloadError, match=match):
        read(tmp_path)
