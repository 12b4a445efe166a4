"""Lists: computed by the rules of entry, opined, published, corrected; nobody else's eyes on a draft."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse
from duties_helpers import (
    NOW,
    SINCE,
    SYSTEM,
    TODAY,
    draft,
    emission,
    organisation,
    publish,
    published,
    stands,
)

from shutan.apps.accounts.models import LogEntry
from shutan.apps.directory import actions as directory
from shutan.apps.directory.keeping import Hand, Said, say
from shutan.apps.directory.models import Event, EventSubject
from shutan.apps.duties import making, papers, queries, reminding, steps, telling
from shutan.apps.duties.models import RightsNotice, UnitList


def entries(unit_list):
    return {
        entry.name: (entry.change, entry.reason, entry.basis, entry.emission)
        for entry in unit_list.entries.all()
    }


def test_the_threshold_itself_enters_and_a_cent_below_does_not(people):
    one, two, _three = people["entities"]
    emission(one, 2024, "26000.00")
    emission(two, 2024, "25999.99")
    made = draft()
    assert entries(made) == {"甲发电公司": ("enters", "ENTERS_VERIFIED", "verified", Decimal("26000.00"))}
    assert made.due == date(2025, 10, 31)


def test_a_new_plant_enters_by_its_expected_emissions_of_the_year_before(people):
    one, two, _three = people["entities"]
    emission(one, 2025, "26000", basis="expected")
    emission(
        two, 2024, "26000", basis="expected"
    )  # not the year before: verified figures must be there by now
    made = draft()
    assert entries(made)["甲发电公司"] == ("enters", "ENTERS_NEW", "expected", Decimal("26000.00"))
    assert entries(made)["乙发电公司"][:2] == ("undecided", "")


def test_what_is_only_reported_stays_undecided_and_says_what_is_missing(people):
    emission(people["entities"][0], 2024, "90000", basis="reported")
    made = draft()
    entry = made.entries.get()
    assert (entry.change, entry.stands) == ("undecided", False)
    assert "经核查直接排放量" in entry.reason_name
    with pytest.raises(ValidationError, match="1"):
        steps.ask_opinions(
            SYSTEM,
            made,
            organisations=[people["industry"].organisation],
            by=TODAY,
            revision=made.revision,
            now=NOW,
            today=TODAY,
        )


def test_a_later_row_takes_the_place_of_an_earlier_one(people):
    one = people["entities"][0]
    emission(one, 2024, "20000")
    emission(one, 2024, "40000")
    assert entries(draft())["甲发电公司"][3] == Decimal("40000.00")


def test_steel_without_known_lines_is_undecided_and_with_them_is_long_process_or_not(people):
    one, two, _three = people["entities"]
    for unit in (one, two):
        emission(unit, 2024, "90000", activity="STEEL", sector_code="C3110")
    made = draft(sector="steel")
    assert {entry.change for entry in made.entries.all()} == {"undecided"}
    for unit, equipment in ((one, ("blast_furnace", "converter")), (two, ("electric_arc_furnace",))):
        site = directory.create_entity(
            SYSTEM,
            "facility",
            {"name": "厂区", "owner": str(unit.pk), "division": "510104", "sector": "steel"},
            since=SINCE,
            now=NOW,
            today=TODAY,
        )
        for kind in equipment:
            raw = {"name": kind, "facility": str(site.pk), "sector": "steel", "equipment": kind}
            directory.create_entity(SYSTEM, "line", raw, since=SINCE, now=NOW, today=TODAY)
    made = steps.recompute(SYSTEM, made, revision=made.revision, now=NOW, today=TODAY)
    assert stands(made) == ["甲发电公司"]
    direct = draft(kind="direct", sector="steel")
    assert stands(direct) == ["乙发电公司"]
    assert direct.entries.get(stands=True).reason == "UNLISTED_REPORTS"


def test_other_key_industries_count_all_emissions_or_energy(people):
    one, two, three = people["entities"]
    emission(one, 2025, None, activity="FLAT_GLASS", sector_code="C3041", total="26000")
    emission(two, 2025, None, activity="FLAT_GLASS", sector_code="C3041", energy="9999.99")
    emission(three, 2025, None, activity="FLAT_GLASS", sector_code="C3041", energy="10000")
    made = draft(kind="other", sector="flat_glass", year=2027)
    assert stands(made) == ["丙发电公司", "甲发电公司"]
    assert made.entries.get(name="丙发电公司").basis == "energy"


def test_one_stays_one_year_below_and_leaves_after_two(people):
    one, two, _three = people["entities"]
    published(people)
    emission(one, 2025, "20000")
    emission(two, 2025, "30000")
    made = draft(year=2027)
    assert made.has_previous
    assert entries(made)["甲发电公司"][:2] == ("stays", "STAYS_ONE_YEAR")
    assert entries(made)["乙发电公司"][:2] == ("stays", "STAYS_ABOVE")
    publish(made, people)
    emission(one, 2026, "20000")
    emission(two, 2026, "30000")
    last = (
        draft(year=2028)
        if TODAY.year + 2 >= 2028
        else steps.make(SYSTEM, kind="ets", sector="power", year=2028, now=NOW, today=date(2027, 10, 1))
    )
    assert entries(last)["甲发电公司"][:2] == ("leaves", "LEAVES_TWO_YEARS")
    differences = queries.compare(made, last)
    assert [(row.name, row.change) for row in differences] == [
        ("甲发电公司", "leaves"),
        ("乙发电公司", "stays"),
    ]
    assert "第十一条" in differences[0].why


def test_a_closed_unit_leaves_even_without_figures(people):
    one = people["entities"][0]
    published(people)
    say(one, Said("state", "closed"), date(2026, 3, 1), Hand(None, NOW))
    made = steps.make(SYSTEM, kind="ets", sector="power", year=2027, now=NOW, today=date(2026, 10, 1))
    assert entries(made)["甲发电公司"][:2] == ("leaves", "LEAVES_CLOSED")
    assert entries(made)["乙发电公司"][0] == "undecided"


def test_a_plant_commissioned_the_year_before_without_figures_is_undecided(people):
    three = people["entities"][2]
    event = Event.objects.create(kind="commissioning", on=date(2025, 6, 1), recorded_at=NOW)
    EventSubject.objects.create(event=event, entity=three, part="subject")
    entry = draft().entries.get()
    assert (entry.name, entry.change) == ("丙发电公司", "undecided")
    assert "2025-06-01" in entry.reason_name


def test_a_reporting_entity_stands_once_with_its_members(people):
    one, two, _three = people["entities"]
    joint = directory.create_entity(
        SYSTEM,
        "reporting_entity",
        {"name": "甲乙联合", "sector": "power", "lead": str(one.pk), "division": "510104"},
        since=SINCE,
        now=NOW,
        today=TODAY,
    )
    for member in (one, two):
        member.refresh_from_db()
        directory.change_facts(
            SYSTEM,
            member,
            {"reporting_entity": str(joint.pk)},
            since=SINCE,
            version=member.version,
            now=NOW,
            today=TODAY,
        )
    emission(joint, 2024, "30000")
    entry = draft().entries.get()
    assert (entry.name, entry.members, entry.credit_code) == (
        "甲乙联合",
        "乙发电公司、甲发电公司",
        directory.keeping.at(one, "credit_code", TODAY).value,
    )
    made = publish(entry.unit_list, people)
    assert made.entries.get().duties.first().organisation == people["one"].organisation


def test_decisions_by_hand_need_a_reason_and_survive_computing_again(people):
    emission(people["entities"][0], 2024, "90000", basis="reported")
    made = draft()
    entry = made.entries.get()
    with pytest.raises(ValidationError):
        steps.decide_entry(SYSTEM, entry, decision="include", why=" ", revision=made.revision, now=NOW)
    steps.decide_entry(SYSTEM, entry, decision="include", why="核查延期", revision=made.revision, now=NOW)
    made.refresh_from_db()
    steps.recompute(SYSTEM, made, revision=made.revision, now=NOW, today=TODAY)
    kept = made.entries.get()
    assert (kept.stands, kept.decided_why, kept.change) == (True, "核查延期", "undecided")


def test_the_second_of_two_editors_is_told(people):
    emission(people["entities"][0], 2024, "90000")
    made = draft()
    seen = made.revision
    steps.recompute(SYSTEM, made, revision=seen, now=NOW, today=TODAY)
    with pytest.raises(steps.StaleError):
        steps.recompute(SYSTEM, made, revision=seen, now=NOW, today=TODAY)


def test_an_objection_needs_a_reason_and_a_reply_before_notice(people):
    emission(people["entities"][0], 2024, "90000")
    made = draft()
    asked = steps.ask_opinions(
        SYSTEM,
        made,
        organisations=[people["industry"].organisation, people["statistics"].organisation],
        by=TODAY + timedelta(days=5),
        revision=made.revision,
        now=NOW,
        today=TODAY,
    )
    own = asked.opinions.get(organisation=people["industry"].organisation)
    with pytest.raises(ValidationError):
        steps.answer_opinion(people["industry"], own, answer="objects", now=NOW)
    with pytest.raises(PermissionDenied):
        steps.answer_opinion(people["statistics"], own, answer="agrees", now=NOW)
    steps.answer_opinion(people["industry"], own, answer="objects", reason="已停产", now=NOW)

    def notice(today):
        asked.refresh_from_db()
        return steps.give_notice(SYSTEM, asked, until=today, revision=asked.revision, now=NOW, today=today)

    with pytest.raises(ValidationError):
        notice(TODAY)  # statistics has not answered and has time left
    with pytest.raises(ValidationError):
        notice(TODAY + timedelta(days=6))  # the objection has no reply
    steps.reply_opinion(SYSTEM, own, reply="已核实在产", now=NOW)
    assert notice(TODAY + timedelta(days=6)).state == UnitList.State.NOTICE


def test_publishing_waits_for_the_notice_and_needs_a_document(people):
    emission(people["entities"][0], 2024, "90000")
    made = publish(draft(), people)
    assert (made.state, made.published_on) == ("published", TODAY)
    with pytest.raises(DatabaseError), transaction.atomic():
        UnitList.objects.filter(pk=made.pk).update(state="draft")
    with pytest.raises(ValidationError):
        steps.back_to_draft(SYSTEM, made, why="x", revision=made.revision, now=NOW)


def test_units_with_accounts_are_told_and_acknowledge_once(people):
    published(people)
    notice = RightsNotice.objects.get(organisation=people["one"].organisation)
    with pytest.raises(PermissionDenied):
        steps.acknowledge(people["two"], notice, now=NOW)
    first = steps.acknowledge(people["one"], notice, now=NOW)
    again = steps.acknowledge(people["one"], notice, now=NOW + timedelta(days=1))
    assert first.acknowledged_at == again.acknowledged_at == NOW
    assert papers.notice_pdf(notice).startswith(b"%PDF-")


def test_a_unit_that_gets_an_account_later_is_told_the_next_day(people, client):
    for entity in people["entities"]:
        emission(entity, 2024, "30000")
    made = publish(draft(), people)
    late = people["entities"][2]
    assert not RightsNotice.objects.filter(entry__entity=late).exists()
    client.force_login(people["officer"])
    page = reverse("duties:list", args=[made.pk])
    assert "丙发电公司" in client.get(page, {"told": "no"}).content.decode()
    assert telling.tell_rest(now=NOW, today=TODAY) == 0
    home = organisation("丙电厂")
    directory.link_organisation(SYSTEM, late, home, version=late.version, now=NOW)
    reminding.run(now=NOW, today=TODAY)
    assert RightsNotice.objects.get(entry__entity=late).organisation == home
    assert telling.tell_rest(now=NOW, today=TODAY) == 0
    assert LogEntry.objects.get(action="duties.tell_rights").details == {"units": 1}
    told = client.get(page, {"told": "told"}).content.decode()
    assert "丙发电公司" in told
    assert "丙发电公司" not in client.get(page, {"told": "no"}).content.decode()


def test_drafts_are_seen_by_the_province_and_who_was_asked_alone(people):
    emission(people["entities"][0], 2024, "90000")
    made = draft()
    steps.ask_opinions(
        SYSTEM,
        made,
        organisations=[people["industry"].organisation],
        by=TODAY,
        revision=made.revision,
        now=NOW,
        today=TODAY,
    )
    seeing = {name for name, who in people.items() if name != "entities" and made in queries.lists(who)}
    assert seeing == {"officer", "industry"}
    assert not queries.published().exists()


def test_the_export_has_the_configured_columns_and_says_so(people, settings):
    made = published(people)
    heads, rows = papers.list_table(made)
    assert len(heads) == 9
    assert [row[1] for row in rows] == ["乙发电公司", "甲发电公司"]
    settings.LIST_COLUMNS = ["name", "nonsense", "reason"]
    heads, rows = papers.list_table(made)
    assert len(heads) == 2
    assert papers.list_pdf(made).startswith(b"%PDF-")
    assert papers.list_xlsx(made).startswith(b"PK")


def test_an_event_after_publication_is_shown_until_the_list_is_corrected(people):
    made = published(people)
    three = people["entities"][2]
    event = Event.objects.create(
        kind="commissioning", on=date(2026, 5, 1), recorded_at=NOW + timedelta(days=1)
    )
    EventSubject.objects.create(event=event, entity=three, part="subject")
    today = date(2026, 5, 2)
    told = making.events_since(made, today=today)
    assert [(one[0], one[1], one[2]) for one in told] == [(event, three, None)]
    made.refresh_from_db()
    entry = steps.correct(
        SYSTEM,
        made,
        three,
        include=True,
        since=date(2026, 5, 1),
        why="新投产",
        event=event,
        revision=made.revision,
        now=NOW,
        today=today,
    )
    assert (entry.stands, entry.begins) == (True, date(2026, 5, 1))
    assert making.events_since(made, today=today) == []
    assert entry.duties.filter(name="monthly_evidence", month=5).exists()
    assert not entry.duties.filter(name="scheme_filed", year=2026).exists()  # fell due before it joined
