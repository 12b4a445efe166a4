"""Which month a file's name speaks of, whatever people call their files; the month on paper and back."""

import pytest
from filing_helpers import NOW, PDF
from hypothesis import given
from hypothesis import strategies as st

from shutan.apps.common.files import Upload
from shutan.apps.filing import completeness, papers, printing
from shutan.apps.filing.content import Year
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


def test_the_month_is_printed_stamped_and_taken_back(client, people, full):
    client.force_login(people["filler"])
    answer = client.get(f"/filing/months/{full.pk}/sheet.pdf")
    assert (answer.status_code, answer.content[:4]) == (200, b"%PDF")
    assert client.get(f"/api/v1/filing/months/{full.pk}/sheet.pdf").content == answer.content
    told = printing.folio(Year.of(full.book, {3: full}), full)
    assert any("fuel" in one.title.lower() or "燃料" in one.title for one in told.parts)
    scan = Upload("2025-03 月度存证 盖章.pdf", PDF)
    (taken,) = papers.add(people["filler"], full, [scan], now=NOW)
    assert (taken.kept.need, taken.kept.key) == (papers.STAMPED, [])
    page = client.get(f"/filing/months/{full.pk}/evidence").content.decode()
    assert "2025-03 月度存证 盖章.pdf" in page
    assert completeness.of(Year.of(full.book, {3: full}), 3).unsorted == []
    client.force_login(people["rival"])
    assert client.get(f"/filing/months/{full.pk}/sheet.pdf").status_code == 404
