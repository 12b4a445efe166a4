"""What a cell of the steel sheets may choose from."""

from shutan.kernel import Choices

ProcessKind = Choices(
    "ProcessKind",
    COKING="焦化|coking",
    SINTERING="烧结|sintering",
    PELLETIZING="球团|pelletizing",
    IRONMAKING="炼铁（高炉、非高炉、RKEF）|ironmaking: blast furnace, other, RKEF",
    CONVERTER="转炉炼钢|converter steelmaking",
    ELECTRIC_FURNACE="电炉炼钢|electric-furnace steelmaking",
)

# Table A.2 on the input side; the products that are deducted have columns of their own.
MaterialKind = Choices(
    "MaterialKind",
    LIMESTONE="石灰石|limestone",
    DOLOMITE="白云石|dolomite",
    ELECTRODE="电极|electrode",
    PIG_IRON="生铁（外购）|pig iron, bought",
    DIRECT_REDUCED_IRON="直接还原铁|direct reduced iron",
    SCRAP="废钢|scrap",
    NICKEL_IRON="镍铁|ferronickel",
    FERROMOLYBDENUM="钼铁|ferromolybdenum",
    FERROSILICON="硅铁|ferrosilicon",
    SILICOMANGANESE="锰硅合金|silicomanganese",
    LOW_CARBON_SILICOMANGANESE="低碳锰硅合金|low-carbon silicomanganese",
    FERROMANGANESE_BLAST_FURNACE="高炉锰铁|blast-furnace ferromanganese",
    FERROMANGANESE_HIGH_CARBON="电炉高碳锰铁|electric-furnace high-carbon ferromanganese",
    FERROMANGANESE_MICRO_CARBON="微碳锰铁|micro-carbon ferromanganese",
    FERROCHROME_HIGH_CARBON="高碳铬铁|high-carbon ferrochrome",
    NOT_LISTED="表A.2未列（不计）|not in table A.2, not counted",
)

MaterialGroup = Choices(
    "MaterialGroup",
    FLUX="碳酸盐（熔剂）|carbonates: fluxes",
    ELECTRODE="电极|electrodes",
    CARBON_MATERIAL="外购含碳原料|bought carbon-containing materials",
)

HeatDirection = Choices(
    "HeatDirection",
    INTO="输入工序|into the process",
    OUT="回收外送|recovered and sent out",
)

MeterCheck = Choices("MeterCheck", OWN="自校|by the works", OUTSIDE="外检|by an outside body")

Route = Choices(
    "Route",
    LONG="长流程（高炉-转炉）|blast furnace and converter",
    ELECTRIC="独立电炉|independent electric furnace works",
    ROLLING="独立轧钢|independent rolling mill",
    FOUNDRY_IRON="铸造生铁|foundry iron",
)

ServiceState = Choices(
    "ServiceState",
    IN_SERVICE="正常生产|producing",
    COMMISSIONED="当年新投产|commissioned this year",
    CLOSED="核定前已关停|closed before the verified allocation",
)

AllocationTreatment = Choices(
    "AllocationTreatment",
    FORMULA="按行业平衡值核定|by the balance value of the industry",
    EQUAL_TO_EMISSIONS="配额等于核查排放量|allowance equals verified emissions",
    OUTSIDE="不纳入当年度配额分配|outside the allocation of the year",
)
