"""Several workbooks of one enterprise sent at once: one report, the same figures by page and API."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from shutan.apps.accounts import actions as accounts
from shutan.apps.reporting import results
from shutan.apps.reporting.models import Report

pytestmark = pytest.mark.django_db
EXAMPLES = Path(__file__).parents[3] / "examples"
GROUP = ("group_2024", "steel_2024", "captive_2024")


def files_of(*names):
    return [SimpleUploadedFile(f"{name}.xlsx", (EXAMPLES / f"{name}.xlsx").read_bytes()) for name in names]


@pytest.fixture
def sent(client, people, files):
    def send(*names):
        client.force_login(people["filler"])
        return client.post(reverse("reporting:upload"), {"file": files_of(*names)})

    return send


def test_the_page_adds_them_up(sent):
    assert sent(*GROUP).status_code == 200
    report = Report.objects.get()
    assert (report.rule_set, report.year, report.problems.count()) == ("enterprise", 2024, 0)
    result = results.result_of(report)
    assert result.value("joint_emissions") == Decimal(4406610)
    assert result.value("contained_total") == Decimal("1535699.08")
    assert sent(*GROUP).status_code == 200
    assert Report.objects.count() == 1  # the same files, the same report


def test_the_page_says_why_they_do_not_fit(sent):
    answer = sent("steel_2024", "magnesium_2023")
    assert answer.status_code == 422
    assert "magnesium_2023.xlsx" in answer.content.decode()
    assert not Report.objects.exists()


def test_the_page_offers_it(client, people, files):
    client.force_login(people["filler"])
    assert " multiple" in client.get(reverse("reporting:upload")).content.decode()


@pytest.mark.parametrize(("names", "status"), [(GROUP, 201), (("steel_2024", "magnesium_2023"), 422)])
def test_the_api_does_the_same(client, people, files, names, status):
    issued = accounts.create_token(people["filler"], label="t", scope="write", now=timezone.now())
    headers = {"Authorization": f"Bearer {issued.secret}", "Accept-Language": "en"}
    answer = client.post("/api/v1/reports?trace=false", {"file": files_of(*names)}, headers=headers)
    assert answer.status_code == status
    told = answer.json()
    if status == 201:
        assert told["report"]["rule_set"] == "enterprise"
        (missing,) = told["against_submission"]
        assert missing.startswith("The declaration is missing")
    else:
        assert "2023" in str(told)
