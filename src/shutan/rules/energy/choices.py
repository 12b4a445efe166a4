"""The words of energy: kinds of energy, how electricity is valued, routes of products, levels."""

from shutan.kernel import Choices

EnergyKind = Choices(
    "EnergyKind",
    RAW_COAL="原煤|raw coal",
    WASHED_COAL="洗精煤|cleaned coal",
    MIDDLINGS="洗中煤|coal middlings",
    COAL_SLIME="煤泥|coal slime",
    COAL_GANGUE="煤矸石（用作能源）|coal gangue used as energy",
    COKE="焦炭|coke",
    COAL_TAR="煤焦油|coal tar",
    CRUDE_OIL="原油|crude oil",
    FUEL_OIL="燃料油|fuel oil",
    GASOLINE="汽油|gasoline",
    KEROSENE="煤油|kerosene",
    DIESEL="柴油|diesel",
    CRUDE_BENZOL="粗苯|crude benzol",
    METHANOL="甲醇（用作燃料）|methanol used as fuel",
    ETHANOL="乙醇（用作燃料）|ethanol used as fuel",
    LNG="液化天然气|liquefied natural gas",
    LPG="液化石油气|liquefied petroleum gas",
    REFINERY_GAS="炼厂干气|refinery gas",
    NATURAL_GAS="天然气|natural gas",
    COKE_OVEN_GAS="焦炉煤气|coke-oven gas",
    BLAST_FURNACE_GAS="高炉煤气|blast-furnace gas",
    CONVERTER_GAS="转炉煤气|converter gas",
    PRODUCER_GAS="发生炉煤气|producer gas",
    WATER_GAS="水煤气|water gas",
    HYDROGEN="氢气（用作燃料）|hydrogen used as fuel",
    BIOGAS="沼气|biogas",
    HEAT="热力|heat",
    ELECTRICITY="电力|electricity",
)

BY_VOLUME = (
    "NATURAL_GAS",
    "COKE_OVEN_GAS",
    "BLAST_FURNACE_GAS",
    "CONVERTER_GAS",
    "PRODUCER_GAS",
    "WATER_GAS",
    "HYDROGEN",
    "BIOGAS",
)

Valuation = Choices(
    "Valuation",
    CALORIFIC="当量值|calorific value",
    EQUIVALENT="等价值|equivalent value",
)

# The sizes and feedstocks are those by which the levels differ; the bounds stand in the words of the standard.
ProductRoute = Choices(
    "ProductRoute",
    BLAST_FURNACE="高炉工序（炼铁）|blast furnace",
    CONVERTER="转炉工序（炼钢）|converter",
    ARC_FURNACE_SMALL="电弧炉 30吨＜公称容量＜50吨|arc furnace above 30 t and below 50 t",
    ARC_FURNACE_LARGE="电弧炉 公称容量≥50吨|arc furnace of 50 t or more",
    ALUMINIUM="电解铝（铝液交流电耗）|electrolytic aluminium, AC electricity of liquid aluminium",
    CLINKER="水泥熟料|cement clinker",
    GLASS_LARGE="平板玻璃 ＞800吨/天|flat glass above 800 t/d",
    GLASS_MEDIUM="平板玻璃 ≥500吨/天且≤800吨/天|flat glass of 500 to 800 t/d",
    REFINING="炼油（单位能量因数）|refining, per energy factor",
    ETHYLENE="蒸汽裂解制乙烯|ethylene by steam cracking",
    AMMONIA_LUMP="合成氨 优质无烟块煤|ammonia from good lump anthracite",
    AMMONIA_OTHER_LUMP="合成氨 非优质无烟块煤、型煤|ammonia from other lump coal and briquettes",
    AMMONIA_FINE="合成氨 粉煤|ammonia from fine coal",
    AMMONIA_GAS="合成氨 天然气|ammonia from natural gas",
    CARBIDE="电石|calcium carbide",
)

Edition = Choices(
    "Edition",
    E2021="2021年版（发改产业〔2021〕1609号）|edition of 2021",
    E2023="2023年版（发改产业〔2023〕723号）|edition of 2023",
)

EditionChosen = Choices(
    "EditionChosen",
    IN_FORCE="当年有效版本|the edition in force",
    E2021="2021年版|edition of 2021",
    E2023="2023年版|edition of 2023",
)

LineLevel = Choices(
    "LineLevel",
    NO_DATA="无能耗数据|no data",
    BENCHMARK="达到标杆水平|at the benchmark",
    BETWEEN="基准水平以上、未达标杆|between baseline and benchmark",
    BELOW="低于基准水平|below the baseline",
)

LimitResult = Choices(
    "LimitResult",
    NO_DATA="无能耗数据|no data",
    MET="符合能耗限额|within the limit",
    EXCEEDED="超过能耗限额|above the limit",
)

Target = Choices(
    "Target",
    REACHED="达到目标|reached",
    NOT_REACHED="未达到目标|not reached",
)
