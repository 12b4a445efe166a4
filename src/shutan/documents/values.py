"""One cell: from what was typed to an exact value, or what is wrong with it."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from shutan.documents.problem import Message
from shutan.documents.wording import unit_text
from shutan.kernel import Choice, Choices, Date, Input, Member, Number, RuleSet
from shutan.kernel.grain import DAY, MONTH

KEY_LENGTH = 100
# What makes a text unsafe to keep: control characters, invisible ones that turn or hide text, lone surrogates.
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_PLAIN = re.compile(r"[+-]?(\d{1,30}(\.\d{0,30})?|\.\d{1,30})([eE][+-]?\d{1,2})?", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d{1,30})?", re.ASCII)
_DATES = (
    re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", re.ASCII),
    re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日?", re.ASCII),
    re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII),
)
_LARGEST = Decimal("1e15")
_SIGNIFICANT = 15  # what a workbook keeps of a number


@dataclass(frozen=True)
class Fault:
    """What is wrong with one value."""

    code: str
    message: Message
    expected: Message | None = None


@dataclass(frozen=True)
class _Slip:
    """A value that is impossible in its unit but usual in another one."""

    unit: re.Pattern[str]
    above: Decimal
    hint: Message


# No fuel holds 1,000 GJ per tonne or 10⁴ m³, none is half carbon by the hundred: such a figure is in another unit.
SLIPS = (
    _Slip(
        re.compile(r"GJ/(?!GJ)"),
        Decimal(1000),
        Message(
            "像是以kJ/kg（或kcal/kg）填写；kJ/kg应除以1000",
            "looks like kJ/kg (or kcal/kg); divide kJ/kg by 1000",
        ),
    ),
    _Slip(
        re.compile(r"tC/(?!GJ|TJ)"),
        Decimal(20),
        Message("像是以百分数填写；应除以100", "looks like a percentage; divide by 100"),
    ),
    _Slip(
        re.compile(r"tC/GJ"),
        Decimal(1),
        Message("像是以tC/TJ填写；应除以1000", "looks like tC/TJ; divide by 1000"),
    ),
    _Slip(
        re.compile(r"kJ/kg"),
        Decimal(100000),
        Message("像是以J/kg填写；应除以1000", "looks like J/kg; divide by 1000"),
    ),
    _Slip(
        re.compile(r"MW$"),
        Decimal(50000),
        Message("像是以kW填写；应除以1000", "looks like kW; divide by 1000"),
    ),
)


def parse(rules: RuleSet | None, one: Input, raw: Any) -> tuple[Any, Fault | None]:
    """Return the exact value of a cell that is not empty, and its fault; with a fault the value is None.

    Args:
        rules: gives units their words; None where units need none.
        one: the declared input.
        raw: what the reader found: str, int, float, Decimal, bool, date or datetime.
    """
    if isinstance(raw, str):
        text = unicodedata.normalize("NFC", raw).strip()
        if bad := _CONTROL.search(text):
            return None, _control(bad[0])
        raw = text
    if isinstance(one, Number):
        return _number(rules, one, raw)
    if isinstance(one, Choice):
        return _choice(one.choices, raw)
    if isinstance(one, Date):
        return _date(raw)
    return _text(raw, getattr(one, "length", 200))


def is_empty(raw: Any) -> bool:
    """Say whether a cell holds nothing."""
    return raw is None or (isinstance(raw, str) and not raw.strip())


def key_part(dimension: str, raw: Any) -> tuple[Any, Fault | None]:
    """Return a part of a row's key: a month as 1 to 12, a day as YYYYMMDD, anything else as text."""
    if isinstance(raw, str) and (bad := _CONTROL.search(raw)):
        return None, _control(bad[0])
    if dimension == MONTH:
        return _month(raw)
    if dimension == DAY:
        day, fault = _date(raw)
        return None if day is None else f"{day:%Y%m%d}", fault
    text, fault = _text(raw, KEY_LENGTH)
    if text is not None and ("\n" in text or "\t" in text):
        return None, Fault("text.control", Message("名称中不能换行", "a name must be on one line"))
    return text, fault


def exact(raw: float | Decimal) -> Decimal:
    """Return a workbook's or JSON's number as a Decimal; a float keeps the 15 digits a workbook shows.

    Raises:
        ValueError: not a finite number.
    """
    if isinstance(raw, float):
        if raw != raw or raw in (float("inf"), float("-inf")):  # noqa: PLR0124 - NaN is unlike itself
            raise ValueError("not a finite number")
        if raw.is_integer() and abs(raw) < 1e15:  # noqa: PLR2004 - exactly kept
            return Decimal(int(raw))
        number = Decimal(repr(raw))
        return number if len(number.as_tuple().digits) <= _SIGNIFICANT else Decimal(f"{raw:.15g}")
    number = Decimal(raw)
    if not number.is_finite():
        raise ValueError("not a finite number")
    return number


def _control(character: str) -> Fault:
    code = f"U+{ord(character):04X}"
    return Fault(
        "text.control", Message(f"含有不可见的控制字符 {code}", f"has the invisible control character {code}")
    )


def _shown(raw: Any, length: int = 40) -> str:
    text = str(int(raw)) if isinstance(raw, float) and raw.is_integer() else str(raw)
    return text if len(text) <= length else text[:length] + "…"


def _number(rules: RuleSet | None, one: Number, raw: Any) -> tuple[Decimal | None, Fault | None]:
    value, told = decimal_of(raw)
    if value is not None:
        told = _place_fault(one, value) or _slip(one, value) or _range_fault(one, value)
    if told is None:
        return value, None
    code, message = told
    return None, Fault(code, message, _wanted(rules, one))


def decimal_of(raw: Any) -> tuple[Decimal | None, tuple[str, Message] | None]:
    """Read a number as people and workbooks write it, thousands separators and full-width digits too; else code and words."""
    if isinstance(raw, int | float | Decimal) and not isinstance(raw, bool):
        try:
            return exact(raw), None
        except ValueError:
            return None, ("number.finite", Message("不是有限的数", "not a finite number"))
    if isinstance(raw, str):
        text = unicodedata.normalize("NFKC", raw).replace("−", "-")
        if _PLAIN.fullmatch(text) or _GROUPED.fullmatch(text):
            return Decimal(text.replace(",", "")), None
    shown = _shown(raw)
    return None, ("number.text", Message(f"应填数字，却是“{shown}”", f"“{shown}” is not a number"))


def _place_fault(one: Number, value: Decimal) -> tuple[str, Message] | None:
    if abs(value) >= _LARGEST:
        return "number.large", Message("数值过大", "the number is too large")
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > one.places and value != round(value, one.places):
        return "number.places", Message(
            f"{value} 的小数位数多于{one.places}位", f"{value} has more than {one.places} decimals"
        )
    return None


def _slip(one: Number, value: Decimal) -> tuple[str, Message] | None:
    for slip in SLIPS:
        if value > slip.above and slip.unit.match(one.unit):
            zh, en = slip.hint.zh, slip.hint.en
            return "number.unit", Message(
                f"{value} 在该单位下不可能：{zh}", f"{value} is impossible in this unit: {en}"
            )
    return None


def _range_fault(one: Number, value: Decimal) -> tuple[str, Message] | None:
    low, high = one.minimum, one.maximum
    if (low is not None and value < Decimal(low)) or (high is not None and value > Decimal(high)):
        return "number.range", Message(f"{value} 超出允许范围", f"{value} is out of range")
    return None


def _wanted(rules: RuleSet | None, one: Number) -> Message:
    """Say what a number cell takes: unit, bounds, decimals."""

    def words(language: str, between: Callable[[], str], decimals: str) -> str:
        unit = unit_text(rules, one.unit, language)
        return " ".join(part for part in (between(), unit) if part) + decimals

    low, high = one.minimum, one.maximum
    zh_range = (
        f"{low}～{high}" if low and high else f"不小于{low}" if low else f"不大于{high}" if high else "数字"
    )
    en_range = (
        f"{low} to {high}"
        if low and high
        else f"at least {low}"
        if low
        else f"at most {high}"
        if high
        else "a number"
    )
    return Message(
        words("zh", lambda: zh_range, f"，最多{one.places}位小数"),
        words("en", lambda: en_range, f", at most {one.places} decimals"),
    )


def _choice(choices: Choices, raw: Any) -> tuple[Member | None, Fault | None]:
    if isinstance(raw, Member) and raw.choices is choices:
        return raw, None
    found = choices.find(unicodedata.normalize("NFC", raw)) if isinstance(raw, str) else None
    if found is not None:
        return found, None
    several = list(choices)[:12]
    more = "…" if len(choices) > len(several) else ""
    return None, Fault(
        "choice.unknown",
        Message(f"没有“{_shown(raw)}”这一选项", f"there is no choice “{_shown(raw)}”"),
        Message(
            "、".join(one.zh for one in several) + more,
            "; ".join(one.en for one in several) + more,
        ),
    )


def _date(raw: Any) -> tuple[dt.date | None, Fault | None]:
    expected = Message("日期，如 2024-03-31", "a date such as 2024-03-31")
    if isinstance(raw, dt.datetime):
        raw = raw.date()
    if isinstance(raw, dt.date):
        return raw, None
    text = str(int(raw)) if isinstance(raw, float) and raw.is_integer() else str(raw).partition("T")[0]
    for pattern in _DATES:
        if match := pattern.fullmatch(text.replace(" 00:00:00", "")):
            year, month, day = (int(part) for part in match.groups())
            if not 1900 <= year <= 2200:  # noqa: PLR2004 - outside it is a slip of the pen
                break
            try:
                return dt.date(year, month, day), None
            except ValueError:
                return None, Fault(
                    "date.none",
                    Message(
                        f"没有{year}年{month}月{day}日这一天", f"there is no day {year}-{month:02d}-{day:02d}"
                    ),
                    expected,
                )
    return None, Fault(
        "date.text", Message(f"“{_shown(raw)}”不是日期", f"“{_shown(raw)}” is not a date"), expected
    )


def _text(raw: Any, length: int) -> tuple[str | None, Fault | None]:
    if isinstance(raw, dict | list | bool):
        return None, Fault("text.kind", Message("应填文字", "a text is expected"))
    if isinstance(raw, float) and abs(raw) >= 1e15:  # noqa: PLR2004 - the digits beyond 15 are already lost
        return None, Fault(
            "text.number",
            Message("以数字保存，超过15位的数字已丢失", "kept as a number, whose digits beyond 15 are lost"),
            Message("以文本格式填写", "write it as text"),
        )
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    text = unicodedata.normalize("NFC", raw.isoformat() if isinstance(raw, dt.date) else str(raw)).strip()
    if len(text) > length:
        return None, Fault(
            "text.long",
            Message(f"文字长{len(text)}字，超出{length}字", f"the text has {len(text)} characters"),
            Message(f"最多{length}字", f"at most {length} characters"),
        )
    return text, None


def _month(raw: Any) -> tuple[int | None, Fault | None]:
    text = str(int(raw)) if isinstance(raw, float) and raw.is_integer() else str(raw)
    match = re.fullmatch(r"0?([1-9]|1[0-2])月?份?", unicodedata.normalize("NFKC", text).strip(), re.ASCII)
    if match is None or isinstance(raw, bool):
        return None, Fault(
            "key.month",
            Message(f"“{_shown(raw)}”不是月份", f"“{_shown(raw)}” is not a month"),
            Message("1～12", "1 to 12"),
        )
    return int(match[1]), None
