"""Three filed years of every enterprise, copied from the demonstration's coal plant below the application.

Through the actions 36,000 months would take hours; the pages that are measured only read them.
"""

from __future__ import annotations

from typing import Any

YEARS = (2023, 2024, 2025)
PATTERN = 2025  # the demonstration's year whose twelve months are all accepted


def fill() -> dict[str, int]:
    """Copy the pattern's year to every enterprise for three years; returns how many of each were made."""
    from django.db import connection, transaction  # noqa: PLC0415 - Django is ready only when this is called

    from shutan.apps.accounts.models import Kind  # noqa: PLC0415
    from shutan.apps.filing.models import Book, EvidenceFile, FiledValue, MonthlyFiling  # noqa: PLC0415
    from shutan.web.database_roles import as_owner  # noqa: PLC0415

    pattern = Book.objects.get(rule_set="power", year=PATTERN, organisation__kind=Kind.ENTERPRISE)
    made = {}
    last_book = Book.objects.order_by("-pk").values_list("pk", flat=True)[0]
    with as_owner("default"), transaction.atomic(), connection.cursor() as cursor:
        # Filed rows are frozen and every change is kept: for people, not for tables filled by their owner.
        cursor.execute("SET LOCAL session_replication_role = replica")
        made["books"] = copy(
            cursor,
            Book,
            {"organisation_id": "o.id", "year": "y.year"},
            "filing_book s CROSS JOIN accounts_organisation o CROSS JOIN unnest(%s) AS y(year) "
            "WHERE s.id = %s AND o.kind = %s AND NOT EXISTS (SELECT 1 FROM filing_book b "
            "WHERE b.organisation_id = o.id AND b.rule_set = s.rule_set AND b.year = y.year)",
            [list(YEARS), pattern.pk, Kind.ENTERPRISE],
        )
        cursor.execute("ANALYZE")  # what was just inserted decides how the next rows are joined
        copies = "JOIN filing_book p ON p.id = %s JOIN filing_book b ON b.id > %s"
        given = [pattern.pk, last_book]
        made["months"] = copy(
            cursor,
            MonthlyFiling,
            {"book_id": "b.id", "version": "1", "previous_id": "NULL", "reason": "''"},
            f"filing_monthlyfiling s {copies} WHERE s.book_id = p.id AND s.state = 'accepted'",
            given,
        )
        made["yearly values"] = copy(
            cursor,
            FiledValue,
            {"book_id": "b.id"},
            f"filing_filedvalue s {copies} WHERE s.book_id = p.id",
            given,
        )
        cursor.execute("ANALYZE")
        of_month = (
            f"{copies} JOIN filing_monthlyfiling m ON m.book_id = p.id AND m.state = 'accepted' "
            "JOIN filing_monthlyfiling n ON n.book_id = b.id AND n.month = m.month WHERE s.filing_id = m.id"
        )
        made["values"] = copy(
            cursor, FiledValue, {"filing_id": "n.id"}, f"filing_filedvalue s {of_month}", given
        )
        made["papers"] = copy(
            cursor, EvidenceFile, {"filing_id": "n.id"}, f"filing_evidencefile s {of_month}", given
        )
        cursor.execute("ANALYZE")  # as the database's own upkeep would have done by the morning
    return made


def copy(cursor: Any, model: Any, own: dict[str, str], source: str, given: list[Any]) -> int:
    """Insert the rows `s` of a source again, some columns with values of their own; returns how many."""
    columns = [field.column for field in model._meta.concrete_fields if not field.primary_key]  # noqa: SLF001
    written = ", ".join(f'"{column}"' for column in columns)
    taken = ", ".join(own.get(column, f's."{column}"') for column in columns)
    cursor.execute(f"INSERT INTO {model._meta.db_table} ({written}) SELECT {taken} FROM {source}", given)  # noqa: S608, SLF001
    return int(cursor.rowcount)
