"""A scheme from its first line to being in force, and everything that must not happen on the way."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from schemes_helpers import (
    FACILITY,
    METER,
    NOW,
    PDF,
    ROW,
    a_meter,
    accepted,
    begin,
    complete,
    fresh,
    keep,
    submitted,
    take,
    texts,
)

from shutan.apps.accounts.models import LogEntry
from shutan.apps.common.files import Upload
from shutan.apps.duties.deeds import of as deeds_of
from shutan.apps.evidence.models import Record
from shutan.apps.schemes import actions, content, judging, queries, steps
from shutan.apps.schemes.models import Opinion, Scheme, calibration_state


def told(error):
    return " ".join(error.value.messages)


def test_a_first_scheme_has_a_line_for_each_figure(people):
    scheme = begin(people["filler"])
    rows = list(scheme.parameters.all())
    assert [row.parameter for row in rows] == list(scheme.declared.parameters)
    assert {row.obtained for row in rows} == {""}
    assert (scheme.version, scheme.state) == (1, "draft")


def test_one_scheme_a_year_and_only_where_the_guideline_asks_for_one(people):
    begin(people["filler"])
    with pytest.raises(ValidationError, match="revise"):
        begin(people["filler"])
    with pytest.raises(ValidationError, match="asks for no scheme"):
        begin(people["filler"], "paper")


def test_only_the_enterprise_and_its_agents_write(people):
    scheme = begin(people["filler"])
    for name in ("other", "service"):
        with pytest.raises(PermissionDenied):
            actions.keep_row(people[name], scheme, "facilities", FACILITY, now=NOW)
    with pytest.raises(PermissionDenied):
        actions.keep_row(people["officer"], scheme, "facilities", FACILITY, now=NOW)
    assert not queries.schemes(people["other"]).exists()


def test_regulators_see_what_was_submitted_and_only_of_their_place(people):
    scheme = complete(people["filler"])
    assert not queries.schemes(people["officer"]).exists()
    take(people["filler"], scheme, "send_to_review")
    assert not queries.schemes(people["city"]).exists()
    take(people["reviewer"], scheme, "submit")
    assert queries.schemes(people["officer"]).get() == scheme
    assert queries.schemes(people["city"]).exists()
    assert not queries.schemes(people["far_city"]).exists()
    assert not queries.schemes(people["laboratory"]).exists()


def test_nothing_goes_to_review_while_something_is_missing(people):
    scheme = begin(people["filler"])
    with pytest.raises(ValidationError) as error:
        take(people["filler"], scheme, "send_to_review")
    assert "organisation chart is missing" in told(error)
    assert "No main facility" in told(error)
    assert "36 figures do not say" in told(error)
    assert fresh(scheme).content is None


def test_the_whole_way_to_being_in_force(people):
    scheme = complete(people["filler"])
    take(people["filler"], scheme, "send_to_review")
    held = fresh(scheme)
    assert held.content["texts"]["boundary"] == "核算边界描述说明"
    with pytest.raises(ValidationError, match="Another person"):
        take_by_sender(people, scheme)
    take(people["reviewer"], scheme, "submit")
    steps.give_opinion(people["city"], fresh(scheme), verdict="agrees", text="", now=NOW)
    done = take(people["officer"], scheme, "accept", in_force_from=date(2027, 1, 1), why="同意")
    assert (done.state, done.in_force_from, done.answer) == ("accepted", date(2027, 1, 1), "同意")
    home = people["filler"].organisation
    assert queries.in_force(home, "power", date(2027, 1, 1)) == done
    assert queries.in_force(home, "power", date(2027, 12, 31)) == done
    assert queries.in_force(home, "power", date(2026, 12, 31)) is None
    assert queries.in_force(home, "power", date(2028, 1, 1)) is None
    assert queries.until(done) == date(2027, 12, 31)
    assert [one.kind for one in Record.objects.order_by("pk")] == ["schemes.submit", "schemes.accept"]


def take_by_sender(people, scheme):
    person = people["filler"]
    person.role = "reviewer"
    person.save()
    try:
        take(person, scheme, "submit")
    finally:
        person.role = "filler"
        person.save()


def test_submission_is_a_deed_of_the_calendar(people):
    scheme = submitted(people)
    home = people["filler"].organisation_id
    deed = deeds_of([home])[(home, "scheme_filed", "power", 2027, 0)]
    assert (deed.on, deed.evidence) == (date(2026, 11, 5), scheme.title)


def test_a_second_click_submits_once(people):
    scheme = complete(people["filler"])
    take(people["filler"], scheme, "send_to_review")
    seen = fresh(scheme).revision
    steps.take(people["reviewer"], scheme, "submit", revision=seen, now=NOW)
    with pytest.raises(ValidationError, match="cannot be taken"):
        steps.take(people["reviewer"], scheme, "submit", revision=seen, now=NOW)
    assert LogEntry.objects.filter(action="schemes.submit").count() == 1


def test_the_internal_review_sends_back_and_what_was_frozen_is_free_again(people):
    scheme = complete(people["filler"])
    take(people["filler"], scheme, "send_to_review")
    with pytest.raises(ValidationError, match="Only a draft"):
        texts(people["filler"], scheme, "B.3", boundary="另一边界")
    with pytest.raises(ValidationError, match="reasons"):
        take(people["reviewer"], scheme, "send_back")
    take(people["reviewer"], scheme, "send_back", why="边界不完整")
    texts(people["filler"], scheme, "B.3", boundary="另一边界")
    assert fresh(scheme).texts["boundary"] == "另一边界"
    assert fresh(scheme).sent_back == "边界不完整"


def test_a_return_is_answered_by_a_new_version_and_the_old_stays(people):
    scheme = submitted(people)
    with pytest.raises(ValidationError, match="reasons"):
        take(people["officer"], scheme, "return")
    returned = take(people["officer"], scheme, "return", why="缺少入炉煤计量器具")
    new = actions.revise(people["filler"], returned, triggers=[], reason="补充计量器具", now=NOW)
    assert (new.version, new.previous, new.state) == (2, returned, "draft")
    assert content.differences(content.whole(returned), content.whole(new), new.declared) == []
    with pytest.raises(ValidationError, match="last version"):
        actions.revise(people["filler"], returned, triggers=[], reason="再次", now=NOW)


def test_what_is_in_force_is_revised_for_a_case_of_the_guideline_only(people):
    first = accepted(people)
    with pytest.raises(ValidationError, match="guideline's cases"):
        actions.revise(people["filler"], first, triggers=[], reason="新燃料", now=NOW)
    with pytest.raises(ValidationError, match="Not a case"):
        actions.revise(people["filler"], first, triggers=["boredom"], reason="新燃料", now=NOW)
    with pytest.raises(ValidationError, match="what is revised"):
        actions.revise(people["filler"], first, triggers=["facility"], reason=" ", now=NOW)
    second = actions.revise(
        people["filler"], first, triggers=["method", "facility"], reason="新燃料", now=NOW
    )
    assert second.triggers == ["facility", "method"]
    take(people["filler"], second, "send_to_review")
    take(people["reviewer"], second, "submit")
    for day in (date(2027, 1, 1), date(2026, 12, 1), date(2028, 1, 1), None):
        with pytest.raises(ValidationError):
            take(people["officer"], second, "accept", in_force_from=day)
    take(people["officer"], second, "accept", in_force_from=date(2027, 7, 1))
    home = people["filler"].organisation
    assert queries.in_force(home, "power", date(2027, 6, 30)) == first
    assert queries.in_force(home, "power", date(2027, 7, 1)) == second
    assert queries.until(fresh(first)) == date(2027, 6, 30)
    held = queries.in_force_rows(queries.schemes(people["officer"]), date(2027, 8, 1))
    assert list(held) == [second]


def test_next_year_begins_with_what_was_accepted(people):
    first = accepted(people)
    following = begin(people["filler"], year=2028)
    assert following.previous == first
    row = following.parameters.first()
    assert (row.obtained, row.meter.number, row.department) == ("measured", "BS-power-2027", "燃料部")
    assert following.texts["boundary"] == "核算边界描述说明"
    assert content.differences(content.whole(first), content.whole(following), first.declared) == []


def test_opinions_are_given_while_it_is_under_review_and_objections_say_why(people):
    scheme = submitted(people)
    with pytest.raises(ValidationError, match="what is to be changed"):
        steps.give_opinion(people["city"], scheme, verdict="objects", text=" ", now=NOW)
    steps.give_opinion(people["city"], scheme, verdict="objects", text="补充流程图", now=NOW)
    take(people["officer"], scheme, "return", why="按市局意见修改")
    with pytest.raises(ValidationError, match="not under review"):
        steps.give_opinion(people["city"], scheme, verdict="agrees", text="", now=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        Opinion.objects.update(verdict="agrees")


def test_who_comes_second_is_told(people):
    scheme = begin(people["filler"])
    row = scheme.parameters.first()
    keep(people["filler"], scheme, row, obtained="none")
    with pytest.raises(actions.StaleError) as error:
        keep(people["responsible"], scheme, row, obtained="default")
    assert error.value.now.obtained == "none"
    section = scheme.declared.section("B.3")
    seen = actions.stamp(fresh(scheme), section)
    texts(people["filler"], scheme, "B.3", boundary="甲")
    with pytest.raises(actions.StaleError):
        actions.keep_texts(people["filler"], scheme, section, {"boundary": "乙"}, seen=seen, now=NOW)
    texts(people["filler"], scheme, "B.2", products="电力")  # another section is another text
    assert fresh(scheme).texts["boundary"] == "甲"


def test_a_figure_stands_once_for_each_subject(people):
    scheme = begin(people["filler"])
    given = ROW | {"parameter": "fuel_consumption_reported", "obtained": "measured"}
    actions.keep_row(people["filler"], scheme, "parameters", given | {"subject": "2号机组"}, now=NOW)
    with pytest.raises(actions.FaultsError) as error:
        actions.keep_row(people["filler"], scheme, "parameters", given | {"subject": " 2号机组 "}, now=NOW)
    assert "subject" in error.value.form.errors
    with pytest.raises(actions.FaultsError):
        actions.keep_row(people["filler"], scheme, "parameters", given | {"parameter": "no_such"}, now=NOW)


def test_another_enterprises_meter_cannot_be_named(people):
    scheme = begin(people["filler"])
    theirs = a_meter(people["other"])
    with pytest.raises(actions.FaultsError) as error:
        keep(people["filler"], scheme, scheme.parameters.first(), obtained="measured", meter=str(theirs.pk))
    assert "meter" in error.value.form.errors


def test_files_are_charts_and_plans_only(people):
    scheme = begin(people["filler"])
    for item, upload in (
        ("flow_chart", Upload("a.pdf", b"MZ not a pdf")),
        ("flow_chart", Upload("virus.exe", PDF)),
        ("boundary", Upload("a.pdf", PDF)),
    ):
        with pytest.raises(ValidationError):
            actions.add_files(people["filler"], scheme, item, [upload], now=NOW)
    with pytest.raises(ValidationError, match="Choose a file"):
        actions.add_files(people["filler"], scheme, "flow_chart", [], now=NOW)
    two = [Upload("a.pdf", PDF), Upload("b.pdf", PDF + b"2")]
    assert len(actions.add_files(people["filler"], scheme, "flow_chart", two, now=NOW)) == 2
    assert actions.add_files(people["filler"], scheme, "flow_chart", two[:1], now=NOW) == []
    actions.drop_file(people["filler"], scheme.files.first(), now=NOW)
    assert scheme.files.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda scheme: scheme.parameters.update(description="改"),
        lambda scheme: scheme.facilities.update(name="改"),
        lambda scheme: scheme.facilities.all().delete(),
        lambda scheme: scheme.files.update(name="改"),
        lambda scheme: Scheme.objects.filter(pk=scheme.pk).update(content={"texts": {}}),
        lambda scheme: Scheme.objects.filter(pk=scheme.pk).update(texts={}),
        lambda scheme: Scheme.objects.filter(pk=scheme.pk).delete(),
        lambda scheme: Scheme.objects.filter(pk=scheme.pk).update(year=2028),
    ],
)
def test_what_was_submitted_cannot_be_changed_by_anybody(people, change):
    scheme = submitted(people)
    with pytest.raises(DatabaseError), transaction.atomic():
        change(scheme)


def test_a_row_cannot_be_moved_into_a_submitted_version(people):
    scheme = submitted(people)
    draft = begin(people["filler"], year=2028)
    actions.keep_row(people["filler"], draft, "facilities", FACILITY | {"number": "MF9"}, now=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        draft.facilities.update(scheme=scheme)


def test_a_decided_version_stays(people):
    scheme = accepted(people)
    with pytest.raises(DatabaseError), transaction.atomic():
        Scheme.objects.filter(pk=scheme.pk).update(answer="别的意见")


def test_calibrations_are_due_overdue_or_unknown(people):
    meter = a_meter(people["filler"])
    given = {"day": "2025-11-01", "due": "2026-10-31", "by": "省计量院"}
    assert queries.meters(people["filler"]).get().due is None
    first = actions.record_calibration(people["filler"], meter, given, now=NOW)
    assert queries.meters(people["filler"]).get().due == date(2026, 10, 31)
    today = date(2026, 11, 5)
    assert calibration_state(None, today) == "unknown"
    assert calibration_state(date(2026, 11, 4), today) == "overdue"
    assert calibration_state(today, today) == "due"
    assert calibration_state(date(2027, 1, 4), today) == "due"
    assert calibration_state(date(2027, 1, 5), today) == "normal"
    for wrong in ({"due": "2025-11-01"}, {"day": "2025-11-01", "due": "2026-11-30"}):
        with pytest.raises(actions.FaultsError):
            actions.record_calibration(
                people["filler"], meter, given | {"day": "2025-12-01"} | wrong, now=NOW
            )
    with pytest.raises(ValidationError):
        actions.withdraw_calibration(people["filler"], first, reason=" ", now=NOW)
    actions.withdraw_calibration(people["filler"], first, reason="日期填错", now=NOW)
    assert queries.meters(people["filler"]).get().due is None
    actions.record_calibration(people["filler"], meter, given | {"due": "2026-11-30"}, now=NOW)
    assert queries.meters(people["filler"]).get().due == date(2026, 11, 30)
    with pytest.raises(DatabaseError), transaction.atomic():
        meter.calibrations.update(due=date(2030, 1, 1))


def test_two_meters_have_two_numbers(people):
    a_meter(people["filler"])
    with pytest.raises(actions.FaultsError):
        a_meter(people["filler"])
    meter = a_meter(people["filler"], number="BS-02")
    changed = actions.keep_meter(
        people["filler"], meter.organisation, METER | {"number": "BS-03"}, meter=meter, revision=1, now=NOW
    )
    assert (changed.number, changed.revision) == ("BS-03", 2)
    with pytest.raises(actions.StaleError):
        actions.keep_meter(people["filler"], meter.organisation, METER, meter=meter, revision=1, now=NOW)


def test_remarks_name_meters_without_calibration_and_do_not_stop(people):
    scheme = complete(people["filler"])
    found = judging.remarks(scheme, content.whole(scheme), date(2026, 11, 5))
    assert [(one.section, one.blocks) for one in found] == [("B.5", False)]
    assert "no calibration on record" in found[0].text


def test_a_default_value_needs_no_recording(people):
    scheme = complete(people["filler"])
    row = scheme.parameters.all()[1]
    keep(people["filler"], scheme, row, obtained="default", description="指南附录A", department="环保部")
    assert all(
        not one.blocks for one in judging.remarks(fresh(scheme), content.whole(scheme), date(2026, 11, 5))
    )
    row.refresh_from_db()
    keep(people["filler"], scheme, row, obtained="calculated", description="按公式", department="环保部")
    open_ = [
        one.text
        for one in judging.remarks(fresh(scheme), content.whole(scheme), date(2026, 11, 5))
        if one.blocks
    ]
    assert len(open_) == 1
    assert "How often it is recorded" in open_[0]
