"""Sheets of the units of a petrochemical works: catalysts, carbon balances, cracking furnaces, asphalt. All by year."""

from shutan.kernel import Choice, Input, Number, Table
from shutan.rules.common.fuels import NcvSource, YesNo
from shutan.rules.common.grains import ENTERPRISE
from shutan.rules.petrochemical.choices import (
    BalanceUnit,
    BurnOffUnit,
    RegeneratedUnit,
    StreamMaterial,
    StreamRole,
)
from shutan.rules.petrochemical.grains import BALANCE_UNIT, BURN_OFF, CRACKING_FURNACE, REGENERATION, STREAM


def amount(name: str, label: str, unit: str, clause: str, symbol: str) -> Number:
    """Return a cell that must be filled in."""
    return Number(name, label, unit=unit, places=4, minimum=0, clause=clause, symbol=symbol)


def share(name: str, label: str, clause: str, symbol: str) -> Number:
    """Return a percentage that must be filled in."""
    return Number(name, label, unit="%", places=4, minimum=0, maximum=100, clause=clause, symbol=symbol)


def carbon(name: str, label: str, symbol: str) -> Number:
    """Return the carbon content of a catalyst, which must be filled in."""
    return Number(
        name, label, unit="tC/t", places=6, minimum=0, maximum=1, clause="PET regeneration", symbol=symbol
    )


def measured(name: str, zh: str, en: str, unit: str, clause: str, symbol: str) -> tuple[Input, ...]:
    """Return the two cells of a figure that is measured or the guide's default. Oxidation and carbon by mass are at most 1."""
    share = unit == "tC/t" or name.endswith("_oxidation")
    return (
        Choice(f"{name}_source", NcvSource, f"{zh}来源|source of the {en}", default="DEFAULT", clause=clause),
        Number(
            f"{name}_reported",
            f"{zh}（实测）|{en}, measured",
            unit=unit,
            places=4,
            minimum=0,
            maximum=1 if share else None,
            optional=True,
            required_when="来源为实测值时|when it is measured",
            clause=clause,
            symbol=symbol,
        ),
    )


BURN_OFF_TABLE = Table(
    "burn_offs",
    BURN_OFF,
    "连续烧焦装置|Units with continuous burn-off",
    (
        Choice("burn_off_unit", BurnOffUnit, "连续烧焦装置类型|kind of unit", clause="PET burn-off"),
        Choice(
            "counted_as_fuel",
            YesNo,
            "烧焦尾气已作为燃料计入（CO锅炉）|counted as fuel already, burned in a CO boiler",
            default="NO",
            clause="PET burn-off",
        ),
        amount("coke_burned", "连续烧焦量|coke burned off", "t", "PET burn-off", "MC"),
        *measured("coke_carbon", "焦层含碳量", "carbon content of the coke", "tC/t", "PET burn-off", "CF"),
        *measured("burn_off_oxidation", "连续烧焦碳氧化率", "oxidation rate", "1", "PET burn-off", "OF"),
    ),
    keys=("连续烧焦装置|unit",),
    help="延迟焦化和灵活焦化的燃烧按燃料填报|delayed and flexi coking: fill in their fuel",
    optional=True,
)

REGENERATION_TABLE = Table(
    "regenerations",
    REGENERATION,
    "间歇烧焦再生|Intermittent regenerations",
    (
        Choice(
            "regenerated_unit", RegeneratedUnit, "间歇烧焦装置类型|kind of unit", clause="PET regeneration"
        ),
        amount("catalyst_amount", "待再生催化剂量|catalyst regenerated", "t", "PET regeneration", "Q_c"),
        carbon("carbon_before", "再生前催化剂含碳量（0–1）|carbon before regeneration, 0 to 1", "CF_b"),
        carbon("carbon_after", "再生后催化剂含碳量（0–1）|carbon after regeneration, 0 to 1", "CF_a"),
        *measured(
            "regeneration_oxidation", "间歇烧焦碳氧化率", "oxidation rate", "1", "PET regeneration", "OF"
        ),
    ),
    keys=("再生批次|regeneration",),
    optional=True,
)

BALANCE_TABLE = Table(
    "balance_units",
    BALANCE_UNIT,
    "按碳平衡核算的装置|Units by carbon balance",
    (Choice("balance_kind", BalanceUnit, "碳平衡装置类型|kind of unit", clause="PET balance"),),
    keys=("碳平衡装置|unit",),
    optional=True,
)

STREAM_TABLE = Table(
    "streams",
    STREAM,
    "碳平衡物流|Streams of the carbon balances",
    (
        Choice("stream_role", StreamRole, "物流方向|where the stream goes", clause="PET balance"),
        Choice("stream_material", StreamMaterial, "物流品种|material", default="OTHER", clause="PET balance"),
        Number(
            "stream_mass",
            "物流质量|mass of the stream",
            unit="t",
            places=4,
            minimum=0,
            default="0",
            clause="PET balance",
            symbol="AD",
        ),
        *measured("stream_carbon", "物流含碳量", "carbon content by mass", "tC/t", "PET balance", "CC"),
        Number(
            "stream_volume",
            "物流体积（气体）|volume of the stream, if gas",
            unit="10⁴Nm³",
            places=4,
            minimum=0,
            default="0",
            help="气体填体积，不再填质量|a gas by volume, then without mass",
            clause="PET balance",
            symbol="Q",
        ),
        Number(
            "stream_volume_carbon",
            "气体物流含碳量|carbon content by volume",
            unit="tC/10⁴Nm³",
            places=4,
            minimum=0,
            optional=True,
            required_when="填报体积时|when there is a volume",
            clause="PET balance",
            symbol="CC_g",
        ),
    ),
    keys=("碳平衡装置|unit", "物流|stream"),
    optional=True,
)

FURNACE_TABLE = Table(
    "cracking_furnaces",
    CRACKING_FURNACE,
    "乙烯裂解炉烧焦|Decoking of ethylene furnaces",
    (
        amount(
            "decoking_gas_rate", "烧焦尾气平均流量|mean flow of decoking gas", "m^3/h", "PET ethylene", "Q_wg"
        ),
        amount("decoking_hours", "年累计烧焦时间|hours of decoking in the year", "h", "PET ethylene", "T"),
        share("decoking_dioxide", "烧焦尾气CO2体积浓度|volume share of CO2", "PET ethylene", "Con_CO2"),
        share("decoking_monoxide", "烧焦尾气CO体积浓度|volume share of CO", "PET ethylene", "Con_CO"),
    ),
    keys=("裂解炉|furnace",),
    help="流量为标准状况|the flow is at standard conditions",
    optional=True,
)

ASPHALT_TABLE = Table(
    "asphalt",
    ENTERPRISE,
    "氧化沥青|Oxidised asphalt",
    (
        Number(
            "asphalt_output",
            "氧化沥青产量|oxidised asphalt made",
            unit="t",
            places=4,
            minimum=0,
            default="0",
            clause="PET asphalt",
            symbol="M",
        ),
        *measured(
            "asphalt_factor", "氧化沥青排放因子", "factor of oxidised asphalt", "tCO2/t", "PET asphalt", "EF"
        ),
    ),
    optional=True,
)
