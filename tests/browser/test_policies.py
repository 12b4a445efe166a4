"""One enterprise, one policy in Chromium: begun, a measure with its basis, proposed, given back, agreed, followed up; axe."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from shutan.apps.accounts.demo import create_demo, make_login, make_organisation
from shutan.apps.accounts.models import Kind, Role
from shutan.apps.policies.models import Measure, Policy

pytestmark = pytest.mark.browser
MEASURE = {
    "text": "2号机组通流改造", "answers": "供电煤耗高", "person": "生产部", "due": "2099-09-30",
    "effect_t": "12000.5", "basis": "设计院可研报告",
}  # fmt: skip


@pytest.fixture
def bureau(live_server):
    """The coal plant's city with an officer."""
    now = timezone.now()
    create_demo(now)
    home = make_organisation(now, Kind.CITY, "泸州市局", "City", division="510500")
    make_login(now, "bureau", home, Role.OFFICER)


def enter(page, form, **values):
    for name, value in values.items():
        page.locator(f"{form} [name={name}]").fill(value)
    page.click(f"{form} button[type=submit]")


def step(page, name, why=""):
    form = page.locator(f"#steps form[action$='/{name}']")
    if why:
        form.locator("textarea").fill(why)
    form.locator("button").click()
    expect(form).to_have_count(0)


def test_a_policy_goes_from_draft_to_agreed_and_is_followed(sign_in, bureau, look):
    page = sign_in("carbon", refused=True)  # a measure without basis
    page.goto("/policies/")
    page.fill("#begin [name=year]", "2026")
    page.click("#begin button[type=submit]")
    page.locator("#add").wait_for()
    address = page.url.partition("#")[0]
    enter(page, "#add", **(MEASURE | {"basis": ""}))
    expect(page.locator("#add [aria-invalid=true]")).to_be_visible()
    expect(page.locator("#add [name=person]")).to_have_value(MEASURE["person"])
    enter(page, "#add", basis=MEASURE["basis"])
    expect(page.locator("#measures")).to_contain_text("12,000.50")
    enter(page, "#own", problems="供电煤耗高于同类", goal="降到先进值")
    expect(page.locator("#own [name=goal]")).to_have_value("降到先进值")
    reviewer, city = sign_in("carbon-reviewer"), sign_in("bureau")
    reviewer.goto(address)
    step(reviewer, "propose")
    city.goto("/policies/")
    city.locator("main tbody a").first.click()
    step(city, "give_back", "请补充投资")
    city.wait_for_url("**/policies/")
    reviewer.goto(address)
    expect(reviewer.locator("main .note-warning")).to_contain_text("请补充投资")
    step(reviewer, "propose")
    city.goto(address)
    step(city, "agree", "同意")
    assert look(city) == []
    page.goto(address)
    page.locator("#measures details summary").click()
    page.locator("#measures select[name$=state]").select_option("done")
    page.locator("#measures [name$=told]").fill("9月投运")
    page.locator("#measures button[type=submit]").click()
    expect(page.locator("#measures")).to_contain_text("9月投运")
    assert (Policy.objects.get().state, Measure.objects.get().state) == ("agreed", "done")
    assert look(page) == []
