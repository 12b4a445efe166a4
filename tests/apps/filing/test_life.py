"""The life of a filed month against a small model: any steps by anybody in any order, and only what the model allows happens."""

from dataclasses import dataclass, field

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from filing_helpers import NOW, change
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from shutan.apps.common.refusals import BlockedError, StaleError
from shutan.apps.evidence.models import Record
from shutan.apps.filing import actions, cells, proofs
from shutan.apps.filing.models import FiledValue, MonthlyFiling

pytestmark = pytest.mark.django_db
REFUSALS = (PermissionDenied, ValidationError, StaleError, BlockedError)
PEOPLE = ("filler", "reviewer", "boss", "rival", "officer", "city", "far_city")
OPEN, FILED = {"draft", "internal"}, {"submitted", "passed_city", "accepted", "returned"}
WAITING = {"submitted", "passed_city"}
# Who may take a step of a month in which state, and the state it then has.
STEPS = {
    "send_for_review": ({"filler", "boss"}, {"draft"}, "internal"),
    "send_back": ({"reviewer", "boss"}, {"internal"}, "draft"),
    "submit": ({"reviewer", "boss"}, {"internal"}, "submitted"),
    "pass_city": ({"city"}, {"submitted"}, "passed_city"),
    "accept": ({"officer"}, WAITING, "accepted"),
    "return_month": ({"officer", "city"}, WAITING, "returned"),
}
DECIDE = {"pass_city": "passed_city", "accept": "accepted", "return_month": "returned"}
WRITERS = {"filler", "boss"}


@dataclass
class Version:
    """What the model knows of one version."""

    pk: int
    state: str = "draft"
    figure: int = 0
    sent_by: str = ""
    frozen: tuple = field(default=())  # digest of its rows, once filed


class Life(RuleBasedStateMachine):
    """One month of one plant in which nothing was produced, so that only the steps decide."""

    def __init__(self, people, book):
        super().__init__()
        self.rolled_back = transaction.atomic()
        self.rolled_back.__enter__()
        self.people, self.book = people, book
        self.versions = []

    def teardown(self):
        transaction.set_rollback(True)
        self.rolled_back.__exit__(None, None, None)

    def held(self, version):
        return MonthlyFiling.objects.select_related("book__organisation").get(pk=version.pk)

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

    @rule(who=st.sampled_from(PEOPLE))
    def begin(self, who):
        made = self.tried(lambda: actions.open_month(self.people[who], self.book, 3, now=NOW), who in WRITERS)
        if made and not self.versions:
            self.versions.append(Version(made.pk))
            MonthlyFiling.objects.filter(pk=made.pk).update(stopped=True)

    @rule(who=st.sampled_from(PEOPLE), at=st.integers(0, 3), figure=st.integers(1, 9))
    def type_a_figure(self, who, at, figure):
        if at >= len(self.versions):
            return
        version = self.versions[at]
        seen = FiledValue.objects.filter(filing=version.pk).values_list("revision", flat=True).first() or 0
        told = [change(str(figure), seen=seen)]
        allowed = who in WRITERS and version.state == "draft"
        if self.tried(lambda: cells.save(self.people[who], self.held(version), told, now=NOW), allowed):
            version.figure = figure

    @rule(
        who=st.sampled_from(PEOPLE),
        at=st.integers(0, 3),
        step=st.sampled_from(sorted(STEPS)),
        late=st.booleans(),
    )
    def take(self, who, at, step, late):
        """`late`: from a page that was opened before the last step."""
        if at >= len(self.versions):
            return
        version, held = self.versions[at], self.held(self.versions[at])
        roles, states, after = STEPS[step]
        seen = held.revision - late
        again = step == "submit" and late and version.state == "submitted"  # a second click
        allowed = who in roles and (again or (not late and version.state in states))
        if step == "submit" and not again:
            allowed = allowed and who != version.sent_by
        if step in DECIDE:
            allowed = allowed and version is self.versions[-1]
        person, told = self.people[who], {"revision": seen, "now": NOW}
        if step in DECIDE:
            made = self.tried(lambda: actions.decide(person, held, DECIDE[step], why="核对", **told), allowed)
        else:
            why = {} if step == "send_for_review" else {"why": "核对"}
            made = self.tried(lambda: getattr(actions, step)(person, held, **told, **why), allowed)
        if made and not again:
            version.state = after
            version.sent_by = who if step == "send_for_review" else version.sent_by
            if step == "submit":
                version.frozen = proofs.digest(held), proofs.month(held.pk, held.version)

    @rule(who=st.sampled_from(PEOPLE), at=st.integers(0, 3), why=st.sampled_from(("", "更正")))
    def correct(self, who, at, why):
        if at >= len(self.versions):
            return
        version = self.versions[at]
        allowed = who in WRITERS and version.state in FILED and bool(why)
        made = self.tried(
            lambda: actions.correct(self.people[who], self.held(version), now=NOW, why=why), allowed
        )
        if made and version is self.versions[-1]:
            self.versions.append(Version(made.pk, figure=version.figure))

    @rule(who=st.sampled_from(PEOPLE), at=st.integers(0, 3), late=st.booleans())
    def throw_away(self, who, at, late):
        if at >= len(self.versions):
            return
        version, held = self.versions[at], self.held(self.versions[at])
        allowed = who in WRITERS and version.state == "draft" and not late
        told = {"revision": held.revision - late, "now": NOW}
        gone = []
        self.tried(lambda: gone.append(actions.drop_month(self.people[who], held, **told)), allowed)
        if allowed:
            self.versions.remove(version)

    @rule(at=st.integers(0, 3))
    def change_it_behind_the_application(self, at):
        if at >= len(self.versions) or self.versions[at].state in OPEN:
            return
        behind = FiledValue(
            filing_id=self.versions[at].pk, table="fuel_months", key=["2号机组"], variable="x", changed_at=NOW
        )
        with pytest.raises(DatabaseError), transaction.atomic():
            behind.save(force_insert=True)

    @invariant()
    def what_stands_is_what_the_model_says(self):
        found = list(MonthlyFiling.objects.order_by("version").values_list("pk", "state", "version"))
        wanted = [(one.pk, one.state, at) for at, one in enumerate(self.versions, start=1)]
        assert found == wanted
        assert sum(one.state in OPEN for one in self.versions) <= 1
        figures = FiledValue.objects.filter(variable="fuel_consumption_reported", filing__isnull=False)
        assert dict(figures.values_list("filing", "number")) == {
            one.pk: one.figure for one in self.versions if one.figure
        }

    @invariant()
    def what_was_filed_never_changes_and_is_proved_once(self):
        filed = [one for one in self.versions if one.frozen]
        assert [one.frozen for one in filed] == [
            (proofs.digest(self.held(one)), proofs.month(one.pk, self.held(one).version)) for one in filed
        ]
        proved = Record.objects.filter(kind="filing.submit").order_by("pk")
        assert list(proved.values_list("subject_pk", flat=True)) == [one.pk for one in filed]


def test_a_month_lives_as_the_model_says(people, book):
    run_state_machine_as_test(
        lambda: Life(people, book),
        settings=settings(
            max_examples=15,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
