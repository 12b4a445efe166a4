"""Unified social credit code 统一社会信用代码 as a field validator; the code itself is `rules.common.codes`."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from shutan.rules.common.codes import is_credit_code


def validate_credit_code(code: str) -> None:
    """Field validator: refuse a code that cannot be one."""
    if not is_credit_code(code):
        raise ValidationError(
            _("%(code)s is not a unified social credit code: 18 characters, the last one a check character."),
            code="credit_code",
            params={"code": code},
        )
