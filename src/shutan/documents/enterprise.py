"""Several sector workbooks become one enterprise: their figures are filled in, and nothing is counted in two of them.

The enterprise's own workbook says which parts there are, whose they are and what passes between them; without one, each
workbook is a part that counts by itself, of the legal person that its first sheet names.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from shutan.documents import enterprise_checks as checks
from shutan.documents.problem import MISSING, Message, Problem, Reading
from shutan.documents.wording import label_of, waiting_text
from shutan.kernel import Dataset, Member, Number, Origin, Result, Row, RuleSet, Waiting, rounded
from shutan.kernel.explain import status_of
from shutan.rules.enterprise import RULES
from shutan.rules.enterprise.choices import FigureStatus, PartRelation
from shutan.rules.enterprise.grains import PART
from shutan.rules.enterprise.roles import Roles, is_part, reaches, roles, sector_of

SITE = "厂区"  # where a part's workbook names no place of production
POWER = "POWER_UNIT", "LISTED_POWER_UNIT"  # members of a host's list of facilities


@dataclass(frozen=True)
class Source:
    """A workbook as it was read, under its file's name."""

    file: str
    reading: Reading


@dataclass
class Part:
    """One part with the workbook it comes from, and that workbook's result once captive power has been filled in."""

    row: Row
    source: Source
    filled: bool = False  # a captive plant's emissions were put into its data
    data: Dataset | None = None
    result: Result | None = None

    @property
    def name(self) -> str:
        """Return the name of the part."""
        return str(self.row.values["part"])

    @property
    def key(self) -> tuple[Any, ...]:
        """Return legal person, site and name."""
        return _key(self.row)

    @property
    def person(self) -> str:
        """Return its legal person."""
        return str(self.row.values["legal_person"])

    @property
    def relation(self) -> Member:
        """Return how it counts."""
        found: Member = self.row.values.get("part_relation", PartRelation.COUNTED)
        return found

    @property
    def rules(self) -> RuleSet:
        """Return the rule set of its sector."""
        assert self.source.reading.rules is not None  # noqa: S101 - only such sources become parts
        return self.source.reading.rules

    @property
    def roles(self) -> Roles:
        """Return the names of its sector."""
        return roles(self.rules)

    @property
    def host(self) -> str:
        """Return the part that contains or quotes it."""
        return str(self.row.values.get("part_host", ""))


@dataclass(frozen=True)
class Composition:
    """The enterprise ready to be computed, its parts, and everything that is wrong with either."""

    reading: Reading
    parts: tuple[Part, ...]

    def part_of(self, origin: Origin | None) -> tuple[Part, str] | None:
        """Return the part and the name of its value that a filled-in cell came from, None for any other cell."""
        for one in self.parts:
            if origin is not None and origin.kind == "part" and origin.sheet == one.source.file:
                return one, origin.place
        return None


def compose(sources: Sequence[Source]) -> Composition:
    """Make one enterprise of the workbooks of its parts, the enterprise's own workbook among them or not.

    Args:
        sources: workbooks as read; at most one of the rule set `enterprise`.

    Returns:
        A `Composition` whose reading computes unless something is wrong. Figures are filled in at the cells' six decimals;
        each carries the origin (`part`, file, name). A figure that waits in its part is left empty and told.
    """
    own = [one for one in sources if one.reading.rules is RULES]
    others = [one for one in sources if one.reading.rules is not RULES]
    problems: list[Problem] = [*_unreadable(sources), *checks.one_plan(own)]
    usable = [one for one in others if one.reading.rules is not None and is_part(one.reading.rules)]
    year = (own or usable or others)[0].reading.year if sources else None
    problems += checks.years(sources, year)
    plan = own[0].reading.data if own else planned(usable)
    parts, faults = _matched(plan, usable)
    problems += [*faults, *checks.sectors(parts), *checks.owners(plan, parts)]
    problems += [*checks.twice(parts), *checks.transfers(plan)]
    title = own[0].reading.title if own else usable[0].reading.title if usable else ""
    if not any(one.severity == "error" and one.code not in MISSING for one in problems):
        problems += _computed(parts)
    data = Dataset(
        {
            name: [Row(dict(row.values), dict(row.origins)) for row in rows]
            for name, rows in plan.tables.items()
        }
    )
    if all(one.result is not None for one in parts):
        problems += _filled(data, parts)
    law = year if year in RULES.years() else None
    return Composition(Reading(RULES, year, law, data, tuple(problems), title), tuple(parts))


def _unreadable(sources: Sequence[Source]) -> Iterable[Problem]:
    """What is wrong with each workbook by itself, with its file's name before the place."""
    for one in sources:
        for problem in one.reading.problems:
            place = problem.place
            sheet = f"{one.file} {place.sheet}".strip()
            # an empty cell of a part is no empty cell of the enterprise: what needs it waits and says so below
            severity = "warning" if problem.code in MISSING else problem.severity
            yield replace(problem, place=replace(place, sheet=sheet), severity=severity)
        rules = one.reading.rules
        if rules is not None and rules is not RULES and not is_part(rules):
            yield checks.fault(
                "part.sector",
                one.file,
                f"《{rules.title.partition('|')[0]}》没有排放总量，不能作为核算单元",
                f"{rules.name} has no total of emissions and cannot be a part",
            )


def planned(sources: Sequence[Source]) -> Dataset:
    """Return the enterprise's tables where nobody wrote them: each workbook a part that counts by itself."""
    tables: dict[str, list[Row]] = {name: [] for name in ("enterprise", "legal_persons", "sites", "parts")}
    known: set[tuple[str, ...]] = set()
    for one in sources:
        assert one.reading.rules is not None  # noqa: S101 - asked before
        person = str(stated(one.reading, "enterprise_name") or Path(one.file).stem)
        code = stated(one.reading, "credit_code")
        site = str(stated(one.reading, "production_address") or SITE)
        if not tables["enterprise"]:
            tables["enterprise"].append(_row(enterprise_name=person, credit_code=code))
        if (person,) not in known:
            tables["legal_persons"].append(_row(legal_person=person, member_credit_code=code))
        if (person, site) not in known:
            tables["sites"].append(_row(legal_person=person, site=site))
        known |= {(person,), (person, site)}
        tables["parts"].append(
            _row(
                legal_person=person,
                site=site,
                part=Path(one.file).stem,
                part_sector=sector_of(one.reading.rules),
                part_file=one.file,
            )
        )
    return Dataset(tables)


def stated(reading: Reading, name: str) -> Any:
    """Return a cell of a workbook's sheet of basic information, None where it is empty or not asked."""
    assert reading.rules is not None  # noqa: S101 - asked before
    table = reading.rules.input_table.get(name)
    rows = reading.data.rows(table.name) if table else []
    return rows[0].values.get(name) if rows else None


def _key(row: Row) -> tuple[Any, ...]:
    return tuple(row.values[word] for word in PART.dimensions)


def _row(**values: Any) -> Row:
    return Row({name: value for name, value in values.items() if value is not None})


def _matched(plan: Dataset, sources: Sequence[Source]) -> tuple[list[Part], list[Problem]]:
    """Pair rows with workbooks, by file name, else by the part's name; say who is left over."""
    left = {one.file: one for one in sources}
    parts: list[Part] = []
    problems: list[Problem] = []
    for row in plan.rows("parts"):
        file = str(row.values.get("part_file", ""))
        named = file or next((one for one in left if Path(one).stem == row.values["part"]), "")
        source = left.pop(named, None)
        if source is not None:
            parts.append(Part(row, source))
            continue
        place = row.origins.get("part_file") or row.origins.get("part") or Origin("part", file)
        if any(one.source.file == named for one in parts):
            problems.append(
                checks.fault(
                    "part.twice", place, f"{file} 已是另一核算单元", f"{file} is another part already"
                )
            )
        elif file or "part_filed_emissions" not in row.values:
            part = row.values["part"]
            problems.append(
                checks.fault(
                    "part.missing",
                    place,
                    f"缺少核算单元“{part}”的数据文件 {file}".rstrip(),
                    f"the workbook of “{part}” is missing {file}".rstrip(),
                )
            )
    problems += [
        checks.fault(
            "part.unknown",
            file,
            "《核算单元》中没有这个文件",
            "no row of “Parts” names this file",
        )
        for file in left
    ]
    return parts, problems


# -- captive power and figures -----------------------------------------------------------------------------------------


def _computed(parts: Sequence[Part]) -> list[Problem]:
    """Compute captive plants first, put what belongs there into their hosts, then compute the hosts."""
    problems: list[Problem] = []
    by_name = {one.name: one for one in parts}
    captive = [one for one in parts if one.relation != PartRelation.COUNTED]
    for one in captive:
        _evaluate(one, one.source.reading.data)
    data = {one.name: one.source.reading.data for one in parts}
    for one in captive:
        host = by_name.get(one.host)
        if host is None or host is one or host.relation != PartRelation.COUNTED:
            place = one.row.origins.get("part_host") or Origin("part", one.name)
            problems.append(
                checks.fault(
                    "part.host",
                    place,
                    f"自备电厂“{one.name}”的主业核算单元“{one.host}”不存在或不能是自备电厂",
                    f"the host “{one.host}” of captive plant “{one.name}” is not there, or is one itself",
                )
            )
            continue
        problems += checks.fuel_in_host(one, host)
        data[host.name], faults = _with_captive(host, data[host.name], one)
        problems += faults
    for one in parts:
        if one.result is None:
            _evaluate(one, data[one.name])
    return problems


def _evaluate(part: Part, data: Dataset) -> None:
    year = part.source.reading.year
    assert year is not None  # noqa: S101 - `checks.years` stops before
    part.data, part.result = data, part.rules.evaluate(year, data)


def _with_captive(host: Part, data: Dataset, captive: Part) -> tuple[Dataset, list[Problem]]:
    """Return the host's data with the captive plant's direct emissions, by the rules of power, in their place."""
    assert captive.result is not None  # noqa: S101 - computed first
    value = captive.result.value(captive.roles.direct) if captive.roles.direct else None
    names = host.roles
    if not isinstance(value, Decimal):
        return data, []  # it waits, and is told where the enterprise's own cell stays empty
    origin = Origin("part", captive.roles.direct, sheet=captive.source.file)
    within = captive.relation == PartRelation.WITHIN
    if names.quoted and not within:
        return _quoted(host, data, rounded(value, 2), origin), []
    if not names.facilities:
        return data, []
    rules, year = host.rules, host.source.reading.year
    assert year is not None  # noqa: S101 - `checks.years` stops before
    if within and not reaches(rules, year, names.total, "own_guide_emissions"):
        message = checks.fault(
            "part.host",
            captive.row.origins.get("part_relation") or Origin("part", captive.name),
            f"{year} 年度“{host.name}”的指南没有计入其他指南核算设施的位置，自备电厂应单独计入",
            f"the guide of “{host.name}” has no place for facilities of another guide in {year}: count it by itself",
        )
        return data, [message]
    rows = list(data.rows(names.facilities))
    typed = next((row for row in rows if row.values["facility"] == captive.name), None)
    if typed is not None and typed.values.get("own_guide_emissions"):
        message = checks.fault(
            "part.typed",
            typed.origins.get("own_guide_emissions") or Origin("part", captive.name),
            f"“{captive.name}”的排放量由其数据文件计算，请勿再填",
            f"the emissions of “{captive.name}” are computed from its own workbook: leave the cell empty",
            file=host.source.file,
        )
        return data, [message]
    kinds = rules.unit_of("facility_kind")
    made = Row(
        {
            "facility": captive.name,
            "facility_kind": kinds[POWER[0] if within else POWER[1]],  # type: ignore[index]
            "own_guide_emissions": rounded(value, 2),
        },
        {"own_guide_emissions": origin},
    )
    host.filled = True
    rows = [row for row in rows if row is not typed]
    return Dataset(data.tables | {names.facilities: [*rows, made]}), []


def _quoted(host: Part, data: Dataset, value: Decimal, origin: Origin) -> Dataset:
    """Return the host's data with the emissions of units on the power list quoted; several plants add up."""
    name = host.roles.quoted
    table = host.rules.input_table[name].name
    first = data.rows(table)[0]
    before = first.values.get(name, Decimal(0)) if host.filled else Decimal(0)
    host.filled = True
    row = Row(first.values | {name: before + value}, first.origins | {name: origin})
    return Dataset(data.tables | {table: [row]})


def _filled(data: Dataset, parts: Sequence[Part]) -> list[Problem]:
    """Write each part's figures into its row; say what waits and what was typed otherwise."""
    problems = []
    rows = {_key(row): row for row in data.rows("parts")}
    inside: dict[str, Decimal] = {}
    for one in parts:
        row = rows[one.key]
        row.values.setdefault("part_sector", sector_of(one.rules))
        row.values["part_file"] = one.source.file
        row.values["part_status"] = FigureStatus.CONFIRMED if confirmed(one) else FigureStatus.UNCONFIRMED
        for name, (value, where) in figures(one).items():
            declared = RULES.inputs[name]
            assert isinstance(declared, Number)  # noqa: S101 - declared so
            if isinstance(value, Waiting):
                row.values.pop(name, None)
                problems.append(_waits(one, name, value))
                continue
            fits = -int(value.as_tuple().exponent) <= declared.places
            exact = value if fits else rounded(value, declared.places)
            typed = row.values.get(name)
            if typed is not None and typed != exact:
                problems.append(_replaced(name, typed, exact, row.origins.get(name)))
            row.values[name] = exact
            row.origins[name] = Origin("part", where, sheet=one.source.file)
        if one.relation == PartRelation.WITHIN and "part_direct_emissions" in row.values:
            inside[one.host] = inside.get(one.host, Decimal(0)) + row.values["part_direct_emissions"]
    for one in parts:  # what a captive plant adds is taken out of its host: counted once, with its own owner
        row = rows[one.key]
        if one.name in inside or one.relation == PartRelation.COUNTED:
            row.values["captive_inside"] = inside.get(one.name, Decimal(0))
    return problems


def figures(part: Part) -> dict[str, tuple[Any, str]]:
    """Return what the enterprise asks of a part: value, and the names in the part's own report it is made of."""
    result, names = part.result, part.roles
    assert result is not None  # noqa: S101 - asked before
    total = result.value(names.total) if result.has(names.total) else None
    found: dict[str, tuple[Any, str]] = {}
    if total is not None:
        found["part_filed_emissions"] = (total, names.total)
        direct = names.direct or names.total
        held = [one for one in names.indirect if reaches(result.rules, result.year, names.total, one)]
        parts = [result.value(one) for one in ([] if names.direct else held)]
        value = result.value(direct)
        for one in parts:  # a waiting term makes the whole wait
            value = value - one
        found["part_direct_emissions"] = (value, direct)
    for cell, word in (("part_process_emissions", names.process), ("part_market_emissions", names.market)):
        known = bool(word) and result.has(word)
        found[cell] = (result.value(word), word) if known else (Decimal(0), names.total)
    return found


def confirmed(part: Part) -> bool:
    """Say whether everything in a part's figures was read in the regulations' own text."""
    result = part.result
    assert result is not None  # noqa: S101 - asked before
    names = {where for _, where in figures(part).values()}
    return all(status_of(result, name) == "official" for name in names)


def _waits(part: Part, name: str, value: Waiting) -> Problem:
    rules = part.rules
    zh, en = (waiting_text(rules, value, language) for language in ("zh", "en"))
    return checks.fault(
        "part.waiting",
        part.source.file,
        f"“{label_of(RULES, name)}”待定：{zh}",
        f"“{label_of(RULES, name, 'en')}” waits: {en}",
        severity="warning",
    )


def _replaced(name: str, typed: Any, value: Any, place: Origin | None) -> Problem:
    return Problem(
        "part.replaced",
        place or Origin("part", name),
        Message(
            f"“{label_of(RULES, name)}”原填 {typed}，已按数据文件改为 {value}",
            f"“{label_of(RULES, name, 'en')}” was {typed} and is {value} by the part's workbook",
        ),
        severity="warning",
    )
