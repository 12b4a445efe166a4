"""Grains of a chemical works beside the shared ones: carbonates in use, plants that make nitric or adipic acid, workshops."""

from shutan.kernel import Grain

CARBONATE_USE = Grain("carbonate_use", "carbonate_use")
CARBONATE_USE_MONTH = Grain("carbonate_use_month", "carbonate_use", "month")
NITRIC_PLANT = Grain("nitric_plant", "nitric_plant")
ADIPIC_PLANT = Grain("adipic_plant", "adipic_plant")
WORKSHOP = Grain("workshop", "workshop")
WORKSHOP_STREAM = Grain("workshop_stream", "workshop", "stream")
