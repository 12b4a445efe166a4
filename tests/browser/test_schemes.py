"""A scheme in Chromium: written, looked through by a second person, submitted, returned, mended, accepted, in force; axe."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from shutan.apps.accounts.demo import create_demo, make_login, make_organisation
from shutan.apps.accounts.models import Kind, Role, User
from shutan.apps.schemes.models import Scheme
from shutan.cli import schemes as made

pytestmark = pytest.mark.browser
TODAY = dt.date(2026, 6, 15)
YEAR = 2027


@pytest.fixture
def plant(live_server):
    """The coal plant with its meters, and the bureau of its city."""
    now = timezone.now()
    create_demo(now)
    make_login(
        now,
        "city-officer",
        make_organisation(now, Kind.CITY, "甲市局", "City", division="510500"),
        Role.OFFICER,
    )
    filler = User.objects.select_related("organisation").get(username="carbon")
    made._meters(filler, filler.organisation, made.COAL, timezone.localdate())
    return filler


def take(page, name, **fields):
    """Take a step on a scheme's page."""
    form = page.locator(f"form[action*='/steps/{name}']")
    details = page.locator("details.step", has=form)
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    for key, value in fields.items():
        form.locator(f"[name={key}]").fill(value)
    form.locator("button[type=submit]").click()
    expect(form).to_have_count(0)


def opine(page, address, verdict, text=""):
    page.goto(address)
    form = page.locator("form[action$='/opinions#opinions'], form[action*='opin']").first
    form.locator("[name=verdict]").select_option(verdict)
    form.locator("[name=text]").fill(text)
    form.locator("button[type=submit]").click()
    expect(page.locator("#opinions")).to_contain_text(text or "同意")


def test_a_scheme_goes_from_draft_to_force(sign_in, plant):
    page = sign_in("carbon")
    page.goto("/schemes/")
    page.select_option("#begin [name=rule_set]", "power")
    page.fill("#begin [name=year]", str(YEAR))
    page.click("#begin button[type=submit]")
    page.locator("#steps .reasons").wait_for()  # what stands against it
    address = page.url.partition("#")[0]
    page.goto(f"{address}/sections/B.2")
    page.fill("[name=products]", "电力")
    page.fill("[name=process]", "燃煤发电")
    page.locator("main form[novalidate] button[type=submit]").click()
    scheme = Scheme.objects.get()
    assert scheme.texts["products"] == "电力"
    made._fill(plant, scheme, made.COAL, timezone.now())  # the other thirty lines
    page.goto(address)
    take(page, "send_to_review")
    reviewer = sign_in("carbon-reviewer")
    reviewer.goto(address)
    take(reviewer, "submit")
    opine(sign_in("city-officer"), address, "objects", "皮带秤校验周期未说明")
    officer = sign_in("regulator")
    officer.goto(address)
    take(officer, "return", why="按市级意见补充校验周期")
    page.goto(address)
    expect(page.locator("main .note-warning").first).to_contain_text("按市级意见补充校验周期")
    page.locator("form[action*='/revis'] [name=reason]").fill("补充校验周期")
    page.locator("form[action*='/revis'] button[type=submit]").click()
    page.locator("#steps form[action*='send_to_review']").wait_for()
    corrected = page.url.partition("#")[0]
    assert corrected != address
    take(page, "send_to_review")
    reviewer.goto(corrected)
    take(reviewer, "submit")
    officer.goto(corrected)
    take(officer, "accept", in_force_from=f"{YEAR}-01-01")
    held = Scheme.objects.get(version=2)
    assert (held.state, held.in_force_from) == ("accepted", dt.date(YEAR, 1, 1))
    assert Scheme.objects.get(version=1).state == "returned"


def test_an_overdue_meter_is_told(sign_in, plant):
    page = sign_in("carbon")
    expect(page.locator("main")).to_contain_text("BS-02")
    page.goto("/meters/")
    expect(page.locator("tr", has_text="BS-02")).to_contain_text("逾期")


def test_pages_are_accessible_and_fit(sign_in, plant, look, screen):
    scheme = made._written(plant, plant.organisation, made.COAL, YEAR, timezone.now())
    page = sign_in("carbon", *screen)
    paths = ("/schemes/", f"/schemes/{scheme.pk}", f"/schemes/{scheme.pk}/sections/B.4", "/meters/")
    assert look(page, *paths) == []
