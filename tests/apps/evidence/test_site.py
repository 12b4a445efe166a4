"""Whoever owns the database can switch triggers off and change anything; the site's audit names what was changed."""

import json

import pytest
from click.testing import CliRunner
from django.db import connection
from reporting_helpers import NOW

from shutan.apps.accounts.access_table import ACTIONS
from shutan.apps.evidence import checkpoints
from shutan.apps.evidence.kinds import KINDS
from shutan.apps.evidence.models import Record
from shutan.apps.evidence.site import CHUNK, audit, differing
from shutan.cli import cli


@pytest.fixture(autouse=True)
def key_folder(settings, tmp_path):
    settings.EVIDENCE_KEYS = tmp_path / "keys"


def as_owner(statement, *values):
    """Change rows as the owner of the tables can: with the triggers asleep."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(statement, values)
        assert cursor.rowcount > 0
        cursor.execute("SET session_replication_role = origin")


def said():
    return [(one.code, one.about) for one in audit().faults], "\n".join(one.en for one in audit().faults)


@pytest.fixture
def log(report, add):
    add(6)
    checkpoints.make(now=NOW)
    return report


def test_an_untouched_site_holds(log):
    found = audit()
    assert (found.faults, found.records, found.checkpoints, found.files) == ([], 7, 1, 2)
    assert found.unread == {"test.act": 6}
    answer = CliRunner().invoke(cli, ["--language", "en", "evidence", "audit", "--site"])
    assert answer.exit_code == 0, answer.output
    assert "7 records, 1 checkpoints and 2 files agree" in answer.output


def test_a_changed_value_is_named_by_its_row(log):
    as_owner(
        "UPDATE reporting_reportedvalue SET number = number + 1 WHERE report_id = %s AND variable = %s AND month = 3"
        " AND obtained = 'given'",
        log.pk,
        "fuel_consumption_reported",
    )
    codes, words = said()
    assert {code for code, _ in codes} == {"row"}
    assert {about for _, about in codes} == {f"reporting.report/{log.pk}"}
    assert "facts.seal.rows.given.fuel_months." in words
    assert "sha256 " not in words
    answer = CliRunner().invoke(cli, ["evidence", "audit", "--site", "--json"])
    assert answer.exit_code == 1
    assert not json.loads(answer.output)["holds"]


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("DELETE FROM reporting_reportedvalue WHERE report_id = {pk} AND variable = 'fuel_consumption_reported'", "rows.given.fuel_months"),
        ("UPDATE reporting_report SET reason = 'x' WHERE id = {pk}", "facts.reason"),
        ("UPDATE reporting_report SET state = 'draft', version = 0, submitted_at = NULL WHERE id = {pk}", "gone"),
        ("UPDATE reporting_checkrun SET why = 'x' WHERE report_id = {pk}", "rows.checks.0"),
        ("UPDATE reporting_sourcefile SET name = 'other.xlsx'", "files.coal.xlsx"),
        ("UPDATE evidence_record SET content = jsonb_set(content, '{{facts,year}}', '2023') WHERE kind = 'reporting.submit'", "the record itself"),
        ("UPDATE evidence_record SET kind = 'reporting.delete_draft' WHERE kind = 'reporting.submit'", "the record itself"),
        ("DELETE FROM evidence_record WHERE index = 3", "record 3"),
        ("UPDATE evidence_node SET sm3 = sha256 WHERE level = 1 AND index = 1", "node 1/1"),
        ("DELETE FROM evidence_node WHERE level = 2", "node 2/0"),
        ("INSERT INTO evidence_node SELECT 9, 0, sha256, sm3 FROM evidence_node WHERE level = 0 AND index = 0", "nodes, not"),
        ("UPDATE evidence_checkpoint SET text = replace(text, 'time 2', 'time 1')", "signature"),
        ("UPDATE evidence_checkpoint SET at = at + interval '1 day'", "was changed"),
    ],
)  # fmt: skip
def test_what_was_changed_is_named(log, statement, named):
    as_owner(statement.format(pk=log.pk))
    assert named in said()[1]


def test_a_changed_and_a_missing_file_are_named(log, files):
    digest = log.source.sha256
    place = files / "sources" / digest[:2] / digest
    place.chmod(0o600)
    place.write_bytes(b"another workbook")
    assert "file coal.xlsx is missing or was changed" in said()[1]
    place.unlink()
    assert said()[0] == [("file", f"reporting.report/{log.pk}")]


def test_a_filing_that_no_action_made_is_named(log):
    as_owner(
        "INSERT INTO reporting_report (organisation_id, rule_set, year, rules_year, title, state, version, reason,"
        " content_key, revision, computed_with, created_at, changed_at, submitted_at)"
        " SELECT organisation_id, rule_set, 2030, 2030, title, state, 1, '', 'x', 1, '', created_at, changed_at, submitted_at"
        " FROM reporting_report WHERE id = %s",
        log.pk,
    )
    assert [code for code, _ in said()[0]] == ["unrecorded"]


def test_a_rewritten_history_does_not_match_the_checkpoint(log):
    """The whole tail of the log cut off, records and nodes alike."""
    as_owner("DELETE FROM evidence_record WHERE index > 2")
    as_owner("DELETE FROM evidence_node WHERE (index + 1) << level > 3")
    codes = [code for code, _ in said()[0]]
    assert codes == ["shorter"]
    assert Record.objects.count() == 3


def test_a_log_of_several_pieces_holds(log, add, monkeypatch):
    monkeypatch.setattr("shutan.apps.evidence.site.CHUNK", 3)
    add(4)
    checkpoints.make(now=NOW)
    assert audit().faults == []
    assert CHUNK > 3


def test_differences_of_contents():
    before = {"a": 1, "seal": {"sha256": "x", "rows": {"t": {"0": "p", "1": "q"}}}, "gone": [1]}
    after = {"a": 1, "seal": {"sha256": "y", "rows": {"t": {"0": "p", "1": "r"}}}, "new": 2}
    assert list(differing(before, after)) == [
        ("seal.rows.t.1", "q", "r"),
        ("gone", [1], None),
        ("new", None, 2),
    ]
    assert list(differing({"seal": {"sha256": "x", "rows": {}}}, {"seal": {"sha256": "y", "rows": {}}})) == [
        ("seal.sha256", "x", "y")
    ]


def test_every_kind_names_an_action_that_exists_and_a_model():
    assert set(KINDS) <= set(ACTIONS)
    assert {"reporting.submit", "duties.publish_list", "standards.publish", "bodies.decide"} <= set(KINDS)
