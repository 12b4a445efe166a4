"""Everything of one enterprise's ten years as one archive, made by the worker's own function.

The months and reports of ten years are those of one year of the demonstration's coal plant, copied below the application: one
book a year with its twelve months, and the annual report in ten versions of its year, because older years have no rules here.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

from benchmarks import filings
from benchmarks.evidence_log import database

YEARS = list(range(2017, 2027))
BAR = 10.0  # s


def lines() -> Iterator[tuple[str, str, str, bool]]:
    """Yield the row of the table."""
    database()
    done = measure()
    yield (
        f"everything of one enterprise's ten years ({done['months']} months of {done['values']:,} values, {done['reports']} reports) as one archive",
        f"{done['seconds']:.1f} s, {done['files']:,} files, {done['size'] / 2**20:.1f} MB, {done['faults']} unreadable",
        "≤ 10 s",
        done["seconds"] <= BAR and not done["faults"],
    )


def measure() -> dict[str, Any]:
    """Make the enterprise and its archive; what was measured."""
    from django.utils import timezone  # noqa: PLC0415 - Django is ready only when this is called

    from shutan.apps.accounts.models import User  # noqa: PLC0415
    from shutan.apps.archives import asking, making  # noqa: PLC0415
    from shutan.apps.archives.views_archives import form_for  # noqa: PLC0415
    from shutan.apps.filing.models import FiledValue, MonthlyFiling  # noqa: PLC0415
    from shutan.apps.reporting.models import Report  # noqa: PLC0415
    from shutan.cli.server import make_demo  # noqa: PLC0415

    make_demo(30)
    person = User.objects.get(username="carbon")
    home = person.organisation
    assert home is not None
    fill(home.pk)
    now = timezone.now()
    told = {"purpose": "own", "first_year": YEARS[0], "last_year": YEARS[-1]}
    asked = asking.ask(person, home, form_for(person, home, told), now=now)
    start = time.perf_counter()
    made = making.make(asked.pk, now)
    seconds = time.perf_counter() - start
    of_home = {"filing__book__organisation": home}
    return {
        "seconds": seconds, "files": made.total, "size": made.size, "faults": made.faults,
        "months": MonthlyFiling.objects.filter(book__organisation=home).count(),
        "values": FiledValue.objects.filter(**of_home).count(),
        "reports": Report.objects.filter(organisation=home).count(),
    }  # fmt: skip


def fill(home: int) -> None:
    """Copy the enterprise's year of accepted months and its submitted report until there are ten of each."""
    from django.db import connection, transaction  # noqa: PLC0415

    from shutan.apps.filing.models import Book, EvidenceFile, FiledValue, MonthlyFiling  # noqa: PLC0415
    from shutan.apps.reporting.models import Report, ReportedValue  # noqa: PLC0415
    from shutan.web.database_roles import as_owner  # noqa: PLC0415

    pattern = Book.objects.get(rule_set="power", year=filings.PATTERN, organisation=home)
    report = Report.objects.filter(organisation=home, state="submitted").order_by("-year", "-version")[0]
    there = Report.objects.filter(organisation=home, year=report.year, state="submitted").count()
    last = Book.objects.order_by("-pk").values_list("pk", flat=True)[0]
    last_report = Report.objects.order_by("-pk").values_list("pk", flat=True)[0]
    with as_owner("default"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        filings.copy(
            cursor, Book, {"year": "y.year"},
            "filing_book s CROSS JOIN unnest(%s) AS y(year) WHERE s.id = %s AND NOT EXISTS (SELECT 1 FROM filing_book b "
            "WHERE b.organisation_id = s.organisation_id AND b.rule_set = s.rule_set AND b.year = y.year)",
            [YEARS, pattern.pk],
        )  # fmt: skip
        books, given = "JOIN filing_book b ON b.id > %s", [last, pattern.pk]
        filings.copy(
            cursor, MonthlyFiling, {"book_id": "b.id", "version": "1", "previous_id": "NULL", "reason": "''"},
            f"filing_monthlyfiling s {books} WHERE s.book_id = %s AND s.state = 'accepted'", given,
        )  # fmt: skip
        of_month = (
            f"{books} JOIN filing_monthlyfiling m ON m.book_id = %s AND m.state = 'accepted' "
            "JOIN filing_monthlyfiling n ON n.book_id = b.id AND n.month = m.month WHERE s.filing_id = m.id"
        )
        for model in (FiledValue, EvidenceFile):
            table = model._meta.db_table  # noqa: SLF001 - Django documents it
            filings.copy(cursor, model, {"filing_id": "n.id"}, f"{table} s {of_month}", given)
        filings.copy(
            cursor, Report, {"version": "y.version", "content_key": "'bench-' || y.version", "previous_id": "NULL"},
            "reporting_report s CROSS JOIN unnest(%s) AS y(version) WHERE s.id = %s",
            [list(range(there + 1, len(YEARS) + 1)), report.pk],
        )  # fmt: skip
        filings.copy(
            cursor, ReportedValue, {"report_id": "r.id"},
            "reporting_reportedvalue s JOIN reporting_report r ON r.id > %s WHERE s.report_id = %s", [last_report, report.pk],
        )  # fmt: skip
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    database()
    print(json.dumps(measure()))
