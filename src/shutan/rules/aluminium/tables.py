"""The annual report of an aluminium smelter. The numbers of the 2024 guide's forms were not seen: they stand in its order."""

from shutan.kernel.report import Bars, Curves, Line, ListTable, MonthTable, Report, RowTable, Stack
from shutan.rules.aluminium.grains import OTHER_FACILITY
from shutan.rules.common.allocation import KEY_UNIT_ALLOWANCES
from shutan.rules.common.basic_information import NAMES
from shutan.rules.common.grains import ENTERPRISE, PROCESS

TABLES = (
    ListTable("表1", "基本信息|Basic information", ENTERPRISE, NAMES, "ALU24 form basic"),
    ListTable(
        "表2",
        "铝电解工序信息|Electrolysis processes",
        PROCESS,
        ("design_current", "design_voltage", "cell_number", "electrolysis_capacity", "rectifier_sets"),
        "ALU24 form process",
    ),
    MonthTable(
        "表3",
        "化石燃料燃烧排放|Fossil fuel",
        ENTERPRISE,
        (
            Line("works_fuel_consumption", "annual_works_fuel_consumption"),
            Line("ncv_ar", "annual_works_ncv"),
            Line("carbon_of_fuel", ""),
            Line("", "works_oxidation_rate"),
            Line("works_fuel_emissions", "annual_works_fuel_emissions"),
        ),
        "ALU24 form enterprise",
    ),
    MonthTable(
        "表4",
        "能源作为原材料用途排放（炭阳极）|Energy as raw material: anodes",
        PROCESS,
        (
            Line("gross_anode_consumption", ""),
            Line("net_anode_consumption", "process_net_anode_consumption"),
            Line("anode_sulphur", ""),
            Line("anode_ash", ""),
            Line("monthly_anode_emissions", "process_anode_emissions"),
        ),
        "ALU24 form anode",
    ),
    MonthTable(
        "表5",
        "阳极效应排放|Anode effect",
        PROCESS,
        (
            Line("liquid_aluminium", "process_liquid_aluminium"),
            Line("cf4_factor", ""),
            Line("c2f6_factor", ""),
            Line("monthly_pfc_emissions", "process_pfc_emissions"),
        ),
        "ALU24 form PFC",
    ),
    MonthTable(
        "表6",
        "碳酸盐分解排放|Carbonates",
        ENTERPRISE,
        (
            Line("carbonate_consumption", ""),
            Line("carbonate_purity", ""),
            Line("carbonate_month_emissions", "annual_carbonate_emissions"),
        ),
        "ALU24 form enterprise",
    ),
    RowTable(
        "表7",
        "发电设施及其他设施|Power units and other facilities",
        OTHER_FACILITY,
        ("facility_kind", "own_guide_emissions"),
        "ALU24 form enterprise",
    ),
    MonthTable(
        "表8",
        "铝电解工序汇总|Electrolysis: summary",
        PROCESS,
        (
            Line("liquid_aluminium", "process_liquid_aluminium"),
            Line("monthly_anode_emissions", "process_anode_emissions"),
            Line("monthly_pfc_emissions", "process_pfc_emissions"),
            Line("monthly_electrolysis_emissions", "electrolysis_emissions"),
            Line("monthly_electrolysis_intensity", "electrolysis_intensity"),
        ),
        "ALU24 form enterprise",
    ),
    ListTable(
        "表8",
        "企业层级汇总|Enterprise: summary",
        ENTERPRISE,
        (
            "enterprise_emissions",
            "enterprise_combustion_emissions",
            "enterprise_anode_emissions",
            "enterprise_pfc_emissions",
            "enterprise_decomposition_emissions",
            "enterprise_power_unit_emissions",
            "enterprise_non_smelting_emissions",
            "enterprise_liquid_aluminium",
        ),
        "ALU24 form enterprise",
    ),
    MonthTable(
        "辅助1",
        "铝电解工序交流电耗|Alternating current of electrolysis",
        PROCESS,
        (Line("process_ac_electricity", "annual_process_ac_electricity"),),
        "ALU24 form auxiliary",
    ),
    ListTable(
        "辅助2",
        "净购入电量、热量|Net purchased electricity and heat",
        ENTERPRISE,
        ("net_purchased_electricity", "net_purchased_heat"),
        "ALU24 form auxiliary",
        "不计入排放总量和配额|not part of the total and of the allowance base",
    ),
    ListTable(
        "附表1",
        "报告主体温室气体排放量|Emissions of the reporting body",
        ENTERPRISE,
        (
            "enterprise_combustion_emissions",
            "enterprise_anode_emissions",
            "enterprise_pfc_emissions",
            "enterprise_decomposition_emissions",
            "net_electricity_emissions",
            "heat_emissions",
            "enterprise_emissions",
        ),
        "ALU13 form",
    ),
    RowTable(
        "配额",
        "铝电解工序配额|Allowances by process",
        PROCESS,
        (
            "electrolysis_allocation_status",
            "electrolysis_treatment",
            "process_liquid_aluminium",
            "electrolysis_intensity",
            "electrolysis_deviation",
            "electrolysis_coefficient",
            "verified_electrolysis_emissions",
            "electrolysis_pre_allocation",
            "electrolysis_allowance",
            "electrolysis_duty",
            "electrolysis_allowance_gap",
        ),
    ),
    KEY_UNIT_ALLOWANCES,
)

REPORT = Report(
    title="企业温室气体排放报告（铝冶炼行业）|Greenhouse gas emissions report, aluminium smelting",
    tables=TABLES,
    figures=(
        Stack(
            "各月炭阳极排放量（按工序）|Emissions of anodes by month and process",
            "monthly_anode_emissions",
            by="process",
        ),
        Curves("各月吨铝排放量|Emissions per tonne of aluminium by month", "monthly_electrolysis_intensity"),
        Bars(
            "工序排放量与配额|Emissions and allowances by process",
            ("verified_electrolysis_emissions", "electrolysis_allowance"),
        ),
    ),
    summary=(
        "enterprise_emissions",
        "enterprise_electrolysis_emissions",
        "enterprise_liquid_aluminium",
        "enterprise_allowance",
        "surrender_duty",
        "allowance_gap",
    ),
    explained=(
        "monthly_anode_emissions",
        "monthly_pfc_emissions",
        "electrolysis_emissions",
        "electrolysis_intensity",
        "electrolysis_allowance",
        "enterprise_emissions",
    ),
    name_input="enterprise_name",
)
