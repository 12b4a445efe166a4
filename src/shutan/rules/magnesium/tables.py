"""The annual report of a magnesium smelter: the NDRC guide's annexes."""

from shutan.kernel.report import Line, ListTable, MonthTable, Report
from shutan.rules.common.grains import ENTERPRISE
from shutan.rules.common.ndrc_report import (
    BASIC,
    ENERGY_ACTIVITY,
    ENERGY_FACTORS,
    FUEL_ACTIVITY,
    FUEL_FACTORS,
    FUEL_FIGURE,
    FUELS,
    HEAT_TRADES,
)

TOTALS = (
    "fuel_combustion_emissions",
    "ferrosilicon_emissions",
    "dolomite_emissions",
    "net_electricity_emissions",
    "heat_emissions",
    "greenhouse_gas_emissions",
)

TABLES = (
    BASIC,
    ListTable("附表1", "温室气体排放量汇总|Emissions", ENTERPRISE, TOTALS, "NDRC form 1"),
    FUEL_ACTIVITY,
    MonthTable(
        "附表2",
        "活动水平：硅铁和白云石|Activity data: ferrosilicon and dolomite",
        ENTERPRISE,
        (
            Line("own_ferrosilicon", "annual_own_ferrosilicon"),
            Line("purchased_ferrosilicon", "annual_purchased_ferrosilicon"),
            Line("dolomite_consumption", "annual_dolomite_consumption"),
        ),
        "NDRC form 2",
    ),
    ENERGY_ACTIVITY,
    HEAT_TRADES,
    FUELS,
    FUEL_FACTORS,
    MonthTable(
        "附表3",
        "排放因子：硅铁和白云石|Factors: ferrosilicon and dolomite",
        ENTERPRISE,
        (
            Line("monthly_ferrosilicon_emissions", "ferrosilicon_emissions"),
            Line("dolomite_purity", ""),
            Line("monthly_dolomite_emissions", "dolomite_emissions"),
        ),
        "NDRC form 3",
    ),
    ENERGY_FACTORS,
)

REPORT = Report(
    title="企业温室气体排放报告（镁冶炼行业）|Greenhouse gas emissions report, magnesium smelting",
    tables=TABLES,
    figures=(FUEL_FIGURE,),
    summary=("greenhouse_gas_emissions", *TOTALS[:-1]),
    explained=(
        "monthly_combustion_of_fuel",
        "monthly_ferrosilicon_emissions",
        "monthly_dolomite_emissions",
        "net_electricity_emissions",
        "heat_emissions",
        "greenhouse_gas_emissions",
    ),
    name_input="enterprise_name",
)
