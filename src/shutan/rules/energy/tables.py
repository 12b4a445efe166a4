"""What is shown of energy: use by kind, lines against their levels, shares of capacity by product. No form is prescribed."""

from shutan.kernel.report import Bars, ListTable, Report, RowTable, UnitBy
from shutan.rules.common.basic_information import NAMES
from shutan.rules.common.grains import ENTERPRISE
from shutan.rules.energy.choices import BY_VOLUME
from shutan.rules.energy.grains import ENERGY, PRODUCT, PRODUCT_LINE, PRODUCT_LINE_ENERGY

UNITS = {
    "fuel_unit": UnitBy(
        "energy_kind",
        "t|t",
        **dict.fromkeys(BY_VOLUME, "10⁴Nm³|10⁴ Nm³"),
        ELECTRICITY="MWh|MWh",
        HEAT="GJ|GJ",
    ),
    "product_unit": UnitBy(
        "product_route",
        "t|t",
        GLASS_LARGE="重量箱|weight case",
        GLASS_MEDIUM="重量箱|weight case",
        REFINING="t·能量因数|t × energy factor",
    ),
    "level_unit": UnitBy(
        "product_route",
        "kgce/t|kgce/t",
        ALUMINIUM="kWh/t|kWh/t",
        GLASS_LARGE="kgce/重量箱|kgce/weight case",
        GLASS_MEDIUM="kgce/重量箱|kgce/weight case",
        REFINING="kgoe/(t·能量因数)|kgoe/(t × energy factor)",
        ETHYLENE="kgoe/t|kgoe/t",
    ),
}

TABLES = (
    ListTable("表1", "基本信息|Basic information", ENTERPRISE, NAMES, "ENE form"),
    RowTable(
        "表2",
        "综合能耗|Comprehensive energy use",
        ENERGY,
        ("energy_kind", "energy_consumed", "energy_exported", "total_coefficient", "energy_standard_coal"),
        "ENE total",
    ),
    ListTable(
        "表2",
        "综合能耗合计|Comprehensive energy use, total",
        ENTERPRISE,
        (
            "electricity_valuation",
            "comprehensive_energy",
            "edition_applied",
            "lines_counted",
            "lines_without_data",
        ),
        "ENE total",
    ),
    RowTable(
        "表3",
        "生产线能源消耗|Energy of lines",
        PRODUCT_LINE_ENERGY,
        ("line_energy_consumed", "line_energy_recovered", "line_coefficient", "line_energy_coal"),
        "ENE unit",
    ),
    RowTable(
        "表4",
        "生产线能效水平|Lines and levels",
        PRODUCT_LINE,
        (
            "product_route",
            "line_approved_capacity",
            "energy_data_available",
            "product_output",
            "unit_product_energy",
            "benchmark_level",
            "baseline_level",
            "line_level",
        ),
        "LEV target",
    ),
    RowTable(
        "表5",
        "能耗限额|Limits of the standards",
        PRODUCT_LINE,
        ("altitude_factor", "grade_allowance", "energy_limit", "limit_result"),
        "LIM level 3",
    ),
    RowTable(
        "表6",
        "产能占比|Shares of capacity",
        PRODUCT,
        (
            "product_lines_counted",
            "product_lines_without_data",
            "product_capacity",
            "product_no_data_capacity",
            "benchmark_share",
            "below_baseline_share",
            "benchmark_target",
        ),
        "LEV target",
        "无能耗数据的生产线计入分母|lines without data stay in the denominator",
    ),
)

REPORT = Report(
    title="综合能耗与能效水平|Energy use and efficiency levels",
    tables=TABLES,
    figures=(
        Bars(
            "标杆与基准以下产能占比|Shares of capacity at the benchmark and below the baseline",
            ("benchmark_share", "below_baseline_share"),
        ),
    ),
    summary=("comprehensive_energy", "lines_counted", "lines_without_data"),
    explained=(
        "comprehensive_energy",
        "unit_product_energy",
        "line_level",
        "energy_limit",
        "benchmark_share",
    ),
    name_input="enterprise_name",
)
