"""Saving cells: a few at a time, each with the revision that was seen, so that two editors lose nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from shutan.apps.accounts.log import Actor, act
from shutan.apps.common.values import stored
from shutan.apps.filing.actions import hold, own, person_of
from shutan.apps.filing.content import Place, dimensions, plain, written
from shutan.apps.filing.models import Book, FiledValue, MonthlyFiling
from shutan.documents.problem import Message
from shutan.documents.values import is_empty, key_part, parse
from shutan.kernel import Input, Number, RuleSet, Table
from shutan.rules.registry import rule_set

MOST = 2000  # cells in one go
Obtained = FiledValue.Obtained
CHANGING = ("number", "text", "unit", "obtained", "note", "revision", "changed_by", "changed_at")


@dataclass(frozen=True)
class Change:
    """One cell as someone typed it, and the revision of the cell they saw (0: it was empty)."""

    table: str
    key: tuple[str, ...]
    variable: str
    value: str
    seen: int = 0
    obtained: str | None = None  # None: leave it
    note: str | None = None

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.table, self.key, self.variable


@dataclass(frozen=True)
class Refused:
    """A cell that was not saved because of what was typed."""

    change: Change
    message: Message
    expected: Message | None = None


@dataclass(frozen=True)
class Conflict:
    """A cell that was not saved because someone else saved it first."""

    change: Change
    now: FiledValue


@dataclass
class Saved:
    """What became of some changes."""

    saved: list[FiledValue] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)


def save(actor: Actor, holder: Book | MonthlyFiling, changes: Sequence[Change], *, now: datetime) -> Saved:
    """Save what can be saved; a cell typed wrongly or saved by someone else meanwhile is told, not lost, not overwritten.

    Args:
        actor: who types.
        holder: a month for cells of monthly tables, a book for yearly ones.
        changes: at most MOST cells.
        now: the time of saving.

    Raises:
        ValidationError: the month is no draft any more, or there are too many changes.
    """
    own(actor, holder.organisation, "filing.save_cells", now)
    if len(changes) > MOST:
        raise ValidationError(_("Too many cells at once: at most %(n)s.") % {"n": MOST})
    with act(actor, "filing.save_cells", now=now) as entry:
        book, filing = _held(holder)
        rules = rule_set((holder if isinstance(holder, Book) else holder.book).rule_set)
        done = Saved()
        wanted = {one.place: one for one in changes}  # typed twice: the last counts
        there = _there(book, filing, wanted)
        made, changed = [], []
        for change in wanted.values():
            one = _one(rules, change, monthly=filing is not None, done=done)
            if one is None:
                continue
            number, text, unit = one
            found = there.get(change.place)
            if found is None:
                if text or number is not None or not change.variable:
                    made.append(
                        FiledValue(
                            book=book,
                            filing=filing,
                            table=change.table,
                            key=list(change.key),
                            variable=change.variable,
                            number=number,
                            text=text,
                            unit=unit,
                            obtained=change.obtained or "",
                            note=(change.note or "")[:300],
                            changed_by=person_of(actor),
                            changed_at=now,
                        )
                    )
                continue
            same = written(found) == _text(number, text) and change.obtained in (None, found.obtained)
            if found.revision != change.seen and not same:
                done.conflicts.append(Conflict(change, found))
                continue
            if same and change.note in (None, found.note):
                done.saved.append(found)
                continue
            found.number, found.text, found.unit = number, text, unit
            found.obtained = found.obtained if change.obtained is None else change.obtained
            found.note = found.note if change.note is None else change.note[:300]
            found.revision += 1
            found.changed_by, found.changed_at = person_of(actor), now
            changed.append(found)
        FiledValue.objects.bulk_create(made)
        # Held by their keys, so that each is there: bulk_update's CASE of every cell takes ten times as long.
        FiledValue.objects.bulk_create(
            changed, update_conflicts=True, unique_fields=["pk"], update_fields=CHANGING
        )
        done.saved += [*made, *changed]
        _touch(book, filing, now, some=bool(made or changed))
        entry.about(filing or book or holder, saved=len(made) + len(changed), conflicts=len(done.conflicts))
    return done


def remove_row(
    actor: Actor, holder: Book | MonthlyFiling, table: str, key: Sequence[str], *, now: datetime
) -> int:
    """Take a whole row out of a draft or a book.

    Returns:
        How many cells it had.
    """
    own(actor, holder.organisation, "filing.remove_row", now)
    with act(actor, "filing.remove_row", now=now) as entry:
        book, filing = _held(holder)
        rows = FiledValue.objects.filter(book=book, filing=filing, table=table, key=list(key))
        count, _rows = rows.delete()
        _touch(book, filing, now, some=bool(count))
        entry.about(filing or book or holder, table=table, key=list(key), cells=count)
    return count


def _held(holder: Book | MonthlyFiling) -> tuple[Book | None, MonthlyFiling | None]:
    if isinstance(holder, Book):
        return Book.objects.select_for_update().get(pk=holder.pk), None
    held = hold(holder)
    if not held.is_open:
        raise ValidationError(_("This month is under review or filed: it cannot change."))
    return None, held


def _there(
    book: Book | None, filing: MonthlyFiling | None, wanted: Iterable[Place]
) -> dict[Place, FiledValue]:
    tables = {table for table, _key, _variable in wanted}
    found = FiledValue.objects.filter(book=book, filing=filing, table__in=tables).select_related("changed_by")
    return {(one.table, tuple(one.key), one.variable): one for one in found}


Value = tuple[Decimal | None, str, str]  # number, text, unit


def _one(rules: RuleSet, change: Change, *, monthly: bool, done: Saved) -> Value | None:
    """The typed value of a change; None where it was refused."""
    table = next((one for one in rules.tables if one.name == change.table), None)
    inputs = table.inputs if table else ()
    one = next((one for one in inputs if one.name == change.variable), None)
    if told := _misplaced(table, one, change, monthly=monthly):
        done.refused.append(Refused(change, told))
        return None
    if one is None:
        return None, "", ""
    unit = one.unit if isinstance(one, Number) else ""
    if is_empty(change.value):
        return None, "", unit
    value, fault = parse(rules, one, change.value)
    if fault is not None:
        done.refused.append(Refused(change, fault.message, fault.expected))
        return None
    number, text = stored(value)
    return number, text, unit


def _misplaced(table: Table | None, one: Input | None, change: Change, *, monthly: bool) -> Message | None:
    """What is wrong with where a value shall stand."""
    if table is None or table.grain.monthly is not monthly:
        return Message("没有这张表", "there is no such table")
    if change.obtained not in (None, "", *Obtained.values):
        return Message("没有这种获取方式", "there is no such way of obtaining")
    if change.variable and one is None:
        return Message("表中没有这一项", "the table has no such item")
    return _bad_key(table, change)


def _bad_key(table: Table, change: Change) -> Message | None:
    names = dimensions(table)
    if len(names) != len(change.key):
        return Message("行的名称不完整", "the row is not named completely")
    for name, part in zip(names, change.key, strict=True):
        if is_empty(part):
            return Message("行的名称不能为空", "a row needs its name")
        if (fault := key_part(name, part)[1]) is not None:
            return fault.message
    return None


def _text(number: Decimal | None, text: str) -> str:
    return text if number is None else plain(number)


def _touch(book: Book | None, filing: MonthlyFiling | None, now: datetime, *, some: bool) -> None:
    """A book counts its changes; a month notes when. Its revision is of steps, so that typing never makes one stale."""
    if not some:
        return
    if book is not None:
        book.revision += 1
        book.save(update_fields=["revision"])
    if filing is not None:
        filing.changed_at = now
        filing.save(update_fields=["changed_at"])
