"""The demonstration's schemes and meters: the coal plant's in force, the steel works' returned; through the actions people call."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from shutan.apps.accounts.demo import ACTOR
from shutan.apps.accounts.log import Actor
from shutan.apps.accounts.models import Organisation, Role, User
from shutan.apps.common.files import Upload
from shutan.apps.schemes import actions, steps
from shutan.apps.schemes.models import Meter, Scheme
from shutan.cli.months import paper
from shutan.cli.province.listing import noon

WHY = "Demonstration data 演示数据"
MADE_UP = "（演示）"
NONE = {"obtained": "none"}
# Metering is looked after by one department, tests by another; who answers for a figure is said in its line.
BY_METER = {
    "obtained": "measured",
    "recording": "连续计量，每日抄录",
    "missing": "取前后各一日读数中的较大者",
    "department": "计量班",
}
TESTED = {
    "obtained": "measured",
    "recording": "每日取样，月末缩分样",
    "missing": "按指南缺省值",
    "department": "化验室",
}
WORKED_OUT = {
    "obtained": "calculated",
    "recording": "每月",
    "missing": "按设计值取高",
    "department": "生产部",
}


@dataclass(frozen=True)
class Plan:
    """One scheme: whose, of which guideline and year, what it says."""

    rule_set: str
    facilities: tuple[tuple[str, str, str], ...]  # name, number, size
    meters: tuple[tuple[str, str, str, str], ...]  # number, name, place, accuracy
    lines: Mapping[str, tuple[Mapping[str, str], str, str]]  # parameter: how, in detail, meter


COAL = Plan(
    "power",
    (("1号锅炉", "MF0001", "1913 t/h"), ("2号锅炉", "MF0002", "1913 t/h"), ("1号机组", "MF0011", "600 MW"), ("2号机组", "MF0012", "600 MW")),
    (
        ("BS-01", "入炉煤皮带秤", "1号皮带", "0.5级"),
        ("BS-02", "入炉煤皮带秤", "2号皮带", "0.5级"),
        ("QH-01", "汽车衡", "煤场入口", "Ⅲ级"),
        ("DB-01", "发电机出口电能表", "1号机组", "0.2S级"),
        ("DB-02", "发电机出口电能表", "2号机组", "0.2S级"),
        ("DB-11", "上网关口电能表", "升压站", "0.2S级"),
        ("DB-21", "高厂变电能表", "厂用电母线", "0.5S级"),
    ),
    {
        "fuel_consumption_reported": (BY_METER, "入炉煤皮带秤连续称重，按机组分别计量", "BS-01"),
        "fuel_purchased": (BY_METER, "汽车衡逐车过磅", "QH-01"),
        "generation_reported": (BY_METER, "发电机出口电能表", "DB-01"),
        "on_grid_energy": (BY_METER, "关口电能表，按结算单", "DB-11"),
        "purchased_electricity": (BY_METER, "关口电能表反向电量", "DB-11"),
        "auxiliary_power": (BY_METER, "高厂变电能表", "DB-21"),
        **dict.fromkeys(
            ("carbon_reported", "moisture_ad", "moisture_ar_reported", "ncv_ar_reported", "ash_ad", "hydrogen_ad", "sulphur_ad"),
            (TESTED, "入炉煤每日样缩分为月样，外委检测元素碳，其余自检", ""),
        ),
        **dict.fromkeys(
            ("generator_hours", "boiler_heat_reported", "boiler_efficiency", "turbine_heat_input"),
            (WORKED_OUT, "由DCS运行数据计算", ""),
        ),
    },
)  # fmt: skip
STEEL = Plan(
    "steel",
    (("1号高炉", "BF-1", "2000 m³"), ("1号转炉", "BOF-1", "120 t"), ("1号烧结机", "SM-1", "300 m²"), ("1号焦炉", "CO-1", "55孔")),
    (("QH-11", "汽车衡", "原料场", "Ⅲ级"), ("MQ-01", "高炉煤气流量计", "煤气总管", "1.0级"), ("DB-31", "电能表", "炼铁降压站", "0.5S级")),
    {
        "fuel_purchased": (BY_METER, "汽车衡逐车过磅", "QH-11"),
        "material_amount": (BY_METER, "汽车衡逐车过磅", "QH-11"),
        "process_electricity": (BY_METER, "各工序电能表", "DB-31"),
        "process_fuel_input": (BY_METER, "煤气流量计和皮带秤", "MQ-01"),
        "process_fuel_output": (BY_METER, "煤气流量计", "MQ-01"),
        **dict.fromkeys(("ncv_reported", "fuel_moisture", "test_amount", "test_ncv"), (TESTED, "按批次取样检测", "")),
        **dict.fromkeys(
            ("crude_steel_output", "process_output", "fuel_opening_stock", "fuel_closing_stock", "fuel_sold"),
            (WORKED_OUT, "由生产报表汇总", ""),
        ),
    },
)  # fmt: skip
RETURNED = "工序用电量没有分表计量，缺失数据处理方法不保守，请修改后重新提交（演示）"
LATE = 1  # the meter whose calibration is overdue, by its place among the coal plant's


def create(now: dt.datetime) -> list[str]:
    """Make the schemes that are missing; an enterprise that has one is left alone. Returns whose were made."""
    today = timezone.localdate(now)
    made = []
    for username, plan, year in (("carbon", COAL, today.year), ("steel", STEEL, today.year + 1)):
        person = User.objects.select_related("organisation").filter(username=username).first()
        home = person.organisation if person else None
        if person is None or home is None or Scheme.objects.filter(organisation=home).exists():
            continue
        with transaction.atomic():
            if plan is COAL:
                _in_force(person, home, year, today)
            else:
                _returned(person, home, year, today)
        made.append(home.name_zh)
    return made


def _in_force(filler: User, home: Organisation, year: int, today: dt.date) -> None:
    """Written in November, submitted in December, in force from New Year's day."""
    written = noon(dt.date(year - 1, 11, 20))
    _meters(filler, home, COAL, today)
    scheme = _written(filler, home, COAL, year, written)
    scheme = _step(filler, scheme, "send_to_review", written)
    reviewer = User.objects.filter(organisation=home, role=Role.REVIEWER).first()
    scheme = _step(reviewer or ACTOR, scheme, "submit", noon(dt.date(year - 1, 12, 5)))
    steps.give_opinion(
        _of("city-officer"), scheme, verdict="agrees", text="", now=noon(dt.date(year - 1, 12, 12))
    )
    accepted = noon(dt.date(year - 1, 12, 22))
    _step(_of("regulator"), scheme, "accept", accepted, in_force_from=dt.date(year, 1, 1))


def _returned(filler: User, home: Organisation, year: int, today: dt.date) -> None:
    """Submitted a fortnight ago and returned last week, with what is to be mended."""
    _meters(filler, home, STEEL, today)
    scheme = _written(filler, home, STEEL, year, noon(today - dt.timedelta(20)))
    scheme = _step(filler, scheme, "send_to_review", noon(today - dt.timedelta(16)))
    scheme = _step(ACTOR, scheme, "submit", noon(today - dt.timedelta(14)))  # the works has one log-in only
    _step(_of("regulator"), scheme, "return", noon(today - dt.timedelta(6)), why=RETURNED)


def _of(username: str) -> Actor:
    """Who has a log-in of the demonstration; where it was made without, the demonstration itself."""
    return User.objects.select_related("organisation").filter(username=username).first() or ACTOR


def _step(
    actor: Actor,
    scheme: Scheme,
    name: str,
    when: dt.datetime,
    *,
    why: str = "",
    in_force_from: dt.date | None = None,
) -> Scheme:
    held = Scheme.objects.select_related("organisation").get(pk=scheme.pk)
    return steps.take(
        actor, held, name, revision=held.revision, why=why, in_force_from=in_force_from, now=when
    )


def _meters(filler: User, home: Organisation, plan: Plan, today: dt.date) -> None:
    """Meters with a calibration each, good for a year; one of the coal plant's is overdue, one is due soon."""
    for place, (number, name, where, accuracy) in enumerate(plan.meters):
        past = 385 if plan is COAL and place == LATE else 330 if place == 0 else 60 + 20 * place
        day = today - dt.timedelta(past)
        values = {
            "number": number, "name": name, "model": f"示例-{number}{MADE_UP}", "place": where, "frequency": "连续",
            "accuracy": accuracy, "calibration_months": "12",
        }  # fmt: skip
        meter = actions.keep_meter(filler, home, values, now=noon(day - dt.timedelta(5)))
        said = {
            "day": day.isoformat(), "due": (day + dt.timedelta(365)).isoformat(), "by": f"示范计量所{MADE_UP}",
            "certificate": f"演检字{day:%Y}-{number}",
        }  # fmt: skip
        actions.record_calibration(filler, meter, said, now=noon(day + dt.timedelta(2)))


def _written(filler: User, home: Organisation, plan: Plan, year: int, when: dt.datetime) -> Scheme:
    scheme = actions.begin(filler, home, plan.rule_set, year, now=when, why=WHY)
    _fill(filler, scheme, plan, when)
    return scheme


def _fill(filler: User, scheme: Scheme, plan: Plan, when: dt.datetime) -> None:
    """Everything that the guideline asks for."""
    home = scheme.organisation
    for section in scheme.declared.sections:
        said = {item.key: _text(item.zh) for item in section.items if item.kind == "text"}
        if said:
            stamp = actions.stamp(scheme, section)
            actions.keep_texts(filler, scheme, section, said, seen=stamp, now=when)
        for item in section.items:
            if item.kind == "files":
                upload = Upload(f"{item.zh}{MADE_UP}.pdf", paper(f"{item.en} {home.name_en}"))
                actions.add_files(filler, scheme, item.key, [upload], now=when)
    for name, number, size in plan.facilities:
        values = {
            "name": name, "number": number, "size": f"{size}{MADE_UP}", "use": "in_use", "owner": home.name_zh,
        }  # fmt: skip
        actions.keep_row(filler, scheme, "facilities", values, now=when)
    meters = dict(Meter.objects.filter(organisation=home).values_list("number", "pk"))
    for row in scheme.parameters.all():
        how, told, meter = plan.lines.get(row.parameter, (NONE, "", ""))
        values = {
            "parameter": row.parameter, "subject": "", "description": told, "meter": str(meters.get(meter, "")),
        }  # fmt: skip
        actions.keep_row(
            filler, scheme, "parameters", values | dict(how), row=row, revision=row.revision, now=when
        )


def _text(title: str) -> str:
    return f"{title}：见本单位《碳排放管理制度》及附图；{MADE_UP.strip('（）')}内容为虚构。"
