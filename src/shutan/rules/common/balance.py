"""Carbon that is burned, bound or carried: plain arithmetic that the sectors' rules call; their clauses stand with them."""

from shutan.kernel import CO2_PER_C


def burned(amount, ncv, carbon_per_heat, oxidation):
    """Return the CO2 of fuel burned, with the share of its carbon that oxidises."""
    return amount * ncv * carbon_per_heat * oxidation * CO2_PER_C


def contained(amount, ncv, carbon_per_heat):
    """Return all carbon of a fuel as CO2: mass balance, nothing stays unburned."""
    return amount * ncv * carbon_per_heat * CO2_PER_C


def carried(amount, carbon):
    """Return the carbon of a material as CO2, from its carbon content."""
    return amount * carbon * CO2_PER_C


def decomposed(amount, factor, purity):
    """Return the CO2 of a carbonate; purity as a fraction."""
    return amount * factor * purity


def net(received, given_away):
    """Return what is bought less what is sold on; negative for a net exporter, which is lawful."""
    return received - given_away
