"""The grains of an enterprise: its legal persons, their sites, the parts on them, and what passes between parts."""

from shutan.kernel import Grain

SITE = Grain("site", "legal_person", "site")

# One part is one sector's report: a power station, a clinker works, an aluminium smelter.
PART = Grain("part", "legal_person", "site", "part")

# What passes to a part from another: the first key is the legal person that receives it.
TRANSFER = Grain("transfer", "legal_person", "transfer")
