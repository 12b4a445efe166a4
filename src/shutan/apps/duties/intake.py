"""Figures that decide about lists: emissions of units by year, and what other departments know of enterprises.

Both come as a table (Excel, CSV); a file with a fault saves nothing and says every fault by its cell.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from shutan.apps.accounts.log import Actor, act
from shutan.apps.accounts.models import User
from shutan.apps.common.files import Upload
from shutan.apps.directory.models import Fact
from shutan.apps.directory.queries import reporter_of
from shutan.apps.directory.reading import FaultsError
from shutan.apps.duties import making
from shutan.apps.duties.models import AnnualEmission, Candidate, ListEntry, UnitList
from shutan.apps.duties.reading import Line, read
from shutan.apps.duties.steps import person_of
from shutan.documents.problem import Message, Problem
from shutan.kernel import Choice, Choices, Number, Text
from shutan.rules.common.codes import is_credit_code
from shutan.rules.entry.choices import EntryActivity, SectorCode

BASES = Choices(
    "EmissionBasis",
    verified="经核查|verified",
    reported="报送（未核查）|reported, not verified",
    expected="预计|expected",
)
CREDIT_CODE = Text("credit_code", "统一社会信用代码|unified social credit code", length=18)
NAME = Text("name", "企业名称|enterprise", length=120)
YEAR = Number("year", "年度|year", places=0, minimum="2000", maximum="2100")
DIRECT = Number("direct_t", "直接排放量|direct emissions", unit="tCO2", places=2, minimum="0", optional=True)
TOTAL = Number("total_t", "温室气体排放总量|all emissions", unit="tCO2", places=2, minimum="0", optional=True)
ENERGY = Number("energy_tce", "综合能源消费量|energy use", unit="tce", places=2, minimum="0", optional=True)
EMISSION_COLUMNS = (
    CREDIT_CODE,
    YEAR,
    Choice("activity", EntryActivity, "行业活动|activity"),
    Choice("code", SectorCode, "行业代码|class of GB/T 4754"),
    Choice("basis", BASES, "数据性质|basis"),
    DIRECT,
    TOTAL,
    ENERGY,
    Text("source", "来源|source", length=300),
)
CANDIDATE_COLUMNS = (NAME, CREDIT_CODE, YEAR, ENERGY, DIRECT)


def _fault(line: Line, name: str, code: str, zh: str, en: str) -> Problem:
    return Problem(code, line.origin(name), Message(zh, en))


def _code_fault(line: Line) -> Problem | None:
    code = line.values.get("credit_code")
    if not code or is_credit_code(code):
        return None
    return _fault(
        line,
        "credit_code",
        "credit_code",
        f"“{code}”不是有效的统一社会信用代码",
        f"“{code}” is no unified social credit code",
    )


def record_emissions(actor: Actor, upload: Upload, *, now: datetime, today: date) -> int:
    """Record emissions of units of the directory, found by credit code; how many rows.

    Raises:
        FaultsError: something is wrong; nothing was saved.
    """
    table = read(upload, EMISSION_COLUMNS)
    problems = list(table.problems)
    codes = {line.values["credit_code"] for line in table.lines if line.values.get("credit_code")}
    facts = Fact.objects.filter(
        name="credit_code", value__in=codes, withdrawn_at=None, during__contains=today
    ).select_related("entity")
    known = {fact.value: reporter_of(fact.entity, today) for fact in facts}
    rows = []
    for line in table.lines:
        code = line.values.get("credit_code")
        if (fault := _code_fault(line)) is not None:
            problems.append(fault)
        elif code and code not in known:
            zh, en = (
                f"名录库中没有代码为“{code}”的法人",
                f"the directory has no legal person with the code “{code}”",
            )
            problems.append(_fault(line, "credit_code", "unit.unknown", zh, en))
        if not any(line.values.get(name) is not None for name in ("direct_t", "total_t", "energy_tce")):
            zh, en = "三个数值至少填写一个", "one of the three figures is needed"
            problems.append(_fault(line, "direct_t", "cell.missing", zh, en))
        rows.append((line, known.get(code or "")))
    if problems:
        raise FaultsError(problems)
    with act(actor, "duties.record_emissions", now=now) as entry:
        made = AnnualEmission.objects.bulk_create(
            [
                AnnualEmission(
                    entity=unit,
                    year=int(line.values["year"]),
                    activity=line.values["activity"].key,
                    code=line.values["code"].key,
                    basis=line.values["basis"].key,
                    direct_t=line.values.get("direct_t"),
                    total_t=line.values.get("total_t"),
                    energy_tce=line.values.get("energy_tce"),
                    source=line.values["source"],
                    recorded_at=now,
                    recorded_by=person_of(actor),
                )
                for line, unit in rows
                if unit is not None
            ]
        )
        entry.about(made[0], f"{upload.name} ({len(made)})", rows=len(made), sha256=upload.sha256)
    return len(made)


def upload_candidates(actor: User, upload: Upload, *, now: datetime) -> tuple[int, int]:
    """A department's figures of enterprises: how many rows, how many of them above a threshold.

    A later file replaces the figures of the same enterprise and year, as long as the province has not decided.

    Raises:
        FaultsError: something is wrong; nothing was saved.
    """
    if actor.organisation is None:
        raise PermissionDenied("duties.upload_candidates")
    table = read(upload, CANDIDATE_COLUMNS)
    problems = list(table.problems)
    seen: dict[tuple[Any, Any], int] = {}
    for line in table.lines:
        if (fault := _code_fault(line)) is not None:
            problems.append(fault)
        if line.values.get("direct_t") is None and line.values.get("energy_tce") is None:
            zh, en = "综合能源消费量和直接排放量至少填写一项", "energy use or direct emissions is needed"
            problems.append(_fault(line, "energy_tce", "cell.missing", zh, en))
        key = (line.values.get("credit_code"), line.values.get("year"))
        if None not in key and key in seen:
            zh, en = f"与第 {seen[key]} 行重复", f"the same as row {seen[key]}"
            problems.append(_fault(line, "credit_code", "row.twice", zh, en))
        seen.setdefault(key, line.number)
    if problems:
        raise FaultsError(problems)
    over = _above(table.lines)
    with act(actor, "duties.upload_candidates", now=now) as entry:
        rows = [
            Candidate(
                organisation=actor.organisation,
                name=line.values["name"],
                credit_code=line.values["credit_code"],
                year=int(line.values["year"]),
                energy_tce=line.values.get("energy_tce"),
                direct_t=line.values.get("direct_t"),
                above=line.number in over,
                uploaded_at=now,
                uploaded_by=actor,
            )
            for line in table.lines
        ]
        decided = set(
            Candidate.objects.filter(organisation=actor.organisation)
            .exclude(state=Candidate.State.OPEN)
            .values_list("credit_code", "year")
        )
        fresh = [row for row in rows if (row.credit_code, row.year) not in decided]
        Candidate.objects.bulk_create(
            fresh,
            update_conflicts=True,
            unique_fields=["organisation", "credit_code", "year"],
            update_fields=["name", "energy_tce", "direct_t", "above", "uploaded_at", "uploaded_by"],
        )
        entry.about(actor.organisation, upload.name, rows=len(fresh), above=len(over), sha256=upload.sha256)
    return len(fresh), len(over)


def _above(lines: list[Line]) -> set[int]:
    """The rows above a threshold: the figures of a year decide about the list two years later."""
    found: set[int] = set()
    for year in {int(line.values["year"]) for line in lines}:
        figures = [
            (str(line.number), line.values.get("direct_t"), line.values.get("energy_tce"))
            for line in lines
            if int(line.values["year"]) == year
        ]
        found |= {int(key) for key in making.above(figures, year + making.VERIFIED_BACK)}
    return found


def candidates(*, uncovered: bool = True) -> QuerySet[Candidate]:
    """What departments know, with whether a published list covers the enterprise already; `uncovered`: above and on none."""
    listed = ListEntry.objects.filter(
        unit_list__state=UnitList.State.PUBLISHED, stands=True, credit_code=OuterRef("credit_code")
    )
    rows: QuerySet[Any] = Candidate.objects.select_related("organisation", "decided_by")
    rows = rows.annotate(on_list=Exists(listed)).order_by("-year", "name", "pk")
    return rows.filter(above=True, on_list=False) if uncovered else rows


def decide_candidate(
    actor: Actor, candidate: Candidate, *, include: bool, reason: str, now: datetime
) -> Candidate:
    """The province decides on a candidate, with its reason. A unit to be included is then registered in the directory."""
    with act(actor, "duties.decide_candidate", now=now, why=reason) as entry, transaction.atomic():
        held = Candidate.objects.select_for_update().get(pk=candidate.pk)
        if held.state != Candidate.State.OPEN:
            raise ValidationError(_("This candidate was decided already."))
        if not reason.strip():
            raise ValidationError({"reason": _("Give the reason: it stands beside the candidate.")})
        held.state = Candidate.State.INCLUDED if include else Candidate.State.REFUSED
        held.reason, held.decided_at, held.decided_by = reason.strip()[:500], now, person_of(actor)
        held.save()
        entry.about(held, include=include)
    return held
