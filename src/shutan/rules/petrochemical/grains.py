"""Grains of a petrochemical works beside the shared ones: flares, catalysts, balances, furnaces."""

from shutan.kernel import Grain

FLARE = Grain("flare", "flare")
FLARE_MONTH = Grain("flare_month", "flare", "month")
ACCIDENT = Grain("accident", "accident")

# A unit whose coke is burned off without pause; one regeneration of a catalyst that is burned off now and then.
BURN_OFF = Grain("burn_off", "burn_off")
REGENERATION = Grain("regeneration", "regeneration")

# A unit of which only the carbon balance is known, and what goes in and comes out.
BALANCE_UNIT = Grain("balance_unit", "balance_unit")
STREAM = Grain("stream", "balance_unit", "stream")

CRACKING_FURNACE = Grain("cracking_furnace", "cracking_furnace")
