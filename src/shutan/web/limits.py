"""How often one caller may use the API: each token, each signed-in person, each address for itself."""

from __future__ import annotations

import math

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja.errors import Throttled
from ninja.throttling import SimpleRateThrottle

from shutan.apps.accounts.models import ApiToken, User
from shutan.apps.common.api import failure


class CallerThrottle(SimpleRateThrottle):
    """Counts by token, else by person; who is neither is counted by address elsewhere."""

    def get_cache_key(self, request: HttpRequest) -> str | None:
        """One key a caller: ninja's own would count all of one name together."""
        token = getattr(request, "api_token", None)
        if isinstance(token, ApiToken):
            return f"api:token:{token.pk}"
        return f"api:person:{request.user.pk}" if isinstance(request.user, User) else None


def too_often(error: Throttled) -> HttpResponse:
    """How long to wait, in words and as programs read it."""
    seconds = math.ceil(error.wait or 1)
    told = _("Too many requests: try again in %(seconds)s seconds.") % {"seconds": seconds}
    answer = failure(429, "too_many_requests", told)
    answer.headers["Retry-After"] = str(seconds)
    return answer
