"""A month in Chromium: typed, pasted, taken back, kept through a lost connection, with papers, reviewed and filed; axe."""

import datetime as dt
import io
import os
import pathlib
import subprocess
import sys

import openpyxl
import pytest
from django.utils import timezone
from playwright.sync_api import expect

from shutan.apps.accounts.demo import create_demo
from shutan.apps.accounts.models import LogEntry, User
from shutan.apps.evidence.models import Record
from shutan.apps.filing import actions, cells, papers, platform, queries
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


@pytest.fixture
def reviewed(month, own_files, settings, tmp_path):
    """The month with its cells and papers, under internal review."""
    settings.EVIDENCE_KEYS = tmp_path / "keys"
    people = User.objects.get(username="carbon"), User.objects.get(username="carbon-reviewer")
    months._month(people, chuannan(2025), month, "internal", timezone.now())
    month.refresh_from_db()
    return month


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


def test_the_month_is_printed_stamped_and_scanned(sign_in, month, own_files, tmp_path):
    page = sign_in("carbon")
    page.goto(f"/filing/months/{month.pk}/evidence")
    with page.expect_download() as told:
        page.click("a[href$='/sheet.pdf']")
    scan = tmp_path / "2025-03 盖章.pdf"
    told.value.save_as(scan)
    assert scan.read_bytes().startswith(b"%PDF")
    page.set_input_files("form[data-upload] input[type=file]", scan)
    page.click("form[data-upload] button[type=submit]")
    expect(page.locator(".upload-result .papers li")).to_have_count(1)
    page.reload()
    expect(page.locator(".card", has=page.locator("a[href$='/sheet.pdf']")).locator("li")).to_have_count(1)
    assert month.evidence.get().need == papers.STAMPED


def test_a_double_click_files_once_and_the_receipt_holds_offline(sign_in, reviewed, tmp_path):
    page = sign_in("carbon-reviewer")
    page.goto(f"/filing/months/{reviewed.pk}")
    page.locator("form[action$='/submit'] button").dblclick()
    page.locator("a[href*='/evidence/records']").first.wait_for()
    assert MonthlyFiling.objects.get().state == "submitted"
    assert Record.objects.count() == LogEntry.objects.filter(action="filing.submit").count() == 1
    paths = [f"/filing/evidence/{one}" for one in reviewed.evidence.values_list("pk", flat=True)]
    page.locator("main a[href*='/evidence/records']").first.click()
    with page.expect_download() as told:
        page.locator("#list-records tbody a[href$='/receipt']").click()
    kept = tmp_path / "kept"
    told.value.save_as(kept / "receipt.json")
    (kept / "keys.txt").write_bytes(page.request.get("/evidence/keys.txt").body())
    for at, path in enumerate(paths):
        (kept / f"{at}.pdf").write_bytes(page.request.get(path).body())
    assert offline(kept, len(paths)).returncode == 0
    (kept / "0.pdf").write_bytes(b"%PDF-1.4\n% another paper\n")
    changed = offline(kept, len(paths))
    assert changed.returncode == 1
    assert "0.pdf" in changed.stdout


def offline(folder, count):
    """`shutan evidence verify` in a process that finds no database."""
    command = [pathlib.Path(sys.executable).parent / "shutan", "evidence", "verify", "receipt.json"]
    command += [f"{at}.pdf" for at in range(count)] + ["--keys", "keys.txt"]
    nowhere = {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none", "SHUTAN_DATA_DIR": str(folder / "none")}
    return subprocess.run(
        command, cwd=folder, env=os.environ | nowhere, capture_output=True, text=True, check=False
    )


def test_what_was_filed_on_the_platform_is_laid_beside_ours(sign_in, reviewed, look, tmp_path):
    year = queries.year(User.objects.get(username="carbon"), reviewed.book)
    there = openpyxl.load_workbook(io.BytesIO(platform.write(year)))
    cells_of = (cell for row in there.worksheets[0].iter_rows() for cell in row)
    figure = next(cell for cell in cells_of if isinstance(cell.value, float))
    figure.value += 1  # typed otherwise on the national platform
    there.save(tmp_path / "platform.xlsx")
    page = sign_in("carbon")
    page.goto(f"/filing/{reviewed.book_id}/platform")
    page.set_input_files("input[type=file]", tmp_path / "platform.xlsx")
    page.click("form[data-upload] button[type=submit]")
    row = page.locator(".upload-result tbody tr")
    expect(row).to_have_count(1)
    expect(row.locator("td").last).to_have_text("1.00")
    assert look(page) == []


def test_pages_are_accessible_and_fit(sign_in, month, look, screen):
    page = sign_in("carbon", *screen)
    book = month.book_id
    places = (
        "", f"{book}", f"{book}/platform", f"{book}/year",
        f"months/{month.pk}", f"months/{month.pk}/evidence", f"months/{month.pk}/findings",
    )  # fmt: skip
    assert look(page, *(f"/filing/{place}" for place in places)) == []
