"""What departments do here: upload a table of one of their kinds. One `act`; a file with a fault saves nothing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied

from shutan.apps.accounts.log import act
from shutan.apps.accounts.models import User
from shutan.apps.common.files import Upload, clean_name
from shutan.apps.departments.kinds import DataKind
from shutan.apps.departments.models import Delivery, Figure
from shutan.apps.directory.reading import FaultsError
from shutan.apps.duties.reading import Line, read
from shutan.documents.problem import Message, Problem
from shutan.rules.common.codes import is_credit_code


def upload(actor: User, kind: DataKind, sent: Upload, *, now: datetime) -> Delivery:
    """Keep a department's table; figures of the same enterprise and period that it gave before count no longer.

    Raises:
        FaultsError: something is wrong, all of it by cell; nothing was saved.
        PermissionDenied: the department does not give this kind.
    """
    home = actor.organisation
    if home is None or home.kind not in kind.given_by:
        raise PermissionDenied("departments.upload")
    table = read(sent, kind.columns)
    if problems := [*table.problems, *_faults(kind, table.lines)]:
        raise FaultsError(problems)
    with act(actor, "departments.upload", now=now) as entry:
        made = Delivery.objects.create(
            organisation=home,
            kind=kind.name,
            name=clean_name(sent.name)[:200],
            sha256=sent.sha256,
            rows=len(table.lines),
            at=now,
            by=actor,
        )
        Figure.objects.bulk_create(
            (_figure(made, kind, line, one.name) for line in table.lines for one in kind.figures if line.values.get(one.name) is not None),
            batch_size=2000,
        )  # fmt: skip
        entry.about(made, kind=kind.name, rows=made.rows, sha256=made.sha256)
    return made


def _figure(delivery: Delivery, kind: DataKind, line: Line, name: str) -> Figure:
    given = line.values
    return Figure(
        delivery=delivery,
        credit_code=given["credit_code"],
        name=given["name"],
        year=int(given["year"]),
        month=int(given["month"]) if kind.monthly else 0,
        item=given[kind.item.name] if kind.item else "",
        variable=name,
        number=given[name],
    )


def _faults(kind: DataKind, lines: list[Line]) -> list[Problem]:
    """Codes that are none, rows without a number, rows twice."""
    found: list[Problem] = []
    seen: dict[tuple[Any, ...], int] = {}
    keys = [one.name for one in kind.columns if one not in kind.figures and one.name != "name"]
    for line in lines:
        code = line.values.get("credit_code")
        if code and not is_credit_code(code):
            zh, en = f"“{code}”不是有效的统一社会信用代码", f"“{code}” is no unified social credit code"
            found.append(_fault(line, "credit_code", "credit_code", zh, en))
        if all(line.values.get(one.name) is None for one in kind.figures):
            zh, en = "本行没有数值", "this row has no figure"
            found.append(_fault(line, kind.figures[0].name, "cell.missing", zh, en))
        key = tuple(line.values.get(name) for name in keys)
        if None not in key and key in seen:
            zh, en = f"与第 {seen[key]} 行重复", f"the same as row {seen[key]}"
            found.append(_fault(line, "credit_code", "row.twice", zh, en))
        seen.setdefault(key, line.number)
    return found


def _fault(line: Line, name: str, code: str, zh: str, en: str) -> Problem:
    return Problem(code, line.origin(name), Message(zh, en))
