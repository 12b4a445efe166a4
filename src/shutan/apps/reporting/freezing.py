"""Database triggers that freeze a submitted report and whatever belongs to it, whoever asks and by whatever way."""

from __future__ import annotations

import pgtrigger

_FROZEN = """
    IF EXISTS (
        SELECT 1 FROM {rows} JOIN reporting_report report ON report.id = {rows}.report_id
        WHERE report.state = 'submitted'
    ) THEN
        RAISE EXCEPTION 'the report is submitted: its rows are frozen';
    END IF;
    RETURN NULL;
"""


def rows_frozen_with_report(name: str) -> list[pgtrigger.Trigger]:
    """For a table with `report_id`: nothing is added, changed, removed or truncated once the report is submitted.

    Statement triggers over transition tables: ten thousand rows written by COPY cost one look, not ten thousand.
    """

    def frozen(word: str, operation: pgtrigger.Operation, **rows: str) -> pgtrigger.Trigger:
        func = _FROZEN.format(rows=rows.get("old") or rows["new"])
        return pgtrigger.Trigger(
            name=f"{name}_frozen_{word}",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=pgtrigger.Referencing(**rows),
            func=func,
        )

    return [
        frozen("insert", pgtrigger.Insert, new="new_rows"),
        # Moving a row into a submitted report is seen in the new rows, out of one in the old rows.
        frozen("update_from", pgtrigger.Update, old="old_rows"),
        frozen("update_to", pgtrigger.Update, new="new_rows"),
        frozen("delete", pgtrigger.Delete, old="old_rows"),
        no_truncate(name),
    ]


def frozen_once(name: str, condition: pgtrigger.Q) -> list[pgtrigger.Trigger]:
    """For a table whose rows freeze when the old row fits the condition."""
    return [
        pgtrigger.Protect(
            name=f"{name}_frozen", operation=pgtrigger.Update | pgtrigger.Delete, condition=condition
        ),
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
