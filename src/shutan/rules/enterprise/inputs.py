"""What an enterprise states: legal persons, sites, parts with the figures of their own reports, and internal transfers.

The figures of parts are typed by nobody where the sector workbooks are at hand: `shutan enterprise` fills them in.
"""

from shutan.kernel import Choice, Number, Table, Text
from shutan.rules.common.basic_information import basic_information
from shutan.rules.common.fuels import YesNo
from shutan.rules.common.grains import LEGAL_PERSON
from shutan.rules.enterprise import choices
from shutan.rules.enterprise.grains import PART, SITE, TRANSFER


def yes_no(name: str, label: str, clause: str, default: str = "NO") -> Choice:
    """Return a question with its usual answer."""
    return Choice(name, YesNo, label, default=default, clause=clause)


def figure(name: str, label: str, clause: str, help_text: str, **more: object) -> Number:
    """Return a figure of a part's own report, in tonnes; it may be negative where the part sells power or makes gas."""
    return Number(name, label, unit="tCO2", places=6, optional=True, clause=clause, help=help_text, **more)


ENTERPRISE_TABLE = basic_information("ENS total", "3216")

LEGAL_PERSON_TABLE = Table(
    "legal_persons",
    LEGAL_PERSON,
    "法人|Legal persons",
    (
        Text("member_credit_code", "统一社会信用代码|unified social credit code", clause="ENS joint"),
        yes_no(
            "same_group",
            "与报告主体同属一个集团|belongs to the group of the reporting entity",
            "ENS joint",
        ),
    ),
    help="多个法人合并编制一份报告时逐个填写|one row each where one report covers several",
    keys=("法人|legal person",),
)

SITE_TABLE = Table(
    "sites",
    SITE,
    "厂区|Sites",
    (
        Text("site_address", "地址|address", optional=True, clause="ENS joint"),
        yes_no(
            "same_prefecture",
            "与报告主体在同一地级市|in the prefecture-level city of the reporting entity",
            "ENS joint",
        ),
        yes_no(
            "contiguous_site",
            "与报告主体厂区连片|contiguous with the site of the reporting entity",
            "ENS joint",
        ),
    ),
    keys=("法人|legal person", "厂区|site"),
)

PART_TABLE = Table(
    "parts",
    PART,
    "核算单元（各行业报告）|Parts (one sector's report each)",
    (
        Choice("part_sector", choices.PartSector, "行业|sector", clause="ENS market"),
        Choice(
            "part_relation",
            choices.PartRelation,
            "计入方式|how it counts",
            default="COUNTED",
            clause="ENS captive",
        ),
        Text(
            "part_host",
            "主业核算单元（自备电厂填写）|host part, for captive power",
            optional=True,
            required_when="自备电厂|captive power",
            clause="ENS captive",
        ),
        yes_no("part_listed", "在全国碳市场名录内|on a list of the market", "ENS market", "YES"),
        Text("part_file", "数据文件|data file", optional=True, clause="ENS total"),
        Choice(
            "part_status",
            choices.FigureStatus,
            "数据依据|how sure its figures are",
            default="UNCONFIRMED",
            clause="ENS total",
        ),
        figure(
            "part_filed_emissions",
            "企业层级（法人边界）排放量|emissions at enterprise level",
            "ENS total",
            "本行业报告的排放总量，由 shutan enterprise 自动填入|total of its own report; filled in by `shutan enterprise`",
        ),
        figure(
            "part_direct_emissions",
            "其中直接排放量|of which direct",
            "ENS direct",
            "不含净购入电力、热力|without net purchased electricity and heat",
        ),
        Number(
            "captive_inside",
            "其中另列为核算单元的自备电厂|of which captive plants that are parts of their own",
            unit="tCO2",
            places=6,
            minimum=0,
            default="0",
            clause="ENS captive",
            help="仅主业填写：已含在本单元排放量内、又单独列为核算单元的自备电厂|hosts only: contained in this part's total and listed as a part too",
        ),
        figure(
            "part_process_emissions",
            "工序、设施层级（补充数据表）排放量|emissions at process or facility level (supplementary table)",
            "ENS levels",
            "指南没有该层级的填0|0 where its guide has no such level",
        ),
        figure(
            "part_market_emissions",
            "碳市场管控口径排放量|emissions in the market's scope",
            "ENS market",
            "发电：机组；钢铁：企业；水泥：熟料；铝冶炼：电解|power: units; steel: enterprise; cement: clinker; aluminium: electrolysis",
            minimum=0,
        ),
    ),
    keys=("法人|legal person", "厂区|site", "核算单元|part"),
)

TRANSFER_TABLE = Table(
    "transfers",
    TRANSFER,
    "内部转移|Internal transfers",
    (
        Choice("carrier", choices.Carrier, "转移的能源或物料|what passes", clause="ENS transfer"),
        Choice(
            "transfer_scope",
            choices.TransferScope,
            "转移范围|between whom",
            default="SAME",
            clause="ENS transfer",
        ),
        Text("transfer_from", "供出核算单元|part that gives", clause="ENS transfer"),
        Text("transfer_to", "接收核算单元|part that receives", clause="ENS transfer"),
        Number(
            "transfer_amount",
            "转移量|amount",
            unit="transfer_unit",
            places=3,
            minimum=0,
            clause="ENS transfer",
        ),
        Number(
            "receiver_factor",
            "接收方计入的排放因子|factor by which the receiver counts it",
            unit="tCO2/transfer_unit",
            places=8,
            minimum=0,
            clause="ENS transfer",
            help="接收方排放量中未计入的填0（如2024年指南的外购电）|0 where the receiver's total has no part of it, such as electricity by the guides of 2024",
        ),
        Number(
            "sender_factor",
            "供出方扣除的排放因子|factor by which the giver deducts it",
            unit="tCO2/transfer_unit",
            places=8,
            minimum=0,
            clause="ENS transfer",
            help="供出方排放量中未扣除的填0|0 where the giver's total deducts nothing for it",
        ),
    ),
    keys=("接收法人|legal person that receives", "转移|transfer"),
    optional=True,
)

TABLES = (ENTERPRISE_TABLE, LEGAL_PERSON_TABLE, SITE_TABLE, PART_TABLE, TRANSFER_TABLE)
