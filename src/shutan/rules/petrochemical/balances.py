"""Units known by their carbon balance: hydrogen, calcined coke, ethylene oxide, other products."""

from shutan.kernel import CO2_PER_C, Total, rule, when
from shutan.rules.common.fuels import NcvSource
from shutan.rules.common.grains import ENTERPRISE
from shutan.rules.petrochemical.choices import BalanceUnit, StreamRole
from shutan.rules.petrochemical.grains import BALANCE_UNIT, STREAM


@rule("PET balance", grain=STREAM, unit="tC/t")
def stream_carbon_content(
    stream_mass, stream_carbon_source, stream_carbon_reported, *, default_stream_carbon
):
    """物流含碳量 CC: Measured, or the guide's default; nothing to state for a stream given by volume."""
    return when(
        stream_mass == 0,
        0,
        when(stream_carbon_source == NcvSource.DEFAULT, default_stream_carbon, stream_carbon_reported),
    )


@rule("PET balance", grain=STREAM, unit="tC")
def stream_carbon(stream_mass, stream_carbon_content, stream_volume, stream_volume_carbon):
    """物流含碳: Carbon of one stream, by mass or by volume."""
    return stream_mass * stream_carbon_content + when(
        stream_volume == 0, 0, stream_volume * stream_volume_carbon
    )


@rule("PET balance", grain=STREAM, unit="tC")
def stream_carbon_in(stream_carbon, stream_role):
    """物流输入碳: Carbon of a stream that goes in, else nothing."""
    return when(stream_role == StreamRole.INPUT, stream_carbon, 0)


@rule("PET balance", grain=STREAM, unit="tC")
def stream_carbon_out(stream_carbon, stream_role):
    """物流输出碳: Carbon of a product or residue, else nothing."""
    return when(stream_role == StreamRole.INPUT, 0, stream_carbon)


@rule("PET balance", grain=BALANCE_UNIT, unit="tCO2")
def balance_unit_emissions(stream_carbon_in: Total, stream_carbon_out: Total):
    """装置碳平衡排放量: Carbon that went in and did not come out, as CO2."""
    return (stream_carbon_in - stream_carbon_out) * CO2_PER_C


@rule("PET hydrogen", grain=BALANCE_UNIT, unit="tCO2")
def hydrogen_unit_emissions(balance_kind, balance_unit_emissions):
    """制氢单装置排放量: The balance if the unit makes hydrogen, else nothing."""
    return when(balance_kind == BalanceUnit.HYDROGEN, balance_unit_emissions, 0)


@rule("PET hydrogen", grain=ENTERPRISE, unit="tCO2")
def hydrogen_emissions(hydrogen_unit_emissions: Total):
    """制氢排放量: All hydrogen units of the year."""
    return hydrogen_unit_emissions


@rule("PET calcining", grain=BALANCE_UNIT, unit="tCO2")
def calcining_unit_emissions(balance_kind, balance_unit_emissions):
    """石油焦煅烧单装置排放量: The balance if the unit calcines coke, else nothing."""
    return when(balance_kind == BalanceUnit.CALCINING, balance_unit_emissions, 0)


@rule("PET calcining", grain=ENTERPRISE, unit="tCO2")
def calcining_emissions(calcining_unit_emissions: Total):
    """石油焦煅烧排放量: All calciners of the year."""
    return calcining_unit_emissions


@rule("PET ethylene oxide", grain=BALANCE_UNIT, unit="tCO2")
def ethylene_oxide_unit_emissions(balance_kind, balance_unit_emissions):
    """环氧乙烷单装置排放量: The balance if the unit makes ethylene oxide, else nothing."""
    return when(balance_kind == BalanceUnit.ETHYLENE_OXIDE, balance_unit_emissions, 0)


@rule("PET ethylene oxide", grain=ENTERPRISE, unit="tCO2")
def ethylene_oxide_emissions(ethylene_oxide_unit_emissions: Total):
    """环氧乙烷/乙二醇生产排放量: All ethylene-oxide units of the year."""
    return ethylene_oxide_unit_emissions


@rule("PET other product", grain=BALANCE_UNIT, unit="tCO2")
def other_product_unit_emissions(balance_kind, balance_unit_emissions):
    """其他产品单装置排放量: The balance if the unit makes another product, else nothing."""
    return when(balance_kind == BalanceUnit.OTHER, balance_unit_emissions, 0)


@rule("PET other product", grain=ENTERPRISE, unit="tCO2")
def other_product_emissions(other_product_unit_emissions: Total):
    """其他产品生产排放量: All other units of the year."""
    return other_product_unit_emissions
