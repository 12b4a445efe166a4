"""Fuels of the industrial guidelines. A member's key is the same word as in the power list where the fuel is the same.

Which defaults a fuel has is a matter of the guideline: `common/<guideline>/parameters/fuels.yaml`, keyed by an input or
rule `fuel_kind`. A fuel that the guideline does not list has none there, and what needs it waits.
"""

from shutan.kernel import Choices, either
from shutan.kernel.report import UnitBy
from shutan.rules.common.fuels import FuelKind

_SHARED = (
    "ANTHRACITE",
    "BITUMINOUS",
    "LIGNITE",
    "WASHED_COAL",
    "OTHER_WASHED_COAL",
    "OTHER_COAL",
    "COAL_GANGUE",
    "COAL_SLIME",
    "CRUDE_OIL",
    "FUEL_OIL",
    "GASOLINE",
    "KEROSENE",
    "DIESEL",
    "OTHER_PETROLEUM",
    "LPG",
    "LNG",
    "REFINERY_GAS",
    "NATURAL_GAS",
    "COKE_OVEN_GAS",
    "BLAST_FURNACE_GAS",
    "CONVERTER_GAS",
    "OTHER_GAS",
)

IndustrialFuel = Choices(
    "IndustrialFuel",
    **{key: f"{FuelKind[key].zh}|{FuelKind[key].en}" for key in _SHARED},
    COKE="焦炭|coke",
    SEMI_COKE="蓝炭（半焦）|semi-coke",
    BRIQUETTE="型煤|briquette",
    MIDDLINGS="洗中煤|middlings",
    PETROLEUM_COKE="石油焦|petroleum coke",
    COAL_TAR="煤焦油|coal tar",
    CRUDE_BENZOL="粗苯|crude benzol",
    NAPHTHA="石脑油|naphtha",
    AVIATION_GASOLINE="航空汽油|aviation gasoline",
    JET_KEROSENE="航空煤油|jet kerosene",
    PRODUCER_GAS="发生炉煤气|producer gas",
    SEMI_COKE_GAS="半焦气|semi-coke gas",
    WATER_GAS="水煤气|water gas",
    CATALYTIC_CRACKED_GAS="重油催化裂解煤气|gas from catalytic cracking of heavy oil",
    THERMAL_CRACKED_GAS="重油热裂解煤气|gas from thermal cracking of heavy oil",
    PRESSURE_GASIFIED="压力气化煤气|pressure-gasified coal gas",
    CARBIDE_FURNACE_GAS="密闭电石炉炉气|gas of closed carbide furnaces",
)

# Metered in 10⁴Nm³; liquefied gases and refinery gas are weighed.
BY_VOLUME = (
    "NATURAL_GAS",
    "COKE_OVEN_GAS",
    "BLAST_FURNACE_GAS",
    "CONVERTER_GAS",
    "OTHER_GAS",
    "PRODUCER_GAS",
    "SEMI_COKE_GAS",
    "WATER_GAS",
    "CATALYTIC_CRACKED_GAS",
    "THERMAL_CRACKED_GAS",
    "PRESSURE_GASIFIED",
    "CARBIDE_FURNACE_GAS",
)
UNITS = {"fuel_unit": UnitBy("fuel_kind", "t|t", **dict.fromkeys(BY_VOLUME, "10⁴Nm³|10⁴ Nm³"))}

# Where a fuel comes from decides whether it counts as bought, and whether a power unit co-fires own secondary energy.
FuelOrigin = Choices(
    "FuelOrigin",
    PURCHASED="外购|purchased",
    OWN="自产二次能源（自产焦炭、煤气等）|own secondary energy: own coke, own gas",
)

FuelState = Choices("FuelState", SOLID="固体燃料|solid fuel", FLUID="液体或气体燃料|liquid or gas")

CarbonDetermination = Choices(
    "IndustrialCarbonSource",
    DEFAULT="单位热值含碳量缺省值|default carbon per unit of heat",
    MEASURED="实测收到基元素碳含量|measured carbon content, received basis",
)


def is_solid(kind):
    """Say whether a fuel is solid: such fuel is received in batches and carries moisture."""
    return either(
        kind == IndustrialFuel.ANTHRACITE,
        kind == IndustrialFuel.BITUMINOUS,
        kind == IndustrialFuel.LIGNITE,
        kind == IndustrialFuel.WASHED_COAL,
        kind == IndustrialFuel.OTHER_WASHED_COAL,
        kind == IndustrialFuel.OTHER_COAL,
        kind == IndustrialFuel.COAL_GANGUE,
        kind == IndustrialFuel.COAL_SLIME,
        kind == IndustrialFuel.COKE,
        kind == IndustrialFuel.SEMI_COKE,
        kind == IndustrialFuel.BRIQUETTE,
        kind == IndustrialFuel.MIDDLINGS,
        kind == IndustrialFuel.PETROLEUM_COKE,
    )
