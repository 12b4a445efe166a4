"""People, a book and a month that the tests of filing share."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # filing_helpers is imported by name

from filing_helpers import NOW, fill, fill_book, organisation, user

from shutan.apps.accounts.models import Kind, Role
from shutan.apps.filing import actions


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
    """An enterprise with three people, a rival, the province, two cities."""
    one, two = organisation("甲电厂"), organisation("乙电厂", division="510500")
    province = organisation("省厅", Kind.PROVINCE, "510000")
    return {
        "filler": user("filler", one, Role.FILLER),
        "reviewer": user("reviewer", one, Role.REVIEWER),
        "boss": user("boss", one, Role.ADMIN),
        "rival": user("rival", two, Role.ADMIN),
        "officer": user("officer", province, Role.OFFICER),
        "city": user("city", organisation("甲市局", Kind.CITY, "510100"), Role.OFFICER),
        "far_city": user("far_city", organisation("丙市局", Kind.CITY, "513200"), Role.OFFICER),
    }


@pytest.fixture
def book(people):
    """The coal plant's book of 2025 with its units and fuels."""
    made = actions.open_book(
        people["filler"], people["filler"].organisation, rule_set="power", year=2025, now=NOW
    )
    fill_book(people["filler"], made)
    return made


@pytest.fixture
def month(people, book):
    """March, begun and empty."""
    return actions.open_month(people["filler"], book, 3, now=NOW)


@pytest.fixture
def full(people, month):
    """March with all its cells and all its papers."""
    fill(people["filler"], month)
    return month
