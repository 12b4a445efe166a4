"""Charts as data: a view fills these in, the chart component draws them and prints the table under them."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any, Literal


@dataclass(frozen=True)
class Series:
    """One line, row of bars or cloud of points, labelled directly on the chart."""

    name: str
    values: list[Any]  # one number or None a category; for scatter [x, y]
    kind: Literal["line", "bar", "scatter"] = "bar"
    stack: str = ""


@dataclass(frozen=True)
class Limit:
    """A thin line to compare with: benchmark, limit, last year."""

    name: str
    value: Decimal | float


@dataclass(frozen=True)
class Chart:
    """A chart that answers a question: `title` is the answer, `unit` and `places` say how to read it."""

    key: str  # id on the page and name of the download
    title: str
    unit: str
    categories: list[str]
    series: list[Series]
    limits: list[Limit] = field(default_factory=list)
    places: int = 0
    note: str = ""
    lying: bool = False  # bars lie, so that long names of categories can be read

    def as_json(self) -> dict[str, Any]:
        """For the script element that the chart module reads; Decimals become numbers only to be drawn."""
        return _drawable(asdict(self))

    def rows(self) -> list[tuple[str, list[Any]]]:
        """The table under the chart: one row a category, one column a series."""
        return [
            (
                category,
                [series.values[place] if place < len(series.values) else None for series in self.series],
            )
            for place, category in enumerate(self.categories)
        ]


def _drawable(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _drawable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_drawable(item) for item in value]
    return float(value) if isinstance(value, Decimal) else value
