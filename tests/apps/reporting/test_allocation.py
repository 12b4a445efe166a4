"""Allocation of steel, cement and aluminium in 2025 on page and API: how each is treated, and what waits for which value."""

from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from shutan.apps.accounts import actions as accounts
from shutan.apps.reporting.models import Report
from shutan.cli.plants.aluminium import aluminium
from shutan.cli.plants.cement import cement
from shutan.cli.plants.steel import steel_works
from shutan.documents.template import write_template
from shutan.rules.registry import rule_set

PLANTS = {plant.sector: plant for plant in (steel_works(), cement(), aluminium())}
TREATMENT = {
    "steel": ("allocation_treatment", {"FORMULA"}),
    "cement": ("line_allocation_status", {"INTENSITY", "CARBIDE_SLAG"}),
    "aluminium": ("electrolysis_allocation_status", {"INTENSITY"}),
}


def workbook(sector):
    """The sector's example filed for 2025."""
    target = BytesIO()
    write_template(rule_set(sector), 2025, target, data=PLANTS[sector].dataset())
    return SimpleUploadedFile(f"{sector}.xlsx", target.getvalue())


@pytest.mark.parametrize("sector", PLANTS)
def test_the_page_says_how_each_is_treated_and_what_waits(client, people, files, sector):
    client.force_login(people["filler"])
    client.cookies["django_language"] = "zh-hans"
    assert client.post(reverse("reporting:upload"), {"file": workbook(sector)}).status_code == 200
    report = Report.objects.get(source__name=f"{sector}.xlsx")
    rules, (name, members) = rule_set(sector), TREATMENT[sector]
    page = client.get(reverse("reporting:sheets", args=[report.pk])).content.decode()
    for one in members:
        assert rules.unit_of(name)[one].zh in page
    assert "平衡值" in page


@pytest.mark.parametrize("sector", PLANTS)
def test_the_api_names_the_parameter_that_is_waited_for(client, people, files, sector):
    issued = accounts.create_token(people["filler"], label="t", scope="write", now=timezone.now())
    answer = client.post(
        "/api/v1/reports", {"file": workbook(sector)}, headers={"Authorization": f"Bearer {issued.secret}"}
    )
    assert answer.status_code == 201, answer.content
    values = {(one["name"], *one["key"]): one for one in answer.json()["trace"]["values"]}
    name, members = TREATMENT[sector]
    assert {one["value"] for key, one in values.items() if key[0] == name} == members
    assert Decimal(values["surrender_duty",]["value"]) > 0
    assert values["enterprise_allowance",]["value"] is None
    assert "balance_value" in str(values["enterprise_allowance",])
