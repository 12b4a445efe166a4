"""A month in Chromium: typed, pasted, taken back, kept through a lost connection, with papers, reviewed and filed; axe."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from shutan.apps.accounts.demo import create_demo
from shutan.apps.accounts.models import User
from shutan.apps.filing import actions, cells
from shutan.apps.filing.models import FiledValue, MonthlyFiling
from shutan.cli import months
from shutan.cli.plants import chuannan

pytestmark = pytest.mark.browser
PASTE = """text => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  document.activeElement.dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""
STATUS = "[data-grid-status]"


@pytest.fixture
def month(live_server):
    """March 2025 of the demonstration's coal plant: its year is known, its cells are empty."""
    create_demo(timezone.now())
    filler = User.objects.get(username="carbon")
    book = actions.open_book(
        filler, filler.organisation, rule_set="power", year=2025, now=dt.datetime(2025, 4, 1, tzinfo=dt.UTC)
    )
    cells.save(filler, book, list(months._changes(chuannan(2025), 0)), now=timezone.now())
    return actions.open_month(filler, book, 3, now=timezone.now())


def first_cells(page):
    return page.locator(".tabulator-row .cell-typed")


def test_a_month_is_typed_pasted_taken_back_and_filed(sign_in, month, tmp_path):
    page = sign_in("carbon", refused=True)  # the lost connection is an error of the console
    page.goto(f"/filing/months/{month.pk}")
    first = first_cells(page).first
    first.click()
    page.keyboard.type("98765.43")
    page.keyboard.press("Enter")
    expect(page.locator(STATUS)).to_have_attribute("data-mood", "good")
    expect(first).to_have_text("98,765.43")
    first.click()
    page.keyboard.press("Control+z")
    expect(first).to_have_text("")
    first.click()
    page.evaluate(PASTE, "1200.5\n每日检测\n")
    expect(first).to_have_text("1,200.5")
    expect(first_cells(page).nth(1)).to_have_text("每日检测")
    expect(page.locator(STATUS)).to_have_attribute("data-mood", "good")
    page.context.set_offline(True)
    first.click()
    page.keyboard.type("1300")
    page.keyboard.press("Enter")
    expect(page.locator(STATUS)).to_have_attribute("data-mood", "bad")
    expect(first).to_have_text("1,300")
    page.context.set_offline(False)
    expect(page.locator(STATUS)).to_have_attribute("data-mood", "good", timeout=20_000)
    kept = FiledValue.objects.get(filing=month, variable="fuel_consumption_reported")
    assert kept.number == 1300
    paths = [tmp_path / "2025-03 1号机组 皮带秤台账.pdf", tmp_path / "2025-02 元素碳 煤质.pdf"]
    for path in paths:
        path.write_bytes(b"%PDF-1.4\n" + path.name.encode())
    page.goto(f"/filing/months/{month.pk}/evidence")
    page.set_input_files("input[type=file]", paths)
    page.click("form[data-upload] button[type=submit]")
    expect(page.locator(".upload-result .papers li")).to_have_count(2)
    expect(page.locator(".upload-result")).to_contain_text("2025-02")
    page.goto(f"/filing/months/{month.pk}")
    page.locator("form[action$='send_for_review'] button").click()
    page.locator("#decide").wait_for(state="detached")
    assert MonthlyFiling.objects.get(pk=month.pk).state == "internal"
    reviewer = sign_in("carbon-reviewer")
    reviewer.goto(f"/filing/months/{month.pk}")
    reviewer.fill("#why-back", "请补齐2号机组")
    reviewer.locator("form[action$='send_back'] button").click()
    expect(reviewer.locator("main")).to_contain_text("请补齐2号机组")


def test_pages_are_accessible_and_fit(sign_in, month, look, screen):
    page = sign_in("carbon", *screen)
    book = month.book_id
    places = (
        "", f"{book}", f"{book}/platform", f"{book}/year",
        f"months/{month.pk}", f"months/{month.pk}/evidence", f"months/{month.pk}/findings",
    )  # fmt: skip
    assert look(page, *(f"/filing/{place}" for place in places)) == []
