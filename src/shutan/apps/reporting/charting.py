"""The figures a rule set declares, as charts whose titles say what they show."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from shutan.apps.common.charts import Chart, Limit
from shutan.apps.common.charts import Series as Drawn
from shutan.apps.reporting.present import Presenter, decimals, figure
from shutan.documents.figures import Drawing, Series, drawings

KINDS = {"stack": "bar", "bars": "bar", "lines": "line"}
LARGE, MIDDLING = 1000, 10
HUNDRED = 100
PER_CENT = "%"
MONTHS = (
    pgettext_lazy("month", "January"), pgettext_lazy("month", "February"), pgettext_lazy("month", "March"), pgettext_lazy("month", "April"), pgettext_lazy("month", "May"), pgettext_lazy("month", "June"),
    pgettext_lazy("month", "July"), pgettext_lazy("month", "August"), pgettext_lazy("month", "September"), pgettext_lazy("month", "October"), pgettext_lazy("month", "November"), pgettext_lazy("month", "December"),
)  # fmt: skip


def charts(writer: Presenter) -> list[Chart]:
    """All figures of the report of which there is anything to draw."""
    if writer.rules.report is None:
        return []
    found = drawings(writer.result, writer.rules.report.figures, writer.language)
    return [_chart(at, one) for at, one in enumerate(filter(_says_something, found), start=1)]


def long_month(at: int) -> str:
    """A month's name within a sentence."""
    return str(MONTHS[at])


def within(label: str) -> str:
    """A label within an English sentence: without its capital, unless it is a word of capitals."""
    return label[:1].lower() + label[1:] if label[1:2].islower() else label


def _says_something(one: Drawing) -> bool:
    """Bars of several names compare them: where only one has values, there is nothing to compare."""
    return one.kind != "bars" or len(one.series) == 1 or sum(any(_known(each)) for each in one.series) > 1


def _chart(at: int, one: Drawing) -> Chart:
    shown = [series for series in one.series if not series.level and any(_known(series))]
    levels = [series for series in one.series if series.level]
    flat = [series for series in levels if len(set(_known(series))) == 1]
    places = _places(value for series in one.series for value in _known(series))
    lines = [
        Drawn(
            series.label,
            list(series.values),
            kind="bar" if KINDS[one.kind] == "bar" and not series.level else "line",
            stack="all" if one.kind == "stack" else "",
        )
        for series in [*shown, *(series for series in levels if series not in flat)]
    ]
    return Chart(
        key=f"figure-{at}",
        title=_answer(one, shown, levels),
        unit=one.unit,
        categories=list(one.categories),
        series=lines,
        limits=[Limit(series.label, _known(series)[0]) for series in flat],
        places=places,
        note=one.title,
    )


def _answer(one: Drawing, shown: list[Series], levels: list[Series]) -> str:
    """What the figure says, in a sentence."""
    if one.kind == "stack":
        return _stack_answer(one, shown)
    if one.kind == "lines" and levels:
        return _level_answer(one, shown, levels)
    if one.kind == "bars":
        return _bars_answer(one, shown)
    values = [value for series in shown for value in _known(series)]
    places = _places(values)
    return _("%(title)s: from %(low)s to %(high)s %(unit)s") % {
        "title": one.title,
        "low": figure(min(values), places),
        "high": figure(max(values), places),
        "unit": one.unit,
    }


def _stack_answer(one: Drawing, shown: list[Series]) -> str:
    sums = [
        sum((series.values[at] or Decimal(0) for series in shown), Decimal(0))
        for at in range(len(one.categories))
    ]
    told = {"title": one.title, "when": long_month(sums.index(max(sums)))}
    total = sum(sums, Decimal(0))
    if len(shown) == 1 or total <= 0:
        told |= {"value": figure(max(sums), 0), "unit": one.unit}
        return _("%(title)s: the highest month is %(when)s with %(value)s %(unit)s") % told
    most = max(shown, key=_total)
    told |= {"who": most.label, "share": _share(_total(most), total)}
    return _("%(title)s: %(who)s makes up %(share)s %% of the year, the highest month is %(when)s") % told


def _share(part: Decimal, whole: Decimal) -> str:
    """A share in per cent; one short of the whole is not told as 100."""
    share = 100 * part / whole
    places = next((places for places in (1, 2, 3) if part == whole or round(share, places) < HUNDRED), 4)
    return figure(share, places)


def _level_answer(one: Drawing, shown: list[Series], levels: list[Series]) -> str:
    """How often the lines stand above their level; with a level each, they come in the same order."""
    pairs = [
        (value, limit)
        for at, series in enumerate(shown)
        for value, limit in zip(series.values, levels[at % len(levels)].values, strict=True)
        if value is not None and limit is not None
    ]
    above = sum(value > limit for value, limit in pairs)
    told = {"title": one.title, "above": above, "n": len(pairs), "level": within(levels[0].label)}
    if len({series.label for series in levels}) > 1:
        told["level"] = _("their levels")
    if not above:
        return _("%(title)s: none of %(n)s monthly values above %(level)s") % told
    return _("%(title)s: %(above)s of %(n)s monthly values above %(level)s") % told


def _bars_answer(one: Drawing, shown: list[Series]) -> str:
    if len(shown) == 1 or (
        one.unit == PER_CENT and len(one.categories) > 1
    ):  # shares of rows add up to nothing
        best = max(_known(shown[0]))
        told = {
            "title": one.title if len(shown) == 1 else shown[0].label,
            "name": one.categories[shown[0].values.index(best)],
            "value": figure(best, _places([best])),
            "unit": one.unit,
        }
        return _("%(title)s: highest is %(name)s with %(value)s %(unit)s") % told
    first, second = shown[0], shown[1]
    gap = _total(first) - _total(second)
    told = {
        "first": first.label,
        "second": second.label,
        "first_within": within(first.label),
        "second_within": within(second.label),
        "value": figure(abs(gap), 0),
        "unit": one.unit,
    }
    if gap > 0:
        return _("%(value)s %(unit)s more %(first_within)s than %(second_within)s") % told
    if gap < 0:
        return _("%(value)s %(unit)s less %(first_within)s than %(second_within)s") % told
    return _("%(first)s: as much as %(second_within)s") % told


def _known(series: Series) -> list[Decimal]:
    return [value for value in series.values if value is not None]


def _total(series: Series) -> Decimal:
    return sum(_known(series), Decimal(0))


def _places(values: Iterable[Decimal]) -> int:
    """Few decimals for large numbers, enough for small ones."""
    known = list(values)
    largest = max((abs(value) for value in known), default=Decimal(0))
    needed = max((decimals(value) for value in known), default=0)
    return min(needed, 0 if largest >= LARGE else 2 if largest >= MIDDLING else 4)
