"""The page of sessions and devices: where one is signed in; end one, or all others."""

from __future__ import annotations

import re

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from shutan.apps.accounts import access
from shutan.apps.accounts import sessions as kept

# The first that stands in what a browser says of itself; order matters, for each claims to be the others too.
BROWSERS = {
    "MicroMessenger": "WeChat",
    "Edg": "Edge",
    "QQBrowser": "QQ",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
    "Safari": "Safari",
}
SYSTEMS = {
    "HarmonyOS": "HarmonyOS",
    "Android": "Android",
    "iPhone|iPad": "iOS",
    "Windows": "Windows",
    "Mac OS X": "macOS",
    "Linux": "Linux",
}


def device(user_agent: str) -> str:
    """Browser and system in words; '' where neither is known."""
    names = [
        next((name for sign, name in known.items() if re.search(sign, user_agent)), "")
        for known in (BROWSERS, SYSTEMS)
    ]
    return " · ".join(filter(None, names))


@require_http_methods(["GET", "POST"])
def overview(request: HttpRequest) -> HttpResponse:
    """Where I am signed in; posted, all others end."""
    person = access.me(request)
    found = kept.of(person)
    if request.method == "POST":
        others = [session for session in found if session.session_key != request.session.session_key]
        count = kept.end(person, person, others, now=timezone.now())
        messages.success(
            request,
            ngettext("%(count)s other session was ended.", "%(count)s other sessions were ended.", count)
            % {"count": count},
        )
        return redirect("usersessions_list")
    lines = [
        {
            "session": session,
            "device": device(session.user_agent) or _("Unknown device"),
            "current": session.session_key == request.session.session_key,
        }
        for session in found
    ]
    return render(request, "usersessions/overview.html", {"lines": lines, "others": len(lines) > 1})


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of mine; the one I am in is left by signing out."""
    person = access.me(request)
    found = [session for session in kept.of(person) if session.pk == pk]
    if not found or found[0].session_key == request.session.session_key:
        raise Http404
    kept.end(person, person, found, now=timezone.now())
    messages.success(request, _("The session was ended."))
    return redirect("usersessions_list")
