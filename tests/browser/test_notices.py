"""Values by notice in Chromium: registered with a document, refused to whoever registered them, confirmed by a second person
with a second factor; what waited computes, and of a correction those that change stand first.
"""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.utils import timezone
from playwright.sync_api import expect

from shutan.apps.accounts.demo import create_demo
from shutan.apps.accounts.models import LogEntry, User
from shutan.apps.reporting.actions import create_report_from_workbook
from shutan.apps.reporting.models import ParameterNotice
from shutan.apps.reporting.storage import Upload
from shutan.cli.plants import chuannan
from shutan.documents.template import write_template
from shutan.rules.registry import rule_set

pytestmark = pytest.mark.browser

NAME = "electricity_factor"
DOCUMENT = {"name": "通知.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}


@pytest.fixture
def drafts(transactional_db, tmp_path):
    """Two years' drafts that wait for their electricity factor."""
    create_demo(timezone.now())
    person = User.objects.get(username="carbon")
    made = {}
    for year in (2023, 2024):
        plant, path = chuannan(year), tmp_path / f"chuannan_{year}.xlsx"
        write_template(rule_set(plant.sector), plant.year, path, data=plant.dataset())
        made[year] = create_report_from_workbook(
            person,
            Upload(path.name, path.read_bytes()),
            organisation=person.organisation,
            title=f"川南 {year}",
            now=timezone.now(),
        ).report
    return made


def waits(report):
    return report.values.filter(waiting__contains=[NAME]).exists()


def fill_in(page, **given):
    for name, text in given.items():
        page.fill(f"[name={name}]", text)
    page.set_input_files("[name=file]", DOCUMENT)
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.locator("h1")).to_contain_text("已登记")


def test_a_value_is_registered_confirmed_by_a_second_person_and_corrected(drafts, sign_in, look):
    plant, first, second = sign_in("carbon"), sign_in("regulator"), sign_in("regulator-lead")
    assert waits(drafts[2024])
    first.goto("/notices/")
    first.get_by_role("link", name="登记通知数值").first.click()
    first.goto(f"{first.url}?words={NAME}")
    first.locator(f"a[href='/notices/new/power/{NAME}']").first.click()
    about = {"document": "关于发布示例排放因子的通知（虚构）", "number": "示例〔2025〕1号"}
    fill_in(first, since="2024-01-01", until="2024-12-31", value_0="0.5366", **about)
    expect(first.locator("#decide")).to_have_count(0)
    expect(first.locator("#effects")).not_to_contain_text("川南")  # a draft is its enterprise's
    notice = ParameterNotice.objects.get()
    _try_to_confirm_one_s_own(first, notice)
    notice.refresh_from_db()
    assert notice.state == "registered"

    plant.goto(f"/notices/{notice.pk}")
    expect(plant.locator("#effects tbody tr").first).to_contain_text("川南 2024")
    _confirm(second, look)
    assert not waits(drafts[2024])
    assert waits(drafts[2023])
    assert LogEntry.objects.get(action="reporting.confirm_parameter").details["second_factor"] == "totp"
    plant.goto(f"/notices/{notice.pk}")
    expect(plant.locator("#effects")).to_contain_text("可以计算")
    plant.goto(f"/reports/{drafts[2024].pk}")
    expect(plant.locator("main")).not_to_contain_text("重新计算这份草稿")

    # A correction that also speaks of the year before: what changes comes before what waited.
    first.goto(f"/notices/{notice.pk}")
    first.get_by_role("link", name="更正", exact=True).click()
    expect(first.locator("[name=value_0]")).to_have_value("0.5366")
    fill_in(first, since="2023-01-01", value_0="0.5400", number="示例〔2025〕2号")
    correction = ParameterNotice.objects.get(corrects=notice)
    plant.goto(f"/notices/{correction.pk}")
    reports = plant.locator("#effects th[scope=rowgroup]")
    expect(reports).to_have_count(2)
    expect(reports.nth(0)).to_contain_text("川南 2024")
    expect(reports.nth(1)).to_contain_text("川南 2023")
    assert look(plant, name="notice-effects") == []
    second.goto(f"/notices/{correction.pk}")
    second.locator("#decide button[value=confirm]").click()  # the code of a moment ago still counts
    expect(second.locator("h1")).to_contain_text("已确认")
    assert not waits(drafts[2023])
    second.goto(f"/notices/{notice.pk}")
    expect(second.locator("h1")).not_to_contain_text("已确认")


def _try_to_confirm_one_s_own(page, notice):
    """The page offers no way; sent by hand it is refused with the reason."""
    form = page.locator("#withdraw form")
    form.evaluate(
        """(form, address) => {
            form.action = address;
            form.insertAdjacentHTML("beforeend", '<input type="hidden" name="decision" value="confirm">');
        }""",
        f"/notices/{notice.pk}/decision",
    )
    page.fill("#withdraw [name=why]", "自己确认")
    form.locator("button").click()
    expect(page.locator("main")).to_contain_text("须由第二人")


def _confirm(page, look):
    """From the worklist; who uses an authenticator app is asked for its code first, and a wrong one is refused."""
    secret = generate_totp_secret()
    TOTP.activate(User.objects.get(username="regulator-lead"), secret)
    page.goto("/")
    page.locator(".tasks a", has_text="登记").first.click()
    expect(page.locator("main")).to_contain_text("通知.pdf")
    assert look(page, name="notice-decide") == []
    page.locator("#decide button[value=confirm]").click()
    page.fill("[name=second_factor_code]", "000000")
    page.locator("form", has=page.locator("[name=second_factor_code]")).locator(
        "button[type=submit]"
    ).first.click()
    expect(page.locator("[name=second_factor_code]")).to_be_visible()
    assert ParameterNotice.objects.get().state == "registered"
    now = format_hotp_value(hotp_value(secret, int(timezone.now().timestamp()) // 30))
    page.fill("[name=second_factor_code]", now)
    page.locator("form", has=page.locator("[name=second_factor_code]")).locator(
        "button[type=submit]"
    ).first.click()
    expect(page.locator("h1")).to_contain_text("已确认")


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
def test_the_pages_pass_axe_and_fit(transactional_db, sign_in, look, size, language):
    create_demo(timezone.now())
    page = sign_in("regulator", *size, language)
    page.goto("/notices/")  # before anything is registered
    faults = look(page, name="notices-empty")
    page.goto(f"/notices/new/power/{NAME}")
    for name, text in (("since", "2024-01-01"), ("document", "示例通知（虚构）"), ("value_0", "0.5366")):
        page.fill(f"[name={name}]", text)
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url("**/notices/*")
    made = page.url
    for address in (made, "/notices/", "/notices/new?set=power", f"/notices/new/power/{NAME}"):
        page.goto(address)
        faults += look(page)
    assert faults == []
