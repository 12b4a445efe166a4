"""A mandate in Chromium: given by the plant, accepted, used and revoked while the company is at work; pages pass axe."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from shutan.apps.accounts import actions, mandates
from shutan.apps.accounts.demo import ACTOR, DEMO_PASSWORD, create_demo
from shutan.apps.accounts.models import Area, Kind, Organisation, Role, User
from shutan.cli.plants import chuannan
from shutan.documents.template import write_template
from shutan.rules.registry import rule_set

pytestmark = pytest.mark.browser

AGENT = "蜀碳咨询有限公司（虚构）"


@pytest.fixture
def people(transactional_db):
    """The demonstration and a service company."""
    now = timezone.now()
    create_demo(now)
    agent = actions.create_organisation(ACTOR, kind=Kind.SERVICE, name_zh=AGENT, is_fictitious=True, now=now)
    actions.create_user(
        ACTOR, agent, username="agent", name="方宁", role=Role.ADMIN, password=DEMO_PASSWORD, now=now
    )


def test_a_mandate_given_used_and_revoked(people, sign_in, tmp_path):
    today = timezone.localdate()
    plant, agent = sign_in("carbon-admin"), sign_in("agent", refused=True)

    plant.goto("/mandates/")
    plant.get_by_role("link", name="出具委托").first.click()
    plant.select_option("[name=agent]", label=AGENT)
    plant.fill("[name=begins]", today.isoformat())
    plant.fill("[name=ends]", (today + dt.timedelta(days=60)).isoformat())
    plant.fill("[name=number]", "川南委〔2026〕1号")
    plant.set_input_files(
        "[name=document]", {"name": "委托书.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
    )
    plant.get_by_role("button", name="发出委托").click()
    expect(plant.locator("h1")).to_contain_text("待接受")

    # it waits in the company's worklist
    agent.goto("/")
    agent.get_by_text("有委托待接受或谢绝").click()
    agent.get_by_role("button", name="接受").click()
    expect(agent.locator("h1")).to_contain_text("生效中")

    # used: a draft for the client, which the company cannot submit
    path = tmp_path / "chuannan.xlsx"
    year = chuannan(2024)
    write_template(rule_set(year.sector), year.year, path, data=year.dataset())
    agent.goto("/reports/new")
    expect(agent.locator("#organisation")).to_contain_text("川南")
    agent.set_input_files("input[type=file]", path)
    agent.click("form[data-upload] button[type=submit]")
    agent.locator("#upload-result a.btn-primary").click()
    expect(agent.locator("h1")).to_contain_text("川南")
    report = agent.url
    expect(agent.locator("#submit")).to_have_count(0)
    plant.goto(report)
    expect(plant.locator("#submit")).to_have_count(1)

    # revoked while the company is typing
    plant.goto("/mandates/")
    plant.get_by_role("link", name="川南委").click()
    plant.fill("[name=why]", "本单位自行编制")
    plant.get_by_role("button", name="撤销委托").click()
    expect(plant.locator("h1")).to_contain_text("已撤销")

    agent.fill("input[name=title]", "二〇二四年报告（第二稿）")
    agent.locator("form", has=agent.locator("input[name=title]")).locator("button[type=submit]").click()
    expect(agent.locator("main")).to_contain_text("本单位自行编制")
    expect(agent.locator("textarea")).to_have_value("二〇二四年报告（第二稿）")
    agent.goto("/reports/")
    expect(agent.locator("main")).not_to_contain_text("川南示范")
    agent.context.close()


PAGES = [
    ("carbon-admin", "/mandates/"),
    ("carbon-admin", "/mandates/new"),
    ("carbon-admin", "/mandates/{mandate}"),
    ("agent", "/reports/new"),
    ("carbon-admin", "/organisations/"),
    ("carbon-admin", "/organisations/{own}"),
    ("carbon-admin", "/organisations/{own}/edit"),
    ("carbon-admin", "/people"),
    ("carbon-admin", "/people/new"),
    ("carbon-admin", "/people/{person}"),
    ("carbon-admin", "/log"),
]


def test_the_pages_pass_axe_and_fit(people, sign_in, look, screen):
    windows = {name: sign_in(name, *screen) for name in ("carbon-admin", "agent")}
    person = User.objects.get(username="carbon")
    mandate = mandates.give(
        User.objects.get(username="carbon-admin"),
        principal=person.organisation,
        agent=Organisation.objects.get(name_zh=AGENT),
        areas=[Area.REPORTING, Area.DIRECTORY],
        begins=timezone.localdate(),
        ends=timezone.localdate(),
        number="川南委〔2026〕1号",
        now=timezone.now(),
    )
    named = {"mandate": mandate.pk, "own": person.organisation_id, "person": person.pk}
    faults = []
    for name, address in PAGES:
        faults += look(windows[name], address.format(**named))
    assert faults == []
