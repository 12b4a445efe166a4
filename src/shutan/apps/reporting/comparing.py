"""Two reports side by side, and a given figure beside a computed one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpRequest
from django.utils.translation import gettext as _

from shutan.apps.common.listing import Column, Filter, Listing
from shutan.apps.reporting.memory_rows import MemoryRows
from shutan.apps.reporting.models import Report
from shutan.apps.reporting.present import Presenter, Shown, figure
from shutan.documents import wording
from shutan.kernel import Result
from shutan.kernel.difference import Difference, differences

MOST_CAUSES = 4


@dataclass(frozen=True)
class Beside:
    """A computed figure and one that was found another way."""

    computed: Shown
    computed_label: str
    given: Shown
    given_label: str
    difference: str
    percent: str


def beside(writer: Presenter) -> list[Beside]:
    """The comparisons the report declares and of which both sides are there."""
    found = []
    for computed, given in writer.rules.report.compared if writer.rules.report else ():
        for key in writer.result.keys(writer.rules.grain_of(computed)):
            one, other = writer.shown(computed, key), writer.shown(given, key)
            if one and other and isinstance(one.value, Decimal) and isinstance(other.value, Decimal):
                found.append(_beside(writer, one, other))
    return found


def _beside(writer: Presenter, one: Shown, other: Shown) -> Beside:
    change = one.value - other.value
    percent = figure(100 * change / other.value, 1) if other.value else "—"
    sign = "+" if change > 0 else ""
    return Beside(
        one,
        writer.label(one.name),
        other,
        writer.label(other.name),
        f"{sign}{figure(change, 0)}",
        f"{sign}{percent} %",
    )


@dataclass(frozen=True)
class DifferenceRow:
    """One changed value in the list of a comparison, as people read it; `found` has its exact figures."""

    found: Difference
    name: str
    label: str
    row: str
    before: str
    after: str
    unit: str
    change: Decimal | None
    percent: Decimal | None
    causes: str
    is_input: bool
    url: str
    parts: int  # of the row's key: 0 for the whole

    @property
    def size(self) -> tuple[int, Decimal]:
        """By which the biggest come first: the whole before its parts, then by how large the change is in its measure."""
        return (-self.parts, abs(self.percent) if self.percent is not None else Decimal(0))

    @property
    def kind(self) -> str:
        """Given or computed."""
        return _("Given") if self.is_input else _("Computed")

    @property
    def text(self) -> str:
        """Everything a search looks through."""
        return f"{self.name} {self.label} {self.row} {self.causes}".casefold()


def rows(report: Report, before: Result, after: Result) -> Iterable[DifferenceRow]:
    """What changed between two results, in order of computation; values are explained where they stand in `report`."""
    return _rows(Presenter(report, after), differences(before, after))


def listing(request: HttpRequest, report: Report, before: Result, after: Result) -> Listing:
    """What changed between two results, the biggest change first."""
    return Listing(
        request,
        key="differences",
        title=_("Differences"),
        rows=MemoryRows(rows(report, before, after)),  # type: ignore[arg-type]
        columns=[
            Column("label", _("Quantity"), sort="label", explain=None, link=lambda row: row.url),
            Column("row", _("Row"), sort="row"),
            Column("kind", _("Kind"), sort="is_input", shown=False),
            Column("before", _("Before")),
            Column("after", _("After")),
            Column("unit", _("Unit")),
            Column("change", _("Change"), sort="change", places=2),
            Column("size", _("Change in %"), value=lambda row: row.percent, sort="size", places=2),
            Column("causes", _("Because of")),
        ],
        filters=[
            Filter(
                "kind",
                _("Kind"),
                lambda found, value: found.where(lambda row: row.is_input is (value == "given")),  # type: ignore[attr-defined]
                [("given", _("Given")), ("computed", _("Computed"))],
            ),
            Filter(
                "words",
                _("Quantity, row or cause"),
                lambda found, value: found.where(lambda row: value.casefold() in row.text),  # type: ignore[attr-defined]
            ),
        ],
        sort="-size",
        empty_title=_("Nothing differs"),
        empty_text=_("Both reports have the same inputs and the same results."),
    )


def _rows(writer: Presenter, found: Iterable[Difference]) -> Iterable[DifferenceRow]:
    rules, after = writer.rules, writer.result
    for one in found:
        grain = rules.grain_of(one.name)
        percent = None
        if one.change is not None and one.before:
            percent = 100 * one.change / abs(one.before)
        here = after.has(one.name) and one.key in after.keys(grain)
        yield DifferenceRow(
            one,
            one.name,
            writer.label(one.name),
            writer.key(grain, one.key),
            _text(writer, one.name, one.before),
            _text(writer, one.name, one.after),
            writer.unit(one.name, one.key if here else None),
            one.change,
            percent,
            _causes(writer, one.causes),
            one.name in rules.inputs,
            writer.explain_url(one.name, one.key) if here else "",
            len(one.key),
        )


def _text(writer: Presenter, name: str, value: object) -> str:
    return (
        wording.value_text(value, writer.language)
        if not isinstance(value, Decimal)
        else writer.text(name, value)
    )


def _causes(writer: Presenter, causes: tuple[str, ...]) -> str:
    known = {*writer.rules.inputs, *writer.rules.rules, *writer.rules.parameters}
    words = [
        writer.label(one) if one in known else _("another version of the rule")
        for one in causes[:MOST_CAUSES]
    ]
    more = len(causes) - len(words)
    return _(", ").join(words) + (_(" and %(n)s more") % {"n": more} if more > 0 else "")
