"""The annual report of a power plant: the guideline's tables C, with the numbers they carry in each year (trap T15).

A table is shown in the years in which its clause is in force.
"""

from shutan.kernel.report import (
    Balance,
    Bars,
    Curves,
    Line,
    ListTable,
    MonthTable,
    Report,
    RowTable,
    Stack,
    UnitBy,
)
from shutan.rules.common.grains import ENTERPRISE, FUEL_MONTH, GENERATOR, UNIT, UNIT_FUEL

# Liquefied gases and refinery gas are weighed, as appendix A has them.
_BY_VOLUME = ("NATURAL_GAS", "COKE_OVEN_GAS", "BLAST_FURNACE_GAS", "CONVERTER_GAS", "OTHER_GAS")
UNITS = {"fuel_unit": UnitBy("fuel_kind", "t|t", **dict.fromkeys(_BY_VOLUME, "10⁴Nm³|10⁴ Nm³"))}

BASIC_INFORMATION = (
    "enterprise_name",
    "credit_code",
    "enterprise_nature",
    "legal_representative",
    "registered_on",
    "registered_capital",
    "registered_address",
    "production_address",
    "longitude",
    "latitude",
)
CONTACTS = (
    "postcode",
    "contact",
    "contact_phone",
    "supervising_department",
    "industry_class",
    "industry_code",
    "production_changes",
    "report_agency",
    "report_agency_code",
    "coal_laboratory",
    "coal_laboratory_code",
)

FACILITIES = (
    "unit_category",
    "product",
    "main_fuel_kind",
    "rated_capacity",
    "boiler_name",
    "boiler_type",
    "boiler_capacity",
    "turbine_name",
    "turbine_type",
    "pressure_class",
    "turbine_capacity",
    "cooling",
    "merged",
    "merged_units",
    "commissioned_on",
    "closed_on",
)

COMBUSTION = (
    Line("fuel_consumption", "annual_fuel_consumption", "A"),
    Line("carbon_content_ar", "annual_carbon_content_ar", "B"),
    Line("ncv_ar", "annual_ncv_ar", "C"),
    Line("carbon_per_heat", "annual_carbon_per_heat", "D"),
    Line("oxidation_rate_used", "", "E"),
    Line("fossil_heat", "annual_fossil_heat"),
    Line("combustion_emissions", "annual_combustion_emissions", "F"),
    Line("monthly_combustion_emissions", "unit_combustion_emissions", "G"),
    Line("boiler_efficiency", "", "I"),
    Line("monthly_boiler_heat", "", "J"),
    Line("monthly_fossil_heat", "", "K"),
    Line("monthly_biomass_share", "biomass_share", "L"),
)

PRODUCTION = (
    Line("monthly_generation", "generation", "M"),
    Line("monthly_heat_supplied", "heat_supplied", "N"),
    Line("monthly_operating_hours", "operating_hours", "O"),
    Line("monthly_load_factor", "load_factor", "P"),
    Line("monthly_emissions", "unit_emissions", "Q"),
)

DETERMINATION = ("ncv_source", "carbon_source", "carbon_route", "test_report_number")

AUXILIARY = (
    "heat_ratio",
    "supply_coal_rate",
    "generation_coal_rate",
    "heat_coal_rate",
    "generation_gas_rate",
    "heat_gas_rate",
    "supply_intensity",
    "generation_intensity",
    "heat_intensity",
    "annual_on_grid_energy",
)

_PRODUCTION = "生产数据及排放量汇总表|Production data and emissions"
_PLANT = "全厂合计|Total of the plant"
_DETERMINATION = "低位发热量和元素碳含量的确定方式|How calorific value and carbon were determined"
_AUXILIARY = "辅助参数报告项|Auxiliary items"
_PURCHASES = "燃料购入情况|Fuel bought"
_TOTALS = (
    "enterprise_emissions",
    "enterprise_combustion_emissions",
    "enterprise_generation",
    "enterprise_heat_supplied",
)
_BOUGHT = ("fuel_kind", "annual_fuel_purchased", "fuel_origin")

TABLES = (
    ListTable(
        "C.1", "重点排放单位基本信息|Basic information", ENTERPRISE, (*BASIC_INFORMATION, *CONTACTS), "AG C.1"
    ),
    ListTable(
        "C.1",
        "重点排放单位基本信息|Basic information",
        ENTERPRISE,
        (*BASIC_INFORMATION, "altitude", "altitude_band", *CONTACTS),
        "AG-V04 C.1",
    ),
    ListTable("C.2", "机组及生产设施信息|Units and facilities", UNIT, FACILITIES, "AG C.2"),
    RowTable(
        "C.2",
        "发电机|Generators",
        GENERATOR,
        ("generator_model", "generator_capacity", "generator_role"),
        "AG C.2",
    ),
    MonthTable("C.3", "化石燃料燃烧排放表|Combustion of fossil fuel", UNIT, COMBUSTION, "AG C.3"),
    MonthTable(
        "C.4",
        "购入使用电力排放表|Purchased electricity",
        UNIT,
        (
            Line("purchased_electricity", "annual_purchased_electricity"),
            Line("electricity_emissions", "unit_electricity_emissions"),
        ),
        "AG C.4",
    ),
    MonthTable("C.5", _PRODUCTION, UNIT, PRODUCTION, "AG C.5"),
    ListTable("C.5", _PLANT, ENTERPRISE, _TOTALS, "AG C.5"),
    RowTable("C.6", _DETERMINATION, FUEL_MONTH, DETERMINATION, "AG C.6"),
    RowTable("C.7", _AUXILIARY, UNIT, AUXILIARY, "AG C.7"),
    RowTable("C.7", _PURCHASES, UNIT_FUEL, _BOUGHT, "AG C.7"),
    MonthTable("C.4", _PRODUCTION, UNIT, PRODUCTION, "AG-V04 C.4"),
    ListTable("C.4", _PLANT, ENTERPRISE, _TOTALS, "AG-V04 C.4"),
    RowTable("C.5", _DETERMINATION, FUEL_MONTH, DETERMINATION, "AG-V04 C.5"),
    RowTable("C.6", _AUXILIARY, UNIT, (*AUXILIARY, "annual_purchased_electricity"), "AG-V04 C.6"),
    RowTable("C.6", _PURCHASES, UNIT_FUEL, _BOUGHT, "AG-V04 C.6"),
    RowTable(
        "配额",
        "机组配额|Allowances by unit",
        UNIT,
        (
            "unit_class",
            "allocation_status",
            "generation",
            "electricity_supplied",
            "heat_supplied",
            "load_factor",
            "load_correction",
            "electricity_benchmark_applied",
            "electricity_allowance",
            "heat_allowance",
            "unit_allowance",
            "surrender_emissions",
            "unit_allowance_gap",
        ),
    ),
)

REPORT = Report(
    title="企业温室气体排放报告（发电设施）|Greenhouse gas emissions report, power generation",
    tables=TABLES,
    balance=Balance("fuel_purchased", "fuel_consumption_reported"),
    figures=(
        Stack(
            "各月燃烧排放量（按燃料）|Combustion emissions by month and fuel",
            "combustion_emissions",
            by="fuel",
        ),
        Curves(
            "各月碳排放强度与基准值|Intensity by month against the benchmark",
            "monthly_benchmark_intensity",
            against="electricity_benchmark_applied",
        ),
        Bars("机组排放量与配额|Emissions and allowances by unit", ("surrender_emissions", "unit_allowance")),
    ),
    summary=(
        "enterprise_emissions",
        "enterprise_surrender_emissions",
        "enterprise_combustion_emissions",
        "enterprise_generation",
        "enterprise_heat_supplied",
        "enterprise_allowance",
        "surrender_duty",
        "allowance_gap",
    ),
    explained=(
        "combustion_emissions",
        "carbon_content_ar",
        "unit_emissions",
        "surrender_emissions",
        "generation",
        "heat_supplied",
        "load_factor",
        "unit_allowance",
        "enterprise_emissions",
    ),
    name_input="enterprise_name",
    remark_input="production_changes",
    compared=(("enterprise_combustion_emissions", "stack_measured_emissions"),),
)
