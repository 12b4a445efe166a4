"""What people do with the directory's records. Web, API, import and command line all call these; each is one `act`.

What follows from an event (merger, shutdown, …) is in `events.py`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from psycopg import errors

from shutan.apps.accounts.log import Actor, act
from shutan.apps.accounts.models import Kind, Organisation, User
from shutan.apps.directory import keeping, queries
from shutan.apps.directory.facts import entered
from shutan.apps.directory.keeping import Hand, Said
from shutan.apps.directory.models import Entity, EntityKind, Fact
from shutan.apps.directory.reading import FaultsError, Find, Read, event_faults, read
from shutan.documents.problem import Message, Problem
from shutan.documents.values import Fault
from shutan.kernel import Origin


class StaleError(Exception):
    """Someone changed the record since it was read; carries it as it is now."""

    def __init__(self, entity: Entity) -> None:
        super().__init__("changed meanwhile")
        self.entity = entity


def finder(actor: Actor, *, today: date) -> Find:
    """Finds link targets by key, credit code or name among what the actor may see."""
    rows = queries.entities(actor, today=today) if isinstance(actor, User) else Entity.objects.all()

    def find(kind: str, text: str) -> Entity | Fault:
        of_kind = rows.filter(kind=kind)
        if text.isascii() and text.isdigit() and len(text) < 18:  # noqa: PLR2004 - a credit code has 18
            found = list(of_kind.filter(pk=int(text))[:2])
        else:
            named = Fact.objects.filter(name__in=("name", "credit_code"), value=text, withdrawn_at=None)
            found = list(of_kind.filter(pk__in=named.values("entity"))[:2])
        if len(found) == 1:
            return found[0]
        if found:
            return Fault(
                "link.several",
                Message(f"“{text}”不止一个", f"there are several “{text}”"),
                Message("用统一社会信用代码或编号", "give the credit code or the number"),
            )
        return Fault(
            "link.unknown",
            Message(f"名录中没有“{text}”", f"“{text}” is not in the directory"),
            Message("已登记的名称、统一社会信用代码或编号", "a registered name, credit code or number"),
        )

    return find


def create_entity(
    actor: Actor,
    kind: str,
    raw: Mapping[str, Any],
    *,
    since: date,
    state: str = "operating",
    organisation: Organisation | None = None,
    source: str = "",
    now: datetime,
    today: date,
    why: str = "",
) -> Entity:
    """Register an entity with its facts from a day on.

    `raw` holds the facts by name as typed, links by number, credit code or name; all hold from `since`. `state` is
    "planned" where an event will begin it. `organisation` is the account of a legal person; whoever registers their own
    enterprise gets it linked to theirs. An enterprise, or who acts for it, registers only within what is its own.

    Raises:
        FaultsError: something is wrong; nothing was saved.
        PermissionDenied: it would not be theirs.
    """
    whole = {one.name: None for one in entered(kind)} | dict(raw)
    found = read(kind, whole, since, finder(actor, today=today))
    _refuse(found)
    account = organisation or _own_account(actor, kind)
    with act(actor, "directory.create_entity", now=now, why=why) as entry:
        hand = Hand(_person(actor), now, source)
        entity = new_entity(kind, account, hand)
        _write(entity, [*found.said.values(), Said("state", state)], since, hand)
        _mine(actor, entity, today)
        name = found.said["name"].value
        entry.about(entity, name, kind=kind, since=since.isoformat(), facts=_told(found))
    return entity


def new_entity(kind: str, organisation: Organisation | None, hand: Hand) -> Entity:
    """The bare row of an entity."""
    return Entity.objects.create(
        kind=kind,
        organisation=organisation,
        created_at=hand.now,
        created_by=hand.person,
        changed_at=hand.now,
        changed_by=hand.person,
    )


def change_facts(
    actor: Actor,
    entity: Entity,
    raw: Mapping[str, Any],
    *,
    since: date,
    version: int,
    source: str = "",
    now: datetime,
    today: date,
    why: str = "",
) -> Entity:
    """Let some facts of an entity be others from a day on; what held before ends the day before.

    Raises:
        StaleError: `version` is not the record's: someone changed it since it was read.
        FaultsError: something is wrong; nothing was saved.
    """
    _may(actor, entity, today)
    with act(actor, "directory.change_facts", now=now, why=why) as entry:
        held = lock(entity, version)
        found = read(held.kind, raw, since, finder(actor, today=today))
        found.problems += event_faults(
            held.kind,
            found.said,
            lambda name: keeping.at(held, name, since),
            lambda name: Origin("field", name),
        )
        _refuse(found)
        hand = Hand(_person(actor), now, source)
        changed = _write(held, list(found.said.values()), since, hand)
        if changed:
            keeping.touch([held], hand)
        _mine(actor, held, today)
        entry.about(held, name_of(held, since), since=since.isoformat(), facts=_told(found, changed))
    return held


def end_fact(
    actor: Actor, fact: Fact, *, on: date, version: int, now: datetime, today: date, why: str = ""
) -> Fact:
    """Let an optional fact end: `on` is the first day it no longer holds.

    Raises:
        StaleError: the record was changed meanwhile.
        FaultsError: the fact is required, or does not hold on that day.
    """
    _may(actor, fact.entity, today)
    with act(actor, "directory.end_fact", now=now, why=why) as entry:
        entity = lock(fact.entity, version)
        held = keeping.standing(entity).filter(pk=fact.pk, during__contains=on).first()
        types = {one.name: one for one in entered(entity.kind)}
        if held is None or fact.name not in types or types[fact.name].required:
            message = Message("该事实在这一天不能终止", "this fact cannot end on that day")
            expected = Message(
                "有效期内的一天；必填项只能更改", "a day it holds; a required fact can only change"
            )
            raise FaultsError([Problem("fact.end", Origin("field", "on"), message, expected)])
        hand = Hand(_person(actor), now)
        keeping.end(held, on, hand)
        keeping.touch([entity], hand)
        entry.about(entity, name_of(entity, on), fact=fact.name, on=on.isoformat())
    return held


def correct_fact(
    actor: Actor, fact: Fact, value: Any, *, version: int, now: datetime, today: date, why: str
) -> Fact | None:
    """Replace a fact that was wrong by a right one for the same days; the wrong one stays in the history with the reason.

    Raises:
        StaleError: the record was changed meanwhile.
        FaultsError: the value is wrong too, or the fact follows from an event.
    """
    _may(actor, fact.entity, today)
    with act(actor, "directory.correct_fact", now=now, why=why) as entry:
        entity = lock(fact.entity, version)
        held = keeping.standing(entity).filter(pk=fact.pk).first()
        if held is None or fact.name == "state" or not why.strip():
            message = Message(
                "不能更正：状态由事件决定，且须写明原因",
                "not corrected: a state follows from events; a reason is needed",
            )
            raise FaultsError([Problem("fact.correct", Origin("field", fact.name), message)])
        found = read(entity.kind, {fact.name: value}, held.during.lower, finder(actor, today=today))
        _refuse(found)
        hand = Hand(_person(actor), now, held.source)
        keeping.withdraw(held, hand, why)
        said = found.said[fact.name]
        made = (
            None
            if said.empty
            else _guarded(lambda: keeping.begin(entity, said, held.during, hand), fact.name)
        )
        keeping.touch([entity], hand)
        _mine(actor, entity, today)
        entry.about(entity, name_of(entity, today), fact=fact.name, value=said.value)
    return made


def link_organisation(
    actor: Actor,
    entity: Entity,
    organisation: Organisation | None,
    *,
    version: int,
    now: datetime,
    why: str = "",
) -> Entity:
    """Say whose account a legal person is; with None the link is taken away."""
    with act(actor, "directory.link_organisation", now=now, why=why) as entry:
        held = lock(entity, version)
        if held.kind != EntityKind.LEGAL_PERSON:
            message = Message("只有法人可以关联账户", "only a legal person has an account")
            raise FaultsError([Problem("organisation.kind", Origin("field", "organisation"), message)])
        held.organisation = organisation
        try:
            with transaction.atomic():
                held.save(update_fields=["organisation"])
        except IntegrityError as error:
            message = Message("该账户已关联另一法人", "this account belongs to another legal person already")
            raise FaultsError(
                [Problem("organisation.twice", Origin("field", "organisation"), message)]
            ) from error
        keeping.touch([held], Hand(_person(actor), now))
        entry.about(held, name_of(held, now.date()), organisation=organisation.pk if organisation else None)
    return held


# What the actions share


def lock(entity: Entity, version: int | None) -> Entity:
    """The record, kept from others until the transaction ends; a version that is not its own is stale."""
    held = Entity.objects.select_for_update().get(pk=entity.pk)
    if version is not None and held.version != version:
        raise StaleError(held)
    return held


def name_of(entity: Entity, day: date) -> str:
    """The name on a day, else the latest known."""
    names = keeping.standing(entity).filter(name="name")
    fact = names.filter(during__contains=day).first() or names.order_by("during").last()
    return fact.value if fact else str(entity)


def _person(actor: Actor) -> User | None:
    return actor if isinstance(actor, User) else None


def _own_account(actor: Actor, kind: str) -> Organisation | None:
    """Whoever registers their own enterprise links it to their own account."""
    own = isinstance(actor, User) and actor.kind == Kind.ENTERPRISE and kind == EntityKind.LEGAL_PERSON
    return actor.organisation if own and isinstance(actor, User) else None


def _may(actor: Actor, entity: Entity, today: date) -> None:
    if isinstance(actor, User):
        queries.check_may_change(actor, entity, today=today)


def _mine(actor: Actor, entity: Entity, today: date) -> None:
    """After the change it must still be theirs: nobody registers or moves something into another's hands."""
    _may(actor, entity, today)


def _refuse(found: Read) -> None:
    if found.problems:
        raise FaultsError(found.problems)


def _write(entity: Entity, said: list[Said], since: date, hand: Hand) -> list[str]:
    """Write what is said; the names of what changed."""
    changed = []
    for one in said:
        before = keeping.at(entity, one.name, since)
        if not one.same(before):
            _guarded(lambda one=one: keeping.say(entity, one, since, hand), one.name)
            changed.append(one.name)
    return changed


def _guarded(write: Any, name: str) -> Any:
    """Write; what the database refuses becomes a fault at its field."""
    try:
        with transaction.atomic():
            return write()
    except IntegrityError as error:
        if not isinstance(error.__cause__, errors.ExclusionViolation):
            raise
        if name == "credit_code":
            message = Message(
                "该统一社会信用代码在同一时期已属于另一法人",
                "another legal person has this credit code in that time",
            )
        else:
            message = Message("与已有的有效期重叠", "it overlaps with days already covered")
        raise FaultsError([Problem("fact.overlap", Origin("field", name), message)]) from error


def _told(found: Read, names: list[str] | None = None) -> dict[str, Any]:
    """The facts as the log keeps them."""
    return {
        name: said.target.pk if said.target else said.value
        for name, said in found.said.items()
        if names is None or name in names
    }
