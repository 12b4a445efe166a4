"""Draw a fictitious province: who there is, where, what they make. The same seed draws the same province.

Names, codes and capacities mean nobody: every name says so, and credit codes hold letters that mark them.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from shutan.rules.common.codes import credit_code_check_character
from shutan.rules.common.divisions import Division, divisions, prefectures

SEED = 30  # the plan has thirty measures
ENTERPRISES = 300
FICTITIOUS = ("（虚构）", " (fictitious)")
SYLLABLES = (
    ("川", "Chuan"), ("蜀", "Shu"), ("岷", "Min"), ("涪", "Fu"), ("锦", "Jin"), ("沱", "Tuo"), ("嘉", "Jia"), ("峨", "E"),
    ("天", "Tian"), ("华", "Hua"), ("宏", "Hong"), ("瑞", "Rui"), ("泰", "Tai"), ("兴", "Xing"), ("安", "An"), ("源", "Yuan"),
    ("恒", "Heng"), ("盛", "Sheng"), ("润", "Run"), ("博", "Bo"), ("新", "Xin"), ("明", "Ming"), ("通", "Tong"), ("德", "De"),
)  # fmt: skip


@dataclass(frozen=True)
class Trade:
    """A sector: how many of a hundred enterprises, what they are called, and what their lines look like.

    `sizes` are approved capacities one of which a line has; `state` of a line is operating unless drawn stopped.
    """

    sector: str
    share: int
    industry: str
    zh: str
    en: str
    line: tuple[str, str]
    product: tuple[str, ...]
    equipment: str
    sizes: tuple[str, ...]
    unit: str
    lines: tuple[int, int]
    first: tuple[str, ...] = ()  # a line that every one has: name, product, equipment, capacity, unit


TRADES = (
    Trade("power", 12, "4411", "发电", "Power", ("号机组", "unit"), ("电力",), "steam_turbine_unit", ("150", "300", "350", "600"), "mw", (1, 4)),
    Trade("cement", 22, "3011", "水泥", "Cement", ("号窑", "kiln"), ("硅酸盐水泥熟料",), "rotary_kiln", ("2500", "3200", "4500", "5000"), "t_per_d", (1, 2)),
    Trade("steel", 5, "3120", "钢铁", "Steel", ("号转炉", "converter"), ("粗钢",), "converter", ("80", "100", "120", "200"), "t", (1, 3), ("1号高炉", "生铁", "blast_furnace", "1350", "m3")),
    Trade("aluminium", 2, "3216", "铝业", "Aluminium", ("号电解系列", "potline"), ("电解铝",), "potline", ("12.5", "15", "20"), "kt_per_a", (1, 2)),
    Trade("flat_glass", 4, "3041", "玻璃", "Glass", ("号熔窑", "furnace"), ("平板玻璃",), "glass_furnace", ("600", "700", "900"), "t_per_d", (1, 2)),
    Trade("chemical", 18, "2621", "化工", "Chemical", ("号装置", "plant"), ("合成氨", "甲醇", "电石"), "reactor", ("15", "20", "30", "45"), "kt_per_a", (1, 3)),
    Trade("petrochemical", 2, "2511", "石化", "Petrochemical", ("号装置", "plant"), ("原油加工",), "reactor", ("500", "1000"), "kt_per_a", (1, 2)),
    Trade("nonferrous", 4, "3211", "铜业", "Copper", ("号系统", "line"), ("阴极铜",), "other", ("10", "20"), "kt_per_a", (1, 2)),
    Trade("paper", 10, "2221", "纸业", "Paper", ("号纸机", "machine"), ("机制纸",), "paper_machine", ("5", "10", "20"), "kt_per_a", (1, 4)),
    Trade("ceramics", 14, "3071", "陶瓷", "Ceramics", ("号窑", "kiln"), ("建筑陶瓷",), "other", ("3", "5", "8"), "kt_per_a", (1, 4)),
    Trade("magnesium", 1, "3217", "镁业", "Magnesium", ("号还原炉组", "furnace group"), ("原镁",), "other", ("1", "2"), "kt_per_a", (1, 2)),
    Trade("aviation", 1, "5611", "航空", "Airlines", ("号机队", "fleet"), ("旅客运输",), "other", (), "", (1, 1)),
    Trade("other", 5, "3130", "材料", "Materials", ("号生产线", "line"), ("轧材",), "other", ("10", "50"), "kt_per_a", (1, 2)),
)  # fmt: skip

# kind, Chinese, English, how many
BODIES = (
    ("group", "能源集团有限公司", "Energy Group", 3),
    ("group", "工业集团有限公司", "Industries Group", 2),
    ("verifier", "碳核查有限公司", "Carbon Verification", 8),
    ("laboratory", "煤质检测有限公司", "Coal Testing", 10),
    ("service", "低碳咨询有限公司", "Low-carbon Consulting", 8),
    ("bank", "示范银行", "Bank", 2),
    ("association", "行业协会", "Association", 3),
)
DEPARTMENTS = (
    ("market", "市场监管部门", "market regulation department"),
    ("industry", "经济和信息化部门", "industry department"),
    ("reform", "发展改革部门", "development and reform department"),
    ("statistics", "统计部门", "statistics department"),
    ("energy", "能源部门", "energy department"),
    ("finance", "财政部门", "finance department"),
    ("forestry", "林草部门", "forestry department"),
    ("grid", "电网企业", "grid company"),
    ("police", "公安机关", "public security"),
    ("exchange", "环境交易所", "environment exchange"),
    ("expert", "专家库", "expert panel"),
)


@dataclass(frozen=True)
class Office:
    """An organisation that is not an enterprise."""

    kind: str
    zh: str
    en: str
    division: str
    code: str = ""


@dataclass(frozen=True)
class Line:
    """A unit or line with its approved capacity."""

    name: str
    product: str
    equipment: str
    capacity: str
    unit: str
    state: str = "operating"


@dataclass(frozen=True)
class Enterprise:
    """An enterprise with one site; `group` is the place of its head office among `offices()` of that kind, None without."""

    zh: str
    en: str
    code: str
    division: str
    sector: str
    industry: str
    since: str
    representative: str
    lines: tuple[Line, ...]
    group: int | None
    emits: int | None = None  # tonnes a year; None where they are drawn


def offices() -> list[Office]:
    """Return departments, city bureaus and bodies."""
    draw = random.Random(SEED)  # noqa: S311 - a demonstration, no secret
    found = [
        Office(kind, f"演示{zh}{FICTITIOUS[0]}", f"Demonstration {en}{FICTITIOUS[1]}", "510000")
        for kind, zh, en in DEPARTMENTS
    ]
    found += [
        Office(
            "city",
            f"演示{city.name}生态环境部门{FICTITIOUS[0]}",
            f"Demonstration ecology bureau of {city.name_en}{FICTITIOUS[1]}",
            city.code,
        )
        for city in prefectures()
    ]
    names = _names(draw)
    number = 0
    for kind, zh, en, count in BODIES:
        for first in islice(names, count):
            city = draw.choice(prefectures())
            number += 1
            found.append(
                Office(
                    kind,
                    f"四川{first[0]}{zh}{FICTITIOUS[0]}",
                    f"Sichuan {first[1]} {en}{FICTITIOUS[1]}",
                    city.code,
                    code("510000", "B", number),
                )
            )
    return found


def enterprises(count: int = ENTERPRISES, seed: int = SEED) -> list[Enterprise]:
    """Return enterprises over all cities and sectors; the first ones of a larger province are those of a smaller."""
    draw = random.Random(seed)  # noqa: S311 - a demonstration, no secret
    counties = _counties()
    names = _names(draw)
    groups = sum(body[3] for body in BODIES if body[0] == "group")
    trades = draw.sample(
        [trade for trade in TRADES for _ in range(trade.share)], sum(trade.share for trade in TRADES)
    )
    return [
        _enterprise(draw, number, next(names), trades[number % len(trades)], counties=counties, groups=groups)
        for number in range(count)
    ]


def _enterprise(
    draw: random.Random,
    number: int,
    name: tuple[str, str],
    trade: Trade,
    *,
    counties: dict[str, Sequence[Division]],
    groups: int,
) -> Enterprise:
    # Every city has its share: they take turns, the capital twice.
    cities = [*counties, "510100"]
    city = divisions()[cities[number % len(cities)]]
    county = draw.choice(counties[city.code])
    short = city.name.removesuffix("市") if city.name.endswith("市") else city.name[:2]
    return Enterprise(
        zh=f"{short}{name[0]}{trade.zh}有限公司{FICTITIOUS[0]}",
        en=f"{city.name_en.split(' ')[0]} {name[1]} {trade.en}{FICTITIOUS[1]}",
        code=code(county.code, "E", number),
        division=county.code,
        sector=trade.sector,
        industry=trade.industry,
        since=f"{draw.randint(2005, 2023)}-{draw.randint(1, 12):02d}-01",
        representative=draw.choice("陈罗唐何蒋周吴赵杨刘黄林谢彭")
        + draw.choice(("建华", "志强", "晓梅", "文静", "国栋", "海燕")),
        lines=tuple(_lines(draw, trade)),
        group=draw.randrange(groups) if draw.random() < 0.2 else None,  # noqa: PLR2004 - a fifth belong to a group
    )


def _lines(draw: random.Random, trade: Trade) -> Iterator[Line]:
    if trade.first:
        yield Line(*trade.first)
    for number in range(1, draw.randint(*trade.lines) + 1):
        yield Line(
            name=f"{number}{trade.line[0]}",
            product=draw.choice(trade.product),
            equipment=trade.equipment,
            capacity=draw.choice(trade.sizes) if trade.sizes else "",
            unit=trade.unit,
            state="stopped" if draw.random() < 0.05 else "operating",  # noqa: PLR2004 - one in twenty stands still
        )


def rows(some: Iterable[Enterprise]) -> dict[str, list[dict[str, str]]]:
    """Return enterprises as the rows that the directory's import takes."""
    found: dict[str, list[dict[str, str]]] = {"legal_person": [], "facility": [], "line": []}
    for one in some:
        shared = {"since": one.since, "sector": one.sector}
        site = f"{one.zh.removesuffix(FICTITIOUS[0])}厂区"
        found["legal_person"].append(
            shared
            | {
                "name": one.zh,
                "credit_code": one.code,
                "industry": one.industry,
                "division": one.division,
                "legal_representative": one.representative,
            }
        )
        found["facility"].append(shared | {"name": site, "owner": one.code, "division": one.division})
        for line in one.lines:
            capacity = {"capacity": line.capacity, "capacity_unit": line.unit} if line.capacity else {}
            found["line"].append(
                shared
                | {
                    "name": line.name,
                    "facility": f"{one.code}/{site}",
                    "product": line.product,
                    "equipment": line.equipment,
                    "state": line.state,
                }
                | capacity
            )
    return found


def code(division: str, series: str, number: int) -> str:
    """Return a valid credit code that marks itself: `91`, division, `MADE`, a letter, a number."""
    body = f"91{division}MADE{series}{number:04d}"
    return body + credit_code_check_character(body)


def _names(draw: random.Random) -> Iterator[tuple[str, str]]:
    """Yield pairs of syllables in Chinese and English, each pair once, then with a third syllable."""
    for third in (("", ""), *SYLLABLES):
        pairs = [
            (one[0] + two[0] + third[0], f"{one[1]}{two[1].lower()}{third[1].lower()}")
            for one in SYLLABLES
            for two in SYLLABLES
            if one != two
        ]
        yield from draw.sample(pairs, len(pairs))


def _counties() -> dict[str, Sequence[Division]]:
    return {
        city.code: tuple(one for one in divisions().values() if one.parent == city.code and not one.successor)
        for city in prefectures()
    }
