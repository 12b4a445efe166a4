"""Which industrial fuels are solid: guides take their oxidation rate from the equipment that burns them."""

from shutan.kernel import either
from shutan.rules.common.industrial_fuels import IndustrialFuel


def is_solid(fuel_kind):
    """Say whether a fuel is solid."""
    return either(
        fuel_kind == IndustrialFuel.ANTHRACITE,
        fuel_kind == IndustrialFuel.BITUMINOUS,
        fuel_kind == IndustrialFuel.LIGNITE,
        fuel_kind == IndustrialFuel.WASHED_COAL,
        fuel_kind == IndustrialFuel.OTHER_WASHED_COAL,
        fuel_kind == IndustrialFuel.OTHER_COAL,
        fuel_kind == IndustrialFuel.COAL_GANGUE,
        fuel_kind == IndustrialFuel.COAL_SLIME,
        fuel_kind == IndustrialFuel.COKE,
        fuel_kind == IndustrialFuel.SEMI_COKE,
        fuel_kind == IndustrialFuel.BRIQUETTE,
        fuel_kind == IndustrialFuel.MIDDLINGS,
        fuel_kind == IndustrialFuel.PETROLEUM_COKE,
    )
