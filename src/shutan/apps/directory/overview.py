"""What the pages of one record show beside its facts: tree, names, who may see it, what may be chosen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from shutan.apps.accounts.models import Area, Kind, Mandate, Organisation, User
from shutan.apps.common.language import language
from shutan.apps.directory import queries
from shutan.apps.directory.facts import State
from shutan.apps.directory.forms import typed
from shutan.apps.directory.models import Entity, EntityKind, Fact
from shutan.apps.directory.present import address

MOST_CHOICES = 20
# Which link leads up, by kind of the lower entity.
UP = {EntityKind.LINE: "facility", EntityKind.FACILITY: "owner", EntityKind.LEGAL_PERSON: "reporting_entity"}


@dataclass(frozen=True)
class Branch:
    """One entity of the tree."""

    name: str
    kind: str
    state: str
    url: str  # '' for what the person may not open
    current: bool
    depth: int


def tree(entity: Entity, day: date, seen: set[int]) -> list[Branch]:
    """Who belongs to what on a day, around an entity: from the top down, indented. Three queries, however large."""
    top, top_kind = _top(entity, day)
    held = Fact.objects.filter(withdrawn_at=None, during__contains=day)
    below: dict[int, list[tuple[int, str]]] = {}
    level, kinds = [top], {top: top_kind}
    for _step in range(3):
        links = held.filter(name__in=UP.values(), target__in=level).values_list(
            "target", "entity", "entity__kind"
        )
        for parent, child, kind in links.order_by("entity"):
            below.setdefault(parent, []).append((child, kind))
            kinds[child] = kind
        level = [child for parent in level for child, _kind in below.get(parent, ())]
    told = held.filter(entity__in=kinds, name__in=("name", "state")).values_list("entity", "name", "value")
    words: dict[int, dict[str, str]] = {}
    for pk, name, value in told:
        words.setdefault(pk, {})[name] = value
    found: list[Branch] = []

    def walk(pk: int, depth: int) -> None:
        said = words.get(pk, {})
        member = State.members.get(said.get("state", ""))
        state = (member.zh if language() == "zh" else member.en) if member else ""
        if pk in seen:
            found.append(
                Branch(
                    said.get("name", str(pk)),
                    str(EntityKind(kinds[pk]).label),
                    state,
                    address(pk),
                    pk == entity.pk,
                    depth,
                )
            )
        for child, _kind in below.get(pk, ()):
            walk(child, depth + 1)

    walk(top, 0)
    return found


def _top(entity: Entity, day: date) -> tuple[int, str]:
    """The highest entity above one; at most four steps."""
    pk, kind = entity.pk, entity.kind
    while kind in UP:
        link = Fact.objects.filter(
            entity=pk, name=UP[EntityKind(kind)], withdrawn_at=None, during__contains=day
        ).values_list("target", "target__kind")
        above = link.first()
        if above is None:
            break
        pk, kind = above
    return pk, kind


def names(keys: Iterable[int], day: date) -> dict[int, str]:
    """Names of entities on a day, else their latest."""
    found = Fact.objects.filter(entity__in=list(keys), name="name", withdrawn_at=None).order_by("during")
    told: dict[int, str] = {}
    for pk, value, during in found.values_list("entity", "value", "during"):
        if pk not in told or (during.lower <= day):
            told[pk] = value
    return told


def keys(targets: Iterable[int | None]) -> dict[int, str]:
    """What a link is typed as: the credit code, else the name where only one has it, else the number."""
    wanted = [pk for pk in targets if pk]
    told = {pk: str(pk) for pk in wanted}
    facts = Fact.objects.filter(entity__in=wanted, name__in=("name", "credit_code"), withdrawn_at=None)
    # Names come first, so that a code stays.
    told |= dict(facts.order_by("-name", "during").values_list("entity", "value"))
    codes = set(facts.filter(name="credit_code").values_list("entity", flat=True))
    for pk in wanted:
        if pk not in codes:
            same = (
                Fact.objects.filter(name="name", value=told[pk], withdrawn_at=None)
                .values("entity")
                .distinct()
            )
            if same.count() > 1:
                told[pk] = str(pk)
    return told


def typed_facts(entity: Entity, day: date) -> dict[str, str]:
    """The facts of a day as the form shows them."""
    facts = queries.facts_on(entity, day)
    return typed(entity.kind, facts, keys(fact.target_id for fact in facts.values()))


def choices(person: User, kind: str, text: str, today: date) -> list[dict[str, Any]]:
    """What a link's field offers: typed value and words."""
    rows = queries.as_of(person, today, kind, today=today)
    if kind == EntityKind.LEGAL_PERSON:
        rows = rows.filter(Q(at_name__icontains=text) | Q(at_credit_code__icontains=text))
        return [
            {"value": row.at_credit_code, "label": row.at_name}
            for row in rows.order_by("at_name")[:MOST_CHOICES]
        ]
    rows = rows.filter(at_name__icontains=text).order_by("at_name")
    typed_as = keys(row.pk for row in rows[:MOST_CHOICES])
    return [
        {
            "value": typed_as[row.pk],
            "label": f"{row.at_name} {getattr(row, 'at_owner_name', '') or ''}".strip(),
        }
        for row in rows[:MOST_CHOICES]
    ]


def viewers(entity: Entity, today: date) -> list[tuple[str, str]]:
    """Who may see a record, and why."""
    owner = queries.owner_of(entity, today) or entity
    found: list[tuple[str, str]] = []
    home = owner.organisation
    if home is not None:
        found.append((home.name, _("the owner; may change it")))
        if home.head_office:
            found.append((home.head_office.name, _("the group's head office")))
        held = Mandate.objects.in_force(today).filter(principal=home, areas__contains=[Area.DIRECTORY])
        told = _("acts under mandate %(number)s until %(day)s; may change it")
        found += [
            (one.agent.name, told % {"number": one.number, "day": one.ends.isoformat()})
            for one in held.select_related("agent")
        ]
    places = set(
        Fact.objects.filter(entity__in=[entity.pk, owner.pk], name="division", withdrawn_at=None).values_list(
            "value", flat=True
        )
    )
    cities = Q(pk__in=[])
    for place in places:
        cities |= Q(division_code__startswith=place[:4])
    overseen = Organisation.objects.filter(cities, kind=Kind.CITY).order_by("division_code")
    found += [(city.name, _("oversees the division; may change it")) for city in overseen]
    found.append((_("Provincial ecology department"), _("sees and may change all")))
    found.append((_("Departments of the plan"), _("see the directory of their level; not the police")))
    return found


def list_address(kind: str) -> str:
    """The list of a kind."""
    return (
        reverse("directory:list")
        if kind == EntityKind.LEGAL_PERSON
        else reverse("directory:kind", args=[kind])
    )


def child_kind(kind: str) -> dict[str, str] | None:
    """What is added below a kind, and by which link."""
    below = {
        EntityKind.LEGAL_PERSON: (EntityKind.FACILITY, "owner", _("Add a facility")),
        EntityKind.FACILITY: (EntityKind.LINE, "facility", _("Add a unit or line")),
    }.get(EntityKind(kind))
    return {"kind": below[0], "link": below[1], "label": below[2]} if below else None
