"""What a cell of the cement sector's sheets may choose from."""

from shutan.kernel import Choices

# What burns fuel or emits beside the clinker lines.
FacilityKind = Choices(
    "CementFacility",
    MOBILE="厂内移动源及其他化石燃料使用|mobile sources and other use of fuel",
    POWER_UNIT="发电设施（未列入发电行业名录）|power unit not on the power list",
    LISTED_POWER_UNIT="发电设施（已列入发电行业名录，仅引用）|power unit on the power list, quoted only",
    OTHER="其他非水泥熟料生产设施|other facility than for clinker",
)

Equipment = Choices(
    "CementEquipment",
    POWER_BOILER="发电锅炉|power boiler",
    INDUSTRIAL_BOILER="工业锅炉|industrial boiler",
    OTHER="其他（移动源等）|other, such as vehicles",
)

ClinkerClass = Choices(
    "ClinkerClass",
    PORTLAND="硅酸盐水泥熟料|Portland clinker",
    WHITE="白色硅酸盐水泥熟料|white Portland clinker",
    SULPHOALUMINATE="硫（铁）铝酸盐水泥熟料|sulpho(ferro)aluminate clinker",
    ALUMINATE="铝酸盐水泥熟料（使用碳酸盐原料）|aluminate clinker, with carbonate raw material",
    ALUMINATE_NO_CARBONATE="铝酸盐水泥熟料（不使用碳酸盐原料）|aluminate clinker, without carbonate raw material",
)

ClinkerVariety = Choices(
    "ClinkerVariety",
    GENERAL="通用|general",
    LOW_ALKALI="低碱通用|general, low alkali",
    MODERATE_SULPHATE="中抗硫酸盐|moderate sulphate resistance",
    HIGH_SULPHATE="高抗硫酸盐|high sulphate resistance",
    MODERATE_HEAT="中热|moderate heat",
    LOW_HEAT="低热|low heat",
    ROAD="道路硅酸盐|road",
    OIL_WELL="油井|oil well",
    NUCLEAR="核电工程用|nuclear engineering",
    WHITE="白色|white",
    ALUMINATE="铝酸盐|aluminate",
    SULPHOALUMINATE="硫（铁）铝酸盐|sulpho(ferro)aluminate",
)

AlternativeMaterial = Choices(
    "AlternativeMaterial",
    DESULPHURISATION_POWDER="脱硫粉剂（氢氧化钙）|desulphurisation powder, calcium hydroxide",
    HYDRATED_LIME="熟石灰|hydrated lime",
    CARBIDE_SLAG="电石渣|carbide slag",
    MAGNESIUM_SLAG="镁渣|magnesium slag",
    PAPER_WHITE_MUD="造纸白泥|white mud of paper mills",
    CALCIUM_FLUORIDE_SLUDGE="氟化钙污泥|calcium fluoride sludge",
    PHOSPHORUS_SLAG="磷渣|phosphorus slag",
    VANADIUM_TITANIUM_SLAG="钒钛渣|vanadium-titanium slag",
    NITROGEN_SLAG="氮渣|nitrogen slag",
    INCINERATION_FLY_ASH="飞灰（生活垃圾焚烧）|fly ash of waste incineration",
    FERROALLOY_SLAG="铁合金炉渣|ferroalloy slag",
    FGD_GYPSUM="脱硫石膏|desulphurisation gypsum",
    PHOSPHOGYPSUM="磷石膏|phosphogypsum",
    TITANOGYPSUM="钛石膏|titanogypsum",
    FLUOROGYPSUM="氟石膏|fluorogypsum",
    BOROGYPSUM="硼石膏|borogypsum",
    MOULD_GYPSUM="模型石膏|mould gypsum",
    CITRIC_ACID_RESIDUE="柠檬酸渣|citric-acid residue",
    STEEL_SLAG="钢渣|steel slag",
    NICKEL_SLAG="镍渣|nickel slag",
    MANGANESE_SLAG="锰渣|manganese slag",
    ZINC_SLAG="锌渣|zinc slag",
    TIN_SLAG="锡渣|tin slag",
    MUNICIPAL_SLUDGE="市政污泥|municipal sludge",
    ALUMINIUM_SLAG="铝渣|aluminium slag",
    PYRITE_CINDER="硫酸渣|pyrite cinder",
    COPPER_SLAG="铜渣|copper slag",
    LEAD_ZINC_SLAG="铅锌渣|lead-zinc slag",
    COAL_FLY_ASH="粉煤灰|coal fly ash",
    RED_MUD="赤泥|red mud",
)

LineTechnology = Choices(
    "LineTechnology",
    ORDINARY="一般熟料生产线|ordinary clinker line",
    GYPSUM_SULPHURIC_ACID="石膏制硫酸副产硅酸盐水泥熟料|clinker as by-product of sulphuric acid from gypsum",
)

# Guides before the 2024 one: carbon in raw meal that is no fuel.
RawMealCarbon = Choices(
    "RawMealCarbon",
    ORDINARY="未使用煤矸石、高碳粉煤灰等配料|no gangue or high-carbon ash in the raw meal",
    WITH_CARBON="使用煤矸石、高碳粉煤灰等配料|with gangue or high-carbon ash in the raw meal",
)

AlternativeFuel = Choices(
    "AlternativeFuel",
    WASTE_OIL="废油|waste oil",
    WASTE_TYRES="废轮胎|waste tyres",
    PLASTICS="塑料|plastics",
    WASTE_SOLVENTS="废溶剂|waste solvents",
    WASTE_LEATHER="废皮革|waste leather",
    WASTE_FRP="废玻璃钢|waste glass-fibre plastic",
)

LineAllocation = Choices(
    "LineAllocation",
    FIRST_YEAR="2024年度：配额等于核查排放量|2024: allowance equals verified emissions",
    INTENSITY="按碳排放强度系数分配|allocated by intensity coefficient",
    NOT_LISTED="不在当年度重点排放单位名录|not on the year's list of key emitting units",
    NOT_PORTLAND="不生产硅酸盐水泥熟料|makes no Portland clinker",
    WHITE_ONLY="仅生产白色硅酸盐水泥熟料|makes only white Portland clinker",
    CARBIDE_SLAG="电石渣替代率超出界限|carbide slag above the limit",
    GYPSUM_SULPHURIC_ACID="石膏制硫酸副产熟料|by-product of sulphuric acid from gypsum",
    COMMISSIONED="当年新投产|commissioned this year",
    CLOSED="核定前已关停|closed before the verified allocation",
    SMALL_EMITTER="企业核查排放量低于界限|enterprise below the emission limit",
)
