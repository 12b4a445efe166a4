"""A version as a workbook in the guideline's order: out, and back in with everything that is wrong at once.

Sheets are recognised by their machine names in the hidden first row, not by title or place. Rows are added or changed, none
removed; versions and meters are there to read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from shutan.apps.common import rowbook
from shutan.apps.common.language import language
from shutan.apps.common.rowbook import FIRST, LABELS, NAMES, Fault, Sheet
from shutan.apps.schemes import content
from shutan.apps.schemes.forms import FacilityForm, MeterForm, ParameterForm
from shutan.apps.schemes.models import LONGEST, Facility, Meter, Scheme, SchemeParameter
from shutan.rules.common.schemes import Section

TEXTS = ("item", "label", "text")


@dataclass
class Read:
    """What a workbook says: texts by item, rows as bound forms, and everything that is wrong."""

    texts: dict[str, str] = field(default_factory=dict)
    forms: list[Any] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def facilities(scheme: Scheme) -> Sheet:
    """The sheet of main facilities."""
    return Sheet(
        title=_("Main facilities"),
        model=Facility,
        names=content.FACILITY,
        key=("number",),
        form=lambda values, held: FacilityForm(values, instance=held, scheme=scheme),
        known=lambda: {(one.number,): one for one in scheme.facilities.all()},
    )


def parameters(scheme: Scheme, section: Section | None = None) -> Sheet:
    """The sheet of a section's figures."""
    declared = scheme.declared
    names = section.parameters if section else tuple(declared.parameters)
    return Sheet(
        title=section.number if section else "",
        model=SchemeParameter,
        names=content.PARAMETER,
        key=("parameter", "subject"),
        form=lambda values, held: ParameterForm(values, instance=held, scheme=scheme),
        known=lambda: {(one.parameter, one.subject): one for one in scheme.parameters.all()},
        options={
            "parameter": lambda: {name: content.parameter_label(declared, name) for name in names},
            "meter": lambda: _numbers(scheme),
        },
    )


def _numbers(scheme: Scheme) -> Mapping[Any, str]:
    return {one.pk: one.number for one in Meter.objects.filter(organisation=scheme.organisation_id)}


def meters(organisation: Any) -> Sheet:
    """The sheet of an enterprise's meters."""
    return Sheet(
        title=_("Meters"),
        model=Meter,
        names=content.METER,
        key=("number",),
        form=lambda values, held: MeterForm(values, instance=held, organisation=organisation),
        known=lambda: {(one.number,): one for one in Meter.objects.filter(organisation=organisation)},
    )


def write(scheme: Scheme, versions: Sequence[Scheme]) -> bytes:
    """The whole version, in the language of the page."""
    stream, book = rowbook.new_book()
    whole = content.whole(scheme)
    for section in scheme.declared.sections:
        if section.holds == "versions":
            _plain(book, section, [_("Version"), _("Status"), _("Submitted"), _("In force from"), _("Reason")], [
                [str(one.version), one.get_state_display(), _day(one.submitted_at), _day(one.in_force_from), one.reason]
                for one in versions
            ])  # fmt: skip
        if section.items:
            _texts(book, section, whole)
        if section.holds in content.KEYS:
            rows = [
                row
                for row in whole[section.holds]
                if section.holds != "parameters" or row["parameter"] in section.parameters
            ]
            _rows(book, scheme, section, rows)
    book.close()
    return stream.getvalue()


def _rows(book: Any, scheme: Scheme, section: Section, rows: Sequence[Mapping[str, Any]]) -> None:
    columns = content.COLUMNS[section.holds]
    heads = [content.label(section.holds, name) for name in columns]
    sheet = _sheet(book, f"{section.number} {heads[0]}")
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    # Meters are read on their own page: no machine names, so that nobody takes them for a way in.
    machine = columns if section.holds != "meters" else ("",) * len(columns)
    for column, (name, head) in enumerate(zip(machine, heads, strict=True)):
        sheet.write_string(NAMES, column, name)
        sheet.write_string(LABELS, column, head, bold)
    for place, row in enumerate(rows, FIRST):
        for column, name in enumerate(columns):
            sheet.write_string(
                place, column, content.shown(section.holds, name, row.get(name), scheme.declared)
            )


def _texts(book: Any, section: Section, whole: content.Content) -> None:
    sheet = _sheet(book, f"{section.number} {section.label(language())}")
    sheet.set_column(0, 0, None, None, {"hidden": True})
    sheet.set_column(2, 2, 80, book.add_format({"text_wrap": True, "valign": "top"}))
    for column, (name, head) in enumerate(
        zip(TEXTS, ("", _("What is asked"), _("What is said")), strict=True)
    ):
        sheet.write_string(NAMES, column, name)
        sheet.write_string(LABELS, column, head)
    for place, item in enumerate(section.items, FIRST):
        said = (
            ", ".join(one["name"] for one in whole["files"] if one["item"] == item.key)
            if item.kind == "files"
            else whole["texts"].get(item.key, "")
        )
        for column, text in enumerate(
            (item.key if item.kind == "text" else "", item.label(language()), said)
        ):
            sheet.write_string(place, column, text)


def _plain(book: Any, section: Section, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    sheet = _sheet(book, f"{section.number} {section.label(language())}")
    for place, row in enumerate((heads, *rows), LABELS):
        for column, text in enumerate(row):
            sheet.write_string(place, column, text)


def _sheet(book: Any, title: str) -> Any:
    sheet = book.add_worksheet(rowbook.sheet_name(title))
    sheet.set_row(NAMES, None, None, {"hidden": True})
    sheet.freeze_panes(FIRST, 0)
    sheet.set_column(0, 12, rowbook.WIDTH, book.add_format({"text_wrap": True, "valign": "top"}))
    return sheet


def _day(value: Any) -> str:
    return f"{value:%Y-%m-%d}" if value else ""


def read(scheme: Scheme, sent: bytes) -> Read:
    """Read a filled-in workbook of a draft."""
    sheets, faults = rowbook.open_book(sent)
    found = Read(faults=faults)
    if faults:
        return found
    known = 0
    for name, lines in sheets:
        names = {str(cell).strip() for cell in lines[NAMES]} if lines else set()
        where = f"{name}!"
        if set(TEXTS) <= names:
            known += 1
            _read_texts(scheme, lines, where, found)
        elif names >= {"parameter", "obtained"}:
            known += 1
            _take(found, rowbook.read_lines(parameters(scheme), lines, where=where, may_be_empty=True))
        elif "permit_unit" in names:
            known += 1
            _take(found, rowbook.read_lines(facilities(scheme), lines, where=where, may_be_empty=True))
    if not known:
        found.faults.append(
            Fault("", _("No sheet of a scheme is in this file. Start from the workbook of this page."))
        )
    seen: set[tuple[str, str]] = set()
    for form in found.forms:
        key = (form.data.get("parameter", ""), form.data.get("subject", "").strip())
        if isinstance(form, ParameterForm) and key[0] and key in seen:
            label = content.parameter_label(scheme.declared, key[0])
            found.faults.append(
                Fault("", _("%(what)s stands twice.") % {"what": f"{label} {key[1]}".strip()})
            )
        seen.add(key)
    return found


def _take(found: Read, part: rowbook.Read) -> None:
    found.forms += part.forms
    found.faults += [one for one in part.faults if one not in found.faults]


def _read_texts(scheme: Scheme, lines: list[list[Any]], where: str, found: Read) -> None:
    names = [str(cell).strip() for cell in lines[NAMES]]
    item, text = names.index("item"), names.index("text")
    for place, line in enumerate(lines[FIRST:], FIRST + 1):
        key, said = str(line[item]).strip(), str(line[text]).strip()
        declared = scheme.declared.items.get(key)
        if not key:
            continue
        if declared is None or declared.kind != "text":
            found.faults.append(Fault(f"{where}A{place}", _("The guideline has no such item.")))
        elif len(said) > LONGEST:
            expected = _("at most %(n)s characters") % {"n": LONGEST}
            found.faults.append(Fault(f"{where}C{place}", _("This text is too long."), expected))
        else:
            found.texts[key] = said
