"""A filed month and its reviewers, shared by the tests of the joint review."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "filing"))  # its helpers are imported by name

from filing_helpers import NOW, file_month, fill, fill_book, organisation, user

from shutan.apps.accounts.models import Kind, Role
from shutan.apps.filing import actions
from shutan.apps.review import risk


@pytest.fixture(autouse=True)
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
    """An enterprise, a rival, the province with three people, its city and another one."""
    one, two = organisation("甲电厂"), organisation("乙电厂", division="510500")
    province = organisation("省厅", Kind.PROVINCE, "510000")
    city = organisation("甲市局", Kind.CITY, "510100")
    return {
        "filler": user("filler", one, Role.FILLER),
        "reviewer": user("reviewer", one, Role.REVIEWER),
        "rival": user("rival", two, Role.ADMIN),
        "officer": user("officer", province, Role.OFFICER),
        "lead": user("lead", province, Role.LEAD),
        "admin": user("admin", province, Role.ADMIN),
        "city": user("city", city, Role.OFFICER),
        "city_lead": user("city_lead", city, Role.LEAD),
        "far_city": user("far_city", organisation("丙市局", Kind.CITY, "513200"), Role.OFFICER),
    }


@pytest.fixture
def book(people):
    """The coal plant's book of 2025 with its units and fuels."""
    one = people["filler"]
    made = actions.open_book(one, one.organisation, rule_set="power", year=2025, now=NOW)
    fill_book(one, made)
    return made


@pytest.fixture
def filed(people, book):
    """March 2025, filed with all its papers, and screened."""
    month = actions.open_month(people["filler"], book, 3, now=NOW)
    fill(people["filler"], month)
    done = file_month(people, month)
    risk.screen(done)
    return done
