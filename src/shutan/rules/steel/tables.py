"""The annual report of a steel works: the guide's tables C; up to 2023 what the guideline of 2013 shows."""

from shutan.kernel.report import Bars, Curves, Line, ListTable, MonthTable, Report, RowTable, Stack, UnitBy
from shutan.rules.common.grains import (
    ENTERPRISE,
    FACILITY,
    FUEL,
    LEGAL_PERSON,
    MATERIAL,
    METER,
    PROCESS,
    TRAINING,
    UNIT,
)
from shutan.rules.common.industrial_fuels import BY_VOLUME

UNITS = {"fuel_unit": UnitBy("fuel_kind", "t|t", **dict.fromkeys(BY_VOLUME, "10⁴Nm³|10⁴ Nm³"))}

BASIC_INFORMATION = (
    "enterprise_name",
    "credit_code",
    "enterprise_type",
    "registered_address",
    "legal_representative",
    "registered_capital",
    "founded_on",
    "production_address",
    "permit_number",
    "main_industry",
    "industry_code",
    "industry_subclass",
    "product_code",
    "supervising_department",
    "contact",
    "contact_phone",
    "contact_email",
    "report_agency",
    "report_agency_code",
    "testing_agency",
    "testing_agency_code",
    "production_changes",
    "listed_units_emissions",
)

_FUELS = (
    Line("fuel_emissions", "annual_fuel_emissions"),
    Line("net_consumption", "annual_net_consumption"),
    Line("ncv_ar", "annual_ncv_ar"),
    Line("carbon_per_heat", ""),
)
_MATERIALS = (
    Line("material_emissions", "annual_material_emissions"),
    Line("material_amount", "annual_material_amount"),
)
WORKS = (
    *_FUELS,
    *_MATERIALS,
    Line("crude_steel_carbon", "annual_crude_steel_carbon"),
    Line("pig_iron_carbon", "annual_pig_iron_carbon"),
    Line("pig_iron_sold", "annual_pig_iron_sold"),
    Line("crude_benzol_carbon", "annual_crude_benzol_carbon"),
    Line("crude_benzol_sold", "annual_crude_benzol_sold"),
    Line("tar_carbon", "annual_tar_carbon"),
    Line("tar_sold", "annual_tar_sold"),
    Line("methanol_carbon", "annual_methanol_carbon"),
    Line("monthly_product_carbon", "product_carbon"),
    Line("net_electricity_emissions", "enterprise_electricity_emissions"),
    Line("heat_emissions", "enterprise_heat_emissions"),
    Line("enterprise_level_monthly_emissions", "enterprise_carbon_balance"),
    Line("crude_steel_output", "annual_crude_steel"),
    Line("monthly_steel_intensity", "steel_intensity"),
)

PROCESSES = (
    Line("process_input_emissions", "annual_process_input_emissions"),
    Line("process_fuel_input", "annual_process_fuel_input"),
    Line("process_output_emissions", "annual_process_output_emissions"),
    Line("process_fuel_output", "annual_process_fuel_output"),
    Line("process_ncv", "annual_process_ncv"),
    Line("process_carbon_per_heat", ""),
    Line("monthly_process_emissions", "process_emissions"),
    Line("process_output", "annual_process_output"),
    Line("monthly_process_intensity", "process_intensity"),
)

POWER_UNITS = (
    Line("unit_fuel_emissions", "annual_unit_fuel_emissions"),
    Line("unit_fuel_consumption", "annual_unit_fuel_consumption"),
    Line("unit_fuel_ncv", "annual_unit_fuel_ncv"),
    Line("unit_fuel_carbon_per_heat", ""),
    Line("unit_oxidation_rate", ""),
    Line("monthly_cofiring_emissions", "cofiring_emissions"),
    Line("unit_generation", "annual_unit_generation"),
    Line("unit_heat_supplied", "annual_unit_heat_supplied"),
    Line("monthly_own_energy_share", "own_energy_share"),
)

_PRODUCTION = "企业层级生产数据及排放量表|Production and emissions of the works"
_BY_PROCESS = "工序生产数据及排放量表|Production and emissions by process"

TABLES = (
    ListTable("C.1", "企业基本信息表|Basic information", ENTERPRISE, BASIC_INFORMATION, "SG C.1"),
    RowTable(
        "C.1",
        "联合生产的其他法人|Other legal persons of a joint works",
        LEGAL_PERSON,
        ("legal_person_name", "legal_person_code", "legal_person_address", "legal_person_processes"),
        "SG G",
    ),
    RowTable(
        "C.2",
        "工序|Processes",
        PROCESS,
        ("process_kind", "process_product_code", "approved_capacity", "process_owner"),
        "SG C.2",
    ),
    RowTable(
        "C.2",
        "工序生产设施信息表|Facilities of the processes",
        FACILITY,
        ("facility_size", "facility_commissioned_on", "facility_remark"),
        "SG C.2",
    ),
    ListTable(
        "C.2",
        "掺烧自产二次能源的发电设施|Power units that co-fire own secondary energy",
        UNIT,
        (
            "unit_fuel_type",
            "unit_category",
            "unit_capacity",
            "unit_commissioned_on",
            "unit_boiler",
            "unit_turbine",
            "unit_generator",
            "on_power_list",
        ),
        "SG C.2",
    ),
    MonthTable("C.3", _PRODUCTION, ENTERPRISE, WORKS, "SG C.3"),
    MonthTable("附表", _PRODUCTION, ENTERPRISE, WORKS, "SN total"),
    RowTable(
        "C.3",
        "燃料取值方式|How fuels were determined",
        FUEL,
        ("fuel_kind", "fuel_procurement", "fuel_ncv_source", "fuel_direct_meter", "fuel_ledger"),
        "SG C.3",
    ),
    RowTable(
        "C.3",
        "原料和排放因子|Materials and factors",
        MATERIAL,
        ("material_kind", "material_group", "material_factor_used", "material_ledger"),
        "SG C.3",
    ),
    MonthTable("C.4", _BY_PROCESS, PROCESS, PROCESSES, "SG C.4"),
    MonthTable(
        "C.4",
        "掺烧发电设施生产数据及排放量表|Production and emissions of co-firing power units",
        UNIT,
        POWER_UNITS,
        "SG C.4",
    ),
    MonthTable(
        "C.5",
        "排放量汇总表|Summary of emissions",
        ENTERPRISE,
        (
            Line("monthly_emissions_filed", "enterprise_emissions"),
            Line("monthly_process_total", "process_total"),
            Line("monthly_cofiring_total", "cofiring_total"),
            Line("monthly_other_emissions", "other_emissions"),
        ),
        "SG C.5",
    ),
    MonthTable(
        "C.6",
        "辅助报告项：外购固体燃料|Auxiliary items: solid fuel bought",
        ENTERPRISE,
        (Line("dry_consumption", "annual_dry_consumption"), Line("fuel_moisture", "")),
        "SG C.6",
    ),
    MonthTable(
        "C.6",
        "辅助报告项：工序用电用热|Auxiliary items: electricity and heat of processes",
        PROCESS,
        (
            Line("process_electricity", "annual_process_electricity"),
            Line("monthly_process_heat", "annual_process_heat"),
        ),
        "SG C.6",
    ),
    RowTable(
        "C.6",
        "辅助报告项：发电设施|Auxiliary items: power units",
        UNIT,
        ("annual_unit_hours", "unit_load", "unit_generation_intensity", "unit_heat_intensity"),
        "SG C.6",
    ),
    RowTable(
        "C.7",
        "计量器具|Meters",
        METER,
        ("meter_name", "meter_model", "meter_place", "meter_check", "meter_checked_on"),
        "SG C.7",
    ),
    RowTable(
        "C.7",
        "培训|Training",
        TRAINING,
        ("training_content", "training_mode", "training_person", "training_post", "training_on"),
        "SG C.7",
    ),
    ListTable(
        "配额",
        "配额|Allowances",
        ENTERPRISE,
        (
            "allocation_treatment",
            "enterprise_iron_output",
            "enterprise_iron_route_emissions",
            "iron_intensity",
            "annual_crude_steel",
            "relative_deviation",
            "allocation_coefficient",
            "pre_allocation",
            "enterprise_allowance",
            "surrender_duty",
            "allowance_gap",
        ),
        "SA intensity",
    ),
)

REPORT = Report(
    title="企业温室气体排放报告（钢铁行业）|Greenhouse gas emissions report, iron and steel",
    tables=TABLES,
    figures=(
        Stack("各月化石燃料排放量（按燃料）|Emissions of fuel by month", "fuel_emissions", by="fuel"),
        Stack("各月工序排放量|Emissions of processes by month", "monthly_process_emissions", by="process"),
        Curves(
            "各月单位粗钢碳排放量|Emissions a tonne of crude steel by month",
            "monthly_steel_intensity",
            against="steel_intensity",
        ),
        Bars("工序排放量|Emissions by process", ("process_emissions",)),
    ),
    summary=(
        "enterprise_emissions",
        "enterprise_fuel_emissions",
        "enterprise_material_emissions",
        "product_carbon",
        "process_total",
        "cofiring_total",
        "other_emissions",
        "annual_crude_steel",
        "steel_intensity",
        "enterprise_allowance",
        "surrender_duty",
        "allowance_gap",
    ),
    explained=(
        "fuel_emissions",
        "material_emissions",
        "process_emissions",
        "cofiring_emissions",
        "enterprise_emissions",
        "iron_intensity",
        "enterprise_allowance",
    ),
    name_input="enterprise_name",
)
