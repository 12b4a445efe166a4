"""People of the tests of the directory."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # directory_helpers is imported by name

from directory_helpers import legal_person, organisation, user

from shutan.apps.accounts.models import Kind, Role


@pytest.fixture
def people(db):
    """Two enterprises in two cities with their legal persons, the province, both cities, a department, the public."""
    one, two = organisation("甲厂"), organisation("乙厂", division="510500")
    legal_person("甲公司", 1, home=one)
    legal_person("乙公司", 2, home=two, division="510502")
    return {
        "one": user("one", one, Role.FILLER),
        "two": user("two", two, Role.FILLER),
        "officer": user("officer", organisation("省厅", Kind.PROVINCE, "510000"), Role.OFFICER),
        "city": user("city", organisation("甲市局", Kind.CITY, "510100"), Role.OFFICER),
        "far_city": user("far_city", organisation("丙市局", Kind.CITY, "513200"), Role.OFFICER),
        "statistics": user("statistics", organisation("省统计局", Kind.STATISTICS, "510000"), Role.OFFICER),
        "verifier": user("verifier", organisation("核查", Kind.VERIFIER), Role.FILLER),
        "public": user("public", organisation("公众", Kind.PUBLIC), Role.MEMBER),
    }
