"""What must not be when several workbooks become one enterprise: other years, two claims to one thing, loose ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING, Any

from shutan.documents.problem import Message, Problem, Severity
from shutan.kernel import Dataset, Origin, Row
from shutan.rules.common.fuels import YesNo
from shutan.rules.enterprise.choices import PartRelation, TransferScope
from shutan.rules.enterprise.roles import sector_of

if TYPE_CHECKING:
    from shutan.documents.enterprise import Part, Source

FACILITIES = ("unit", "line", "process")  # dimensions whose names are things that stand in one place only
Profile = tuple[tuple[int, Decimal], ...]


def fault(
    code: str, place: Origin | str, zh: str, en: str, *, file: str = "", severity: Severity = "error"
) -> Problem:
    """Return a problem at a cell, or at a file."""
    if isinstance(place, str):
        place = Origin("part", "", sheet=place)
    if file and file != place.sheet:
        place = Origin(place.kind, place.place, sheet=f"{file} {place.sheet}".strip())
    return Problem(code, place, Message(zh, en), severity=severity)


def one_plan(own: Sequence[Source]) -> Iterator[Problem]:
    """An enterprise has one workbook of its own."""
    for one in own[1:]:
        yield fault(
            "plan.twice",
            one.file,
            "企业汇总工作簿只能有一个",
            "only one workbook may be of the enterprise itself",
        )


def years(sources: Sequence[Source], year: int | None) -> Iterator[Problem]:
    """All workbooks are of one year, and none is an exercise."""
    for one in sources:
        reading = one.reading
        if reading.rules is None:
            continue
        if reading.year != year:
            yield fault(
                "part.year",
                one.file,
                f"年度为 {reading.year}，其他文件为 {year}",
                f"is of {reading.year}, the others are of {year}",
            )
        elif reading.exercise and reading.rules_year is not None:
            yield fault("part.exercise", one.file, "是练习，不能汇总", "is an exercise and cannot be added")


def sectors(parts: Sequence[Part]) -> Iterator[Problem]:
    """A workbook is of the sector that its row says."""
    for one in parts:
        said = one.row.values.get("part_sector")
        found = sector_of(one.rules)
        if said is not None and said != found:
            yield fault(
                "part.sector",
                one.row.origins.get("part_sector") or one.source.file,
                f"填报行业为{said.zh}，数据文件 {one.source.file} 为{found.zh}",
                f"says {said.en}, the workbook {one.source.file} is of {found.en}",
            )


def owners(plan: Dataset, parts: Sequence[Part]) -> Iterator[Problem]:
    """A part's workbook carries the credit code of its legal person. A joint report may be filed under another: a warning."""
    codes = {
        row.values["legal_person"]: _code(row, "member_credit_code") for row in plan.rows("legal_persons")
    }
    for one in parts:
        table = one.rules.input_table.get("credit_code")
        for row in one.source.reading.data.rows(table.name) if table else ():
            found, known = _code(row, "credit_code"), codes.get(one.person, "")
            if found and known and found != known:
                yield fault(
                    "part.owner",
                    row.origins.get("credit_code") or one.source.file,
                    f"统一社会信用代码 {found} 不是所属法人“{one.person}”的 {known}，请核对文件或法人",
                    f"the credit code {found} is not that of “{one.person}”, {known}: check the file or the legal person",
                    file=one.source.file,
                    severity="warning",
                )


def _code(row: Row, name: str) -> str:
    return str(row.values.get(name) or "").strip().upper()


# -- one thing in two parts --------------------------------------------------------------------------------------------


def twice(parts: Sequence[Part]) -> Iterator[Problem]:
    """No line, unit or process stands in two parts of a legal person, and no purchase of fuel is claimed by two parts."""
    for one, other in combinations(parts, 2):
        yield from _facility_twice(one, other)
        if one.host != other.name and other.host != one.name:  # a captive plant and its host: `fuel_in_host`
            yield from fuel_in_both(one, other)


def facilities(part: Part) -> dict[tuple[str, str], Row]:
    """Return the lines, units and processes of a part's workbook by dimension and name."""
    found: dict[tuple[str, str], Row] = {}
    for table in part.rules.tables:
        dimensions = table.grain.dimensions
        if len(dimensions) == 1 and dimensions[0] in FACILITIES:
            for row in part.source.reading.data.rows(table.name):
                found.setdefault((dimensions[0], str(row.values[dimensions[0]])), row)
    return found


def _facility_twice(one: Part, other: Part) -> Iterator[Problem]:
    if one.person != other.person:
        return  # works of different owners may number their lines alike
    mine, theirs = facilities(one), facilities(other)
    for key in mine.keys() & theirs.keys():
        if one.rules is not other.rules and _agreed(one, mine[key], other, theirs[key]):
            continue
        row = theirs[key]
        yield fault(
            "facility.twice",
            row.origins.get(key[0]) or other.source.file,
            f"“{key[1]}”同时在 {one.source.file} 和 {other.source.file} 中",
            f"“{key[1]}” stands in {one.source.file} and in {other.source.file}",
            file=other.source.file,
        )


def _agreed(one: Part, mine: Row, other: Part, theirs: Row) -> bool:
    """Say whether a power unit may stand both in its own report and in its host's: the host says so too."""
    for captive, host, row in ((one, other, theirs), (other, one, mine)):
        if host.roles.own_units and captive.host == host.name:
            listed = bool(row.values.get(host.roles.own_units) == YesNo.YES)
            return listed is bool(captive.relation == PartRelation.LISTED)
    return False


def profiles(part: Part) -> dict[str, Profile]:
    """Return each fuel's amounts by month, those above zero, summed over what burns it."""
    rules = part.rules
    amounts: dict[str, dict[int, Decimal]] = {}
    for name in part.roles.fuels:
        table = rules.input_table.get(name)
        for row in part.source.reading.data.rows(table.name) if table else ():
            amount = row.values.get(name)
            if isinstance(amount, Decimal) and amount > 0:
                months = amounts.setdefault(str(row.values["fuel"]), {})
                month = int(row.values["month"])
                months[month] = months.get(month, Decimal(0)) + amount
    return {fuel: tuple(sorted(months.items())) for fuel, months in amounts.items()}


def fuel_in_both(one: Part, other: Part) -> Iterator[Problem]:
    """The same amounts month by month are one purchase: chance does not repeat them."""
    theirs = profiles(other)
    for fuel, profile in profiles(one).items():
        for name, same in theirs.items():
            if profile == same and (fuel == name or len(profile) > 1):
                yield fault(
                    "fuel.twice",
                    other.source.file,
                    f"燃料“{name}”各月用量与 {one.source.file} 的“{fuel}”完全相同，疑为同一批购入燃料重复计入",
                    f"“{name}” has the monthly amounts of “{fuel}” in {one.source.file}: one purchase claimed twice",
                )


def fuel_in_host(captive: Part, host: Part) -> Iterable[Problem]:
    """A captive plant's fuel stands in its own workbook or in its host's: in both only where the host's total is by purchase.

    A host that takes in the plant's emissions, or leaves them out because the plant is on the power list, must not burn the
    same fuel again.
    """
    if host.roles.facilities or captive.relation == PartRelation.LISTED:
        return fuel_in_both(captive, host)
    return ()


# -- what passes between parts -----------------------------------------------------------------------------------------


def transfers(plan: Dataset) -> Iterator[Problem]:
    """Each transfer goes from one part to another, is booked with the receiver, and says rightly whose they are."""
    owners: dict[str, set[Any]] = {}
    for row in plan.rows("parts"):
        owners.setdefault(str(row.values["part"]), set()).add(row.values["legal_person"])
    contained = {
        str(row.values["part"]): str(row.values.get("part_host", ""))
        for row in plan.rows("parts")
        if row.values.get("part_relation") == PartRelation.WITHIN
    }
    for row in plan.rows("transfers"):
        gives, takes = (str(row.values.get(name, "")) for name in ("transfer_from", "transfer_to"))
        unknown = [name for name in (gives, takes) if name not in owners]
        place = row.origins.get("transfer_to") or Origin("part", str(row.values["transfer"]))
        if unknown or gives == takes:
            names = "、".join(owners)
            wrong = "、".join(unknown) or gives
            yield Problem(
                "transfer.part",
                place,
                Message(f"转移双方“{wrong}”不是两个核算单元", f"“{wrong}”: a transfer is between two parts"),
                Message(names, names),
            )
            continue
        if row.values["legal_person"] not in owners[takes]:
            yield fault(
                "transfer.receiver",
                place,
                f"“{takes}”不属于接收法人“{row.values['legal_person']}”",
                f"“{takes}” does not belong to “{row.values['legal_person']}”",
            )
        captive = {contained.get(gives), contained.get(takes)} & {gives, takes}
        if captive and row.values.get("receiver_factor") != row.values.get("sender_factor"):
            yield fault(
                "transfer.contained",
                row.origins.get("receiver_factor") or place,
                "自备电厂的排放已从主业剔除，两者之间的转移不再扣除：两个因子应相等",
                "the captive plant is taken out of its host already: both factors of a transfer between them must be the same",
            )
        within = row.values.get("transfer_scope", TransferScope.SAME) == TransferScope.SAME
        if within != (row.values["legal_person"] in owners[gives]):
            yield fault(
                "transfer.scope",
                row.origins.get("transfer_scope") or place,
                f"“{gives}”到“{takes}”的转移范围与所属法人不符",
                f"the legal persons of “{gives}” and “{takes}” are not as the scope says",
            )
