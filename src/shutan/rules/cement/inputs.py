"""What a cement works fills in: one table, one sheet, one form."""

from shutan.kernel import Choice, Number, Table, Text
from shutan.rules.cement import choices
from shutan.rules.cement.grains import (
    LINE_CLINKER,
    LINE_CLINKER_MONTH,
    OTHER_FACILITY,
    OTHER_FUEL_MONTH,
    WASTE_FUEL,
)
from shutan.rules.common.allocation_inputs import enterprise_allocation, installation_allocation
from shutan.rules.common.basic_information import basic_information
from shutan.rules.common.fuels import NcvSource, YesNo
from shutan.rules.common.grains import (
    FUEL,
    LINE,
    LINE_FUEL_MONTH,
    LINE_MATERIAL_MONTH,
    MATERIAL,
    WORKS_FUEL_MONTH,
)
from shutan.rules.common.industrial_fuels import CarbonDetermination, IndustrialFuel
from shutan.rules.common.purchased import grid_area_input, purchased_table

ENTERPRISE_TABLE = basic_information("CEM24 form basic", "3011", grid_area_input("CEM13 electricity"))

LINE_TABLE = Table(
    "lines",
    LINE,
    "熟料生产线|Clinker lines",
    (
        Number(
            "approved_clinker_capacity",
            "批复的熟料设计能力|approved capacity",
            unit="t/d",
            places=2,
            minimum=0,
            optional=True,
            clause="CEM24 form lines",
        ),
        Text(
            "kiln_size",
            "窑规格（φ×L，m）|size of the kiln, diameter by length",
            optional=True,
            clause="CEM24 form lines",
        ),
        Choice(
            "carbide_slag_main",
            YesNo,
            "是否以电石渣为主要原料|carbide slag is the main raw material",
            default="NO",
            clause="CEM24 form lines",
        ),
        Choice(
            "line_technology",
            choices.LineTechnology,
            "生产线工艺|technology of the line",
            default="ORDINARY",
            clause="IAP25 cement exceptions",
        ),
        Text(
            "alternative_fuel_approval",
            "批复的替代燃料种类和能力|approved alternative fuels, kinds and capacity",
            optional=True,
            clause="CEM24 form lines",
        ),
        Text(
            "coprocessing_approval",
            "批复的协同处置种类和能力|approved co-processing, kinds and capacity",
            optional=True,
            clause="CEM24 form lines",
        ),
    ),
    keys=("生产线|line",),
)

CLINKER_TABLE = Table(
    "clinkers",
    LINE_CLINKER,
    "熟料种类|Kinds of clinker",
    (
        Choice("clinker_class", choices.ClinkerClass, "熟料类别|class of clinker", clause="CEM24 form lines"),
        Choice(
            "clinker_variety",
            choices.ClinkerVariety,
            "熟料品种|variety of clinker",
            default="GENERAL",
            clause="CEM24 form lines",
        ),
    ),
    keys=("生产线|line", "熟料|clinker"),
)

CLINKER_MONTH_TABLE = Table(
    "clinker_months",
    LINE_CLINKER_MONTH,
    "熟料产量月报|Clinker by month",
    (
        Number(
            "clinker_output",
            "熟料产量|clinker output",
            symbol="Q",
            unit="t",
            places=2,
            minimum=0,
            clause="CEM24 clinker",
        ),
    ),
    keys=("生产线|line", "熟料|clinker", "月份|month"),
)

FUEL_TABLE = Table(
    "fuels",
    FUEL,
    "化石燃料|Fossil fuels",
    (Choice("fuel_kind", IndustrialFuel, "燃料品种|kind of fuel", clause="CEM24 consumption"),),
    keys=("燃料|fuel",),
)

FUEL_MONTH_TABLE = Table(
    "fuel_months",
    WORKS_FUEL_MONTH,
    "燃料热值和含碳量月报|Heat and carbon of fuels by month",
    (
        Choice(
            "ncv_source",
            NcvSource,
            "低位发热量来源|source of net calorific value",
            default="DEFAULT",
            clause="CEM24 NCV",
        ),
        Number(
            "measured_ncv_ar",
            "低位发热量（实测，收到基）|measured net calorific value, received basis",
            symbol="NCV",
            unit="GJ/fuel_unit",
            places=3,
            minimum=0,
            optional=True,
            required_when="低位发热量为实测值时|when the calorific value is measured",
            clause="CEM24 NCV",
        ),
        Choice(
            "carbon_determination",
            CarbonDetermination,
            "含碳量获取方式|how carbon is found",
            default="DEFAULT",
            clause="CEM24 carbon",
        ),
        Number(
            "measured_carbon_ar",
            "元素碳含量（实测，收到基）|measured carbon content, received basis",
            symbol="C_ar",
            unit="tC/fuel_unit",
            places=4,
            minimum=0,
            optional=True,
            required_when="含碳量为实测值时|when carbon is measured",
            clause="CEM24 carbon",
        ),
    ),
    help="全部采用缺省值的燃料无需填写|leave out fuels whose figures are all defaults",
    keys=("燃料|fuel", "月份|month"),
    optional=True,
)

LINE_FUEL_TABLE = Table(
    "line_fuel_months",
    LINE_FUEL_MONTH,
    "生产线燃料消耗月报|Fuel of lines by month",
    (
        Number(
            "line_fuel_consumption",
            "消耗量|consumption",
            symbol="FC",
            unit="fuel_unit",
            places=2,
            minimum=0,
            clause="CEM24 consumption",
        ),
    ),
    keys=("生产线|line", "燃料|fuel", "月份|month"),
)

MATERIAL_TABLE = Table(
    "materials",
    MATERIAL,
    "非碳酸盐替代原料|Alternative raw materials",
    (
        Choice(
            "alternative_material",
            choices.AlternativeMaterial,
            "替代原料种类|kind of alternative raw material",
            clause="CEM24 process",
        ),
    ),
    keys=("原料|material",),
    optional=True,
)

LINE_MATERIAL_TABLE = Table(
    "line_material_months",
    LINE_MATERIAL_MONTH,
    "替代原料消耗月报|Alternative raw materials by month",
    (
        Number(
            "material_consumption",
            "替代原料消耗量|consumption",
            symbol="AM",
            unit="t",
            places=2,
            minimum=0,
            clause="CEM24 process",
        ),
    ),
    keys=("生产线|line", "原料|material", "月份|month"),
    optional=True,
)

OTHER_FACILITY_TABLE = Table(
    "other_facilities",
    OTHER_FACILITY,
    "发电设施及其他设施|Power units and other facilities",
    (
        Choice("facility_kind", choices.FacilityKind, "设施类型|kind of facility", clause="CEM24 enterprise"),
        Choice(
            "equipment",
            choices.Equipment,
            "燃用设备|equipment that burns the fuel",
            default="OTHER",
            clause="CEM24 oxidation",
        ),
        Number(
            "own_guide_emissions",
            "按适用行业指南核算的排放量|emissions by the guide of its own sector",
            unit="tCO2",
            places=2,
            default="0",
            clause="CEM24 enterprise",
            help="已按其他指南核算的设施填写，燃料不再重复填报|for a facility counted by another guide; do not list its fuel again",
        ),
    ),
    keys=("设施|facility",),
    optional=True,
)

OTHER_FUEL_TABLE = Table(
    "other_fuel_months",
    OTHER_FUEL_MONTH,
    "其他设施燃料消耗月报|Fuel of other facilities by month",
    (
        Number(
            "other_fuel_consumption",
            "消耗量|consumption",
            symbol="FC",
            unit="fuel_unit",
            places=2,
            minimum=0,
            clause="CEM24 consumption",
        ),
    ),
    keys=("设施|facility", "燃料|fuel", "月份|month"),
    optional=True,
)

PURCHASED_TABLE = purchased_table("CEM24 auxiliary", "CEM24 auxiliary")


def _content(name: str, label: str, clause: str) -> Number:
    return Number(name, label, unit="%", places=4, minimum=0, maximum=100, optional=True, clause=clause)


def _mass(name: str, label: str, clause: str) -> Number:
    return Number(name, label, unit="t", places=2, minimum=0, default="0", clause=clause)


# Reports to the year 2021.
KILN_TABLE = Table(
    "kilns_to_2021",
    LINE,
    "原料碳酸盐分解（2021年度及以前）|Carbonate of raw material, to 2021",
    (
        _mass("kiln_dust", "窑炉排气筒（窑头）粉尘量|dust of the kiln stack", "CEM13 clinker"),
        _mass("bypass_dust", "窑炉旁路放风粉尘量|bypass dust", "CEM13 clinker"),
        _content("clinker_cao", "熟料中氧化钙含量 FR1|CaO of clinker", "CEM13 clinker"),
        _content(
            "clinker_cao_without_carbonate",
            "不是来源于碳酸盐分解的氧化钙含量 FR10|CaO not from carbonate",
            "CEM13 clinker",
        ),
        _content("clinker_mgo", "熟料中氧化镁含量 FR2|MgO of clinker", "CEM13 clinker"),
        _content(
            "clinker_mgo_without_carbonate",
            "不是来源于碳酸盐分解的氧化镁含量 FR20|MgO not from carbonate",
            "CEM13 clinker",
        ),
        _mass("raw_meal", "生料量|raw meal", "CEM13 raw meal"),
        Choice(
            "raw_meal_carbon",
            choices.RawMealCarbon,
            "生料配料情况|what the raw meal holds",
            default="ORDINARY",
            clause="CEM13 raw meal",
        ),
    ),
    keys=("生产线|line",),
    optional=True,
)

WASTE_TABLE = Table(
    "wastes_to_2021",
    WASTE_FUEL,
    "替代燃料和废弃物（2021年度及以前）|Waste burned, to 2021",
    (
        Choice(
            "alternative_fuel",
            choices.AlternativeFuel,
            "替代燃料种类|kind of waste burned",
            clause="CEM13 alternative fuel",
        ),
        _mass("alternative_fuel_consumption", "消耗量|consumption", "CEM13 alternative fuel"),
    ),
    keys=("替代燃料|waste",),
    optional=True,
)

LINE_ALLOCATION_TABLE = installation_allocation(
    "line_allocation",
    LINE,
    "生产线配额信息|Lines: allocation",
    "生产线|line",
    "普通生产线无需填写在役情况|an ordinary line leaves the service state empty",
    "IAP24 cement scope",
)
ENTERPRISE_ALLOCATION_TABLE = enterprise_allocation("IAP24 cement scope")

TABLES = (
    ENTERPRISE_TABLE,
    LINE_TABLE,
    CLINKER_TABLE,
    CLINKER_MONTH_TABLE,
    FUEL_TABLE,
    FUEL_MONTH_TABLE,
    LINE_FUEL_TABLE,
    MATERIAL_TABLE,
    LINE_MATERIAL_TABLE,
    OTHER_FACILITY_TABLE,
    OTHER_FUEL_TABLE,
    PURCHASED_TABLE,
    KILN_TABLE,
    WASTE_TABLE,
    LINE_ALLOCATION_TABLE,
    ENTERPRISE_ALLOCATION_TABLE,
)
