"""The words of an enterprise: sectors that the market tells apart, how a part counts, what passes between parts."""

from shutan.kernel import Choices

PartSector = Choices(
    "PartSector",
    POWER="发电|power",
    STEEL="钢铁|steel",
    CEMENT="水泥|cement",
    ALUMINIUM="铝冶炼|aluminium",
    OTHER="其他行业|other sector",
)

PartRelation = Choices(
    "PartRelation",
    COUNTED="单独计入|counted by itself",
    LISTED="自备电厂，已列入发电行业名录：单独计入，主业仅引用|captive power on the power list: counted by itself, quoted by its host",
    WITHIN="自备电厂，未列入发电行业名录：已含在主业排放量内，从主业剔除后计入|captive power not on the power list: contained in its host, counted here and taken out there",
)

FigureStatus = Choices(
    "FigureStatus",
    CONFIRMED="均有法规原文依据|all by the regulations' own text",
    UNCONFIRMED="含待核实依据|with something unconfirmed",
)

Carrier = Choices(
    "Carrier",
    ELECTRICITY="电力|electricity",
    HEAT="热力|heat",
    FUEL="固体、液体燃料|solid or liquid fuel",
    GAS="气体燃料|gas",
    BY_PRODUCT="含碳副产品、原料|by-product or raw material with carbon",
)

TransferScope = Choices(
    "TransferScope",
    SAME="同一法人内部|within one legal person",
    BETWEEN="同一报告的法人之间|between legal persons of this report",
)
