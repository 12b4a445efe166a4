"""A receipt proves its content, and names what differs when something was changed."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shutan.evidence.checkpoint import Checkpoint
from shutan.evidence.keys import Ed25519Signer
from shutan.evidence.receipts import ReceiptError, parse
from shutan.evidence.tree import ProofError


def codes(faults):
    return [one.code for one in faults]


def test_it_holds_and_reads_back(log):
    for index in range(12):
        made = parse(json.dumps(log.receipt(index).json()))
        assert made.faults([log.signer.public]) == []
        assert made.content == log.records[index]


def test_it_can_be_checked_years_later_against_the_checkpoint_it_names(log):
    early = log.receipt(3)
    log.add("report/99")
    log.checkpoint()
    assert early.faults([log.signer.public]) == []


def test_a_leaf_younger_than_the_checkpoint_has_no_receipt_yet(log):
    log.add("report/12")
    with pytest.raises(ProofError, match="not among"):
        log.receipt(12)


def test_each_changed_part_is_named(log):
    made, keys = log.receipt(4), [log.signer.public]
    lied = dict(made.content, facts={"total": "1.00"})
    assert codes(replace(made, content=lied).faults(keys)) == ["proof", "proof"]
    assert codes(replace(made, salt=bytes(16)).faults(keys)) == ["proof", "proof"]
    assert codes(replace(made, index=5).faults(keys)) == ["proof", "proof"]
    assert codes(made.faults([Ed25519Signer.new("test.example/log").public])) == ["signature"]
    point = made.checkpoint
    other = Checkpoint(point.origin, point.size, point.roots, point.at.replace(year=2025), point.signatures)
    assert codes(replace(made, checkpoint=other).faults(keys)) == ["signature"]
    assert codes(replace(made, content={"a": 1.5}).faults(keys)) == ["content"]
    assert all(one.zh and one.en for one in replace(made, salt=bytes(16)).faults(keys))


def test_files_are_known_by_content_not_by_name(log):
    made = log.receipt(4)
    right = b"file of report/4"
    assert made.file_faults({}) == []
    assert made.file_faults({"report.xlsx": right}) == []
    assert made.file_faults({"renamed.xlsx": right}) == []
    (changed, missing) = made.file_faults({"report.xlsx": b"other"})
    assert (changed.code, changed.about) == ("file", "report.xlsx")
    assert "differs" in changed.en
    assert (missing.code, missing.about) == ("missing", "report.xlsx")
    strange = made.file_faults({"report.xlsx": right, "more.pdf": b"x"})
    assert [(one.code, one.about) for one in strange] == [("file", "more.pdf")]
    assert "not in the receipt" in strange[0].en


@pytest.mark.parametrize(
    "change",
    [
        lambda given: {},
        lambda given: [],
        lambda given: given | {"format": "other"},
        lambda given: given | {"index": "4"},
        lambda given: given | {"content": "x"},
        lambda given: given | {"salt": "!!"},
        lambda given: given | {"proofs": {}},
        lambda given: given | {"proofs": {"sha256": ["zz"], "sm3": []}},
        lambda given: given | {"checkpoint": 5},
        lambda given: given | {"checkpoint": "x"},
        lambda given: given | {"content": {"total": 1.5}},
    ],
)
def test_other_files_are_no_receipts(log, change):
    with pytest.raises(ReceiptError):
        parse(json.dumps(change(log.receipt(4).json())))


@given(st.text(max_size=60))
def test_any_text_is_a_receipt_or_refused(text):
    with pytest.raises(ReceiptError):
        parse(text)


def test_a_deep_text_is_refused_not_followed():
    with pytest.raises(ReceiptError):
        parse("[" * 100_000)
