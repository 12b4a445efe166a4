"""One content has one text, and its leaf tells nothing of it."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shutan.evidence.records import ContentError, canonical, entry, new_salt, record

NOW = dt.datetime(2026, 11, 22, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=8)))
plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner),
    max_leaves=20,
)


@given(plain)
def test_the_text_reads_back_and_is_the_same_whatever_the_order(content):
    text = canonical(content)
    assert json.loads(text) == content
    if isinstance(content, dict):
        assert canonical(dict(reversed(content.items()))) == text


def test_the_form_of_rfc_8785():
    """Literals of the RFC's section 3.2.2: texts, sorted keys, no spaces."""
    assert canonical({"b": [True, None, 1], "a": '€$\u000f\nA\'B"\\"/'}) == (
        '{"a":"€$\\u000f\\nA\'B\\"\\\\\\"/","b":[true,null,1]}'.encode()
    )


def test_keys_stand_in_the_order_of_utf_16():
    """The example of the RFC's section 3.2.3; file names are keys, and Chinese."""
    names = ("\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6")
    ordered = list(json.loads(canonical(dict.fromkeys(names, 1))))
    assert ordered == ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]
    assert canonical({"委托书.pdf": "00"}) == '{"委托书.pdf":"00"}'.encode()


@pytest.mark.parametrize(
    ("content", "match"),
    [
        (1.5, "float"),
        ({"a": float("nan")}, "float"),
        (Decimal("1.5"), "Decimal"),
        ({"a": [{"b": b""}]}, "bytes"),
        ({1: "a"}, "no text"),
        ({"\ud800": "a"}, "half a character"),
        (2**53, "too large"),
        ("\ud800", "half a character"),
    ],
)
def test_what_has_no_one_form_is_refused(content, match):
    with pytest.raises(ContentError, match=match):
        canonical(content)


def test_a_record_has_its_time_in_utc_and_refuses_one_without_zone():
    made = record(
        "reporting.submit", "report/1", at=NOW, version=2, files={"a.pdf": "00"}, facts={"total": "1.20"}
    )
    assert made == {
        "kind": "reporting.submit",
        "subject": "report/1",
        "version": 2,
        "at": "2026-11-22T01:30:00.000000+00:00",
        "files": {"a.pdf": "00"},
        "facts": {"total": "1.20"},
    }
    with pytest.raises(ContentError, match="zone"):
        record("a", "b", at=NOW.replace(tzinfo=None))
    with pytest.raises(ContentError, match="float"):
        record("a", "b", at=NOW, facts={"total": 1.2})


def test_an_entry_is_both_hashes_and_differs_by_salt_and_content():
    salt, content = bytes(range(16)), record("a", "b", at=NOW)
    data = b"shutan-record-1\x00\x10" + salt + canonical(content)
    made = entry(content, salt)
    assert made == hashlib.sha256(data).digest() + hashlib.new("sm3", data).digest()
    assert len(made) == 64
    assert entry(content, new_salt()) != made
    assert entry(content | {"version": 2}, salt) != made
    with pytest.raises(ContentError, match="salt"):
        entry(content, b"short")
