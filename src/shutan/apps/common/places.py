"""Where something lies, in the language of the page: names of divisions, and the filter by prefecture of every list."""

from __future__ import annotations

from django.utils.translation import gettext as _

from shutan.apps.common.language import language
from shutan.apps.common.listing import Filter
from shutan.rules.common.divisions import PREFECTURE_DIGITS, full_name, prefectures


def place_name(code: str) -> str:
    """Prefecture and county of a division code; the code itself where it is not known."""
    return full_name(code, language())


def prefecture_choices() -> list[tuple[str, str]]:
    """Prefectures with what the codes of all within begin with (four digits)."""
    return [(one.code[:PREFECTURE_DIGITS], one.named(language())) for one in prefectures()]


def prefecture_filter(field: str) -> Filter:
    """The filter `city` of a list whose rows have a division code in `field`."""
    return Filter(
        "city",
        _("Prefecture"),
        lambda rows, value: rows.filter(**{f"{field}__startswith": value}),
        prefecture_choices(),
    )
