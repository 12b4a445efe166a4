"""A seal over rows: one digest that stands for all of them, and a short one a row that tells later which row differs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from shutan.evidence.records import canonical

PURPOSE = b"shutan-seal-1\x00"
SHORT = 16  # hexadecimal digits of a row's digest: only names the row, the whole digest proves

Rows = Iterable[tuple[str, str, Sequence[Any]]]


def seal(rows: Rows) -> dict[str, Any]:
    """Return the seal of some rows.

    Args:
        rows: (table, name of the row in it, its cells as `canonical` takes them, Decimals too); ASCII names, each row once,
            in an order that stays.

    Returns:
        `sha256` over everything in order, `rows`: {table: {row: short digest}}.
    """
    whole = hashlib.sha256(PURPOSE)
    short: dict[str, dict[str, str]] = {}
    for table, name, cells in rows:
        digest = hashlib.sha256(PURPOSE + canonical([table, name, [plain(cell) for cell in cells]])).digest()
        whole.update(digest)
        short.setdefault(table, {})[name] = digest.hex()[:SHORT]
    return {"sha256": whole.hexdigest(), "rows": short}


def plain(cell: Any) -> Any:
    """Return a cell as canonical JSON holds it: a Decimal as its shortest text, so that a column's zeros do not count."""
    if isinstance(cell, Decimal):
        return f"{cell.normalize():f}" if cell else "0"
    if isinstance(cell, list | tuple):
        return [plain(one) for one in cell]
    if isinstance(cell, Mapping):
        return {key: plain(one) for key, one in cell.items()}
    return cell if cell is None or isinstance(cell, bool | int | str) else str(cell)
