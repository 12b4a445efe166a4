"""Business verbs of monthly filing: who may, what is kept, what is refused, what cannot happen twice."""

import json
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.db.utils import IntegrityError
from filing_helpers import NOW, PDF, change, changes, file_month, fill, wanted

from shutan.apps.accounts.models import LogEntry
from shutan.apps.common.files import Upload
from shutan.apps.evidence.models import Record
from shutan.apps.filing import actions, cells, comparing, completeness, deeds, papers, proofs, queries
from shutan.apps.filing.content import Year
from shutan.apps.filing.models import Book, EvidenceFile, FiledValue, MonthlyFiling
from shutan.cli.plants import chuannan
from shutan.rules.registry import rule_set

State = MonthlyFiling.State


def test_a_book_is_begun_once_and_brings_the_rows_of_the_year_before(people, book):
    again = actions.open_book(
        people["filler"], people["filler"].organisation, rule_set="power", year=2025, now=NOW
    )
    assert again == book
    later = actions.open_book(
        people["filler"], people["filler"].organisation, rule_set="power", year=2026, now=NOW
    )
    assert FiledValue.objects.filter(book=later).count() == FiledValue.objects.filter(book=book).count() > 0


@pytest.mark.parametrize(("rules", "year"), [("duties", 2025), ("power", 1990), ("entry", 2026)])
def test_a_book_needs_rules_with_months(people, rules, year):
    with pytest.raises(ValidationError):
        actions.open_book(people["filler"], people["filler"].organisation, rule_set=rules, year=year, now=NOW)


def test_months_give_the_same_figures_as_the_workbook_of_the_year(people, book):
    """What is typed month by month is what the whole year's workbook would have said."""
    made = {}
    for number in actions.MONTHS:
        made[number] = actions.open_month(people["filler"], book, number, now=NOW)
        cells.save(people["filler"], made[number], changes(number), now=NOW)
    result = Year.of(book, made).result()
    straight = rule_set("power").evaluate(2025, chuannan(2025).dataset())
    for name in straight.rules.report.summary:
        assert [str(one) for one in result.column(name)] == [str(one) for one in straight.column(name)], name


def test_a_month_begun_twice_is_one(people, book, month):
    assert actions.open_month(people["filler"], book, 3, now=NOW) == month
    with pytest.raises(ValidationError):
        actions.open_month(people["filler"], book, 13, now=NOW)


# -- cells ------------------------------------------------------------------------------------------------------


def test_a_cell_is_saved_exactly_with_its_unit(people, month):
    done = cells.save(people["filler"], month, [change("1234.50")], now=NOW)
    (kept,) = done.saved
    assert (kept.number, kept.unit, kept.revision) == (Decimal("1234.50"), "fuel_unit", 1)
    assert LogEntry.objects.filter(action="filing.save_cells").count() == 2  # the book's rows, and this


def test_what_cannot_be_read_is_refused_and_the_rest_is_saved(people, month):
    wrong = [
        change("abc"),
        change("-1", key=("2号机组", "烟煤")),
        change("1", table="nowhere"),
        change("1", table="units", key=("1号机组",)),
        change("1", key=("1号机组",)),
        change("1", variable="nothing"),
    ]
    right = change("20.5", variable="ncv_ar_reported")
    done = cells.save(people["filler"], month, [*wrong, right], now=NOW)
    assert len(done.refused) == len(wrong)
    assert [one.variable for one in done.saved] == ["ncv_ar_reported"]
    assert done.refused[0].expected is not None


def test_two_editors_lose_nothing(people, month):
    cells.save(people["filler"], month, [change("100")], now=NOW)
    first = cells.save(people["filler"], month, [change("110", seen=1)], now=NOW)
    second = cells.save(people["boss"], month, [change("120", seen=1)], now=NOW)
    assert [one.number for one in first.saved] == [Decimal(110)]
    (conflict,) = second.conflicts
    assert (conflict.now.number, conflict.change.value) == (Decimal(110), "120")
    assert str(conflict.now.changed_by) == "filler"
    mine = cells.save(people["boss"], month, [change("120", seen=conflict.now.revision)], now=NOW)
    assert [one.number for one in mine.saved] == [Decimal(120)]


def test_the_same_value_typed_by_two_is_no_conflict(people, month):
    cells.save(people["filler"], month, [change("100")], now=NOW)
    done = cells.save(people["boss"], month, [change("100.00")], now=NOW)
    assert not done.conflicts
    assert [one.revision for one in done.saved] == [1]


def test_an_emptied_cell_counts_on(people, month):
    cells.save(people["filler"], month, [change("100")], now=NOW)
    cells.save(people["filler"], month, [change("", seen=1)], now=NOW)
    kept = FiledValue.objects.get(filing=month)
    assert (kept.number, kept.text, kept.revision) == (None, "", 2)
    year = Year.of(month.book, {3: month})
    assert all("fuel_consumption_reported" not in row.values for row in year.dataset().rows("fuel_months"))


def test_a_row_is_added_and_taken_out(people, month):
    key = ("1号机组", "烟煤", "03-01")
    cells.save(people["filler"], month, [change("", variable="", table="samples", key=key)], now=NOW)
    assert FiledValue.objects.filter(filing=month, table="samples").count() == 1
    assert cells.remove_row(people["filler"], month, "samples", key, now=NOW) == 1


def test_300_cells_are_few_queries(people, month, django_assert_max_num_queries):
    some = [
        change(str(number), variable="sample_amount", table="samples", key=("1号机组", "烟煤", str(number)))
        for number in range(1, 301)
    ]
    with django_assert_max_num_queries(25):
        done = cells.save(people["filler"], month, some, now=NOW)
    assert len(done.saved) == 300


# -- the month before, flags ------------------------------------------------------------------------------------


def test_copying_takes_choices_and_figures_only_where_asked_for(people, full, book):
    april = actions.open_month(people["filler"], book, 4, now=NOW)
    cells.save(people["filler"], april, [change("5")], now=NOW)
    actions.copy_last(people["filler"], april, now=NOW)
    numbers = FiledValue.objects.filter(filing=april, number__isnull=False)
    assert [one.number for one in numbers] == [Decimal(5)]  # typed, not copied over
    assert FiledValue.objects.filter(filing=april, variable="carbon_source").exists()
    assert actions.copy_last(people["filler"], april, figures=True, now=NOW) > 0
    assert (
        FiledValue.objects.get(
            filing=april, variable="fuel_consumption_reported", key=["1号机组", "烟煤"]
        ).number
        == 5
    )


def test_there_must_be_a_month_before(people, book):
    january = actions.open_month(people["filler"], book, 1, now=NOW)
    with pytest.raises(ValidationError):
        actions.copy_last(people["filler"], january, now=NOW)


def test_a_stopped_month_owes_nothing(people, month):
    held = actions.set_flags(
        people["filler"], month, stopped=True, unchanged=False, revision=month.revision, now=NOW
    )
    filed = file_month(people, held)
    assert filed.state == State.SUBMITTED


# -- the way to filing ------------------------------------------------------------------------------------------


def test_a_month_is_filed_by_a_second_person_and_proved(people, full):
    filed = file_month(people, full)
    assert (filed.state, filed.version, len(filed.content_digest)) == (State.SUBMITTED, 1, 64)
    assert Record.objects.filter(kind="filing.submit", subject_pk=filed.pk).count() == 1
    proven = proofs.month(filed.pk, 1)
    assert proven.facts["seal"]["sha256"] == filed.content_digest
    assert len(proven.files) == filed.evidence.count()
    (deed,) = deeds.submitted([filed.organisation.pk])
    assert (deed.name, deed.sector, deed.year, deed.month) == ("monthly_evidence", "power", 2025, 3)


def test_who_sent_it_does_not_file_it(people, full):
    sent = actions.send_for_review(people["boss"], full, revision=full.revision, now=NOW)
    with pytest.raises(actions.BlockedError):
        actions.submit(people["boss"], sent, revision=sent.revision, now=NOW)
    with pytest.raises(PermissionDenied):
        actions.submit(people["filler"], sent, revision=sent.revision, now=NOW)


def test_a_draft_is_not_filed_without_review(people, full):
    with pytest.raises(actions.BlockedError):
        actions.submit(people["reviewer"], full, revision=full.revision, now=NOW)


def test_a_double_click_files_once(people, full):
    sent = actions.send_for_review(people["filler"], full, revision=full.revision, now=NOW)
    first = actions.submit(people["reviewer"], sent, revision=sent.revision, now=NOW)
    second = actions.submit(people["reviewer"], sent, revision=sent.revision, now=NOW)
    assert first == second
    assert MonthlyFiling.objects.count() == 1
    assert LogEntry.objects.filter(action="filing.submit").count() == 1
    assert Record.objects.filter(kind="filing.submit").count() == 1


def test_what_is_missing_is_named(people, month):
    cells.save(people["filler"], month, changes(3)[:40], now=NOW)
    sent = actions.send_for_review(people["filler"], month, revision=month.revision, now=NOW)
    with pytest.raises(actions.BlockedError) as told:
        actions.submit(people["reviewer"], sent, revision=sent.revision, now=NOW)
    assert len(told.value.reasons) >= 2


def test_missing_papers_need_a_reason(people, full):
    EvidenceFile.objects.filter(filing=full).first().delete()
    sent = actions.send_for_review(people["filler"], full, revision=full.revision, now=NOW)
    with pytest.raises(actions.BlockedError):
        actions.submit(people["reviewer"], sent, revision=sent.revision, now=NOW)
    filed = actions.submit(people["reviewer"], sent, revision=sent.revision, now=NOW, why="检测报告下周到")
    assert filed.note == "检测报告下周到"


def test_sent_back_it_can_be_mended(people, full):
    sent = actions.send_for_review(people["filler"], full, revision=full.revision, now=NOW)
    with pytest.raises(ValidationError):
        cells.save(people["filler"], full, [change("1", seen=1)], now=NOW)
    with pytest.raises(ValidationError):
        actions.send_back(people["reviewer"], sent, revision=sent.revision, now=NOW, why=" ")
    back = actions.send_back(people["reviewer"], sent, revision=sent.revision, now=NOW, why="请核对")
    assert (back.state, back.note) == (State.DRAFT, "请核对")
    cells.save(people["filler"], back, [change("1", seen=1)], now=NOW)


def test_a_step_on_an_old_page_is_told(people, full):
    actions.set_flags(people["filler"], full, stopped=False, unchanged=True, revision=1, now=NOW)
    with pytest.raises(actions.StaleError):
        actions.send_for_review(people["filler"], full, revision=1, now=NOW)


def test_returned_corrected_accepted(people, full):
    filed = file_month(people, full)
    with pytest.raises(PermissionDenied):
        actions.decide(people["far_city"], filed, State.PASSED_CITY, revision=filed.revision, now=NOW)
    back = actions.decide(
        people["city"], filed, State.RETURNED, revision=filed.revision, now=NOW, why="核对耗煤量"
    )
    new = actions.correct(people["filler"], back, now=NOW, why="按退回意见")
    assert actions.correct(people["filler"], back, now=NOW, why="按退回意见") == new
    assert (new.version, new.previous, new.evidence.count()) == (2, filed, filed.evidence.count())
    before = FiledValue.objects.get(filing=new, variable="fuel_consumption_reported", key=["1号机组", "烟煤"])
    cells.save(people["filler"], new, [change("100000", seen=before.revision)], now=NOW)
    pair = Year.of(filed.book, {3: filed}), Year.of(filed.book, {3: new})
    (differs,) = comparing.cells(*pair, 3)
    assert differs.after == "100000"
    assert any(one.difference for one in comparing.figures(*pair, 3))
    again = file_month(people, MonthlyFiling.objects.get(pk=new.pk))
    passed = actions.decide(people["city"], again, State.PASSED_CITY, revision=again.revision, now=NOW)
    accepted = actions.decide(people["officer"], passed, State.ACCEPTED, revision=passed.revision, now=NOW)
    assert accepted.state == State.ACCEPTED
    assert queries.is_corrected(filed)
    assert MonthlyFiling.objects.get(pk=filed.pk).state == State.RETURNED


def test_a_draft_is_thrown_away(people, full):
    actions.drop_month(people["filler"], full, revision=full.revision, now=NOW)
    assert not MonthlyFiling.objects.exists()
    assert Book.objects.count() == 1


# -- papers -----------------------------------------------------------------------------------------------------


def test_files_are_sorted_by_their_names(people, month):
    cells.save(people["filler"], month, changes(3), now=NOW)
    names = {
        "2025-03 1号机组 烟煤 皮带秤台账.pdf": "coal_as_fired",
        "2号机组 发电量 生产月报.pdf": "generation",
        "说明.pdf": "",
    }
    taken = papers.add(
        people["filler"], month, [Upload(name, PDF + name.encode()) for name in names], now=NOW
    )
    assert [one.kept.need for one in taken] == list(names.values())
    assert taken[0].kept.key == ["1号机组", "烟煤"]
    assert taken[1].kept.key[0] == "2号机组"


def test_a_file_that_is_none_is_refused_and_the_others_are_kept(people, month):
    uploads = [Upload("setup.pdf", b"MZ\x90"), Upload("ledger.exe", PDF), Upload("a.pdf", PDF)]
    taken = papers.add(people["filler"], month, uploads, now=NOW)
    assert [bool(one.kept) for one in taken] == [False, False, True]
    assert all(one.why for one in taken[:2])


def test_evidence_of_another_month_is_asked_about(people, full):
    february = Upload("2025-02 发电量 1号机组.pdf", PDF + b"feb")
    (taken,) = papers.add(people["filler"], full, [february], now=NOW)
    assert taken.kept.speaks_of == "2025-02"
    sent = actions.send_for_review(people["filler"], full, revision=full.revision, now=NOW)
    with pytest.raises(actions.BlockedError) as told:
        actions.submit(people["reviewer"], sent, revision=sent.revision, now=NOW)
    assert "2025-02" in told.value.reasons[0]
    actions.send_back(people["reviewer"], sent, revision=sent.revision, now=NOW, why="确认月份")
    kept = EvidenceFile.objects.get(pk=taken.kept.pk)
    papers.sort(people["filler"], kept, need=kept.need, key=kept.key, belongs=True, now=NOW)
    assert file_month(people, MonthlyFiling.objects.get(pk=full.pk)).state == State.SUBMITTED


def test_a_paper_is_described_moved_and_taken_out(people, full):
    one = full.evidence.order_by("pk").first()
    papers.sort(people["filler"], one, need="", ledger="煤耗台账", original_place="档案室3柜", now=NOW)
    assert completeness.of(Year.of(full.book, {3: full}), 3).unsorted == [one]
    with pytest.raises(ValidationError):
        papers.sort(people["filler"], one, need="nothing", now=NOW)
    papers.remove(people["filler"], one, now=NOW)
    assert len(wanted(full)) > full.evidence.count() - 1


# -- access and triggers ----------------------------------------------------------------------------------------


def test_strangers_and_drafts(people, full):
    for name in ("rival", "officer", "city"):
        assert not queries.months(people[name]).exists()
    with pytest.raises(PermissionDenied):
        cells.save(people["rival"], full, [change("1")], now=NOW)
    file_month(people, full)
    assert queries.months(people["officer"]).count() == queries.months(people["city"]).count() == 1
    assert not queries.months(people["far_city"]).exists()
    assert not queries.months(people["rival"]).exists()


@pytest.mark.parametrize(
    "change_it",
    [
        lambda one: FiledValue.objects.filter(filing=one).update(text="x"),
        lambda one: FiledValue.objects.filter(filing=one).delete(),
        lambda one: EvidenceFile.objects.filter(filing=one).update(name="x"),
        lambda one: MonthlyFiling.objects.filter(pk=one.pk).update(content_digest="0" * 64),
        lambda one: MonthlyFiling.objects.filter(pk=one.pk).update(state="draft"),
        lambda one: MonthlyFiling.objects.filter(pk=one.pk).delete(),
        lambda one: FiledValue.objects.create(
            filing=one, table="fuel_months", key=["x", "y"], variable="v", changed_at=NOW
        ),
    ],
)
def test_a_filed_month_is_frozen_in_the_database(people, full, change_it):
    filed = file_month(people, full)
    with pytest.raises(DatabaseError), transaction.atomic():
        change_it(filed)
    assert proofs.digest(filed) == filed.content_digest


def test_the_database_knows_a_second_person_and_one_open_version(people, full):
    sent = actions.send_for_review(people["filler"], full, revision=full.revision, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        MonthlyFiling.objects.filter(pk=sent.pk).update(
            state="submitted", submitted_by=people["filler"], submitted_at=NOW, content_digest="0" * 64
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        MonthlyFiling.objects.create(
            book=full.book, month=3, version=2, previous=full, reason="x", created_at=NOW, changed_at=NOW
        )


def test_history_keeps_every_cell(people, month):
    cells.save(people["filler"], month, [change("1")], now=NOW)
    cells.save(people["filler"], month, [change("2", seen=1)], now=NOW)
    kept = FiledValue.objects.get(filing=month)
    assert [one.number for one in kept.events.order_by("pgh_id")] == [1, 2]


def test_filling_a_whole_month_is_complete(people, full):
    done = completeness.of(Year.of(full.book, {3: full}), 3)
    assert (done.percent, done.missing, done.lacking) == (100, [], [])
    fill(people["filler"], full)  # again: the same files are no second ones
    assert full.evidence.count() == len(done.wanted)


def test_a_month_says_who_changed_what_and_when(client, people, full):
    cells.save(people["boss"], full, [change("4321", seen=1)], now=NOW)
    filed = file_month(people, full)
    client.force_login(people["filler"])
    told = client.get(f"/filing/months/{filed.pk}/history?q=fuel_consumption").content.decode()
    assert "4,321" in told or "4321" in told
    assert "boss" in told
    export = client.get(f"/filing/months/{filed.pk}/history?q=fuel_consumption&export=csv")
    assert "4321" in b"".join(export).decode("utf-8-sig")
    client.force_login(people["city"])
    seen = client.get(f"/filing/months/{filed.pk}/history")
    assert seen.status_code == 200
    assert "4321" not in seen.content.decode()
    client.force_login(people["rival"])
    assert client.get(f"/filing/months/{filed.pk}/history").status_code == 404


def test_a_row_is_taken_out_on_the_page(client, people, month, book):
    client.force_login(people["filler"])
    key = ["1号机组", "烟煤", "03-01"]
    cells.save(people["filler"], month, [change("", variable="", table="samples", key=tuple(key))], now=NOW)
    sent = json.dumps({"table": "samples", "key": key})
    for text, status in ((sent, 200), ("[]", 400), ("?", 400)):
        answer = client.post(f"/filing/months/{month.pk}/rows", text, "application/json")
        assert answer.status_code == status
    assert not FiledValue.objects.filter(filing=month).exists()
    sent = json.dumps({"table": "nowhere", "key": []})
    assert client.post(f"/filing/{book.pk}/year/rows", sent, "application/json").json() == {"cells": 0}


PAGES = ("", "/evidence", "/findings", "/history", "/sheet", "/standing")


@pytest.mark.parametrize("page", PAGES)
def test_the_pages_of_a_month_are_few_queries(client, people, full, page, django_assert_max_num_queries):
    client.force_login(people["filler"])
    with django_assert_max_num_queries(25):
        assert client.get(f"/filing/months/{full.pk}{page}").status_code == 200


def test_the_pages_of_a_year_are_few_queries(client, people, book, django_assert_max_num_queries):
    for number in range(1, 13):
        cells.save(
            people["filler"],
            actions.open_month(people["filler"], book, number, now=NOW),
            changes(number),
            now=NOW,
        )
    client.force_login(people["filler"])
    for page in ("", f"{book.pk}", f"{book.pk}/year", f"{book.pk}/platform"):
        with django_assert_max_num_queries(25):
            assert client.get(f"/filing/{page}").status_code == 200
