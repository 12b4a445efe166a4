"""The annual report of a ceramics works: the NDRC guide's annexes and the supplementary data."""

from shutan.kernel.report import Line, ListTable, MonthTable, Report, Stack
from shutan.rules.common.grains import ENTERPRISE, MATERIAL
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
    "raw_material_emissions",
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
        "活动水平：陶瓷原料|Activity data: ceramic raw materials",
        MATERIAL,
        (
            Line("raw_material_consumption", "annual_raw_material_consumption"),
            Line("calcium_carbonate_share", ""),
            Line("magnesium_carbonate_share", ""),
        ),
        "NDRC form 2",
    ),
    ENERGY_ACTIVITY,
    HEAT_TRADES,
    FUELS,
    FUEL_FACTORS,
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
    ENERGY_FACTORS,
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
)

REPORT = Report(
    title="企业温室气体排放报告（陶瓷行业）|Greenhouse gas emissions report, ceramics",
    tables=TABLES,
    figures=(
        FUEL_FIGURE,
        Stack(
            "各月陶瓷原料分解排放量（按原料）|Emissions of raw materials by month and material",
            "monthly_raw_material_emissions",
            by="material",
        ),
    ),
    summary=("greenhouse_gas_emissions", *TOTALS[:-1]),
    explained=(
        "monthly_combustion_of_fuel",
        "monthly_raw_material_emissions",
        "net_electricity_emissions",
        "heat_emissions",
        "greenhouse_gas_emissions",
    ),
    name_input="enterprise_name",
)
