"""Database triggers that freeze a submitted report and whatever belongs to it, whoever asks and by whatever way."""

from __future__ import annotations

import pgtrigger

from shutan.apps.common.freezing import no_truncate, rows_frozen

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
    """For a table with `report_id`: nothing is added, changed, removed or truncated once the report is submitted."""
    return rows_frozen(name, _FROZEN)


def frozen_once(name: str, condition: pgtrigger.Q) -> list[pgtrigger.Trigger]:
    """For a table whose rows freeze when the old row fits the condition."""
    return [
        pgtrigger.Protect(
            name=f"{name}_frozen", operation=pgtrigger.Update | pgtrigger.Delete, condition=condition
        ),
        no_truncate(name),
    ]
