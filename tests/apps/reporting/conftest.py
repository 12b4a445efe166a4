"""Organisations, people and plants that the tests of reporting share."""

import datetime as dt
import io
from functools import cache

import pytest

from shutan.apps.accounts.models import Kind, Organisation, Role, User
from shutan.apps.reporting import actions
from shutan.apps.reporting.storage import Upload
from shutan.cli.plants import chuannan, dazhou, us_coal_plant
from shutan.documents.template import write_template
from shutan.kernel import Dataset
from shutan.rules.registry import rule_set

NOW = dt.datetime(2025, 3, 1, 9, tzinfo=dt.UTC)
PLANTS = {"coal": lambda: chuannan(2024), "gas": lambda: dazhou(2024), "us": us_coal_plant}


@cache
def workbook(name="coal", change=""):
    """A filled-in workbook as bytes. `change` writes over the first cell of a fuel's consumption."""
    plant = PLANTS[name]()
    stream = io.BytesIO()
    write_template(rule_set("power"), plant.year, stream, data=Dataset.of(plant.tables))
    return stream.getvalue()


@pytest.fixture
def files(settings, tmp_path):
    """A folder of files of this test's own."""
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "files")},
        }
    }
    return tmp_path / "files"


def organisation(name, kind=Kind.ENTERPRISE, division="510100"):
    return Organisation.objects.create(name_zh=name, kind=kind, division_code=division, created_at=NOW)


def user(name, org, role):
    made = User(username=name, organisation=org, role=role, name=name)
    made.set_password("Long-enough-2024")
    made.save()
    return made


@pytest.fixture
def people(db):
    """Two enterprises, the province, two cities, the public."""
    one, two = organisation("甲电厂"), organisation("乙电厂", division="510500")
    province = organisation("省厅", Kind.PROVINCE, "510000")
    return {
        "filler": user("filler", one, Role.FILLER),
        "reviewer": user("reviewer", one, Role.REVIEWER),
        "other": user("other", two, Role.RESPONSIBLE),
        "officer": user("officer", province, Role.OFFICER),
        "lead": user("lead", province, Role.LEAD),
        "city": user("city", organisation("甲市局", Kind.CITY, "510100"), Role.OFFICER),
        "far_city": user("far_city", organisation("丙市局", Kind.CITY, "513200"), Role.OFFICER),
        "verifier": user("verifier", organisation("核查", Kind.VERIFIER), Role.FILLER),
        "public": user("public", organisation("公众", Kind.PUBLIC), Role.MEMBER),
    }


def create(person, name="coal", content=None, **options):
    upload = Upload(f"{name}.xlsx", content or workbook(name))
    return actions.create_report_from_workbook(
        person, upload, organisation=person.organisation, now=NOW, **options
    )


@pytest.fixture
def report(people, files):
    """A draft of the first enterprise."""
    return create(people["filler"]).report
