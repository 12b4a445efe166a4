"""What a petrochemical works fills in: one table, one sheet, one form."""

from shutan.kernel import Choice, Table
from shutan.rules.common.basic_information import basic_information
from shutan.rules.common.ndrc_combustion import FUEL_MONTH_TABLE
from shutan.rules.common.ndrc_energy import BASIS
from shutan.rules.common.ndrc_fuel import FUEL_TABLE
from shutan.rules.common.ndrc_recovery import RECOVERY_TABLE
from shutan.rules.common.purchased import HEAT_TRADE_TABLE, grid_area_input, purchased_table
from shutan.rules.petrochemical.choices import AccidentKind
from shutan.rules.petrochemical.grains import ACCIDENT, FLARE, FLARE_MONTH
from shutan.rules.petrochemical.unit_inputs import (
    ASPHALT_TABLE,
    BALANCE_TABLE,
    BURN_OFF_TABLE,
    FURNACE_TABLE,
    REGENERATION_TABLE,
    STREAM_TABLE,
    amount,
    measured,
    share,
)

ENTERPRISE_TABLE = basic_information("NDRC form basic", "2511", BASIS, grid_area_input("NDRC electricity"))

FLARE_TABLE = Table(
    "flares",
    FLARE,
    "火炬系统|Flares",
    measured("flare_oxidation", "火炬碳氧化率", "oxidation rate of the flare", "1", "PET flare", "OF"),
    keys=("火炬|flare",),
    optional=True,
)

FLARE_MONTH_TABLE = Table(
    "flare_months",
    FLARE_MONTH,
    "火炬气月报（正常工况）|Flare gas by month, normal operation",
    (
        amount("flare_gas", "正常工况火炬气流量|gas flared in normal operation", "10⁴Nm³", "PET flare", "Q"),
        amount(
            "flare_gas_carbon",
            "火炬气含碳量（不含CO2）|carbon of the gas without its CO2",
            "tC/10⁴Nm³",
            "PET flare",
            "CC_nonCO2",
        ),
        share("flare_gas_dioxide", "火炬气CO2体积浓度|volume share of CO2", "PET flare", "V_CO2"),
    ),
    keys=("火炬|flare", "月份|month"),
    optional=True,
)

ACCIDENT_TABLE = Table(
    "accidents",
    ACCIDENT,
    "事故火炬|Flaring by accident",
    (
        Choice("accident_kind", AccidentKind, "事故装置类型|kind of unit", clause="PET accident"),
        amount("accident_gas_rate", "事故火炬平均流速|mean flow", "10⁴Nm³/h", "PET accident", "GF"),
        amount("accident_hours", "事故持续时间|hours it lasted", "h", "PET accident", "T"),
        *measured(
            "accident_atoms",
            "事故火炬气平均碳原子数",
            "carbon atoms in a molecule",
            "1",
            "PET accident",
            "CN",
        ),
    ),
    keys=("事故|accident",),
    optional=True,
)

TABLES = (
    ENTERPRISE_TABLE,
    FUEL_TABLE,
    FUEL_MONTH_TABLE,
    FLARE_TABLE,
    FLARE_MONTH_TABLE,
    ACCIDENT_TABLE,
    BURN_OFF_TABLE,
    REGENERATION_TABLE,
    BALANCE_TABLE,
    STREAM_TABLE,
    FURNACE_TABLE,
    ASPHALT_TABLE,
    RECOVERY_TABLE,
    purchased_table("NDRC electricity", "NDRC heat"),
    HEAT_TRADE_TABLE,
)
