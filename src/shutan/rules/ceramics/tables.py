"""The annual report of a ceramics works: the NDRC guide's annexes and the supplementary data."""

from shutan.kernel.report import Line, ListTable, MonthTable, Stack
from shutan.rules.common.grains import ENTERPRISE, MATERIAL
from shutan.rules.common.ndrc_report import annexes, annual_report

TOTALS = (
    "fuel_combustion_emissions",
    "raw_material_emissions",
    "net_electricity_emissions",
    "heat_emissions",
    "greenhouse_gas_emissions",
)

TABLES = annexes(
    TOTALS,
    activity=(
        MonthTable(
            "附表2",
            "活动水平：陶瓷原料|Activity data: ceramic raw materials",
            MATERIAL,
            (
                Line("raw_material_consumption", "annual_raw_material_consumption"),
                Line("calcium_carbonate_share", ""),
                Line("magnesium_carbonate_share", ""),
            ),
            "NDRC form 2",
        ),
    ),
    factors=(
        MonthTable(
            "附表3",
            "排放因子：陶瓷烧成过程|Factors: process",
            MATERIAL,
            (
                Line("utilisation", ""),
                Line("raw_material_factor", ""),
                Line("monthly_raw_material_emissions", "annual_raw_material_emissions"),
            ),
            "NDRC form 3",
        ),
    ),
    supplement=(
        ListTable(
            "补充",
            "补充数据表：卫生陶瓷|Supplementary data: sanitary ware",
            ENTERPRISE,
            (
                "supplement_emissions",
                "supplement_fuel_emissions",
                "supplement_electricity",
                "supplement_electricity_emissions",
                "sanitary_output",
                "sanitary_intensity",
            ),
            "CER supplement",
        ),
    ),
)

REPORT = annual_report(
    "企业温室气体排放报告（陶瓷行业）|Greenhouse gas emissions report, ceramics",
    TABLES,
    TOTALS,
    figures=(
        Stack(
            "各月陶瓷原料分解排放量（按原料）|Emissions of raw materials by month and material",
            "monthly_raw_material_emissions",
            by="material",
        ),
    ),
    explained=("monthly_raw_material_emissions",),
)
