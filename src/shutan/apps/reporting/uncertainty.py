"""Stated uncertainties of a report: what is kept with it, what a form says, what the page shows of the outcome."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shutan.apps.common.charts import Chart, Series
from shutan.apps.reporting.models import Report
from shutan.apps.reporting.present import Presenter, figure, pick
from shutan.apps.reporting.rulebook import key_words
from shutan.documents.uncertainty import Run, digits, percent, statement, written
from shutan.kernel import Result
from shutan.kernel.grain import MONTH, Key
from shutan.kernel.inputs import Choices
from shutan.kernel.uncertainty import Case, Share, Stated, StatementError, sources

MOST_BARS, MOST_ROWS, MOST_LINES = 10, 20, 200
DRAWS = (0, 10_000, 100_000)
SHAPE_WORDS = {
    "normal": gettext_lazy("normal"),
    "triangular": gettext_lazy("triangular"),
    "uniform": gettext_lazy("uniform"),
}


def saved(report: Report, result: Result) -> list[Stated]:
    """What is kept with a report, in the order it was stated."""
    return [
        Stated(one.name, float(one.half_width), _key(result, one.name, one.key), one.shape, one.shared)
        for one in report.uncertainties.order_by("position")
    ]


def _key(result: Result, name: str, parts: list[str] | None) -> Key | None:
    """A row's key with its month as a number."""
    if parts is None or name not in result.rules.inputs:
        return None if parts is None else tuple(parts)
    dimensions = result.rules.grain_of(name).dimensions
    return tuple(int(part) if one == MONTH else part for one, part in zip(dimensions, parts, strict=False))


def targets(result: Result) -> list[str]:
    """The figures of the whole report whose uncertainty may be asked, those of the summary first."""
    rules = result.rules
    summary = rules.report.summary if rules.report else ()
    return [
        name
        for name in dict.fromkeys([*summary, *result.plan.stretches])
        if result.has(name)
        and not rules.grain_of(name).dimensions
        and not isinstance(rules.unit_of(name), Choices)
        and isinstance(result.columns[name][0], Decimal)
        and sources(result, name)
    ]


@dataclass
class Line:
    """An input or a parameter in the form, as the person filled it in."""

    name: str
    label: str
    unit: str
    is_parameter: bool
    rows: int  # how many figures it has
    half_width: str = ""
    shape: str = "normal"
    shared: bool = False
    fault: str = ""


@dataclass
class Form:
    """What may be stated of a value, what was, and what is wrong with it."""

    lines: list[Line]
    single: str = ""  # statements of single rows, one a line
    single_faults: list[str] = field(default_factory=list)
    stated: list[Stated] = field(default_factory=list)

    @property
    def faults(self) -> int:
        """How many places are at fault."""
        return sum(bool(one.fault) for one in self.lines) + len(self.single_faults)


def _lines(writer: Presenter, wanted: str, more: Iterable[str]) -> list[Line]:
    """What the value depends on, then what was stated and has no part in it."""
    result, rules = writer.result, writer.rules
    found = []
    for name in dict.fromkeys([*sources(result, wanted), *more]):
        given = name in rules.inputs
        if not given and name not in rules.parameters:
            continue
        rows = sum(isinstance(one, Decimal) for one in result.columns[name]) if given else 0
        found.append(Line(name, writer.label(name), writer.unit(name), not given, rows))
    return found


def filled(writer: Presenter, wanted: str, stated: list[Stated]) -> Form:
    """The form with statements in it."""
    form = Form(_lines(writer, wanted, [one.name for one in stated if one.key is None]), stated=stated)
    places = {one.name: one for one in form.lines}
    for one in stated:
        if one.key is None and one.name in places:
            line = places[one.name]
            line.half_width, line.shape, line.shared = percent(one), one.shape, one.shared
    form.single = "\n".join(written(one) for one in stated if one.key is not None)
    return form


def read(writer: Presenter, wanted: str, sent: Mapping[str, str]) -> Form:
    """The form as it was sent: what could be read of it, and each fault at its place."""
    more = [name.removeprefix("half:") for name, text in sent.items() if name.startswith("half:") and text]
    form = Form(_lines(writer, wanted, more), single=sent.get("single", "").strip())
    for line in form.lines:
        line.half_width = sent.get(f"half:{line.name}", "").strip()
        line.shape = sent.get(f"shape:{line.name}", "normal")
        line.shared = bool(sent.get(f"shared:{line.name}"))
        if line.half_width:
            sign = "%" if line.half_width[-1] not in "%％" else ""
            text = f"{line.name}={line.half_width}{sign}"
            try:
                one = statement(writer.result, text)
                one = Stated(one.name, one.half_width, None, line.shape, line.shared)
                _accept(form, writer.result, wanted, one)
            except StatementError as error:
                known = "=" in str(error) and text in str(error)
                line.fault = _("Write a percentage, such as 2 or 0.5.") if known else pick(str(error))
    for at, text in enumerate(filter(None, map(str.strip, form.single.splitlines()[:MOST_LINES])), start=1):
        try:
            _accept(form, writer.result, wanted, statement(writer.result, text))
        except StatementError as error:
            form.single_faults.append(_("Line %(n)s: %(fault)s") % {"n": at, "fault": pick(str(error))})
    return form


def _accept(form: Form, result: Result, wanted: str, one: Stated) -> None:
    """Take a statement that makes sense and was not made before.

    Raises:
        StatementError: it names nothing that can be uncertain, or was made before.
    """
    before = [each for each in form.stated if each.name == one.name and each.key == one.key]
    Case(result, wanted, [*before, one])
    form.stated.append(one)


# -- what is shown of the outcome -------------------------------------------------------------------------------


@dataclass(frozen=True)
class RowShare:
    """What one row of an input, or one key of a parameter, contributes."""

    label: str
    row: str
    share: str
    sensitivity: str


@dataclass(frozen=True)
class Outcome:
    """A run in words."""

    label: str
    value: str
    unit: str
    half_width: str
    relative: str
    low: str
    high: str
    drawn: dict[str, str] | None
    chart: Chart | None
    rows: list[RowShare]
    idle: list[str]
    explain_url: str


def outcome(writer: Presenter, done: Run) -> Outcome | None:
    """The figures of a run as a page shows them; None for a value that waits."""
    found, drawn = done.found, done.drawn
    if not isinstance(found.value, Decimal):
        return None
    value = float(found.value)
    return Outcome(
        writer.label(found.name),
        writer.text(found.name, found.value),
        writer.unit(found.name, found.key),
        digits(found.half_width) or "0",
        _share_text(found.relative),
        plain(value - found.half_width),
        plain(value + found.half_width),
        None
        if drawn is None
        else {
            "draws": f"{drawn.draws:,}",
            "seed": str(drawn.seed),
            "mean": plain(drawn.mean),
            "deviation": digits(drawn.deviation) or "—",
            "low": plain(drawn.low),
            "high": plain(drawn.high),
            "waiting": f"{drawn.waiting:,}" if drawn.waiting else "",
        },
        _chart(writer, done),
        [_row(writer, one) for one in found.by_row[:MOST_ROWS]],
        [writer.label(name) for name in found.idle],
        writer.explain_url(found.name, found.key),
    )


def plain(value: float) -> str:
    """A figure that has no more digits than its uncertainty means."""
    return f"{Decimal(f'{value:.7g}'):,f}".replace("-", "\N{MINUS SIGN}", 1) if math.isfinite(value) else "—"


def _share_text(value: float | None) -> str:
    return "" if value is None or not math.isfinite(value) else f"{Decimal(f'{100 * value:.3g}'):f} %"


def _row(writer: Presenter, one: Share) -> RowShare:
    rules = writer.rules
    row = _("all together")
    if one.key is not None and one.name in rules.inputs:
        row = writer.key(rules.grain_of(one.name), one.key)
    elif one.key is not None:
        row = key_words(rules, rules.parameters[one.name], tuple(map(str, one.key))) or _("the one value")
    slope = digits(one.sensitivity)
    return RowShare(writer.label(one.name), row, _share_text(one.share), slope or "—")


def _chart(writer: Presenter, done: Run) -> Chart | None:
    """What each input contributes, the largest first; small ones together."""
    shares = [one for one in done.found.by_name if one.share > 0]
    if not shares:
        return None
    shown = shares[:MOST_BARS]
    names = [writer.label(one.name) for one in shown]
    values = [Decimal(f"{100 * one.share:.4f}") for one in shown]
    if rest := shares[MOST_BARS:]:
        names.append(_("%(n)s others") % {"n": len(rest)})
        values.append(Decimal(f"{100 * math.fsum(one.share for one in rest):.4f}"))
    told = {"who": names[0], "share": figure(values[0], 1), "what": writer.label(done.found.name)}
    return Chart(
        key="contributions",
        title=_("%(who)s makes up %(share)s %% of the variance of %(what)s") % told,
        unit="%",
        categories=names,
        series=[Series(_("Share of the variance"), list(values))],
        places=2,
        lying=True,
        note=_("Shares to first order; together they are the whole variance."),
    )


def as_csv(writer: Presenter, done: Run) -> str:
    """Every row's contribution as a table for a spreadsheet."""
    head = [_("Source"), _("Name"), _("Row"), _("Share of the variance"), _("Elasticity")]
    lines = [
        [
            writer.label(one.name),
            one.name,
            _row(writer, one).row,
            f"{one.share:.10g}",
            f"{one.sensitivity:.10g}" if math.isfinite(one.sensitivity) else "",
        ]
        for one in done.found.by_row
    ]
    return "\N{ZERO WIDTH NO-BREAK SPACE}" + "".join(
        ",".join('"' + _harmless(cell).replace('"', '""') + '"' for cell in line) + "\r\n"
        for line in [head, *lines]
    )


def _harmless(cell: str) -> str:
    """A text that a spreadsheet takes for a formula is given a stroke; a negative number is not."""
    is_number = cell.lstrip("-").replace(".", "", 1).replace("e", "", 1).replace("-", "", 1).isdigit()
    return f"'{cell}" if cell[:1] in "=+-@" and cell and not is_number else cell
