"""A small instrument that has everything the kernel knows: versions, defaults, unknowns, aggregates, choices."""

from pathlib import Path
from types import ModuleType

from shutan.kernel import (
    CO2_PER_C,
    Choice,
    Choices,
    Count,
    Date,
    Grain,
    Largest,
    Least,
    Mean,
    MeanBy,
    Number,
    RuleSet,
    Table,
    Text,
    Total,
    both,
    either,
    maximum,
    negate,
    rule,
    when,
)

PLANT = Grain("plant")
UNIT = Grain("unit", "unit")
FUEL_MONTH = Grain("fuel_month", "unit", "fuel", "month")
UNIT_MONTH = Grain("unit_month", "unit", "month")

FuelKind = Choices("FuelKind", COAL="煤|coal", OIL="油|oil")
Verdict = Choices("Verdict", BELOW="不超|below", ABOVE="超|above")

TABLES = (
    Table(
        "plant",
        PLANT,
        "企业|Plant",
        (Text("plant_name", "名称|name"), Date("opened", "投产|opened", optional=True)),
    ),
    Table(
        "units", UNIT, "机组|Units", (Number("capacity", "容量|capacity", unit="MW", places=0, minimum=0),)
    ),
    Table(
        "fuels",
        FUEL_MONTH,
        "燃料|Fuels",
        (
            Choice("fuel_kind", FuelKind, "种类|kind"),
            Number("burned", "消耗量|burned", unit="t", places=2, minimum=0, symbol="FC"),
            Number("carbon", "含碳量|carbon", unit="tC/t", places=4, optional=True, symbol="C_ar"),
            Choice("measured", Choices("Measured", YES="是|yes", NO="否|no"), "实测|measured", default="YES"),
        ),
    ),
)
Measured = TABLES[2]["measured"].choices


@rule("S 1b", grain=FUEL_MONTH, unit="tC/t")
def carbon_used(measured, carbon, *, default_carbon):
    """含碳量取值 C: measured carbon, or the default where it was not measured."""
    return when(measured == Measured.YES, carbon, default_carbon)


@rule("S 1", grain=FUEL_MONTH, unit="tC/t", name="carbon_used")
def carbon_used_before(carbon):
    """含碳量取值 C: measured carbon."""
    return carbon


@rule("S 1", grain=FUEL_MONTH, unit="tCO2", places=0, name="emissions")
def emissions_before(burned, carbon_used, *, oxidation_rate):
    """排放量 E: rounded to whole tonnes in the old edition."""
    return burned * carbon_used * oxidation_rate * CO2_PER_C


@rule("S 1b", grain=FUEL_MONTH, unit="tCO2", places=2)
def emissions(burned, carbon_used, *, oxidation_rate):
    """排放量 E: rounded to two decimals."""
    return burned * carbon_used * oxidation_rate * CO2_PER_C


@rule("S 2", grain=UNIT_MONTH, unit="tCO2")
def unit_month_emissions(emissions: Total):
    """机组月排放量: of one unit."""
    return emissions


@rule("S 2", grain=UNIT, unit="tCO2", places=0, mode="floor")
def unit_emissions(emissions: Total):
    """机组排放量 E_u: whole tonnes, down."""
    return emissions


@rule("S 2", grain=UNIT, unit="tC/t", places=4)
def mean_carbon(carbon_used: MeanBy["burned"]):
    """平均含碳量: weighted by what was burned."""
    return carbon_used


@rule("S 2", grain=UNIT, unit="1")
def rows(burned: Count):
    """行数: of fuel-months."""
    return burned


@rule("S 2", grain=UNIT, unit="t", places=2)
def spread(burned: Largest):
    """最大量: the largest month."""
    return burned


@rule("S 2", grain=UNIT, unit="t", places=2)
def least(burned: Least):
    """最小量: the least month."""
    return burned


@rule("S 2", grain=UNIT, unit="t", places=3)
def simple_mean(burned: Mean):
    """算术平均: of the months."""
    return burned


@rule("S 2", grain=UNIT, unit="tCO2/MW", places=3)
def intensity(unit_emissions, capacity):
    """强度 S: emissions by capacity; waits where there is no capacity."""
    return unit_emissions / capacity


@rule("S 2", grain=PLANT, unit="tCO2", places=0)
def plant_emissions(unit_emissions: Total):
    """总排放量 E: of the plant."""
    return unit_emissions


@rule("S 2", grain=PLANT, unit=Verdict)
def verdict(plant_emissions, *, limit):
    """判定: whether the limit is kept."""
    return when(
        both(plant_emissions > limit, negate(either(plant_emissions <= 0, limit < 0))),
        Verdict.ABOVE,
        Verdict.BELOW,
    )


@rule("S 2", grain=PLANT, unit="tCO2")
def excess(plant_emissions, *, limit):
    """超量: what is above the limit."""
    return maximum(plant_emissions - limit, 0)


def rule_set(*extra, without=(), tables=TABLES, folder=None):
    """Return the sample rule set, with rules of a test added or left out."""
    module = ModuleType("sample")
    for name, value in globals().copy().items():
        if name not in without:
            setattr(module, name, value)
    for made in extra:
        setattr(module, f"extra_{made.function.__name__}", made)
    return RuleSet(
        "sample",
        "样例|Sample",
        tables=tables,
        modules=[module],
        folders=[folder or Path(__file__).parent / "sample"],
    )
