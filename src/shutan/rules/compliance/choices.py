"""The words of compliance: vintages, kinds of offset, breaches, and the law a decision stands on."""

from shutan.kernel import Choices

Vintage = Choices(
    "Vintage",
    V2019_2020="2019—2020年配额|2019-2020",
    V2021="2021年配额|2021",
    V2022="2022年配额|2022",
    V2023="2023年配额|2023",
    V2024="2024年配额|2024",
    V2025="2025年配额|2025",
    V2026="2026年配额|2026",
)

OffsetKind = Choices(
    "OffsetKind",
    BEFORE_MARCH_2017="2017年3月前产生的减排量|reductions produced before March 2017",
    OTHER_OLD="其他2024年1月22日前登记的减排量|others registered before 22 January 2024",
    AFTER_RESTART="2024年1月22日市场启动后登记的减排量|registered after the market start of 22 January 2024",
)

Breach = Choices(
    "Breach",
    MANAGEMENT="未制定执行质控方案、未报送、未公开、未保存记录|no quality scheme, report, disclosure or records",
    FALSE_REPORT="未按规定核算、报告重大缺陷或弄虚作假、样品不合规|wrong calculation, defective or false report, samples not as ruled",
    LABORATORY="检验检测报告不实或虚假|untrue or false test report",
    SERVICE_AGENCY="技术服务机构报告或审核意见重大缺陷或弄虚作假|defective or false report or opinion of an agency",
    NON_SURRENDER="未按规定清缴配额|allowances not surrendered",
    MANIPULATION="操纵市场|market manipulation",
    DISTURBANCE="扰乱市场秩序|disturbing the market",
    REFUSED_INSPECTION="拒绝、阻碍监督检查|refusing inspection",
)

# Which law a decision stands on follows from the day of the decision, not from the reporting year.
DecisionRegime = Choices(
    "DecisionRegime",
    MEASURES="管理办法（试行）：2021-02-01至2024-04-30|Measures: 2021-02-01 to 2024-04-30",
    REGULATION="暂行条例：2024-05-01至2026-08-14|Regulation: 2024-05-01 to 2026-08-14",
    CODE="生态环境法典：2026-08-15起|Ecological and Environmental Code: from 2026-08-15",
)
