"""The words of entry: activities, classes of GB/T 4754, reasons (each with its article), lists."""

from shutan.kernel import Choices

EntryActivity = Choices(
    "EntryActivity",
    POWER="发电（火力发电、热电联产）|power and cogeneration",
    CAPTIVE_POWER="自备电厂|captive power plant",
    CAPTIVE_OWN_GAS="掺烧自产二次能源且不在发电名录的自备电厂|captive plant burning own secondary energy, not on the power list",
    STEEL="钢铁生产|steel",
    PORTLAND_CLINKER="硅酸盐水泥熟料|Portland clinker",
    OTHER_CLINKER="非硅酸盐水泥熟料|non-Portland clinker",
    ELECTROLYTIC_ALUMINIUM="电解铝|electrolytic aluminium",
    PETROCHEMICAL="石化|petrochemical",
    CHEMICAL="化工|chemical",
    FLAT_GLASS="平板玻璃|flat glass",
    COPPER_SMELTING="铜冶炼|copper smelting",
    PULP_PAPER="造纸|pulp and paper",
    AVIATION="民航|civil aviation",
    OTHER="其他|other",
)

SectorCode = Choices(
    "SectorCode",
    C4411="4411 火力发电|4411 thermal power",
    C4412="4412 热电联产|4412 cogeneration",
    C4417="4417 生物质能发电|4417 power from biomass",
    C4420="4420 电力供应|4420 power supply",
    C3011="3011 水泥制造|3011 cement",
    C3041="3041 平板玻璃制造|3041 flat glass",
    C3071="3071 建筑陶瓷制品制造|3071 building ceramics",
    C3072="3072 卫生陶瓷制品制造|3072 sanitary ceramics",
    C3110="3110 炼铁|3110 iron making",
    C3120="3120 炼钢|3120 steel making",
    C3130="3130 钢压延加工|3130 steel rolling",
    C3211="3211 铜冶炼|3211 copper smelting",
    C3216="3216 铝冶炼|3216 aluminium smelting",
    C2511="2511 原油加工及石油制品制造|2511 refining",
    C2611="2611 无机酸制造|2611 inorganic acids",
    C2612="2612 无机碱制造|2612 inorganic alkalis",
    C2613="2613 无机盐制造|2613 inorganic salts",
    C2614="2614 有机化学原料制造|2614 organic chemicals",
    C2619="2619 其他基础化学原料制造|2619 other basic chemicals",
    C2621="2621 氮肥制造|2621 nitrogen fertiliser",
    C2622="2622 磷肥制造|2622 phosphate fertiliser",
    C2623="2623 钾肥制造|2623 potash fertiliser",
    C2624="2624 复混肥料制造|2624 compound fertiliser",
    C2625="2625 有机肥料及微生物肥料制造|2625 organic fertiliser",
    C2629="2629 其他肥料制造|2629 other fertiliser",
    C2631="2631 化学农药制造|2631 chemical pesticides",
    C2632="2632 生物化学农药及微生物农药制造|2632 biological pesticides",
    C2651="2651 初级形态塑料及合成树脂制造|2651 plastics and resins",
    C2652="2652 合成橡胶制造|2652 synthetic rubber",
    C2653="2653 合成纤维单（聚合）体制造|2653 monomers and polymers of fibres",
    C2659="2659 其他合成材料制造|2659 other synthetic materials",
    C2211="2211 木竹浆制造|2211 wood and bamboo pulp",
    C2212="2212 非木竹浆制造|2212 other pulp",
    C2221="2221 机制纸及纸板制造|2221 machine-made paper and board",
    C5611="5611 航空旅客运输|5611 passenger air transport",
    C5612="5612 航空货物运输|5612 air freight",
    C5631="5631 机场|5631 airports",
    OTHER_CODE="其他|other",
)

ReportingBasis = Choices(
    "ReportingBasis",
    EMISSIONS="温室气体排放量|greenhouse gas emissions",
    ENERGY="综合能源消费量|comprehensive energy use",
)

EntryReason = Choices(
    "EntryReason",
    ENTERS_VERIFIED="纳入：经核查直接排放达到门槛（管理办法第八条）|enters: verified direct emissions reach the threshold (Measures 8)",
    ENTERS_NEW="纳入：新投产，预计直接排放达到门槛（管理办法第八条、名录通知）|enters: new plant, expected direct emissions reach it (Measures 8, list notice)",
    STAYS_ABOVE="继续：直接排放达到门槛（管理办法第八条）|stays: direct emissions reach the threshold (Measures 8)",
    STAYS_ONE_YEAR="继续：未连续两年低于门槛（管理办法第十一条）|stays: not below for two years running (Measures 11)",
    LEAVES_TWO_YEARS="移出：连续两年低于门槛（管理办法第十一条第一项）|leaves: two years running below (Measures 11(1))",
    LEAVES_CLOSED="移出：停业、关闭等不再排放（管理办法第十一条第二项）|leaves: closed, no more emissions (Measures 11(2))",
    CLOSED="不纳入：停业、关闭等不再排放（管理办法第十一条第二项）|not listed: closed (Measures 11(2))",
    BELOW="不纳入：直接排放低于门槛（管理办法第八条）|not listed: direct emissions below the threshold (Measures 8)",
    UNLISTED_REPORTS="不纳入名录但须报告：钢铁、水泥（年度工作通知）|not listed, reports: steel or cement outside the list (work notice)",
    OTHER_REPORTS="须报告：其他重点行业（年度工作通知）|reports: other key industry (work notice)",
    NO_DUTY="无义务：不在范围或低于报告门槛（年度工作通知）|no duty: out of scope or below the threshold (work notice)",
)

ListStatus = Choices(
    "ListStatus",
    KEY_UNIT="重点排放单位（纳入碳市场）|key emitting unit in the market",
    UNLISTED="未纳入名录的钢铁、水泥报告单位|steel or cement reporter outside the list",
    OTHER_KEY="其他重点行业报告单位|reporter of the other key industries",
    NO_STATUS="无|none",
)

EntryList = Choices(
    "EntryList",
    POWER_LIST="发电行业名录|list of power",
    STEEL_LIST="钢铁行业名录|list of steel",
    CEMENT_LIST="水泥行业名录|list of cement",
    ALUMINIUM_LIST="铝冶炼行业名录|list of aluminium",
    HOST_LIST="主业所属（钢铁、水泥、铝冶炼）行业名录|list of the host's sector: steel, cement, aluminium",
    REPORTERS="报告单位范围（不发配额）|reporters, no allowances",
    NO_LIST="不在任何名录|on no list",
)
