"""The annual report of a petrochemical works: the NDRC guide's annexes."""

from shutan.kernel.report import Line, ListTable, MonthTable, RowTable, Stack
from shutan.rules.common.grains import ENTERPRISE
from shutan.rules.common.ndrc_report import RECOVERY_ACTIVITY, annexes, annual_report
from shutan.rules.petrochemical.grains import (
    ACCIDENT,
    BALANCE_UNIT,
    BURN_OFF,
    CRACKING_FURNACE,
    FLARE,
    REGENERATION,
    STREAM,
)

UNITS = (
    "cracking_emissions",
    "reforming_emissions",
    "other_catalyst_emissions",
    "hydrogen_emissions",
    "coking_emissions",
    "calcining_emissions",
    "asphalt_emissions",
    "ethylene_cracking_emissions",
    "ethylene_oxide_emissions",
    "other_product_emissions",
)

TOTALS = (
    "fuel_combustion_emissions",
    "flare_emissions",
    "accident_flare_emissions",
    "petrochemical_process_emissions",
    "recovered_carbon_dioxide",
    "net_electricity_emissions",
    "heat_emissions",
    "greenhouse_gas_emissions",
)

TABLES = annexes(
    TOTALS,
    processes=(
        ListTable("附表1", "工业生产过程排放量|Emissions of processes", ENTERPRISE, UNITS, "NDRC form 1"),
    ),
    activity=(
        MonthTable(
            "附表2",
            "活动水平：火炬（正常工况）|Activity data: flares in normal operation",
            FLARE,
            (
                Line("flare_gas", "annual_flare_gas"),
                Line("flare_gas_carbon", ""),
                Line("flare_gas_dioxide", ""),
                Line("monthly_flare_emissions", "annual_flare_emissions"),
            ),
            "NDRC form 2",
        ),
        RowTable(
            "附表2",
            "活动水平：事故火炬|Activity data: flaring by accident",
            ACCIDENT,
            ("accident_kind", "accident_gas_rate", "accident_hours", "accident_atoms", "accident_emissions"),
            "NDRC form 2",
        ),
        RowTable(
            "附表2",
            "活动水平：连续烧焦|Activity data: continuous burn-off",
            BURN_OFF,
            ("burn_off_unit", "counted_as_fuel", "coke_burned", "burn_off_emissions"),
            "NDRC form 2",
        ),
        RowTable(
            "附表2",
            "活动水平：间歇烧焦|Activity data: intermittent burn-off",
            REGENERATION,
            (
                "regenerated_unit",
                "catalyst_amount",
                "carbon_before",
                "carbon_after",
                "regeneration_emissions",
            ),
            "NDRC form 2",
        ),
        RowTable(
            "附表2",
            "活动水平：碳平衡物流|Activity data: streams of carbon balances",
            STREAM,
            (
                "stream_role",
                "stream_material",
                "stream_mass",
                "stream_volume",
                "stream_volume_carbon",
                "stream_carbon",
            ),
            "NDRC form 2",
        ),
        RowTable(
            "附表2",
            "活动水平：裂解炉烧焦|Activity data: decoking of furnaces",
            CRACKING_FURNACE,
            (
                "decoking_gas_rate",
                "decoking_hours",
                "decoking_dioxide",
                "decoking_monoxide",
                "furnace_decoking_emissions",
            ),
            "NDRC form 2",
        ),
        ListTable(
            "附表2",
            "活动水平：氧化沥青|Activity data: asphalt",
            ENTERPRISE,
            ("asphalt_output",),
            "NDRC form 2",
        ),
        RECOVERY_ACTIVITY,
    ),
    factors=(
        RowTable("附表3", "排放因子：火炬|Factors: flares", FLARE, ("flare_oxidation",), "NDRC form 3"),
        RowTable(
            "附表3",
            "排放因子：连续烧焦|Factors: continuous burn-off",
            BURN_OFF,
            ("coke_carbon", "burn_off_oxidation"),
            "NDRC form 3",
        ),
        RowTable(
            "附表3",
            "排放因子：间歇烧焦|Factors: intermittent burn-off",
            REGENERATION,
            ("regeneration_oxidation",),
            "NDRC form 3",
        ),
        RowTable(
            "附表3",
            "排放因子：物流含碳量|Factors: carbon of streams",
            STREAM,
            ("stream_carbon_content", "stream_carbon_in", "stream_carbon_out"),
            "NDRC form 3",
        ),
        RowTable(
            "附表3",
            "碳平衡装置|Units by carbon balance",
            BALANCE_UNIT,
            ("balance_kind", "balance_unit_emissions"),
            "NDRC form 3",
        ),
        ListTable(
            "附表3", "排放因子：氧化沥青|Factors: asphalt", ENTERPRISE, ("asphalt_factor",), "NDRC form 3"
        ),
    ),
)

REPORT = annual_report(
    "企业温室气体排放报告（石化行业）|Greenhouse gas emissions report, petrochemicals",
    TABLES,
    TOTALS,
    figures=(
        Stack(
            "各月火炬排放量（按火炬）|Emissions of flares by month and flare",
            "monthly_flare_emissions",
            by="flare",
        ),
    ),
    explained=(
        "monthly_flare_emissions",
        "accident_emissions",
        "burn_off_emissions",
        "regeneration_emissions",
        "balance_unit_emissions",
        "furnace_decoking_emissions",
        "petrochemical_process_emissions",
        "recovered_carbon_dioxide",
    ),
)
