"""The directory in Chromium: a unit begins by an event, is listed and stands in its owner's tree."""

import os
import pathlib
import re
import sys

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "apps" / "directory"))

from directory_helpers import facility, legal_person, line, organisation, user

from shutan.apps.accounts.models import Kind, Role

pytestmark = pytest.mark.browser

PASSWORD = "Shutan-demo-2024"


@pytest.fixture
def works(transactional_db):
    """A legal person with a facility and a line; an officer of the province."""
    province = organisation("省厅", Kind.PROVINCE, "510000")
    person = user("officer", province, Role.OFFICER)
    person.set_password(PASSWORD)
    person.save()
    owner = legal_person("甲公司", 1, home=organisation("甲厂"))
    plant = facility("一厂", owner)
    return {"owner": owner, "plant": plant, "line": line("一线", plant)}


@pytest.fixture
def as_user(browser, live_server):
    """`as_user("officer")`: a page signed in."""

    def open_page(username):
        page = browser()
        page.goto("/accounts/login/")
        page.fill("[name=login]", username)
        page.fill("[name=password]", PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_url(f"{live_server.url}/")
        return page

    return open_page


def look(page, name):
    """Serious findings of axe, and what is wider than the screen; a picture on demand (SHUTAN_SHOTS=folder)."""
    found = Axe().run(page).response["violations"]
    faults = [
        (page.url, each["id"], [node["target"] for node in each["nodes"]][:3])
        for each in found
        if each["impact"] in {"serious", "critical"}
    ]
    width = page.viewport_size["width"]
    if page.evaluate("document.documentElement.scrollWidth") > width:
        faults.append((page.url, "wider than the screen"))
    if folder := os.environ.get("SHUTAN_SHOTS"):
        language = page.evaluate("document.documentElement.lang")
        shot = re.sub(r"\W+", "-", f"directory-{name}-{width}-{language}")
        page.screenshot(path=pathlib.Path(folder) / f"{shot}.png", full_page=True)
    return faults


def test_a_unit_begins_by_an_event(works, as_user):
    page = as_user("officer")
    page.goto("/directory/kinds/facility")
    page.locator("main a", has_text="一厂").first.click()
    page.locator("summary", has_text="记录事件").click()
    page.locator(".menu-panel a", has_text="投产").click()
    page.fill("[name=name]", "二线")
    page.select_option("[name=sector]", "cement")
    page.click("main button:has-text('查看后果')")
    expect(page.locator("#consequences")).to_contain_text("二线")
    assert look(page, "consequences") == []
    page.click("main form button[type=submit]:has-text('确认')")
    expect(page.locator("h1")).to_contain_text("投产")
    page.goto("/directory/kinds/line")
    expect(page.locator("main table")).to_contain_text("二线")
    page.goto(f"/directory/{works['owner'].pk}")
    expect(page.locator(".directory-tree")).to_contain_text("二线")
