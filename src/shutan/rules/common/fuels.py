"""Kinds of fuel of the power list (appendix A of the guideline), and how their properties are found."""

from shutan.kernel import Choices

FuelKind = Choices(
    "FuelKind",
    ANTHRACITE="无烟煤|anthracite",
    BITUMINOUS="烟煤|bituminous coal",
    LIGNITE="褐煤|lignite",
    WASHED_COAL="洗精煤|cleaned coal",
    OTHER_WASHED_COAL="其他洗煤|other washed coal",
    OTHER_COAL="其他煤制品|other coal products",
    COAL_GANGUE="煤矸石|coal gangue",
    COAL_SLIME="煤泥|coal slime",
    COAL_WATER_SLURRY="水煤浆|coal-water slurry",
    CRUDE_OIL="原油|crude oil",
    FUEL_OIL="燃料油|fuel oil",
    GASOLINE="汽油|gasoline",
    KEROSENE="煤油|kerosene",
    DIESEL="柴油|diesel",
    OTHER_PETROLEUM="其他石油制品|other petroleum products",
    LPG="液化石油气|liquefied petroleum gas",
    LNG="液化天然气|liquefied natural gas",
    REFINERY_GAS="炼厂干气|refinery gas",
    NATURAL_GAS="天然气|natural gas",
    COKE_OVEN_GAS="焦炉煤气|coke-oven gas",
    BLAST_FURNACE_GAS="高炉煤气|blast-furnace gas",
    CONVERTER_GAS="转炉煤气|converter gas",
    OTHER_GAS="其他煤气|other gas",
    OTHER_FUEL="其他燃料（附录A未列）|other fuel, not in appendix A",
)

FuelGroup = Choices(
    "FuelGroup",
    CONVENTIONAL_COAL="常规煤|conventional coal",
    NON_CONVENTIONAL_COAL="非常规煤（煤矸石、煤泥、水煤浆等）|non-conventional coal",
    OIL="燃油|oil",
    GAS="燃气|gas",
    OTHER="其他|other",
)

CoalState = Choices(
    "CoalState",
    AS_FIRED="入炉煤|as fired",
    AS_RECEIVED="入厂煤|as received",
    NOT_COAL="不适用（非煤）|not coal",
)

Basis = Choices(
    "Basis",
    RECEIVED="收到基|received basis (ar)",
    AIR_DRIED="空气干燥基|air-dried basis (ad)",
    DRY="干燥基|dry basis (d)",
)

ConsumptionSource = Choices(
    "ConsumptionSource",
    PRODUCTION_RECORD="生产系统记录（皮带秤、给煤机、流量计）|production-system record",
    STOCK_LEDGER="购销存台账（盘存）|purchase-sale-stock ledger",
    SETTLEMENT_VOUCHER="供应商结算凭证|supplier's settlement voucher",
)

CarbonSource = Choices(
    "CarbonSource",
    DAILY="每日检测|daily test",
    BATCH="每批次检测|test of each batch",
    MONTHLY_COMPOSITE="每月缩分样检测|monthly composite sample",
    MONTHLY_TEST="每月检测（油、气）|monthly test (oil, gas)",
    NOT_MEASURED="未实测|not measured",
    NOT_COMPLIANT="实测不符合要求|measured, not compliant",
)

NcvSource = Choices(
    "NcvSource",
    MEASURED="实测值|measured",
    DEFAULT="缺省值|default",
)

Detail = Choices(
    "Detail",
    MONTHLY_VALUE="填报月度值|monthly value as filled in",
    SAMPLES="由检测明细表（逐日、逐批、逐次）计算|worked out from the sheet of tests",
)

CarbonRoute = Choices(
    "CarbonRoute",
    MEASURED="实测元素碳|measured carbon",
    DEFAULT="单位热值含碳量缺省值|default carbon per unit of heat",
)

Compliance = Choices(
    "Compliance",
    COMPLIANT="符合要求|compliant",
    NOT_COMPLIANT="未测或不符合要求|missing or not compliant",
)

# Verification guide: how a meter's calibration decides what its reading is worth.
MeterState = Choices(
    "MeterState",
    IN_SPECIFICATION="按时检定/校准，误差在允差内|calibrated in time, error within specification",
    ABOVE_SPECIFICATION="按时检定/校准，误差超出允差|calibrated in time, error above specification",
    NOT_CALIBRATED="未检定/校准|not calibrated",
)

YesNo = Choices("YesNo", NO="否|no", YES="是|yes")
