"""People of the tests of test reports."""

import sys
from pathlib import Path

import pytest
from django.utils import translation

sys.path.insert(0, str(Path(__file__).parent))  # labreports_helpers is imported by name

from labreports_helpers import organisation, user

from shutan.apps.accounts.models import Kind, Role


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    """A folder of files of this test's own, and no second factor."""
    settings.SECOND_FACTOR = "off"
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "files")},
        }
    }


@pytest.fixture(autouse=True)
def english():
    """What actions say is compared in English, which the message ids are."""
    with translation.override("en"):
        yield


@pytest.fixture
def people(db):
    """An enterprise, another one, two cities, the province, a service company, two laboratories."""
    return {
        "filler": user("filler", organisation("甲电厂", number=1), Role.FILLER),
        "other": user("other", organisation("乙钢厂", division="510500", number=2), Role.FILLER),
        "officer": user("officer", organisation("省厅", Kind.PROVINCE, "510000"), Role.OFFICER),
        "city": user("city", organisation("甲市局", Kind.CITY, "510100"), Role.OFFICER),
        "far_city": user("far_city", organisation("乙市局", Kind.CITY, "510500"), Role.OFFICER),
        "service": user("service", organisation("服务公司", Kind.SERVICE), Role.FILLER),
        "laboratory": user("laboratory", organisation("检测公司", Kind.LABORATORY), Role.ADMIN),
        "other_laboratory": user(
            "other_laboratory", organisation("别的检测公司", Kind.LABORATORY), Role.ADMIN
        ),
    }
