"""An enterprise with a filed month and its paper, a submitted report, records on paper; authorities and strangers."""

import sys
from pathlib import Path

import pytest
from django.utils import translation

sys.path.insert(0, str(Path(__file__).parents[1] / "reporting"))  # helpers are imported by name
sys.path.insert(0, str(Path(__file__).parent))

from reporting_helpers import FILED_AT, create, organisation, send, submit, user

from shutan.apps.accounts.models import Kind, Role
from shutan.apps.common.files import Upload
from shutan.apps.filing import actions as filing
from shutan.apps.filing import cells, papers
from shutan.cli import months as demo_months
from shutan.cli.plants import chuannan

PDF = b"%PDF-1.4 coal"


@pytest.fixture(autouse=True)
def files(settings, own_files):
    """A folder of files of this test's own, and no second factor."""
    settings.SECOND_FACTOR = "off"


@pytest.fixture(autouse=True)
def english():
    """What actions say is compared in English, which the message ids are."""
    with translation.override("en"):
        yield


@pytest.fixture
def people(db):
    """Two enterprises, the province, the city of the first and another city, a service company."""
    one, two = organisation("甲电厂"), organisation("乙电厂", division="510500")
    return {
        "filler": user("filler", one, Role.FILLER),
        "reviewer": user("reviewer", one, Role.REVIEWER),
        "other": user("other", two, Role.RESPONSIBLE),
        "officer": user("officer", organisation("省厅", Kind.PROVINCE, "510000"), Role.OFFICER),
        "city": user("city", organisation("甲市局", Kind.CITY, "510100"), Role.OFFICER),
        "far_city": user("far_city", organisation("乙市局", Kind.CITY, "510500"), Role.OFFICER),
        "service": user("service", organisation("服务公司", Kind.SERVICE), Role.FILLER),
    }


@pytest.fixture
def home(people):
    """The first enterprise."""
    return people["filler"].organisation


@pytest.fixture
def book(people):
    """Its book of 2025."""
    book = filing.open_book(
        people["filler"], people["filler"].organisation, rule_set="power", year=2025, now=FILED_AT
    )
    cells.save(people["filler"], book, list(demo_months._changes(chuannan(2025), 0)), now=FILED_AT)
    return book


@pytest.fixture
def month(people, book):
    """January, filed with one paper; February, a draft."""
    filing.open_month(people["filler"], book, 2, now=FILED_AT)
    january = filing.open_month(people["filler"], book, 1, now=FILED_AT)
    cells.save(people["filler"], january, list(demo_months._changes(chuannan(2025), 1)), now=FILED_AT)
    papers.add(people["filler"], january, [Upload("入炉煤 2025-01.pdf", PDF)], now=FILED_AT)
    return send(people, january)


@pytest.fixture
def report(people):
    """A submitted report of 2024 with its declaration."""
    return submit(people["reviewer"], create(people["filler"]).report)
