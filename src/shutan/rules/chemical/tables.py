"""The annual report of a chemical works: the NDRC guide's annexes."""

from shutan.kernel.report import Bars, Line, ListTable, MonthTable, RowTable
from shutan.rules.chemical.grains import ADIPIC_PLANT, CARBONATE_USE, NITRIC_PLANT, WORKSHOP, WORKSHOP_STREAM
from shutan.rules.common.grains import ENTERPRISE, FUEL, MATERIAL
from shutan.rules.common.ndrc_report import RECOVERY_ACTIVITY, annexes, annual_report

TOTALS = (
    "fuel_combustion_emissions",
    "carbon_balance_emissions",
    "process_carbonate_emissions",
    "process_carbon_dioxide",
    "process_nitrous_oxide",
    "process_nitrous_emissions",
    "recovered_carbon_dioxide",
    "net_electricity_emissions",
    "heat_emissions",
    "greenhouse_gas_emissions",
)


def _plants(number: str, label: str, *names: str) -> tuple[RowTable, ...]:
    return tuple(
        RowTable(
            number,
            label.format(zh=zh, en=en),
            grain,
            tuple(f"{prefix}_{name}" for name in names),
            f"NDRC form {number[-1]}",
        )
        for prefix, zh, en, grain in (
            ("nitric", "硝酸", "nitric acid", NITRIC_PLANT),
            ("adipic", "己二酸", "adipic acid", ADIPIC_PLANT),
        )
    )


TABLES = annexes(
    TOTALS,
    activity=(
        MonthTable(
            "附表2",
            "活动水平：用作原料的燃料|Activity data: fuel as raw material",
            FUEL,
            (
                Line("feedstock_use", "annual_feedstock_use"),
                Line("monthly_feedstock_carbon", "annual_feedstock_carbon"),
            ),
            "NDRC form 2",
        ),
        MonthTable(
            "附表2",
            "活动水平：含碳原料、产品和输出物|Activity data: materials and products with carbon",
            MATERIAL,
            (Line("carbon_material_amount", "annual_carbon_material"),),
            "NDRC form 2",
        ),
        MonthTable(
            "附表2",
            "活动水平：碳酸盐|Activity data: carbonates",
            CARBONATE_USE,
            (Line("carbonate_use_amount", "annual_carbonate_use"), Line("process_carbonate_purity", "")),
            "NDRC form 2",
        ),
        *_plants(
            "附表2",
            "活动水平：{zh}装置|Activity data: {en}",
            "route",
            "output",
            "plant_hours",
            "abatement_hours",
        ),
        RECOVERY_ACTIVITY,
    ),
    factors=(
        RowTable(
            "附表3",
            "含碳原料、产品和输出物|Materials and products with carbon",
            MATERIAL,
            (
                "chemical_material",
                "carbon_role",
                "annual_carbon_material",
                "annual_material_carbon",
                "material_carbon_in",
                "material_carbon_out",
            ),
            "NDRC form 3",
        ),
        MonthTable(
            "附表3",
            "排放因子：含碳量|Factors: carbon content",
            MATERIAL,
            (
                Line("material_carbon_content", ""),
                Line("monthly_material_carbon", "annual_material_carbon"),
            ),
            "NDRC form 3",
        ),
        ListTable("附表3", "碳平衡|Carbon balance", ENTERPRISE, ("carbon_in", "carbon_out"), "NDRC form 3"),
        RowTable(
            "附表3",
            "碳酸盐|Carbonates",
            CARBONATE_USE,
            ("carbonate", "annual_carbonate_use", "annual_carbonate_use_emissions"),
            "NDRC form 3",
        ),
        MonthTable(
            "附表3",
            "碳酸盐各月排放|Carbonates by month",
            CARBONATE_USE,
            (Line("monthly_carbonate_use_emissions", "annual_carbonate_use_emissions"),),
            "NDRC form 3",
        ),
        *_plants(
            "附表3",
            "排放因子：{zh}装置|Factors: {en}",
            "abatement",
            "factor_used",
            "removal_used",
            "abatement_use",
            "nitrous_oxide",
        ),
    ),
    supplement=(
        ListTable(
            "补充",
            "补充数据表：分厂（车间）|Supplementary data by workshop",
            WORKSHOP,
            (
                "workshop_product",
                "soda_route",
                "workshop_emissions",
                "workshop_material_emissions",
                "workshop_electricity_emissions",
                "workshop_electricity",
                "workshop_grid_electricity",
                "workshop_captive_electricity",
                "workshop_renewable_electricity",
                "workshop_recovered_electricity",
                "workshop_electricity_factor",
                "workshop_heat_emissions",
                "workshop_heat",
                "workshop_recovered_heat",
                "workshop_boiler_heat",
                "workshop_boiler_emissions",
                "workshop_captive_heat",
                "workshop_captive_emissions",
                "workshop_other_heat",
                "workshop_output",
                "workshop_intensity",
            ),
            "CHM supplement",
        ),
        RowTable(
            "补充",
            "补充数据表：能源作为原材料|Supplementary data: raw materials of workshops",
            WORKSHOP_STREAM,
            ("workshop_stream_role", "workshop_stream_amount", "workshop_stream_carbon", "workshop_carbon"),
            "CHM supplement",
        ),
    ),
)

REPORT = annual_report(
    "企业温室气体排放报告（化工行业）|Greenhouse gas emissions report, chemicals",
    TABLES,
    TOTALS,
    figures=(Bars("原料碳平衡|Carbon balance of raw materials", ("carbon_in", "carbon_out")),),
    explained=(
        "carbon_balance_emissions",
        "annual_carbonate_use_emissions",
        "nitric_nitrous_oxide",
        "adipic_nitrous_oxide",
        "recovered_carbon_dioxide",
    ),
)
