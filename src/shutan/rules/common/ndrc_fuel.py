"""What a fuel carries by an NDRC guide: measured, or the guide's default. No decimals are printed there, so nothing is rounded.

The clause ids are the same in every sector; what `NDRC fuel` is in a guide, and from when, its `clauses.yaml` says.
"""

from shutan.kernel import Choice, Number, Table, rule, when
from shutan.rules.common.fuels import NcvSource
from shutan.rules.common.grains import FUEL, WORKS_FUEL_MONTH
from shutan.rules.common.industrial_fuels import IndustrialFuel

FUEL_TABLE = Table(
    "fuels",
    FUEL,
    "化石燃料|Fossil fuels",
    (Choice("fuel_kind", IndustrialFuel, "燃料品种|kind of fuel", clause="NDRC fuel"),),
    keys=("燃料|fuel",),
    help="生物质燃料（黑液、树皮、污泥等）燃烧不计，无需填报|biomass such as black liquor, bark or sludge is not counted",
)

CONSUMPTION = Number(
    "fuel_consumption_reported",
    "消耗量|consumption",
    symbol="FC",
    unit="fuel_unit",
    places=4,
    minimum=0,
    clause="NDRC fuel",
)


def _source(name: str, label: str) -> Choice:
    return Choice(name, NcvSource, label, default="DEFAULT", clause="NDRC fuel")


PROPERTIES = (
    _source("ncv_source", "低位发热量来源|source of net calorific value"),
    Number(
        "ncv_ar_reported",
        "低位发热量（月）|net calorific value of the month",
        symbol="NCV",
        unit="GJ/fuel_unit",
        places=4,
        minimum=0,
        optional=True,
        required_when="低位发热量为实测值时|when the calorific value is measured",
        clause="NDRC fuel",
    ),
    _source("carbon_per_heat_source", "单位热值含碳量来源|source of carbon per unit of heat"),
    Number(
        "carbon_per_heat_reported",
        "单位热值含碳量（实测）|measured carbon per unit of heat",
        symbol="CC",
        unit="tC/GJ",
        places=6,
        minimum=0,
        maximum=1,
        optional=True,
        required_when="单位热值含碳量为实测值时|when carbon per unit of heat is measured",
        clause="NDRC fuel",
    ),
    _source("oxidation_source", "碳氧化率来源|source of the oxidation rate"),
    Number(
        "oxidation_reported",
        "碳氧化率（实测，0–1）|measured oxidation rate, 0 to 1",
        symbol="OF",
        unit="1",
        places=4,
        minimum=0,
        maximum=1,
        optional=True,
        required_when="碳氧化率为实测值时|when the oxidation rate is measured",
        clause="NDRC fuel",
    ),
)


@rule("NDRC fuel", grain=WORKS_FUEL_MONTH, unit="GJ/fuel_unit")
def ncv_ar(ncv_source, ncv_ar_reported, *, ndrc_ncv):
    """收到基低位发热量 NCV: Measured, or the guide's default."""
    return when(ncv_source == NcvSource.DEFAULT, ndrc_ncv, ncv_ar_reported)


@rule("NDRC fuel", grain=WORKS_FUEL_MONTH, unit="tC/GJ")
def carbon_per_heat(carbon_per_heat_source, carbon_per_heat_reported, *, ndrc_carbon_per_heat):
    """单位热值含碳量 CC: Measured, or the guide's default."""
    return when(carbon_per_heat_source == NcvSource.DEFAULT, ndrc_carbon_per_heat, carbon_per_heat_reported)


@rule("NDRC fuel", grain=WORKS_FUEL_MONTH, unit="1")
def oxidation_rate_used(oxidation_source, oxidation_reported, *, ndrc_oxidation_rate):
    """碳氧化率 OF: Measured, or the guide's default."""
    return when(oxidation_source == NcvSource.DEFAULT, ndrc_oxidation_rate, oxidation_reported)
