"""Which month a file's name speaks of, whatever people call their files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shutan.apps.filing.papers import other_month


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("2025-03-台账.pdf", ""),
        ("2025年3月台账.pdf", ""),
        ("202503台账.pdf", ""),
        ("3月台账.pdf", ""),
        ("2025-02至2025-03台账.pdf", ""),
        ("台账.pdf", ""),
        ("1号机组.pdf", ""),
        ("2025-02台账.pdf", "2025-02"),
        ("2025年12月台账.pdf", "2025-12"),
        ("2024-03台账.pdf", "2024-03"),
        ("4月台账.pdf", "?-04"),
    ],
)
def test_the_month_a_name_speaks_of(name, other):
    assert other_month(name, 2025, 3) == other


@given(
    st.integers(2020, 2099),
    st.integers(1, 12),
    st.sampled_from(["{}-{:02d} x.pdf", "{}年{}月.pdf", "a_{}{:02d}.pdf"]),
)
def test_a_name_with_its_own_month_is_never_asked_about(year, month, shape):
    assert other_month(shape.format(year, month), year, month) == ""


@given(st.text(max_size=60))
def test_no_name_breaks_it(name):
    assert other_month(name, 2025, 3) == "" or other_month(name, 2025, 3)[-2:].isdigit()
