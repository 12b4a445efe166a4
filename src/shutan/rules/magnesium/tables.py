"""The annual report of a magnesium smelter: the NDRC guide's annexes."""

from shutan.kernel.report import Line, MonthTable
from shutan.rules.common.grains import ENTERPRISE
from shutan.rules.common.ndrc_report import annexes, annual_report

TOTALS = (
    "fuel_combustion_emissions",
    "ferrosilicon_emissions",
    "dolomite_emissions",
    "net_electricity_emissions",
    "heat_emissions",
    "greenhouse_gas_emissions",
)

TABLES = annexes(
    TOTALS,
    activity=(
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
    ),
    factors=(
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
    ),
)

REPORT = annual_report(
    "企业温室气体排放报告（镁冶炼行业）|Greenhouse gas emissions report, magnesium smelting",
    TABLES,
    TOTALS,
    explained=("monthly_ferrosilicon_emissions", "monthly_dolomite_emissions"),
)
