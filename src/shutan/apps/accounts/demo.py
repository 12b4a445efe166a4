"""Fictitious organisations and log-ins for the demonstration, made through the actions users call."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shutan.apps.accounts.actions import create_organisation, create_user
from shutan.apps.accounts.log import System
from shutan.apps.accounts.models import Kind, Organisation, Role, User
from shutan.rules.common.codes import credit_code_check_character as check_character

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


@dataclass(frozen=True)
class Login:
    """One line of what the command line prints."""

    username: str
    password: str
    name: str
    role: str
    organisation: str


def create_demo(now: datetime) -> list[Login]:
    """Make what is missing of the demonstration's organisations and people; calling it again changes nothing."""
    made = {key: _organisation(now, given) for key, given in ORGANISATIONS.items()}
    return [_login(now, username, made[key], name, role) for username, key, name, role in PEOPLE]


def create_works(now: datetime, username: str, zh: str, en: str, credit_code: str) -> tuple[User, Login]:
    """Make what is missing of an enterprise of the industrial group, and of its one log-in."""
    found = Organisation.objects.filter(credit_code=credit_code).first() or create_organisation(
        ACTOR,
        kind=Kind.ENTERPRISE,
        name_zh=zh,
        name_en=en,
        credit_code=credit_code,
        division_code=credit_code[2:8],
        head_office=Organisation.objects.get(name_zh=ORGANISATIONS["industry"][1]),
        is_fictitious=True,
        now=now,
        why=WHY,
    )
    login = _login(now, username, found, f"{zh.removesuffix('有限公司（虚构）')}填报人", Role.FILLER)
    return User.objects.select_related("organisation").get(username=username), login


def _organisation(now: datetime, given: tuple[str, str, str, str, str]) -> Organisation:
    kind, zh, en, code, division = given
    found = Organisation.objects.filter(name_zh=zh).first()
    return found or create_organisation(
        ACTOR,
        kind=kind,
        name_zh=zh,
        name_en=en,
        credit_code=code + check_character(code) if code else None,
        division_code=division,
        is_fictitious=True,
        now=now,
        why=WHY,
    )


def _login(now: datetime, username: str, organisation: Organisation, name: str, role: str) -> Login:
    if not User.objects.filter(username=username).exists():
        create_user(
            ACTOR,
            organisation,
            username=username,
            name=name,
            role=role,
            password=DEMO_PASSWORD,
            email=f"{username}@example.invalid",
            now=now,
            why=WHY,
        )
    return Login(username, DEMO_PASSWORD, name, role, organisation.name_zh)
