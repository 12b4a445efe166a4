"""Signatures under checkpoints: Ed25519, and SM2 with SM3 for who must use the national algorithms.

A public key is one line, `name+id+base64`, in the form of signed notes (C2SP): the id is the start of the SHA-256 of name and
key, so that a reader finds the right key among several and a wrong one is no accident.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import secrets
from dataclasses import dataclass
from typing import Protocol

import gmalg
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

ED25519, SM2 = b"\x01", b"\xffsm2"
ID_BYTES = 4
SM2_HALF = 32
USER = b"1234567812345678"  # the default user id of GB/T 32918.2


class KeyFormatError(ValueError):
    """A line that is no key."""


class Signer(Protocol):
    """Whoever signs checkpoints: a key in a file here, a hardware module elsewhere."""

    @property
    def public(self) -> PublicKey:
        """The key that checks the signatures."""

    def sign(self, message: bytes) -> bytes:
        """Return the signature of a message."""


@dataclass(frozen=True)
class PublicKey:
    """A key that checks signatures.

    Attributes:
        name: whose it is, such as `shutan.example/log`.
        kind: ED25519 or SM2.
        data: the key itself.
    """

    name: str
    kind: bytes
    data: bytes

    @property
    def identity(self) -> bytes:
        """The four bytes by which a signature names its key."""
        return hashlib.sha256(self.name.encode() + b"\n" + self.kind + self.data).digest()[:ID_BYTES]

    def __str__(self) -> str:
        return f"{self.name}+{self.identity.hex()}+{base64.b64encode(self.kind + self.data).decode()}"

    @classmethod
    def parse(cls, line: str) -> PublicKey:
        """Read a key from its line.

        Raises:
            KeyFormatError: it is no key, or its id does not belong to it.
        """
        name, _, rest = line.strip().partition("+")
        identity, _, encoded = rest.partition("+")
        try:
            raw = base64.b64decode(encoded, validate=True)
        except binascii.Error as error:
            raise KeyFormatError(f"no key: {line.strip()[:80]}") from error
        kind = next((one for one in (ED25519, SM2) if raw.startswith(one)), None)
        if kind is None or not name:
            raise KeyFormatError(f"no key: {line.strip()[:80]}")
        key = cls(name, kind, raw.removeprefix(kind))
        if key.identity.hex() != identity:
            raise KeyFormatError(f"the id of the key {name} does not belong to it")
        return key

    def holds(self, message: bytes, signature: bytes) -> bool:
        """Say whether a signature is this key's, of this message."""
        if self.kind == SM2:
            halves = signature[:SM2_HALF], signature[SM2_HALF:]
            return len(signature) == 2 * SM2_HALF and bool(
                gmalg.SM2(uid=USER, pk=self.data).verify(message, *halves)
            )
        try:
            Ed25519PublicKey.from_public_bytes(self.data).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True)
class Ed25519Signer:
    """Signs with a key of 32 secret bytes."""

    name: str
    secret: bytes

    @classmethod
    def new(cls, name: str) -> Ed25519Signer:
        """Make a key."""
        return cls(name, secrets.token_bytes(32))

    @property
    def public(self) -> PublicKey:
        """The key that checks the signatures."""
        return PublicKey(
            self.name,
            ED25519,
            Ed25519PrivateKey.from_private_bytes(self.secret).public_key().public_bytes_raw(),
        )

    def sign(self, message: bytes) -> bytes:
        """Return the signature of a message."""
        return Ed25519PrivateKey.from_private_bytes(self.secret).sign(message)


@dataclass(frozen=True)
class Sm2Signer:
    """Signs by GB/T 32918.2 with SM3."""

    name: str
    secret: bytes
    point: bytes

    @classmethod
    def new(cls, name: str) -> Sm2Signer:
        """Make a key."""
        secret, point = gmalg.SM2().generate_keypair()
        return cls(name, secret, point)

    @property
    def public(self) -> PublicKey:
        """The key that checks the signatures."""
        return PublicKey(self.name, SM2, self.point)

    def sign(self, message: bytes) -> bytes:
        """Return the signature of a message."""
        first, second = gmalg.SM2(sk=self.secret, uid=USER, pk=self.point).sign(message)
        return bytes(first.rjust(SM2_HALF, b"\x00") + second.rjust(SM2_HALF, b"\x00"))
