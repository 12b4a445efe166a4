"""攀西示范钢铁有限公司（虚构）: a fictitious works from coking to converter, with a power unit on its own gas."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from shutan.cli.plants.common import Cells, PlantYear, Tables, hours_of, last_of, number, wobble
from shutan.rules.common.fuels import Detail, NcvSource, YesNo
from shutan.rules.common.heat_media import HeatMedium
from shutan.rules.common.industrial_fuels import FuelOrigin, IndustrialFuel
from shutan.rules.steel.choices import HeatDirection, MaterialKind, MeterCheck, ProcessKind

NAME = "攀西示范钢铁有限公司（虚构）"
CODE = "91510400MA00DEM08T"
UNIT = "自备1号机组"
MONTHS = range(1, 13)
DIOXIDE_OF_PERCENT = Decimal("19.77")  # g of CO2 in a dry standard m³ for each percent of its volume
IRON = Decimal(205_000)  # t a month, before the works' ups and downs
# name → kind, tonnes bought for a tonne of iron, moisture %
COALS: dict[str, tuple[str, str, str]] = {
    "炼焦煤": ("WASHED_COAL", "0.52", "10.20"),
    "喷吹煤": ("ANTHRACITE", "0.15", "9.10"),
    "烧结煤": ("OTHER_WASHED_COAL", "0.030", "8.40"),
    "动力煤": ("BITUMINOUS", "0.045", "11.30"),
}
OWN = {
    "自产焦炭": "COKE",
    "高炉煤气": "BLAST_FURNACE_GAS",
    "焦炉煤气": "COKE_OVEN_GAS",
    "转炉煤气": "CONVERTER_GAS",
}
# process → kind, product, output a tonne of iron, MWh a tonne of output, fuels in and out a tonne of output
PROCESSES: dict[str, tuple[str, str, str, str, dict[str, str], dict[str, str]]] = {
    "焦化": (
        "COKING", "焦炭 250401", "0.40", "0.034",
        {"炼焦煤": "1.36", "高炉煤气": "0.085"}, {"自产焦炭": "1", "焦炉煤气": "0.0425"},
    ),
    "烧结": ("SINTERING", "烧结铁矿 08010301", "1.32", "0.041", {"烧结煤": "0.0225", "自产焦炭": "0.030", "焦炉煤气": "0.0004"}, {}),
    "球团": ("PELLETIZING", "球团铁矿 08010302", "0.34", "0.028", {"喷吹煤": "0.009", "焦炉煤气": "0.0016"}, {}),
    "炼铁": (
        "IRONMAKING", "生铁 3201", "1", "0.052",
        {"自产焦炭": "0.352", "喷吹煤": "0.146", "高炉煤气": "0.052"}, {"高炉煤气": "0.158"},
    ),
    "转炉": ("CONVERTER", "转炉钢 320641", "1.06", "0.036", {"焦炉煤气": "0.0002"}, {"转炉煤气": "0.0112"}),
}  # fmt: skip
MATERIALS = {
    "石灰石": ("LIMESTONE", "0.083"),
    "白云石": ("DOLOMITE", "0.021"),
    "电极": ("ELECTRODE", "0.00002"),
    "外购废钢": ("SCRAP", "0.120"),
    "锰硅合金": ("SILICOMANGANESE", "0.011"),
    "硅铁": ("FERROSILICON", "0.003"),
    "外购球团粘结剂": ("NOT_LISTED", "0.004"),
}


def steel_works(year: int = 2024) -> PlantYear:
    """Return one year of the works."""
    iron = {month: number(IRON * (1 + wobble("铁", year, month) / 20), 2) for month in MONTHS}
    tables: Tables = {
        "enterprise": [_enterprise()],
        "legal_persons": [
            {
                "legal_person": "1",
                "legal_person_name": "攀西示范焦化有限公司（虚构）",
                "legal_person_code": "91510400MA00DEM16M",
                "legal_person_address": "四川省攀枝花市（虚构地址）",
                "legal_person_processes": "焦化",
            }
        ],
        "processes": [_process(name) for name in PROCESSES],
        "facilities": _facilities(),
        "units": [_unit()],
        "fuels": _fuels(),
        "materials": [
            {"material": name, "material_kind": MaterialKind[kind], "material_ledger": "原料购产销存台账"}
            for name, (kind, _) in MATERIALS.items()
        ],
        "meters": [
            {
                "meter": "BL-01",
                "meter_name": "皮带秤",
                "meter_model": "ICS-17",
                "meter_place": "焦化受煤坑",
                "meter_check": MeterCheck.OUTSIDE,
                "meter_checked_on": dt.date(year, 3, 12),
            }
        ],
        "trainings": [
            {
                "training": "1",
                "training_content": "核算与报告指南",
                "training_mode": "集中授课",
                "training_person": "虚构人员",
                "training_post": "碳排放管理员",
                "training_on": dt.date(year, 5, 20),
            }
        ],
    }
    for month in MONTHS:
        _month(tables, year, month, iron[month])
    _monitored(tables, year)
    return PlantYear(
        "steel_2024",
        "虚构钢铁联合企业：焦化至转炉，自备机组掺烧自产煤气|fictitious steel works, coking to converter, own gas in a power unit",
        year,
        year,
        tables,
        sector="steel",
    )


def _enterprise() -> Cells:
    return {
        "enterprise_name": NAME,
        "credit_code": CODE,
        "enterprise_type": "有限责任公司（虚构）",
        "registered_address": "四川省攀枝花市（虚构地址）",
        "legal_representative": "虚构人员",
        "registered_capital": "100000",
        "founded_on": dt.date(2005, 6, 1),
        "production_address": "四川省攀枝花市（虚构地址）",
        "permit_number": "虚构编号",
        "main_industry": "炼钢",
        "industry_code": "3120",
        "industry_subclass": "粗钢3206",
        "product_code": "3206",
        "supervising_department": "演示省级主管部门（虚构）",
        "contact": "虚构人员",
        "contact_phone": "000-00000000",
        "contact_email": "demo@example.com",
        "production_changes": "无变化",
    }


def _process(name: str) -> Cells:
    kind, product, per_iron, *_ = PROCESSES[name]
    return {
        "process": name,
        "process_kind": ProcessKind[kind],
        "process_product_code": product,
        "approved_capacity": number(IRON * 12 * Decimal(per_iron) / 10000, 0),
        "process_owner": "攀西示范焦化有限公司（虚构）" if name == "焦化" else NAME,
    }


def _facilities() -> list[Cells]:
    found = []
    for process, facility, size in (
        ("焦化", "1号焦炉", "炭化室高6.25 m"),
        ("烧结", "1号烧结机", "360 m2"),
        ("球团", "1号球团线", "链篦机-回转窑"),
        ("炼铁", "1号高炉", "1780 m3"),
        ("炼铁", "2号高炉", "1780 m3"),
        ("转炉", "1号转炉", "120 t"),
        ("转炉", "2号转炉", "120 t"),
    ):
        found.append(
            {
                "process": process,
                "facility": facility,
                "facility_size": size,
                "facility_commissioned_on": dt.date(2010, 9, 30),
            }
        )
    return found


def _unit() -> Cells:
    return {
        "unit": UNIT,
        "unit_capacity": Decimal(100),
        "on_power_list": YesNo.NO,
        "unit_fuel_type": "高炉煤气、转炉煤气、烟煤",
        "unit_category": "其他特殊机组",
        "unit_commissioned_on": dt.date(2012, 4, 1),
        "unit_boiler": "1号燃气锅炉 320 t/h",
        "unit_turbine": "1号凝汽式汽轮机 100 MW",
        "unit_generator": "1号发电机 100 MW",
    }


def _fuels() -> list[Cells]:
    found: list[Cells] = [
        {
            "fuel": name,
            "fuel_kind": IndustrialFuel[kind],
            "fuel_ncv_source": NcvSource.MEASURED if name == "喷吹煤" else NcvSource.DEFAULT,
            "fuel_ledger": "燃料购产销存台账",
            "fuel_kind_proof": "采购合同、验收单",
        }
        for name, (kind, *_) in COALS.items()
    ]
    found.append({"fuel": "天然气", "fuel_kind": IndustrialFuel.NATURAL_GAS, "fuel_ledger": "燃气结算单"})
    found += [
        {
            "fuel": name,
            "fuel_kind": IndustrialFuel[kind],
            "fuel_procurement": FuelOrigin.OWN,
            "fuel_ledger": "能源平衡表",
        }
        for name, kind in OWN.items()
    ]
    return found


def _month(tables: Tables, year: int, month: int, iron: Decimal) -> None:
    """Add the rows of one month to every monthly sheet."""

    def rows(table: str) -> list[Cells]:
        return tables.setdefault(table, [])

    for name, (_, per_iron, moisture) in COALS.items():
        bought = number(iron * Decimal(per_iron) * (1 + wobble(name, year, month) / 40), 2)
        row: Cells = {
            "fuel": name,
            "month": month,
            "fuel_purchased": bought,
            "fuel_opening_stock": _stock(name, year, month),
            "fuel_closing_stock": _stock(name, year, month + 1),
            "fuel_moisture": number(Decimal(moisture) + wobble("水分", name, year, month) / 2, 2),
        }
        if name == "喷吹煤":
            row["ncv_detail"] = Detail.SAMPLES
            rows("fuel_tests").extend(_tests(name, year, month, bought))
        rows("fuel_months").append(row)
    rows("fuel_months").append(
        {"fuel": "天然气", "month": month, "fuel_purchased": number(95 + 10 * wobble("气", year, month), 2)}
    )
    for name in OWN:
        sold = number(300 + 20 * wobble("外销", year, month), 2) if name == "焦炉煤气" else Decimal(0)
        rows("fuel_months").append({"fuel": name, "month": month, "fuel_sold": sold})
    for name, (_, per_iron) in MATERIALS.items():
        amount = number(iron * Decimal(per_iron) * (1 + wobble(name, year, month) / 30), 2)
        rows("material_months").append({"material": name, "month": month, "material_amount": amount})
    rows("products").append(
        {
            "month": month,
            "crude_steel_output": number(iron * Decimal("1.06"), 2),
            "pig_iron_sold": number(iron / 400, 2),
            "crude_benzol_sold": number(iron * Decimal("0.0039"), 2),
            "tar_sold": number(iron * Decimal("0.0135"), 2),
        }
    )
    for name in PROCESSES:
        _run(tables, name, month, iron)
    rows("process_heat").extend(_heat(month, iron))
    hours = number(hours_of(year, month) * Decimal("0.93"), 2)
    for fuel, per_iron in (("高炉煤气", "0.054"), ("转炉煤气", "0.0045"), ("动力煤", "0.044")):
        rows("unit_fuel_months").append(
            {
                "unit": UNIT,
                "fuel": fuel,
                "month": month,
                "unit_fuel_consumption": number(iron * Decimal(per_iron), 2),
            }
        )
    rows("unit_months").append(
        {
            "unit": UNIT,
            "month": month,
            "unit_generation": number(hours * 81, 3),
            "unit_heat_supplied": number(iron / 4, 2),
            "unit_hours": hours,
            "unit_heat_ratio": Decimal("0.0620"),
        }
    )


def _run(tables: Tables, name: str, month: int, iron: Decimal) -> None:
    """Add what one process made and burned in one month."""
    _, _, per_iron, electricity, fuel_in, fuel_out = PROCESSES[name]
    output = number(iron * Decimal(per_iron), 2)
    tables.setdefault("process_months", []).append(
        {
            "process": name,
            "month": month,
            "process_output": output,
            "process_electricity": number(output * Decimal(electricity), 3),
        }
    )
    for fuel in dict.fromkeys((*fuel_in, *fuel_out)):
        amounts: Cells = {"process": name, "fuel": fuel, "month": month}
        if fuel in fuel_in:
            amounts["process_fuel_input"] = number(output * Decimal(fuel_in[fuel]), 2)
        if fuel in fuel_out:
            amounts["process_fuel_output"] = number(output * Decimal(fuel_out[fuel]), 2)
        tables.setdefault("process_fuel_months", []).append(amounts)


def _stock(name: str, year: int, month: int) -> Decimal:
    return number(6000 + 900 * wobble("库存", name, year, month), 2)


def _tests(name: str, year: int, month: int, bought: Decimal) -> list[Cells]:
    first = number(bought * Decimal("0.55"), 2)
    return [
        {
            "fuel": name,
            "month": month,
            "test": str(at),
            "test_amount": amount,
            "test_ncv": number(Decimal("27.4") + wobble("热值", year, month, at) / 2, 3),
            "test_report_number": f"虚构{last_of(year, month):%Y%m}-{at}",
        }
        for at, amount in enumerate((first, bought - first), start=1)
    ]


def _heat(month: int, iron: Decimal) -> list[Cells]:
    steam, water = number(iron / 50, 2), number(iron / 20, 2)
    return [
        {
            "process": "焦化",
            "month": month,
            "flow": "蒸汽",
            "heat_direction": HeatDirection.INTO,
            "heat_carrier": HeatMedium.STEAM,
            "heat_mass": steam,
            "steam_enthalpy": Decimal("2777.0"),
        },
        {
            "process": "转炉",
            "month": month,
            "flow": "余热热水",
            "heat_direction": HeatDirection.OUT,
            "heat_carrier": HeatMedium.WATER,
            "heat_mass": water,
            "water_temperature": Decimal("80.0"),
        },
    ]


def _monitored(tables: Tables, year: int) -> None:
    """Add the stack of the power unit, monitored on trial since December."""
    stack = "自备机组烟囱"
    tables["stacks"] = [
        {
            "stack": stack,
            "stack_process": "掺烧发电",
            "stack_number": "DA001",
            "monitor_maker": "虚构仪器有限公司",
            "monitor_model": "CO2-2000",
        }
    ]
    last = last_of(year, MONTHS[-1])
    for day in (last.replace(day=at) for at in range(1, last.day + 1)):
        share = number(Decimal("12.60") + wobble("浓度", day) / 2, 2)
        content = number(share * DIOXIDE_OF_PERCENT, 3)
        flow = number(1500 + 90 * wobble("流量", day), 3)
        tables.setdefault("stack_days", []).append(
            {
                "stack": stack,
                "month": day.month,
                "day": f"{day:%Y%m%d}",
                "stack_dioxide_share": share,
                "stack_dioxide_content": content,
                "stack_velocity": number(flow / 107, 3),
                "stack_flow": flow,
                "stack_dioxide": number(content * flow / 100, 3),
                "stack_oxygen": number(Decimal("6.20") + wobble("氧", day) / 3, 2),
                "stack_temperature": number(128 + 4 * wobble("温度", day), 2),
                "stack_moisture": number(Decimal("9.40") + wobble("湿度", day) / 2, 2),
                "facility_load": number(Decimal("81.0") + 4 * wobble("负荷", day), 1),
            }
        )
