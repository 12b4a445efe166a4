"""Sheets of the plant's own systems into a month's cells, by a mapping that is kept by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from shutan.apps.accounts.log import Actor, act
from shutan.apps.accounts.models import Organisation
from shutan.apps.common.files import Upload
from shutan.apps.common.rowbook import Fault
from shutan.apps.filing import cells, plant_sheets
from shutan.apps.filing.actions import own, person_of
from shutan.apps.filing.completeness import given
from shutan.apps.filing.content import Year, expected_keys, monthly_tables, plain, row_keys, written
from shutan.apps.filing.models import MonthlyFiling, SheetMapping
from shutan.apps.filing.plant_sheets import Figure, Gathered, Layout, Rows, Target
from shutan.documents import wording
from shutan.kernel import Number
from shutan.rules.registry import rule_set

LONGEST_NAME = 80
MOST_MAPPINGS = 100


@dataclass(frozen=True)
class Place:
    """A cell of the month that takes a number: the words for it, its unit, what it says now and with which revision."""

    label: str
    unit: str
    value: str
    seen: int


def places(year: Year, month: int, words: str) -> dict[Target, Place]:
    """The cells of a month that take a number, in the order of the tables."""
    found, filled = {}, year.monthly[month]
    for table in monthly_tables(year.rules):
        expected = expected_keys(year.rules, table, year.yearly) or []
        for key in dict.fromkeys([*expected, *row_keys(filled, table.name)]):
            for one in table.inputs:
                if not isinstance(one, Number):
                    continue
                by = wording.unit_names(year.rules, one.unit)
                member = given(year, filled, table, key, by) if by else None
                held = filled.get((table.name, key, one.name))
                label = " · ".join((*key, wording.label_of(year.rules, one.name, words)))
                found[Target(table.name, key, one.name)] = Place(
                    label,
                    wording.unit_text(year.rules, one.unit, words, member),
                    written(held),
                    held.revision if held else 0,
                )
    return found


@dataclass
class Preview:
    """A sheet laid over a month: the sheets there are, how it was read, what it gives."""

    sheets: list[str]
    rows: Rows
    layout: Layout
    gathered: Gathered
    faults: list[Fault]  # of the file itself


def preview(year: Year, month: int, upload: Upload, layout: Layout | None, words: str) -> Preview:
    """Read an upload as a layout says; without one, only find the heads."""
    opened, faults = plant_sheets.opened(upload)
    titles = list(opened)
    if faults or not titles:
        wrong = faults or [Fault("", _("The file has no sheet."))]
        return Preview(titles, [], layout or Layout(), Gathered(), wrong)
    if layout is None:
        rows = opened[titles[0]]
        return Preview(titles, rows, Layout(titles[0], plant_sheets.likely_header(rows)), Gathered(), [])
    title = layout.sheet or titles[0]
    if title not in opened:
        told = _("The file has no sheet “%(title)s”.") % {"title": title}
        return Preview(titles, [], layout, Gathered(), [Fault("", told)])
    wanted = {target: one.unit for target, one in places(year, month, words).items()}
    found = plant_sheets.gather(opened[title], layout, year.rules, wanted, (year.book.year, month))
    return Preview(titles, opened[title], layout, found, [])


def changes(figures: list[Figure], seen: Mapping[Target, int]) -> list[cells.Change]:
    """The cells that a sheet fills, each with the revision that was shown; what could not be made is left out."""
    return [
        cells.Change(target.table, target.key, target.variable, plain(one.value), seen.get(target, 0))
        for one in figures
        if one.value is not None and (target := one.column.target)
    ]


def save_mapping(
    actor: Actor, organisation: Organisation, *, rule_set_name: str, name: str, layout: Layout, now: datetime
) -> SheetMapping:
    """Keep how a sheet is read under a name; the same name is written over, its history stays.

    Raises:
        ValidationError: no name, no column, a cell that the rules do not have, or one cell filled twice.
    """
    own(actor, organisation, "filing.save_mapping", now)
    name = name.strip()
    if not name or len(name) > LONGEST_NAME:
        raise ValidationError(
            {"name": _("Give the mapping a name of at most %(n)s characters.") % {"n": LONGEST_NAME}}
        )
    check(rule_set_name, layout)
    with act(actor, "filing.save_mapping", now=now) as entry:
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        held = SheetMapping.objects.filter(
            organisation=organisation, rule_set=rule_set_name, name=name
        ).first()
        if held is None:
            if SheetMapping.objects.filter(organisation=organisation).count() >= MOST_MAPPINGS:
                raise ValidationError(_("At most %(n)s mappings are kept.") % {"n": MOST_MAPPINGS})
            held = SheetMapping(organisation=organisation, rule_set=rule_set_name, name=name)
        held.layout, held.changed_by, held.changed_at = layout.json(), person_of(actor), now
        held.save()
        entry.about(held, columns=len(layout.columns))
    return held


def check(rule_set_name: str, layout: Layout) -> None:
    """Refuse a layout that could fill nothing, or one cell from two columns.

    Raises:
        ValidationError: so it is.
    """
    if not layout.columns or layout.header < 1:
        raise ValidationError(_("Choose for at least one column what it is."))
    tables = {table.name: table for table in monthly_tables(rule_set(rule_set_name))}
    targets = [one.target for one in layout.columns]
    for one in targets:
        table = tables.get(one.table)
        if table is None or one.variable not in {
            each.name for each in table.inputs if isinstance(each, Number)
        }:
            raise ValidationError(
                _("The rules have no figure %(name)s.") % {"name": f"{one.table}.{one.variable}"}
            )
    if len(set(targets)) < len(targets):
        raise ValidationError(_("Two columns fill the same cell."))


def drop_mapping(actor: Actor, held: SheetMapping, *, now: datetime) -> None:
    """Forget a mapping; what was filled with it stays."""
    own(actor, held.organisation, "filing.drop_mapping", now)
    with act(actor, "filing.drop_mapping", now=now) as entry:
        number = held.pk
        held.delete()
        held.pk = number
        entry.about(held)


def fill(
    actor: Actor, filing: MonthlyFiling, gathered: Gathered, seen: Mapping[Target, int], *, now: datetime
) -> cells.Saved:
    """Save what a sheet gives through the same action as typing."""
    return cells.save(actor, filing, changes(gathered.figures, seen), now=now)
