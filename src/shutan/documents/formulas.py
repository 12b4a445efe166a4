"""Formulas that someone typed into input cells: where they stand, and what the simple ones give.

Arithmetic over numbers and cells, SUM, AVERAGE, MIN, MAX, PRODUCT, ROUND and ABS are computed; anything else is for the
person to paste as a value.
"""

from __future__ import annotations

import decimal
import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from shutan.documents.safety import column_number

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)"
    r"|(?P<ref>(?:(?:'(?:[^']|'')+'|[\w.\u4e00-\u9fff]+)!)?\$?[A-Za-z]{1,3}\$?\d{1,7}(?![\w(]))"
    r"|(?P<name>[A-Za-z]+)(?=\()|(?P<sign>[-+*/^(),:%]))"
)
_DEPTH, _BUDGET = 40, 20000

Place = tuple[str, int, int]  # sheet, zero-based row and column


class NotComputableError(ValueError):
    """The formula is beyond this evaluator, or leads to no number."""


@dataclass(frozen=True)
class Formula:
    """A formula cell: its text (empty for a part of a shared one), whether a value was stored with it, whether it is an error."""

    text: str
    cached: bool
    error: bool


def find_formulas(parts: dict[str, bytes]) -> dict[Place, Formula]:
    """Return all cells of a workbook that hold a formula or an error value."""
    found: dict[Place, Formula] = {}
    for sheet, path in sheet_paths(parts):
        part = parts.get(path, b"")
        if b"<f" in part or b":f>" in part or b't="e"' in part:
            found.update({(sheet, row, column): formula for row, column, formula in _cells(part)})
    return found


def sheet_paths(parts: dict[str, bytes]) -> Iterator[tuple[str, str]]:
    """Yield name and part of each sheet."""
    relations = {
        one.get("Id"): one.get("Target", "")
        for one in ET.fromstring(parts.get("xl/_rels/workbook.xml.rels", b"<r/>"))  # noqa: S314
    }
    for sheet in ET.fromstring(parts["xl/workbook.xml"]).iter(f"{_MAIN}sheet"):  # noqa: S314
        target = relations.get(sheet.get(_RELATION), "")
        yield sheet.get("name", ""), target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _cells(part: bytes) -> Iterator[tuple[int, int, Formula]]:
    for _, node in ET.iterparse(io.BytesIO(part)):  # noqa: S314
        if node.tag != f"{_MAIN}c":
            continue
        formula = node.find(f"{_MAIN}f")
        error = node.get("t") == "e"
        if formula is not None or error:
            value = node.findtext(f"{_MAIN}v") or ""
            match = _CELL.fullmatch(node.get("r", ""))
            if match:
                text = "" if formula is None else (formula.text or "")
                place = int(match[2]) - 1, column_number(match[1]) - 1
                yield *place, Formula(text, bool(value) and not error, error)
        node.clear()


class Evaluator:
    """Computes the formulas of one workbook, following cells from sheet to sheet."""

    def __init__(self, formulas: dict[Place, Formula], value: Callable[[Place], Any]) -> None:
        """Take the formulas and a way to read a cell's own value."""
        self.formulas = formulas
        self.value = value
        self._budget = _BUDGET

    def cell(self, place: Place, depth: int = 0) -> Decimal | None:
        """Return the number of a cell, None where it is empty or a text.

        Raises:
            NotComputableError: see the class.
        """
        self._budget -= 1
        if depth > _DEPTH or self._budget < 0:
            raise NotComputableError("a circle, or too long")
        formula = self.formulas.get(place)
        if formula is not None and not formula.cached:
            return _Parser(self, formula.text, place[0], depth + 1).result()
        found = self.value(place)
        if isinstance(found, int | float) and not isinstance(found, bool):
            return Decimal(repr(found))
        return None


class _Parser:
    """Recursive descent over one formula."""

    def __init__(self, evaluator: Evaluator, text: str, sheet: str, depth: int) -> None:
        self.evaluator, self.sheet, self.depth = evaluator, sheet, depth
        self.tokens: list[tuple[str, str]] = []
        at = 0
        while at < len(text.rstrip()):
            match = _TOKEN.match(text, at)
            if match is None or match.lastgroup is None:
                raise NotComputableError(text)
            self.tokens.append((match.lastgroup, match[match.lastgroup]))
            at = match.end()
        self.at = 0

    def result(self) -> Decimal:
        try:
            value = self._sum()
        except ArithmeticError as error:
            raise NotComputableError(str(error)) from error
        if self.at != len(self.tokens):
            raise NotComputableError("more than a formula")
        return value

    def _peek(self) -> str:
        kind, text = self.tokens[self.at] if self.at < len(self.tokens) else ("", "")
        return text if kind == "sign" else ""

    def _take(self, *signs: str) -> str:
        if (sign := self._peek()) and sign in signs:
            self.at += 1
            return sign
        return ""

    def _need(self, sign: str) -> None:
        if not self._take(sign):
            raise NotComputableError(f"{sign} missing")

    def _sum(self) -> Decimal:
        value = self._product()
        while sign := self._take("+", "-"):
            other = self._product()
            value = value + other if sign == "+" else value - other
        return value

    def _product(self) -> Decimal:
        value = self._power()
        while sign := self._take("*", "/"):
            other = self._power()
            value = value * other if sign == "*" else value / other
        return value

    def _power(self) -> Decimal:
        value = self._unary()
        while self._take("^"):
            exponent = self._unary()
            if abs(exponent) > 99:  # noqa: PLR2004 - no measured quantity needs more
                raise NotComputableError("exponent")
            value = value**exponent
        return value

    def _unary(self) -> Decimal:
        self.depth += 1
        if self.depth > 4 * _DEPTH:
            raise NotComputableError("too deep")
        sign = self._take("-", "+")
        value = self._unary() if sign else self._atom()
        self.depth -= 1
        while self._take("%"):
            value /= 100
        return -value if sign == "-" else value

    def _atom(self) -> Decimal:
        if self._take("("):
            value = self._sum()
            self._need(")")
            return value
        if self.at >= len(self.tokens):
            raise NotComputableError("ends too early")
        kind, text = self.tokens[self.at]
        self.at += 1
        if kind == "number":
            return Decimal(text)
        if kind == "ref":
            found = self.evaluator.cell(self._place(text), self.depth)
            return Decimal(0) if found is None else found
        if kind == "name":
            return self._call(text.upper())
        raise NotComputableError(text)

    def _place(self, reference: str) -> Place:
        sheet, _, address = reference.rpartition("!")
        match = _CELL.fullmatch(address.replace("$", "").upper())
        if match is None:
            raise NotComputableError(reference)
        name = sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet
        return name or self.sheet, int(match[2]) - 1, column_number(match[1]) - 1

    def _call(self, name: str) -> Decimal:
        function = _FUNCTIONS.get(name)
        if function is None:
            raise NotComputableError(name)
        self._need("(")
        values = self._argument()
        while self._take(","):
            values += self._argument()
        self._need(")")
        return function(values)

    def _argument(self) -> list[Decimal]:
        """One argument: a range gives all its numbers, anything else one."""
        following = self.tokens[self.at : self.at + 3]
        if [kind for kind, _ in following] == ["ref", "sign", "ref"] and following[1][1] == ":":
            self.at += 3
            sheet, top, left = self._place(following[0][1])
            _, bottom, right = self._place(following[2][1])
            if (bottom - top + 1) * (right - left + 1) > _BUDGET:
                raise NotComputableError("range too large")
            cells = [
                (sheet, row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)
            ]
            return [one for place in cells if (one := self.evaluator.cell(place, self.depth)) is not None]
        return [self._sum()]


def _round(values: list[Decimal]) -> Decimal:
    number, places = values
    return number.quantize(Decimal(1).scaleb(-int(places)), decimal.ROUND_HALF_UP)


def _some(function: Callable[[list[Decimal]], Decimal]) -> Callable[[list[Decimal]], Decimal]:
    def call(values: list[Decimal]) -> Decimal:
        try:
            return function(values)
        except (ValueError, IndexError, ZeroDivisionError) as error:
            raise NotComputableError(str(error)) from error

    return call


def _product_of(values: list[Decimal]) -> Decimal:
    result = Decimal(1)
    for value in values:
        result *= value
    return result


_FUNCTIONS: dict[str, Callable[[list[Decimal]], Decimal]] = {
    "SUM": lambda values: sum(values, Decimal(0)),
    "AVERAGE": _some(lambda values: sum(values, Decimal(0)) / len(values)),
    "MIN": _some(min),
    "MAX": _some(max),
    "PRODUCT": _product_of,
    "ROUND": _some(_round),
    "ABS": _some(lambda values: abs(values[0])),
}
