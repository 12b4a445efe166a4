"""The API under /api/v1/: authentication, access, rate limits and the one format of errors. Apps add routers below."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.core.exceptions import (
    BadRequest,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    ValidationError,
)
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled
from ninja.errors import ValidationError as SchemaError
from ninja.security import APIKeyCookie, HttpBearer
from ninja.throttling import AnonRateThrottle

from shutan.apps.accounts import access, actions, log, second_factor
from shutan.apps.accounts.models import ApiToken, LogEntry, User
from shutan.apps.accounts.scope import MandateEnded
from shutan.apps.common.api import Detail, Problem, failure
from shutan.apps.common.api_faults import told
from shutan.web import limits

READING = {"GET", "HEAD", "OPTIONS"}


def _admit(request: HttpRequest, user: User) -> User:
    """The user as the request's, when the access table lets them open the route."""
    if not access.may_open(user, access.route_of(request), request.method):
        raise PermissionDenied
    request.user = user
    return user


class TokenAuth(HttpBearer):
    """`Authorization: Bearer stn_…`."""

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        """The token's owner; a token that may only read is refused for anything else."""
        found = actions.use_token(token, now=timezone.now())
        if found is None:
            return None
        if found.scope == ApiToken.Scope.READ and request.method not in READING:
            raise PermissionDenied
        log.via.set(LogEntry.Via.API)
        second_factor.came_by(second_factor.TokenDoor(found))
        request.api_token = found  # type: ignore[attr-defined]  # for the limits
        return _admit(request, found.user)


class SessionAuth(APIKeyCookie):
    """The browser's session, with Django's protection against forged requests."""

    param_name = settings.SESSION_COOKIE_NAME

    def __call__(self, request: HttpRequest) -> User | None:
        """Look at the session alone: a header with a token takes precedence, right or wrong, and nobody is 401."""
        if "Authorization" in request.headers or not request.user.is_authenticated:
            return None
        return super().__call__(request)

    def authenticate(self, request: HttpRequest, key: str | None) -> User | None:  # noqa: ARG002
        """The signed-in person."""
        return _admit(request, cast(User, request.user))


def add_handlers(api: NinjaAPI) -> None:
    """Teach an API the one format of errors."""

    def on(kind: type[Exception], answer: Callable[[Any], HttpResponse]) -> None:
        def handler(_request: HttpRequest, error: Any) -> HttpResponse:
            return answer(error)

        api.add_exception_handler(kind, handler)

    on(Problem, lambda error: failure(error.status, error.code, error.message, error.details))
    on(SchemaError, lambda error: failure(422, details=[detail_of(fault) for fault in error.errors]))
    on(ValidationError, lambda error: failure(422, details=details_of(error)))
    on(AuthenticationError, lambda _error: failure(401))
    on(HttpError, http_failure)
    on(Throttled, limits.too_often)
    on(MandateEnded, lambda error: failure(403, "mandate_ended", error.words))
    on(PermissionDenied, lambda _error: failure(403))
    on(second_factor.SecondFactorNeeded, second_factor_needed)
    on(Http404, lambda _error: failure(404))
    on(RequestDataTooBig, lambda _error: failure(413))
    on(SuspiciousOperation, lambda _error: failure(400))
    on(BadRequest, lambda _error: failure(400))


def second_factor_needed(_error: second_factor.SecondFactorNeeded) -> HttpResponse:
    """What a program or a page has to do first."""
    told = _(
        "This signs or decides and needs a second factor: send a token of scope “decide”, or confirm on the site first."
    )
    return failure(403, "second_factor_needed", told)


def http_failure(error: HttpError) -> HttpResponse:
    """Ninja's own errors; a body over Django's limit reaches us wrapped as one it could not parse."""
    seen: BaseException | None = error
    while seen:
        if isinstance(seen, RequestDataTooBig):
            return failure(413)
        seen = seen.__cause__ or seen.__context__
    return failure(error.status_code)


def detail_of(fault: dict[str, Any]) -> Detail:
    """One of pydantic's findings: the place as a path such as `body.items.0.value`."""
    context = {key: value for key, value in fault.get("ctx", {}).items() if key != "error"}
    expected = ", ".join(f"{key}: {value}" for key, value in context.items())
    return Detail(place=".".join(map(str, fault["loc"])), message=told(fault), expected=expected)


def details_of(error: ValidationError) -> list[Detail]:
    """Django's findings, by field."""
    if hasattr(error, "error_dict"):
        return [
            Detail(place=field, message=message)
            for field, messages in error.message_dict.items()
            for message in messages
        ]
    return [Detail(place="", message=message) for message in error.messages]


def build_api(**options: Any) -> NinjaAPI:
    """An API with everything but routers; tests build one of their own."""
    api = NinjaAPI(
        title="Shutan 蜀碳",
        version="1",
        description="What the web can do for an organisation, a token of that organisation can do.",
        auth=[TokenAuth(), SessionAuth()],
        throttle=[
            AnonRateThrottle(settings.API_RATES["anonymous"]),
            limits.CallerThrottle(settings.API_RATES["signed_in"]),
        ],
        **options,
    )
    add_handlers(api)
    return api


api = build_api(urls_namespace="api")
api.add_router("", "shutan.web.operations.router")
api.add_router("", "shutan.apps.accounts.api.router")
api.add_router("", "shutan.apps.accounts.api_mandates.router")
api.add_router("", "shutan.apps.accounts.api_organisations.router")
api.add_router("", "shutan.apps.evidence.api.router")
api.add_router("", "shutan.apps.directory.api.router")
api.add_router("", "shutan.apps.directory.api_account.router")
api.add_router("", "shutan.apps.bodies.api.router")
api.add_router("", "shutan.apps.bodies.api_register.router")
api.add_router("", "shutan.apps.schemes.api.router")
api.add_router("", "shutan.apps.labreports.api.router")
api.add_router("", "shutan.apps.filing.api_tests.router")
api.add_router("", "shutan.apps.filing.api_sheets.router")
api.add_router("", "shutan.apps.filing.api_papers.router")  # api.py and what is added to it
api.add_router("", "shutan.apps.reporting.api_annual.router")  # api.py and what is added to it
api.add_router("", "shutan.apps.reporting.api_uncertainty.router")
api.add_router("", "shutan.apps.reporting.api_rules.router")
api.add_router("", "shutan.apps.reporting.api_notices.router")
api.add_router("", "shutan.apps.standards.api_writing.router")  # api.py and what is added to it
api.add_router("", "shutan.apps.duties.api_steps.router")  # api.py and what is added to it
api.add_router("", "shutan.apps.policies.api.router")
api.add_router("", "shutan.apps.referrals.api.router")
api.add_router("", "shutan.apps.departments.api.router")
api.add_router("", "shutan.apps.review.api.router")
api.add_router("", "shutan.apps.review.api_clues.router")
api.add_router("", "shutan.apps.archives.api.router")
api.add_router("", "shutan.apps.disclosure.api.router")
api.add_router("", "shutan.apps.disclosure.api.public")
