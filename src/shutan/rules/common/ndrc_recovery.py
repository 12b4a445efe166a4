"""CO2 that a works recovers, by the NDRC guides of the chemical family: supplied to others or used as own raw material."""

from shutan.kernel import Number, Table, Total, rule, when
from shutan.rules.common.grains import ENTERPRISE, ENTERPRISE_MONTH


def _volume(name: str, label: str, symbol: str) -> Number:
    return Number(
        name, label, symbol=symbol, unit="10⁴Nm³", places=4, minimum=0, default="0", clause="NDRC recovery"
    )


def _purity(name: str, label: str, symbol: str, needed: str) -> Number:
    return Number(
        name,
        label,
        symbol=symbol,
        unit="%",
        places=4,
        minimum=0,
        maximum=100,
        least_usual="1",
        optional=True,
        required_when=needed,
        clause="NDRC recovery",
    )


RECOVERY_TABLE = Table(
    "recovery",
    ENTERPRISE_MONTH,
    "二氧化碳回收利用月报|CO2 recovered by month",
    (
        _volume(
            "recovered_for_sale", "回收且外供的二氧化碳体积|CO2 recovered and supplied to others", "Q_ext"
        ),
        _purity(
            "purity_for_sale",
            "外供二氧化碳体积浓度|volume share of CO2 in what is supplied",
            "PUR_ext",
            "有外供时|when CO2 was supplied",
        ),
        _volume(
            "recovered_for_own_use",
            "回收且自用作原料的二氧化碳体积|CO2 recovered for own raw material",
            "Q_own",
        ),
        _purity(
            "purity_for_own_use",
            "自用二氧化碳体积浓度|volume share of CO2 in what is used",
            "PUR_own",
            "有自用时|when CO2 was used",
        ),
    ),
    keys=("月份|month",),
    optional=True,
)


@rule("NDRC recovery", grain=ENTERPRISE_MONTH, unit="10⁴Nm³")
def monthly_recovered_for_sale(recovered_for_sale, purity_for_sale):
    """月外供纯二氧化碳体积: CO2 itself in what was supplied to others."""
    return when(recovered_for_sale == 0, 0, recovered_for_sale * purity_for_sale / 100)


@rule("NDRC recovery", grain=ENTERPRISE_MONTH, unit="10⁴Nm³")
def monthly_recovered_for_own_use(recovered_for_own_use, purity_for_own_use):
    """月自用纯二氧化碳体积: CO2 itself in what was used as raw material."""
    return when(recovered_for_own_use == 0, 0, recovered_for_own_use * purity_for_own_use / 100)


@rule("NDRC recovery", grain=ENTERPRISE, unit="tCO2")
def recovered_carbon_dioxide(
    monthly_recovered_for_sale: Total, monthly_recovered_for_own_use: Total, *, carbon_dioxide_density
):
    """二氧化碳回收利用量 R_CO2: CO2 supplied or used as raw material, by mass; goes off the total."""
    return (monthly_recovered_for_sale + monthly_recovered_for_own_use) * carbon_dioxide_density
