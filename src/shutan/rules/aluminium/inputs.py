"""What an aluminium smelter fills in: one table, one sheet, one form."""

from shutan.kernel import Choice, Number, Table, Text
from shutan.rules.aluminium import choices
from shutan.rules.aluminium.grains import OTHER_FACILITY
from shutan.rules.common.allocation_inputs import enterprise_allocation, installation_allocation
from shutan.rules.common.basic_information import basic_information
from shutan.rules.common.carbonates import Carbonate
from shutan.rules.common.fuels import NcvSource
from shutan.rules.common.grains import (
    FUEL,
    MATERIAL,
    MATERIAL_MONTH,
    PROCESS,
    PROCESS_MONTH,
    WORKS_FUEL_MONTH,
)
from shutan.rules.common.industrial_fuels import CarbonDetermination, IndustrialFuel
from shutan.rules.common.purchased import grid_area_input, purchased_table

ENTERPRISE_TABLE = basic_information("ALU24 form basic", "3216", grid_area_input("ALU13 electricity"))


def _design(name: str, label: str, unit: str, *, places: int) -> Number:
    return Number(
        name, label, unit=unit, places=places, minimum=0, optional=True, clause="ALU24 form process"
    )


PROCESS_TABLE = Table(
    "processes",
    PROCESS,
    "铝电解工序|Electrolysis processes",
    (
        _design("design_current", "设计电流|design current", "kA", places=2),
        _design("design_voltage", "设计电压|design voltage", "V", places=3),
        _design("cell_number", "电解槽数量|number of cells", "1", places=0),
        _design("electrolysis_capacity", "铝液产能|capacity, liquid aluminium", "t/a", places=2),
        Text("rectifier_sets", "整流机组|rectifier sets", optional=True, clause="ALU24 form process"),
    ),
    keys=("铝电解工序|process",),
)


def _share(name: str, label: str) -> Number:
    return Number(
        name,
        label,
        unit="%",
        places=2,
        minimum=0,
        maximum=100,
        optional=True,
        required_when="炭阳极成分为实测值时|when the anode's composition is measured",
        clause="ALU24 anode",
    )


PROCESS_MONTH_TABLE = Table(
    "process_months",
    PROCESS_MONTH,
    "铝电解工序月报|Electrolysis by month",
    (
        Number(
            "liquid_aluminium",
            "铝液产量|output of liquid aluminium",
            symbol="P",
            unit="t",
            places=2,
            minimum=0,
            clause="ALU24 output",
        ),
        Number(
            "gross_anode_consumption",
            "炭阳极毛耗量|gross anode consumption",
            symbol="GC",
            unit="t",
            places=2,
            minimum=0,
            optional=True,
            required_when="2024年度起|from 2024",
            clause="ALU24 anode",
        ),
        Choice(
            "anode_source",
            choices.AnodeSource,
            "炭阳极硫分、灰分来源|source of the anode's sulphur and ash",
            default="DEFAULT",
            clause="ALU24 anode",
        ),
        _share("anode_sulphur_reported", "炭阳极平均含硫量|mean sulphur of the anodes"),
        _share("anode_ash_reported", "炭阳极平均灰分|mean ash of the anodes"),
        Number(
            "process_ac_electricity",
            "铝电解工序交流电耗|alternating current used by electrolysis",
            unit="MWh",
            places=3,
            minimum=0,
            default="0",
            clause="ALU24 auxiliary 1",
        ),
        Choice(
            "anode_use_source",
            choices.AnodeSource,
            "吨铝炭阳极净耗来源（2021年度及以前）|source of net anode use per tonne, to 2021",
            default="DEFAULT",
            clause="ALU13 anode",
        ),
        Number(
            "anode_use_reported",
            "吨铝炭阳极净耗（实测，2021年度及以前）|measured net anode use per tonne, to 2021",
            unit="t/t",
            places=4,
            minimum=0,
            optional=True,
            clause="ALU13 anode",
        ),
        Choice(
            "pfc_method",
            choices.PfcMethod,
            "阳极效应排放因子来源（2021年度及以前）|source of the factors of anode effect, to 2021",
            default="DEFAULT",
            clause="ALU13 PFC",
        ),
        Number(
            "anode_effect_minutes",
            "平均每天每槽阳极效应持续时间（2021年度及以前）|minutes of anode effect a cell and day, to 2021",
            symbol="AE",
            unit="min",
            places=4,
            minimum=0,
            optional=True,
            clause="ALU13 PFC",
        ),
    ),
    keys=("铝电解工序|process", "月份|month"),
)

FUEL_TABLE = Table(
    "fuels",
    FUEL,
    "化石燃料|Fossil fuels",
    (Choice("fuel_kind", IndustrialFuel, "燃料品种|kind of fuel", clause="ALU24 fuel"),),
    keys=("燃料|fuel",),
    optional=True,
)

FUEL_MONTH_TABLE = Table(
    "fuel_months",
    WORKS_FUEL_MONTH,
    "化石燃料月报|Fossil fuel by month",
    (
        Number(
            "works_fuel_consumption",
            "消耗量（不含发电设施及其他设施）|consumption, without power units and other facilities",
            symbol="FC",
            unit="fuel_unit",
            places=2,
            minimum=0,
            clause="ALU24 fuel",
        ),
        Choice(
            "ncv_source",
            NcvSource,
            "低位发热量来源|source of net calorific value",
            default="DEFAULT",
            clause="ALU24 fuel",
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
            clause="ALU24 fuel",
        ),
        Choice(
            "carbon_determination",
            CarbonDetermination,
            "含碳量获取方式|how carbon is found",
            default="DEFAULT",
            clause="ALU24 fuel",
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
            clause="ALU24 fuel",
        ),
    ),
    keys=("燃料|fuel", "月份|month"),
    optional=True,
)

CARBONATE_TABLE = Table(
    "materials",
    MATERIAL,
    "碳酸盐|Carbonates",
    (Choice("carbonate_kind", Carbonate, "碳酸盐种类|kind of carbonate", clause="ALU24 carbonate"),),
    help="2021年度及以前只计石灰石|to 2021 only limestone counts",
    keys=("碳酸盐|material",),
    optional=True,
)

CARBONATE_MONTH_TABLE = Table(
    "material_months",
    MATERIAL_MONTH,
    "碳酸盐消耗月报|Carbonates by month",
    (
        Number(
            "carbonate_consumption",
            "碳酸盐消耗量|consumption of carbonate",
            unit="t",
            places=2,
            minimum=0,
            clause="ALU24 carbonate",
        ),
        Number(
            "carbonate_purity",
            "碳酸盐质量分数（纯度）|purity of the carbonate",
            unit="%",
            places=2,
            minimum=0,
            maximum=100,
            least_usual="1",
            default="100",
            clause="ALU24 carbonate",
        ),
    ),
    keys=("碳酸盐|material", "月份|month"),
    optional=True,
)

OTHER_FACILITY_TABLE = Table(
    "other_facilities",
    OTHER_FACILITY,
    "发电设施及其他设施|Power units and other facilities",
    (
        Choice("facility_kind", choices.FacilityKind, "设施类型|kind of facility", clause="ALU24 enterprise"),
        Number(
            "own_guide_emissions",
            "按适用行业指南核算的排放量|emissions by the guide of its own sector",
            unit="tCO2",
            places=2,
            default="0",
            clause="ALU24 enterprise",
        ),
    ),
    keys=("设施|facility",),
    optional=True,
)

PURCHASED_TABLE = purchased_table("ALU24 auxiliary 2", "ALU24 auxiliary 2")

PROCESS_ALLOCATION_TABLE = installation_allocation(
    "process_allocation",
    PROCESS,
    "铝电解工序配额信息|Electrolysis: allocation",
    "铝电解工序|process",
    "普通工序无需填写在役情况|an ordinary process leaves the service state empty",
    "IAP24 aluminium scope",
)
ENTERPRISE_ALLOCATION_TABLE = enterprise_allocation("IAP24 aluminium scope")

TABLES = (
    ENTERPRISE_TABLE,
    PROCESS_TABLE,
    PROCESS_MONTH_TABLE,
    FUEL_TABLE,
    FUEL_MONTH_TABLE,
    CARBONATE_TABLE,
    CARBONATE_MONTH_TABLE,
    OTHER_FACILITY_TABLE,
    PURCHASED_TABLE,
    PROCESS_ALLOCATION_TABLE,
    ENTERPRISE_ALLOCATION_TABLE,
)
