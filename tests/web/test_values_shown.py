"""Values as lists and cards show them: one way for each kind, and nothing that breaks in the middle."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from shutan.apps.common.components import MISSING, shown


@pytest.mark.parametrize(
    ("value", "html"),
    [
        (None, MISSING),
        ("", MISSING),
        (True, "是"),
        (date(2025, 3, 9), '<span class="number">2025-03-09</span>'),
        (datetime(2025, 3, 9, 16, 30, tzinfo=UTC), '<span class="number">2025-03-10 00:30</span>'),
        ("2025-03", '<span class="number">2025-03</span>'),
        ("2025-03-A", "2025-03-A"),
        ("12345-67", "12345-67"),
        ("<b>", "<b>"),  # the template escapes it
    ],
)
def test_a_value_is_shown_in_one_way(value, html):
    assert str(shown(value)) == html


def test_numbers_are_grouped():
    assert str(shown(Decimal("1234567.50"))) == "1,234,567.50"
