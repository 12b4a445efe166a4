"""Database triggers that freeze a record once it is filed, and whatever belongs to it, whoever asks and by whatever way."""

from __future__ import annotations

import pgtrigger


def rows_frozen(name: str, func: str) -> list[pgtrigger.Trigger]:
    """For a table of rows that belong to a record: nothing is added, changed, removed or truncated once it is filed.

    Statement triggers over transition tables: ten thousand rows written by COPY cost one look, not ten thousand.

    Args:
        name: of the table, for the triggers' names.
        func: PL/pgSQL that raises where one of `{rows}` belongs to a filed record.
    """

    def frozen(word: str, operation: pgtrigger.Operation, **rows: str) -> pgtrigger.Trigger:
        return pgtrigger.Trigger(
            name=f"{name}_frozen_{word}",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=pgtrigger.Referencing(**rows),
            func=func.format(rows=rows.get("old") or rows["new"]),
        )

    return [
        frozen("insert", pgtrigger.Insert, new="new_rows"),
        # Moving a row into a filed record is seen in the new rows, out of one in the old rows.
        frozen("update_from", pgtrigger.Update, old="old_rows"),
        frozen("update_to", pgtrigger.Update, new="new_rows"),
        frozen("delete", pgtrigger.Delete, old="old_rows"),
        no_truncate(name),
    ]


def no_truncate(name: str) -> pgtrigger.Trigger:
    """TRUNCATE passes row triggers, so it has one of its own."""
    return pgtrigger.Trigger(
        name=f"{name}_no_truncate",
        operation=pgtrigger.Truncate,
        when=pgtrigger.Before,
        level=pgtrigger.Statement,
        func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;",
    )
