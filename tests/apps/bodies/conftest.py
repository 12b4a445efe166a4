"""People of the tests of the register."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # bodies_helpers is imported by name

from bodies_helpers import a_body, organisation, user

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
    """Two bodies in two cities, the province, both cities, market regulation, others who see only what is public."""
    verifier = organisation("蓉城核查", Kind.VERIFIER, number=1)
    laboratory = organisation("泸州检测", Kind.LABORATORY, "510500", number=2)
    return {
        "filler": user("filler", verifier, Role.FILLER),
        "signer": user("signer", verifier, Role.RESPONSIBLE),
        "laboratory": user("laboratory", laboratory, Role.ADMIN),
        "officer": user("officer", organisation("省厅", Kind.PROVINCE, "510000"), Role.OFFICER),
        "city": user("city", organisation("甲市局", Kind.CITY, "510100"), Role.OFFICER),
        "far_city": user("far_city", organisation("乙市局", Kind.CITY, "510500"), Role.OFFICER),
        "market": user("market", organisation("省市场监管局", Kind.MARKET, "510000"), Role.OFFICER),
        "enterprise": user("enterprise", organisation("甲厂"), Role.FILLER),
        "statistics": user("statistics", organisation("统计局", Kind.STATISTICS, "510000"), Role.OFFICER),
        "bank": user("bank", organisation("银行", Kind.BANK), Role.MEMBER),
        "public": user("public", organisation("公众", Kind.PUBLIC), Role.MEMBER),
    }


@pytest.fixture
def body(people):
    """A record that may be sent in."""
    return a_body(people["filler"])
