"""What the layout needs on every page."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from shutan.apps.accounts.access import route_of
from shutan.web import navigation


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor. Error pages may come before the person is known: then there is no navigation."""
    user = getattr(request, "user", None)
    in_drawer = request.headers.get("HX-Target") == "drawer-body"
    extends = {"frame_template": "layouts/drawer.html" if in_drawer else "base.html", "in_drawer": in_drawer}
    if user is None:
        return {"navigation": [], "density": "comfortable", **extends}
    # Whoever has not signed in sees the pages that anybody may read.
    return {
        "navigation": navigation.shown_to(user, route_of(request)),
        "density": user.density if user.is_authenticated else "comfortable",
        "second_factor_mode": settings.SECOND_FACTOR,
        **extends,
    }
