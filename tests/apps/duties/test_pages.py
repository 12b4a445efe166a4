"""Pages and API of lists and duties: what each may open, few queries, faults at their place, nothing of others."""

import io
import re
from datetime import date

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from duties_helpers import HEADS, NOW, SINCE, SYSTEM, TODAY, code, csv_file, draft, emission, published

from shutan.apps.directory import actions as directory
from shutan.apps.directory.models import Event, EventSubject
from shutan.apps.duties import intake, steps
from shutan.apps.duties.models import AnnualEmission, Candidate, Duty, RightsNotice, UnitList
from shutan.apps.reporting.models import Report

MOST_QUERIES = 20


def pages(made):
    """Every page that a record is needed for, by route and arguments."""
    entry = made.entries.first()
    duty = Duty.objects.filter(entity=entry.entity).first()
    return {
        "duties:list": [made.pk],
        "duties:entry": [entry.pk],
        "duties:compare": [made.pk],
        "duties:list_add": [made.pk],
        "duties:duty": [duty.pk],
        "duties:notices": [],
        "duties:lists": [],
        "duties:duties": [],
        "duties:emissions": [],
        "duties:candidates": [],
        "duties:inner": [],
        "duties:public": [],
    }


def test_every_page_opens_with_few_queries(client, people, django_assert_max_num_queries):
    made = published(people)
    client.force_login(people["officer"])
    for route, args in pages(made).items():
        with django_assert_max_num_queries(MOST_QUERIES):
            assert client.get(reverse(route, args=args)).status_code == 200, route


def test_queries_do_not_grow_with_the_units(client, people, django_assert_max_num_queries):
    entity = people["entities"][0]
    published(people)
    duty = Duty.objects.filter(entity=entity).first()
    Duty.objects.bulk_create(
        [
            Duty(
                entity=entity,
                unit_name=f"单位{number}",
                division="510104",
                sector="power",
                standing="ets",
                name=duty.name,
                year=2030,
                month=number % 12 + 1,
                started_on=NOW.date().replace(day=number % 28 + 1, month=number // 28 % 12 + 1),
                source="x",
                status="official",
            )
            for number in range(300)
        ]
    )
    client.force_login(people["officer"])
    with django_assert_max_num_queries(MOST_QUERIES):
        assert client.get(reverse("duties:duties")).status_code == 200
    with django_assert_max_num_queries(25):  # the worklist asks every app
        assert client.get(reverse("home")).status_code == 200


def test_queries_do_not_grow_with_the_events(client, people, django_assert_max_num_queries):
    made = published(people)
    for day in range(1, 29):
        event = Event.objects.create(kind="shutdown", on=date(2026, 2, day), recorded_at=timezone.now())
        for entity in people["entities"]:
            EventSubject.objects.create(event=event, entity=entity, part="subject")
    client.force_login(people["officer"])
    with django_assert_max_num_queries(MOST_QUERIES):
        page = client.get(reverse("duties:list", args=[made.pk])).content.decode()
    assert page.count("更正名录") >= 28


def test_another_units_records_are_not_there(client, people):
    published(people)
    other = people["entities"][1]
    client.force_login(people["one"])
    duty = Duty.objects.filter(entity=other).first()
    notice = RightsNotice.objects.get(organisation=people["two"].organisation)
    for route, pk in (("duties:duty", duty.pk), ("duties:notice", notice.pk)):
        assert client.get(reverse(route, args=[pk])).status_code == 404
    assert client.post(reverse("duties:acknowledge", args=[notice.pk])).status_code == 404
    answer = client.post(
        reverse("duties:duty_change", args=[duty.pk, "done"]), {"on": "2025-10-01", "evidence": "x"}
    )
    assert answer.status_code == 404
    for route in ("duties:duties", "duties:notices", "duties:ics"):
        assert "乙发电公司" not in client.get(reverse(route)).content.decode()
    export = client.get(reverse("duties:duties") + "?export=csv&cols=title,unit_name").content.decode()
    assert "甲发电公司" in export
    assert "乙发电公司" not in export
    page = client.get("/api/v1/duties").json()
    assert {row["unit"] for row in page["items"]} == {"甲发电公司"}
    assert client.get(f"/api/v1/duties/{duty.pk}").status_code == 404


def test_a_draft_is_not_there_for_anybody_else(client, people):
    emission(people["entities"][0], 2024, "30000")
    made = draft()
    for name in ("city", "statistics"):
        client.force_login(people[name])
        assert client.get(reverse("duties:list", args=[made.pk])).status_code == 404
        assert client.get(reverse("duties:list_file", args=[made.pk, "xlsx"])).status_code == 404
        assert client.get("/api/v1/lists").json()["count"] == 0
    client.force_login(people["statistics"])
    assert client.get(reverse("duties:entry", args=[made.entries.get().pk])).status_code == 404
    client.logout()
    assert client.get(reverse("duties:list_file", args=[made.pk, "pdf"])).status_code == 404
    assert "甲发电公司" not in client.get(reverse("duties:public")).content.decode()


def test_the_public_page_needs_no_sign_in_and_searches(client, people):
    made = published(people)
    page = client.get(reverse("duties:public"), {"q": "甲"}).content.decode()
    assert "甲发电公司" in page
    assert "乙发电公司" not in page
    book = openpyxl.load_workbook(
        io.BytesIO(client.get(reverse("duties:list_file", args=[made.pk, "xlsx"])).content)
    )
    assert [cell.value for cell in book.active[1]][1] == "单位名称"
    assert client.get("/api/v1/key-units").json()["count"] == 2
    assert "26000" not in page  # emissions are not public
    assert "30000" not in page.replace(",", "")


def test_a_map_without_its_approval_number_is_not_for_the_public(client, people, settings):
    published(people)
    url = reverse("duties:public")
    assert "directory-map" not in client.get(url).content.decode()
    settings.MAP_APPROVAL = "川S〔2026〕1号"
    page = client.get(url).content.decode()
    assert "川S〔2026〕1号" in page
    assert 'aria-label="成都市 1"' in page
    assert 'aria-label="绵阳市 0"' in page


def step(client, made, name, **data):
    made.refresh_from_db()
    return client.post(reverse("duties:list_step", args=[made.pk, name]), {"revision": made.revision, **data})


def test_a_list_goes_through_its_steps_by_pages(client, people):
    emission(people["entities"][0], 2024, "30000")
    client.force_login(people["officer"])
    answer = client.post(reverse("duties:lists"), {"kind": "ets", "sector": "power", "year": 2026})
    made = UnitList.objects.get()
    assert answer["Location"] == reverse("duties:list", args=[made.pk])
    assert step(client, made, "ask", by="2999-01-01").status_code == 422
    asked = step(client, made, "ask", by="2999-01-01", organisations=[people["industry"].organisation_id])
    assert asked.status_code == 302
    client.force_login(people["industry"])
    url = reverse("duties:opinion", args=[made.pk])
    refused = client.post(url, {"answer": "objects", "reason": ""})
    assert refused.status_code == 422
    assert "反对须说明理由" in refused.content.decode()
    assert client.post(url, {"answer": "objects", "reason": "已停产"}).status_code == 302
    client.force_login(people["officer"])
    reply = reverse("duties:reply", args=[made.opinions.get().pk])
    assert client.post(reply, {"reply": "已核实"}).status_code == 302
    assert step(client, made, "notice", until="2000-01-01").status_code == 422
    assert step(client, made, "back", why="补充数据").status_code == 302
    made.refresh_from_db()
    assert (made.state, made.opinions.count()) == ("draft", 0)


def test_the_second_editor_sees_what_changed_and_keeps_what_was_typed(client, people):
    emission(people["entities"][0], 2024, "30000")
    made = draft()
    seen = made.revision
    client.force_login(people["officer"])
    entry = reverse("duties:entry", args=[made.entries.get().pk])
    assert client.post(entry, {"revision": seen, "decision": "exclude", "why": "重复"}).status_code == 302
    late = client.post(entry, {"revision": seen, "decision": "exclude", "why": "我写的长理由"})
    page = late.content.decode()
    assert late.status_code == 409
    assert "我写的长理由" in page
    again = re.search(r'name="revision" value="(\d+)"', page).group(1)
    assert client.post(entry, {"revision": again, "decision": "", "why": ""}).status_code == 302


def test_marking_done_and_extending_by_pages_and_api(client, people):
    published(people)
    duty = Duty.objects.get(entity=people["entities"][0], name="scheme_filed")
    client.force_login(people["one"])
    url = reverse("duties:duty_change", args=[duty.pk, "done"])
    bad = client.post(url, {"revision": duty.revision, "on": "2999-01-01", "evidence": "回执"})
    assert bad.status_code == 422
    assert "回执" in bad.content.decode()
    assert client.post(reverse("duties:duty_change", args=[duty.pk, "nonsense"])).status_code == 404
    api = f"/api/v1/duties/{duty.pk}/done"
    given = {"on": "2025-10-01", "evidence": "回执", "revision": 999}
    assert client.post(api, given, content_type="application/json").status_code == 409
    done = client.post(api, given | {"revision": duty.revision}, content_type="application/json")
    assert done.json()["state"] == "done"
    client.force_login(people["officer"])
    other = Duty.objects.filter(entity=people["entities"][0], due__isnull=False, done_on=None).first()
    extend = f"/api/v1/duties/{other.pk}/extension"
    body = {"until": "2999-01-01", "reason": "不可抗力"}
    assert client.post(extend, body, content_type="application/json").json()["extended_to"] == "2999-01-01"


def test_reminders_in_bulk_follow_the_filter(client, people):
    published(people)
    client.force_login(people["city"])
    client.post(reverse("duties:remind") + "?name=monthly_evidence", {"text": "请及时存证"})
    reminded = Duty.objects.filter(reminders__isnull=False)
    assert set(reminded.values_list("name", "entity")) == {("monthly_evidence", people["entities"][0].pk)}


def test_a_file_with_faults_names_each_cell_and_saves_nothing(client, people):
    rows = [
        [code(1), 2024, "发电（火力发电、热电联产）", "4411 火力发电", "经核查", "30000", "", "", "核查报告"],
        ["91510100MA00000009", 2024, "发电", "4411 火力发电", "经核查", "-5", "", "", "核查报告"],
        [code(9), 2024, "发电（火力发电、热电联产）", "4411 火力发电", "经核查", "", "", "", ""],
    ]
    client.force_login(people["officer"])
    upload = csv_file(HEADS, rows)
    file = io.BytesIO(upload.content)
    file.name = "data.csv"
    answer = client.post(reverse("duties:emissions"), {"file": file})
    page = answer.content.decode()
    assert answer.status_code == 422
    for place in ("A3", "C3", "F3", "A4", "F4", "I4"):
        assert f"<td>{place}</td>" in page, place
    assert not AnnualEmission.objects.exists()
    assert (
        intake.record_emissions(people["officer"], csv_file(HEADS, rows[:1]), now=NOW, today=NOW.date()) == 1
    )


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"PK\x03\x04broken"])
def test_a_broken_file_is_refused_in_words(client, people, content):
    client.force_login(people["officer"])
    file = io.BytesIO(content)
    file.name = "data.xlsx"
    answer = client.post(reverse("duties:emissions"), {"file": file})
    assert answer.status_code == 422


CANDIDATE_HEADS = ["企业名称", "统一社会信用代码", "年度", "综合能源消费量", "直接排放量"]


def test_candidates_above_a_threshold_and_on_no_list_are_shown_and_decided(client, people):
    published(people)
    rows = [
        ["甲发电公司", code(1), 2024, "50000", ""],  # on a list
        ["大厂", code(21), 2024, "10000", ""],
        ["小厂", code(22), 2024, "9999.99", "25999.99"],
        ["排放大户", code(23), 2024, "", "26000"],
    ]
    assert intake.upload_candidates(people["statistics"], csv_file(CANDIDATE_HEADS, rows), now=NOW) == (4, 3)
    client.force_login(people["officer"])
    page = client.get(reverse("duties:candidates")).content.decode()
    assert "大厂" in page
    assert "排放大户" in page
    assert "小厂" not in page
    big = Candidate.objects.get(name="大厂")
    url = reverse("duties:candidate", args=[big.pk])
    assert client.post(url, {"include": "yes", "reason": ""}).status_code == 422
    assert client.post(url, {"include": "yes", "reason": "属造纸行业"}).status_code == 302
    intake.upload_candidates(
        people["statistics"], csv_file(CANDIDATE_HEADS, [["改名", code(21), 2024, "1", ""]]), now=NOW
    )
    big.refresh_from_db()
    assert (big.name, big.state, big.reason) == ("大厂", "included", "属造纸行业")
    client.force_login(people["industry"])
    assert "大厂" not in client.get(reverse("duties:candidates")).content.decode()
    assert client.get("/api/v1/candidates").json()["count"] == 0
    file = io.BytesIO(csv_file(CANDIDATE_HEADS, [["丁厂", code(24), 2024, "20000", ""]]).content)
    file.name = "x.csv"
    assert client.post("/api/v1/candidates", {"file": file}).json() == {"rows": 1, "above": 1}
    broken = io.BytesIO(
        csv_file(CANDIDATE_HEADS, [["丁厂", "x", 2024, "", ""], ["丁厂", "x", 2024, "1", ""]]).content
    )
    broken.name = "x.csv"
    told = client.post("/api/v1/candidates", {"file": broken}).json()["error"]["details"]
    assert {one["place"] for one in told} >= {"B2", "D2", "B3"}


def test_a_submitted_report_is_seen_at_once(people, django_capture_on_commit_callbacks):
    published(people)
    report = Report(
        organisation=people["one"].organisation,
        rule_set="power",
        year=2026,
        rules_year=2026,
        title="2026年度排放报告",
        content_key="k",
        computed_with="x",
        created_at=NOW,
        changed_at=NOW,
        state="submitted",
        version=1,
        submitted_at=NOW,
    )
    Duty.objects.create(
        entity=people["entities"][0],
        organisation=people["one"].organisation,
        unit_name="甲发电公司",
        sector="power",
        standing="ets",
        name="annual_report",
        year=2026,
        source="x",
        status="official",
    )
    report.save()
    duty = Duty.objects.get(name="annual_report", year=2026)
    assert (duty.done_on, duty.done_seen, duty.evidence) == (NOW.date(), True, "2026年度排放报告")


def test_the_worklist_names_what_is_due(client, people):
    published(people)
    client.force_login(people["one"])
    page = client.get(reverse("home")).content.decode()
    assert "月度存证" in page or "数据质量控制方案" in page
    client.force_login(people["industry"])
    emission(people["entities"][0], 2025, "30000")
    made = draft(year=2027)
    made.entries.filter(change="undecided").update(decision="exclude", decided_why="x")
    made.refresh_from_db()
    steps.ask_opinions(
        people["officer"],
        made,
        organisations=[people["industry"].organisation],
        by=NOW.date(),
        revision=made.revision,
        now=NOW,
        today=NOW.date(),
    )
    assert reverse("duties:list", args=[made.pk]) in client.get(reverse("home")).content.decode()


def test_a_unit_is_added_to_a_draft_by_hand(client, people):
    """What is at fault stands in the form; who adds late is told; a member company leads to who reports for it."""
    emission(people["entities"][0], 2024, "30000")
    made = draft()
    client.force_login(people["officer"])
    page = reverse("duties:list_add", args=[made.pk])
    given = {"unit": "乙发电公司", "why": "统计数据缺口", "revision": made.revision}
    for wrong, told in (
        ({"unit": "没有的公司"}, "名录中没有"),
        ({"why": ""}, "is-invalid"),
        ({"unit": "甲发电公司"}, "已在名录中"),
    ):
        answer = client.post(page, given | wrong)
        assert answer.status_code == 422
        assert told in answer.content.decode(), told
    assert client.post(page, given | {"revision": made.revision + 5}).status_code == 409
    assert client.post(page, given).status_code == 302
    entry = made.entries.get(entity=people["entities"][1])
    assert (entry.stands, entry.decided_why, entry.begins) == (True, "统计数据缺口", None)
    client.force_login(people["industry"])
    assert client.get(page).status_code == 403


def test_a_unit_added_to_a_published_list_gets_its_duties(client, people):
    made = published(people)
    client.force_login(people["officer"])
    given = {"unit": code(3), "since": "2026-03-01", "why": "漏报", "revision": made.revision}
    assert client.post(reverse("duties:list_add", args=[made.pk]), given).status_code == 302
    entry = made.entries.get(entity=people["entities"][2])
    assert (entry.begins, entry.stands) == (date(2026, 3, 1), True)
    months = set(entry.duties.filter(name="monthly_evidence").values_list("year", "month"))
    assert (2026, 3) in months
    assert (2025, 12) not in months


def test_what_does_not_report_itself_is_not_added(people):
    made = draft()
    plant = directory.create_entity(
        SYSTEM,
        "facility",
        {
            "name": "一厂区",
            "owner": str(people["entities"][0].pk),
            "division": "510104",
            "sector": "power",
        },
        since=SINCE,
        now=NOW,
        today=TODAY,
    )
    with pytest.raises(ValidationError) as told:
        steps.add_unit(SYSTEM, made, plant, why="x", revision=made.revision, now=NOW, today=TODAY)
    assert "entity" in told.value.error_dict
