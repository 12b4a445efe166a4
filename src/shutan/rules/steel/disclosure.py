"""What a steel works makes public of its year: appendix D of the guide of 2024."""

from shutan.kernel.report import ListTable, Report
from shutan.rules.common.grains import ENTERPRISE

DISCLOSURE = Report(
    title="温室气体排放信息公开表（钢铁）|Disclosure of greenhouse gas emissions, iron and steel",
    tables=(
        ListTable(
            "D",
            "企业基本信息|Basic information",
            ENTERPRISE,
            (
                "enterprise_name",
                "credit_code",
                "enterprise_type",
                "registered_address",
                "legal_representative",
                "production_address",
                "permit_number",
                "main_industry",
                "industry_code",
                "industry_subclass",
            ),
            "SG D",
        ),
        ListTable("D", "排放量|Emissions", ENTERPRISE, ("enterprise_emissions",), "SG D"),
        ListTable("D", "生产变化|Changes of production", ENTERPRISE, ("production_changes",), "SG D"),
        ListTable(
            "D",
            "报告编制和检测机构|Agencies that wrote the report and tested",
            ENTERPRISE,
            ("report_agency", "report_agency_code", "testing_agency", "testing_agency_code"),
            "SG D",
        ),
    ),
    name_input="enterprise_name",
)
