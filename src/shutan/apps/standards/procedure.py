"""The way of a version from draft to publication: which step leads from where to where. Data, no Django.

draft → opinions → review → cleared → published          (a repeal ends the instrument, not the version)
  └────────────────→ review                              with the reason why nobody was asked
opinions, review, cleared → draft                        to be worded anew
any of them → abandoned
"""

from __future__ import annotations

from dataclasses import dataclass

OPEN = frozenset({"draft", "opinions", "review", "cleared"})
ENDS = frozenset({"published", "abandoned"})


@dataclass(frozen=True)
class Step:
    """One transition: from any of `sources` to `target`."""

    sources: frozenset[str]
    target: str


STEPS: dict[str, Step] = {
    "seek_opinions": Step(frozenset({"draft"}), "opinions"),
    "send_to_review": Step(frozenset({"draft", "opinions"}), "review"),
    "clear": Step(frozenset({"review"}), "cleared"),
    "object": Step(frozenset({"review"}), "draft"),
    "publish": Step(frozenset({"cleared"}), "published"),
    "redraft": Step(frozenset({"opinions", "cleared"}), "draft"),
    "abandon": Step(OPEN, "abandoned"),
}


def steps_from(state: str) -> list[str]:
    """The steps that are lawful in a state, in the order of the procedure."""
    return [name for name, step in STEPS.items() if state in step.sources]
