"""Every rule set that is reported, through web and API: the figures of the library, and nothing of a sector written for the web."""

import json
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from shutan.apps.accounts import actions as accounts
from shutan.apps.reporting import results
from shutan.apps.reporting.models import Report
from shutan.cli.plants import chuannan, industrial_works
from shutan.documents.json_form import write_json
from shutan.documents.workbook import read_workbook
from shutan.kernel import Waiting
from shutan.rules.registry import rule_sets

EXAMPLES = Path(__file__).parents[3] / "examples"
WORKS = {plant.sector: plant.slug for plant in (chuannan(2024), *industrial_works())}
PAGES = ("report", "sheets", "figures", "inputs", "findings", "compare")


def test_every_rule_set_with_a_report_has_an_example():
    assert WORKS.keys() == {name for name, rules in rule_sets().items() if rules.report}


@cache
def computed(sector):
    """The library's result of an example."""
    reading = read_workbook(EXAMPLES / f"{WORKS[sector]}.xlsx")
    assert reading.complete
    return reading.rules.evaluate(reading.year, reading.data)


def figures(result):
    return {
        (name, key): value if not isinstance(value, Waiting) else None
        for name in result.rules.order
        if result.has(name)
        for key, value in result.items(name)
    }


@pytest.fixture(params=WORKS)
def works(request, client, people, files):
    """A draft, uploaded on the page that people use."""
    client.force_login(people["filler"])
    name = f"{WORKS[request.param]}.xlsx"
    file = SimpleUploadedFile(name, (EXAMPLES / name).read_bytes())
    assert client.post(reverse("reporting:upload"), {"file": file}).status_code == 200
    return Report.objects.get(source__name=name)


def test_pages_show_the_figures_of_the_library(client, works):
    result = results.result_of(works)
    assert figures(result) == figures(computed(works.rule_set))
    for language in ("zh-hans", "en"):
        client.cookies["django_language"] = language
        for name in PAGES:
            response = client.get(reverse(f"reporting:{name}", args=[works.pk]))
            assert response.status_code == 200, (name, response.content[:500])
    for name in result.rules.report.explained:
        for key in result.keys(result.rules.grain_of(name))[:1]:
            response = client.get(reverse("reporting:explain", args=[works.pk, name]), {"key": key})
            assert response.status_code == 200, name


def test_its_documents_download(client, works):
    for kind in ("xlsx", "pdf", "json"):
        response = client.get(reverse("reporting:download", args=[works.pk, kind]))
        assert response.status_code == 200, kind
    told = json.loads(b"".join(response) if response.streaming else response.content)
    assert told["values"] == _without_origins(told, computed(works.rule_set))


def _without_origins(told, result):
    """What the library writes of the same values; where an input stands is told of another file name."""
    wanted = write_json(result)["values"]
    for one, other in zip(told["values"], wanted, strict=True):
        if "origin" in other:
            other["origin"] = one.get("origin")
    return wanted


@pytest.mark.parametrize("sector", WORKS)
def test_the_api_gives_the_figures_of_the_library(client, people, files, sector):
    issued = accounts.create_token(people["filler"], label="t", scope="write", now=timezone.now())
    file = SimpleUploadedFile("a.xlsx", (EXAMPLES / f"{WORKS[sector]}.xlsx").read_bytes())
    answer = client.post(
        "/api/v1/reports", {"file": file}, headers={"Authorization": f"Bearer {issued.secret}"}
    )
    assert answer.status_code == 201, answer.content
    traced = {(one["name"], tuple(one["key"])): one["value"] for one in answer.json()["trace"]["values"]}
    for (name, key), value in figures(computed(sector)).items():
        found = traced[name, key]
        if isinstance(value, Decimal):
            assert Decimal(found) == value, (name, key)
        else:
            assert found == (value and value.key), (name, key)
