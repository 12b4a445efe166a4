"""A year in Chromium: put together from its months, declared, locked, disclosed, corrected with all that follows; axe."""

import datetime as dt
import io
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from shutan.apps.accounts.demo import create_demo
from shutan.apps.accounts.models import User
from shutan.apps.common.files import Upload
from shutan.apps.disclosure import actions as disclosing
from shutan.apps.disclosure.models import Disclosure
from shutan.apps.filing import actions as filing
from shutan.apps.filing import cells
from shutan.apps.filing.models import MonthlyFiling
from shutan.apps.reporting import actions, annual, notices
from shutan.apps.reporting.models import Report
from shutan.cli import months
from shutan.cli.demonstration import declare
from shutan.cli.plants import chuannan
from shutan.documents.template import write_template
from shutan.rules.registry import rule_set

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("own_files")]
YEAR = 2025
FILED_AT = dt.datetime(2026, 1, 20, tzinfo=dt.UTC)
FACTOR = "electricity_factor"
COAL = {"table": "fuel_months", "key": ("1号机组", "烟煤"), "variable": "fuel_consumption_reported"}


def person(name):
    return User.objects.select_related("organisation").get(username=name)


def file_month(month):
    """A month through internal review, and filed."""
    sent = filing.send_for_review(person("carbon"), month, revision=month.revision, now=FILED_AT)
    return filing.submit(
        person("carbon-reviewer"), sent, revision=sent.revision, now=FILED_AT, why="扫描件后补"
    )


@pytest.fixture
def book(live_server):
    """The coal plant's book of the year, January filed; the factor the report waits for is registered (a made-up value)."""
    create_demo(timezone.now())
    registered = notices.register_parameter(
        person("regulator"),
        rule_set="power",
        name=FACTOR,
        values={(): Decimal("0.5")},
        since=dt.date(YEAR, 1, 1),
        document="示例通知",
        now=FILED_AT,
    )
    notices.confirm_parameter(person("regulator-lead"), registered, now=FILED_AT)
    filler, plant = person("carbon"), chuannan(YEAR)
    made = filing.open_book(filler, filler.organisation, rule_set="power", year=YEAR, now=FILED_AT)
    cells.save(filler, made, list(months._changes(plant, 0)), now=FILED_AT)
    january = filing.open_month(filler, made, 1, now=FILED_AT)
    cells.save(filler, january, list(months._changes(plant, 1)), now=FILED_AT)
    file_month(january)
    return made


def whole_year():
    """The plant's workbook of the year: what no month says is taken from it."""
    stream = io.BytesIO()
    write_template(rule_set("power"), YEAR, stream, data=chuannan(YEAR).dataset())
    return Upload("year.xlsx", stream.getvalue())


@pytest.fixture
def submitted(book):
    """The year's report, declared and submitted."""
    filler, reviewer = person("carbon"), person("carbon-reviewer")
    draft = annual.assemble(filler, book, now=FILED_AT).report
    draft = annual.add(filler, draft, whole_year(), revision=draft.revision, now=FILED_AT)
    declare(reviewer, draft, FILED_AT)
    return actions.submit(reviewer, draft, revision=draft.revision, now=FILED_AT)


def test_a_year_is_put_together_declared_and_locked(sign_in, book, look, tmp_path):
    page = sign_in("carbon")
    page.goto(f"/filing/{book.pk}")
    page.click("form[action^='/reports/from-book'] button")
    expect(page.locator("main")).to_contain_text(f"{YEAR}-01")
    report = Report.objects.get()
    assert look(page) == []
    (tmp_path / "year.xlsx").write_bytes(whole_year().content)
    page.set_input_files("#add input[type=file]", tmp_path / "year.xlsx")
    page.click("#add button[type=submit]")
    expect(page.locator("#add .note")).to_be_visible()
    page.goto(f"/reports/{report.pk}")
    expect(page.locator("#submit")).to_have_count(0)  # who fills in does not submit

    reviewer = sign_in("carbon-reviewer")
    reviewer.goto(f"/reports/{report.pk}")
    expect(reviewer.locator("#submit .reasons")).to_contain_text("声明")
    reviewer.locator("#submit a").click()
    scan = tmp_path / "stamped.pdf"
    scan.write_bytes(b"%PDF-1.4\n% signed and stamped\n")
    reviewer.set_input_files("#scan", scan)
    reviewer.click("#declare button[type=submit]")
    expect(reviewer.locator("main")).to_contain_text("stamped.pdf")
    assert look(reviewer) == []
    reviewer.goto(f"/reports/{report.pk}")
    reviewer.locator("#submit button[type=submit]").click()
    expect(reviewer.locator("main")).to_contain_text("第 1 版")
    expect(reviewer.locator("form[action$='/submit'], form[action$='/delete']")).to_have_count(0)
    assert Report.objects.get().state == "submitted"


def test_a_locked_year_is_disclosed(sign_in, submitted, look):
    page = sign_in("carbon-reviewer")
    page.goto(f"/disclosures/begin/{submitted.pk}")
    page.click("main form button[type=submit]")
    page.select_option("#entered [name=surrender]", "full")
    page.fill("#entered [name=surrendered_t]", "5000")
    page.click("#entered button[type=submit]")
    expect(page.locator("main")).to_contain_text("5,000")
    assert look(page) == []
    page.locator("form[action$='/publish'] button").click()
    page.locator("form[action$='/publish']").wait_for(state="detached")
    published = Disclosure.objects.get(published_at__isnull=False)
    anybody = sign_in()
    anybody.goto("/disclosures/?q=" + submitted.organisation.name_zh)
    anybody.locator("#list-disclosures tbody a").first.click()
    expect(anybody.locator("h1")).to_contain_text(str(YEAR))
    expect(anybody.locator("main")).to_contain_text("5,000")
    assert anybody.url.endswith(f"/disclosures/{published.pk}")


def test_a_correction_is_a_new_version_and_tells_what_follows(sign_in, submitted, book, look):
    filler, reviewer = person("carbon"), person("carbon-reviewer")
    published = disclosing.begin(filler, submitted, now=FILED_AT)
    published = disclosing.publish(reviewer, published, revision=published.revision, now=FILED_AT)
    january = MonthlyFiling.objects.get()
    second = filing.correct(filler, january, now=FILED_AT, why="更正")
    seen = second.values.get(**{**COAL, "key": list(COAL["key"])}).revision
    cells.save(filler, second, [cells.Change(value="12345.67", seen=seen, **COAL)], now=FILED_AT)
    second.refresh_from_db()
    file_month(second)

    page = sign_in("carbon")
    page.goto(f"/reports/{submitted.pk}/months")
    expect(page.locator("#differences")).to_contain_text("12,345.67")
    page.click("form[action^='/reports/from-book'] button")
    page.wait_for_url("**/months")
    draft = Report.objects.get(state="draft")
    declare(reviewer, draft, FILED_AT)
    page = sign_in("carbon-reviewer")
    page.goto(f"/reports/{draft.pk}")
    expect(page.locator("#consequences a[href*='/disclosures/']")).to_be_visible()
    page.fill("#why", "一月耗煤量更正")
    page.locator("#submit button[type=submit]").click()
    expect(page.locator("main")).to_contain_text("第 2 版")
    expect(page.locator("main")).to_contain_text("一月耗煤量更正")
    assert look(page) == []
    page.locator("main a[href*='/compare?with=']").last.click()
    expect(page.locator("main")).to_contain_text("12,345.67")
    assert look(page) == []
    page.goto(f"/reports/{submitted.pk}")
    expect(page.locator("main .note").first).to_contain_text("第 2 版")
    page.goto(f"/disclosures/{published.pk}")
    expect(page.locator("main .note-warning")).to_have_count(1)
    versions = Report.objects.order_by("version").values_list("version", "state", "previous")
    assert list(versions) == [(1, "submitted", None), (2, "submitted", submitted.pk)]
