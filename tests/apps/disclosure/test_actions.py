"""From a submitted report to a form that everybody reads and nobody changes."""

import datetime as dt
from decimal import Decimal

import pytest
from disclosure_helpers import NOTHING, begun, cells, corrected, published
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils import translation
from reporting_helpers import NOW, create

from shutan.apps.accounts.models import LogEntry
from shutan.apps.disclosure import actions, deeds, document, proofs, queries
from shutan.apps.disclosure.models import Disclosure, Measure
from shutan.apps.duties.deeds import Deed
from shutan.apps.evidence.models import Record
from shutan.apps.reporting.models import ReportedValue


def test_the_form_says_what_the_report_says(people, report):
    made = published(people, report)
    emissions = ReportedValue.objects.get(report=report, variable="enterprise_emissions").number
    chinese, english = made.form("zh"), made.form("en")
    assert [table["number"] for table in chinese["tables"]] == [
        *("D.1", "D.2", "D.3", "D.4", "D.4", "D.5", "D.6", "D.7")
    ]
    assert cells(chinese, "D.1")[0] == ["重点排放单位名称", "", "示例川南热电有限公司"] or cells(
        chinese, "D.1"
    )
    total = [row for row in cells(chinese, "D.4") if row[-1] == f"{emissions:,.0f}"]
    assert len(total) == 1
    assert total[0][1] == "tCO₂"
    assert len(english["tables"]) == len(chinese["tables"])
    assert english["title"] == "Disclosure of greenhouse gas emissions, power generation"
    # Contacts of people are no part of the form.
    assert all("电话" not in row[0] and "联系人" not in row[0] for row in cells(chinese, "D.1"))


def test_what_was_entered_is_in_the_form_and_begins_the_next_version(people, report):
    draft = begun(people, report)
    entered = {"surrender": "full", "surrendered_t": Decimal(0), "surrendered_on": dt.date(2025, 12, 1)}
    draft = actions.save(people["filler"], draft, entered, [], revision=1, now=NOW)
    made = actions.publish(people["responsible"], draft, revision=draft.revision, now=NOW)
    assert cells(made.form("en"), "D.7") == [
        ["Surrender of allowances", "", "Surrendered in full"],
        ["Amount surrendered", "tCO₂", "0"],
        ["Surrendered on", "", cells(made.form("en"), "D.7")[2][2]],
    ]
    again = begun(people, report)
    assert (again.surrender, again.surrendered_t, again.version) == ("full", 0, 0)


def test_a_version_after_the_first_needs_its_reason(people, report):
    published(people, report)
    with pytest.raises(ValidationError) as refused, translation.override("en"):
        published(people, report)
    assert refused.value.messages == ["A new version needs its reason."]
    second = published(people, report, why="清缴完成")
    assert (second.version, second.reason) == (2, "清缴完成")
    assert list(queries.standing()) == [second]
    assert [one.version for one in queries.versions(second)] == [2, 1]


def test_beginning_twice_goes_on_with_the_same_draft(people, report):
    assert begun(people, report) == begun(people, report)
    assert Disclosure.objects.count() == 1


def test_a_double_click_publishes_once(people, report):
    draft = begun(people, report)
    actions.publish(people["responsible"], draft, revision=1, now=NOW)
    with pytest.raises(ValidationError):
        actions.publish(people["responsible"], draft, revision=1, now=NOW)
    assert queries.published().count() == 1


def test_the_second_editor_is_told(people, report):
    draft = begun(people, report)
    actions.save(people["filler"], draft, NOTHING | {"surrender": "ahead"}, [], revision=1, now=NOW)
    with pytest.raises(actions.StaleError) as stale:
        actions.save(people["filler"], draft, NOTHING | {"surrender": "full"}, [], revision=1, now=NOW)
    assert (stale.value.current.surrender, stale.value.current.revision) == ("ahead", 2)


def test_a_report_corrected_since_must_be_taken_first(people, report):
    draft = begun(people, report)
    later = corrected(people, report)
    with pytest.raises(ValidationError) as refused, translation.override("en"):
        actions.publish(people["responsible"], draft, revision=draft.revision, now=NOW)
    assert refused.value.messages == ["The report was corrected since: take the corrected one first."]
    with pytest.raises(ValidationError):
        actions.begin(people["filler"], report, now=NOW)
    taken = actions.begin(people["filler"], later, now=NOW)
    assert (taken.pk, taken.report, taken.revision) == (draft.pk, later, 2)
    made = actions.publish(people["responsible"], taken, revision=2, now=NOW)
    assert cells(made.form("zh"), "D.5")[0][-1] == "停机检修"


def test_a_draft_report_and_a_sector_without_form_are_refused(people, files):
    draft = create(people["filler"]).report
    with pytest.raises(ValidationError):
        actions.begin(people["filler"], draft, now=NOW)
    assert set(document.sectors()) == {"power", "cement", "steel", "aluminium"}


def test_an_amount_that_waits_keeps_it_from_being_published(people, report, monkeypatch):
    monkeypatch.setattr(actions, "waiting", lambda _report: ["全厂排放量"])
    draft = begun(people, report)
    with pytest.raises(ValidationError) as refused, translation.override("en"):
        actions.publish(people["responsible"], draft, revision=1, now=NOW)
    assert refused.value.messages == ["全厂排放量 has no value yet."]


def test_an_amount_without_surrender_is_asked_about(people, report):
    draft = begun(people, report)
    draft = actions.save(
        people["filler"], draft, NOTHING | {"surrendered_t": Decimal(5)}, [], revision=1, now=NOW
    )
    with translation.override("en"):
        assert len(actions.against(draft)) == 1


@pytest.mark.parametrize("amount", [Decimal(-1), Decimal("1.5")])
def test_an_impossible_amount_is_refused_and_nothing_saved(people, report, amount):
    draft = begun(people, report)
    with pytest.raises(ValidationError):
        actions.save(people["filler"], draft, NOTHING | {"surrendered_t": amount}, [], revision=1, now=NOW)
    draft.refresh_from_db()
    assert (draft.surrendered_t, draft.revision) == (None, 1)


def test_measures_are_for_years_whose_guideline_has_them(people, report, monkeypatch):
    assert document.takes_measures("power", 2026)
    assert not document.takes_measures("power", 2025)
    assert not document.takes_measures("steel", 2026)
    draft = begun(people, report)
    measure = {
        "name": "汽轮机改造",
        "part": "turbine",
        "investment": Decimal("1200.50"),
        "reduction": Decimal("0.1234"),
    }
    with pytest.raises(ValidationError):
        actions.save(people["filler"], draft, NOTHING, [measure], revision=1, now=NOW)
    monkeypatch.setattr(document, "takes_measures", lambda *_: True)
    draft = actions.save(people["filler"], draft, NOTHING, [measure], revision=1, now=NOW)
    draft = actions.save(people["filler"], draft, NOTHING, [measure, measure], revision=2, now=NOW)
    row = ["汽轮机改造", "Steam turbine", "1,200.5", "—", "—", "0.1234"]
    assert cells(document.compose(draft)["en"], "h") == [row, row]
    too_many = [measure] * (actions.MOST_MEASURES + 1)
    with pytest.raises(ValidationError):
        actions.save(people["filler"], draft, NOTHING, too_many, revision=3, now=NOW)
    assert draft.measures.count() == 2


def test_who_may(people, report):
    with pytest.raises(PermissionDenied):
        actions.begin(people["other"], report, now=NOW)
    with pytest.raises(PermissionDenied):
        actions.begin(people["officer"], report, now=NOW)
    draft = begun(people, report)
    with pytest.raises(PermissionDenied):
        actions.publish(people["filler"], draft, revision=1, now=NOW)  # fillers fill in
    assert not queries.drafts(people["officer"]).exists()
    assert not queries.drafts(people["other"]).exists()
    assert queries.drafts(people["filler"]).get() == draft


def test_what_is_owed_is_seen_by_whom_it_concerns(people, report):
    seen = {name: [row.pk for row in queries.owed(person)] for name, person in people.items()}
    mine = [report.pk]
    assert seen == {
        "filler": mine,
        "responsible": mine,
        "officer": mine,
        "lead": mine,
        "city": mine,
        "other": [],
        "far_city": [],
    }
    assert queries.owed(people["officer"]).get().stands is None
    made = published(people, report)
    assert queries.owed(people["officer"]).get().stands == made.pk


def test_the_draft_is_deleted_and_what_is_published_stays(people, report):
    published(people, report)
    draft = begun(people, report)
    actions.discard(people["filler"], draft, revision=draft.revision, now=NOW)
    assert [one.version for one in Disclosure.objects.all()] == [1]
    assert LogEntry.objects.filter(action="disclosure.discard").count() == 1


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE disclosure_disclosure SET content = '{}'",
        "DELETE FROM disclosure_disclosure",
        "TRUNCATE disclosure_disclosure CASCADE",
        "UPDATE disclosure_measure SET name = 'x'",
        "DELETE FROM disclosure_measure",
    ],
)
def test_the_database_freezes_what_is_published(people, report, monkeypatch, sql):
    monkeypatch.setattr(document, "takes_measures", lambda *_: True)
    draft = begun(people, report)
    draft = actions.save(people["filler"], draft, NOTHING, [{"name": "改造"}], revision=1, now=NOW)
    made = actions.publish(people["responsible"], draft, revision=2, now=NOW)
    told = "Cannot|frozen"
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # so that nothing is pending when a table is emptied
        with pytest.raises(DatabaseError, match=told), transaction.atomic():
            cursor.execute(sql)
    with pytest.raises(DatabaseError, match=told), transaction.atomic():
        Measure.objects.create(disclosure=made, position=9, name="后补")


def test_publishing_is_a_leaf_and_does_the_duty(people, report):
    made = published(people, report)
    record = Record.objects.get(kind="disclosure.publish")
    assert record.content["facts"]["content"] == made.content
    assert record.content["facts"] == dict(proofs.disclosure(made.pk, 1).facts)
    assert list(deeds.disclosed([report.organisation_id])) == [
        Deed(report.organisation_id, "disclosure", "power", 2024, dt.date(2025, 3, 1), "")
    ]
