"""A review in Chromium: figures beside their paper, ticked, asked about, returned, corrected, passed on, accepted; axe."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from shutan.apps.accounts.demo import create_demo, make_login, make_organisation
from shutan.apps.accounts.models import Kind, Role, User
from shutan.apps.filing import actions, cells
from shutan.apps.filing.models import FiledValue, MonthlyFiling
from shutan.apps.review.models import Question, Tick
from shutan.cli import months
from shutan.cli.plants import chuannan

pytestmark = pytest.mark.browser


@pytest.fixture
def month(live_server):
    """March 2025 of the demonstration's coal plant, filed with its papers; its city's officer signs in as `bureau`."""
    now = timezone.now()
    create_demo(now)
    bureau = make_organisation(now, Kind.CITY, "泸州市局", "City", division="510500")
    make_login(now, "bureau", bureau, Role.OFFICER)
    filler, reviewer = User.objects.get(username="carbon"), User.objects.get(username="carbon-reviewer")
    plant, filed_at = chuannan(2025), dt.datetime(2025, 4, 1, tzinfo=dt.UTC)
    book = actions.open_book(filler, filler.organisation, rule_set="power", year=2025, now=filed_at)
    cells.save(filler, book, list(months._changes(plant, 0)), now=filed_at)
    made = actions.open_month(filler, book, 3, now=filed_at)
    months._month((filler, reviewer), plant, made, "submitted", filed_at)
    made.refresh_from_db()
    return made


def change_one(filler, month):
    """One tonne more of coal, by the one who fills in."""
    value = FiledValue.objects.filter(filing=month, variable="fuel_consumption_reported").latest("number")
    told = cells.Change(value.table, tuple(value.key), value.variable, str(value.number + 1), value.revision)
    cells.save(filler, month, [told], now=timezone.now())


def test_a_month_is_returned_corrected_passed_on_and_accepted(sign_in, month):
    city = sign_in("bureau")
    city.goto("/review/")
    city.locator("#list-review tbody a").first.click()
    expect(city.locator("iframe[name=paper]")).to_be_visible()
    city.locator("details.checks summary").first.click()
    city.locator("button.check-good").first.click()
    expect(city.locator("details.checks button[aria-pressed=true]").first).to_be_visible()
    assert Tick.objects.get().verdict == "good"
    city.locator("a.ask").first.click()
    drawer = city.locator("#drawer")
    drawer.locator("#id_text").fill("请说明数据来源。")
    drawer.locator("button[type=submit]").click()
    expect(city.locator("#questions a").first).to_be_visible()
    assert Question.objects.get().kind == "comment"
    city.fill("#why", "请核对耗煤量")
    city.click("button[formaction*=return_month]")
    city.wait_for_url("**/review/")

    page = sign_in("carbon")
    expect(page.locator("main")).to_contain_text("2025-03")
    page.goto(f"/filing/months/{month.pk}")
    expect(page.locator("main .note-warning").first).to_contain_text("请核对耗煤量")
    form = page.locator("form[action$='/correct']")
    form.locator("[name=why]").fill("核对台账")
    form.locator("button").click()
    page.locator("form[action$='/send_for_review']").wait_for()
    second = MonthlyFiling.objects.get(version=2)
    filler, reviewer = User.objects.get(username="carbon"), User.objects.get(username="carbon-reviewer")
    change_one(filler, second)
    page.reload()
    page.locator("form[action$='/send_for_review'] button").click()
    page.locator("form[action$='/send_for_review']").wait_for(state="detached")
    second.refresh_from_db()
    actions.submit(reviewer, second, revision=second.revision, now=timezone.now())

    city.goto(f"/review/months/{second.pk}")
    city.click("a[href='?view=changed']")
    expect(city.locator("tr.is-changed")).to_have_count(1)
    city.fill("#why", "初审通过")
    city.click("button[formaction*=pass_city]")
    city.wait_for_url("**/review/")
    province = sign_in("regulator")
    province.goto("/review/")
    province.locator("#list-review tbody a").first.click()
    province.click("button[formaction*=accept]")
    province.wait_for_url("**/review/")
    states = MonthlyFiling.objects.order_by("version").values_list("state", flat=True)
    assert list(states) == ["returned", "accepted"]


def test_pages_are_accessible_and_fit(sign_in, month, look, screen):
    page = sign_in("bureau", *screen)
    places = ("", "many", "questions", "clues", "weekly", "templates", "reports", f"months/{month.pk}")
    assert look(page, *(f"/review/{place}" for place in places)) == []
