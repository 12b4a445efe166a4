"""An action that proves leaves one record in its own transaction; records get their places in batches."""

import pytest
from django.db import DatabaseError, connection, transaction
from evidence_helpers import assert_whole
from reporting_helpers import NOW, create, submit

from shutan.apps.accounts.log import act
from shutan.apps.accounts.models import LogEntry
from shutan.apps.evidence import sequencing
from shutan.apps.evidence.models import Record
from shutan.apps.reporting import actions
from shutan.apps.reporting.models import Report
from shutan.evidence import records


def test_a_submission_leaves_one_record_that_names_nobody(report, people):
    record = Record.objects.get()
    assert (record.kind, record.subject_type, record.subject_pk) == (
        "reporting.submit",
        "reporting.report",
        report.pk,
    )
    assert record.organisation == report.organisation
    assert bytes(record.entry) == records.entry(record.content, bytes(record.salt))
    facts = record.content["facts"]
    assert facts["totals"]["enterprise_combustion_emissions"].endswith(" tCO2")
    declared = report.declaration
    assert record.content["files"] == {
        "coal.xlsx": report.source.sha256,
        f"declaration/{declared.name}": declared.sha256,
    }
    assert len(facts["seal"]["rows"]["given.units"]) > 0
    said = str(record.content)
    assert not [one for one in people.values() if one.name and one.name in said.replace("reviewer", "")]


def test_what_is_refused_leaves_none(people, files):
    made = create(people["filler"]).report
    with pytest.raises(actions.StaleError):
        actions.submit(people["reviewer"], made, revision=made.revision + 1, now=NOW)
    assert not Record.objects.exists()


def test_a_recorder_that_fails_undoes_the_action(people, files, monkeypatch):
    made = create(people["filler"]).report
    monkeypatch.setattr(records, "new_salt", lambda: b"short")
    with pytest.raises(records.ContentError), transaction.atomic():
        submit(people["reviewer"], made)
    made.refresh_from_db()
    assert made.state == Report.State.DRAFT
    assert not Record.objects.exists()
    assert not LogEntry.objects.filter(action="reporting.submit").exists()


def test_an_action_that_says_its_facts_needs_no_prover(people):
    who = people["filler"]
    with act(who, "accounts.change_preferences", now=NOW) as entry:
        entry.about(who.organisation)
        entry.prove(version=3, files={"a.pdf": "00" * 32}, facts={"said": "so"})
    content = Record.objects.get().content
    assert (content["version"], content["files"], content["facts"]) == (
        3,
        {"a.pdf": "00" * 32},
        {"said": "so"},
    )


@pytest.mark.parametrize("batch", [1, 2, 3, 7, 1000])
def test_any_batches_grow_the_same_tree(add, batch):
    for count in (1, 4, 6):
        add(count)
        assert sequencing.sequence(batch=batch) == count
        assert_whole()
    assert sequencing.sequence() == 0


def test_a_record_keeps_its_place_and_content(add):
    add(2)
    sequencing.sequence()
    one = Record.objects.get(index=0)
    for change in (
        {"index": 7},
        {"index": None},
        {"content": {}},
        {"version": 2},
        {"salt": b"x" * 16},
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            Record.objects.filter(pk=one.pk).update(**change)
    add(1)
    with pytest.raises(DatabaseError), transaction.atomic():
        Record.objects.filter(index=None).update(kind="other")
    assert_whole()


@pytest.mark.parametrize("table", ["record", "node", "checkpoint", "key"])
def test_nothing_is_removed(add, table):
    add(1)
    sequencing.sequence()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE evidence_{table} CASCADE")
    if table in {"record", "node"}:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM evidence_{table}")  # noqa: S608 - our own names


def test_a_tree_without_its_edge_is_not_added_to(add):
    add(3)
    sequencing.sequence()
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica; DELETE FROM evidence_node WHERE level = 1")
        cursor.execute("SET session_replication_role = origin")
    add(2)
    with pytest.raises(sequencing.BrokenLogError):
        sequencing.sequence()
    assert Record.objects.filter(index=None).count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_committed_action_has_its_place_at_once(report):
    assert Record.objects.get().index == 0
    assert_whole()
