"""Time stamps under checkpoints: asked for, read, and what the audit says where one does not hold."""

import datetime as dt
import json
from dataclasses import replace

import pytest
from authority import Authority
from click.testing import CliRunner

from shutan.cli import cli
from shutan.evidence import stamp
from shutan.evidence.audit import audit, read, write

pytestmark = pytest.mark.openssl


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("authority") / "one")


@pytest.fixture(scope="module")
def roots(authority):
    return stamp.certificates(authority.roots.read_bytes())


def stamped(authority, text):
    asked = stamp.ask(text)
    return stamp.answered(asked, authority.answer(asked.as_bytes())).response


def test_a_stamp_is_read_with_its_time(authority, roots):
    before = dt.datetime.now(dt.UTC).replace(microsecond=0)
    response = stamped(authority, "a checkpoint\n")
    for trusted in ((), roots):
        assert before <= stamp.read("a checkpoint\n", response, trusted).at <= dt.datetime.now(dt.UTC)


def test_a_stamp_is_of_one_text(authority, roots):
    response = stamped(authority, "a checkpoint\n")
    for trusted in ((), roots):
        with pytest.raises(stamp.StampError, match="something else"):
            stamp.read("another checkpoint\n", response, trusted)


def test_an_answer_to_another_question_is_refused(authority):
    first, second = stamp.ask("a checkpoint\n"), stamp.ask("a checkpoint\n")
    response = authority.answer(first.as_bytes())
    with pytest.raises(stamp.StampError, match="another question"):  # the nonce differs
        stamp.answered(second, response)
    with pytest.raises(stamp.StampError, match="no answer"):
        stamp.answered(first, response[:-10])
    with pytest.raises(stamp.StampError, match="no answer"):
        stamp.answered(first, b"<html>")


def test_a_refusal_is_no_stamp(authority):
    asked = stamp.ask("a checkpoint\n")
    with pytest.raises(stamp.StampError):
        stamp.answered(asked, authority.answer(b"no question"))


def test_an_authority_that_is_not_trusted_is_refused(authority, tmp_path):
    other = stamp.certificates(Authority(tmp_path / "other").roots.read_bytes())
    response = stamped(authority, "a checkpoint\n")
    with pytest.raises(stamp.StampError):
        stamp.read("a checkpoint\n", response, other)
    with pytest.raises(stamp.StampError):
        stamp.certificates(b"no certificate")


def test_the_audit_reads_stamps_from_a_download(log, authority, roots, tmp_path):
    first, last = log.checkpoints
    stamps = {one.size: stamped(authority, str(one)) for one in (first, last)}
    write(tmp_path / "log", replace(log.download(), stamps=stamps))
    found = audit(read(tmp_path / "log"), authorities=roots)
    assert (found.stamps, found.faults) == (2, ())


def test_the_command_says_whether_it_asked_who_stamped(log, authority, tmp_path):
    last = log.checkpoints[-1]
    write(tmp_path / "log", replace(log.download(), stamps={last.size: stamped(authority, str(last))}))
    (tmp_path / "none.pem").write_text("no certificate")

    def call(*words):
        return CliRunner().invoke(
            cli, ["--language", "en", "evidence", "audit", str(tmp_path / "log"), *words]
        )

    trusting = call()
    assert trusting.exit_code == 0
    assert "nobody asked who gave the time stamps" in trusting.output
    asking = call("--authority", str(authority.roots))
    assert "nobody asked" not in asking.output
    assert "holds: 12 records, 2 checkpoints, 1 time stamps" in asking.output
    assert call("--authority", str(tmp_path / "none.pem")).exit_code != 0
    told = json.loads(call("--json", "--authority", str(authority.roots)).stdout)
    assert (told["stamps"], told["stamps_trusted"]) == (1, True)


def faults(log, stamps, roots=()):
    return [
        (one.code, one.about)
        for one in audit(replace(log.download(), stamps=stamps), authorities=roots).faults
    ]


def test_stamps_that_do_not_hold_are_named(log, authority, roots, tmp_path):
    first, last = log.checkpoints
    good = stamped(authority, str(last))
    assert faults(log, {last.size: good}, roots) == []
    assert faults(log, {first.size: good}) == [("stamp", f"checkpoint {first.size}")]
    assert faults(log, {99: good}) == [("stamp", "checkpoint 99")]
    forged = stamped(Authority(tmp_path / "forger"), str(last))
    assert faults(log, {last.size: forged}) == []  # nobody was asked whose it is
    assert faults(log, {last.size: forged}, roots) == [("stamp", f"checkpoint {last.size}")]


@pytest.mark.parametrize(("ahead", "said"), [(0, []), (3600, ["clock"])])
def test_a_checkpoint_dated_after_its_stamp_is_named(log, authority, ahead, said):
    now = dt.datetime.now(dt.UTC)
    last = replace(log.checkpoints[-1], at=now + dt.timedelta(seconds=ahead), signatures=()).signed(
        log.signer
    )
    log.checkpoints[-1] = last
    found = audit(replace(log.download(), stamps={last.size: stamped(authority, str(last))}))
    assert [one.code for one in found.faults] == said
