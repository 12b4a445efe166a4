"""What pydantic finds in a request, said in the language of the request."""

from __future__ import annotations

from typing import Any

from shutan.apps.common.language import language
from shutan.documents import wording

NUMBER = "应为数字|this should be a number"
WHOLE = "应为整数|this should be a whole number"
TEXT = "应为文本|this should be text"
YES_OR_NO = "应为 true 或 false|this should be true or false"
DAY = "应为日期 YYYY-MM-DD|this should be a date YYYY-MM-DD"
TIME = "应为日期和时间（ISO 8601）|this should be a date and time (ISO 8601)"
LIST = "应为列表|this should be a list"
OBJECT = "应为对象|this should be an object"
CHOICE = "应为 {expected} 之一|this should be one of {expected}"

# pydantic's type of error: words, with the error's context to fill in
WORDS = {
    "missing": "缺少此项|this is missing",
    "extra_forbidden": "没有此项|there is no such item",
    "int_parsing": WHOLE,
    "int_parsing_size": "整数位数过多|this whole number has too many digits",
    "int_type": WHOLE,
    "int_from_float": WHOLE,
    "float_parsing": NUMBER,
    "float_type": NUMBER,
    "finite_number": NUMBER,
    "decimal_parsing": NUMBER,
    "decimal_type": NUMBER,
    "plain_number": (
        "应为数字，小数点前至多 15 位、后至多 10 位|this should be a number of at most 15 digits before and 10 after the point"
    ),
    "string_type": TEXT,
    "string_unicode": TEXT,
    "string_too_long": "文本过长，至多 {max_length} 字|this text is too long, at most {max_length} characters",
    "string_too_short": "文本过短，至少 {min_length} 字|this text is too short, at least {min_length} characters",
    "string_pattern_mismatch": "含有不允许的字符|this holds characters that are not allowed",
    "greater_than": "应大于 {gt}|this should be more than {gt}",
    "greater_than_equal": "应不小于 {ge}|this should be {ge} or more",
    "less_than": "应小于 {lt}|this should be less than {lt}",
    "less_than_equal": "应不大于 {le}|this should be {le} or less",
    "bool_parsing": YES_OR_NO,
    "bool_type": YES_OR_NO,
    "enum": CHOICE,
    "literal_error": CHOICE,
    "date_parsing": DAY,
    "date_from_datetime_parsing": DAY,
    "date_from_datetime_inexact": DAY,
    "date_type": DAY,
    "datetime_parsing": TIME,
    "datetime_from_date_parsing": TIME,
    "datetime_type": TIME,
    "list_type": LIST,
    "too_long": "至多 {max_length} 项|at most {max_length} items",
    "too_short": "至少 {min_length} 项|at least {min_length} items",
    "dict_type": OBJECT,
    "model_type": OBJECT,
    "model_attributes_type": OBJECT,
    "json_invalid": "不是有效的 JSON|this is not valid JSON",
}


def told(fault: dict[str, Any]) -> str:
    """One of pydantic's findings in words; one that is not in the table says what pydantic says, in English."""
    words = WORDS.get(fault["type"])
    if words is None:
        words = f"不符合要求：{fault['msg']}|{fault['msg']}".replace("{", "{{").replace("}", "}}")
    return wording.pick(words, language()).format(**fault.get("ctx", {}))
