"""People and units of the tests of lists and duties."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # duties_helpers is imported by name

from duties_helpers import NOW, SINCE, SYSTEM, TODAY, code, organisation, user

from shutan.apps.accounts.models import Kind, Role
from shutan.apps.directory import actions as directory


@pytest.fixture
def people(db):
    """The province, two cities, two departments, two power plants with accounts, a service company, the public."""
    one, two = organisation("甲电厂"), organisation("乙电厂", division="510500")
    found = {
        "one": user("one", one, Role.RESPONSIBLE),
        "two": user("two", two, Role.RESPONSIBLE),
        "officer": user("officer", organisation("省厅", Kind.PROVINCE, "510000"), Role.OFFICER),
        "city": user("city", organisation("甲市局", Kind.CITY, "510100"), Role.OFFICER),
        "far_city": user("far_city", organisation("丙市局", Kind.CITY, "513200"), Role.OFFICER),
        "industry": user("industry", organisation("省经信厅", Kind.INDUSTRY, "510000"), Role.OFFICER),
        "statistics": user("statistics", organisation("省统计局", Kind.STATISTICS, "510000"), Role.OFFICER),
        "service": user("service", organisation("咨询公司", Kind.SERVICE), Role.FILLER),
        "public": user("public", organisation("公众", Kind.PUBLIC), Role.MEMBER),
    }
    found["entities"] = [
        directory.create_entity(
            SYSTEM,
            "legal_person",
            {"name": name, "credit_code": code(number), "division": division, "sector": "power"},
            since=SINCE,
            organisation=home,
            now=NOW,
            today=TODAY,
        )
        for number, (name, home, division) in enumerate(
            [("甲发电公司", one, "510104"), ("乙发电公司", two, "510502"), ("丙发电公司", None, "510104")],
            start=1,
        )
    ]
    return found
