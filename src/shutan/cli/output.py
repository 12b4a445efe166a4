"""What goes to the terminal: tables for people, JSON for programs, nothing else on standard output."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from shutan.cli.words import english, language, pick
from shutan.documents import wording
from shutan.kernel import Member, Waiting, telling
from shutan.kernel.render import plain_number

PIPE_WIDTH = 160  # columns where nobody's window says how wide the page is


def console(*, error: bool = False) -> Console:
    """Return a console for this call; made late, because tests and pipes replace the streams."""
    stream = sys.stderr if error else sys.stdout
    return Console(
        file=stream, width=None if stream.isatty() else PIPE_WIDTH, highlight=False, emoji=False, markup=False
    )


def show_json(data: Any) -> None:
    """Write one JSON document; exact numbers are written as text."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2, default=plain))


def plain(value: Any) -> Any:
    """Return what JSON can hold: numbers as exact text, choices as keys, days in ISO form, waiting as null."""
    counted = isinstance(value, bool | int) and not isinstance(value, Member)
    return value if counted else telling.plain(value)


SHOWN = 8  # decimals of an unrounded figure that a person reads


def figure(value: Any) -> str:
    """Write a value for people: thousands apart, choices in words, what waits as a dash of three dots."""
    if isinstance(value, Waiting):
        return "…"
    if isinstance(value, Member):
        return pick(f"{value.zh}|{value.en}")
    if isinstance(value, Decimal):
        short = (
            round(value, SHOWN) if -int(value.as_tuple().exponent) > SHOWN else value
        )  # --json has every digit
        whole, point, rest = plain_number(short).partition(".")
        return (
            f"{int(whole):,}{point}{rest}"
            if whole.lstrip("-").isdigit() and whole != "-0"
            else whole + point + rest
        )
    return "" if value is None else str(value)


def status_text(status: str) -> str:
    """Write how sure a value is."""
    return wording.status_text(status, language())


def table(
    title: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    numbers: Sequence[int] = (),
    whole: Sequence[int] = (),
) -> None:
    """Print a table; `numbers` are the columns that stand to the right, `whole` those that are never broken."""
    made = Table(title=title or None, title_justify="left", header_style="bold", box=None, pad_edge=False)
    for at, heading in enumerate(headings):
        made.add_column(
            pick(heading), justify="right" if at in numbers else "left", overflow="fold", no_wrap=at in whole
        )
    for row in rows:
        made.add_row(*row)
    console().print(made)


def label(labels: tuple[str, str]) -> str:
    """Return the label of a name in the caller's language."""
    return labels[1] if english() else labels[0]
