"""A year's monthly tables for the national platform: the guideline's annex, then how obtained, source and supporting papers."""

from __future__ import annotations

from typing import Any

from shutan.apps.common import platform
from shutan.apps.common.language import language
from shutan.apps.common.platform import Compared, Row, Sheets
from shutan.apps.filing.content import Year
from shutan.documents.grids import Slot, grids
from shutan.documents.wording import say
from shutan.kernel.grain import MONTH
from shutan.rules.evidence import listed

WORDS = 3  # code, item, unit
MONTHS = 12


def tables(year: Year) -> Sheets:
    """The monthly tables of the guideline's annex, in their order."""
    result = year.result()
    found = grids(result, year.rules.report, language()) if year.rules.report else []
    monthly = (grid for grid in found if grid.words == WORDS and len(grid.heads) == WORDS + MONTHS + 1)
    return platform.sheets(result, monthly, language())


def write(year: Year) -> bytes:
    """One sheet a table and block, in the annex's order, with the papers of each month."""
    words = language()
    more = (
        say(words, "获取方式", "obtained"),
        say(words, "数据来源", "source"),
        say(words, "支撑材料", "supporting papers"),
    )
    return platform.write(tables(year), more, lambda row: _sources(year, row))


def write_json(year: Year) -> dict[str, Any]:
    """The same tables for programs."""
    book = year.book
    about = {
        "organisation": book.organisation.name_zh,
        "credit_code": book.organisation.credit_code,
        "rule_set": book.rule_set,
        "year": book.year,
    }
    return platform.write_json(tables(year), about)


def compare(year: Year, content: bytes) -> Compared:
    """Lay a file of the platform beside ours, figure by figure."""
    return platform.compare(tables(year), content)


def _sources(year: Year, row: Row) -> list[str]:
    """How the inputs of a row were obtained, their ledgers and papers, each once."""
    obtained: dict[str, None] = {}
    for slot in row:
        if not isinstance(slot, Slot):
            continue
        grain = year.rules.grain_of(slot.name)
        month = grain.month(slot.key)
        key = tuple(str(part) for name, part in zip(grain.dimensions, slot.key, strict=True) if name != MONTH)
        for variable in (slot.name, f"{slot.name}_reported"):
            home = year.rules.input_table.get(variable)
            cell = year.monthly.get(month or 0, {}).get((home.name, key, variable)) if home else None
            if cell is not None and cell.obtained:
                obtained[str(cell.get_obtained_display())] = None
    inputs = {slot.name for slot in row if isinstance(slot, Slot)}
    papers = [
        one
        for files in year.evidence.values()
        for one in files
        if one.need and _speaks_for(year, one.need, inputs)
    ]
    ledgers = dict.fromkeys(one.ledger for one in papers if one.ledger)
    names = dict.fromkeys(one.name for one in papers)
    return ["；".join(obtained), "；".join(ledgers), "；".join(names)]


def _speaks_for(year: Year, need: str, names: set[str]) -> bool:
    """Whether a paper of the guideline's list belongs to one of these names, as filled in or as computed from it."""
    found = next((one for one in listed(year.rules) if one.name == need), None)
    wanted = (
        {word for one in found.inputs for word in (one, one.removesuffix("_reported"))} if found else set()
    )
    return bool(names & wanted)
