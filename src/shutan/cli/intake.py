"""From a file to a computed result, or to everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from shutan.cli.base import BLOCKED, option
from shutan.cli.output import console, show_json
from shutan.cli.words import language, pick
from shutan.documents.json_form import read_json
from shutan.documents.problem import Problem, Reading
from shutan.documents.workbook import read_workbook
from shutan.kernel import Result, RuleSet

FILE = click.Path(exists=False, dir_okay=False, path_type=Path)
MOST_SHOWN = 20


@dataclass(frozen=True)
class Computed:
    """A file read and computed."""

    file: Path
    reading: Reading
    result: Result
    rules: RuleSet


def rules_year_option(function: Any) -> Any:
    """Add `--rules-year`."""
    return option(
        "--rules-year",
        type=int,
        help="按另一年度的规则计算（练习，非法定报告）|apply the rules of another year: an exercise, not a legal report",
    )(function)


def compute(file: Path, rules_year: int | None, *, as_json: bool = False) -> Computed:
    """Read and compute a file, or say all that is wrong and leave with 1.

    Cells left empty are said and do not stop: what needs them waits.
    """
    reading = read(file, rules_year)
    if not reading.computable or reading.rules is None or reading.rules_year is None:
        if as_json:
            show_json({"file": file.name, "problems": [one.json() for one in reading.problems]})
        show_problems(reading.problems, file.name)
        click.get_current_context().exit(BLOCKED)
    result = reading.rules.evaluate(reading.rules_year, reading.data)
    return Computed(file, reading, result, reading.rules)


def read(file: Path, rules_year: int | None) -> Reading:
    """Read a workbook, or JSON of the same schema."""
    if not file.is_file():
        raise click.BadParameter(
            pick(f"没有文件 {file}|there is no file {file}"), click.get_current_context(), _argument()
        )
    if file.suffix.casefold() == ".json":
        return read_json(file.read_bytes(), rules_year=rules_year)
    return read_workbook(file, rules_year=rules_year)


def _argument() -> click.Parameter | None:
    command = click.get_current_context().command
    return next((one for one in command.params if isinstance(one, click.Argument)), None)


def show_problems(problems: Sequence[Problem], name: str) -> None:
    """Write problems to standard error: place, what is wrong, what is expected."""
    if not problems:
        return
    terminal = console(error=True)
    terminal.print(pick(f"{name}：{len(problems)} 处问题|{name}: {len(problems)} problems"), style="bold red")
    for one in problems[:MOST_SHOWN]:
        terminal.print("  " + one.text(language()), soft_wrap=True)
    if len(problems) > MOST_SHOWN:
        left = len(problems) - MOST_SHOWN
        terminal.print(pick(f"  另有 {left} 处；--json 列出全部|  {left} more; --json lists all"))
