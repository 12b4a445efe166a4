"""What a power plant makes public of its year: appendix D. Surrender and mitigation results follow no report: they are entered."""

from shutan.kernel.report import ListTable, Report, RowTable
from shutan.rules.common.grains import ENTERPRISE, FUEL_MONTH, UNIT
from shutan.rules.power.tables import BASIC_INFORMATION, FACILITIES

DISCLOSURE = Report(
    title="温室气体排放信息公开表（发电设施）|Disclosure of greenhouse gas emissions, power generation",
    tables=(
        ListTable("D.1", "基本信息|Basic information", ENTERPRISE, BASIC_INFORMATION, "AG D"),
        ListTable("D.2", "机组及生产设施信息|Units and facilities", UNIT, FACILITIES, "AG D"),
        RowTable(
            "D.3",
            "低位发热量和元素碳含量的确定方式|How calorific value and carbon were determined",
            FUEL_MONTH,
            ("ncv_source", "carbon_source", "carbon_route"),
            "AG D",
        ),
        ListTable("D.4", "机组排放量|Emissions of the units", UNIT, ("unit_emissions",), "AG D"),
        ListTable("D.4", "排放量|Emissions", ENTERPRISE, ("enterprise_emissions",), "AG D"),
        ListTable(
            "D.5", "生产经营变化情况|Changes of production", ENTERPRISE, ("production_changes",), "AG D"
        ),
        ListTable(
            "D.6",
            "报告编制机构|Agency that wrote the report",
            ENTERPRISE,
            ("report_agency", "report_agency_code"),
            "AG D",
        ),
    ),
    name_input="enterprise_name",
)
