"""What is said of each kind of entity: the one declaration that forms, tables, import, export and API follow.

A fact is an input of the kernel (`Text`, `Number`, `Choice`), so that a cell is read and faulted as everywhere else, with
what only the directory knows: whether it is a link to another entity, whether its values have a check of their own.
Values are kept as text: a number as it was read, a choice by its key, a code as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from shutan.apps.directory.models import EntityKind
from shutan.documents.problem import Message
from shutan.documents.values import Fault, parse
from shutan.kernel import Choice, Choices, Input, Member, Number, Text
from shutan.rules.common.codes import is_credit_code, is_industry_code
from shutan.rules.common.divisions import divisions, full_name
from shutan.rules.entry.choices import SectorCode

Sector = Choices(
    "Sector",
    power="发电|Power generation",
    steel="钢铁|Iron and steel",
    cement="水泥|Cement",
    aluminium="铝冶炼|Aluminium smelting",
    petrochemical="石化|Petrochemicals",
    chemical="化工|Chemicals",
    flat_glass="平板玻璃|Flat glass",
    nonferrous="其他有色金属|Other nonferrous metals",
    paper="造纸|Pulp and paper",
    aviation="民航|Civil aviation",
    ceramics="陶瓷|Ceramics",
    magnesium="镁冶炼|Magnesium smelting",
    other="其他|Other",
)

State = Choices(
    "State",
    planned="拟建或在建|Planned or being built",
    operating="在运|Operating",
    stopped="停产（停运）|Stopped",
    closed="关停（注销）|Closed for good",
    merged="已并入|Merged into another",
)

Equipment = Choices(
    "Equipment",
    boiler="锅炉|Boiler",
    steam_turbine_unit="汽轮发电机组|Steam turbine unit",
    gas_turbine_unit="燃气轮机机组|Gas turbine unit",
    engine_unit="内燃机机组|Engine unit",
    blast_furnace="高炉|Blast furnace",
    converter="转炉|Converter",
    electric_arc_furnace="电弧炉|Electric arc furnace",
    sinter_machine="烧结机|Sinter machine",
    coke_oven="焦炉|Coke oven",
    rotary_kiln="回转窑|Rotary kiln",
    potline="电解槽系列|Potline",
    anode_furnace="阳极焙烧炉|Anode baking furnace",
    glass_furnace="玻璃熔窑|Glass furnace",
    reactor="反应装置|Reactor",
    paper_machine="造纸机|Paper machine",
    other="其他|Other",
)

CapacityUnit = Choices(
    "CapacityUnit",
    mw="MW|MW",
    t_per_h="t/h（蒸汽）|t/h (steam)",
    t_per_d="t/d|t/d",
    t_per_a="t/a|t/a",
    kt_per_a="万t/a|10⁴ t/a",
    m2="m²|m²",
    m3="m³|m³",
    t="t（公称容量）|t (nominal)",
    ka="kA|kA",
)


@dataclass(frozen=True)
class FactType:
    """One fact of a kind of entity. `target` is the kind a link leads to.

    `by_event` facts are never typed; one with an `event` is typed once and then changes by that kind of event only, so
    that the registry and the lists hear of it. What was simply wrong is corrected.
    """

    field: Input
    target: str = ""
    check: Callable[[str, date], Fault | None] | None = None
    by_event: bool = False
    event: str = ""

    @property
    def name(self) -> str:
        """The stable name."""
        return self.field.name

    @property
    def required(self) -> bool:
        """Whether an entity must have it."""
        return not self.field.optional

    def label(self, language: str) -> str:
        """The label in a language ("zh…" or English), unit included."""
        label = self.field.zh if language.startswith("zh") else self.field.en
        return label[:1].upper() + label[1:]

    def read(self, raw: Any, day: date) -> tuple[str, Fault | None]:
        """A typed value as the text that is kept, and what is wrong with it; a link's key is read as text."""
        value, fault = parse(None, self.field, raw)
        if fault is not None or value is None:
            return "", fault
        if isinstance(value, Member):
            text = value.key
        elif isinstance(value, Decimal):
            text = format(value.normalize(), "f")
        else:
            text = str(value)
        return text, self.check(text, day) if self.check and text else None

    def shown(self, value: str, language: str) -> str:
        """A kept value as people read it."""
        if not value:
            return ""
        if isinstance(self.field, Choice):
            member = self.field.choices.members.get(value)
            return (member.zh if language.startswith("zh") else member.en) if member else value
        if self.name == "division":
            return full_name(value, language)
        if self.name == "industry":
            member = SectorCode.members.get(f"C{value[-4:]}")
            return (member.zh if language.startswith("zh") else member.en) if member else value
        return value


def credit_code_fault(code: str, _day: date) -> Fault | None:
    """What is wrong with a unified social credit code."""
    if is_credit_code(code):
        return None
    return Fault(
        "credit_code",
        Message(
            f"“{code}”不是有效的统一社会信用代码（校验位不符或含非法字符）",
            f"“{code}” is no unified social credit code (check character or alphabet)",
        ),
        Message("18位，最后一位为校验码", "18 characters, the last one a check character"),
    )


def division_fault(code: str, day: date) -> Fault | None:
    """What is wrong with a division code on a day; a replaced one names its successor."""
    one = divisions().get(code)
    expected = Message(
        "四川省的六位行政区划代码，如 510104", "a six-digit division code of Sichuan such as 510104"
    )
    if one is None:
        return Fault(
            "division.unknown",
            Message(f"没有行政区划代码“{code}”", f"there is no division code “{code}”"),
            expected,
        )
    if one.valid_until and one.valid_until < day:
        new = divisions()[one.successor]
        return Fault(
            "division.replaced",
            Message(
                f"{one.name}的代码 {code} 在 {day} 已停用",
                f"code {code} of {one.name_en} is not in use on {day}",
            ),
            Message(f"{new.code} {new.name}", f"{new.code} {new.name_en}"),
        )
    return None


def industry_fault(code: str, _day: date) -> Fault | None:
    """What is wrong with a class of GB/T 4754."""
    if is_industry_code(code):
        return None
    return Fault(
        "industry",
        Message(f"“{code}”不是GB/T 4754的小类代码", f"“{code}” is no class of GB/T 4754"),
        Message("四位数字，如 4411", "four digits such as 4411"),
    )


def _text(name: str, label: str, *, length: int = 200, optional: bool = True) -> Text:
    return Text(name, label, length=length, optional=optional)


NAME = FactType(_text("name", "名称|name", length=120, optional=False), event="name_change")
DIVISION = FactType(_text("division", "所在区划|division", length=6, optional=False), check=division_fault)
STATE = FactType(Choice("state", State, "状态|state"), by_event=True)
SECTOR = FactType(Choice("sector", Sector, "行业|sector"))

FACTS: dict[str, tuple[FactType, ...]] = {
    EntityKind.LEGAL_PERSON: (
        NAME,
        FactType(
            _text("credit_code", "统一社会信用代码|unified social credit code", length=18, optional=False),
            check=credit_code_fault,
        ),
        SECTOR,
        FactType(
            _text("industry", "行业代码（GB/T 4754）|industry code (GB/T 4754)", length=5),
            check=industry_fault,
        ),
        DIVISION,
        FactType(_text("address", "住所|registered address")),
        FactType(_text("legal_representative", "法定代表人|legal representative", length=80)),
        FactType(_text("head_office", "集团总部|head office"), target=EntityKind.LEGAL_PERSON),
        FactType(
            _text("reporting_entity", "并入报告主体|reports within"), target=EntityKind.REPORTING_ENTITY
        ),
        STATE,
    ),
    EntityKind.REPORTING_ENTITY: (
        NAME,
        SECTOR,
        FactType(_text("lead", "牵头单位|lead member", optional=False), target=EntityKind.LEGAL_PERSON),
        DIVISION,
        FactType(_text("site", "连片厂区|contiguous site")),
        STATE,
    ),
    EntityKind.FACILITY: (
        NAME,
        FactType(
            _text("owner", "所属企业|owner", optional=False), target=EntityKind.LEGAL_PERSON, event="transfer"
        ),
        SECTOR,
        DIVISION,
        FactType(_text("address", "厂址|site address")),
        STATE,
    ),
    EntityKind.LINE: (
        NAME,
        FactType(_text("facility", "所属设施|facility", optional=False), target=EntityKind.FACILITY),
        SECTOR,
        FactType(_text("product", "产品|product", length=80)),
        FactType(Choice("equipment", Equipment, "设备类别|equipment", optional=True)),
        FactType(
            Number("capacity", "核定产能|approved capacity", places=4, minimum="0", optional=True),
            event="capacity_change",
        ),
        FactType(
            Choice("capacity_unit", CapacityUnit, "产能单位|unit of capacity", optional=True),
            event="capacity_change",
        ),
        STATE,
    ),
}


def types_of(kind: str) -> dict[str, FactType]:
    """The facts of a kind of entity by name, in the order of the declaration."""
    return {one.name: one for one in FACTS[kind]}


def entered(kind: str) -> tuple[FactType, ...]:
    """The facts a person enters; the others follow from events."""
    return tuple(one for one in FACTS[kind] if not one.by_event)
