"""Organisations, people and plants that the tests of reporting share."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # reporting_helpers is imported by name

from reporting_helpers import create, organisation, user

from shutan.apps.accounts.models import Kind, Role


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


@pytest.fixture
def people(db):
    """Two enterprises, the province, two cities, a verification body, the public."""
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


@pytest.fixture
def report(people, files):
    """A draft of the first enterprise."""
    return create(people["filler"]).report
