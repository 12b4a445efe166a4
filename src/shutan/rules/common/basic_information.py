"""Who reports: the first form of every guide for an industrial works. A sector adds cells of its own."""

from shutan.kernel import Date, Input, Number, Table, Text
from shutan.rules.common.grains import ENTERPRISE

NAMES = (
    "enterprise_name",
    "credit_code",
    "enterprise_nature",
    "legal_representative",
    "registered_on",
    "registered_address",
    "production_address",
    "postcode",
    "contact",
    "contact_phone",
    "supervising_department",
    "industry_class",
    "sector_code",
    "production_changes",
    "report_agency",
    "analysis_laboratory",
)


def basic_information(clause: str, code_example: str, *more: Input) -> Table:
    """Return the sheet of basic information; only name and code of the enterprise must be filled in."""
    optional = {"optional": True, "clause": clause}
    return Table(
        "enterprise",
        ENTERPRISE,
        "基本信息|Basic information",
        (
            Text("enterprise_name", "重点排放单位名称|name of the key emitting unit", clause=clause),
            Text("credit_code", "统一社会信用代码|unified social credit code", clause=clause),
            Text("enterprise_nature", "单位性质|kind of enterprise", **optional),
            Text("legal_representative", "法定代表人|legal representative", **optional),
            Date("registered_on", "注册日期|date of registration", **optional),
            Text("registered_address", "注册地址|registered address", **optional),
            Text("production_address", "生产经营场所地址|address of production", **optional),
            Number(
                "longitude",
                "经度|longitude",
                unit="degree",
                places=6,
                minimum=-180,
                maximum=180,
                **optional,
            ),
            Number(
                "latitude",
                "纬度|latitude",
                unit="degree",
                places=6,
                minimum=-90,
                maximum=90,
                **optional,
            ),
            Text("postcode", "邮政编码|postcode", **optional),
            Text("contact", "联系人|contact", **optional),
            Text("contact_phone", "联系电话|telephone", **optional),
            Text("supervising_department", "生态环境主管部门|supervising department", **optional),
            Text("industry_class", "行业分类|industry class", **optional),
            Text(
                "sector_code",
                "国民经济行业代码|class of GB/T 4754",
                help=f"{code_example}|{code_example}",
                **optional,
            ),
            Text("production_changes", "生产经营变化情况|changes of production", **optional),
            Text(
                "report_agency",
                "编制温室气体排放报告的技术服务机构|agency that wrote the report",
                **optional,
            ),
            Text("analysis_laboratory", "分析检测单位|laboratory", **optional),
            *more,
        ),
    )
