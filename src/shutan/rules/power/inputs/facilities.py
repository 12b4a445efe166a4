"""The plant, its generating units and generators (tables C.1 and C.2)."""

from shutan.kernel import Choice, Date, Number, Table, Text
from shutan.rules.common import fuels as common
from shutan.rules.common.grains import ENTERPRISE, GENERATOR, UNIT
from shutan.rules.power import choices

ENTERPRISE_TABLE = Table(
    "enterprise",
    ENTERPRISE,
    "基本信息|Basic information",
    (
        Text("enterprise_name", "重点排放单位名称|name of the key emitting unit", clause="AG C.1"),
        Text("credit_code", "统一社会信用代码|unified social credit code", clause="AG C.1"),
        Text("enterprise_nature", "单位性质|kind of enterprise", optional=True, clause="AG C.1"),
        Text("legal_representative", "法定代表人|legal representative", optional=True, clause="AG C.1"),
        Date("registered_on", "注册日期|date of registration", optional=True, clause="AG C.1"),
        Text(
            "registered_capital",
            "注册资本（万元）|registered capital (10⁴ CNY)",
            optional=True,
            clause="AG C.1",
        ),
        Text("registered_address", "注册地址|registered address", optional=True, clause="AG C.1"),
        Text("production_address", "生产经营场所地址|address of production", optional=True, clause="AG C.1"),
        Number(
            "longitude",
            "经度|longitude",
            unit="degree",
            places=6,
            minimum=-180,
            maximum=180,
            optional=True,
            clause="AG C.1",
        ),
        Number(
            "latitude",
            "纬度|latitude",
            unit="degree",
            places=6,
            minimum=-90,
            maximum=90,
            optional=True,
            clause="AG C.1",
        ),
        Number("altitude", "海拔|altitude", unit="m", places=1, optional=True, clause="AG-V04 C.1"),
        Choice(
            "altitude_band",
            choices.AltitudeBand,
            "海拔分档|altitude band",
            default=choices.AltitudeBand.UNPUBLISHED,
            clause="AG-V04 6.2.5",
        ),
        Text("postcode", "邮政编码|postcode", optional=True, clause="AG C.1"),
        Text("contact", "联系人|contact", optional=True, clause="AG C.1"),
        Text("contact_phone", "联系电话|telephone", optional=True, clause="AG C.1"),
        Text(
            "supervising_department",
            "生态环境主管部门|supervising department",
            optional=True,
            clause="AG C.1",
        ),
        Text("industry_class", "行业分类|industry class", optional=True, clause="AG C.1"),
        Text(
            "industry_code",
            "行业代码|industry code",
            optional=True,
            clause="AG C.1",
            help="4411、4412等|4411, 4412 and so on",
        ),
        Text("production_changes", "生产经营变化情况|changes of production", optional=True, clause="AG C.1"),
        Text(
            "report_agency",
            "编制温室气体排放报告的技术服务机构|agency that wrote the report",
            optional=True,
            clause="AG C.1",
        ),
        Text(
            "report_agency_code",
            "技术服务机构代码|credit code of that agency",
            optional=True,
            clause="AG C.1",
        ),
        Text("coal_laboratory", "煤质分析检验机构|coal laboratory", optional=True, clause="AG C.1"),
        Text(
            "coal_laboratory_code",
            "检验机构代码|credit code of the laboratory",
            optional=True,
            clause="AG C.1",
        ),
        Number(
            "stack_measured_emissions",
            "烟气连续监测二氧化碳排放量（仅作对照）|carbon dioxide measured in the stack, only to compare with",
            unit="tCO2",
            places=2,
            minimum=0,
            optional=True,
            clause="AG C.1",
        ),
        Choice(
            "carbon_rounding",
            choices.CarbonRounding,
            "元素碳含量小数位|decimals of carbon content",
            default=choices.CarbonRounding.GUIDELINE,
            clause="AG 6.2.3",
        ),
    ),
)

UNIT_TABLE = Table(
    "units",
    UNIT,
    "机组及生产设施|Units and facilities",
    (
        Choice("unit_category", choices.UnitCategory, "机组类别|unit category", clause="AG C.2"),
        Choice("product", choices.Product, "机组类型|kind of production", clause="AG C.2"),
        Choice("main_fuel_kind", common.FuelKind, "主要燃料|main fuel", clause="AG C.2"),
        Choice("boiler_type", choices.BoilerType, "锅炉类型|boiler type", clause="AG C.2"),
        Text(
            "boiler_name", "锅炉名称、编号、型号|boiler: name, number, model", optional=True, clause="AG C.2"
        ),
        Number(
            "boiler_capacity",
            "锅炉生产能力|boiler output",
            unit="t/h",
            places=2,
            minimum=0,
            optional=True,
            clause="AG C.2",
        ),
        Text(
            "turbine_name",
            "汽轮机名称、编号、型号|turbine: name, number, model",
            optional=True,
            clause="AG C.2",
        ),
        Text("turbine_type", "汽轮机类型|kind of turbine", optional=True, clause="AG C.2"),
        Text("pressure_class", "压力参数|steam pressure class", optional=True, clause="AG C.2"),
        Number(
            "turbine_capacity",
            "汽轮机额定功率|rated power of turbine",
            unit="MW",
            places=3,
            minimum=0,
            optional=True,
            clause="AG C.2",
        ),
        Choice("cooling", choices.Cooling, "冷却方式|cooling", clause="AG C.2"),
        Choice(
            "merged", common.YesNo, "合并填报|reported together", default=common.YesNo.NO, clause="AG C.2"
        ),
        Text(
            "merged_units",
            "合并填报的机组编号|numbers of the units reported together",
            optional=True,
            required_when="合并填报时|when units are reported together",
            clause="AG C.2",
        ),
        Choice(
            "cofires_biomass",
            common.YesNo,
            "掺烧生物质（含垃圾、污泥）|co-fires biomass",
            default=common.YesNo.NO,
            clause="AG E.1",
        ),
        Text(
            "biomass_name",
            "掺烧生物质名称|name of the biomass",
            optional=True,
            required_when="掺烧生物质时|when biomass is co-fired",
            clause="AG C.3",
        ),
        Choice(
            "heat_ratio_method",
            choices.HeatRatioMethod,
            "供热比计算方法|method of the heat-supply ratio",
            default=choices.HeatRatioMethod.TURBINE_HEAT,
            clause="AG E heat ratio",
        ),
        Choice(
            "boiler_heat_method",
            choices.BoilerHeatMethod,
            "锅炉产热量取得方式|how boiler heat is found",
            default=choices.BoilerHeatMethod.STEAM_BALANCE,
            clause="AG E.2",
        ),
        Date("commissioned_on", "投产日期|commissioned on", optional=True, clause="AG C.2"),
        Date("closed_on", "关停日期|closed on", optional=True, clause="AG C.2"),
    ),
    keys=("机组|unit",),
)

GENERATOR_TABLE = Table(
    "generators",
    GENERATOR,
    "发电机|Generators",
    (
        Number(
            "generator_capacity",
            "发电机额定功率|rated capacity of the generator",
            symbol="P_e",
            unit="MW",
            places=3,
            minimum=0,
            clause="AG C.2",
        ),
        Choice(
            "generator_role",
            choices.GeneratorRole,
            "在用或备用|in service or spare",
            default=choices.GeneratorRole.IN_SERVICE,
            clause="AG 9.3 merged",
        ),
        Text("generator_model", "发电机型号|model", optional=True, clause="AG C.2"),
    ),
    keys=("机组|unit", "发电机|generator"),
)
