"""Business verbs: who may, what is kept, what is refused, what cannot happen twice."""

import datetime as dt
import io
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from reporting_helpers import NOW, PLANTS, changed_workbook, create, submit, workbook

from shutan.apps.accounts.models import LogEntry
from shutan.apps.common.values import stored
from shutan.apps.reporting import actions, later, notices, results, rows, storage
from shutan.apps.reporting.models import (
    Finding,
    ParameterNotice,
    ReadingProblem,
    Report,
    ReportedValue,
    SourceFile,
)
from shutan.documents.template import write_template
from shutan.documents.workbook import read_workbook
from shutan.rules.registry import rule_set

TOTAL = "enterprise_combustion_emissions"


@pytest.mark.parametrize("name", ["coal", "coal_2023", "gas", "us"])
def test_the_rows_give_the_same_result_as_the_workbook(people, files, name):
    """What web and API show equals what the command line computes straight from the file."""
    made = create(people["filler"], name, rules_year=PLANTS[name]().rules_year).report
    reading = read_workbook(workbook(name), rules_year=PLANTS[name]().rules_year)
    straight = reading.rules.evaluate(reading.rules_year, reading.data)
    shown = results.result_of(made)
    assert shown.columns.keys() == straight.columns.keys()
    for column in straight.rules.order:
        if straight.has(column):
            pairs = zip(straight.column(column), shown.column(column), strict=True)
            assert all(stored(one) == stored(other) for one, other in pairs), column
            assert [rows.reasons(one) for one in straight.column(column)] == [
                rows.reasons(one) for one in shown.column(column)
            ]
    assert rows.drift(made.pk, shown) == []
    assert results.is_current(made)


def test_the_us_plant_gives_the_published_comparison(people, files):
    made = create(people["filler"], "us", rules_year=2024).report
    result = results.result_of(made)
    assert result.value(TOTAL).quantize(Decimal(1)) == 9_848_650
    assert result.value("stack_measured_emissions").quantize(Decimal(1)) == 9_015_725
    assert made.is_exercise


def test_origins_survive(report):
    result = results.result_of(report)
    origin = result.origin("fuel_consumption_reported", ("1号机组", "烟煤", 3))
    assert origin is not None
    assert origin.sheet
    assert origin.place[0].isalpha()


def test_a_second_click_finds_the_first_report(people, files):
    first, second = create(people["filler"]), create(people["filler"])
    assert (first.is_new, second.is_new) == (True, False)
    assert first.report == second.report
    assert Report.objects.count() == SourceFile.objects.count() == 1
    assert LogEntry.objects.filter(action="reporting.create_report").count() == 1


def test_two_enterprises_may_send_the_same_file(people, files):
    assert create(people["filler"]).report != create(people["other"]).report
    assert len(list(files.rglob("*"))) > 0
    assert sum(path.is_file() for path in files.rglob("*")) == 1  # one content, stored once


def test_nobody_reports_for_others(people, files):
    upload = storage.Upload("a.xlsx", workbook())
    for name in ("other", "officer", "public", "verifier", "reviewer"):
        organisation = people["filler"].organisation
        with pytest.raises(PermissionDenied):
            actions.create_report_from_workbook(people[name], upload, organisation=organisation, now=NOW)
    with pytest.raises(PermissionDenied):
        create(people["verifier"])
    assert not Report.objects.exists()


def test_a_draft_with_faults_is_saved_and_says_them_all(people, files):
    made = create(people["filler"], content=faulty()).report
    found = list(made.problems.order_by("position"))
    assert len(found) >= 2
    assert all(one.sheet and one.place and one.wrong_zh and one.wrong_en for one in found)
    assert made.values.filter(obtained="computed").exists()
    with pytest.raises(actions.BlockedError) as blocked:
        submit(people["reviewer"], made, now=NOW)
    assert blocked.value.reasons
    made.refresh_from_db()
    assert made.is_draft


def faulty():
    """A workbook with text in two number cells."""
    plant = PLANTS["coal"]()
    data = plant.dataset()
    for row in data.rows("fuel_months")[:2]:
        row.values["fuel_consumption_reported"] = "many"
    stream = io.BytesIO()
    write_template(rule_set("power"), plant.year, stream, data=data)
    return stream.getvalue()


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04broken", b"\x00" * 100])
def test_a_file_that_cannot_be_read_saves_nothing(people, files, content):
    with pytest.raises(actions.UnreadableError) as unreadable:
        actions.create_report_from_workbook(
            people["filler"],
            storage.Upload("a.xlsx", content),
            organisation=people["filler"].organisation,
            now=NOW,
        )
    assert unreadable.value.problems
    assert not Report.objects.exists()
    assert not SourceFile.objects.exists()


def test_two_editors(report, people):
    seen = report.revision
    actions.rename(people["filler"], report, "新标题", revision=seen, now=NOW)
    for verb in (actions.recompute, actions.delete_draft):
        with pytest.raises(actions.StaleError):
            verb(people["filler"], report, revision=seen, now=NOW)
    with pytest.raises(actions.StaleError):
        actions.submit(people["reviewer"], report, revision=seen, now=NOW)


def test_recompute_changes_nothing_where_nothing_changed(report, people):
    before = rows.stored_results(report.pk)
    again = actions.recompute(people["filler"], report, revision=report.revision, now=NOW)
    assert rows.stored_results(report.pk) == before
    assert again.revision == report.revision + 1


def test_deleting_a_draft_keeps_the_file_and_the_log(report, people):
    number = report.pk
    actions.delete_draft(people["filler"], report, revision=report.revision, now=NOW)
    assert not Report.objects.exists()
    assert not ReportedValue.objects.exists()
    assert SourceFile.objects.count() == 1
    entry = LogEntry.objects.get(action="reporting.delete_draft")
    assert entry.subject_id == str(number)
    assert create(people["filler"]).is_new


def submitted(people, files, name="coal"):
    made = create(people["filler"], name).report
    return submit(people["reviewer"], made, now=NOW)


def test_the_filler_does_not_submit(report, people):
    with pytest.raises(PermissionDenied):
        actions.submit(people["filler"], report, revision=report.revision, now=NOW)


def test_a_submitted_report_is_frozen_by_the_database(people, files):
    report = submitted(people, files)
    assert (report.state, report.version) == ("submitted", 1)
    tables = ("reportedvalue", "finding", "checkrun", "readingproblem")
    attempts = [
        "UPDATE reporting_reportedvalue SET number = 1 WHERE report_id = %s",
        "DELETE FROM reporting_reportedvalue WHERE report_id = %s",
        "UPDATE reporting_report SET title = 'x' WHERE id = %s",
        "UPDATE reporting_report SET state = 'draft', version = 0, submitted_at = NULL WHERE id = %s",
        "DELETE FROM reporting_report WHERE id = %s",
        "DELETE FROM reporting_checkrun WHERE report_id = %s",
        "TRUNCATE reporting_report CASCADE",
        *(f"TRUNCATE reporting_{table}" for table in tables),
        "TRUNCATE reporting_parameternotice CASCADE",
        "UPDATE reporting_sourcefile SET name = 'x'",
        "DELETE FROM reporting_sourcefile",
    ]
    before = report.values.count()
    for attempt in attempts:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(attempt, [report.pk] if "%s" in attempt else None)
    line = (report.pk, "given", "none", 0, [], None, "added", None, "", "", "", [], "", "", "", "", "")
    with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
        rows.write([line])
    with pytest.raises(DatabaseError), transaction.atomic():
        ReadingProblem.objects.create(report=report, position=0)
    assert report.values.count() == before
    with pytest.raises(ValidationError):
        actions.recompute(people["filler"], report, revision=report.revision, now=NOW)
    with pytest.raises(ValidationError):
        actions.delete_draft(people["filler"], report, revision=report.revision, now=NOW)


def test_rows_of_a_draft_cannot_move_into_a_submitted_report(people, files):
    report, draft = submitted(people, files), create(people["filler"], "gas").report
    with pytest.raises(DatabaseError), transaction.atomic():
        draft.values.filter(variable=TOTAL).update(report=report)


def test_a_correction_is_a_new_version_with_its_reason(people, files):
    first = submitted(people, files)
    draft = create(
        people["filler"], content=changed_workbook("fuel_months", "fuel_purchased", Decimal(1))
    ).report
    with pytest.raises(actions.BlockedError):
        submit(people["reviewer"], draft, now=NOW)
    second = submit(people["reviewer"], draft, now=NOW, why="购入量更正")
    assert (second.version, second.previous, second.reason) == (2, first, "购入量更正")


def test_an_exercise_is_never_submitted(people, files):
    made = create(people["filler"], "gas", rules_year=2023).report
    with pytest.raises(actions.BlockedError):
        submit(people["reviewer"], made, now=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        Report.objects.filter(pk=made.pk).update(state="submitted", version=1, submitted_at=NOW)


def test_a_finding_of_the_law_blocks(report, people):
    finding = Finding.objects.filter(report=report, blocks=True)
    assert not finding.exists()
    broken = create(people["filler"], content=changed_workbook("enterprise", "credit_code", "123")).report
    standing = broken.findings.filter(blocks=True)
    assert standing.exists()
    with pytest.raises(actions.BlockedError) as blocked:
        submit(people["reviewer"], broken, now=NOW)
    assert any(standing[0].check_id in reason for reason in blocked.value.reasons)


def test_history_keeps_every_change(report, people):
    actions.rename(people["filler"], report, "新标题", revision=report.revision, now=NOW)
    from shutan.apps.reporting.models import ReportEvent  # noqa: PLC0415 - made by pghistory

    titles = list(
        ReportEvent.objects.filter(pgh_obj_id=report.pk).order_by("pgh_id").values_list("title", flat=True)
    )
    assert titles[-1] == "新标题"
    assert len(set(titles)) == 2


# -- the register ------------------------------------------------------------------------------------------------

FACTOR = {
    "rule_set": "power", "name": "electricity_factor", "values": {(): Decimal("0.55")},
    "since": dt.date(2024, 1, 1), "until": dt.date(2024, 12, 31), "document": "示例〔2025〕1号",
}  # fmt: skip
WAITS = "enterprise_emissions"


def test_only_a_confirmed_value_computes(report, people):
    assert results.result_of(report).value(WAITS).__class__.__name__ == "Waiting"
    notice = notices.register_parameter(people["officer"], **FACTOR, now=NOW)
    assert results.is_current(report)
    with pytest.raises(PermissionDenied):
        notices.confirm_parameter(people["officer"], notice, now=NOW)
    notices.confirm_parameter(people["lead"], notice, now=NOW)
    done = Report.objects.get(pk=report.pk)  # a draft that waited is computed with the confirmation
    assert isinstance(results.result_of(done).value(WAITS), Decimal)
    assert results.is_current(done)
    assert results.drift(done) == []
    record = results.result_of(done).record("electricity_factor", (), dt.date(2024, 6, 30))
    assert (record.value, record.confirmed_by) == (Decimal("0.55"), "lead")


def test_a_submitted_report_keeps_the_register_of_its_day(people, files):
    report = submitted(people, files)
    notice = notices.register_parameter(people["officer"], **FACTOR, now=NOW)
    notices.confirm_parameter(people["lead"], notice, now=NOW + dt.timedelta(days=1))
    assert results.is_current(report)
    assert results.result_of(report).value(WAITS).__class__.__name__ == "Waiting"


def test_a_rejected_value_says_why_and_stays(people):
    notice = notices.register_parameter(people["officer"], **FACTOR, now=NOW)
    with pytest.raises(ValidationError):
        notices.reject_parameter(people["lead"], notice, now=NOW, why=" ")
    notices.reject_parameter(people["lead"], notice, now=NOW, why="文号有误")
    with pytest.raises(ValidationError):
        notices.confirm_parameter(people["lead"], notice, now=NOW)
    assert results.register("power") == ()
    with pytest.raises(DatabaseError), transaction.atomic():
        ParameterNotice.objects.update(state="confirmed")
    with pytest.raises(DatabaseError), transaction.atomic():
        ParameterNotice.objects.all().delete()


def test_the_database_wants_a_second_person(people):
    notice = notices.register_parameter(people["officer"], **FACTOR, now=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        ParameterNotice.objects.filter(pk=notice.pk).update(state="confirmed", decided_by=people["officer"])


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "none"}, {"rule_set": "none"}, {"values": {("X",): Decimal(1)}}, {"values": {}}, {"until": dt.date(2020, 1, 1)}, {"document": ""},
        {"status": "unknown"},
    ],
)  # fmt: skip
def test_a_wrong_notice_is_refused(people, wrong):
    with pytest.raises((ValidationError, DatabaseError)):
        notices.register_parameter(people["officer"], **FACTOR | wrong, now=NOW)


def test_enterprises_register_nothing(people):
    for name in ("filler", "reviewer", "city", "public"):
        with pytest.raises(PermissionDenied):
            notices.register_parameter(people[name], **FACTOR, now=NOW)


# -- files -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd", "passwd"), ("C:\\a\\b.xlsx", "b.xlsx"), ("a\x00b\n.xlsx", "ab.xlsx"), ("", "file"),
        ("长" * 300 + ".xlsx", "长" * 195 + ".xlsx"),
    ],
)  # fmt: skip
def test_names_are_cleaned(name, clean):
    assert storage.clean_name(name) == clean


def test_a_changed_file_is_noticed(report, files):
    path = next(path for path in files.rglob("*") if path.is_file())
    assert storage.content(report.source) == workbook()
    path.chmod(0o600)
    path.write_bytes(b"changed")
    with pytest.raises(OSError, match="changed"):
        storage.content(report.source)


# -- values that arrive after submission ---------------------------------------------------------------------------

LATER = NOW + dt.timedelta(days=1)


def test_a_value_confirmed_after_submission_says_what_it_would_change(people, files):
    report = submitted(people, files)
    assert later.would_change(report) is None
    notice = notices.register_parameter(people["officer"], **FACTOR, now=LATER)
    assert later.would_change(report, confirmed_only=True) is None
    assert later.would_change(report).undecided
    notices.confirm_parameter(people["lead"], notice, now=LATER)
    found = later.would_change(report, confirmed_only=True)
    assert [one.pk for one in found.notices] == [notice.pk]
    assert not found.undecided
    filed, now = next(pair for pair in found.totals if pair[0].name == WAITS)
    assert filed.is_waiting
    assert now.value == later.result_with(report, [notice]).value(WAITS)


@pytest.mark.parametrize("year", [2023, 2025])
def test_a_value_of_another_year_changes_nothing(people, files, year):
    report = submitted(people, files)
    days = {"since": dt.date(year, 1, 1), "until": dt.date(year, 12, 31)}
    notice = notices.register_parameter(people["officer"], **FACTOR | days, now=LATER)
    notices.confirm_parameter(people["lead"], notice, now=LATER)
    assert later.would_change(report) is None


def test_a_draft_is_told_by_its_drift_alone(people, report):
    notices.register_parameter(people["officer"], **FACTOR, now=LATER)
    assert later.notices_after(report) == []
