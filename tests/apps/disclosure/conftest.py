"""A submitted report and the people around it."""

import datetime as dt
import sys
from decimal import Decimal
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "reporting"))

from reporting_helpers import NOW, create, organisation, submit, user

from shutan.apps.accounts.models import Kind, Role
from shutan.apps.reporting import notices


@pytest.fixture
def files(settings, tmp_path):
    """A folder of files of this test's own."""
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "files")},
        }
    }


@pytest.fixture
def people(db):
    """Two enterprises and the province."""
    one, two = organisation("甲电厂"), organisation("乙电厂", division="510500")
    province = organisation("省厅", Kind.PROVINCE, "510000")
    return {
        "filler": user("filler", one, Role.FILLER),
        "responsible": user("responsible", one, Role.RESPONSIBLE),
        "other": user("other", two, Role.RESPONSIBLE),
        "officer": user("officer", province, Role.OFFICER),
        "lead": user("lead", province, Role.LEAD),
        "city": user("city", organisation("甲市局", Kind.CITY, "510100"), Role.OFFICER),
        "far_city": user("far_city", organisation("丙市局", Kind.CITY, "513200"), Role.OFFICER),
    }


@pytest.fixture
def report(people, files):
    """A submitted report of the first enterprise; the grid factor it waits for was registered (a made-up value)."""
    registered = notices.register_parameter(
        people["officer"],
        rule_set="power",
        name="electricity_factor",
        values={(): Decimal("0.5")},
        since=dt.date(2024, 1, 1),
        document="示例通知",
        now=NOW,
    )
    notices.confirm_parameter(people["lead"], registered, now=NOW)
    draft = create(people["filler"]).report
    return submit(people["responsible"], draft, now=NOW)
