"""A year settled from its tables: duty, holdings, offsets, carry-over, breaches."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from shutan.kernel import Dataset, Waiting
from shutan.kernel.calculate import calculate
from shutan.rules.common.fuels import YesNo
from shutan.rules.compliance import RULES
from shutan.rules.compliance.choices import Breach, DecisionRegime, OffsetKind, Vintage

TONNES = st.integers(0, 1_000_000)


def holding(vintage, **amounts):
    row = {name: Decimal(amount) for name, amount in amounts.items()}
    return {"vintage": vintage, "vintage_year": Vintage[vintage], **row}


def test_a_year_is_settled_from_its_tables():
    result = RULES.evaluate(
        2024,
        Dataset.of(
            {
                "duty": [
                    {
                        "surrender_duty": Decimal(1_000_000),
                        "surrendered": Decimal(990_000),
                        "average_price": Decimal("62.36"),
                        "earlier_duties_met": YesNo.YES,
                    }
                ],
                "holdings": [
                    holding("V2022", vintage_holding=100_000, sold=40_000, end_tradable=20_000),
                    holding("V2024", vintage_holding=850_000, bought=10_000, end_registered=30_000),
                    holding("V2025", vintage_holding=500_000, end_registered=500_000),
                ],
                "offsets": [
                    {
                        "offset": "1",
                        "offset_kind": OffsetKind.OTHER_OLD,
                        "offset_amount": Decimal(10_000),
                    }
                ],
                "carry_over_applications": [
                    {
                        "application": "1",
                        "application_amount": Decimal(20_000),
                        "application_available": Decimal(50_000),
                    },
                    {
                        "application": "2",
                        "application_amount": Decimal(40_000),
                        "application_available": Decimal(30_000),
                    },
                ],
                "breaches": [
                    {
                        "breach": "1",
                        "breach_kind": Breach.NON_SURRENDER,
                        "decision_regime": DecisionRegime.REGULATION,
                    },
                    {
                        "breach": "2",
                        "breach_kind": Breach.NON_SURRENDER,
                        "decision_regime": DecisionRegime.CODE,
                    },
                ],
            }
        ),
    )
    assert result.value("offset_used") == 0  # old reductions ended on 2024-12-31
    assert result.value("to_buy") == 50_000  # 100 000 + 850 000, the 2025 vintage may not be used
    assert result.value("unsurrendered") == 10_000
    assert result.value("carry_over_ceiling") == 55_000  # 10 000 + 1.5 × 30 000
    assert result.value("carry_over_limit") == 50_000  # the holding of 2022 and 2024
    assert result.value("carried_over") == 20_000  # the second application is refused
    assert result.value("expiring") == 30_000
    assert result.value("fine_least", ("1",)) == 3_118_000
    assert result.value("fine_most", ("1",)) == 6_236_000
    waiting = result.value("fine_least", ("2",))
    assert isinstance(waiting, Waiting)
    assert waiting.reasons[0].key[0] == "CODE"
    assert result.value("surrender_deadline") == 20251231


@settings(max_examples=80, deadline=None)
@given(st.integers(-1_000_000, 1_000_000), TONNES, TONNES)
def test_carry_over_stays_within_all_three_limits(net, end, asked):
    def found(name):
        return calculate(
            RULES,
            name,
            year=2024,
            given={
                "vintage_net_sold": [net],
                "vintage_end_holding": [end],
                "application_accepted": [asked],
                "earlier_duties_met": "YES",
            },
        )

    carried = found("carried_over")
    assert carried <= min(asked, end, found("carry_over_ceiling"))
    assert found("carry_over_ceiling") >= 10_000
    assert carried + found("expiring") == end


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(list(Breach)), TONNES, TONNES)
def test_a_fine_is_a_range(kind, gain, short):
    ends = [
        calculate(
            RULES,
            name,
            year=2024,
            given={
                "breach_kind": kind,
                "decision_regime": "REGULATION",
                "illegal_gain": gain,
                "unsurrendered": short,
                "average_price": "62.36",
            },
        )
        for name in ("fine_least", "fine_most")
    ]
    assert 0 <= ends[0] <= ends[1]
