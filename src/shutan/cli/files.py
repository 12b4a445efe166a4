"""`shutan template` and `shutan report`: the workbook out, the report back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from shutan.cli.base import BLOCKED, WRONG_USE, Fault, command, json_option, option
from shutan.cli.intake import FILE, Computed, compute, rules_year_option, show_problems
from shutan.cli.output import console, figure, plain, show_json, status_text, table
from shutan.cli.sectors import SECTOR, sector_named
from shutan.cli.words import english, language, pick
from shutan.documents.json_form import write_json
from shutan.documents.problem import Message
from shutan.documents.template import write_template
from shutan.documents.wording import label_of, unit_text, waiting_text
from shutan.kernel import Result, Waiting
from shutan.kernel.explain import status_of
from shutan.screening import engine
from shutan.screening.findings import Finding, Screening, Why

STACK = "stack_measured_emissions"
COMBUSTION = "enterprise_combustion_emissions"


@command("template", "生成供企业填报的工作簿。|Write the workbook a plant fills in.")
@click.argument("sector", type=SECTOR)
@option("--year", type=int, required=True, help="核算年度|reporting year")
@option(
    "-o", "output", type=click.Path(dir_okay=False, path_type=Path), help="文件名，缺省 SECTOR-YEAR.xlsx|file"
)
def template(sector: str, year: int, output: Path | None) -> None:
    """Write an empty workbook."""
    rules = sector_named(sector)
    years = rules.years()
    if year not in years:
        raise Fault(
            f"年份 {year} 没有规则；可选 {years[0]}–{years[-1]}"
            f"|there are no rules for {year}; choose one of {years[0]}–{years[-1]}",
            WRONG_USE,
        )
    target = output or Path(f"{sector}-{year}.xlsx")
    with writing(target.parent):
        write_template(rules, year, target, language=language())
    click.echo(target)


class writing:  # noqa: N801 - reads as a verb: with writing(folder)
    """Say in one line why a folder cannot be written to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __enter__(self) -> None:
        """Make the folder."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self._fault(error) from error

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        """Turn a failure to write into a fault."""
        if isinstance(error, OSError):
            raise self._fault(error) from error

    def _fault(self, error: OSError) -> Fault:
        return Fault(
            f"不能写入 {self.folder}：{error.strerror}|cannot write to {self.folder}: {error.strerror}",
            WRONG_USE,
        )


@command(
    "report",
    "读入工作簿，核算并校验，写出 report.xlsx（公式可复算）、report.pdf、report.json。\n\n"
    "退出码：0 完成；1 数据有问题或有阻断项；2 用法有误。"
    "|Read a workbook, compute and check it, write report.xlsx (live formulas), report.pdf and report.json.\n\n"
    "Exit code: 0 done; 1 something wrong with the data or a finding blocks; 2 wrong use.",
)
@click.argument("file", type=FILE)
@option(
    "-o",
    "output",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="输出文件夹|folder to write to",
)
@rules_year_option
@json_option
def report(file: Path, output: Path, rules_year: int | None, *, as_json: bool) -> None:
    """Make the report."""
    terminal = console(error=True)
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
        console=terminal,
        transient=True,
        disable=not terminal.is_terminal,
    ) as progress:
        task = progress.add_task("", total=None)

        def step(text: str) -> None:
            progress.update(task, description=pick(text))

        step("读入和计算|reading and computing")
        done = compute(file, rules_year, as_json=as_json)
        step("校验|checking")
        screening = engine.run(done.result)
        written = write_all(done, screening, output, step)
    if as_json:
        show_json(answer(done, screening, written))
        show_problems(done.reading.problems, file.name)
    elif done.reading.exercise:  # the result first: what an exercise leaves out, it leaves out on purpose
        show(done, screening, written)
        show_problems(done.reading.problems, file.name, exercise=True)
    else:
        show_problems(done.reading.problems, file.name)
        show(done, screening, written)
    if done.reading.errors or screening.blocks:
        click.get_current_context().exit(BLOCKED)


def write_all(done: Computed, screening: Screening, folder: Path, step: Callable[[str], None]) -> list[Path]:
    """Write report.xlsx, report.pdf and report.json."""
    from shutan.documents.pdf_data import Remark  # noqa: PLC0415 - with the next
    from shutan.documents.report_pdf import write_pdf  # noqa: PLC0415 - Typst is heavy, and only here
    from shutan.documents.report_workbook import write_report  # noqa: PLC0415 - only here

    figures_of = done.reading.year if done.reading.exercise else None
    remarks = [
        Remark(
            one.check,
            Message(one.severity.zh, one.severity.en),
            Message(one.entry.name.zh, one.entry.name.en),
            Message(one.message.zh, one.message.en),
            one.subject.words.en if english() else one.subject.words.zh,
            one.blocks,
        )
        for one in screening.findings
    ]
    files = [folder / f"report.{ending}" for ending in ("xlsx", "pdf", "json")]
    with writing(folder):
        step("写 report.xlsx|writing report.xlsx")
        write_report(done.result, files[0], language(), year=figures_of)
        step("写 report.pdf|writing report.pdf")
        write_pdf(done.result, files[1], language(), remarks=remarks, year=figures_of)
        step("写 report.json|writing report.json")
        text = json.dumps(write_json(done.result, year=figures_of), ensure_ascii=False, indent=1)
        files[2].write_text(text, encoding="utf-8")
    return files


def summary(result: Result) -> list[str]:
    """Return the names the sector shows first."""
    declared = result.rules.report.summary if result.rules.report else ()
    return [name for name in declared if result.has(name)]


def against_stack(result: Result) -> tuple[str, str, str] | None:
    """Return computed and measured emissions and their difference in percent, where a stack measurement was given."""
    if not (result.has(STACK) and result.has(COMBUSTION)):
        return None
    measured, computed = result.value(STACK), result.value(COMBUSTION)
    if isinstance(measured, Waiting) or isinstance(computed, Waiting) or not measured:
        return None
    return plain(computed), plain(measured), f"{(computed - measured) / measured * 100:+.1f}"


def answer(done: Computed, screening: Screening, written: list[Path]) -> dict[str, Any]:
    """Return what `--json` says."""
    result, reading = done.result, done.reading
    stack = against_stack(result)
    return {
        "file": done.file.name,
        "sector": done.rules.name,
        "year": reading.year,
        "rules_year": reading.rules_year,
        "exercise": reading.exercise,
        "title": reading.title,
        "summary": [
            {
                "name": name,
                "zh": label_of(done.rules, name),
                "en": label_of(done.rules, name, "en"),
                "value": plain(result.value(name)),
                "unit": done.rules.unit_of(name),
                "status": status_of(result, name),
                "waiting": sorted({one.name for one in result.value(name).reasons})
                if isinstance(result.value(name), Waiting)
                else [],
            }
            for name in summary(result)
        ],
        "stack": stack and {"computed": stack[0], "measured": stack[1], "difference_percent": stack[2]},
        "problems": [one.json() for one in reading.problems],
        "findings": [one.json() for one in screening.findings],
        "blocks": screening.blocks,
        "files": [str(one) for one in written],
    }


def show(done: Computed, screening: Screening, written: list[Path]) -> None:
    """Print the figures, the findings and what was written."""
    result, reading = done.result, done.reading
    click.echo(f"{reading.title or done.file.name}  {reading.year}")
    if reading.exercise:
        click.echo(
            pick(
                f"练习：{reading.year} 年的数据按 {reading.rules_year} 年度规则计算，不是法定报告"
                f"|An exercise: figures of {reading.year} by the rules of {reading.rules_year}, not a legal report"
            )
        )
    table(
        "",
        ("指标|figure", "数值|value", "单位|unit", "状态|status"),
        [
            (
                label_of(done.rules, name, language()),
                figure(result.value(name)),
                unit_text(done.rules, done.rules.unit_of(name), language()),
                waiting_text(done.rules, result.value(name), language())
                if isinstance(result.value(name), Waiting)
                else status_text(status_of(result, name)),
            )
            for name in summary(result)
        ],
        numbers=(1,),
    )
    if stack := against_stack(result):
        click.echo(
            pick(
                f"烟气实测 {figure(result.value(STACK))} t，核算比实测 {stack[2]} %"
                f"|Measured in the stack {figure(result.value(STACK))} t; computed against measured {stack[2]} %"
            )
        )
    _show_findings(screening)
    for one in written:
        click.echo(one)


def _show_findings(screening: Screening) -> None:
    passed = len(screening.clean)
    left = sum(one.why not in (Why.SECTOR, Why.NOTHING, Why.PLANNED) for one in screening.not_run)
    click.echo(
        pick(
            f"校验：发现 {len(screening.findings)} 处，{passed} 项通过，{left} 项缺数据未运行"
            f"|Checks: {len(screening.findings)} findings, {passed} passed, {left} not run for want of data"
        )
    )
    if screening.findings:
        table(
            "",
            ("校验|check", "程度|weight", "说明|what"),
            [
                (one.check, _weight(one), one.message.en if english() else one.message.zh)
                for one in screening.findings
            ],
        )


def _weight(one: Finding) -> str:
    weight = one.severity.en if english() else one.severity.zh
    return weight + (pick("（试运行）| (trial)") if one.trial else "")
