"""Report tables that the NDRC guides share: basic information, activity data and factors of fuel, electricity and heat."""

from collections.abc import Iterable

from shutan.kernel.report import Figure, Line, ListTable, MonthTable, Report, ReportTable, RowTable, Stack
from shutan.rules.common.basic_information import NAMES
from shutan.rules.common.grains import ENTERPRISE, FUEL, HEAT_TRADE

BASIC = ListTable("一", "企业基本情况|The enterprise", ENTERPRISE, NAMES, "NDRC form basic")

FUEL_ACTIVITY = MonthTable(
    "附表2",
    "活动水平：化石燃料|Activity data: fossil fuel",
    FUEL,
    (
        Line("fuel_consumption_reported", "annual_fuel_consumption"),
        Line("ncv_ar", "annual_ncv_ar"),
    ),
    "NDRC form 2",
)

FUEL_FACTORS = MonthTable(
    "附表3",
    "排放因子：化石燃料|Factors: fossil fuel",
    FUEL,
    (
        Line("carbon_per_heat", ""),
        Line("oxidation_rate_used", ""),
        Line("monthly_combustion_of_fuel", "annual_combustion_of_fuel"),
    ),
    "NDRC form 3",
)

RECOVERY_ACTIVITY = MonthTable(
    "附表2",
    "活动水平：二氧化碳回收利用|Activity data: CO2 recovered",
    ENTERPRISE,
    (
        Line("recovered_for_sale", ""),
        Line("purity_for_sale", ""),
        Line("monthly_recovered_for_sale", ""),
        Line("recovered_for_own_use", ""),
        Line("purity_for_own_use", ""),
        Line("monthly_recovered_for_own_use", ""),
    ),
    "NDRC form 2",
)

ENERGY_ACTIVITY = MonthTable(
    "附表2",
    "活动水平：净购入电力和热力|Activity data: electricity and heat",
    ENTERPRISE,
    (
        Line("purchased_electricity", ""),
        Line("sold_electricity", ""),
        Line("", "net_purchased_electricity"),
        Line("purchased_heat", ""),
        Line("sold_heat", ""),
        Line("", "net_purchased_heat"),
    ),
    "NDRC form 2",
)

HEAT_TRADES = RowTable(
    "附表2",
    "活动水平：购入、外供蒸汽和热水|Activity data: steam and hot water",
    HEAT_TRADE,
    (
        "heat_trade",
        "heat_carrier",
        "heat_mass",
        "steam_enthalpy",
        "steam_pressure",
        "steam_temperature",
        "water_temperature",
        "traded_heat",
    ),
    "NDRC form 2",
)

ENERGY_FACTORS = ListTable(
    "附表3",
    "排放因子：净购入电力|Factors: electricity",
    ENTERPRISE,
    ("electricity_basis", "grid_area", "net_electricity_factor"),
    "NDRC form 3",
)

FUELS = RowTable(
    "附表3",
    "燃料及数据来源|Fuels",
    FUEL,
    ("fuel_kind", "annual_fuel_consumption", "annual_ncv_ar", "annual_combustion_of_fuel"),
    "NDRC form 3",
)

FUEL_FIGURE = Stack(
    "各月燃料燃烧排放量（按燃料）|Emissions of fuel by month and fuel",
    "monthly_combustion_of_fuel",
    by="fuel",
)

CARBONATE_FIGURE = Stack(
    "各月碳酸盐分解排放量（按原料）|Emissions of carbonates by month and material",
    "monthly_decomposition_emissions",
    by="material",
)


def annexes(
    totals: tuple[str, ...],
    *,
    activity: Iterable[ReportTable],
    factors: Iterable[ReportTable],
    processes: Iterable[ReportTable] = (),
    supplement: Iterable[ReportTable] = (),
) -> tuple[ReportTable, ...]:
    """Return the tables of a guide in its order: who it is, emissions, activity data, factors, supplementary data."""
    return (
        BASIC,
        ListTable("附表1", "温室气体排放量汇总|Emissions", ENTERPRISE, totals, "NDRC form 1"),
        *processes,
        FUEL_ACTIVITY,
        *activity,
        ENERGY_ACTIVITY,
        HEAT_TRADES,
        FUELS,
        FUEL_FACTORS,
        *factors,
        ENERGY_FACTORS,
        *supplement,
    )


def annual_report(
    title: str,
    tables: tuple[ReportTable, ...],
    totals: tuple[str, ...],
    *,
    explained: tuple[str, ...],
    figures: tuple[Figure, ...] = (),
) -> Report:
    """Return the report: the total, the last of `totals`, is shown first; fuel, electricity and heat are explained everywhere."""
    *parts, total = totals
    return Report(
        title=title,
        tables=tables,
        figures=(FUEL_FIGURE, *figures),
        summary=(total, *parts),
        explained=(
            "monthly_combustion_of_fuel",
            *explained,
            "net_electricity_emissions",
            "heat_emissions",
            total,
        ),
        name_input="enterprise_name",
    )
