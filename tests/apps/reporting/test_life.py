"""The life of a year's report against a small model: any steps by anybody in any order, and only what the model allows happens."""

import io
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from reporting_helpers import NOW

from shutan.apps.evidence.models import Record
from shutan.apps.reporting import actions, declaring, proofs
from shutan.apps.reporting.models import Report, ReportedValue
from shutan.apps.reporting.storage import Upload
from shutan.cli.plants.kilns import magnesium
from shutan.documents.template import write_template
from shutan.rules.registry import rule_set

pytestmark = pytest.mark.django_db
REFUSALS = (PermissionDenied, ValidationError, actions.StaleError, actions.BlockedError)
PEOPLE = st.sampled_from(("filler", "reviewer", "other", "officer", "city"))
WRITES, SIGNS = "filler", "reviewer"
CONTENTS = 2
SCAN = Upload("声明.pdf", b"%PDF-1.4\n% signed and stamped\n")
AT = st.integers(0, 4)


@cache
def workbook(content):
    """A small sector's year, each time with another figure."""
    plant = magnesium()
    plant.tables["ferrosilicon"][0]["own_ferrosilicon"] += content
    stream = io.BytesIO()
    write_template(rule_set(plant.sector), plant.year, stream, data=plant.dataset())
    return Upload("year.xlsx", stream.getvalue())


@dataclass
class Known:
    """What the model knows of one report."""

    pk: int
    key: tuple[int, int | None]  # its content, and which report it corrects as it was begun
    declared: bool = False
    version: int = 0
    proved: Any = None  # what it proves of itself, once submitted


class Life(RuleBasedStateMachine):
    """The reports of one enterprise and year."""

    def __init__(self, people):
        super().__init__()
        self.rolled_back = transaction.atomic()
        self.rolled_back.__enter__()
        self.people, self.home = people, people["filler"].organisation
        self.reports = []

    def teardown(self):
        transaction.set_rollback(True)
        self.rolled_back.__exit__(None, None, None)

    def submitted(self):
        return sorted((one for one in self.reports if one.version), key=lambda one: one.version)

    def last(self):
        return self.submitted()[-1].pk if self.submitted() else None

    def tried(self, action, allowed):
        """What an action gives; that it is refused exactly where the model refuses."""
        try:
            with transaction.atomic():
                made = action()
        except REFUSALS:
            if allowed:
                raise
            return None
        assert allowed, "not refused"
        return made

    def step(self, at, action, allowed):
        """One step with one report, as `allowed` of the model's report says; that report where it was taken."""
        if at >= len(self.reports):
            return None
        one = self.reports[at]
        held = Report.objects.select_related("organisation").get(pk=one.pk)
        may = allowed(one)
        self.tried(lambda: action(held), may)
        return one if may else None

    @rule(who=PEOPLE, content=st.integers(1, CONTENTS))
    def upload(self, who, content):
        made = self.tried(
            lambda: actions.create_report_from_workbook(
                self.people[who], workbook(content), organisation=self.home, now=NOW
            ),
            who == WRITES,
        )
        if made:
            key = content, self.last()
            found = next((one for one in self.reports if one.key == key), None)
            assert made.is_new is (found is None)
            if found is None:
                self.reports.append(Known(made.report.pk, key))
            else:
                assert made.report.pk == found.pk

    @rule(who=PEOPLE, at=AT, late=st.booleans())
    def declare(self, who, at, late):
        """`late`: from a page that was opened before the last step."""
        took = self.step(
            at,
            lambda held: declaring.with_scan(
                self.people[who], held, SCAN, revision=held.revision - late, now=NOW
            ),
            lambda one: who == SIGNS and not one.version and not late,
        )
        if took:
            took.declared = True

    @rule(who=PEOPLE, at=AT, late=st.booleans())
    def recompute(self, who, at, late):
        self.step(
            at,
            lambda held: actions.recompute(self.people[who], held, revision=held.revision - late, now=NOW),
            lambda one: who == WRITES and not one.version and not late,
        )

    @rule(who=PEOPLE, at=AT, late=st.booleans(), why=st.sampled_from(("", "更正")))
    def submit(self, who, at, late, why):
        took = self.step(
            at,
            lambda held: actions.submit(
                self.people[who], held, revision=held.revision - late, now=NOW, why=why
            ),
            lambda one: (
                who == SIGNS
                and not one.version
                and not late
                and one.declared
                and bool(why or not self.submitted())
            ),
        )
        if took:
            took.version = len(self.submitted()) + 1
            took.proved = proofs.report(took.pk, took.version)

    @rule(who=PEOPLE, at=AT, late=st.booleans())
    def throw_away(self, who, at, late):
        took = self.step(
            at,
            lambda held: actions.delete_draft(self.people[who], held, revision=held.revision - late, now=NOW),
            lambda one: who == WRITES and not one.version and not late,
        )
        if took:
            self.reports.remove(took)

    @rule(at=AT)
    def change_it_behind_the_application(self, at):
        if at >= len(self.reports) or not self.reports[at].version:
            return
        behind = ReportedValue.objects.filter(report=self.reports[at].pk)
        with pytest.raises(DatabaseError), transaction.atomic():
            behind.update(row=99)

    @invariant()
    def what_stands_is_what_the_model_says(self):
        found = set(Report.objects.values_list("pk", "version", "previous", "state"))
        before = [None, *(one.pk for one in self.submitted())]
        assert found == {
            (one.pk, one.version, before[one.version - 1], "submitted")
            if one.version
            else (one.pk, 0, None, "draft")
            for one in self.reports
        }
        latest = actions.last_submitted(self.home, "magnesium", magnesium().year)
        assert (latest.pk if latest else None) == self.last()

    @invariant()
    def what_was_submitted_never_changes_and_is_proved_once(self):
        assert [proofs.report(one.pk, one.version) for one in self.submitted()] == [
            one.proved for one in self.submitted()
        ]
        proved = Record.objects.filter(kind="reporting.submit").order_by("pk")
        assert list(proved.values_list("subject_pk", flat=True)) == [one.pk for one in self.submitted()]


def test_a_report_lives_as_the_model_says(people, files):
    run_state_machine_as_test(
        lambda: Life(people),
        settings=settings(
            max_examples=10,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
