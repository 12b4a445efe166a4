"""Supplementary data by workshop: what is filled in for ammonia, carbide, urea and soda ash. Its boundary is the workshop."""

from shutan.kernel import Choice, Number, Table
from shutan.rules.chemical.choices import SodaRoute, StreamState, WorkshopProduct, WorkshopStream
from shutan.rules.chemical.grains import WORKSHOP, WORKSHOP_STREAM

CLAUSE = "CHM supplement"


def _amount(name: str, label: str, unit: str, **more: object) -> Number:
    return Number(name, label, unit=unit, places=4, minimum=0, default="0", clause=CLAUSE, **more)


def _factor(name: str, label: str, needed: str, hint: str) -> Number:
    return Number(
        name,
        label,
        unit="tCO2/GJ",
        places=4,
        minimum=0,
        optional=True,
        required_when=needed,
        help=hint,
        clause=CLAUSE,
    )


WORKSHOP_TABLE = Table(
    "workshops",
    WORKSHOP,
    "补充数据表（分厂或车间）|Supplementary data by workshop",
    (
        Choice(
            "workshop_product", WorkshopProduct, "分厂（车间）主营产品|product of the workshop", clause=CLAUSE
        ),
        Choice("soda_route", SodaRoute, "纯碱生产工艺|process of soda ash", optional=True, clause=CLAUSE),
        _amount("workshop_output", "分厂（车间）产品产量|output of the workshop", "t"),
        _amount("workshop_grid_electricity", "分厂（车间）电网电量|electricity from the grid", "MWh"),
        _amount(
            "workshop_captive_electricity",
            "分厂（车间）自备电厂电量|electricity from the captive plant",
            "MWh",
        ),
        _amount("workshop_renewable_electricity", "分厂（车间）可再生能源电量|renewable electricity", "MWh"),
        _amount("workshop_recovered_electricity", "分厂（车间）余热电量|electricity from waste heat", "MWh"),
        _amount("workshop_recovered_heat", "分厂（车间）余热供热量|heat recovered", "GJ"),
        _amount("workshop_boiler_heat", "分厂（车间）锅炉供热量|heat from boilers", "GJ"),
        _factor(
            "boiler_heat_factor",
            "锅炉供热排放因子|factor of boiler heat",
            "有锅炉供热时|when there is boiler heat",
            "锅炉排放量除以锅炉供热量|emissions of the boilers by the heat they give",
        ),
        _amount("workshop_captive_heat", "分厂（车间）自备电厂供热量|heat from the captive plant", "GJ"),
        _factor(
            "captive_heat_factor",
            "自备电厂供热排放因子|factor of heat from the captive plant",
            "有自备电厂供热时|when the captive plant gives heat",
            "取自自备电厂补充数据表|from the captive plant's own table",
        ),
        _amount("workshop_other_heat", "分厂（车间）其他来源供热量|heat from other sources", "GJ"),
    ),
    keys=("分厂（车间）|workshop",),
    help="边界小于企业法人边界，不引用上列数值|the boundary is narrower than the legal person's, so no figure above is taken over",
    optional=True,
)

STREAM_TABLE = Table(
    "workshop_streams",
    WORKSHOP_STREAM,
    "补充数据表：能源作为原材料|Supplementary data: raw materials of workshops",
    (
        Choice("workshop_stream_role", WorkshopStream, "分厂（车间）物料方向|in or out", clause=CLAUSE),
        Choice("stream_state", StreamState, "分厂（车间）物料形态|state", default="MASS", clause=CLAUSE),
        Number(
            "workshop_stream_amount",
            "分厂（车间）物料量|amount",
            unit="stream_unit",
            places=4,
            minimum=0,
            clause=CLAUSE,
        ),
        Number(
            "workshop_stream_carbon",
            "分厂（车间）物料含碳量|carbon content",
            unit="tC/stream_unit",
            places=8,
            minimum=0,
            clause=CLAUSE,
        ),
    ),
    keys=("分厂（车间）|workshop", "物料|stream"),
    help="合成氨和电石填写；尿素、纯碱只计电力和热力|for ammonia and carbide; urea and soda ash count electricity and heat alone",
    optional=True,
)
