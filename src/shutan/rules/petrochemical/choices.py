"""What a petrochemical works chooses from: accidents, catalysts, units balanced by their carbon."""

from shutan.kernel import Choices

AccidentKind = Choices(
    "AccidentKind",
    REFINING="炼油装置|refining unit",
    PETROCHEMICAL="石油化工装置|petrochemical unit",
)

BurnOffUnit = Choices(
    "BurnOffUnit",
    CRACKING="催化裂化|catalytic cracking",
    FLUID_COKING="流化焦化|fluid coking",
    OTHER="其他连续烧焦装置|other unit with continuous burn-off",
)

RegeneratedUnit = Choices(
    "RegeneratedUnit",
    REFORMING="催化重整|catalytic reforming",
    OTHER="其他间歇烧焦装置|other unit with intermittent burn-off",
)

BalanceUnit = Choices(
    "BalanceUnit",
    HYDROGEN="制氢|hydrogen",
    CALCINING="石油焦煅烧|calcining of petroleum coke",
    ETHYLENE_OXIDE="环氧乙烷/乙二醇|ethylene oxide and glycol",
    OTHER="其他产品|other product",
)

StreamRole = Choices(
    "StreamRole",
    INPUT="原料（输入）|raw material, goes in",
    PRODUCT="产品（输出）|product, comes out",
    RESIDUE="残渣、粉尘等（输出）|residue or dust, comes out",
)

StreamMaterial = Choices(
    "StreamMaterial",
    ETHYLENE="原料乙烯|ethylene as raw material",
    ETHYLENE_OXIDE="当量环氧乙烷|equivalent ethylene oxide",
    OTHER="其他（须实测）|other, to be measured",
)
