"""The annual report of a flat-glass works: the NDRC guide's annexes."""

from shutan.kernel.report import Line, MonthTable, RowTable
from shutan.rules.common.grains import ENTERPRISE, MATERIAL
from shutan.rules.common.ndrc_report import CARBONATE_FIGURE, annexes, annual_report

TOTALS = (
    "fuel_combustion_emissions",
    "powder_emissions",
    "decomposition_emissions",
    "net_electricity_emissions",
    "heat_emissions",
    "greenhouse_gas_emissions",
)

TABLES = annexes(
    TOTALS,
    activity=(
        MonthTable(
            "附表2",
            "活动水平：碳酸盐原料|Activity data: carbonate raw materials",
            MATERIAL,
            (
                Line("carbonate_material_consumption", "annual_carbonate_consumption"),
                Line("carbonate_mass_share", ""),
            ),
            "NDRC form 2",
        ),
        MonthTable(
            "附表2",
            "活动水平：碳粉|Activity data: carbon powder",
            ENTERPRISE,
            (Line("powder_consumption", "annual_powder_consumption"),),
            "NDRC form 2",
        ),
    ),
    factors=(
        RowTable(
            "附表3",
            "碳酸盐原料|Carbonate raw materials",
            MATERIAL,
            ("carbonate", "annual_carbonate_consumption", "annual_decomposition_emissions"),
            "NDRC form 3",
        ),
        MonthTable(
            "附表3",
            "排放因子：过程排放|Factors: process",
            MATERIAL,
            (
                Line("calcination", ""),
                Line("monthly_decomposition_emissions", "annual_decomposition_emissions"),
            ),
            "NDRC form 3",
        ),
        MonthTable(
            "附表3",
            "排放因子：碳粉|Factors: carbon powder",
            ENTERPRISE,
            (Line("powder_carbon", ""), Line("monthly_powder_emissions", "powder_emissions")),
            "NDRC form 3",
        ),
    ),
)

REPORT = annual_report(
    "企业温室气体排放报告（平板玻璃行业）|Greenhouse gas emissions report, flat glass",
    TABLES,
    TOTALS,
    figures=(CARBONATE_FIGURE,),
    explained=("monthly_powder_emissions", "monthly_decomposition_emissions"),
)
