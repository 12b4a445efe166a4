"""The keys that sign checkpoints: files in the data folder, readable to the site's account only, made at first use."""

from __future__ import annotations

import base64
import binascii
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from shutan.evidence.keys import Ed25519Signer, Signer, Sm2Signer

ED25519_FILE, SM2_FILE = "ed25519.key", "sm2.key"


class KeyFileError(RuntimeError):
    """A key file is there and cannot be used; nothing is signed until someone has looked."""


def signers(name: str) -> list[Signer]:
    """Ed25519 always, SM2 too where the site asks for it (SHUTAN_SHANGMI).

    Args:
        name: of keys that have still to be made: the log's.
    """
    folder = Path(settings.EVIDENCE_KEYS)
    found: list[Signer] = [_ed25519(_lines(folder / ED25519_FILE, lambda: _new_ed25519(name)))]
    if settings.EVIDENCE_SM2:
        found.append(_sm2(_lines(folder / SM2_FILE, lambda: _new_sm2(name))))
    return found


def _new_ed25519(name: str) -> list[str]:
    made = Ed25519Signer.new(name)
    return [made.name, base64.b64encode(made.secret).decode()]


def _new_sm2(name: str) -> list[str]:
    made = Sm2Signer.new(name)
    return [made.name, base64.b64encode(made.secret).decode(), base64.b64encode(made.point).decode()]


def _ed25519(lines: list[str]) -> Signer:
    name, secret = lines
    return Ed25519Signer(name, base64.b64decode(secret, validate=True))


def _sm2(lines: list[str]) -> Signer:
    name, secret, point = lines
    return Sm2Signer(name, base64.b64decode(secret, validate=True), base64.b64decode(point, validate=True))


def _lines(path: Path, make: Callable[[], list[str]]) -> list[str]:
    """The lines of a key file: name, then what is secret, in base64."""
    try:
        if not path.exists():
            _write(path, make())
        found = path.read_text("utf-8").splitlines()
        for line in found[1:]:
            base64.b64decode(line, validate=True)
    except (OSError, UnicodeDecodeError, binascii.Error) as error:
        raise KeyFileError(f"{path}: {error}") from error
    if len(found) != (2 if path.name == ED25519_FILE else 3):
        raise KeyFileError(f"{path}: this is no key of ours")
    return found


def _write(path: Path, lines: list[str]) -> None:
    """Whole or not at all, and by one of several processes that start at once: the others read its key."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    half = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write("".join(f"{line}\n" for line in lines))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(half, path)
        except FileExistsError:
            return
    finally:
        half.unlink()
