"""A seal stands for all its rows and names the one that differs."""

from decimal import Decimal

import pytest

from shutan.evidence.seal import plain, seal

ROWS = [
    ("fuels", "0", ["烟煤", Decimal("12.500"), None, [1, 2]]),
    ("fuels", "1", ["柴油", Decimal("0.000"), True, []]),
    ("units", "0", ["1号机组", Decimal(300), None, []]),
]


def test_the_zeros_of_a_column_do_not_count():
    same = [("fuels", "0", ["烟煤", Decimal("12.5"), None, [1, 2]]), *ROWS[1:]]
    assert seal(same) == seal(ROWS)
    assert [plain(Decimal(one)) for one in ("1E+3", "0E-18", "-0.10")] == ["1000", "0", "-0.1"]


@pytest.mark.parametrize(("table", "row"), [("fuels", "0"), ("fuels", "1"), ("units", "0")])
def test_one_changed_cell_changes_the_whole_and_its_row_alone(table, row):
    changed = [
        (name, at, ["X", *cells[1:]] if (name, at) == (table, row) else cells) for name, at, cells in ROWS
    ]
    before, after = seal(ROWS), seal(changed)
    assert before["sha256"] != after["sha256"]
    differ = [
        (name, at)
        for name, rows in before["rows"].items()
        for at, digest in rows.items()
        if after["rows"][name][at] != digest
    ]
    assert differ == [(table, row)]


def test_a_row_under_another_name_is_another_row():
    assert seal([("a", "1", [1])])["rows"]["a"]["1"] != seal([("a", "2", [1])])["rows"]["a"]["2"]
    assert seal(ROWS)["sha256"] != seal(ROWS[::-1])["sha256"]
