"""The annual report of a cement works. The 2024 guide's own numbers of its forms were not seen: they stand in its order."""

from shutan.kernel.report import Bars, Curves, Line, ListTable, MonthTable, Report, RowTable, Stack
from shutan.rules.cement.grains import LINE_CLINKER, OTHER_FACILITY
from shutan.rules.common.allocation import KEY_UNIT_ALLOWANCES
from shutan.rules.common.basic_information import NAMES
from shutan.rules.common.grains import ENTERPRISE, LINE

_TOTALS = (
    "enterprise_emissions",
    "enterprise_line_emissions",
    "enterprise_mobile_emissions",
    "enterprise_power_unit_emissions",
    "enterprise_non_clinker_emissions",
    "enterprise_quoted_emissions",
    "enterprise_clinker_output",
)

TABLES = (
    ListTable("表1", "基本信息|Basic information", ENTERPRISE, NAMES, "CEM24 form basic"),
    ListTable(
        "表2",
        "熟料生产线信息|Clinker lines",
        LINE,
        (
            "approved_clinker_capacity",
            "kiln_size",
            "carbide_slag_main",
            "line_technology",
            "alternative_fuel_approval",
            "coprocessing_approval",
        ),
        "CEM24 form lines",
    ),
    RowTable(
        "表2",
        "熟料种类|Kinds of clinker",
        LINE_CLINKER,
        ("clinker_class", "clinker_variety", "annual_clinker_output"),
        "CEM24 form lines",
    ),
    MonthTable(
        "表3",
        "化石燃料燃烧排放|Fossil fuel",
        LINE,
        (
            Line("line_fuel_consumption", "annual_line_fuel_consumption"),
            Line("line_ncv", "annual_line_ncv"),
            Line("line_carbon", ""),
            Line("", "line_oxidation_rate"),
            Line("line_fuel_emissions", "annual_line_fuel_emissions"),
            Line("monthly_line_combustion", "line_combustion"),
        ),
        "CEM24 form fuel",
    ),
    MonthTable(
        "表4",
        "熟料生产过程排放|Process emissions",
        LINE,
        (
            Line("clinker_output", "annual_clinker_output"),
            Line("gross_process_emissions", ""),
            Line("material_consumption", ""),
            Line("deducted_emissions", ""),
            Line("monthly_line_process", "line_process_emissions"),
        ),
        "CEM24 form process",
    ),
    RowTable(
        "表5",
        "发电设施及其他设施|Power units and other facilities",
        OTHER_FACILITY,
        ("facility_kind", "facility_emissions"),
        "CEM24 form total",
    ),
    MonthTable(
        "表6",
        "熟料生产线汇总|Clinker lines: summary",
        LINE,
        (
            Line("monthly_clinker_output", "line_clinker_output"),
            Line("monthly_line_combustion", "line_combustion"),
            Line("monthly_line_process", "line_process_emissions"),
            Line("monthly_line_emissions", "line_emissions"),
            Line("monthly_line_intensity", "line_intensity"),
        ),
        "CEM24 form total",
    ),
    ListTable("表6", "企业层级汇总|Enterprise: summary", ENTERPRISE, _TOTALS, "CEM24 form total"),
    ListTable(
        "表7",
        "辅助报告项|Auxiliary items",
        ENTERPRISE,
        ("net_purchased_electricity", "net_purchased_heat", "net_electricity_emissions", "heat_emissions"),
        "CEM24 form auxiliary",
        "不计入排放总量和配额|not part of the total and of the allowance base",
    ),
    ListTable(
        "附表1",
        "报告主体温室气体排放量|Emissions of the reporting body",
        ENTERPRISE,
        (
            "enterprise_combustion_emissions",
            "enterprise_waste_fuel_emissions",
            "enterprise_carbonate_emissions",
            "enterprise_raw_meal_emissions",
            "net_electricity_emissions",
            "heat_emissions",
            "enterprise_emissions",
        ),
        "CEM13 form",
    ),
    RowTable(
        "配额",
        "生产线配额|Allowances by line",
        LINE,
        (
            "line_allocation_status",
            "line_treatment",
            "carbide_slag_rate",
            "line_clinker_output",
            "line_intensity",
            "intensity_deviation",
            "intensity_coefficient",
            "verified_line_emissions",
            "line_pre_allocation",
            "line_allowance",
            "line_duty",
            "line_allowance_gap",
        ),
    ),
    KEY_UNIT_ALLOWANCES,
)

REPORT = Report(
    title="企业温室气体排放报告（水泥行业）|Greenhouse gas emissions report, cement",
    tables=TABLES,
    figures=(
        Stack(
            "各月燃料燃烧排放量（按燃料）|Emissions of fuel by month and fuel",
            "line_fuel_emissions",
            by="fuel",
        ),
        Curves("各月单位熟料排放量|Emissions per tonne of clinker by month", "monthly_line_intensity"),
        Bars(
            "生产线排放量与配额|Emissions and allowances by line",
            ("verified_line_emissions", "line_allowance"),
        ),
    ),
    summary=(
        "enterprise_emissions",
        "enterprise_line_emissions",
        "enterprise_clinker_output",
        "enterprise_allowance",
        "surrender_duty",
        "allowance_gap",
    ),
    explained=(
        "line_fuel_emissions",
        "monthly_line_process",
        "line_emissions",
        "line_intensity",
        "line_allowance",
        "enterprise_emissions",
    ),
    name_input="enterprise_name",
)
