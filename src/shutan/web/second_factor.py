"""Asking for the second factor: an action that needs one answers with a page that keeps the whole form.

The page posts to the same address what was posted before, hidden, with a code or a passkey's answer beside it.
The middleware checks that, takes it out and lets the view run as if nothing had happened.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable
from typing import Any

from allauth.mfa.base.forms import ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from shutan.apps.accounts import access, log, second_factor
from shutan.apps.accounts.models import LogEntry
from shutan.apps.accounts.second_factor import SecondFactorNeeded, SessionDoor
from shutan.apps.accounts.words import action_names

Handler = Callable[[HttpRequest], HttpResponseBase]

CODE, CREDENTIAL, ACTION, FILE = (
    f"second_factor_{name}" for name in ("code", "credential", "action", "file")
)
# Hidden in the page as text a third larger; Django reads 10 MB of text in a form.
MOST_KEPT_BYTES = 6 * 2**20


class SecondFactorMiddleware:
    """Tells `act` which session asks, and turns what it refuses into the page."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Everything below runs for this request's session; threads are used again, so nothing stays behind."""
        with second_factor.through(SessionDoor(request)), log.through(LogEntry.Via.WEB):
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Callable[..., HttpResponse], _args: Any, _kwargs: Any
    ) -> HttpResponseBase | None:
        """Check what the page sent, and put the form back to what it was."""
        if request.method != "POST" or access.route_of(request).startswith("api"):
            return None
        if not request.user.is_authenticated or not {CODE, CREDENTIAL} & request.POST.keys():
            return None
        fault = _check(request)
        told = request.POST.get(ACTION, "")
        kept = _kept_files(request)
        posted = request.POST.copy()
        for name in (CODE, CREDENTIAL, ACTION, FILE):
            posted.pop(name, None)
        request.POST = posted  # type: ignore[assignment]  # Django's stubs know only the one it made
        for field, file in kept:
            request.FILES.appendlist(field, file)
        return ask(request, told, fault) if fault else None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        """Only ours; the others go their way."""
        if not isinstance(exception, SecondFactorNeeded):
            return None
        if request.headers.get("HX-Request"):  # a part of a page cannot be replaced by the whole one
            here = request.headers.get("HX-Current-URL", "/")
            return HttpResponse(
                headers={"HX-Redirect": f"{reverse('second_factor')}?{urlencode({'next': here})}"}
            )
        return ask(request, exception.action)


def _check(request: HttpRequest) -> str:
    """Use the code or the passkey's answer; what is wrong with it, or '' where it is right."""
    if credential := request.POST.get(CREDENTIAL):
        form = ReauthenticateWebAuthnForm(user=request.user, data={"credential": credential})
    else:
        form = ReauthenticateForm(user=request.user, data={"code": request.POST.get(CODE, "").strip()})
    if form.is_valid():
        form.save()
        return ""
    return " ".join(text for texts in form.errors.values() for text in texts)


def _kept_files(request: HttpRequest) -> list[tuple[str, SimpleUploadedFile]]:
    """The files that came as text; one that was tampered with is left out, and the form says what is missing."""
    found = []
    for text in request.POST.getlist(FILE):
        try:
            told = json.loads(text)
            content = base64.b64decode(told["content"], validate=True)
            found.append((told["field"], SimpleUploadedFile(told["name"], content, told["type"])))
        except (ValueError, KeyError, TypeError, binascii.Error):
            continue
    return found


def _files_as_text(request: HttpRequest) -> list[str] | None:
    """The files of a form as text for hidden fields; None where they are too large for that."""
    files = [(field, file) for field, several in request.FILES.lists() for file in several]
    if sum(file.size or 0 for _field, file in files) > MOST_KEPT_BYTES:
        return None
    texts = []
    for field, file in files:
        file.seek(0)
        content = base64.b64encode(file.read()).decode()
        told = {"field": field, "name": file.name, "type": file.content_type, "content": content}
        texts.append(json.dumps(told))
    return texts


def ask(request: HttpRequest, action: str = "", fault: str = "") -> HttpResponse:
    """The page that asks, with everything that was posted kept in it."""
    person = access.me(request)
    names = action_names()
    posted = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken"
    ]
    has_passkey = is_mfa_enabled(person, [Authenticator.Type.WEBAUTHN])
    files = _files_as_text(request)
    context = {
        "action": action if action in names else "",
        "action_name": names.get(action, ""),
        "fault": fault,
        "posted": posted,
        "files": files or [],
        "file_lost": files is None,
        "enrolled": second_factor.is_enrolled(person),
        "has_code": is_mfa_enabled(person, [Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES]),
        "has_passkey": has_passkey,
        "js_data": {"request_options": begin_authentication(person)} if has_passkey else None,
        "minutes": int(second_factor.LASTS.total_seconds() // 60),
        "back": _safe(request, request.headers.get("Referer", "")),
        "mode": settings.SECOND_FACTOR,
    }
    return render(request, "accounts/second_factor.html", context)


def _safe(request: HttpRequest, target: str) -> str:
    """An address of this site, or the first page."""
    ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if ours else reverse("home")


@never_cache
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Use the second factor before something needs it, then go on to `next`."""
    used = second_factor.last_use(request, access.me(request))
    if request.method == "POST" and used:
        return redirect(_safe(request, request.GET.get("next", "")))
    return ask(request, fault=_("Enter a code or use your passkey.") if request.method == "POST" else "")
