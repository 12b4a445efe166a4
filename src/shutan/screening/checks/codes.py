"""STR-06: codes of organisations, divisions and industries."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

from shutan.rules.common.codes import is_credit_code, is_industry_code
from shutan.screening.case import Case
from shutan.screening.catalogue import Severity, Words
from shutan.screening.check import Hit, Subject, check
from shutan.screening.divisions import divisions, successor

CREDIT_CODES = ("credit_code", "report_agency_code", "coal_laboratory_code")
DIVISION_CODES = ("division_code",)
INDUSTRY_CODES = ("industry_code", "sector_code")
SEPARATORS = re.compile(r"[\s,，、;；/]+")  # a cell may name several laboratories or classes


@check("STR-06", raw=True)
def invalid_identity_code(case: Case) -> Iterator[Hit]:
    """A code that cannot be one."""
    for names, fault in (
        (CREDIT_CODES, _credit_fault),
        (DIVISION_CODES, _division_fault),
        (INDUSTRY_CODES, _industry_fault),
    ):
        yield from _faults(case, names, fault)
    yield from _elsewhere(case)
    yield from _of_another(case)


def _of_another(case: Case) -> Iterator[Hit]:
    """Report an enterprise that is not the one that files: another plant's workbook was taken."""
    table = case.frames.rules.input_table.get("credit_code")
    if table is None or not case.frames.filed_by:
        return
    for key, row in case.frames.table_rows(table).items():
        code = str(row.values.get("credit_code") or "").strip().upper()
        if not is_credit_code(code) or code == case.frames.filed_by:
            continue
        label, own = case.label("credit_code"), case.frames.filed_by
        yield Hit(
            Subject(table.grain, key),
            Words(
                f"{label.zh} {code}：与填报单位（{own}）不同。请确认没有误用其他单位的文件",
                f"{label.en} {code}: not that of the organisation that files ({own}). Make sure that this is not another "
                "enterprise's workbook",
            ),
            (("credit_code", key),),
            severity=Severity.HIGH,
        )


@cache
def sector_codes() -> Mapping[str, str]:
    """Return the rule set by which the enterprises of an industry class report."""
    with (Path(__file__).parents[1] / "data" / "sector_codes.csv").open(encoding="utf-8") as file:
        return {row["code"]: row["rule_set"] for row in csv.DictReader(file)}


def _elsewhere(case: Case) -> Iterator[Hit]:
    """Report an enterprise all of whose classes belong to other sectors: the workbook of another one was filled in."""
    rules = case.frames.rules
    if rules.name not in sector_codes().values():
        return
    for name in INDUSTRY_CODES:
        table = rules.input_table.get(name)
        for key, row in () if table is None else case.frames.table_rows(table).items():
            codes = [one[-4:] for one in SEPARATORS.split(str(row.values.get(name) or "")) if one]
            sectors = [sector_codes().get(code) for code in codes]
            if table is None or not any(sectors) or None in sectors or rules.name in sectors:
                continue
            label, written = case.label(name), ", ".join(codes)
            yield Hit(
                Subject(table.grain, key),
                Words(
                    f"{label.zh} {written}：不属于本模板的行业（{rules.title.partition('|')[0]}）。请核对代码或改用对应行业的模板",
                    f"{label.en} {written}: not of the sector of this workbook ({rules.title.partition('|')[2]}). Check the code, "
                    "or take the workbook of that sector",
                ),
                ((name, key),),
                severity=Severity.MEDIUM,
            )


def _faults(case: Case, names: tuple[str, ...], fault: Callable[[str], Words | None]) -> Iterator[Hit]:
    for name in names:
        table = case.frames.rules.input_table.get(name)
        if table is None:
            continue
        for key, row in case.frames.table_rows(table).items():
            code = str(row.values.get(name) or "").strip()
            if not code:
                continue
            case.judged += 1
            found = fault(code)
            if found is not None:
                label = case.label(name)
                yield Hit(
                    Subject(table.grain, key),
                    Words(f"{label.zh} {code}：{found.zh}", f"{label.en} {code}: {found.en}"),
                    ((name, key),),
                )


def _credit_fault(code: str) -> Words | None:
    if all(is_credit_code(one) for one in SEPARATORS.split(code) if one):
        return None
    return Words(
        "不是 18 位统一社会信用代码，或校验位不符。请按营业执照更正",
        "not a unified social credit code of 18 characters, or its check character is wrong. Correct it",
    )


def _division_fault(code: str) -> Words | None:
    if code in divisions():
        return None
    now = successor(code)
    if now is not None:
        return Words(f"已改为 {now.code} {now.name}。请更新", f"is now {now.code} {now.name}. Update it")
    return Words("不在四川省区划代码表内。请更正", "not a division of Sichuan. Correct it")


def _industry_fault(text: str) -> Words | None:
    if all(is_industry_code(code) for code in SEPARATORS.split(text) if code):
        return None
    return Words(
        "不是国民经济行业分类的小类代码（四位数字）。请更正",
        "not the code of an industry class (four digits). Correct it",
    )
