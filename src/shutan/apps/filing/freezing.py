"""Database triggers: a month is open while it is a draft; once filed only the authorities' decision on it moves."""

from __future__ import annotations

import pgtrigger

from shutan.apps.common.freezing import no_truncate, rows_frozen

_ROWS = """
    IF EXISTS (
        SELECT 1 FROM {rows} JOIN filing_monthlyfiling month ON month.id = {rows}.filing_id
        WHERE month.state <> 'draft'
    ) THEN
        RAISE EXCEPTION 'the month is under review or filed: its rows are frozen';
    END IF;
    RETURN NULL;
"""
_OPEN = "('draft', 'internal')"
# From where to where a decision moves a filed month. What was returned or corrected is done with.
_STEPS = (
    ("submitted", "passed_city"),
    ("submitted", "accepted"),
    ("submitted", "returned"),
    ("passed_city", "accepted"),
    ("passed_city", "returned"),
)
_KEPT = (
    "book_id", "month", "version", "previous_id", "reason", "stopped", "unchanged", "content_digest",
    "created_by_id", "created_at", "sent_by_id", "sent_at", "submitted_by_id", "submitted_at",
)  # fmt: skip


def rows_frozen_with_month(name: str) -> list[pgtrigger.Trigger]:
    """For a table with `filing_id`: nothing is added, changed, removed or truncated unless the month is a draft."""
    return rows_frozen(name, _ROWS)


def month_frozen(name: str) -> list[pgtrigger.Trigger]:
    """For the months: what was filed stays as it was, its state moves by the steps of review alone."""
    old, new = (", ".join(f"{row}.{column}" for column in _KEPT) for row in ("OLD", "NEW"))
    steps = ", ".join(f"('{before}', '{after}')" for before, after in _STEPS)
    func = f"""
        IF OLD.state IN {_OPEN} THEN
            RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
        END IF;
        IF TG_OP = 'DELETE' OR ROW({old}) IS DISTINCT FROM ROW({new}) THEN
            RAISE EXCEPTION 'the month is filed: it cannot be changed or removed';
        END IF;
        IF OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN ({steps}) THEN
            RAISE EXCEPTION 'a filed month cannot go from % to %', OLD.state, NEW.state;
        END IF;
        RETURN NEW;
    """
    return [
        pgtrigger.Trigger(
            name=f"{name}_frozen",
            when=pgtrigger.Before,
            operation=pgtrigger.Update | pgtrigger.Delete,
            func=func,
        ),
        no_truncate(name),
    ]
