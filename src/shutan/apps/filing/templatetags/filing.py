"""How pages of monthly filing write words and values."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import json_script
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from shutan.apps.common.language import language
from shutan.documents.wording import value_text

register = template.Library()


@register.filter
def words(both: Any) -> str:
    """`{{ finding.message|words }}`: the side of the page's language."""
    return str(getattr(both, language()))


@register.filter
def shown_value(value: Any) -> str:
    """A computed value for reading; one that waits is a dash."""
    return value_text(value, language())


@register.simple_tag
def grid_words() -> SafeString:
    """What the grid says, for its script."""
    return json_script(
        {
            "row": _("Row"),
            "item": _("Item"),
            "unit": _("Unit"),
            "before": _("Month before"),
            "value": _("Value"),
            "obtained": _("Obtained"),
            "sum": _("Year to date"),
            "clause": _("Clause"),
            "must": _("must be filled in"),
            "empty": _("No rows yet"),
            "add": _("Add row"),
            "remove": _("Take out row"),
            "removed": _("Row taken out; Ctrl+Z brings it back"),
            "twice": _("This row is there already."),
            "waiting": _("Saving…"),
            "saved": _("All saved"),
            "refused": _("Not saved, see the marked cells"),
            "lost": _("Not saved: the connection broke. What you typed is kept and tried again"),
            "failed": _("Not saved: the server did not take it."),
            "conflict": _("Someone else saved first: choose which value stands."),
            "theirs": _("saved"),
            "mine": _("yours"),
            "keepMine": _("Keep mine"),
            "takeTheirs": _("Take theirs"),
            "undone": _("Taken back"),
            "redone": _("Done again"),
        },
        "grid-words",
    )
