"""People of the tests of rules and standards."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # standards_helpers is imported by name

from django.core.cache import cache
from standards_helpers import organisation, user

from shutan.apps.accounts.models import Kind, Role


@pytest.fixture
def people(db, settings, tmp_path):
    """The province, two enterprises of which one has a head office, two cities, a service company, the public."""
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "files")},
        }
    }
    cache.clear()
    province = organisation("省厅", Kind.PROVINCE, "510000")
    group = organisation("甲集团", Kind.GROUP)
    plant = organisation("甲厂", head_office=group)
    rival = organisation("乙厂", division="510500")
    roles = {
        "officer": (province, Role.OFFICER),
        "lead": (province, Role.LEAD),
        "filler": (plant, Role.FILLER),
        "reviewer": (plant, Role.REVIEWER),
        "boss": (plant, Role.RESPONSIBLE),
        "rival": (rival, Role.RESPONSIBLE),
        "group": (group, Role.MEMBER),
        "city": (organisation("甲市局", Kind.CITY, "510100"), Role.OFFICER),
        "far_city": (organisation("丙市局", Kind.CITY, "513200"), Role.OFFICER),
        "statistics": (organisation("省统计局", Kind.STATISTICS, "510000"), Role.OFFICER),
        "agent": (organisation("甲咨询", Kind.SERVICE), Role.FILLER),
        "public": (organisation("公众", Kind.PUBLIC), Role.MEMBER),
    }
    return {name: user(name, home, role) for name, (home, role) in roles.items()}
