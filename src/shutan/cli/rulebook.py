"""`shutan parameters` and `shutan clauses`: the numbers and the text of the law, with their sources."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

import click

from shutan.cli.base import WRONG_USE, Fault, command, json_option, option
from shutan.cli.output import plain, show_json, status_text, table
from shutan.cli.sectors import SECTOR, sector_named, sectors
from shutan.cli.words import english, pick
from shutan.kernel import Clause, Parameter, ParameterValue, RuleSet

Row = tuple[str, ...]

SECTORS = "行业|sectors"
FEW = 2


@command(
    "parameters",
    "查询法规参数：每个日期的取值、来源、确认程度。\n\n给出 NAME 时列出该参数的全部历史；--on 只看某日有效的值。"
    "|Look up the numbers of the law: value by date, source, how sure it is.\n\n"
    "With NAME the whole history; --on shows what holds on one day.",
)
@click.argument("name", required=False)
@option("--on", type=click.DateTime(["%Y-%m-%d"]), help="有效日期 YYYY-MM-DD|the day, YYYY-MM-DD")
@option("--sector", type=SECTOR, help="行业，缺省为全部|sector; all by default")
@json_option
def parameters(name: str | None, on: dt.datetime | None, sector: str | None, *, as_json: bool) -> None:
    """List parameters or the history of one."""
    day = on.date() if on else None
    chosen = [
        (rules, parameter)
        for rules in _chosen(sector)
        for parameter in rules.parameters.values()
        if name is None or name == parameter.name or _contains(name, parameter)
    ]
    exact = [(rules, parameter) for rules, parameter in chosen if parameter.name == name]
    chosen = exact or chosen
    if not chosen:
        raise Fault(
            f"没有参数 {name}；shutan parameters 列出全部。|There is no parameter {name}; shutan parameters lists all.",
            WRONG_USE,
        )
    if as_json:
        show_json([_parameter_json(rules, parameter, day) for rules, parameter in chosen])
    elif len(chosen) == 1 or day is not None:
        _show_values(chosen, day)
    else:
        rows = [
            (
                rules.name,
                (one.name, pick(f"{one.zh}|{one.en}"), one.unit, ", ".join(one.by), str(len(one.values))),
            )
            for rules, one in chosen
        ]
        head = ("参数|parameter", "名称|name", "单位|unit", "分类依据|keyed by", "取值数|values")
        table("", (*head, SECTORS), _once(rows), numbers=(4,))


@command(
    "clauses",
    "检索条款：编号、标题或摘要中含有全部检索词的条款。|Search the clauses in whose number, title or summary every word stands.",
)
@click.argument("search", nargs=-1)
@option("--sector", type=SECTOR, help="行业，缺省为全部|sector; all by default")
@json_option
def clauses(search: tuple[str, ...], sector: str | None, *, as_json: bool) -> None:
    """List the clauses that match."""
    found = [
        (rules, clause) for rules in _chosen(sector) for clause in rules.clauses.search(" ".join(search))
    ]
    if as_json:
        show_json([_clause_json(rules, clause) for rules, clause in found])
        return
    if not found:
        click.echo(pick("没有符合的条款。|No clause matches."), err=True)
        return
    table(
        "",
        (
            "条款|clause",
            "标题|title",
            "有效期|in force",
            "规则|rules",
            "状态|status",
            "摘要|summary",
            SECTORS,
        ),
        _once(
            (
                rules.name,
                (
                    clause.id,
                    clause.en if english() else clause.zh,
                    f"{clause.since} – {clause.until or ''}".strip(),
                    _few(_rules_of(rules, clause)),
                    status_text(clause.status),
                    clause.summary if english() else clause.summary_zh,
                ),
            )
            for rules, clause in found
        ),
    )


def _chosen(sector: str | None) -> list[RuleSet]:
    return [sector_named(sector)] if sector else list(sectors().values())


def _once(rows: Iterable[tuple[str, Row]]) -> list[Row]:
    """Return each row once, followed by the sectors that share it."""
    found: dict[Row, list[str]] = {}
    for sector, row in rows:
        found.setdefault(row, []).append(sector)
    return [(*row, ", ".join(named)) for row, named in found.items()]


def _few(names: list[str]) -> str:
    """Return the first names and how many there are; --json has them all."""
    return ", ".join(names[:FEW]) + (f" … ({len(names)})" if len(names) > FEW else "")


def _contains(word: str, parameter: Parameter) -> bool:
    return any(word.casefold() in text.casefold() for text in (parameter.name, parameter.zh, parameter.en))


def _holding(parameter: Parameter, day: dt.date | None) -> Iterator[ParameterValue]:
    """Yield all values, or of each key the one that holds on the day."""
    if day is None:
        yield from parameter.values
        return
    for key in parameter.keys():  # noqa: SIM118 - not a mapping
        record = parameter.on(day, key)
        if record is not None:
            yield record


def _show_values(chosen: list[tuple[RuleSet, Parameter]], day: dt.date | None) -> None:
    alone = len(chosen) == 1
    if alone:
        _, one = chosen[0]
        click.echo(f"{one.name}  {pick(f'{one.zh}|{one.en}')}  [{one.unit}]")
    rows = [
        (
            rules.name,
            (
                *(() if alone else (one.name,)),
                " / ".join(record.key),
                plain(record.value) or "…",
                *(() if alone else (one.unit,)),
                f"{record.since} – {record.until or ''}".strip(),
                status_text(record.status),
                f"{record.source} {record.article}".strip(),
            ),
        )
        for rules, one in chosen
        for record in _holding(one, day)
    ]
    if not rows:
        click.echo(pick(f"{day} 没有取值。|No value holds on {day}."), err=True)
        return
    head: tuple[str, ...] = (
        "类别|key",
        "取值|value",
        "有效期|in force",
        "状态|status",
        "来源|source",
        SECTORS,
    )
    if not alone:
        head = ("参数|parameter", *head[:2], "单位|unit", *head[2:])
    table("", head, _once(rows), numbers=(1 if alone else 2,))


def _parameter_json(rules: RuleSet, one: Parameter, day: dt.date | None) -> dict[str, Any]:
    return {
        "sector": rules.name,
        "name": one.name,
        "zh": one.zh,
        "en": one.en,
        "unit": one.unit,
        "by": list(one.by),
        "values": [
            {
                "key": list(record.key),
                "value": plain(record.value),
                "from": plain(record.since),
                "until": plain(record.until),
                "status": record.status,
                "source": record.source,
                "article": record.article,
                "note": pick(record.note),
            }
            for record in _holding(one, day)
        ],
    }


def _rules_of(rules: RuleSet, clause: Clause) -> list[str]:
    return [
        name for name, versions in rules.rules.items() if any(clause.id in made.clauses for made in versions)
    ]


def _clause_json(rules: RuleSet, clause: Clause) -> dict[str, Any]:
    return {
        "sector": rules.name,
        "id": clause.id,
        "instrument": clause.instrument,
        "number": clause.number,
        "zh": clause.zh,
        "en": clause.en,
        "summary": clause.summary,
        "summary_zh": clause.summary_zh,
        "from": plain(clause.since),
        "until": plain(clause.until),
        "kind": clause.kind,
        "status": clause.status,
        "source": clause.source,
        "rules": _rules_of(rules, clause),
    }
