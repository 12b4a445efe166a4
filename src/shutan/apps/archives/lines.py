"""The ledger's lines: one SQL view over the tables of every app that holds records of an enterprise. Nothing is kept twice.

The view is dropped before and made after each migration (`web/apps.py`), so that no app's migration meets it. An arm of it
gives the columns of `Line` for one table; what only the cupboard knows (`Paper`) is joined to each.
"""

from __future__ import annotations

from typing import Any

from django.db import connections

# source: the rest of its SELECT. Columns: key, organisation, kind, rule set, year, month, version, filed, need, number,
# title, place, file name, SHA-256, on record since.
ARMS = {
    "filing.evidencefile": """
        one.id, book.organisation_id, 'paper', book.rule_set, book.year, month.month, month.version,
        month.submitted_at IS NOT NULL, one.need, one.ledger, one.name, one.original_place, one.name, one.sha256,
        one.uploaded_at
        FROM filing_evidencefile one JOIN filing_monthlyfiling month ON month.id = one.filing_id
        JOIN filing_book book ON book.id = month.book_id""",
    "filing.monthlyfiling": """
        one.id, book.organisation_id, 'month', book.rule_set, book.year, one.month, one.version,
        one.submitted_at IS NOT NULL, '', '', '', '', '', '', one.created_at
        FROM filing_monthlyfiling one JOIN filing_book book ON book.id = one.book_id""",
    "reporting.report": """
        one.id, one.organisation_id, 'report', one.rule_set, one.year, NULL, one.version,
        one.submitted_at IS NOT NULL, '', '', one.title, '', '', '', one.created_at
        FROM reporting_report one""",
    "reporting.declaration": """
        one.id, report.organisation_id, 'declaration', report.rule_set, report.year, NULL, report.version,
        report.submitted_at IS NOT NULL, '', '', one.name, '', one.name, one.sha256, one.declared_at
        FROM reporting_declaration one JOIN reporting_report report ON report.id = one.report_id""",
    "schemes.scheme": """
        one.id, one.organisation_id, 'scheme', one.rule_set, one.year, NULL, one.version,
        one.submitted_at IS NOT NULL, '', '', '', '', '', '', one.begun_at
        FROM schemes_scheme one""",
    "schemes.calibration": """
        one.id, meter.organisation_id, 'calibration', '', extract(year FROM one.day), extract(month FROM one.day), 0,
        TRUE, '', one.certificate, concat_ws(' ', meter.number, meter.name), '', one.file_name, one.sha256, one.added_at
        FROM schemes_calibration one JOIN schemes_meter meter ON meter.id = one.meter_id""",
    "labreports.testreport": """
        one.id, one.organisation_id, 'test', '', one.year, one.month, one.version,
        TRUE, '', one.number, one.laboratory_name, '', one.file_name, one.sha256, one.recorded_at
        FROM labreports_testreport one""",
    "disclosure.disclosure": """
        one.id, one.organisation_id, 'disclosure', one.rule_set, one.year, NULL, one.version,
        one.published_at IS NOT NULL, '', '', '', '', '', '', one.created_at
        FROM disclosure_disclosure one""",
    "policies.policy": """
        one.id, one.organisation_id, 'policy', '', one.year, NULL, 0,
        one.proposed_at IS NOT NULL AND one.state <> 'draft', '', '', '', '', '', '', one.begun_at
        FROM policies_policy one""",
}
COLUMNS = (
    "source, source_pk, organisation_id, kind, rule_set, year, month, version, filed, need, number, title, place, "
    "file_name, sha256, at"
)
VIEW = f"""
CREATE VIEW archives_line AS
SELECT held.source || '/' || held.source_pk AS key, held.source, held.source_pk, held.organisation_id, held.kind,
    held.rule_set, held.year::smallint AS year, held.month::smallint AS month, held.version::smallint AS version,
    held.filed, held.need, coalesce(paper.about, '') AS about, held.number, held.title, held.file_name, held.sha256, held.at,
    coalesce(paper.department, '') AS department, coalesce(nullif(paper.place, ''), held.place) AS place,
    paper.own_until, coalesce(paper.state, 'kept') AS state, paper.id AS paper
FROM ({{arms}}) AS held ({COLUMNS})
LEFT JOIN archives_paper paper ON paper.source = held.source AND paper.source_pk = held.source_pk
UNION ALL
SELECT 'archives.paper/' || id, 'archives.paper', id, organisation_id, kind, '', year, month, 0::smallint,
    TRUE, '', about, number, title, '', '', changed_at, department, place, own_until, state, id
FROM archives_paper WHERE source = ''
"""  # noqa: S608 - nothing of it was typed by anybody


def make_view(using: str, **_: Any) -> None:
    """Make the view; called by the owner of the tables after each migration."""
    arms = " UNION ALL ".join(f"SELECT '{source}', {rest}" for source, rest in ARMS.items())
    drop_view(using)
    with connections[using].cursor() as cursor:
        cursor.execute(VIEW.format(arms=arms))


def drop_view(using: str, **_: Any) -> None:
    """Take the view away; a migration may change what it reads."""
    with connections[using].cursor() as cursor:
        cursor.execute("DROP VIEW IF EXISTS archives_line")
