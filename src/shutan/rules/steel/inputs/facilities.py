"""The works, its legal persons, processes, facilities and power units (tables C.1 and C.2)."""

from shutan.kernel import Choice, Date, Number, Table, Text
from shutan.rules.common.fuels import YesNo
from shutan.rules.common.grains import ENTERPRISE, FACILITY, LEGAL_PERSON, PROCESS, UNIT
from shutan.rules.common.purchased import grid_area_input
from shutan.rules.steel import choices


def _text(name: str, label: str, clause: str = "SG C.1") -> Text:
    return Text(name, label, optional=True, clause=clause)


ENTERPRISE_TABLE = Table(
    "enterprise",
    ENTERPRISE,
    "企业基本信息|Basic information",
    (
        Text("enterprise_name", "重点排放单位名称|name of the key emitting unit", clause="SG C.1"),
        Text("credit_code", "统一社会信用代码|unified social credit code", clause="SG C.1"),
        _text("enterprise_type", "企业类型|kind of enterprise"),
        _text("registered_address", "注册地址|registered address"),
        _text("legal_representative", "法定代表人|legal representative"),
        _text("registered_capital", "注册资本（万元）|registered capital (10⁴ CNY)"),
        Date("founded_on", "成立日期|founded on", optional=True, clause="SG C.1"),
        _text("production_address", "生产经营场所地址|production address"),
        _text("permit_number", "排污许可证编号|number of the pollution permit"),
        _text("main_industry", "主营业务行业|main industry"),
        _text("industry_code", "行业代码|industry code"),
        _text("industry_subclass", "行业子类|sub-class: pig iron, crude steel, rolled steel and so on"),
        _text("product_code", "主营产品统计代码|statistical code of the main product"),
        _text("supervising_department", "生态环境主管部门|department reported to"),
        _text("contact", "联系人|contact"),
        _text("contact_phone", "联系电话|telephone"),
        _text("contact_email", "电子邮箱|e-mail"),
        _text("report_agency", "编制温室气体排放报告的技术服务机构|agency that wrote the report"),
        _text("report_agency_code", "技术服务机构代码|credit code of that agency"),
        _text("testing_agency", "检验检测、检定校准机构|testing and calibration agency"),
        _text("testing_agency_code", "检验检测机构代码|credit code of that agency"),
        Text(
            "production_changes",
            "生产经营变化情况|changes of production",
            optional=True,
            clause="SG C.1",
            length=1000,
        ),
        Number(
            "listed_units_emissions",
            "纳入发电行业管理的机组排放量（引用，不计入）|emissions of units on the power list, quoted only",
            unit="tCO2",
            places=2,
            minimum=0,
            optional=True,
            clause="SG C.1",
        ),
        grid_area_input("SN electricity"),
    ),
)

LEGAL_PERSON_TABLE = Table(
    "legal_persons",
    LEGAL_PERSON,
    "联合生产的其他法人|Other legal persons of a joint works",
    (
        Text("legal_person_name", "企业名称|name", clause="SG G"),
        Text("legal_person_code", "统一社会信用代码|unified social credit code", clause="SG G"),
        _text("legal_person_address", "生产经营场所|place of production", "SG G"),
        _text("legal_person_processes", "拥有的工序和设施|processes and facilities it owns", "SG G"),
    ),
    keys=("法人|legal person",),
    optional=True,
    help="同一集团、同一厂区、上下游紧密联系的法人合并报告|legal persons of one group on one site report together",
)

PROCESS_TABLE = Table(
    "processes",
    PROCESS,
    "工序|Processes",
    (
        Choice("process_kind", choices.ProcessKind, "工序类型|kind of process", clause="SG C.2"),
        _text("process_product_code", "产品名称及代码|product and its code", "SG C.2"),
        Number(
            "approved_capacity",
            "批复产能（万吨/年）|approved capacity (10⁴ t a year)",
            unit="10⁴t",
            places=4,
            minimum=0,
            optional=True,
            clause="SG C.2",
        ),
        _text("process_owner", "所属法人|legal person that owns it", "SG C.2"),
    ),
    keys=("工序|process",),
    optional=True,
    help="仅有轧钢的企业不填|works that only roll leave this empty",
)

FACILITY_TABLE = Table(
    "facilities",
    FACILITY,
    "工序生产设施|Facilities of the processes",
    (
        _text("facility_size", "规格（炭化室高、烧结面积、容积、公称容量）|size", "SG C.2"),
        Date("facility_commissioned_on", "投产日期|commissioned on", optional=True, clause="SG C.2"),
        _text("facility_remark", "备注（停产、检修、复产）|remark: stop, repair, restart", "SG C.2"),
    ),
    keys=("工序|process", "设施|facility"),
    optional=True,
    once="facility",
)

UNIT_TABLE = Table(
    "units",
    UNIT,
    "发电设施（掺烧自产二次能源）|Power units that co-fire own secondary energy",
    (
        Choice(
            "on_power_list",
            YesNo,
            "已纳入发电行业重点排放单位名录|on the power list",
            default=YesNo.NO,
            clause="SG 5.1 units",
        ),
        Number(
            "unit_capacity",
            "装机容量|capacity",
            unit="MW",
            places=3,
            minimum=0,
            optional=True,
            clause="SG C.2",
        ),
        _text("unit_fuel_type", "燃料类型及名称|kind of fuel", "SG C.2"),
        _text("unit_category", "机组类别|unit category", "SG C.2"),
        Date("unit_commissioned_on", "投产日期|commissioned on", optional=True, clause="SG C.2"),
        _text("unit_boiler", "锅炉（名称、类型、编号、型号、t/h）|boiler", "SG C.2"),
        _text("unit_turbine", "汽轮机（名称、类型、编号、型号、压力、冷却）|turbine", "SG C.2"),
        _text("unit_generator", "发电机（名称、编号、型号）|generator", "SG C.2"),
    ),
    keys=("机组|unit",),
    optional=True,
)
