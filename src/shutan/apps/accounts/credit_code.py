"""Unified social credit code 统一社会信用代码: 18 characters with a check character (GB 32100-2015)."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# The letters I, O, S, V and Z are left out of the code's alphabet.
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
BODY = re.compile(rf"[{ALPHABET}]{{2}}[0-9]{{6}}[{ALPHABET}]{{9}}")
BASE = 31
LENGTH = 18


def check_character(body: str) -> str:
    """The 18th character of a code whose first 17 are given."""
    if not BODY.fullmatch(body):
        raise ValueError(f"not the first 17 characters of a unified social credit code: {body!r}")
    total = sum(ALPHABET.index(character) * pow(3, place, BASE) for place, character in enumerate(body))
    return ALPHABET[-total % BASE]


def is_valid(code: str) -> bool:
    """Whether form and check character are right."""
    return len(code) == LENGTH and bool(BODY.fullmatch(code[:-1])) and check_character(code[:-1]) == code[-1]


def validate_credit_code(code: str) -> None:
    """Field validator: refuse a code that cannot be one."""
    if not is_valid(code):
        raise ValidationError(
            _("%(code)s is not a unified social credit code: 18 characters, the last one a check character."),
            code="credit_code",
            params={"code": code},
        )
