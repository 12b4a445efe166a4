"""Ceramics, magnesium and copper through action, pages and downloads: nothing of them is written for the web."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.urls import reverse
from reporting_helpers import create

from shutan.apps.reporting import results
from shutan.cli.plants.kilns import kiln_plants

EXAMPLES = Path(__file__).parents[3] / "examples"
PAGES = ("report", "sheets", "figures", "inputs", "findings", "compare")


@pytest.fixture(params=kiln_plants(), ids=lambda plant: plant.sector)
def works(request, people, files):
    """A draft of a works."""
    plant = request.param
    return create(people["filler"], plant.sector, (EXAMPLES / f"{plant.slug}.xlsx").read_bytes()).report


def test_pages_and_downloads(client, people, works):
    client.force_login(people["filler"])
    result = results.result_of(works)
    assert isinstance(result.value("greenhouse_gas_emissions"), Decimal)
    for name in PAGES:
        assert client.get(reverse(f"reporting:{name}", args=[works.pk])).status_code == 200, name
    for name in result.rules.report.explained:
        key = result.keys(result.rules.grain_of(name))[0]
        response = client.get(reverse("reporting:explain", args=[works.pk, name]), {"key": key})
        assert response.status_code == 200, name
    for kind in ("xlsx", "pdf", "json"):
        response = client.get(reverse("reporting:download", args=[works.pk, kind]))
        assert response.status_code == 200, kind
