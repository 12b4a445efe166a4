"""What a gap of allowances is worth: by the registered price that holds on the day, unknown without one."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string

from shutan.apps.common import known
from shutan.apps.filing.worth import GAP, PRICE, PRICES, worth
from shutan.kernel import ParameterValue, Waiting

DAY = date(2025, 4, 20)


def year(*gaps, has=True):
    """A year whose gap is what is given."""
    result = SimpleNamespace(has=lambda name: has and name == GAP, column=lambda _name: list(gaps))
    return SimpleNamespace(result=lambda: result)


@pytest.fixture
def prices(monkeypatch):
    """Registers a price since a day."""
    found = []
    monkeypatch.setattr(known, "SOURCES", [lambda rules: tuple(found) if rules == PRICES else ()])

    def put(value, since):
        found.append(ParameterValue(PRICE, since, Decimal(value), "made-up quotation", "official"))

    return put


def test_a_gap_is_worth_what_the_last_price_before_the_day_says(prices):
    prices("80.00", date(2025, 4, 1))
    prices("82.45", date(2025, 4, 20))
    prices("99.00", date(2025, 4, 21))
    assert worth(year(Decimal(-1000)), DAY).yuan == Decimal("-82450.00")
    assert worth(year(Decimal(-1000)), date(2025, 4, 19)).yuan == Decimal("-80000.00")
    assert worth(year(Decimal(0)), DAY).yuan == 0


def test_without_a_price_it_is_unknown(prices):
    found = worth(year(Decimal(-1000)), DAY)
    assert (found.yuan, found.price) == (None, None)


@pytest.mark.parametrize(
    "none", [year(has=False), year(), year(Waiting(()))], ids=["no such rule", "no row", "waits"]
)
def test_what_has_no_gap_is_worth_nothing_that_could_be_said(prices, none):
    prices("80.00", date(2025, 4, 1))
    assert worth(none, DAY) is None


@pytest.mark.parametrize("price", [None, "82.45"])
def test_the_card_says_yuan_and_price_or_that_none_is_registered(prices, price):
    if price:
        prices(price, date(2025, 4, 1))
    line = {"label": "x", "value": Decimal(1), "unit": "t", "places": 0, "waits": ""}
    page = render_to_string(
        "filing/_totals.html", {"summary": [line], "worth": worth(year(Decimal(-1000)), DAY)}
    )
    assert ("82,450" in page) is bool(price)
    assert ("made-up quotation" in page) is bool(price)
    assert ("没有登记价格" in page) is not bool(price)
