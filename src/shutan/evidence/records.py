"""What a leaf of the log commits to: canonical JSON under a salt, hashed twice.

The log itself shows 64 bytes a record and nothing else: who filed what can be told only with the receipt, which holds the
content and the salt. So the public log names nobody, and a guess at a content cannot be tried against it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import secrets
from collections.abc import Mapping
from typing import Any

PURPOSE = b"shutan-record-1\x00"  # keeps these hashes apart from every other use of the same content
SALT_BYTES = 16
ENTRY_BYTES = 64
WHOLE = 2**53  # larger whole numbers do not survive every JSON reader


class ContentError(ValueError):
    """A content that has no one canonical form: a float, a key that is no text, half a character."""


def canonical(content: Any) -> bytes:
    """Return the one JSON text of a content, in the form of RFC 8785 for the values allowed here.

    Allowed: objects with texts as keys (file names among them), lists, texts, whole numbers, true, false, null. A Decimal is written as a text.

    Raises:
        ContentError: the content holds something else.
    """
    _check(content)
    try:
        text = json.dumps(_in_order(content), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ContentError("a text holds half a character") from error


def _in_order(content: Any) -> Any:
    """The same with its keys in the order of RFC 8785, that of UTF-16."""
    if isinstance(content, Mapping):
        keys = sorted(content, key=lambda key: key.encode("utf-16-be"))
        return {key: _in_order(content[key]) for key in keys}
    if isinstance(content, list | tuple):
        return [_in_order(one) for one in content]
    return content


def _check(content: Any) -> None:
    if content is None or isinstance(content, bool | str):
        return
    if isinstance(content, int):
        if abs(content) >= WHOLE:
            raise ContentError(f"{content} is too large: write it as a text")
        return
    if isinstance(content, Mapping):
        for key, value in content.items():
            if not isinstance(key, str):
                raise ContentError(f"the key {key!r} is no text")
            _check(value)
        return
    if isinstance(content, list | tuple):
        for value in content:
            _check(value)
        return
    raise ContentError(f"{type(content).__name__} has no canonical form: write it as a text")


def record(
    kind: str,
    subject: str,
    *,
    at: dt.datetime,
    version: int = 1,
    files: Mapping[str, str] | None = None,
    facts: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return the content of one record.

    Args:
        kind: what was done, such as `reporting.submit`.
        subject: on what, by an address that stays, such as `report/12`.
        at: when, with its time zone.
        version: of the subject.
        files: name and SHA-256 in hex of every file that belongs to it.
        facts: what else is to be proved later; values as for `canonical`.

    Raises:
        ContentError: the time has no zone, or a fact no canonical form.
    """
    if at.tzinfo is None:
        raise ContentError("a time without zone")
    content = {
        "kind": kind,
        "subject": subject,
        "version": version,
        "at": at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        "files": dict(files or {}),
        "facts": dict(facts or {}),
    }
    _check(content)
    return content


def new_salt() -> bytes:
    """Return a salt for one record."""
    return secrets.token_bytes(SALT_BYTES)


def entry(content: Mapping[str, Any], salt: bytes) -> bytes:
    """Return the 64 bytes that stand in the log for a content: SHA-256, then SM3, of salt and canonical JSON.

    Raises:
        ContentError: the salt is too short to hide anything.
    """
    if len(salt) < SALT_BYTES:
        raise ContentError("the salt is too short")
    data = PURPOSE + len(salt).to_bytes(1) + salt + canonical(content)
    return hashlib.sha256(data).digest() + hashlib.new("sm3", data).digest()


def file_digest(data: bytes) -> str:
    """Return the digest by which records name a file."""
    return hashlib.sha256(data).hexdigest()
