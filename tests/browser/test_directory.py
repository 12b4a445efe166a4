"""The directory in Chromium: a unit begins by an event, a second editor is told, a wrong workbook shows its faults."""

import pathlib
import re
import sys

import pytest
from playwright.sync_api import expect

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "apps" / "directory"))

from directory_helpers import code, facility, legal_person, line, organisation, user

from shutan.apps.accounts.demo import DEMO_PASSWORD
from shutan.apps.accounts.models import Kind, Role
from shutan.apps.directory import workbook
from shutan.apps.directory.models import Entity

pytestmark = pytest.mark.browser


@pytest.fixture
def works(transactional_db):
    """A legal person with a facility and a line; two officers of the province."""
    province = organisation("省厅", Kind.PROVINCE, "510000")
    for username in ("officer", "officer2"):
        person = user(username, province, Role.OFFICER)
        person.set_password(DEMO_PASSWORD)
        person.save()
    owner = legal_person("甲公司", 1, home=organisation("甲厂"))
    plant = facility("一厂", owner)
    return {"owner": owner, "plant": plant, "line": line("一线", plant)}


def test_a_unit_begins_by_an_event(works, sign_in, look):
    page = sign_in("officer")
    page.goto("/directory/kinds/facility")
    page.locator("main a", has_text="一厂").first.click()
    page.locator("summary", has_text="记录事件").click()
    page.locator(".menu-panel a", has_text="投产").click()
    page.fill("[name=name]", "二线")
    page.select_option("[name=sector]", "cement")
    page.click("main button:has-text('查看后果')")
    expect(page.locator("#consequences")).to_contain_text("二线")
    assert look(page, name="directory-consequences") == []
    page.click("main form button[type=submit]:has-text('确认')")
    expect(page.locator("h1")).to_contain_text("投产")
    page.goto("/directory/kinds/line")
    expect(page.locator("main table")).to_contain_text("二线")
    page.goto(f"/directory/{works['owner'].pk}")
    expect(page.locator(".directory-tree")).to_contain_text("二线")


def test_the_second_editor_is_told_and_loses_nothing(works, sign_in, look):
    first, second = sign_in("officer"), sign_in("officer2", refused=True)
    address = f"/directory/{works['plant'].pk}/change"
    for page, site in ((first, "东路1号"), (second, "西路2号")):
        page.goto(address)
        page.fill("[name=address]", site)
    first.click("main form button[type=submit]")
    first.wait_for_url(lambda url: not url.endswith("/change"))
    second.click("main form button[type=submit]")
    expect(second.locator("#clash")).to_be_visible()
    expect(second.locator("main")).to_contain_text("东路1号")
    expect(second.locator("[name=address]")).to_have_value("西路2号")
    assert look(second, name="directory-clash") == []


def test_a_workbook_of_a_thousand_rows_shows_its_thirty_faults_at_their_cells(works, sign_in, look):
    page = sign_in("officer", refused=True)
    page.goto("/directory/import")
    rows = [
        {
            "name": f"丁公司{number}",
            "credit_code": code(1000 + number),
            "division": "510104",
            "sector": "cement",
            "since": "2026-01-01",
        }
        for number in range(1000)
    ]
    for row in rows[::34]:  # thirty of them
        right = row["credit_code"]
        row["credit_code"] = right[:-1] + ("1" if right[-1] == "0" else "0")
    before = Entity.objects.count()
    sent = {
        "name": "d.xlsx",
        "mimeType": "application/octet-stream",
        "buffer": workbook.write({"legal_person": rows}, "zh"),
    }
    page.set_input_files("input[type=file]", sent)
    page.click("form[data-upload] button[type=submit]")
    expect(page.locator("#import-result")).to_contain_text("没有保存任何内容", timeout=120_000)
    faults = page.locator("#import-result tbody tr", has_text=re.compile(r"[A-Z]+\d+"))
    expect(faults).to_have_count(30)
    assert Entity.objects.count() == before
    assert look(page, name="directory-faults") == []
