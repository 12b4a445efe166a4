"""`shutan uncertainty`: how uncertain a value is, given how uncertain the figures behind it are."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import click

from shutan.cli.base import WRONG_USE, Fault, command, json_option, option
from shutan.cli.intake import FILE, Computed, compute, rules_year_option
from shutan.cli.output import figure, show_json, table
from shutan.cli.values import find
from shutan.cli.words import language, pick
from shutan.documents.grids import unit_of
from shutan.documents.uncertainty import MOST_DRAWS, digits, run, statement, write_json
from shutan.documents.wording import key_text, label_of, waiting_text
from shutan.kernel import Waiting
from shutan.kernel.draws import Drawn
from shutan.kernel.uncertainty import FirstOrder, Share, StatementError

BAR, MOST_ROWS = 40, 10


@command(
    "uncertainty",
    "数值的不确定性及各项输入的贡献。--given 声明 95 % 置信区间的相对半宽；未声明的视为准确，不设缺省。"
    "|The uncertainty of a value and what each input contributes. --given states the half-width of a 95 % interval, "
    "relative to the figure; what is not stated is taken as exact.",
)
@click.argument("file", type=FILE)
@click.argument("key", metavar="NAME[@KEY]")
@option(
    "--given",
    multiple=True,
    required=True,
    metavar="NAME[@KEY]=2%[,SHAPE][,shared]",
    help="输入或参数的不确定性，可多次给出。SHAPE：normal（缺省）、triangular、uniform；shared：各行同偏（同一台秤）"
    "|uncertainty of an input or a parameter; may be repeated. SHAPE: normal (default), triangular, uniform; "
    "shared: all rows are off by the same share (one scale)",
)
@option(
    "--draws",
    type=click.IntRange(2, MOST_DRAWS),
    help="另作蒙特卡洛模拟的抽样次数|draws of a Monte Carlo simulation as well",
)
@option(
    "--seed",
    type=click.IntRange(0),
    default=0,
    help="随机种子，缺省 0；相同则结果相同|seed of the draws, 0 by default; the same one gives the same figures",
)
@rules_year_option
@json_option
def uncertainty(  # noqa: PLR0917 - click hands over by name
    file: Path,
    key: str,
    given: Sequence[str],
    draws: int | None,
    seed: int,
    rules_year: int | None,
    *,
    as_json: bool,
) -> None:
    """Show how uncertain a value is."""
    done = compute(file, rules_year, as_json=as_json)
    name, row = find(done.result, key)
    try:
        stated = [statement(done.result, text) for text in given]
        found = run(done.result, name, row, stated, draws=draws or 0, seed=seed)
    except StatementError as error:
        raise Fault(str(error), WRONG_USE) from None
    if as_json:
        show_json(write_json(found, done.reading.year, language()))
    else:
        _show(done, found.found, found.drawn)


def _percent(value: float | None) -> str:
    return "…" if value is None or not math.isfinite(value) else f"{Decimal(f'{100 * value:.3g}'):f} %"


def _show(done: Computed, found: FirstOrder, drawn: Drawn | None) -> None:
    rules, result = done.rules, done.result
    address = f"{found.name}@{'/'.join(map(str, found.key))}" if found.key else found.name
    click.echo(f"{label_of(rules, found.name, language())}  {address}")
    if isinstance(found.value, Waiting):
        click.echo(waiting_text(rules, found.value, language()))
        return
    unit = unit_of(result, found.name, found.key, language())
    relative = "" if found.relative is None else f" (±{_percent(found.relative)})"
    click.echo(
        f"= {figure(found.value)} ± {digits(found.half_width)} {unit}{relative}   "
        + pick("[95 %，一阶，舍入不计]|[95 %, first order, roundings left out]")
    )
    if drawn is not None:
        _show_draws(drawn, unit)
    _show_shares(done, found)
    if found.idle:
        names = pick("、|, ").join(found.idle)
        click.echo(pick(f"对本值没有影响：{names}|without influence on this value: {names}"))


def _show_draws(drawn: Drawn, unit: str) -> None:
    low, mean, high = (_plain(one) for one in (drawn.low, drawn.mean, drawn.high))
    click.echo(
        pick(
            f"蒙特卡洛 {drawn.draws:,} 次（种子 {drawn.seed}）：平均 {mean}，95 % 区间 {low} 至 {high} {unit}"
            f"|Monte Carlo, {drawn.draws:,} draws (seed {drawn.seed}): mean {mean}, 95 % from {low} to {high} {unit}"
        )
    )
    if drawn.waiting:
        click.echo(
            pick(
                f"其中 {drawn.waiting:,} 次算不出数值，未计入|{drawn.waiting:,} of them had no value and are left out"
            )
        )


def _plain(value: float) -> str:
    return f"{Decimal(f'{value:.7g}'):,f}" if math.isfinite(value) else "…"


def _show_shares(done: Computed, found: FirstOrder) -> None:
    """Write what each name contributes as bars, then the rows that contribute most."""
    rules = done.rules
    if not found.by_name:
        return
    bars = [
        (
            label_of(rules, one.name, language()),
            one.name,
            _percent(one.share),
            "█" * max(1, round(BAR * one.share)) if one.share else "",
            digits(one.sensitivity) or "…",
        )
        for one in found.by_name
    ]
    head = ("来源|source", "名称|name", "方差占比|share", "|", "输入 +1 %，结果 %|% for +1 %")
    table(pick("各项贡献|Contributions"), head, bars, numbers=(2, 4))
    if len(found.by_row) > len(found.by_name):
        heads = ("来源|source", "名称|name", "行|row", "方差占比|share")
        rows = [
            (
                label_of(rules, one.name, language()),
                one.name,
                _row(done, one),
                _percent(one.share),
            )
            for one in found.by_row[:MOST_ROWS]
        ]
        table(pick("贡献最大的行|Rows that contribute most"), heads, rows, numbers=(3,))


def _row(done: Computed, one: Share) -> str:
    if one.key is None:
        return pick("各行同偏|all together")
    grain = done.rules.grain_of(one.name) if one.name in done.rules.inputs else None
    return key_text(one.key, grain, language())
