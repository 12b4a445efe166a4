"""Values of a report as pages and the API show them: written, with unit, status and the address of the explanation.

Everything follows from the rule set's declarations: no sector, table or variable is named here.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from shutan.apps.common.language import language
from shutan.apps.reporting.models import Report
from shutan.documents import grids, wording
from shutan.kernel import Grain, Number, Result, RuleSet, Waiting
from shutan.kernel.explain import status_of
from shutan.kernel.grain import Key

FEW_DECIMALS = 4  # shown whatever the size
MOST_DECIMALS = 6  # of a value that no rule rounds; the explanation has all of it
DAY = "yyyymmdd"  # unit of parameters that are days
SURE = ("official", "")


def pick(text: str) -> str:
    """One side of `中文|English`."""
    return wording.pick(text, language())


@dataclass(frozen=True)
class Shown:
    """One value as a page shows it."""

    name: str
    key: Key
    value: Any
    text: str
    unit: str
    url: str  # of the explanation
    status: str  # "official", …, "waiting", "" for what was given
    hint: str = ""  # what a waiting value waits for
    label: str = ""

    @property
    def is_number(self) -> bool:
        """Right-aligned."""
        return isinstance(self.value, Decimal | Waiting)

    @property
    def is_waiting(self) -> bool:
        """No value yet."""
        return isinstance(self.value, Waiting)

    @property
    def is_unsure(self) -> bool:
        """A number of the law in it has not been seen in the regulation's own text."""
        return not self.is_waiting and self.status not in SURE


class Presenter:
    """Writes the values of one result."""

    def __init__(self, report: Report, result: Result) -> None:
        self.report, self.result = report, result
        self.rules: RuleSet = result.rules
        self.language = language()

    def label(self, name: str) -> str:
        """What an input, rule or parameter is called."""
        return wording.label_of(self.rules, name, self.language)

    def unit(self, name: str, key: Key | None = None) -> str:
        """A unit; where it depends on a choice, that of the row."""
        return grids.unit_of(self.result, name, key, self.language)

    def key(self, grain: Grain, key: Key) -> str:
        """A row in words."""
        return wording.key_text(key, grain, self.language) or pick("全厂|Whole plant")

    def explain_url(self, name: str, key: Key) -> str:
        """Where a value is explained."""
        query = urlencode([("key", str(part)) for part in key])
        base = reverse("reporting:explain", args=[self.report.pk, name])
        return f"{base}?{query}" if query else base

    def shown(self, name: str, key: Key) -> Shown | None:
        """One value; None where the name is not in force in the year or there is no such row."""
        if not self.result.has(name):
            return None
        try:
            value = self.result.value(name, key)
        except KeyError:
            return None
        hint = wording.waiting_text(self.rules, value, self.language) if isinstance(value, Waiting) else ""
        status = ""
        if isinstance(value, Waiting):
            status = "waiting"
        elif name in self.rules.rules:
            status = status_of(self.result, name, key)
        return Shown(
            name,
            key,
            value,
            self.text(name, value),
            self.unit(name, key),
            self.explain_url(name, key),
            status,
            hint,
            self.label(name),
        )

    def text(self, name: str, value: Any) -> str:
        """A value for reading."""
        if isinstance(value, Decimal):
            return day(value) if self.rules.unit_of(name) == DAY else figure(value, self.places(name, value))
        return wording.value_text(value, self.language)

    def places(self, name: str, value: Decimal) -> int:
        """How many decimals a value is shown with: those it was rounded to, else as many as can be read at a glance."""
        made = self.rules.rules.get(name)
        if made and isinstance(made[0].places, int):
            return made[0].places
        if isinstance(self.rules.inputs.get(name), Number):
            return decimals(value)
        return _readable(value)


def _readable(value: Decimal) -> int:
    """Decimals of a figure that the guideline does not round: all where they are few, as in a sum of rounded figures.

    A long tail is cut for the eye; the explanation has all of it.
    """
    if (given := decimals(value)) <= FEW_DECIMALS:
        return given
    return min(
        given, next((places for least, places in ((1000, 2), (1, 4)) if abs(value) >= least), MOST_DECIMALS)
    )


def day(value: Decimal) -> str:
    """A day that a rule set keeps as the number yyyymmdd."""
    digits = f"{value:08.0f}"
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"


def sure(status: str) -> str:
    """How sure a number of the law is, as a status of the badge component; a draft of the law is no draft of ours."""
    return "consultation" if status == "draft" else status


def decimals(value: Decimal) -> int:
    """How many decimals a number needs."""
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def figure(value: Decimal, places: int) -> str:
    """A number for reading: thousands separators, exactly so many decimals."""
    text = format(value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP), ",f")
    return text.replace("-", "\N{MINUS SIGN}", 1)
