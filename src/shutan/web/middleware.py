"""What happens around every request: headers, the API's one error format, language, access."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import translation
from django.utils.translation import gettext as _

from shutan.apps.accounts import access
from shutan.apps.common import api
from shutan.web import errors

Handler = Callable[[HttpRequest], HttpResponseBase]


def security_headers(get_response: Handler) -> Handler:
    """Content security policy and a short permissions policy on every answer."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", settings.CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(self), geolocation=(self), microphone=()")
        return response

    return middleware


def api_errors(get_response: Handler) -> Handler:
    """Under /api/ every failure is JSON of one shape, also those Django answers before the API sees them."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith("/api/"):
            return get_response(request)
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) > settings.API_BODY_LIMIT:
            return _too_large(request)
        response = get_response(request)
        is_json = response.headers.get("Content-Type", "").startswith("application/json")
        if response.status_code >= HTTPStatus.BAD_REQUEST and not is_json:
            mended = api.failure(HTTPStatus(response.status_code))
            for name in ("Allow", "Retry-After", "WWW-Authenticate"):
                if name in response.headers:
                    mended.headers[name] = response.headers[name]
            return mended
        return response

    return middleware


def _too_large(request: HttpRequest) -> HttpResponse:
    """Refused before anything is read, the language included."""
    with translation.override(translation.get_language_from_request(request)):
        told = _("The request is larger than %(n)s MB.") % {"n": settings.API_BODY_LIMIT // 2**20}
        return api.failure(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, message=told)


def preferred_language(get_response: Handler) -> Handler:
    """The language kept with a person counts where this browser has not chosen one."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
        return get_response(request)

    return middleware


def page_size(get_response: Handler) -> Handler:
    """A form that is too large is refused by what it says of its length, before a byte of it is read."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) > settings.PAGE_BODY_LIMIT:
            return errors.too_large(request, settings.PAGE_BODY_LIMIT)
        return get_response(request)

    return middleware


class AccessMiddleware:
    """Let through who the access table names for the route; a route it does not name is closed to all."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Nothing before, nothing after."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Callable[..., HttpResponse], _args: Any, _kwargs: Any
    ) -> HttpResponseBase | None:
        """Answer at once where the person may not; None lets the view run."""
        route = access.route_of(request)
        if route.startswith("api"):
            return None  # the API checks the same table after it knows the token (web/api.py)
        if not access.is_known(route):
            if settings.DEBUG:
                raise ImproperlyConfigured(
                    f"Route {route!r} is missing in shutan/apps/accounts/access_table.py"
                )
            raise PermissionDenied
        if access.may_open(request.user, route, request.method):
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        raise PermissionDenied
