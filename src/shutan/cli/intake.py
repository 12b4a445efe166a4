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
from shutan.documents.problem import MISSING, Problem, Reading
from shutan.documents.workbook import read_workbook
from shutan.kernel import Result, RuleSet

FILE = click.Path(exists=False, dir_okay=False, path_type=Path)
MOST_SHOWN = 20
MOST_CELLS = 12


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


def show_problems(problems: Sequence[Problem], name: str, *, exercise: bool = False) -> None:
    """Write problems to standard error: place, what is wrong, what is expected. An exercise may leave cells empty."""
    if not problems:
        return
    terminal = console(error=True)
    if exercise and all(one.code in MISSING for one in problems):
        empty = f"{name}：{len(problems)} 个单元格未填；练习可以不填，依赖它们的结果待定"
        terminal.print(
            pick(
                f"{empty}|{name}: {len(problems)} cells left empty, as an exercise may; what needs them waits"
            )
        )
    else:
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        terminal.print(pick(f"{name}：{len(problems)} 处问题|{name}: {count}"), style="bold red")
    alike: dict[tuple[str, str], list[Problem]] = {}
    for one in problems:
        alike.setdefault((one.place.sheet, one.message.zh), []).append(one)
    for group in list(alike.values())[:MOST_SHOWN]:
        terminal.print("  " + _line(group), soft_wrap=True)
    if len(alike) > MOST_SHOWN:
        left = sum(len(group) for group in list(alike.values())[MOST_SHOWN:])
        terminal.print(pick(f"  另有 {left} 处；--json 列出全部|  {left} more; --json lists all"))


def _line(group: Sequence[Problem]) -> str:
    """Write problems that differ in nothing but their cell as one line."""
    first = group[0].text(language())
    if len(group) == 1:
        return first
    cells = ", ".join(one.place.place for one in group[1:MOST_CELLS])
    more = " …" if len(group) > MOST_CELLS else ""
    return pick(
        f"{first}（另有 {len(group) - 1} 处：{cells}{more}）|{first} ({len(group) - 1} more: {cells}{more})"
    )
