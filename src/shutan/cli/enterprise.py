"""`shutan enterprise`: several sectors' workbooks in, one enterprise out, and each figure explained down into its part."""

from __future__ import annotations

from pathlib import Path

import click

from shutan.cli.base import BLOCKED, WRONG_USE, Fault, command, json_option, option
from shutan.cli.files import answer, show, write_all, writing
from shutan.cli.intake import FILE, Computed, read, show_problems
from shutan.cli.output import show_json
from shutan.cli.values import find, show_explanation
from shutan.cli.words import language, pick
from shutan.documents.enterprise import Composition, Part, Source, compose
from shutan.documents.template import write_template
from shutan.kernel import explain as explained
from shutan.rules.enterprise import RULES
from shutan.screening import engine


@command(
    "enterprise",
    "把几个行业的工作簿（及企业汇总工作簿）汇总为一家企业：填入各核算单元的数，自备电厂按发电规则计入主业，校验重复计算。\n\n"
    "写出 enterprise.xlsx、report.xlsx、report.pdf、report.json；--explain 只说明一个数。"
    "|Add the workbooks of several sectors (and the enterprise's own) up to one enterprise: figures of the parts are filled in, "
    "captive power goes into its host by the rules of power, and what would count twice is refused.\n\n"
    "Writes enterprise.xlsx, report.xlsx, report.pdf and report.json; --explain explains one number instead.",
)
@click.argument("files", type=FILE, nargs=-1, required=True, metavar="FILE…")
@option(
    "-o", "output", type=click.Path(file_okay=False, path_type=Path), help="输出文件夹|folder to write to"
)
@option(
    "--explain",
    "key",
    metavar="KEY",
    help="说明一个数，写法同 shutan explain|explain one number, written as for `explain`",
)
@option(
    "--part",
    metavar="PART",
    help="--explain 的数在哪个核算单元|the part in which --explain looks for the number",
)
@json_option
def enterprise(
    files: tuple[Path, ...], output: Path | None, key: str | None, part: str | None, *, as_json: bool
) -> None:
    """Compose, then report or explain."""
    if (output is None) == (key is None) or (part is not None and key is None):
        raise Fault(
            "-o 与 --explain 二选一，--part 随 --explain|give either -o or --explain, --part with --explain only",
            WRONG_USE,
        )
    made = compose([Source(one.name, read(one, None)) for one in files])
    reading, name = made.reading, pick("汇总|The enterprise")
    if not reading.computable:
        if as_json:
            show_json({"problems": [one.json() for one in reading.problems]})
        show_problems(reading.problems, name)
        click.get_current_context().exit(BLOCKED)
    assert reading.year is not None  # noqa: S101 - computable
    done = Computed(Path("enterprise.xlsx"), reading, RULES.evaluate(reading.year, reading.data), RULES)
    if key is not None:
        _explain(made, done, key, part, as_json=as_json)
        return
    assert output is not None  # noqa: S101 - one of both was given
    written = [*_workbooks(made, reading.year, output)]
    screening = engine.run(done.result)
    written += write_all(done, screening, output, lambda _text: None)
    if as_json:
        show_json(answer(done, screening, written))
    show_problems(reading.problems, name)
    if not as_json:
        show(done, screening, written)
    if screening.blocks:
        click.get_current_context().exit(BLOCKED)


def _workbooks(made: Composition, year: int, folder: Path) -> list[Path]:
    """Write the enterprise's workbook, filled in, and each host's with its captive plants in it."""
    target = folder / "enterprise.xlsx"
    with writing(folder):
        write_template(RULES, year, target, data=made.reading.data, language=language())
    found = [target]
    for one in made.parts:
        if one.filled and one.data is not None:
            target = folder / "parts" / f"{Path(one.source.file).stem}.xlsx"
            with writing(target.parent):
                write_template(one.rules, year, target, data=one.data, language=language())
            found.append(target)
    return found


def _explain(made: Composition, done: Computed, key: str, part: str | None, *, as_json: bool) -> None:
    """Explain a value of the enterprise, or of a part; a cell that a part filled in leads on into that part."""
    if part is not None:
        one = next((one for one in made.parts if part in (one.name, one.source.file)), None)
        if one is None:
            names = "、".join(one.name for one in made.parts)
            raise Fault(
                f"没有核算单元 {part}；现有：{names}|there is no part {part}; there are: {names}", WRONG_USE
            )
        done = _of(one)
    name, row = find(done.result, key)
    told = explained(done.result, name, row, language())
    led = made.part_of(told.origin)
    inner = explained(_of(led[0]).result, led[1], (), language()) if led else None
    if as_json:
        show_json(told.json() | {"part": led[0].name if led else part, "within": inner and inner.json()})
        return
    show_explanation(done, told)
    if led and inner:
        click.echo(
            pick(
                f"—— 核算单元 {led[0].name}（{led[0].source.file}）|—— part {led[0].name} ({led[0].source.file})"
            )
        )
        show_explanation(_of(led[0]), inner)


def _of(part: Part) -> Computed:
    assert part.result is not None  # noqa: S101 - a composition that computes has all results
    return Computed(Path(part.source.file), part.source.reading, part.result, part.rules)
