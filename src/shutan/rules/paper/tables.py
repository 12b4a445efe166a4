"""The annual report of a pulp or paper mill: the NDRC guide's annexes."""

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
    "limestone_emissions",
    "waste_water_emissions",
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
        "活动水平：外购石灰石|Activity data: purchased limestone",
        ENTERPRISE,
        (Line("limestone_consumption", "annual_limestone_consumption"),),
        "NDRC form 2",
    ),
    MonthTable(
        "附表2",
        "活动水平：厌氧处理废水|Activity data: waste water",
        ENTERPRISE,
        (
            Line("waste_water_volume", ""),
            Line("inlet_demand", ""),
            Line("outlet_demand", ""),
            Line("organic_matter", "annual_organic_matter"),
            Line("sludge_demand", ""),
            Line("recovered_methane", ""),
        ),
        "NDRC form 2",
    ),
    ENERGY_ACTIVITY,
    HEAT_TRADES,
    FUELS,
    FUEL_FACTORS,
    MonthTable(
        "附表3",
        "排放因子：石灰石和废水|Factors: limestone and waste water",
        ENTERPRISE,
        (
            Line("limestone_factor_used", ""),
            Line("monthly_limestone_emissions", "limestone_emissions"),
            Line("", "methane_correction"),
            Line("monthly_methane", "methane_emissions"),
        ),
        "NDRC form 3",
        "月甲烷以千克计，年甲烷以吨计|methane of a month in kilograms, of the year in tonnes",
    ),
    ENERGY_FACTORS,
)

REPORT = Report(
    title="企业温室气体排放报告（造纸行业）|Greenhouse gas emissions report, pulp and paper",
    tables=TABLES,
    figures=(FUEL_FIGURE,),
    summary=("greenhouse_gas_emissions", *TOTALS[:-1]),
    explained=(
        "monthly_combustion_of_fuel",
        "monthly_limestone_emissions",
        "monthly_methane",
        "waste_water_emissions",
        "net_electricity_emissions",
        "heat_emissions",
        "greenhouse_gas_emissions",
    ),
    name_input="enterprise_name",
)
