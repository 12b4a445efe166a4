"""What changed between two wordings, side by side, paragraph by paragraph and within a paragraph."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

# A paragraph counts as the same one reworded from this likeness on; below, as taken out and put in.
ALIKE = 0.5
# Longer paragraphs are shown whole: comparing them letter by letter would take too long.
LONGEST_COMPARED = 4000

Piece = tuple[str, bool]  # text, whether it differs


@dataclass(frozen=True)
class Row:
    """One line of the comparison: `same`, `changed`, `removed` or `added`; a missing side has no pieces."""

    kind: str
    left: list[Piece]
    right: list[Piece]


def side_by_side(before: str, after: str) -> list[Row]:
    """Compare two texts by paragraphs (lines that are not empty)."""
    old = [line for line in before.splitlines() if line.strip()]
    new = [line for line in after.splitlines() if line.strip()]
    rows: list[Row] = []
    for word, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if word == "equal":
            rows += [Row("same", [(line, False)], [(line, False)]) for line in old[a:b]]
        else:
            rows += _replaced(old[a:b], new[c:d])
    return rows


def _replaced(old: list[str], new: list[str]) -> Iterator[Row]:
    """Paragraphs that stand in place of others: paired in order where they are alike."""
    at = 0
    for line in old:
        partner = next((n for n in range(at, len(new)) if _alike(line, new[n])), None)
        if partner is None:
            yield Row("removed", [(line, True)], [])
            continue
        yield from (Row("added", [], [(one, True)]) for one in new[at:partner])
        yield _changed(line, new[partner])
        at = partner + 1
    yield from (Row("added", [], [(one, True)]) for one in new[at:])


def _alike(one: str, other: str) -> bool:
    matcher = SequenceMatcher(None, one[:LONGEST_COMPARED], other[:LONGEST_COMPARED], autojunk=False)
    return matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def _changed(one: str, other: str) -> Row:
    if max(len(one), len(other)) > LONGEST_COMPARED:
        return Row("changed", [(one, True)], [(other, True)])
    left: list[Piece] = []
    right: list[Piece] = []
    for word, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        differs = word != "equal"
        left += [(one[a:b], differs)] if b > a else []
        right += [(other[c:d], differs)] if d > c else []
    return Row("changed", left, right)
