"""The annual report of an airline or airport: the NDRC guide's annexes."""

from shutan.kernel.report import Line, ListTable, MonthTable, Report, RowTable, Stack
from shutan.rules.aviation.grains import USE
from shutan.rules.common.grains import ENTERPRISE, FUEL
from shutan.rules.common.ndrc_report import BASIC, ENERGY_ACTIVITY, ENERGY_FACTORS, HEAT_TRADES

TOTALS = (
    "fuel_combustion_emissions",
    "net_electricity_emissions",
    "heat_emissions",
    "greenhouse_gas_emissions",
)
USES = (
    "domestic_flight_emissions",
    "international_flight_emissions",
    "ground_vehicle_emissions",
    "stationary_emissions",
)

TABLES = (
    BASIC,
    ListTable("附表1", "温室气体排放量汇总|Emissions", ENTERPRISE, TOTALS, "NDRC form 1"),
    ListTable(
        "附表1",
        "燃料燃烧分项|Fuel by use",
        ENTERPRISE,
        USES,
        "NDRC form 1",
        "国内、国际航班均计入总量|domestic and international flights both count in the total",
    ),
    MonthTable(
        "附表2",
        "活动水平：燃料|Activity data: fuel",
        USE,
        (
            Line("fuel_consumption_reported", "annual_use_fuel_consumption"),
            Line("blended_biomass", ""),
            Line("fossil_fuel_heat", ""),
        ),
        "NDRC form 2",
    ),
    ENERGY_ACTIVITY,
    HEAT_TRADES,
    MonthTable(
        "附表3",
        "排放因子：燃料|Factors: fuel",
        FUEL,
        (Line("ncv_ar", ""), Line("carbon_per_heat", ""), Line("oxidation_rate_used", "")),
        "NDRC form 3",
    ),
    RowTable(
        "附表3",
        "燃料|Fuels",
        FUEL,
        ("fuel_kind", "annual_fuel_consumption", "annual_combustion_of_fuel"),
        "NDRC form 3",
    ),
    ENERGY_FACTORS,
    ListTable(
        "补充数据表",
        "机场|Airport",
        ENTERPRISE,
        ("airport_throughput", "terminal_area", "office_area", "throughput_intensity"),
        "AVI airport",
    ),
)

REPORT = Report(
    title="企业温室气体排放报告（民航行业）|Greenhouse gas emissions report, civil aviation",
    tables=TABLES,
    figures=(
        Stack(
            "各月燃料排放量（按分项）|Emissions of fuel by month and use",
            "monthly_use_fuel_emissions",
            by="use",
        ),
    ),
    summary=("greenhouse_gas_emissions", *TOTALS[:-1], *USES),
    explained=(
        "fossil_fuel_heat",
        "monthly_use_fuel_emissions",
        "net_electricity_emissions",
        "heat_emissions",
        "greenhouse_gas_emissions",
        "throughput_intensity",
    ),
    name_input="enterprise_name",
)
