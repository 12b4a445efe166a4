"""What stands against sending a version to review, and what a reviewer should look at. Facts of the version, no thresholds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shutan.apps.common.language import language
from shutan.apps.schemes.content import Content, parameter_label
from shutan.apps.schemes.models import Scheme, SchemeParameter, calibration_state
from shutan.rules.common.schemes import Declared, Section

NEEDED = ("description", "recording", "missing", "department")
Obtained = SchemeParameter.Obtained


@dataclass(frozen=True)
class Remark:
    """One thing: the section it is in, what it is, and whether it stops the review."""

    section: str
    text: str
    blocks: bool = True


def remarks(scheme: Scheme, content: Content, today: date) -> list[Remark]:
    """All of a version, in the guideline's order."""
    declared = scheme.declared
    found: list[Remark] = []
    for section in declared.sections:
        found += _of_items(section, content)
        if section.holds == "facilities" and not content["facilities"]:
            found.append(Remark(section.number, _("No main facility is named.")))
        if section.holds == "parameters":
            found += _of_parameters(declared, section, content)
        if section.holds == "meters":
            found += _of_meters(section, content, today)
    return found


def _of_items(section: Section, content: Content) -> list[Remark]:
    have = {one["item"] for one in content["files"]}
    return [
        Remark(section.number, _("%(what)s is missing.") % {"what": item.label(language())})
        for item in section.items
        if not item.optional
        and not (item.key in have if item.kind == "files" else content["texts"].get(item.key))
    ]


def _of_parameters(declared: Declared, section: Section, content: Content) -> list[Remark]:
    rows = [row for row in content["parameters"] if row["parameter"] in section.parameters]
    said = {row["parameter"] for row in rows}
    found = [
        Remark(section.number, _("%(what)s: it has no row.") % {"what": parameter_label(declared, name)})
        for name in section.parameters
        if name not in said
    ]
    open_ = [row for row in rows if not row["obtained"]]
    if open_:
        told = ngettext(
            "%(n)s figure does not say how it is obtained.",
            "%(n)s figures do not say how they are obtained.",
            len(open_),
        )
        found.append(Remark(section.number, told % {"n": len(open_)}))
    for row in rows:
        if row["obtained"] in ("", Obtained.NONE):
            continue
        lacking = [name for name in NEEDED if not row[name] and not _spared(row, name)]
        if lacking:
            labels = ", ".join(_field(name) for name in lacking)
            found.append(
                Remark(
                    section.number,
                    _("%(what)s lacks: %(fields)s.") % {"what": _name(declared, row), "fields": labels},
                )
            )
        if row["obtained"] == Obtained.MEASURED and not row["meter"]:
            told_ = _("%(what)s is measured, but no meter is named (right where a laboratory measures it).")
            found.append(Remark(section.number, told_ % {"what": _name(declared, row)}, blocks=False))
    return found


def _spared(row: Content, name: str) -> bool:
    """A default value is not recorded and cannot be missing."""
    return row["obtained"] == Obtained.DEFAULT and name in ("recording", "missing")


def _of_meters(section: Section, content: Content, today: date) -> list[Remark]:
    found = []
    for row in content["meters"]:
        due = date.fromisoformat(row["due"]) if row["due"] else None
        state = calibration_state(due, today)
        if state == "unknown":
            told = _("Meter %(number)s has no calibration on record.") % row
        elif state == "overdue":
            told = _("The calibration of meter %(number)s was due on %(due)s.") % row
        else:
            continue
        found.append(Remark(section.number, told, blocks=False))
    return found


def _name(declared: Declared, row: Content) -> str:
    return f"{parameter_label(declared, row['parameter'])} {row['subject']}".strip()


def _field(name: str) -> str:
    field: Any = SchemeParameter._meta.get_field(name)  # noqa: SLF001
    return str(field.verbose_name)
