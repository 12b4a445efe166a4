"""What every app's API module uses: text and number types, and the one format of errors.

    from shutan.apps.common.api import ERRORS, Line, Number, Problem, Schema
    router = Router()

    @router.get("/reports/{int:number}", response={200: ReportOut, **ERRORS}, url_name="report")
    def report(request, number: int): ...

Every failure is `{"error": {"code", "message", "details": [{"place", "message", "expected"}]}}`.
"""

from __future__ import annotations

import base64
import binascii
import re
from decimal import Decimal
from http import HTTPStatus
from typing import Annotated, Any

from django.http import JsonResponse
from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import BeforeValidator, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from shutan.apps.common.files import LARGEST_DOCUMENT, Upload

# No NUL (PostgreSQL refuses it) and no other control character but tab and line ends.
_VISIBLE = r"^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$"
_ONE_LINE = r"^[^\u0000-\u001f\u007f]*$"

Line = Annotated[str, StringConstraints(max_length=200, pattern=_ONE_LINE)]
Text = Annotated[str, StringConstraints(max_length=4000, pattern=_VISIBLE)]
Code = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_.:\-]+$")]

_NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,10})?")
_LIMIT = 10**15


def _exact(value: Any) -> Decimal:
    """A number as it was written: at most 15 digits before and 10 after the point; nothing like 1e400 or NaN."""
    known = isinstance(value, int | float | str | Decimal) and not isinstance(value, bool)
    written = value if isinstance(value, str) else format(Decimal(str(value)), "f") if known else ""
    if not _NUMBER.fullmatch(written) or not written.isascii():
        raise PydanticCustomError("plain_number", "at most 15 digits before and 10 after the decimal point")
    return Decimal(written)


Number = Annotated[
    Decimal,
    BeforeValidator(_exact),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number", "exclusiveMinimum": -_LIMIT, "exclusiveMaximum": _LIMIT},
                {"type": "string", "pattern": f"^{_NUMBER.pattern}$"},
            ],
            "description": "At most 15 digits before and 10 after the decimal point; a string keeps every digit.",
        }
    ),
]
Count = Annotated[int, Field(ge=0, le=10**9)]


# Base64 makes four characters of three bytes.
Base64 = Annotated[str, StringConstraints(max_length=LARGEST_DOCUMENT // 3 * 4 + 4)]


class DocumentIn(Schema):
    """A document within a request: a PDF or a picture."""

    name: Line
    base64: Base64


def upload_of(sent: DocumentIn | None) -> Upload | None:
    """The document as it would arrive from a page.

    Raises:
        Problem: 422, it is not in base64.
    """
    if sent is None:
        return None
    try:
        return Upload(sent.name, base64.b64decode(sent.base64, validate=True))
    except (binascii.Error, ValueError) as error:
        raise Problem(422, "not_base64", _("The document is not in base64.")) from error


class Detail(Schema):
    """One fault: where, what is wrong, what is expected."""

    place: str
    message: str
    expected: str = ""


class Fault(Schema):
    """What went wrong, for programs (`code`) and for people (`message`)."""

    code: str
    message: str
    details: list[Detail] = []


class ErrorOut(Schema):
    """The body of every failure."""

    error: Fault


# For `response=` of every operation, so that OpenAPI declares what can come back.
ERRORS: dict[int, type[ErrorOut]] = dict.fromkeys(
    (400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 500), ErrorOut
)


class Problem(Exception):  # noqa: N818 - a fault of the request, not of the program
    """Raise it in an API function to answer with a failure."""

    def __init__(self, status: int, code: str, message: str, details: list[Detail] | None = None) -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.details = status, code, message, details or []


def failure(
    status: int, code: str = "", message: str = "", details: list[Detail] | None = None
) -> JsonResponse:
    """The failure as a response; code and message follow from the status where none is given."""
    known = HTTPStatus(status)
    fault = Fault(
        code=code or known.name.lower(), message=message or default_message(status), details=details or []
    )
    return JsonResponse(
        {"error": fault.model_dump()}, status=status, json_dumps_params={"ensure_ascii": False}
    )


def default_message(status: int) -> str:
    """What a status means, in the language of the request."""
    messages = {
        400: _("The request cannot be read."),
        401: _("Send a valid token as `Authorization: Bearer …`, or sign in."),
        403: _("Your role or the scope of your token does not allow this."),
        404: _("Nothing is here."),
        405: _("This address does not answer that method."),
        409: _("Someone changed this meanwhile."),
        413: _("The request is too large."),
        415: _("This kind of content is not understood."),
        422: _("Some values are not as expected."),
        429: _("Too many requests: wait a little."),
        500: _("Something broke on our side; nothing was saved."),
    }
    return messages.get(status) or HTTPStatus(status).phrase
