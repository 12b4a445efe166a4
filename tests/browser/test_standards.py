"""Rules and standards in Chromium: an instrument from draft to force, opinions without sign-in, a self-assessment; axe."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from shutan.apps.accounts.demo import create_demo

pytestmark = pytest.mark.browser
TEXT = "第一条 为规范煤样采集，制定本指南。\n第二条 本指南适用于省内重点排放单位。"


@pytest.fixture
def demo(transactional_db):
    create_demo(timezone.now())


def take(page, name, **fields):
    """Take a step of the procedure on an instrument's page."""
    form = page.locator(f"form[action*='/steps/{name}']")
    page.locator("details.step", has=form).locator("summary").click()
    for key, value in fields.items():
        form.locator(f"[name={name}-{key}]").fill(value)
    form.locator("button[type=submit]").click()


def begun(page):
    """An instrument on which opinions are sought; returns its address."""
    page.goto("/standards/new")
    page.select_option("[name=kind]", "guide")
    page.fill("[name=title_zh]", "煤样采集指南（演示）")
    page.fill("[name=issuer]", "演示省级主管部门（虚构）")
    page.fill("[name=text]", TEXT)
    page.click("main form button[type=submit]")
    page.locator("#steps").wait_for()
    today = timezone.localdate().isoformat()
    take(page, "seek_opinions", opinions_from=today, opinions_until=today)
    page.locator("#opinions").wait_for()
    return page.url.partition("#")[0]


def test_an_instrument_from_draft_to_force(demo, sign_in):
    officer = sign_in("regulator")
    address = begun(officer)
    anyone = sign_in()
    anyone.goto("/standards/")
    anyone.locator("#seeking a").click()
    anyone.fill("[name=content]", "建议明确采样频次。")
    anyone.fill("[name=contact]", "13900000000")
    anyone.locator("#opine button[type=submit]").click()
    anyone.get_by_text("感谢您的意见").wait_for()
    officer.goto(address)
    officer.locator("#opinions textarea").fill("已采纳，增加第三条。")
    officer.locator("#opinions button[type=submit]").click()
    officer.get_by_text("意见与答复现已公开").wait_for()
    take(officer, "redraft", why="按意见修改")
    officer.get_by_role("link", name="编写文本").click()
    officer.fill("[name=text]", TEXT + "\n第三条 每日采样。")
    officer.click("main form button[type=submit]")
    officer.locator("#steps").wait_for()
    officer.get_by_role("link", name="文本对照").click()
    expect(officer.locator("tr.row-added ins")).to_have_text("第三条 每日采样。")
    # The last day of opinions is today: review begins tomorrow, unless the version was worded anew.
    officer.goto(address)
    take(officer, "send_to_review", why="意见已全部答复")
    expect(officer.locator("#steps")).to_contain_text("您参与了文本起草")
    lead = sign_in("regulator-lead")
    lead.goto(address)
    take(lead, "clear", why="未见违反上位法")
    today = timezone.localdate().isoformat()
    lead.locator("form[action*='/steps/publish']").wait_for(state="attached")
    take(lead, "publish", number="演示〔2026〕1号", published_on=today, in_force_from=today)
    lead.locator("#repeal").wait_for()
    anyone.goto(address)
    expect(anyone.locator("h1")).to_contain_text("生效中")
    expect(anyone.locator("#text")).to_contain_text("每日采样")
    expect(anyone.locator("#opinions")).to_contain_text("已采纳，增加第三条。")
    assert "13900000000" not in anyone.content()


def test_a_self_assessment_with_evidence_and_an_improvement(demo, sign_in):
    page = sign_in("carbon-admin")
    page.goto("/assessments/")
    page.locator("#begin button[type=submit]").click()
    page.get_by_role("link", name="评价 4", exact=True).click()
    for _chapter in range(9):
        page.select_option("[name=level]", "partly" if "12" in page.locator("h1").inner_text() else "met")
        page.fill("[name=finding]", "有制度文件")
        page.get_by_role("button", name="保存并到下一项").click()
        page.get_by_text("已保存").wait_for()
    expect(page.locator(".totals")).to_contain_text("94.4")
    page.get_by_role("link", name="部分符合").click()
    page.set_input_files(
        "#evidence input[type=file]", {"name": "制度.pdf", "mimeType": "x/y", "buffer": b"%PDF-1.7"}
    )
    page.locator("#evidence form button", has_text="添加佐证").click()
    page.get_by_role("link", name="制度.pdf").wait_for()
    page.fill("[name=what]", "补建评价记录")
    page.select_option("[name=responsible]", index=1)
    page.fill("[name=due]", timezone.localdate().isoformat())
    page.get_by_role("button", name="制定措施").click()
    page.get_by_placeholder("完成情况").fill("已建立")
    page.get_by_role("button", name="已完成").click()
    page.get_by_text("由他人验证").wait_for()
    page.goto("/assessments/")
    page.locator("tbody a").first.click()
    page.get_by_role("button", name="签署").click()
    page.get_by_text("评价内容不再变动").wait_for()
    regulator = sign_in("regulator")
    regulator.goto("/assessments/")
    expect(regulator.locator("#list-assessments")).to_contain_text("94.4")


def test_pages_are_accessible_and_fit(demo, sign_in, look, screen):
    officer = sign_in("regulator")
    address = begun(officer)
    plant = sign_in("carbon-admin", *screen)
    plant.goto("/assessments/")
    plant.locator("#begin button[type=submit]").click()
    plant.locator(".assessed").first.wait_for()
    assessment = plant.url
    item = plant.locator(".assessed a").first.get_attribute("href")
    faults = []
    for name, paths in (
        ("regulator", ["/standards/", address, "/standards/new", "/standards/management", "/assessments/"]),
        (None, ["/standards/", address]),
        ("carbon-admin", [assessment, item, "/assessments/", f"{assessment}/years", f"{address}/compare"]),
    ):
        opened = plant if name == "carbon-admin" else sign_in(name, *screen)
        faults += look(opened, *paths)
    assert faults == []
