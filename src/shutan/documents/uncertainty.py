"""Statements of uncertainty as text, and what they make of a value: one form for command line, API and pages."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from shutan.documents.grids import unit_of
from shutan.kernel import Result, Waiting
from shutan.kernel.draws import Drawn, monte_carlo
from shutan.kernel.grain import MONTH, Key
from shutan.kernel.uncertainty import SHAPES, FirstOrder, Share, Stated, StatementError, first_order

DIGITS = 4  # significant ones of an uncertainty
MOST_DRAWS = 10_000_000
_STATED = re.compile(
    r"(?P<name>[^@=]+)(?:@(?P<key>[^=]+))?=\s*(?P<half>[0-9]*\.?[0-9]+) ?[%％](?P<words>(?:,\s*[a-z]+)*)"
)


@dataclass(frozen=True)
class Run:
    """A value with what its stated uncertainties make of it; `drawn` where draws were asked for and there is a value."""

    result: Result
    found: FirstOrder
    drawn: Drawn | None
    stated: tuple[Stated, ...]

    @property
    def waits(self) -> bool:
        """Say whether there is no value yet, and so no uncertainty."""
        return isinstance(self.found.value, Waiting)


def run(
    result: Result, name: str, key: Key, stated: Iterable[Stated], *, draws: int = 0, seed: int = 0
) -> Run:
    """Propagate to first order, and by Monte Carlo where draws are asked for.

    Raises:
        StatementError: a statement or the wanted name is not one of numbers.
    """
    told = tuple(stated)
    found = first_order(result, name, key, told)
    if not draws or isinstance(found.value, Waiting):
        return Run(result, found, None, told)
    return Run(result, found, monte_carlo(result, name, key, told, draws=draws, seed=seed), told)


def statement(result: Result, text: str) -> Stated:
    """Read `name@key=2%,uniform,shared`; the name may be a label that only one input or parameter has.

    Raises:
        StatementError: it is not written like that.
    """
    match = _STATED.fullmatch(text.strip())
    words = [word.strip() for word in match["words"].split(",")[1:]] if match else []
    shapes = [word for word in words if word in SHAPES]
    if match is None or len(shapes) > 1 or set(words) - {*SHAPES, "shared"}:
        raise StatementError(
            f"{text}：写作 名称[@行]=2%[,{'/'.join(SHAPES)}][,shared]"
            f"|{text}: write name[@row]=2%[,{'/'.join(SHAPES)}][,shared]"
        )
    name = _name(result, match["name"].strip())
    return Stated(
        name,
        float(Decimal(match["half"]) / 100),
        None if match["key"] is None else _key(result, name, match["key"]),
        shapes[0] if shapes else "normal",
        "shared" in words,
    )


def written(one: Stated) -> str:
    """Write a statement as `statement` reads it."""
    row = "" if one.key is None else f"@{'/'.join(map(str, one.key))}"
    shape = "" if one.shape == "normal" else f",{one.shape}"
    return f"{one.name}{row}={percent(one)}%{shape}{',shared' if one.shared else ''}"


def percent(one: Stated) -> str:
    """Write the half-width in per cent, as a person would."""
    return f"{Decimal(f'{100 * one.half_width:.10g}'):f}"


def _name(result: Result, word: str) -> str:
    """Return the name a person means: the name itself, or its label where only one has it."""
    rules = result.rules
    if word in rules.rules:
        return word
    labelled = [name for name in (*rules.inputs, *result.parameters) if word in rules.labels_of(name)]
    return labelled[0] if len(labelled) == 1 else word


def _key(result: Result, name: str, text: str) -> Key:
    parts = [part.strip() for part in text.split("/")]
    if name not in result.rules.inputs:
        return tuple(parts)
    dimensions = result.rules.grain_of(name).dimensions
    return tuple(
        int(part) if at < len(dimensions) and dimensions[at] == MONTH and part.isdigit() else part
        for at, part in enumerate(parts)
    )


def digits(value: float | None) -> str | None:
    """Write an uncertainty with few digits, never as a power of ten; None where there is none."""
    if value is None or not math.isfinite(value):
        return None
    return f"{Decimal(f'{value:.{DIGITS}g}'):,f}"


def write_json(done: Run, year: int | None, language: str) -> dict[str, Any]:
    """Return everything found; numbers of an uncertainty are floats, the value itself is the filed one."""
    found, drawn = done.found, done.drawn
    return {
        "name": found.name,
        "key": list(found.key),
        "value": found.value,
        "unit": unit_of(done.result, found.name, found.key, language),
        "year": year,
        "rules_year": done.result.year,
        "stated": [
            {
                "name": one.name,
                "key": None if one.key is None else list(one.key),
                "half_width": one.half_width,
                "shape": one.shape,
                "shared": one.shared,
            }
            for one in done.stated
        ],
        "first_order": None
        if done.waits
        else {
            "standard_uncertainty": found.deviation,
            "half_width_95": found.half_width,
            "relative_half_width_95": found.relative,
            "by_name": _shares(found.by_name),
            "by_row": _shares(found.by_row),
            "without_influence": list(found.idle),
        },
        "monte_carlo": None
        if drawn is None
        else {
            "draws": drawn.draws,
            "seed": drawn.seed,
            "without_value": drawn.waiting,
            "mean": _finite(drawn.mean),
            "standard_deviation": _finite(drawn.deviation),
            "low_2_5": _finite(drawn.low),
            "high_97_5": _finite(drawn.high),
        },
    }


def _shares(some: Sequence[Share]) -> list[dict[str, Any]]:
    return [
        {
            "name": one.name,
            "key": None if one.key is None else list(one.key),
            "share": one.share,
            "sensitivity": _finite(one.sensitivity),
        }
        for one in some
    ]


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
