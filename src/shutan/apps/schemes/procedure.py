"""The way of a scheme's version: which step leads from where to where. Data, no Django.

draft → internal → submitted → accepted (in force from a day) | returned
          └→ draft, sent back within the enterprise
Accepted or returned ends a version; what is changed afterwards is a new one.
"""

from __future__ import annotations

from dataclasses import dataclass

OPEN = frozenset({"draft", "internal", "submitted"})
ENDS = frozenset({"accepted", "returned"})


@dataclass(frozen=True)
class Step:
    """One transition."""

    source: str
    target: str


STEPS: dict[str, Step] = {
    "send_to_review": Step("draft", "internal"),
    "send_back": Step("internal", "draft"),
    "submit": Step("internal", "submitted"),
    "accept": Step("submitted", "accepted"),
    "return": Step("submitted", "returned"),
}


def steps_from(state: str) -> list[str]:
    """The steps that are lawful in a state, in the order of the procedure."""
    return [name for name, step in STEPS.items() if step.source == state]
