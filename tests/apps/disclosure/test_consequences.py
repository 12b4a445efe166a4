"""What depends on a report: one table, and what a correction does to each row of it."""

from decimal import Decimal

import pytest
from disclosure_helpers import corrected, published
from reporting_helpers import NOW, changed_workbook, create

from shutan.apps.accounts.models import User
from shutan.apps.directory.models import Entity, EntityKind
from shutan.apps.disclosure import deeds, queries
from shutan.apps.duties import calendars
from shutan.apps.duties.models import ListEntry, UnitList
from shutan.apps.reporting import consequences

pytestmark = pytest.mark.django_db


def names(report):
    return {one.name: told for one, told in consequences.of(report)}


def test_the_table_names_a_rule_for_each_kind():
    assert set(consequences.TABLE) == {"position", "lists", "disclosure"}
    assert all(str(one.title) and str(one.rule) for one in consequences.TABLE.values())


def test_a_first_report_touches_nothing(report):
    assert consequences.of(report) == []


def test_a_correction_says_beforehand_and_afterwards_what_it_touches(client, people, report):
    first = published(people, report)
    content = changed_workbook("enterprise", "production_changes", "检修")
    draft = create(people["filler"], "other", content).report
    assert consequences.corrected_by(draft) == report
    assert "disclosure" in names(draft)
    second = corrected(people, report)
    told = names(second)["disclosure"]
    assert [one.url for one in told] == [f"/disclosures/{first.pk}"]
    assert "position" not in names(second)  # only a remark changed
    client.force_login(people["responsible"])
    assert client.get(f"/reports/{second.pk}").content.decode().count('id="consequences"') == 1
    assert queries.outdated(first)


@pytest.mark.parametrize(("state", "told"), [("published", ["30,000.00"]), ("draft", [])])
def test_a_published_list_says_the_figure_it_was_decided_on(report, state, told):
    unit = Entity.objects.create(
        kind=EntityKind.LEGAL_PERSON, organisation=report.organisation, created_at=NOW, changed_at=NOW
    )
    year = report.year + consequences.DECIDES_AFTER
    made = UnitList.objects.create(
        kind="ets", sector="power", year=year, state="draft", made_at=NOW, computed_at=NOW
    )
    ListEntry.objects.create(
        unit_list=made,
        entity=unit,
        name="甲电厂",
        emission="30000.00",
        change="stays",
        reason="",
        stands=True,
    )
    UnitList.objects.filter(pk=made.pk).update(state=state, published_on=NOW.date())
    content = changed_workbook("fuel_months", "fuel_consumption_reported", Decimal(1000))
    draft = create(User.objects.get(username="filler"), "other", content).report
    found = names(draft)
    assert found["position"]
    assert [one.before for one in found.get("lists", [])] == told


def test_the_duty_to_disclose_is_open_again_until_the_corrected_report_is_disclosed(people, report):
    home = report.organisation_id
    first = published(people, report)
    before = list(deeds.disclosed([home]))
    assert [one.on for one in before] == [first.published_at.date()]
    second = corrected(people, report)
    assert list(deeds.disclosed([home])) == []
    assert calendars.unsee([home], "disclosure") == 0  # no calendar of this unit: nothing to open
    published(people, second, why="报告更正")
    assert list(deeds.disclosed([home])) == before
    assert names(second) == {}
