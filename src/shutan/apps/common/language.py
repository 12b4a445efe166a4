"""Which of the two languages a page or an answer speaks."""

from __future__ import annotations

from django.utils.translation import get_language


def language() -> str:
    """Of the page: "zh" or "en", as the layers below name them."""
    return "zh" if (get_language() or "zh").startswith("zh") else "en"
