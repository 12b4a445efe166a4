"""Electronic signatures of declarations: one adapter a site, named by `SHUTAN_SIGNING` as the path of a module.

The module has `NAME` (the provider's, as people know it) and one function

    def sign(asked: Asked) -> Signed

which returns the document with the provider's signature in it, or raises `RefusedError` with a sentence for the page. How
it reaches the provider is its own business; nothing here speaks HTTP. Without the setting there is no provider, and the
stamped scan is the only way. A second factor shows who signed in and signs nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, cast

from django.conf import settings


class RefusedError(Exception):
    """The provider did not sign; says why, in words for the page."""


@dataclass(frozen=True)
class Asked:
    """What is to be signed.

    Attributes:
        document: the declaration as PDF.
        title: of the report.
        organisation: name of the unit that declares.
        credit_code: its unified social credit code, '' where it has none.
        person: log-in of who asks.
    """

    document: bytes
    title: str
    organisation: str
    credit_code: str
    person: str


@dataclass(frozen=True)
class Signed:
    """What came back.

    Attributes:
        document: the signed PDF, kept as it is.
        reference: by which the provider finds the signature again.
        certificate: subject of the certificate that signed.
    """

    document: bytes
    reference: str
    certificate: str


class Provider(Protocol):
    """The module that `SHUTAN_SIGNING` names."""

    NAME: str

    def sign(self, asked: Asked) -> Signed:
        """Sign a document or raise `RefusedError`."""


def provider() -> Provider | None:
    """The configured provider, None where there is none.

    Raises:
        ImportError: the setting names no module.
    """
    return cast("Provider", import_module(settings.SIGNING)) if settings.SIGNING else None
