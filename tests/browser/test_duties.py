"""A list is drafted, opined and published; a unit that an event brings joins it, and its duties appear: as people do it."""

import pathlib
import sys
from datetime import date

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from shutan.apps.accounts.demo import DEMO_PASSWORD
from shutan.apps.accounts.models import Kind, Organisation, Role, User
from shutan.apps.directory import actions as directory
from shutan.apps.duties import calendars
from shutan.apps.duties.models import ListEntry

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "apps" / "duties"))

from duties_helpers import HEADS, SINCE, SYSTEM, code, draft, emission, publish

from shutan.apps.common.export import as_csv

pytestmark = pytest.mark.browser

POWER = ["发电（火力发电、热电联产）", "4411 火力发电"]


def person(username, kind, role, name, division="510000"):
    home = Organisation.objects.create(
        kind=kind, name_zh=name, division_code=division, created_at=timezone.now(), is_fictitious=True
    )
    return User.objects.create_user(username=username, organisation=home, role=role, password=DEMO_PASSWORD)


@pytest.fixture
def people(transactional_db):
    """A province, a department, two plants with accounts; nothing recorded yet."""
    now, today = timezone.now(), timezone.localdate()
    found = {
        "officer": person("officer", Kind.PROVINCE, Role.OFFICER, "演示省厅（虚构）"),
        "industry": person("industry", Kind.INDUSTRY, Role.OFFICER, "演示经信厅（虚构）"),
        "one": person("one", Kind.ENTERPRISE, Role.RESPONSIBLE, "甲电厂（虚构）", "510100"),
        "two": person("two", Kind.ENTERPRISE, Role.RESPONSIBLE, "乙电厂（虚构）", "510500"),
    }
    for number, name in enumerate(("one", "two"), start=1):
        home = found[name].organisation
        found[f"{name}_unit"] = directory.create_entity(
            SYSTEM,
            "legal_person",
            {
                "name": home.name_zh,
                "credit_code": code(number),
                "division": "510104" if number == 1 else "510502",
                "sector": "power",
            },
            since=SINCE,
            organisation=home,
            now=now,
            today=today,
        )
    for name, kind, facts in (
        (
            "two_plant",
            "facility",
            {"name": "乙厂区", "owner": str(found["two_unit"].pk), "division": "510502"},
        ),
        (
            "three_unit",
            "legal_person",
            {"name": "丙电厂（虚构）", "credit_code": code(3), "division": "510104"},
        ),
    ):
        found[name] = directory.create_entity(
            SYSTEM, kind, {**facts, "sector": "power"}, since=SINCE, now=now, today=today
        )
    return found


def test_from_figures_to_duties(people, sign_in, look):
    """The whole way, in Chromium: the list of 2026, whose dates the table has."""
    year = 2026
    officer = sign_in("officer")
    officer.goto("/lists/emissions")
    rows = [[code(1), year - 2, *POWER, "经核查", "30000", "", "", "核查报告"]]
    file = {"name": "a.csv", "mimeType": "text/csv", "buffer": as_csv("", HEADS, rows)}
    officer.set_input_files(".upload input[type=file]", file)
    officer.click(".upload button[type=submit]")
    expect(officer.locator("#upload-result")).to_contain_text("已登记 1 行")

    officer.goto("/lists/")
    officer.fill("[name=year]", str(year))
    officer.click("main form[method=post] button[type=submit]")
    expect(officer.locator("h1")).to_contain_text("发电")
    expect(officer.locator("#list-entries tbody tr")).to_have_count(1)
    expect(officer.locator("#list-entries")).to_contain_text("第八条")
    assert look(officer, name="duties-draft") == []
    officer.check("[name=organisations]")
    officer.fill("[name=by]", "2999-12-31")
    officer.click("#steps button:has-text('征求意见')")
    address = officer.url.split("#")[0]
    expect(officer.locator("h1")).to_contain_text("征求意见")

    industry = sign_in("industry")
    industry.click(".tasks a:has-text('反馈本部门意见')")
    industry.select_option("[name=answer]", "agrees")
    assert look(industry, name="duties-opinion") == []
    industry.click("#opinion button[type=submit]")
    expect(industry.locator("main")).to_contain_text("本部门意见已记录")

    officer.goto(address)
    officer.fill("[name=until]", timezone.localdate().isoformat())
    officer.click("#steps button:has-text('开始公示')")
    officer.fill("[name=document]", "川环函〔2026〕1号")
    assert look(officer, name="duties-notice") == []
    officer.click("#steps button:has-text('公布')")
    expect(officer.locator("h1")).to_contain_text("已公布")
    _event_brings_a_unit(people, sign_in, look, officer, address)


def _event_brings_a_unit(people, sign_in, look, officer, address):
    one = sign_in("one")
    one.click(".tasks a:has-text('签收')")
    one.goto("/duties/")
    one.click("button:has-text('签收')")
    expect(one.locator("main")).to_contain_text("已签收")
    two = sign_in("two")
    two.goto("/duties/")
    expect(two.locator("#list-duties")).to_contain_text("没有义务")

    on = date(2026, 1, 15)
    officer.goto(f"/directory/{people['two_plant'].pk}/events/new?kind=commissioning")
    officer.fill("[name=name]", "1号机组")
    officer.select_option("[name=sector]", "power")
    officer.fill("[name=on]", on.isoformat())
    officer.click("main button:has-text('查看后果')")
    officer.click("main form button[type=submit]:has-text('确认')")
    expect(officer.locator("h1")).to_contain_text("投产")
    officer.goto(address)
    officer.click("a:has-text('更正名录')")
    officer.fill("[name=why]", "新机组投产，预计排放达到门槛")
    assert look(officer, name="duties-correct") == []
    officer.click("main form[method=post] button[type=submit]")
    expect(officer.locator("main")).to_contain_text("名录已更正")
    assert ListEntry.objects.get(entity=people["two_unit"]).begins == on
    two.goto("/duties/")
    expect(two.locator("#list-duties")).to_contain_text("月度存证 2026-01")
    expect(two.locator("#list-duties")).not_to_contain_text(
        "数据质量控制方案 2026"
    )  # fell due before it joined
    assert look(two, name="duties-calendar") == []
    two.goto("/key-units/")
    expect(two.locator("#list-key-units")).to_contain_text("乙电厂")
    _a_unit_is_added_by_hand(officer, address, look)


def _a_unit_is_added_by_hand(officer, address, look):
    """One that the rules did not find, searched in the directory, then on the list with its duties."""
    officer.goto(address)
    officer.click("a:has-text('增加单位')")
    officer.fill("[name=unit]", "丙电")
    option = officer.locator("#choices-unit option")
    expect(option).to_have_count(1)
    officer.fill("[name=unit]", option.get_attribute("value"))
    officer.fill("[name=since]", "2026-02-01")
    officer.fill("[name=why]", "监管发现其排放达到门槛")
    assert look(officer, name="duties-add") == []
    officer.click("main form[method=post] button[type=submit]")
    expect(officer.locator("h1")).to_contain_text("丙电厂")
    officer.goto(address)
    expect(officer.locator("#list-entries")).to_contain_text("监管发现其排放达到门槛")
    officer.goto("/duties/?q=丙电厂")
    expect(officer.locator("#list-duties")).to_contain_text("月度存证 2026-02")
    expect(officer.locator("#list-duties")).not_to_contain_text("月度存证 2025-12")


def test_the_pages_are_accessible_and_fit(people, sign_in, look, screen):
    """Every page with rows, in both languages and sizes. The list is that of 2026, whose dates the table has."""
    emission(people["one_unit"], 2024, "30000")
    made = publish(draft(), people)
    calendars.sync_all(today=date(2026, 1, 1))
    entry = made.entries.get()
    officer = sign_in("officer", *screen)
    duty = entry.duties.filter(name="scheme_filed").get()
    faults = look(
        officer,
        "/lists/",
        f"/lists/{made.pk}",
        f"/lists/units/{entry.pk}",
        f"/lists/{made.pk}/comparison",
        f"/lists/{made.pk}/add",
        "/lists/emissions",
        "/lists/candidates",
        "/duties/",
        f"/duties/{duty.pk}",
        "/duties/inner",
        "/duties/notices",
        f"/lists/units/{entry.pk}/clock",
        "/key-units/",
    )
    one = sign_in("one", *screen)
    faults += look(one, "/", "/duties/", f"/duties/{duty.pk}")
    assert faults == []
