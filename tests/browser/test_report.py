"""A carbon manager's first hour in Chromium: upload a workbook, open the report, ask a number where it comes from."""

import re

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from playwright.sync_api import expect

from shutan.apps.accounts.demo import create_demo
from shutan.apps.accounts.models import User
from shutan.apps.reporting.actions import create_report_from_workbook
from shutan.apps.reporting.storage import Upload
from shutan.cli.plants import chuannan, us_coal_plant
from shutan.documents.template import write_template
from shutan.rules.registry import rule_set

pytestmark = pytest.mark.browser


def workbook(folder, plant):
    path = folder / f"{plant.slug}.xlsx"
    write_template(rule_set(plant.sector), plant.year, path, data=plant.dataset())
    return path


@pytest.fixture
def demo(transactional_db):
    create_demo(timezone.now())


def test_upload_open_and_explain(demo, sign_in, tmp_path):
    page = sign_in("carbon")
    page.goto("/reports/new")
    page.set_input_files("input[type=file]", workbook(tmp_path, chuannan(2024)))
    page.click("form[data-upload] button[type=submit]")
    page.locator("#upload-result a.btn-primary").click()
    expect(page.locator("h1")).to_contain_text("川南")

    # a total, then the quantity it is the sum of, then the cell
    page.locator(".total", has_text="全厂化石燃料燃烧排放量").locator("a[data-explain]").click()
    drawer = page.locator("#drawer-body")
    expect(drawer).to_contain_text("计算公式")
    expect(drawer.locator("math").first).to_be_visible()
    page.goto(f"{page.url.partition('#')[0]}/figures?grain=fuel_month")
    row = page.locator("tr", has=page.locator("th", has_text=re.compile("^化石燃料燃烧排放量$")))
    row.locator("a[data-explain]").first.click()
    expect(drawer).to_contain_text("逐步计算")
    expect(drawer).to_contain_text("44/12")
    drawer.locator("a[data-explain]", has_text=re.compile(r"\d")).first.click()
    expect(drawer).to_contain_text("燃料消耗量")
    drawer.locator("a[data-explain]").first.click()
    expect(drawer.locator("a", has_text="!")).to_be_visible()
    drawer.locator("a", has_text="!").click()
    expect(page.locator("tr.marked")).to_be_visible()

    # the other language, on the same page
    page.get_by_role("button", name="English").first.click()
    expect(page.locator("nav.tabs")).to_contain_text("All figures")


def test_a_draft_with_faults_is_kept_and_names_each_cell(demo, sign_in, tmp_path):
    plant = chuannan(2024)
    for row in plant.tables["fuel_months"][:3]:
        row["fuel_consumption_reported"] = "many"
    page = sign_in("carbon")
    page.goto("/reports/new")
    page.set_input_files("input[type=file]", workbook(tmp_path, plant))
    page.click("form[data-upload] button[type=submit]")
    expect(page.locator("#upload-result #problems tbody tr")).to_have_count(3)
    page.locator("#upload-result a.btn-primary").click()
    expect(page.locator(".pagehead-next")).to_contain_text("3")
    expect(page.locator("#problems tbody tr")).to_have_count(3)


def test_pages_are_accessible_and_fit(demo, sign_in, look, tmp_path, screen):
    page = sign_in("carbon", *screen)
    numbers = [sent_in(tmp_path, chuannan(2024)), sent_in(tmp_path, us_coal_plant())]
    paths = ["/reports/", "/reports/new", "/rules/", "/rules/parameters", "/rules/matrix"]
    paths += [
        f"/reports/{numbers[0]}{tail}"
        for tail in ("", "/tables", "/figures?grain=fuel_month", "/inputs", "/findings")
    ]
    paths += [f"/reports/{numbers[1]}", f"/reports/{numbers[1]}/compare?with={numbers[0]}"]
    paths += ["/rules/power/clauses/AG 6.2.1(1)", "/rules/power/parameters/electricity_factor"]
    paths += [f"/reports/{numbers[0]}/explain/enterprise_combustion_emissions"]
    assert look(page, *paths) == []


def sent_in(folder, plant):
    person = User.objects.select_related("organisation").get(username="carbon")
    made = create_report_from_workbook(
        person,
        Upload(f"{plant.slug}.xlsx", workbook(folder, plant).read_bytes()),
        organisation=person.organisation,
        rules_year=plant.rules_year,
        now=timezone.now(),
    )
    assert default_storage.exists("sources")
    return made.report.pk
