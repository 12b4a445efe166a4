"""What a cell of the power sector's sheets may choose from."""

from shutan.kernel import Choices

UnitCategory = Choices(
    "UnitCategory",
    CONVENTIONAL_COAL="常规燃煤机组|conventional coal unit",
    NON_CONVENTIONAL_COAL="非常规燃煤机组|non-conventional coal unit",
    GAS="燃气机组|gas unit",
    OIL="燃油机组|oil unit",
    IGCC="整体煤气化联合循环（IGCC）|integrated gasification combined cycle",
    CCPP="燃气-蒸汽联合循环（CCPP）|combined-cycle power plant",
    OTHER="其他特殊机组|other special unit",
)

Product = Choices("Product", CONDENSING="纯凝发电|condensing", CHP="热电联产|heat and power")

BoilerType = Choices(
    "BoilerType",
    PULVERISED_COAL="煤粉锅炉|pulverised-coal boiler",
    CIRCULATING_FLUIDISED_BED="循环流化床锅炉|circulating fluidised-bed boiler",
    GRATE="层燃锅炉|grate boiler",
    OTHER="其他锅炉|other boiler",
    WASTE_HEAT="余热锅炉（燃气轮机）|waste-heat boiler of a gas turbine",
)

# The national database of factors keys coal oxidation by boiler type and altitude; its bands are not published where we
# could read them. A band that becomes known is one more member here and one more key in parameters/oxidation.yaml.
AltitudeBand = Choices("AltitudeBand", UNPUBLISHED="海拔分档待国家因子库公布|bands not published yet")

Cooling = Choices(
    "Cooling",
    WATER="水冷（开式、闭式循环）|water",
    AIR="空冷（直接、间接）|air",
    BACK_PRESSURE="背压等无冷端|none: back pressure and the like",
)

OperatingStatus = Choices("OperatingStatus", RUNNING="运行|running", STOPPED="全月停运|stopped all month")

GeneratorRole = Choices(
    "GeneratorRole", IN_SERVICE="在用|in service", SPARE="备用（替代停用机组）|spare, replaces another"
)

HeatOrigin = Choices(
    "HeatOrigin",
    BOILER_DIRECT="锅炉直接供热|straight from the boiler",
    TURBINE_DIRECT="汽轮机直接供热|straight from the turbine",
    TURBINE_INDIRECT="汽轮机间接供热|from the turbine through an exchanger",
)

HeatMethod = Choices(
    "HeatMethod",
    STEAM_BALANCE="蒸汽－回水－补水焓差|steam less return and make-up water",
    STEAM_SIMPLIFIED="蒸汽简化式（扣20 ℃水焓）|steam, simplified",
    EXCHANGER_STEAM_METERED="间接供热，有蒸汽计量|exchanger with a steam meter",
    EXCHANGER_WATER_METERED="间接供热，无蒸汽计量（除以换热效率）|exchanger without a steam meter",
    HOT_WATER="热水（温差）|hot water",
    SETTLEMENT="结算凭证或热量表热量|heat of settlement vouchers or heat meters",
)

HeatRatioMethod = Choices(
    "HeatRatioMethod",
    TURBINE_HEAT="供热量/汽轮机总耗热量|heat supplied by heat into the turbine",
    BOILER_HEAT="供热量/锅炉总产热量|heat supplied by heat of the boiler",
    HEAT_COAL_RATE="供热煤耗法|by the coal rate of heat",
    FUEL_HEAT="供热量/燃料热量（CCPP）|heat supplied by heat of the fuel (CCPP)",
)

BoilerHeatMethod = Choices(
    "BoilerHeatMethod",
    STEAM_BALANCE="按蒸汽、给水、再热流量和焓值计算|from flows and enthalpies",
    REPORTED="填报锅炉产热量|boiler heat as filled in",
)

# Trap T3: the guideline's note and the screen of the national platform show different decimals.
CarbonRounding = Choices(
    "CarbonRounding",
    GUIDELINE="按指南小数位|decimals of the guideline",
    PLATFORM="按平台界面显示小数位|decimals shown by the platform",
    UNROUNDED="不修约（对照、练习）|not rounded, for comparison and exercises",
)
