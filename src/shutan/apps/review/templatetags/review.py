"""How pages of the joint review write findings and papers."""

from __future__ import annotations

from typing import Any

from django import template

from shutan.apps.common.language import language
from shutan.documents.wording import say

register = template.Library()


@register.filter
def said(one: Any, what: str) -> str:
    """`{{ finding|said:"message" }}`: the side of the page's language of a pair of columns."""
    return str(getattr(one, f"{what}_{language()}"))


@register.filter
def paper(need: Any) -> str:
    """What a paper is called."""
    return say(language(), need.zh, need.en)


@register.filter
def ticked(checks: Any) -> int:
    """How many items of a checklist have a tick."""
    return sum(one.tick is not None for one in checks)
