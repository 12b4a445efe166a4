"""Time stamps by a third party under checkpoints (RFC 3161): this state of the log was there at a time by a clock that is not ours.

What is stamped is the checkpoint's text as it was signed. SHA-256 only: authorities for SM3 speak another profile.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.x509 import Certificate, load_pem_x509_certificates
from rfc3161_client import (
    HashAlgorithm,
    PKIStatus,
    TimeStampRequest,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

SHA256_OID = "2.16.840.1.101.3.4.2.1"


class StampError(ValueError):
    """No answer of an authority, or one that is not about what was asked."""


@dataclass(frozen=True)
class Stamp:
    """What an authority says: that it saw a text's digest at a time.

    Attributes:
        at: its time.
        response: the answer as it came (DER, RFC 3161 section 2.4.2).
    """

    at: dt.datetime
    response: bytes


def ask(text: str) -> TimeStampRequest:
    """Return the question for an authority about a checkpoint's text, with a nonce of its own."""
    builder = TimestampRequestBuilder().data(text.encode()).hash_algorithm(HashAlgorithm.SHA256)
    return builder.nonce(nonce=True).cert_request(cert_request=True).build()


def answered(asked: TimeStampRequest, response: bytes) -> Stamp:
    """Return the stamp in an answer to a question.

    Raises:
        StampError: the authority refused, or answered something else.
    """
    answer = _decoded(response)
    info = answer.tst_info
    if info.nonce != asked.nonce or info.message_imprint.message != asked.message_imprint.message:
        raise StampError("the answer is to another question")
    return Stamp(info.gen_time, response)


def read(text: str, response: bytes, authorities: Sequence[Certificate] = ()) -> Stamp:
    """Return the stamp of a checkpoint's text.

    Args:
        text: the checkpoint.
        response: the authority's answer.
        authorities: root certificates one trusts; empty: only that the stamp is about this text is checked, not whose it is.

    Raises:
        StampError: it is none, of another text, or not signed by one of the authorities.
    """
    answer = _decoded(response)
    imprint = answer.tst_info.message_imprint
    if (
        imprint.hash_algorithm.dotted_string != SHA256_OID
        or imprint.message != hashlib.sha256(text.encode()).digest()
    ):
        raise StampError("a stamp of something else")
    if authorities:
        verifier = VerifierBuilder(roots=list(authorities)).build()
        try:
            verifier.verify_message(answer, text.encode())
        except (VerificationError, ValueError) as error:
            raise StampError(str(error).partition(": ErrorStack")[0]) from error
    return Stamp(answer.tst_info.gen_time, response)


def certificates(data: bytes) -> list[Certificate]:
    """Read root certificates (PEM, one or several).

    Raises:
        StampError: there are none.
    """
    try:
        return load_pem_x509_certificates(data)
    except ValueError as error:
        raise StampError(str(error)) from error


def _decoded(response: bytes) -> TimeStampResponse:
    try:
        answer = decode_timestamp_response(response)
    except ValueError as error:
        raise StampError("this is no answer of a time-stamp authority") from error
    if answer.status != PKIStatus.GRANTED:
        raise StampError(f"the authority refused: {' '.join(answer.status_string) or answer.status}")
    return answer
