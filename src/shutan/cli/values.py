"""`shutan explain`, `allocate` and `diff`: questions about the numbers of a filled-in workbook."""

from __future__ import annotations

import difflib
from pathlib import Path

import click

from shutan.cli.base import WRONG_USE, Fault, command, json_option
from shutan.cli.intake import FILE, Computed, compute, rules_year_option, show_problems
from shutan.cli.output import figure, plain, show_json, status_text, table
from shutan.cli.words import english, language, pick
from shutan.documents.grids import unit_of
from shutan.documents.wording import key_text, label_of, unit_text, waiting_text
from shutan.kernel import Explanation, Result, Waiting
from shutan.kernel import explain as explained
from shutan.kernel.difference import differences
from shutan.kernel.explain import Term, status_of
from shutan.kernel.grain import MONTH, Key
from shutan.kernel.report import ALLOWANCES, names_of

MOST_ROWS = 15

HOW = {"total": "之和", "mean": "的平均", "count": "的行数", "largest": "中最大", "least": "中最小"}


@command(
    "explain",
    "说明一个数是怎么来的。KEY 是名称，或 名称@机组/燃料/月份，例如 combustion_emissions@1号机组/烟煤/3。"
    "|Explain one number. KEY is a name, or name@unit/fuel/month, such as combustion_emissions@1号机组/烟煤/3.",
)
@click.argument("file", type=FILE)
@click.argument("key")
@rules_year_option
@json_option
def explain(file: Path, key: str, rules_year: int | None, *, as_json: bool) -> None:
    """Explain a value."""
    done = compute(file, rules_year, as_json=as_json)
    name, row = find(done.result, key)
    told = explained(done.result, name, row, language())
    if as_json:
        show_json(told.json() | {"rules_year": done.result.year})
    else:
        show_explanation(done, told)


def find(result: Result, text: str) -> tuple[str, Key]:
    """Return the name and row a person means, or say which there are."""
    word, _, rest = text.partition("@")
    name = _name(result, word.strip())
    grain = result.rules.grain_of(name)
    parts = [part.strip() for part in rest.split("/")] if rest else []
    keys = result.keys(grain)
    if not parts and len(keys) == 1:
        return name, keys[0]
    wanted = tuple(
        int(part) if dimension == MONTH and part.isdigit() else part
        for dimension, part in zip(grain.dimensions, parts, strict=False)
    )
    if len(parts) == len(grain.dimensions) and wanted in keys:
        return name, wanted
    several = "、".join("/".join(map(str, one)) for one in keys[:MOST_ROWS]) + (
        " …" if len(keys) > MOST_ROWS else ""
    )
    form = "/".join(grain.dimensions)
    raise Fault(
        f"{text}：没有这一行。写作 {name}@{form}，现有：{several}|{text}: no such row. Write {name}@{form}; there are: {several}",
        WRONG_USE,
    )


def _name(result: Result, word: str) -> str:
    names = [name for name in (*result.rules.inputs, *result.rules.order) if result.has(name)]
    if word in names:
        return word
    labelled = [name for name in names if word in result.rules.labels_of(name)]
    if len(labelled) == 1:
        return labelled[0]
    near = labelled or difflib.get_close_matches(word, names, 5, 0.5)
    hint = "、".join(near)
    raise Fault(
        f"没有名称 {word}"
        + (f"；是不是 {hint}？" if near else "")
        + f"|There is no name {word}"
        + (f"; {hint}?" if near else ""),
        WRONG_USE,
    )


def show_explanation(done: Computed, told: Explanation) -> None:
    """Print one value: clause, formula, figures, and where each comes from."""
    rules, result = done.rules, done.result
    unit = unit_of(result, told.name, told.key, language())
    row = key_text(told.key, rules.grain_of(told.name), language())
    click.echo(
        f"{told.en if english() else told.zh}  {told.name}{'@' if told.key else ''}{'/'.join(map(str, told.key))}  {row}".rstrip()
    )
    if isinstance(told.value, Waiting):
        click.echo(waiting_text(rules, told.value, language()))
    else:
        click.echo(f"= {figure(told.value)} {unit}   [{status_text(told.status)}]")
    if told.origin:
        click.echo(pick(f"填报于 {told.origin}|given in {told.origin}"))
    for clause in told.clauses:
        title = clause.en if english() else clause.zh
        click.echo(f"{clause.instrument} {clause.number} {title} [{status_text(clause.status)}]")
    if told.sentence and english():
        click.echo(told.sentence)
    for step in told.steps:
        click.echo(f"  {step}")
    rows = [
        (
            label_of(rules, term.name, language()),
            term.name,
            figure(term.value),
            term.unit
            if term.kind == "parameter"
            else unit_of(result, term.name, None if term.how else term.key, language()),
            _where(term, result),
        )
        for term in told.terms
        if term.used
    ]
    if rows:
        head = ("量|quantity", "名称|name", "数值|value", "单位|unit", "来自|from")
        table("", head, rows, numbers=(2,))
    for record in told.unconfirmed:
        click.echo(
            f"{pick('待核实|unconfirmed')}: {label_of(rules, record.name, language())} {plain(record.value)} "
            f"{'/'.join(record.key)} — {record.source} {record.article} [{status_text(record.status)}]"
        )


def _where(term: Term, result: Result) -> str:
    if term.record:
        return f"{term.record.source} {term.record.article} [{status_text(term.record.status)}]"
    if term.how:
        return pick(f"{len(term.parts)} 行{HOW.get(term.how, term.how)}|{term.how} of {len(term.parts)} rows")
    if term.origin:
        return str(term.origin)
    if term.kind == "input":
        return pick("未填或缺省|left empty or by default")
    address = f"{term.name}@{'/'.join(map(str, term.key))}" if term.key else term.name
    status = status_of(result, term.name, term.key)
    return address + ("" if status == "official" else f" [{status_text(status)}]")


UNIT_FIGURES = (
    "unit_class",
    "allocation_status",
    "generation",
    "heat_supplied",
    "load_factor",
    "load_correction",
    "electricity_allowance",
    "heat_allowance",
    "unit_pre_allocation",
    "unit_allowance",
    "unit_duty",
    "unit_allowance_gap",
)
PLANT_FIGURES = (
    "enterprise_initial_allowance",
    "cap_top_up",
    "enterprise_allowance",
    "surrender_duty",
    "allowance_gap",
    "initial_shortfall_rate",
    "pre_issue",
    "total_issue",
    "still_to_buy",
)


@command(
    "allocate",
    "配额核定：各机组类别、配额，全厂应清缴与盈缺。|Allowances: class and allowance of each unit, duty and gap of the plant.",
)
@click.argument("file", type=FILE)
@rules_year_option
@json_option
def allocate(file: Path, rules_year: int | None, *, as_json: bool) -> None:
    """Show allowances."""
    done = compute(file, rules_year, as_json=as_json)
    result = done.result
    declared = [
        name
        for one in done.rules.report_tables(result.year)
        if one.number == ALLOWANCES
        for name in names_of(one)
    ]
    shown = [name for name in dict.fromkeys((*UNIT_FIGURES, *declared, *PLANT_FIGURES)) if result.has(name)]
    if not any(name in shown for name in ("unit_allowance", "enterprise_allowance")):
        raise Fault(f"{result.year} 年度没有配额分配规则。|There are no allocation rules for {result.year}.")
    if as_json:
        show_json(
            {
                "file": file.name,
                "rules_year": result.year,
                "exercise": done.reading.exercise,
                "values": [
                    {
                        "name": name,
                        "key": list(key),
                        "value": plain(value),
                        "unit": unit if isinstance(unit := done.rules.unit_of(name), str) else None,
                        "status": status_of(result, name, key),
                        "waiting": sorted({one.name for one in value.reasons})
                        if isinstance(value, Waiting)
                        else [],
                    }
                    for name in shown
                    for key, value in result.items(name)
                ],
            }
        )
        return
    show_problems(done.reading.problems, file.name, exercise=done.reading.exercise)
    table(
        "",
        ("行|row", "指标|figure", "数值|value", "单位|unit", "状态|status"),
        [
            (
                "/".join(map(str, key)),
                label_of(done.rules, name, language()),
                figure(value),
                unit_text(done.rules, done.rules.unit_of(name), language()),
                waiting_text(done.rules, value, language())
                if isinstance(value, Waiting)
                else status_text(status_of(result, name, key)),
            )
            for name in shown
            for key, value in result.items(name)
        ],
        numbers=(2,),
    )


@command(
    "diff",
    "比较两个工作簿：哪些数变了，变了多少，因为什么。|Compare two workbooks: which values changed, by how much, and why.",
)
@click.argument("file1", type=FILE)
@click.argument("file2", type=FILE)
@rules_year_option
@json_option
def diff(file1: Path, file2: Path, rules_year: int | None, *, as_json: bool) -> None:
    """Compare two files."""
    before = compute(file1, rules_year, as_json=as_json)
    after = compute(file2, rules_year, as_json=as_json)
    if before.rules is not after.rules:
        raise Fault(
            "两个文件的行业不同，不能比较。|The files are of different sectors and cannot be compared.",
            WRONG_USE,
        )
    found = differences(before.result, after.result)
    if as_json:
        show_json(
            [
                {
                    "name": one.name,
                    "key": list(one.key),
                    "before": plain(one.before),
                    "after": plain(one.after),
                    "change": plain(one.change),
                    "causes": list(one.causes),
                }
                for one in found
            ]
        )
        return
    if not found:
        click.echo(pick("没有差别。|No difference."))
        return
    table(
        pick(f"{len(found)} 处差别|{len(found)} differences"),
        ("量|quantity", "行|row", "之前|before", "之后|after", "变化|change", "因为|because of"),
        [
            (
                label_of(after.rules, one.name, language()),
                "/".join(map(str, one.key)),
                figure(one.before),
                figure(one.after),
                figure(one.change),
                ", ".join(one.causes) or pick("填报|input"),
            )
            for one in found
        ],
        numbers=(2, 3, 4),
    )
