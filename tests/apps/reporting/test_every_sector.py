"""A sector that is not power through action, pages and API: nothing of it is written for the web."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.urls import reverse
from reporting_helpers import create

from shutan.apps.reporting import results

EXAMPLES = Path(__file__).parents[3] / "examples"
# sector → what its example emits, and one figure of a row
WORKS = {
    "steel": (Decimal(4406610), None),
    "cement": (Decimal("1664178.59"), ("verified_line_emissions", "1号线", Decimal(1135556))),
    "aluminium": (Decimal("644644.34"), ("verified_electrolysis_emissions", "一系列", Decimal(191196))),
}
PAGES = ("report", "sheets", "figures", "inputs", "findings", "compare")


@pytest.fixture(params=WORKS)
def works(request, people, files):
    """A draft of a works."""
    workbook = (EXAMPLES / f"{request.param}_2024.xlsx").read_bytes()
    return create(people["filler"], request.param, workbook).report


def test_the_rows_give_the_same_figures_as_the_workbook(works):
    result = results.result_of(works)
    total, row = WORKS[result.rules.name]
    assert result.value("enterprise_emissions") == total
    if row is None:
        assert result.value("process_emissions", ("转炉",)) < 0
    else:
        name, key, value = row
        assert result.value(name, (key,)) == value


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_its_pages_render(client, people, works, language):
    client.force_login(people["filler"])
    client.cookies["django_language"] = language
    for name in PAGES:
        response = client.get(reverse(f"reporting:{name}", args=[works.pk]))
        assert response.status_code == 200, (name, response.content[:500])
    result = results.result_of(works)
    for name in result.rules.report.explained:
        key = result.keys(result.rules.grain_of(name))[0]
        response = client.get(reverse("reporting:explain", args=[works.pk, name]), {"key": key})
        assert response.status_code == 200, name


def test_its_documents_download(client, people, works):
    client.force_login(people["filler"])
    for kind in ("xlsx", "pdf", "json"):
        response = client.get(reverse("reporting:download", args=[works.pk, kind]))
        assert response.status_code == 200, kind
