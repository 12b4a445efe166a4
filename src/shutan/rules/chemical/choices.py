"""What a chemical works chooses from: materials with a default carbon content, routes to nitric and adipic acid."""

from shutan.kernel import Choices

ChemicalMaterial = Choices(
    "ChemicalMaterial",
    ACETONITRILE="乙腈|acetonitrile",
    ACRYLONITRILE="丙烯腈|acrylonitrile",
    BUTADIENE="丁二烯|butadiene",
    CARBON_BLACK="炭黑|carbon black",
    ACETYLENE="乙炔|acetylene",
    ETHYLENE="乙烯|ethylene",
    DICHLOROETHANE="二氯乙烷|ethylene dichloride",
    ETHYLENE_GLYCOL="乙二醇|ethylene glycol",
    ETHYLENE_OXIDE="环氧乙烷|ethylene oxide",
    HYDROGEN_CYANIDE="氰化氢|hydrogen cyanide",
    METHANOL="甲醇|methanol",
    METHANE="甲烷|methane",
    ETHANE="乙烷|ethane",
    PROPANE="丙烷|propane",
    PROPYLENE="丙烯|propylene",
    VINYL_CHLORIDE="氯乙烯单体|vinyl chloride monomer",
    UREA="尿素|urea",
    AMMONIUM_BICARBONATE="碳酸氢铵|ammonium hydrogen carbonate",
    CALCIUM_CARBIDE="标准电石（发气量300 L/kg）|standard calcium carbide, 300 L/kg",
    OTHER="其他（须实测）|other, to be measured",
)

CarbonRole = Choices(
    "CarbonRole",
    INPUT="原料（输入）|raw material, goes in",
    PRODUCT="含碳产品（输出）|product that carries carbon, comes out",
    RESIDUE="其他含碳输出物（废渣、废液等）|other output that carries carbon: residue, waste liquor",
)

NitricRoute = Choices(
    "NitricRoute",
    HIGH_PRESSURE="高压法|high pressure",
    MEDIUM_PRESSURE="中压法|medium pressure",
    ATMOSPHERIC="常压法|atmospheric",
    DUAL_PRESSURE="双加压法|dual pressure",
    COMBINED="综合法|combined",
    LOW_PRESSURE="低压法|low pressure",
)

NitricAbatement = Choices(
    "NitricAbatement",
    NONE="无|none",
    NON_SELECTIVE="非选择性催化还原|non-selective catalytic reduction",
    SELECTIVE="选择性催化还原|selective catalytic reduction",
    EXTENDED_ABSORPTION="延长吸收|extended absorption",
)

AdipicRoute = Choices(
    "AdipicRoute",
    NITRIC_OXIDATION="硝酸氧化|oxidation with nitric acid",
    OTHER="其他工艺|other route",
)

AdipicAbatement = Choices(
    "AdipicAbatement",
    NONE="无|none",
    CATALYTIC="催化去除|catalytic destruction",
    THERMAL="热去除|thermal destruction",
    TO_NITRIC_ACID="回收为硝酸|recycled to nitric acid",
    TO_ADIPIC_FEED="回收用作己二酸原料|recycled as feed for adipic acid",
)

# Workshops of the supplementary tables seen; other products have tables that were not.
WorkshopProduct = Choices(
    "WorkshopProduct",
    AMMONIA="合成氨|ammonia",
    CARBIDE="电石|calcium carbide",
    UREA="尿素|urea",
    SODA_ASH="轻质纯碱（含用于生产重质纯碱和小苏打的部分）|light soda ash, that for dense soda ash and baking soda included",
)

SodaRoute = Choices(
    "SodaRoute", AMMONIA_SODA="氨碱法|ammonia-soda process", COMBINED_SODA="联碱法|combined process"
)

WorkshopStream = Choices(
    "WorkshopStream", IN="投入原料|raw material in", OUT="产品和其他含碳输出物|product or other carbon out"
)

StreamState = Choices("StreamState", MASS="固体或液体|solid or liquid", VOLUME="气体|gas")
