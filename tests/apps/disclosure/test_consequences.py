"""What depends on a report: one table, and what a correction does to each row of it."""

import pytest
from disclosure_helpers import corrected, published
from reporting_helpers import changed_workbook, create

from shutan.apps.disclosure import deeds, queries
from shutan.apps.duties import calendars
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
