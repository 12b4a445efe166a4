"""What an industrial works makes public where only the duty was seen, not the guide's form (Regulation 11: emissions, facilities, methods)."""

from shutan.kernel.inputs import labels
from shutan.kernel.report import ListTable, Report
from shutan.rules.common.grains import ENTERPRISE

_WHO = (
    "enterprise_name",
    "credit_code",
    "enterprise_nature",
    "legal_representative",
    "registered_address",
    "production_address",
    "industry_class",
    "sector_code",
)
_NOTE = "指南附录D未见原文，项目待核实。|The guide's appendix D was not seen: the items are unconfirmed."


def industry_disclosure(sector: str, clause: str) -> Report:
    """Return the disclosure of a sector (`中文|English`) under its guide's clause."""
    zh, en = labels(sector)
    return Report(
        title=f"温室气体排放信息公开表（{zh}）|Disclosure of greenhouse gas emissions, {en}",
        tables=(
            ListTable("D", "企业基本信息|Basic information", ENTERPRISE, _WHO, clause, _NOTE),
            ListTable("D", "排放量|Emissions", ENTERPRISE, ("enterprise_emissions",), clause),
            ListTable("D", "生产变化|Changes of production", ENTERPRISE, ("production_changes",), clause),
            ListTable(
                "D",
                "报告编制和检测机构|Agencies that wrote the report and tested",
                ENTERPRISE,
                ("report_agency", "analysis_laboratory"),
                clause,
            ),
        ),
        name_input="enterprise_name",
    )
