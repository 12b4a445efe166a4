"""Texts side by side."""

from hypothesis import given
from hypothesis import strategies as st

from shutan.apps.standards.compare import side_by_side


def kinds(before, after):
    return [row.kind for row in side_by_side(before, after)]


def test_a_changed_word_is_marked_within_its_paragraph():
    (row,) = side_by_side("适用于省内单位。", "适用于省内重点单位。")
    assert row.kind == "changed"
    assert row.left == [("适用于省内", False), ("单位。", False)]
    assert row.right == [("适用于省内", False), ("重点", True), ("单位。", False)]


def test_paragraphs_put_in_and_taken_out():
    assert kinds("一\n二", "一\n二\n完全不同的第三条") == ["same", "same", "added"]
    assert kinds("一\n二", "二") == ["removed", "same"]
    assert kinds("甲乙丙丁", "一二三四") == ["removed", "added"]
    assert kinds("", "x") == ["added"]


def test_a_very_long_paragraph_is_shown_whole():
    (row,) = side_by_side("字" * 5000, "字" * 5001)
    assert row.kind == "changed"
    assert len(row.left) == 1


LINES = st.lists(st.text(alphabet="甲乙丙 ", min_size=1, max_size=6).filter(str.strip), max_size=8)


@given(LINES, LINES)
def test_both_sides_are_whole(before, after):
    """Whatever changed, the left column reads as the first text and the right one as the second."""
    rows = side_by_side("\n".join(before), "\n".join(after))
    left = ["".join(text for text, _ in row.left) for row in rows if row.left]
    right = ["".join(text for text, _ in row.right) for row in rows if row.right]
    assert left == before
    assert right == after
