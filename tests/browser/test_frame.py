"""The frame in Chromium: keyboard, drawer, list, upload, phone; axe on the main pages in both languages and sizes."""

import pathlib
from functools import partial

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from shutan.apps.accounts.demo import create_demo
from shutan.apps.accounts.models import User

pytestmark = pytest.mark.browser

PAGES = ["/", "/inbox", "/search?q=示范", "/me", "/people", "/log", "/_/components", "/accounts/2fa/"]
PAGES += ["/accounts/2fa/totp/activate/", "/accounts/password/change/"]


@pytest.fixture
def page(transactional_db, sign_in):
    """`page(*screen)`: signed in as an officer who may see the components."""
    create_demo(timezone.now())
    User.objects.filter(username="regulator").update(is_staff=True)

    return partial(sign_in, "regulator")


def test_main_pages_are_accessible_and_fit(page, look, screen):
    assert look(page(*screen), *PAGES) == []


def test_the_sign_in_page_is_accessible(sign_in, look):
    assert look(sign_in(None, 390, 844), "/accounts/login/") == []


def test_a_number_opens_its_explanation_and_escape_returns_to_it(page):
    opened = page()
    opened.goto("/_/components")
    number = opened.locator(".totals a[data-explain]").first
    number.click()
    opened.locator("#drawer-body .explanation").wait_for()
    assert opened.locator("#drawer-title").inner_text() == "化石燃料燃烧排放量"
    assert "#explain=" in opened.url
    opened.keyboard.press("Escape")
    assert not opened.locator("#drawer").is_visible()
    assert number.evaluate("node => node === document.activeElement")
    assert "#" not in opened.url


def test_an_explanations_address_can_be_sent(page):
    opened = page()
    opened.goto("/_/components#explain=%2F_%2Fcomponents%2Fexplain")
    opened.locator("#drawer-body .explanation").wait_for()


def test_an_address_from_elsewhere_is_not_loaded_into_the_drawer(page):
    opened = page()
    opened.goto("/_/components#explain=%2F%2Fevil.example%2Fx")
    opened.wait_for_load_state("networkidle")
    assert not opened.locator("#drawer").is_visible()


def test_a_list_answers_while_one_types_and_moves_by_keyboard(page):
    opened = page()
    opened.goto("/_/components")
    opened.fill("#list-sample-q", "热电")
    expect(opened.locator("#list-sample tbody tr")).to_have_count(1)
    assert "q=%E7%83%AD%E7%94%B5" in opened.url
    assert opened.evaluate("document.activeElement.id") == "list-sample-q"
    opened.fill("#list-sample-q", "")
    expect(opened.locator("#list-sample tbody tr")).to_have_count(5)
    opened.locator("#list-sample tbody tr").first.focus()
    opened.keyboard.press("ArrowDown")
    opened.keyboard.press("ArrowDown")
    rows = opened.locator("#list-sample tbody tr")
    assert rows.nth(2).evaluate("node => node === document.activeElement")


def test_a_file_is_uploaded_and_answered_in_place(page):
    opened = page()
    opened.goto("/_/components")
    opened.set_input_files(
        ".upload input[type=file]", {"name": "a.xlsx", "mimeType": "x/y", "buffer": b"12345"}
    )
    opened.click(".upload button[type=submit]")
    opened.locator(".upload-result .state").wait_for()
    assert "a.xlsx" in opened.locator(".upload-result").inner_text()


def test_charts_are_drawn_described_and_have_their_table(page):
    opened = page()
    opened.goto("/_/components")
    picture = opened.locator("#chart-intensity .chart-canvas")
    assert "基准值" in picture.get_attribute("aria-label")
    assert picture.locator("canvas").count() == 1
    opened.locator("#chart-intensity summary").click()
    assert opened.locator("#chart-intensity tbody tr").count() == 12
    with opened.expect_download() as download:
        opened.locator("#chart-intensity [data-chart-csv]").click()
    text = pathlib.Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert text.splitlines()[1] == '"01","0.8412"'


def test_the_navigation_folds_and_stays_folded(page):
    opened = page()
    opened.click("[data-nav-toggle]")
    opened.goto("/people")
    assert not opened.locator("#sidebar").is_visible()
    opened.click("[data-nav-toggle]")
    assert opened.locator("#sidebar a[aria-current]").inner_text() == "人员"


def test_the_phone_opens_its_navigation_over_the_page(page):
    opened = page(390, 844)
    assert not opened.locator("#sidebar").is_visible()
    opened.click("[data-nav-toggle]")
    opened.click("#sidebar >> text=操作日志")
    opened.wait_for_url("**/log")


def test_the_slash_key_goes_to_the_search(page):
    opened = page()
    opened.keyboard.press("/")
    opened.keyboard.type("示范")
    opened.keyboard.press("Enter")
    opened.wait_for_url("**/search?q=*")
    assert opened.locator(".tasks li").count() == 4


def test_compact_rows_apply_at_once_and_are_kept(page):
    opened = page()
    opened.goto("/people")
    before = opened.locator("tbody tr").first.bounding_box()["height"]
    opened.click(".person")
    with opened.expect_response("**/me/density"):
        opened.click("[data-density-switch]")
    assert opened.locator("tbody tr").first.bounding_box()["height"] == 28 < before == 36
    opened.reload()
    assert opened.locator("html").get_attribute("data-density") == "compact"
