"""Calendars: dates from the table alone, states of a day, what joins and leaves, reminders once."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from duties_helpers import NOW, SYSTEM, TODAY, draft, emission, publish, published

from shutan.apps.directory.keeping import Hand, Said, say
from shutan.apps.directory.models import Event, EventSubject
from shutan.apps.duties import actions, calendars, deeds, papers, reminding, steps
from shutan.apps.duties import queries_duties as reads
from shutan.apps.duties.models import Duty, ListEntry, Reminder
from shutan.rules.duties import dues, published_until


def of(unit, **only):
    return Duty.objects.filter(entity=unit, **only)


def state(duty, today):
    return reads.with_state(Duty.objects.filter(pk=duty.pk), today).get().at_state


def test_a_key_unit_owes_what_the_table_says_of_its_year_and_nothing_else(people):
    published(people)
    expected = {
        (due.duty.name, due.year, due.month or 0, due.day)
        for due in dues("power", "ets")
        if due.duty.who == "unit" and due.year == 2026
    }
    assert set(of(people["entities"][0]).values_list("name", "year", "month", "due")) == expected
    assert ("scheme_filed", 2026, 0, date(2025, 12, 31)) in expected
    assert ("monthly_evidence", 2026, 12, date(2027, 2, 9)) in expected


def test_who_only_reports_owes_about_the_year_before_its_scope(people):
    emission(people["entities"][0], 2024, None, activity="FLAT_GLASS", sector_code="C3041", total="30000")
    publish(draft(kind="other", sector="flat_glass", year=2026), people)
    found = set(of(people["entities"][0]).values_list("name", "year", "due"))
    assert ("annual_report", 2025, date(2026, 3, 31)) in found
    assert ("supplementary_report", 2025, date(2026, 3, 31)) in found


def test_bringing_in_step_twice_writes_nothing(people):
    published(people)
    assert calendars.sync_all(today=TODAY) == 0


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2025, 11, 30), "ahead"),
        (date(2025, 12, 1), "due_soon"),
        (date(2025, 12, 31), "due_soon"),
        (date(2026, 1, 1), "overdue"),
    ],
)
def test_where_a_duty_stands_on_a_day(people, today, expected):
    published(people)
    assert state(of(people["entities"][0]).get(name="scheme_filed"), today) == expected


def test_a_duty_without_a_date_says_so():
    assert "undated" in reads.STATES


def test_done_needs_evidence_and_is_the_units_alone(people):
    published(people)
    duty = of(people["entities"][0]).get(name="scheme_filed")
    given = {"on": TODAY, "evidence": "平台回执 1 号", "revision": duty.revision, "now": NOW, "today": TODAY}
    with pytest.raises(PermissionDenied):
        actions.mark_done(people["two"], duty, **given)
    with pytest.raises(ValidationError):
        actions.mark_done(people["one"], duty, **given | {"evidence": " "})
    with pytest.raises(ValidationError):
        actions.mark_done(people["one"], duty, **given | {"on": TODAY + timedelta(days=1)})
    actions.mark_done(people["one"], duty, **given)
    assert state(duty, date(2026, 5, 1)) == "done"
    with pytest.raises(actions.StaleDutyError):
        actions.mark_done(people["one"], duty, **given)


def test_a_regulator_takes_back_a_mark_that_its_evidence_does_not_bear(people):
    published(people)
    duty = of(people["entities"][0]).get(name="scheme_filed")
    actions.mark_done(people["one"], duty, on=TODAY, evidence="有", revision=None, now=NOW, today=TODAY)
    with pytest.raises(PermissionDenied):
        actions.reopen(people["far_city"], duty, why="无回执", revision=None, now=NOW)
    assert actions.reopen(people["city"], duty, why="无回执", revision=None, now=NOW).done_on is None


def test_an_extension_counts_from_then_on_and_only_later(people):
    published(people)
    duty = of(people["entities"][0]).get(name="scheme_filed")
    given = {"reason": "不可抗力", "revision": None, "now": NOW, "today": TODAY}
    with pytest.raises(ValidationError):
        actions.extend(people["officer"], duty, until=date(2025, 12, 31), **given)
    with pytest.raises(PermissionDenied):
        actions.extend(people["far_city"], duty, until=date(2026, 2, 1), **given)
    actions.extend(people["city"], duty, until=date(2026, 3, 31), **given)
    assert state(duty, date(2026, 1, 15)) == "extended"
    assert state(duty, date(2026, 4, 1)) == "overdue"
    duty.refresh_from_db()
    assert (duty.due, duty.extended_to) == (date(2025, 12, 31), date(2026, 3, 31))


def test_an_inner_deadline_holds_in_its_own_area_and_never_after_the_law(people):
    published(people)
    given = {
        "name": "scheme_filed",
        "sector": "power",
        "year": 2026,
        "reason": "市级预审",
        "now": NOW,
        "today": TODAY,
    }
    with pytest.raises(ValidationError):
        actions.set_inner(people["city"], day=date(2025, 12, 31), **given)
    inner = actions.set_inner(people["city"], day=date(2025, 12, 1), **given)
    near, far = (of(unit).get(name="scheme_filed") for unit in people["entities"][:2])
    assert (near.inner, far.inner) == (date(2025, 12, 1), None)
    assert state(near, date(2025, 12, 2)) == "inner_passed"
    later = actions.set_inner(people["city"], day=date(2025, 12, 10), **given)
    near.refresh_from_db()
    assert near.inner == date(2025, 12, 10)
    assert list(reads.inner_deadlines(people["far_city"])) == []
    actions.withdraw_inner(people["city"], later, why="", now=NOW, today=TODAY)
    near.refresh_from_db()
    assert near.inner is None
    with pytest.raises(PermissionDenied):
        actions.withdraw_inner(people["officer"], inner, why="", now=NOW, today=TODAY)


def test_who_closes_owes_nothing_about_a_time_that_begins_later(people, django_capture_on_commit_callbacks):
    published(people)
    one = people["entities"][0]
    say(one, Said("state", "closed"), date(2026, 6, 15), Hand(None, NOW))
    with django_capture_on_commit_callbacks(execute=True):
        event = Event.objects.create(kind="closure", on=date(2026, 6, 15), recorded_at=NOW)
        EventSubject.objects.create(event=event, entity=one, part="subject")
    assert of(one, name="monthly_evidence", lapsed=False).count() == 6  # January to June
    assert of(one, name="monthly_evidence", lapsed=True).count() == 6
    assert not of(one, name="scheme_filed", lapsed=True).exists()
    assert of(one, lapsed=True).first().lapsed_why == "closed"


def test_who_leaves_by_correction_loses_the_later_ones_and_gets_them_back(people):
    made = published(people)
    one = people["entities"][0]

    def correct(*, include, since):
        made.refresh_from_db()
        steps.correct(
            SYSTEM,
            made,
            one,
            include=include,
            since=since,
            why="更正",
            revision=made.revision,
            now=NOW,
            today=TODAY,
        )

    correct(include=False, since=date(2026, 4, 1))
    assert of(one, name="monthly_evidence", lapsed=False).count() == 3
    correct(include=True, since=date(2026, 4, 1))
    assert of(one, name="monthly_evidence", lapsed=False).count() == 12


def test_what_the_system_sees_is_done_without_anybodys_mark(people, monkeypatch):
    home = people["one"].organisation_id
    monkeypatch.setattr(
        deeds,
        "SOURCES",
        [
            lambda found: (
                [deeds.Deed(home, "scheme_filed", "power", 2026, TODAY, "方案第1版")] if home in found else []
            )
        ],
    )
    published(people)
    duty = of(people["entities"][0]).get(name="scheme_filed")
    assert (duty.done_on, duty.done_seen, duty.evidence) == (TODAY, True, "方案第1版")
    with pytest.raises(ValidationError):
        actions.reopen(people["officer"], duty, why="x", revision=None, now=NOW)
    assert calendars.unsee([home], "scheme_filed") == 0
    monkeypatch.setattr(deeds, "SOURCES", [])  # the record proves it no longer
    assert calendars.unsee([home], "scheme_filed") == 1
    duty.refresh_from_db()
    assert (duty.done_on, duty.done_seen, duty.evidence) == (None, False, "")


def test_a_clock_of_working_days_is_provisional_beyond_the_known_holidays_and_counted_again(people):
    entry = published(people).entries.get(entity=people["entities"][0])
    last = published_until()
    duty = actions.start_clock(
        people["officer"],
        entry,
        name="verification_objection",
        on=last - timedelta(days=1),
        now=NOW,
        today=TODAY,
    )
    assert duty.provisional
    assert calendars.recount() == 0
    assert calendars.recount(known_until=last) == 0
    with pytest.raises(ValidationError):
        actions.start_clock(
            people["officer"],
            entry,
            name="verification_objection",
            on=last - timedelta(days=1),
            now=NOW,
            today=TODAY,
        )
    with pytest.raises(PermissionDenied):
        actions.start_clock(people["far_city"], entry, name="change_reported", on=TODAY, now=NOW, today=TODAY)
    firm = actions.start_clock(
        people["city"], entry, name="change_reported", on=date(2025, 10, 1), now=NOW, today=TODAY
    )
    assert (firm.due, firm.provisional) == (date(2025, 10, 31), False)


def test_a_job_reminds_each_stage_once_and_mails_once(people):
    published(people)
    today = date(2025, 12, 24)
    made, sent = reminding.run(now=NOW, today=today)
    assert made > 0
    assert sent == len(mail.outbox)
    assert reminding.run(now=NOW, today=today) == (0, 0)
    assert "数据质量控制方案" in mail.outbox[0].subject
    reminding.run(now=NOW, today=date(2025, 12, 30))
    scheme = of(people["entities"][0]).get(name="scheme_filed")
    assert sorted(scheme.reminders.values_list("stage", flat=True)) == ["1", "7"]


def test_a_mail_that_fails_is_tried_again(people, settings, monkeypatch):
    published(people)

    def broken(_self, **_kwargs):
        raise OSError("no connection")

    with monkeypatch.context() as patched:
        patched.setattr("django.core.mail.EmailMessage.send", broken)
        made, sent = reminding.run(now=NOW, today=date(2025, 12, 24))
    assert (made > 0, sent) == (True, 0)
    assert reminding.send_waiting(now=NOW) == made
    assert not Reminder.objects.filter(mailed_at=None).exclude(recipients=[]).exists()


def test_a_regulator_reminds_in_bulk_once_a_day_in_its_area_only(people):
    published(people)
    near = list(of(people["entities"][0]))
    assert len(actions.remind(people["city"], near, text="请及时", now=NOW, today=TODAY)) == len(near)
    assert actions.remind(people["city"], near, text="请及时", now=NOW, today=TODAY) == []
    with pytest.raises(PermissionDenied):
        actions.remind(people["far_city"], near, now=NOW, today=TODAY)


def test_each_sees_its_own_duties_alone(people):
    published(people)
    seen = {
        name: set(reads.duties(who, today=TODAY).values_list("entity", flat=True))
        for name, who in people.items()
        if name != "entities"
    }
    one, two, _three = (unit.pk for unit in people["entities"])
    assert seen["officer"] == {one, two}
    assert seen["city"] == seen["one"] == {one}
    assert seen["two"] == {two}
    assert all(not seen[name] for name in ("far_city", "industry", "statistics", "service", "public"))


def test_a_calendar_for_other_programs_is_well_formed(people):
    published(people)
    rows = reads.ordered(reads.duties(people["one"], today=TODAY))
    text = papers.calendar_ics(rows, now=NOW)
    lines = text.split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2] == "END:VCALENDAR"
    assert all(len(line.encode()) <= 75 for line in lines)
    assert text.count("BEGIN:VEVENT") == rows.exclude(until=None).count()
    assert "DTSTART;VALUE=DATE:20251231" in text


def test_a_unit_without_an_account_has_duties_that_nobody_is_reminded_of(people):
    emission(people["entities"][2], 2024, "30000")
    publish(draft(), people)
    duties = of(people["entities"][2])
    assert duties.exists()
    assert set(duties.values_list("organisation", flat=True)) == {None}
    reminding.run(now=NOW, today=date(2025, 12, 24))
    assert not Reminder.objects.exists()
    assert ListEntry.objects.get(entity=people["entities"][2]).stands
