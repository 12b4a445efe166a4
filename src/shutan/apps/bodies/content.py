"""A body's record as data: the whole of it, which an application freezes, and what of that is public."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from shutan.apps.bodies.forms import ProfileForm
from shutan.apps.bodies.models import Body, Service, named
from shutan.apps.bodies.sections import SECTIONS

PROFILE: list[str] = [str(name) for name in ProfileForm.Meta.fields]
# Everything of the profile is public: it is part 1 and 2 of the form that 130's annex 6 has the province publish.
PUBLIC_PROFILE = PROFILE

Content = dict[str, Any]


@dataclass(frozen=True)
class Record:
    """A body and the lines of each part of its record, read once for all that is judged of them."""

    body: Body
    rows: dict[str, list[Any]]


def record(body: Body) -> Record:
    """Read a record: one question of the database a part."""
    return Record(
        body,
        {key: list(section.model._default_manager.filter(body=body)) for key, section in SECTIONS.items()},  # noqa: SLF001
    )


def profile(body: Body) -> Content:
    """What the body says of itself, as plain data."""
    return {name: plain(getattr(body, name)) for name in PROFILE}


def whole(held: Record) -> Content:
    """All of a record, as plain data; rows carry their key `id`."""
    found: Content = {"profile": profile(held.body)}
    for section in SECTIONS.values():
        found[section.key] = [
            {"id": row.pk} | {name: plain(getattr(row, name)) for name in section.names}
            for row in held.rows[section.key]
        ]
    return found


def public(content: Content) -> Content:
    """What anybody may read of a record: the public fields of its parts, and of the work only how much there was."""
    found: Content = {"profile": {name: content["profile"].get(name) for name in PUBLIC_PROFILE}}
    for section in SECTIONS.values():
        if section.public:
            found[section.key] = [
                {name: row.get(name) for name in section.public} for row in content[section.key]
            ]
    counted = Counter((row["year"], row["service"]) for row in content["works"])
    found["works"] = [
        {"year": year, "service": service, "count": count}
        for (year, service), count in sorted(counted.items(), reverse=True)
    ]
    return found


def plain(value: Any) -> Any:
    """A value as JSON keeps it."""
    if isinstance(value, date):
        return value.isoformat()
    return format(value.normalize(), "f") if isinstance(value, Decimal) else value


def shown(section: str, name: str, value: Any) -> Any:
    """A kept value as people read it."""
    if value in (None, ""):
        return None
    if name == "services":
        return named(value) or None
    if section == "profile":
        return Decimal(value) if name == "registered_capital" else value
    field = SECTIONS[section].field(name)
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if field.get_internal_type() == "DateField":
        return date.fromisoformat(value)
    return str(value) if name == "year" else value  # a year is no quantity: no separator of thousands


def service(value: str) -> str:
    """A service's name."""
    return str(Service(value).label) if value in Service.values else value


@dataclass(frozen=True)
class Difference:
    """One thing that is not as before: part, which row, field, before and after ('' for a row that is new or gone)."""

    part: str
    row: str
    field: str
    before: Any
    after: Any


def differences(before: Content, after: Content) -> list[Difference]:
    """What a later record says otherwise than an earlier one."""
    found = [
        Difference(
            _("Profile of the body"),
            "",
            profile_label(name),
            shown("profile", name, before["profile"].get(name)),
            shown("profile", name, after["profile"].get(name)),
        )
        for name in PROFILE
        if before["profile"].get(name) != after["profile"].get(name)
    ]
    for key in SECTIONS:
        found += _of_rows(key, before.get(key, []), after.get(key, []))
    return found


def _of_rows(key: str, before: list[Content], after: list[Content]) -> Iterator[Difference]:
    section = SECTIONS[key]
    old, new = {row["id"]: row for row in before}, {row["id"]: row for row in after}

    def name_of(row: Content) -> str:
        return " ".join(str(shown(key, name, row.get(name)) or "") for name in section.form.key).strip()

    for pk in old.keys() - new.keys():
        yield Difference(str(section.title), name_of(old[pk]), "", _("there"), _("removed"))
    for pk in new.keys() - old.keys():
        yield Difference(str(section.title), name_of(new[pk]), "", _("not there"), _("new"))
    for pk in old.keys() & new.keys():
        for name in section.names:
            if old[pk].get(name) != new[pk].get(name):
                yield Difference(
                    str(section.title),
                    name_of(new[pk]),
                    section.label(name),
                    shown(key, name, old[pk].get(name)),
                    shown(key, name, new[pk].get(name)),
                )


def profile_label(name: str) -> str:
    """A profile field's name in the language of the page."""
    return str(Body._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # noqa: SLF001
