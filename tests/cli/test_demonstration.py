"""The demonstration: the same plants in the web as in the examples, made once."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from django.urls import reverse

from shutan.apps.accounts.models import User
from shutan.apps.bodies.models import Body
from shutan.apps.directory.models import Entity, EntityKind
from shutan.apps.duties.models import Duty, UnitList
from shutan.apps.reporting.models import Report, ReportedValue
from shutan.apps.schemes.models import Scheme
from shutan.apps.standards.models import Assessment, Instrument
from shutan.cli.demonstration import create
from shutan.cli.plants import all_plants, industrial_works, power_plants

MOST_QUERIES = 20  # of a list or a page of a record
MOST_AT_HOME = 25  # of the worklist, which asks every part of the system once
LISTS = (
    "home", "inbox", "directory:list", "directory:map", "directory:events", "directory:registry_changes",
    "accounts:organisations", "accounts:people", "accounts:log", "reporting:list", "bodies:list",
    "bodies:register", "duties:duties", "duties:lists", "duties:emissions", "duties:candidates", "duties:public",
    "duties:notices", "standards:instruments", "standards:assessments", "reporting:rulebook", "reporting:parameters",
    "reporting:notices", "reporting:notice_new", "referrals:list", "schemes:list", "schemes:meters", "filing:list",
    "labreports:list", "disclosure:public", "disclosure:owed", "evidence:log", "evidence:records",
)  # fmt: skip
EXPECTED = Path(__file__).parents[1] / "examples" / "expected"


@pytest.fixture
def files(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path)},
        },
    }


@pytest.mark.django_db
def test_demonstration_is_made_once_and_agrees_with_the_examples(
    files, client, django_assert_max_num_queries
):
    told = []
    logins = create(told.append, count=6)
    assert {one.username for one in logins} >= {"carbon", "heat", "gas", "regulator", "steel", "city-officer"}
    assert len({one.username for one in logins}) == len(logins)
    filed = [line for line in told if "月度存证" in line]
    assert len(filed) == 2  # two years of one plant's months
    assert [(one.rule_set, one.state) for one in Scheme.objects.order_by("rule_set")] == [
        ("power", "accepted"),
        ("steel", "returned"),
    ]
    others = [
        line
        for line in told
        if line.endswith(("数据质量控制方案", "检测报告", "一企一策", "部门数据", "联审", "记录与档案"))
    ]
    assert len(told) == len(all_plants()) + len(filed) + len(others) + 1
    for plant in industrial_works():
        report = Report.objects.get(source__name=f"{plant.slug}.xlsx")
        assert (report.rule_set, report.year) == (plant.sector, plant.year)
        assert report.organisation.is_fictitious
        assert report.problems.count() == 0
    for plant in power_plants():
        report = Report.objects.get(source__name=f"{plant.slug}.xlsx")
        expected = json.loads((EXPECTED / f"{plant.slug}.json").read_text(encoding="utf-8"))
        value = ReportedValue.objects.get(report=report, variable="enterprise_combustion_emissions")
        known = expected["combustion"]  # none while it waits for a value of the law
        assert value.number == (known and Decimal(known))
        assert (report.year, report.rules_year) == (plant.year, plant.rules_year)
        assert {one.check_id for one in report.findings.filter(audience="all")} == {
            check for check, _ in expected["findings"]
        }
    submitted = Report.objects.filter(state=Report.State.SUBMITTED)
    assert {report.source.name for report in submitted} == {
        "chuannan_2024.xlsx",
        "chengdu_2024.xlsx",
        "dazhou_2024.xlsx",
    }

    _check_pages(client, django_assert_max_num_queries)
    before = Report.objects.count()
    told.clear()
    assert [one.username for one in create(told.append, count=6)] == [one.username for one in logins]
    assert told == []
    assert Report.objects.count() == before


def _check_pages(client, django_assert_max_num_queries):
    """Every list and one page of each kind of record open for the province with few queries."""
    client.force_login(User.objects.get(username="regulator"))
    records = {
        "directory:entity": Entity.objects.filter(kind="legal_person"),
        "reporting:report": Report.objects.filter(state=Report.State.SUBMITTED),
        "bodies:body": Body.objects.all(),
        "duties:list": UnitList.objects.all(),
        "duties:duty": Duty.objects.all(),
        "standards:instrument": Instrument.objects.all(),
        "standards:assessment": Assessment.objects.all(),
    }
    addresses = [reverse(name) for name in LISTS]
    addresses += [reverse("directory:kind", args=[kind]) for kind in EntityKind.values]
    addresses += [reverse(name, args=[rows.order_by("pk")[0].pk]) for name, rows in records.items()]
    for address in addresses:
        most = MOST_AT_HOME if address == reverse("home") else MOST_QUERIES
        with django_assert_max_num_queries(most, info=address):
            assert client.get(address).status_code == 200, address
