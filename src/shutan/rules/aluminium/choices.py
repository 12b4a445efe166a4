"""What a cell of the aluminium sector's sheets may choose from."""

from shutan.kernel import Choices

FacilityKind = Choices(
    "AluminiumFacility",
    POWER_UNIT="发电设施（未列入发电行业名录）|power unit not on the power list",
    LISTED_POWER_UNIT="发电设施（已列入发电行业名录，仅引用）|power unit on the power list, quoted only",
    OTHER="其他非铝冶炼设施|other facility than for aluminium smelting",
)

AnodeSource = Choices(
    "AnodeSource",
    DEFAULT="缺省值|default",
    MEASURED="实测值|measured",
)

# Guide of 2013: perfluorocarbons from the minutes of anode effect where they are recorded.
PfcMethod = Choices(
    "PfcMethod",
    DEFAULT="排放因子缺省值|default factors",
    ANODE_EFFECT="按阳极效应持续时间计算|from the minutes of anode effect",
)

ElectrolysisAllocation = Choices(
    "ElectrolysisAllocation",
    FIRST_YEAR="2024年度：配额等于核查排放量|2024: allowance equals verified emissions",
    INTENSITY="按碳排放强度系数分配|allocated by intensity coefficient",
    NOT_LISTED="不在当年度重点排放单位名录|not on the year's list of key emitting units",
    COMMISSIONED="当年新投产|commissioned this year",
    CLOSED="核定前已关停|closed before the verified allocation",
    SMALL_EMITTER="企业核查排放量低于界限|enterprise below the emission limit",
)
