"""The annual report of a pulp or paper mill: the NDRC guide's annexes."""

from shutan.kernel.report import Line, MonthTable
from shutan.rules.common.grains import ENTERPRISE
from shutan.rules.common.ndrc_report import annexes, annual_report

TOTALS = (
    "fuel_combustion_emissions",
    "limestone_emissions",
    "waste_water_emissions",
    "net_electricity_emissions",
    "heat_emissions",
    "greenhouse_gas_emissions",
)

TABLES = annexes(
    TOTALS,
    activity=(
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
    ),
    factors=(
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
    ),
)

REPORT = annual_report(
    "企业温室气体排放报告（造纸行业）|Greenhouse gas emissions report, pulp and paper",
    TABLES,
    TOTALS,
    explained=("monthly_limestone_emissions", "monthly_methane", "waste_water_emissions"),
)
