"""The words of allocation: unit classes, why a unit has no benchmark allowance, why an issue is held back."""

from shutan.kernel import Choices

UnitClass = Choices(
    "UnitClass",
    I="Ⅰ 300MW等级以上常规燃煤机组|I conventional coal above the 300 MW grade",
    II="Ⅱ 300MW等级及以下常规燃煤机组|II conventional coal of the 300 MW grade and below",
    III="Ⅲ 非常规燃煤机组（含燃煤循环流化床）|III non-conventional coal, coal-burning fluidised beds",
    IV="Ⅳ 燃气机组|IV natural gas",
    NONE="不属于四类机组|none of the four classes",
)

AllocationStatus = Choices(
    "AllocationStatus",
    BENCHMARK="按基准法分配|allocated by benchmark",
    NOT_LISTED="不在当年度重点排放单位名录|not on the year's list of key emitting units",
    PURE_HEATING="不具备发电能力的纯供热机组|pure heating unit",
    PURE_BIOMASS="纯生物质（含垃圾、污泥）机组|biomass only",
    BIOMASS_MAIN="生物质为主、掺烧化石燃料|biomass with some fossil fuel",
    BIOMASS_COFIRED="化石燃料掺烧生物质超出上限|fossil fuel with biomass above the limit",
    SECONDARY_ENERGY="自产二次能源热量占比超出上限|self-produced secondary energy above the limit",
    BIOMASS_AND_SECONDARY="生物质与自产二次能源合计超出上限|biomass and secondary energy above the joint limit",
    GREEN_FUEL="掺烧绿氢、绿氨等超出上限|green hydrogen or ammonia above the limit",
    SPECIAL_FUEL="仅使用特殊化石燃料|special fossil fuels only",
    OWN_WASTE_GAS="仅使用自产废气、尾气、煤气|own waste gas, tail gas or coal gas only",
    BOILER_CONVERTED_TO_GAS="燃煤锅炉改造的燃气机组|coal boiler converted to gas",
    OTHER_TECHNOLOGY="燃油、IGCC、内燃机组|oil, IGCC or internal combustion",
    EMERGENCY_RESERVE="应急备用机组|emergency reserve",
    COMMISSIONED="当年新投产|commissioned this year",
    CLOSED="核定前已关停|closed before the verified allocation",
    SMALL_EMITTER="企业核查排放量低于界限|enterprise below the emission limit",
    PILOT_MARKET="已由地方试点分配|allocated by a regional pilot",
    UNLAWFUL="违规建设|built against the rules",
    ORDERED_CLOSED="应关未关|ordered to close and not closed",
    NO_PERMIT="无排污许可证或未报执行报告|no pollution permit or no report on it",
    NO_CLASS="不符合任何机组类别判定标准|fits no class",
)

AllocationTreatment = Choices(
    "AllocationTreatment",
    BENCHMARK="按基准法分配|by benchmark",
    EQUAL_TO_EMISSIONS="配额等于核查排放量|allowance equals verified emissions",
    OUTSIDE="不纳入当年度配额管理|outside allocation and surrender of the year",
    WITHHELD="不予发放（仍须清缴）|nothing issued, surrender still due",
)

ServiceState = Choices(
    "ServiceState",
    IN_SERVICE="正常在役|in service",
    COMMISSIONED="当年新投产|commissioned this year",
    CLOSED="核定配额发放前已关停|closed before the verified allowance is issued",
)

SpecialFuel = Choices(
    "SpecialFuel",
    NONE="无|none",
    SPECIAL_FOSSIL="仅使用煤层气、兰炭尾气、炭黑尾气、焦炉煤气、高炉煤气、转炉煤气、伴生气、油页岩、油砂、可燃冰|only coal-bed methane, tail, coke-oven, blast-furnace, converter or associated gas, oil shale, oil sand, hydrate",
    OWN_WASTE_GAS="仅使用自产废气、尾气、煤气|only own waste gas, tail gas or coal gas",
)

SpecialFacility = Choices(
    "SpecialFacility",
    NONE="无|none",
    PURE_HEATING="不具备发电能力、物理隔断的纯供热|pure heating, physically separated",
    BOILER_CONVERTED_TO_GAS="燃煤锅炉改造的燃气机组（非改燃气轮机）|coal boiler converted to gas (not to a gas turbine)",
    INTERNAL_COMBUSTION="内燃机组|internal combustion",
    EMERGENCY_RESERVE="承担应急备用保障功能|emergency reserve",
)

# Years 2019 and 2020 only: plan of 2020, article 8.
IssueBar = Choices(
    "IssueBar",
    NONE="无|none",
    PILOT_MARKET="当年已由地方试点分配|allocated by a regional pilot for the year",
    UNLAWFUL="违反规定建设|built against the rules",
    ORDERED_CLOSED="应关未关|ordered to close and not closed",
    NO_PERMIT="未依法申领排污许可证或未报执行报告|no pollution permit, or its report not filed",
)

CfbReview = Choices(
    "CfbReview",
    NOT_REVIEWED="未审定（按惯例）|not reviewed: by practice",
    CLASS_III="审定为Ⅲ类|reviewed: class III",
    BY_FUEL="审定按燃料判定|reviewed: by its fuel",
)

IssueRisk = Choices(
    "IssueRisk",
    NONE="无|none",
    DEFAULT_RISK="司法冻结等明显履约风险|judicial freeze or another clear risk of default",
    UNPAID_EARLIER="未足额清缴以前配额|earlier duty not met in full",
    CLOSED_FACILITY="存在关停企业或机组|closed enterprise or units",
)
