"""The ledger: taken up by itself, kept by hand, placed, handed over, disposed of only when the law lets it."""

import datetime as dt
import io

import openpyxl
import pytest
from archives_helpers import LEDGER, NOW, line
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from reporting_helpers import FILED_AT

from shutan.apps.archives import actions, gaps, queries, retention
from shutan.apps.archives.models import Line, Paper, RecordKind
from shutan.apps.common.refusals import FaultsError, StaleError
from shutan.apps.labreports import actions as tests_actions

pytestmark = pytest.mark.django_db
PAPER, MONTH = "filing.evidencefile", "filing.monthlyfiling"
TODAY = NOW.date()
OVER = dt.datetime(2032, 1, 2, 4, tzinfo=dt.UTC)  # the year 2025, its report in 2026, five years more


def kinds(rows):
    return sorted(rows.values_list("kind", "filed"))


def test_records_are_taken_up_by_themselves(people, home, month, report):
    actions.keep(people["filler"], home, LEDGER, now=NOW)
    expected = [
        *[("declaration", True), ("ledger", True), ("month", False), ("month", True), ("paper", True)],
        ("report", True),
    ]
    assert kinds(queries.lines(people["filler"], home)) == expected
    assert kinds(queries.lines(people["officer"], home)) == [one for one in expected if one[1]]
    held = line(PAPER)
    assert (held.year, held.month, held.file_name, held.need != "") == (2025, 1, "入炉煤 2025-01.pdf", True)
    assert queries.belongs(held, queries.needs()) not in ("", held.need)


def test_every_table_of_the_view_can_be_read_and_tells_a_kind(db):
    """A column that another app renames breaks the view at its next migration, which every test run makes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM archives_line")
    assert {field.column for field in Line._meta.concrete_fields} == _columns()
    assert set(RecordKind.values) >= set(Line.objects.values_list("kind", flat=True))


def _columns():
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM archives_line LIMIT 0")
        return {one.name for one in cursor.description}


def test_a_record_on_paper_is_kept_changed_and_told_when_another_was_faster(people, home):
    made = actions.keep(people["filler"], home, LEDGER, now=NOW)
    told = LEDGER | {"title": "入炉煤台账（上）"}
    kept = actions.keep(people["reviewer"], home, told, held=made, revision=1, now=NOW)
    assert (kept.title, kept.revision) == (told["title"], 2)
    with pytest.raises(StaleError):
        actions.keep(people["filler"], home, LEDGER, held=made, revision=1, now=NOW)
    for wrong in (
        LEDGER,
        LEDGER | {"number": "x", "year": ""},
        {"kind": "month", "title": "x", "year": 2025},
    ):
        with pytest.raises(FaultsError):
            actions.keep(people["filler"], home, wrong, now=NOW)
    for who in ("other", "officer", "city", "service"):
        with pytest.raises(PermissionDenied):
            actions.keep(people[who], home, LEDGER | {"number": "2"}, now=NOW)


def test_a_place_is_said_of_a_record_that_the_system_holds(people, home, month):
    put = actions.put(people["filler"], line(PAPER), {"place": "档案室1柜", "department": "生产部"}, now=NOW)
    held = line(PAPER)
    assert (held.place, held.department, held.paper) == ("档案室1柜", "生产部", put.pk)
    with pytest.raises(StaleError):  # somebody who had not seen it
        actions.put(people["reviewer"], held, {"place": "别处"}, revision=0, now=NOW)
    assert actions.put(people["reviewer"], held, {"place": "别处"}, revision=1, now=NOW).revision == 2
    assert Line.objects.filter(source=PAPER).count() == 1


@pytest.mark.parametrize(
    ("kind", "own", "until"),
    [
        ("paper", None, dt.date(2031, 12, 31)),
        ("ledger", None, dt.date(2031, 12, 31)),
        ("test", dt.date(2030, 1, 1), dt.date(2031, 12, 31)),  # one's own rule never shortens the law's
        ("paper", dt.date(2040, 1, 1), dt.date(2040, 1, 1)),
        ("scheme", None, None),  # nothing seen says how long
        ("scheme", dt.date(2030, 1, 1), dt.date(2030, 1, 1)),
    ],
)
def test_how_long_a_record_is_kept(kind, own, until):
    found = retention.of(kind, 2025, own, TODAY)
    assert found.until == until
    assert found.own is (until is not None and until == own)


def test_before_any_law_nothing_says_how_long():
    assert retention.of("paper", 2019, None, dt.date(2020, 6, 1)).until is None


def test_the_filter_agrees_with_each_line(people, home, month, report):
    actions.keep(people["filler"], home, LEDGER | {"own_until": "2040-01-01"}, now=NOW)
    actions.keep(
        people["filler"],
        home,
        {"kind": "scheme", "title": "方案", "year": 2019, "own_until": "2027-01-01"},
        now=NOW,
    )
    rows = Line.objects.all()
    for today in (TODAY, dt.date(2031, 12, 31), dt.date(2032, 1, 1), dt.date(2041, 1, 1)):
        over = {one.key for one in rows if retention.of_line(one, today).is_over(today)}
        undated = {one.key for one in rows if retention.of_line(one, today).until is None}
        assert over == set(rows.filter(retention.over(today)).values_list("key", flat=True))
        assert undated == set(rows.filter(retention.undated(today)).values_list("key", flat=True))


def dispose(person, held, now=OVER, revision=None, reason="已满保存期限，监销人到场"):
    revision = (
        revision if revision is not None else (Paper.objects.get(pk=held.paper).revision if held.paper else 0)
    )
    return actions.dispose(person, held, reason=reason, on=now.date(), revision=revision, now=now)


def test_disposal_only_with_a_reason_and_after_the_period(people, home, month):
    actions.keep(people["filler"], home, LEDGER, now=NOW)
    held = line("archives.paper")
    with pytest.raises(ValidationError, match="2031-12-31"):
        dispose(people["reviewer"], held, now=NOW)
    with pytest.raises(ValidationError, match="Say to whom"):
        dispose(people["reviewer"], held, reason=" ")
    with pytest.raises(PermissionDenied):
        dispose(people["filler"], held)  # who fills in does not destroy
    with pytest.raises(ValidationError, match="Nothing says"):
        dispose(people["reviewer"], line(MONTH, month=1))
    gone = dispose(people["reviewer"], held)
    assert (gone.state, line("archives.paper").state) == ("disposed", "disposed")
    with pytest.raises(ValidationError):
        actions.keep(people["filler"], home, LEDGER, held=gone, revision=gone.revision, now=OVER)
    for change in (Paper.objects.update, Paper.objects.all().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change(**({"title": "x"} if change == Paper.objects.update else {}))


def test_a_paper_handed_over_comes_back_when_its_place_is_said_again(people, home, month):
    told = {"reason": "移交档案馆", "on": TODAY, "revision": 0, "now": NOW}
    actions.hand_over(people["filler"], line(PAPER), **told)
    assert line(PAPER).state == "handed_over"
    with pytest.raises(ValidationError):
        actions.hand_over(people["filler"], line(PAPER), **told | {"revision": 1, "on": dt.date(2030, 1, 1)})
    actions.put(people["filler"], line(PAPER), {"place": "档案室"}, revision=1, now=NOW)
    assert (line(PAPER).state, line(PAPER).place) == ("kept", "档案室")


def test_what_the_guideline_names_and_is_missing(people, home, month):
    found = gaps.of_year(people["filler"], home, 2025)
    assert {one.month.period for one in found} == {"2025-01"}
    assert all(one.name and one.clause for one in found)
    assert gaps.years(people["other"], home) == []


def test_pages(client, people, home, month, report):
    actions.keep(people["filler"], home, LEDGER, now=NOW)
    own, held = f"/records/{home.pk}", line(PAPER)
    client.force_login(people["filler"])
    assert client.get("/records/").url == own
    page = client.get(own).content.decode()
    assert "入炉煤台账" in page
    assert "入炉煤 2025-01.pdf" in page
    for ask, there in (
        ("only=paper", 1),
        ("need=" + held.need, 1),
        ("kind=report", 1),
        ("q=3柜", 1),
        ("only=over", 0),
        ("year=2024", 2),
    ):
        table = client.get(f"{own}?{ask}&export=csv").content.decode("utf-8-sig").strip().splitlines()
        assert len(table) == there + 1, ask
    record = f"/records/{PAPER}/{held.source_pk}"
    assert client.post(f"{record}/place", {"place": "档案室9柜", "revision": 0}).status_code == 302
    assert "档案室9柜" in client.get(record).content.decode()
    told = {"on": TODAY.isoformat(), "reason": "移交", "revision": 1}
    assert client.post(f"{record}/hand_over", told | {"on": ""}).status_code == 422
    assert client.post(f"{record}/nothing", told).status_code == 404
    assert client.post(f"{record}/hand_over", told).status_code == 302
    assert client.post(f"{own}/new", {"kind": "ledger"}).status_code == 422
    assert client.post(f"{own}/new", {"kind": "ledger", "title": "台账二", "year": 2025}).status_code == 302
    one = line("archives.paper", title="台账二")
    assert (
        client.post(
            f"/papers/{one.source_pk}/change",
            {"kind": "ledger", "title": "台账三", "year": 2025, "revision": 1},
        ).status_code
        == 302
    )
    for who, status in (("officer", 200), ("city", 200), ("far_city", 404), ("other", 404), ("service", 403)):
        client.force_login(people[who])
        assert client.get(own).status_code == status, who
        assert client.get(record).status_code == status, who
    client.force_login(people["officer"])
    assert client.get(f"{own}/new").status_code == 403
    assert "甲电厂" in client.get("/records/").content.decode()
    assert client.get("/records/x.y/1").status_code == 404


def test_by_workbook_all_or_nothing(client, people, home):
    actions.keep(people["filler"], home, LEDGER, now=NOW)
    client.force_login(people["filler"])
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"/records/{home.pk}/paper.xlsx").content))
    names = [cell.value for cell in book.active[1]]
    book.active.cell(3, names.index("place") + 1, "新库房")
    book.active.append([{"kind": "paper", "title": "皮带秤记录", "year": 2025}.get(name) for name in names])

    def send():
        stream = io.BytesIO()
        book.save(stream)
        stream.name = "a.xlsx"
        stream.seek(0)
        return client.post(f"/records/{home.pk}/import", {"file": stream})

    assert send().status_code == 200
    assert sorted(Paper.objects.values_list("title", "place")) == [
        ("入炉煤台账", "新库房"),
        ("皮带秤记录", ""),
    ]
    book.active.append([{"kind": "paper", "title": "又一", "year": "去年"}.get(name) for name in names])
    assert send().status_code == 422
    assert Paper.objects.count() == 2
    assert client.post(f"/records/{home.pk}/import", {}).status_code == 422


def test_programs(client, people, home, month):
    client.force_login(people["filler"])
    as_json = {"content_type": "application/json"}
    made = client.post("/api/v1/records", LEDGER, **as_json)
    assert (made.status_code, made.json()["until"]) == (201, "2031-12-31")
    number = made.json()["source_pk"]
    changed = client.put(f"/api/v1/papers/{number}", LEDGER | {"title": "改", "revision": 1}, **as_json)
    assert (changed.json()["title"], changed.json()["revision"]) == ("改", 2)
    assert client.put(f"/api/v1/papers/{number}", LEDGER | {"revision": 1}, **as_json).status_code == 409
    held = f"/api/v1/records/{PAPER}/{line(PAPER).source_pk}"
    assert client.put(f"{held}/place", {"place": "柜"}, **as_json).json()["place"] == "柜"
    told = {"on": TODAY.isoformat(), "reason": "移交", "revision": 1}
    assert client.post(f"{held}/disposal", told, **as_json).status_code == 403
    assert client.post(f"{held}/hand-over", told, **as_json).json()["state"] == "handed_over"
    assert client.get("/api/v1/records?year=2025").json()["count"] == 4
    client.force_login(people["officer"])
    assert client.get("/api/v1/records").status_code == 404
    client.force_login(people["other"])
    assert client.get(held).status_code == 404
    assert client.get("/api/v1/records").json() == {"count": 0, "items": []}


def test_a_test_report_and_its_file_are_a_line(people, home):
    told = {
        "number": "R-1", "laboratory_name": "检测公司", "laboratory_kind": "OUTSIDE", "mark": "CMA", "year": "2025",
        "month": "3", "fuel_kind": "BITUMINOUS", "sampling": "COMPOSITE", "sample_number": "S", "sampled_on": "2025-03-10",
        "reported_on": "2025-04-19", "carbon_ar": "55.19",
    }  # fmt: skip
    made = tests_actions.record(people["filler"], home, told, now=FILED_AT)
    held = line("labreports.testreport")
    assert (held.number, held.period, held.kind, held.source_pk) == ("R-1", "2025-03", "test", made.pk)
