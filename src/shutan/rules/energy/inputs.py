"""What a works or a region fills in about its energy: kinds of energy, products, lines, use by line."""

from shutan.kernel import Choice, Number, Table
from shutan.rules.common.basic_information import basic_information
from shutan.rules.common.fuels import NcvSource, YesNo
from shutan.rules.energy import choices
from shutan.rules.energy.grains import ENERGY, PRODUCT_LINE, PRODUCT_LINE_ENERGY

ENTERPRISE_TABLE = basic_information(
    "ENE form",
    "3011",
    Choice(
        "electricity_valuation",
        choices.Valuation,
        "综合能耗的电力折标方式|how electricity counts in comprehensive energy use",
        default="CALORIFIC",
        clause="ENE total",
    ),
    Choice(
        "edition_chosen",
        choices.EditionChosen,
        "对标所用版本|edition of the levels",
        default="IN_FORCE",
        clause="LEV 2021",
    ),
)

ENERGY_TABLE = Table(
    "energies",
    ENERGY,
    "能源品种|Kinds of energy",
    (
        Choice("energy_kind", choices.EnergyKind, "能源种类|kind of energy", clause="ENE coefficient"),
        Number(
            "energy_consumed",
            "能源消费量|energy consumed",
            unit="fuel_unit",
            places=4,
            minimum=0,
            default="0",
            clause="ENE total",
        ),
        Number(
            "energy_exported",
            "能源输出量|energy passed on",
            unit="fuel_unit",
            places=4,
            minimum=0,
            default="0",
            clause="ENE total",
        ),
        Choice(
            "coal_coefficient_source",
            NcvSource,
            "折标系数来源|source of the coefficient",
            default="DEFAULT",
            clause="ENE coefficient",
        ),
        Number(
            "energy_heat_measured",
            "实测低位发热量|net calorific value, measured",
            unit="GJ/fuel_unit",
            places=4,
            minimum=0,
            optional=True,
            required_when="折标系数来源为实测值|the coefficient is measured",
            clause="ENE coefficient",
        ),
    ),
    keys=("能源|energy",),
    help="不含作原料的耗能工质；电力填兆瓦时，热力填吉焦|without energy-carrying media; electricity in MWh, heat in GJ",
    optional=True,
)

LINE_TABLE = Table(
    "product_lines",
    PRODUCT_LINE,
    "生产线能效|Lines",
    (
        Choice("product_route", choices.ProductRoute, "产品与工艺|product and route", clause="LEV 2021"),
        Number(
            "line_approved_capacity",
            "批复产能（生产线）|approved capacity of the line",
            unit="t/a",
            places=2,
            minimum=0,
            clause="LEV target",
        ),
        Choice(
            "energy_data_available",
            YesNo,
            "有能耗数据|energy data available",
            default="YES",
            clause="LEV target",
            help="选“否”的生产线计入产能分母，单独计数|a line without data stays in the denominator and is counted apart",
        ),
        Number(
            "product_output",
            "合格产品产量|output of sound product",
            unit="product_unit",
            places=4,
            minimum=0,
            optional=True,
            required_when="有能耗数据|energy data available",
            clause="ENE unit",
        ),
        Choice(
            "line_electricity_valuation",
            choices.Valuation,
            "单位产品能耗的电力折标方式|how electricity counts in the line's energy",
            default="CALORIFIC",
            clause="ENE unit",
        ),
        Number(
            "electrolysis_electricity",
            "电解工序交流电耗用量|AC electricity of electrolysis",
            unit="MWh",
            places=4,
            minimum=0,
            optional=True,
            required_when="电解铝生产线|lines of electrolytic aluminium",
            clause="ENE aluminium",
        ),
        Number(
            "air_pressure",
            "当地平均大气压|mean air pressure of the place",
            unit="Pa",
            places=0,
            minimum=0,
            optional=True,
            clause="LIM altitude",
        ),
        Number(
            "altitude",
            "海拔|altitude",
            unit="m",
            places=0,
            default="0",
            clause="LIM altitude",
        ),
        Number(
            "ore_grade",
            "入炉品位|iron grade of the furnace feed",
            unit="%",
            places=2,
            minimum=0,
            maximum=100,
            optional=True,
            required_when="高炉工序|blast furnaces",
            clause="LIM grade",
        ),
    ),
    keys=("产品|product", "生产线|line"),
    optional=True,
)

LINE_ENERGY_TABLE = Table(
    "product_line_energies",
    PRODUCT_LINE_ENERGY,
    "生产线能源消耗|Energy of lines",
    (
        Number(
            "line_energy_consumed",
            "生产线能源消耗量|energy consumed by the line",
            unit="fuel_unit",
            places=4,
            minimum=0,
            default="0",
            clause="ENE unit",
        ),
        Number(
            "line_energy_recovered",
            "生产线能源回收外供量|energy recovered and passed on by the line",
            unit="fuel_unit",
            places=4,
            minimum=0,
            default="0",
            clause="ENE unit",
        ),
    ),
    keys=("产品|product", "生产线|line", "能源|energy"),
    optional=True,
)

TABLES = (ENTERPRISE_TABLE, ENERGY_TABLE, LINE_TABLE, LINE_ENERGY_TABLE)
