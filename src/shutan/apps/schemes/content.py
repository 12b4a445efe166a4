"""What a version says as plain data: the whole of it, which the internal review freezes, and what differs between two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Max, Q
from django.utils.translation import gettext as _

from shutan.apps.common.language import language
from shutan.apps.schemes.forms import CalibrationForm, FacilityForm, MeterForm, ParameterForm
from shutan.apps.schemes.models import Facility, Meter, Scheme, SchemeParameter
from shutan.rules.common.schemes import Declared

Content = dict[str, Any]
FACILITY: list[str] = list(FacilityForm.Meta.fields)
METER: list[str] = list(MeterForm.Meta.fields)
PARAMETER: list[str] = list(ParameterForm.Meta.fields)
CALIBRATION: list[str] = list(CalibrationForm.Meta.fields)
# What makes a row of each kind the same row in two versions.
KEYS = {"facilities": ("number",), "parameters": ("parameter", "subject"), "meters": ("number",)}
MODELS: dict[str, Any] = {"facilities": Facility, "parameters": SchemeParameter, "meters": Meter}
COLUMNS = {"facilities": FACILITY, "parameters": PARAMETER, "meters": [*METER, "due"]}


def plain(value: Any) -> Any:
    """A value as JSON keeps it."""
    if isinstance(value, date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else value


def meters(scheme: Scheme) -> list[Any]:
    """The meters in use in the scheme's year, each with the day on which its calibration is due (`due`)."""
    held = Meter.objects.filter(organisation=scheme.organisation_id)
    held = held.filter(Q(retired_on=None) | Q(retired_on__year__gte=scheme.year))
    return list(with_due(held))


def with_due(held: Any) -> Any:
    """Meters with the last day of their latest calibration that was not withdrawn, and when that was."""
    stands = Q(calibrations__withdrawn_at=None)
    return held.annotate(
        due=Max("calibrations__due", filter=stands), calibrated=Max("calibrations__day", filter=stands)
    ).order_by("number")


def whole(scheme: Scheme) -> Content:
    """All of a version: what was frozen, else what its rows say now."""
    if scheme.content is not None:
        return dict(scheme.content)
    parameters = scheme.parameters.select_related("meter")
    return {
        "texts": dict(scheme.texts),
        "files": [{"item": one.item, "name": one.name, "sha256": one.sha256} for one in scheme.files.all()],
        "facilities": [_row(one, FACILITY) for one in scheme.facilities.all()],
        "parameters": [
            _row(one, PARAMETER) | {"meter": one.meter.number if one.meter else ""} for one in parameters
        ],
        "meters": [_row(one, COLUMNS["meters"]) for one in meters(scheme)],
    }


def _row(one: Any, names: Sequence[str]) -> Content:
    return {name: plain(getattr(one, name)) for name in names}


def label(kind: str, name: str) -> str:
    """A column's name in the language of the page."""
    if name == "due":
        return _("Next due")
    return str(MODELS[kind]._meta.get_field(name).verbose_name)  # noqa: SLF001


def shown(kind: str, name: str, value: Any, declared: Declared) -> str:
    """A kept value as people read it."""
    if value in (None, ""):
        return ""
    if name == "parameter":
        return parameter_label(declared, str(value))
    field = MODELS[kind]._meta.get_field(name) if name != "due" else None  # noqa: SLF001
    choices = dict(field.flatchoices) if field is not None and getattr(field, "choices", None) else {}
    return str(choices.get(value, value))


def parameter_label(declared: Declared, name: str) -> str:
    """What a parameter is called, with its unit, in the language of the page."""
    rules = declared.rules
    if name not in rules.inputs:
        return name
    said = rules.labels_of(name)[0 if language() == "zh" else 1]
    unit = unit_label(declared, name)
    return f"{said} ({unit})" if unit else said


def unit_label(declared: Declared, name: str) -> str:
    """A parameter's unit; one that depends on the kind of fuel is told in words."""
    unit = declared.rules.unit_of(name)
    if not isinstance(unit, str) or unit == "1":
        return ""
    for word in declared.rules.units:
        unit = unit.replace(word, _("unit of the fuel"))
    return unit


@dataclass(frozen=True)
class Difference:
    """One thing that is not as before: section, which row, field, before and after."""

    section: str
    row: str
    field: str
    before: str
    after: str


def differences(before: Content, after: Content, declared: Declared) -> list[Difference]:
    """What a later version says otherwise than an earlier one, in the guideline's order."""
    found: list[Difference] = []
    for section in declared.sections:
        title = f"{section.number} {section.label(language())}"
        for item in section.items:
            old, new = (_item(one, item.key, item.kind) for one in (before, after))
            if old != new:
                found.append(Difference(title, "", item.label(language()), old, new))
        if section.holds in KEYS:
            rows = [
                [row for row in one[section.holds] if _within(row, section.holds, section.parameters)]
                for one in (before, after)
            ]
            found += _of_rows(title, section.holds, rows[0], rows[1], declared)
    return found


def _within(row: Content, holds: str, parameters: Sequence[str]) -> bool:
    return holds != "parameters" or row["parameter"] in parameters


def _item(content: Content, key: str, kind: str) -> str:
    if kind == "files":
        return ", ".join(
            f"{one['name']} ({one['sha256'][:8]})" for one in content["files"] if one["item"] == key
        )
    return str(content["texts"].get(key, ""))


def _of_rows(
    title: str, kind: str, before: Sequence[Content], after: Sequence[Content], declared: Declared
) -> Iterator[Difference]:
    old, new = ({_key(kind, row): row for row in rows} for rows in (before, after))
    for key in (*old, *(key for key in new if key not in old)):
        name = " ".join(
            filter(
                None, (shown(kind, one, part, declared) for one, part in zip(KEYS[kind], key, strict=True))
            )
        )
        if key not in new:
            yield Difference(title, name, "", _("there"), _("removed"))
        elif key not in old:
            yield Difference(title, name, "", _("not there"), _("new"))
        else:
            for column in COLUMNS[kind]:
                was, now = (shown(kind, column, rows[key].get(column), declared) for rows in (old, new))
                if was != now:
                    yield Difference(title, name, label(kind, column), was, now)


def _key(kind: str, row: Content) -> tuple[str, ...]:
    return tuple(str(row[name]) for name in KEYS[kind])
