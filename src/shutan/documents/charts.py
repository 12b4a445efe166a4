"""Figures as SVG, drawn from numbers alone: no plotting library, the same bytes for the same report."""

from __future__ import annotations

import math
from collections.abc import Iterator
from html import escape

from shutan.documents.figures import Drawing, Series

COLORS = ("#0B5F56", "#D08A2E", "#4A6FA5", "#8C5A7C", "#6B8E4E", "#A3483B", "#5B6B69", "#2F9FA8")
WIDTH, HEIGHT = 680.0, 280.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 64.0, 12.0, 26.0, 58.0
_FONT = "font-family='Noto Sans SC' font-size='10.5'"


def svg(drawing: Drawing) -> str:
    """Draw a figure as an SVG of 680 × 280."""
    low, high, step = _scale(drawing)
    body = "".join([*_axis(drawing, low, high, step), *_marks(drawing, low, high), *_legend(drawing)])
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH:g} {HEIGHT:g}' width='{WIDTH:g}' "
        f"height='{HEIGHT:g}'>{body}</svg>"
    )


def _numbers(series: Series) -> list[float]:
    return [float(value) for value in series.values if value is not None]


def _scale(drawing: Drawing) -> tuple[float, float, float]:
    """Return lower end, upper end and step of the axis: round numbers, zero included unless lines run far above it."""
    if drawing.kind == "stack":
        count = len(drawing.categories)
        sums = [sum(max(float(one.values[at] or 0), 0) for one in drawing.series) for at in range(count)]
        lows = [sum(min(float(one.values[at] or 0), 0) for one in drawing.series) for at in range(count)]
        least, most = min(lows), max(sums)
    else:
        values = [value for one in drawing.series for value in _numbers(one)]
        least, most = min(values), max(values)
        if drawing.kind == "bars" or least < 0.5 * most:
            least = min(least, 0.0)
        most = max(most, 0.0)
    if most == least:
        most = least + 1.0
    step = _nice((most - least) / 5)
    return math.floor(least / step) * step, math.ceil(most / step + 0.05) * step, step


def _nice(raw: float) -> float:
    power = 10.0 ** math.floor(math.log10(raw))
    return next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= raw * 0.999)


def _y(value: float, low: float, high: float) -> float:
    return _TOP + (HEIGHT - _TOP - _BOTTOM) * (1 - (value - low) / (high - low))


def _axis(drawing: Drawing, low: float, high: float, step: float) -> Iterator[str]:
    places = len(f"{step:.9f}".rstrip("0").partition(".")[2])
    for at in range(round((high - low) / step) + 1):
        value = low + at * step
        y = _y(value, low, high)
        strong = abs(value) < step / 1000
        color, width = ("#5B6B69", 0.9) if strong else ("#DDE4E2", 0.6)
        yield f"<line x1='{_LEFT:g}' x2='{WIDTH - _RIGHT:g}' y1='{y:.2f}' y2='{y:.2f}' stroke='{color}' stroke-width='{width}'/>"
        yield f"<text x='{_LEFT - 6:g}' y='{y + 3.5:.2f}' text-anchor='end' fill='#5B6B69' {_FONT}>{value:,.{places}f}</text>"
    yield f"<text x='4' y='12' fill='#5B6B69' {_FONT}>{escape(drawing.unit)}</text>"
    for at, category in enumerate(drawing.categories):
        x = _LEFT + _slot(drawing) * (at + 0.5)
        shown = category if len(category) <= 14 else category[:13] + "…"  # noqa: PLR2004 - what fits under a bar
        yield f"<text x='{x:.2f}' y='{HEIGHT - _BOTTOM + 16:g}' text-anchor='middle' fill='#374151' {_FONT}>{escape(shown)}</text>"


def _slot(drawing: Drawing) -> float:
    return (WIDTH - _LEFT - _RIGHT) / max(len(drawing.categories), 1)


def _marks(drawing: Drawing, low: float, high: float) -> Iterator[str]:
    if drawing.kind == "stack":
        yield from _stack(drawing, low, high)
    elif drawing.kind == "bars":
        yield from _bars(drawing, low, high)
    else:
        for at, one in enumerate(drawing.series):
            yield from _line(drawing, one, COLORS[at % len(COLORS)], low, high)


def _stack(drawing: Drawing, low: float, high: float) -> Iterator[str]:
    slot = _slot(drawing)
    width = min(slot * 0.62, 60.0)
    for at in range(len(drawing.categories)):
        up = down = 0.0
        for number, one in enumerate(drawing.series):
            value = float(one.values[at] or 0)
            if not value:
                continue
            start = up if value > 0 else down
            top, bottom = _y(max(start, start + value), low, high), _y(min(start, start + value), low, high)
            up, down = (up + value, down) if value > 0 else (up, down + value)
            x = _LEFT + slot * (at + 0.5) - width / 2
            yield _rect(x, top, width, bottom - top, COLORS[number % len(COLORS)])


def _bars(drawing: Drawing, low: float, high: float) -> Iterator[str]:
    slot, count = _slot(drawing), len(drawing.series)
    width = min(slot * 0.72 / count, 46.0)
    for at in range(len(drawing.categories)):
        left = _LEFT + slot * (at + 0.5) - width * count / 2
        for number, one in enumerate(drawing.series):
            value = one.values[at]
            if value is None:
                continue
            top, bottom = _y(max(float(value), 0.0), low, high), _y(min(float(value), 0.0), low, high)
            x = left + number * width
            yield _rect(x + 1, top, width - 2, bottom - top, COLORS[number % len(COLORS)])
            yield (
                f"<text x='{x + width / 2:.2f}' y='{top - 3:.2f}' text-anchor='middle' fill='#374151' "
                f"font-family='Noto Sans SC' font-size='8.5'>{float(value):,.0f}</text>"
            )


def _rect(x: float, y: float, width: float, height: float, color: str) -> str:
    return (
        f"<rect x='{x:.2f}' y='{y:.2f}' width='{width:.2f}' height='{max(height, 0.4):.2f}' fill='{color}'/>"
    )


def _line(drawing: Drawing, one: Series, color: str, low: float, high: float) -> Iterator[str]:
    slot = _slot(drawing)
    dash = " stroke-dasharray='5 3'" if one.level else ""
    run: list[str] = []
    for at, value in enumerate((*one.values, None)):
        if value is not None:
            run.append(f"{_LEFT + slot * (at + 0.5):.2f},{_y(float(value), low, high):.2f}")
            continue
        if run:
            yield f"<polyline points='{' '.join(run)}' fill='none' stroke='{color}' stroke-width='1.6'{dash}/>"
            if not one.level:
                for point in run:
                    x, y = point.split(",")
                    yield f"<circle cx='{x}' cy='{y}' r='2.2' fill='{color}'/>"
        run = []


def _legend(drawing: Drawing) -> Iterator[str]:
    """Lay the labels out in a row below the figure, and in a second one where they do not fit."""
    x, y = _LEFT, HEIGHT - 24
    for at, one in enumerate(drawing.series):
        color = COLORS[at % len(COLORS)]
        label = one.label if len(one.label) <= 30 else one.label[:29] + "…"  # noqa: PLR2004 - what fits
        width = 26 + sum(11.0 if ord(letter) > 0x2E7F else 6.2 for letter in label) + 12  # noqa: PLR2004 - CJK is wide
        if x + width > WIDTH - _RIGHT and x > _LEFT:
            x, y = _LEFT, y + 15
        if one.level:
            yield f"<line x1='{x:.1f}' x2='{x + 18:.1f}' y1='{y - 3.5:.1f}' y2='{y - 3.5:.1f}' stroke='{color}' stroke-width='1.6' stroke-dasharray='5 3'/>"
        else:
            yield _rect(x, y - 9, 12, 10, color)
        yield f"<text x='{x + 22:.1f}' y='{y:.1f}' fill='#374151' {_FONT}>{escape(label)}</text>"
        x += width
