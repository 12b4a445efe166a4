"""Fictitious organisations and log-ins for the demonstration, made through the actions users call."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime

from shutan.apps.accounts.actions import create_organisation, create_user
from shutan.apps.accounts.log import System
from shutan.apps.accounts.models import Kind, Organisation, Role, User
from shutan.rules.common.codes import credit_code_check_character

# Printed at each start of the demonstration and useless anywhere else.
DEMO_PASSWORD = "Shutan-demo-2024"  # noqa: S105

ACTOR = System("Demonstration 演示数据")
WHY = "Demonstration data 演示数据"

# kind, Chinese name, English name, first 17 characters of its code, division code
ORGANISATIONS = {
    "province": (
        Kind.PROVINCE,
        "演示省级主管部门（虚构）",
        "Demonstration provincial department (fictitious)",
        "11510000000000DEM",
        "510000",
    ),
    "coal": (
        Kind.ENTERPRISE,
        "川南示范发电有限公司（虚构）",
        "Chuannan Demonstration Power (fictitious)",
        "91510500MA00DEM01",
        "510500",
    ),
    "heat": (
        Kind.ENTERPRISE,
        "成都示范热电有限公司（虚构）",
        "Chengdu Demonstration Heat and Power (fictitious)",
        "91510100MA00DEM02",
        "510100",
    ),
    "gas": (
        Kind.ENTERPRISE,
        "达州示范燃机发电有限公司（虚构）",
        "Dazhou Demonstration Gas Turbine Power (fictitious)",
        "91511700MA00DEM03",
        "511700",
    ),
    "industry": (
        Kind.GROUP,
        "四川示范工业集团有限公司（虚构）",
        "Sichuan Demonstration Industries (fictitious)",
        "91510000MA00DEM13",
        "510100",
    ),
    "exercise": (
        Kind.ENTERPRISE,
        "练习：国外真实电厂（非法定报告）",
        "Exercise: a real plant abroad (no legal report)",
        "",
        "510000",
    ),
    "public": (Kind.PUBLIC, "社会公众（演示）", "Public (demonstration)", "", "510000"),
}

# log-in, organisation, name, role
PEOPLE = [
    ("carbon", "coal", "陈思远", Role.FILLER),
    ("carbon-reviewer", "coal", "罗敏", Role.REVIEWER),
    ("carbon-responsible", "coal", "程远山", Role.RESPONSIBLE),
    ("carbon-admin", "coal", "唐建国", Role.ADMIN),
    ("heat", "heat", "何雨桐", Role.FILLER),
    ("gas", "gas", "蒋文博", Role.FILLER),
    ("industry", "industry", "赵清源", Role.MEMBER),
    ("exercise", "exercise", "练习账号", Role.FILLER),
    ("regulator", "province", "周立新", Role.OFFICER),
    ("regulator-lead", "province", "吴静", Role.LEAD),
    ("regulator-deputy", "province", "邓一鸣", Role.DEPUTY),
    ("regulator-admin", "province", "冯兰", Role.ADMIN),
    ("public", "public", "公众用户", Role.MEMBER),
]


# Of surname and given name people of the demonstration are called; any likeness is chance.
SURNAMES = "陈罗唐何蒋周吴赵杨刘黄林谢彭许曾邓冯梁宋"
GIVEN_NAMES = (
    "建华", "志强", "晓梅", "文静", "国栋", "海燕", "雨桐", "思远", "明轩", "佳怡", "永康", "秀兰",
    "子涵", "立新", "清源", "雪松", "春燕", "振宇", "丽君", "学文", "若兰", "启航", "慧敏", "云帆",
)  # fmt: skip


@dataclass(frozen=True)
class Login:
    """One line of what the command line prints."""

    username: str
    password: str
    name: str
    role: str
    kind: str
    organisation: str
    organisation_en: str


def person_name(key: str) -> str:
    """Return a fictitious name in Chinese, always the same for a key."""
    draw = random.Random(key)  # noqa: S311 - a demonstration, no secret
    return draw.choice(SURNAMES) + draw.choice(GIVEN_NAMES)


def create_demo(now: datetime) -> list[Login]:
    """Make what is missing of the demonstration's organisations and people; calling it again changes nothing."""
    made = {
        key: make_organisation(
            now, kind, zh, en, division=division, code=code and code + credit_code_check_character(code)
        )
        for key, (kind, zh, en, code, division) in ORGANISATIONS.items()
    }
    return [make_login(now, username, made[key], role, name) for username, key, name, role in PEOPLE]


def create_works(now: datetime, username: str, zh: str, en: str, credit_code: str) -> tuple[User, Login]:
    """Make what is missing of an enterprise of the industrial group, and of its one log-in."""
    found = make_organisation(
        now,
        Kind.ENTERPRISE,
        zh,
        en,
        division=credit_code[2:8],
        code=credit_code,
        head_office=Organisation.objects.get(name_zh=ORGANISATIONS["industry"][1]),
    )
    login = make_login(now, username, found, Role.FILLER)
    return User.objects.select_related("organisation").get(username=username), login


def make_organisation(
    now: datetime,
    kind: str,
    zh: str,
    en: str,
    *,
    division: str,
    code: str = "",
    head_office: Organisation | None = None,
) -> Organisation:
    """Return the fictitious organisation of a Chinese name, made where it is missing."""
    return Organisation.objects.filter(name_zh=zh).first() or create_organisation(
        ACTOR,
        kind=kind,
        name_zh=zh,
        name_en=en,
        credit_code=code or None,
        division_code=division,
        head_office=head_office,
        is_fictitious=True,
        now=now,
        why=WHY,
    )


def make_login(now: datetime, username: str, organisation: Organisation, role: str, name: str = "") -> Login:
    """Return a log-in with the demonstration's password, its person made where they are missing."""
    name = name or person_name(username)
    if not User.objects.filter(username=username).exists():
        make_person(now, username, organisation, role, name=name, password=DEMO_PASSWORD)
    home = organisation
    return Login(username, DEMO_PASSWORD, name, role, home.kind, home.name_zh, home.name_en)


def make_person(
    now: datetime, username: str, organisation: Organisation, role: str, *, name: str, password: str | None
) -> User:
    """Make a person; without a password they are invited and have not come yet."""
    return create_user(
        ACTOR,
        organisation,
        username=username,
        name=name,
        role=role,
        password=password,
        email=f"{username}@example.invalid",
        now=now,
        why=WHY,
    )
