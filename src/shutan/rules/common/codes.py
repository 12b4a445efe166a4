"""Codes that identify an organisation, with the check that proves them well formed."""

from __future__ import annotations

import re

# GB 32100-2015: digits and capital letters without I, O, S, V and Z, which look like digits.
CREDIT_CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_CODE_LENGTH = 18
_BODY = re.compile(rf"[{CREDIT_CODE_ALPHABET}]{{2}}[0-9]{{6}}[{CREDIT_CODE_ALPHABET}]{{9}}")
# GB/T 4754: four digits of which the first two are 01 to 97, with or without the letter of the section before them.
_INDUSTRY = re.compile(r"[A-T]?(0[1-9]|[1-8][0-9]|9[0-7])[0-9]{2}")


def credit_code_check_character(body: str) -> str:
    """Return the 18th character of a unified social credit code 统一社会信用代码 whose first 17 are given.

    Raises:
        ValueError: `body` is not 17 characters of the code's alphabet, the third to eighth of them digits.
    """
    if not _BODY.fullmatch(body):
        raise ValueError(f"not the first 17 characters of a unified social credit code: {body!r}")
    base = len(CREDIT_CODE_ALPHABET)
    total = sum(
        CREDIT_CODE_ALPHABET.index(character) * pow(3, place, base) for place, character in enumerate(body)
    )
    return CREDIT_CODE_ALPHABET[-total % base]


def is_credit_code(code: str) -> bool:
    """Say whether a unified social credit code has the right form and check character (GB 32100-2015)."""
    return (
        len(code) == CREDIT_CODE_LENGTH
        and _BODY.fullmatch(code[:-1]) is not None
        and credit_code_check_character(code[:-1]) == code[-1]
    )


def is_industry_code(code: str) -> bool:
    """Say whether a code has the form of a class of GB/T 4754; that the class exists is not known here."""
    return _INDUSTRY.fullmatch(code) is not None
