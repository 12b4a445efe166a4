"""The annual report of a works of other nonferrous metals: the NDRC guide's annexes and the data of copper."""

from shutan.kernel.report import Line, ListTable, MonthTable, RowTable
from shutan.rules.common.grains import ENTERPRISE, MATERIAL
from shutan.rules.common.ndrc_report import CARBONATE_FIGURE, annexes, annual_report

TOTALS = (
    "fuel_combustion_emissions",
    "reductant_emissions",
    "nonferrous_process_emissions",
    "net_electricity_emissions",
    "heat_emissions",
    "greenhouse_gas_emissions",
)

ACTIVITY = (
    MonthTable(
        "附表2",
        "活动水平：还原剂和草酸|Activity data: reductants and oxalic acid",
        ENTERPRISE,
        (
            Line("semi_coke_reductant", "annual_semi_coke_reductant"),
            Line("coke_reductant", "annual_coke_reductant"),
            Line("anthracite_reductant", "annual_anthracite_reductant"),
            Line("gas_reductant", "annual_gas_reductant"),
            Line("oxalic_acid_consumption", "annual_oxalic_acid"),
        ),
        "NDRC form 2",
    ),
    MonthTable(
        "附表2",
        "活动水平：碳酸盐原料|Activity data: carbonate raw materials",
        MATERIAL,
        (Line("carbonate_material_consumption", "annual_carbonate_consumption"),),
        "NDRC form 2",
    ),
)

FACTORS = (
    MonthTable(
        "附表3",
        "排放因子：还原剂和草酸|Factors: reductants and oxalic acid",
        ENTERPRISE,
        (
            Line("monthly_reductant_emissions", "reductant_emissions"),
            Line("oxalic_purity", ""),
            Line("monthly_oxalic_emissions", "oxalic_emissions"),
        ),
        "NDRC form 3",
    ),
    RowTable(
        "附表3",
        "碳酸盐原料|Carbonate raw materials",
        MATERIAL,
        ("carbonate", "annual_carbonate_consumption", "annual_decomposition_emissions"),
        "NDRC form 3",
    ),
    MonthTable(
        "附表3",
        "排放因子：碳酸盐原料|Factors: carbonate raw materials",
        MATERIAL,
        (
            Line("carbonate_factor_used", ""),
            Line("monthly_decomposition_emissions", "annual_decomposition_emissions"),
        ),
        "NDRC form 3",
    ),
    ListTable(
        "附表3",
        "工业生产过程|Process",
        ENTERPRISE,
        ("decomposition_emissions", "oxalic_emissions", "nonferrous_process_emissions"),
        "NDRC form 3",
    ),
)

COPPER = ListTable(
    "补充",
    "补充数据表：铜冶炼|Supplementary data: copper smelting",
    ENTERPRISE,
    (
        "supplement_emissions",
        "supplement_fuel_emissions",
        "supplement_electricity",
        "supplement_electricity_emissions",
        "supplement_heat",
        "supplement_heat_emissions",
        "blister_copper_output",
        "blister_copper_intensity",
    ),
    "NFM supplement",
)

TABLES = annexes(
    TOTALS,
    activity=ACTIVITY,
    factors=FACTORS,
    supplement=(COPPER,),
)

REPORT = annual_report(
    "企业温室气体排放报告（其他有色金属行业）|Greenhouse gas emissions report, other nonferrous metals",
    TABLES,
    TOTALS,
    figures=(CARBONATE_FIGURE,),
    explained=("monthly_reductant_emissions", "monthly_decomposition_emissions", "monthly_oxalic_emissions"),
)
