"""A service body in Chromium: opens its record, applies, is returned, mends, is published, and anybody reads its page."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from shutan.apps.accounts.actions import create_organisation, create_user
from shutan.apps.accounts.demo import DEMO_PASSWORD
from shutan.apps.accounts.log import System
from shutan.apps.accounts.models import Kind, Organisation, Role
from shutan.apps.bodies import actions
from shutan.apps.bodies.models import Body
from shutan.apps.bodies.sections import SECTIONS

pytestmark = pytest.mark.browser
SYSTEM = System("test")


@pytest.fixture
def people(transactional_db):
    """A verification body and the province."""
    now = timezone.now()
    for name, kind, zh, division, role in (
        ("verifier", Kind.VERIFIER, "蓉城核查有限公司（虚构）", "510100", Role.ADMIN),
        ("officer", Kind.PROVINCE, "演示省厅（虚构）", "510000", Role.OFFICER),
    ):
        home = create_organisation(
            SYSTEM,
            kind=kind,
            name_zh=zh,
            name_en=f"{name} (fictitious)",
            division_code=division,
            is_fictitious=True,
            now=now,
        )
        create_user(SYSTEM, home, username=name, name=name, role=role, password=DEMO_PASSWORD, now=now)


def test_apply_returned_mended_published_read_by_anybody(people, sign_in):
    body = sign_in("verifier")
    body.goto("/bodies/mine")
    body.get_by_role("button", name="建立档案").click()
    expect(body.locator("#apply")).to_contain_text("请至少选择一项服务类别")
    body.get_by_role("link", name="编辑概况").click()
    for name, text in (
        ("legal_representative", "李明"),
        ("registered_capital", "500"),
        ("premises", "成都市高新区一号"),
        ("contact_name", "王芳"),
        ("contact_phone", "028-1234567"),
        ("summary", "温室气体核查"),
        ("quality_measures", "三级审核"),
        ("impartiality_measures", "回避制度"),
    ):
        body.fill(f"[name={name}]", text)
    body.check("[name=services][value=verification]")
    body.click("main form button.btn-primary")
    expect(body.locator("#apply")).to_contain_text("人员")
    home = body.url
    body.goto(f"{home}/parts/people/new")
    body.fill("[name=name]", "张三")
    body.fill("[name=certificate]", "核查员")
    body.click("main form button.btn-primary")
    body.goto(home)
    body.locator("#apply button.btn-primary").click()
    expect(body.locator("h1")).to_contain_text("审核中")

    officer = sign_in("officer")
    officer.locator("a", has_text="审核申请").click()
    officer.select_option("[name=decision]", "return")
    officer.fill("[name=reason]", "请补充资质证书")
    officer.locator("#decide button").click()
    expect(officer.locator("main")).to_contain_text("请补充资质证书")

    body.goto("/")
    body.locator("a", has_text="申请被退回").click()
    expect(body.locator("main")).to_contain_text("请补充资质证书")
    body.goto(f"{home}/parts/accreditations/new")
    body.select_option("[name=kind]", "cnas")
    body.fill("[name=number]", "CNAS L0001")
    body.fill("[name=issuer]", "CNAS")
    body.fill("[name=scope]", "温室气体核查")
    body.fill("[name=valid_from]", "2024-01-01")
    body.click("main form button.btn-primary")
    body.goto(home)
    body.locator("#apply button.btn-primary").click()

    officer.goto("/")
    officer.locator("a", has_text="审核申请").click()
    officer.select_option("[name=decision]", "approve")
    officer.locator("#decide button").click()
    expect(officer.locator("h1")).to_contain_text("已公布")

    anybody = sign_in()
    anybody.goto("/register/bodies/")
    anybody.locator("#list-register-q").fill("蓉城")
    anybody.locator("td a", has_text="蓉城核查").click()
    expect(anybody.locator("main")).to_contain_text("CNAS L0001")
    expect(anybody.locator("#public")).to_contain_text("不公开")


def a_full_body():
    """A published body with something in every part, a change, a finding and a conflict."""
    now = timezone.now()
    body = actions.start(SYSTEM, Organisation.objects.get(kind=Kind.VERIFIER), now=now)
    today = timezone.localdate().isoformat()
    profile = {
        "legal_representative": "李明", "registered_capital": "500", "premises": "成都市高新区一号", "contact_name": "王芳",
        "contact_phone": "028-1234567", "services": ["verification", "trading"], "summary": "温室气体核查",
        "quality_measures": "三级审核", "impartiality_measures": "回避制度",
    }  # fmt: skip
    actions.change_profile(SYSTEM, body, profile, revision=body.revision, now=now)
    rows = {
        "accreditations": {"kind": "cma", "number": "232200001", "issuer": "省局", "scope": "元素碳 GB/T 476-2008 " * 6, "valid_from": "2023-01-01", "valid_to": today},
        "people": {"name": "张三", "certificate": "核查员", "is_full_time": "on", "valid_to": "2025-01-01"},
        "instruments": {"name": "量热仪", "model": "X1", "serial_number": "SN1", "measures": "发热量", "valid_to": today},
        "works": {"service": "verification", "year": "2025", "client_name": "甲厂", "finished_on": "2026-04-20", "in_province": "on"},
        "interests": {"kind": "ownership", "party_name": "甲厂"},
    }  # fmt: skip
    for part, values in rows.items():
        actions.keep_row(SYSTEM, body, SECTIONS[part], values, now=now)
    body = Body.objects.get()
    made = actions.submit(SYSTEM, body, revision=body.revision, now=now)
    actions.decide(SYSTEM, made, approve=True, now=now)
    finding = actions.record_finding(
        SYSTEM, body, found_on=timezone.localdate(), source="抽查", title="记录缺失", now=now
    )
    actions.keep_row(SYSTEM, body, SECTIONS["people"], {"name": "李四"}, now=now)
    return body, made, finding


def test_pages_are_accessible_and_fit(people, sign_in, look, screen):
    pages = {name: sign_in(name, *screen) for name in ("verifier", "officer", "")}
    faults = look(pages["verifier"], "/bodies/mine", name="bodies-start")
    faults += look(pages["officer"], "/bodies/", name="bodies-empty")
    faults += look(pages[""], "/register/bodies/", name="register-empty")
    body, made, finding = a_full_body()
    home = f"/bodies/{body.pk}"
    own = [home, f"{home}/profile", f"{home}/findings/{finding.pk}"]
    own += [f"{home}/parts/{part}" for part in SECTIONS] + [f"{home}/parts/people/new"]
    faults += look(pages["verifier"], *own)
    actions.submit(SYSTEM, body, revision=Body.objects.get().revision, now=timezone.now())
    second = body.applications.first()
    seen = ["/bodies/", home, f"{home}/applications/{second.pk}", f"{home}/applications/{made.pk}"]
    faults += look(pages["officer"], *seen, f"{home}/findings/new")
    faults += look(pages[""], "/register/bodies/", f"/register/bodies/{body.page.pk}")
    assert faults == []
