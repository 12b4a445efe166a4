"""The bars of the sectors: each explained enterprise-year on its example, and Monte Carlo on a steel works with every
input stated.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from shutan.documents.workbook import read_workbook
from shutan.kernel import Number, Result, RuleSet
from shutan.kernel.draws import monte_carlo
from shutan.kernel.uncertainty import Stated, first_order

EXAMPLES = Path(__file__).parents[1] / "examples"
WORKS = EXAMPLES / "steel_2024.xlsx"
YEAR_BAR, DRAWS_BAR = 0.06, 2.0  # seconds
Best = Callable[[Callable[[], Any], int], float]
Line = tuple[str, str, str, bool]


def example(path: Path) -> Result:
    """Return a computed example; foreign figures are an exercise under the law of 2024."""
    reading = read_workbook(path)
    if reading.rules_year is None:
        reading = read_workbook(path, rules_year=2024)
    assert reading.rules is not None, path
    assert reading.rules_year is not None, path
    return reading.rules.evaluate(reading.rules_year, reading.data)


def years(best: Best, most: int = 100) -> list[Line]:
    """The slowest explained year of each rule set on its examples."""
    slowest: dict[str, tuple[float, str]] = {}
    for path in sorted(EXAMPLES.glob("*.xlsx"))[:most]:
        result = example(path)
        rules, year, data = result.rules, result.year, result.data
        rules.evaluate(year, data)  # the first one makes the plan

        def again(rules: RuleSet = rules, year: int = year, data: Any = data) -> Any:
            return rules.evaluate(year, data)

        words = f"{path.stem}, {sum(map(len, result.columns.values())):,} values"
        slowest[rules.name] = max(slowest.get(rules.name, (0.0, "")), (best(again, 15), words))
    return [
        (
            f"explained year, {name} ({words})",
            f"{time * 1000:.1f} ms",
            f"≤ {YEAR_BAR * 1000:.0f} ms",
            time <= YEAR_BAR,
        )
        for name, (time, words) in sorted(slowest.items(), key=lambda item: -item[1][0])
    ]


def draws(best: Best, number: int = 100_000) -> list[Line]:
    """Every input that has figures is stated with 5 %, each row a source of its own; the report's total and its slowest."""
    result = example(WORKS)
    rules = result.rules
    stated = [
        Stated(name, 0.05)
        for name, one in rules.inputs.items()
        if isinstance(one, Number) and any(isinstance(value, Decimal) for value in result.columns[name])
    ]
    lines = []
    for name in ("enterprise_emissions", "other_emissions"):
        drawn = monte_carlo(result, name, (), stated, draws=number, seed=1)
        found = first_order(result, name, (), stated)
        assert abs(drawn.deviation / found.deviation - 1) < 0.05, (drawn, found)

        def again(name: str = name) -> Any:
            return monte_carlo(result, name, (), stated, draws=number, seed=1)

        time = best(again, 7)
        what = f"{number:,} draws of a steel works, {len(stated)} inputs stated: {name}"
        words = f"{time:.2f} s, {len(found.by_row)} rows take part"
        lines.append((what, words, f"≤ {DRAWS_BAR:.0f} s", time <= DRAWS_BAR))
    return lines
