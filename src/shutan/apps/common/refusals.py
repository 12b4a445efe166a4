"""Why an action refuses, for apps whose records are lines that a form judges. Each carries what the page shows again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


class StaleError(Exception):
    """Someone changed it since it was read; carries it as it is now."""

    def __init__(self, now: Any) -> None:
        super().__init__("changed meanwhile")
        self.now = now


class BlockedError(Exception):
    """It cannot be done; says all that stands against it."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = list(reasons)


class FaultsError(Exception):
    """A form is wrong and nothing was saved; carries it with its faults."""

    def __init__(self, form: Any) -> None:
        super().__init__("faults")
        self.form = form
