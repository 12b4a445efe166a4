"""What leaves the house: the list in the ministry's layout, the notice to a unit, a calendar for other programs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import formats
from django.utils.translation import gettext as _

from shutan.apps.common import export
from shutan.apps.common.language import language
from shutan.apps.duties.models import Duty, ListEntry, RightsNotice, UnitList
from shutan.documents.paper import Paper, paper_pdf
from shutan.rules.common.divisions import full_name, prefecture_of
from shutan.rules.duties import DUTIES, dues


def _prefecture(entry: ListEntry) -> str:
    one = prefecture_of(entry.division)
    return one.named(language()) if one else full_name(entry.division, language())


# Every column the export knows; which are used, and in what order, is SHUTAN_LIST_COLUMNS.
COLUMNS: dict[str, tuple[Callable[[], str], Callable[[int, ListEntry], str]]] = {
    "number": (lambda: _("No."), lambda place, _entry: str(place)),
    "name": (lambda: _("Name of the unit"), lambda _place, entry: entry.name),
    "credit_code": (lambda: _("Unified social credit code"), lambda _place, entry: entry.credit_code),
    "prefecture": (lambda: _("Prefecture"), lambda _place, entry: _prefecture(entry)),
    "sector": (lambda: _("Sector"), lambda _place, entry: entry.unit_list.sector_name),
    "code": (lambda: _("Class of GB/T 4754"), lambda _place, entry: entry.code_name),
    "year": (lambda: _("List year"), lambda _place, entry: str(entry.unit_list.year)),
    "basis": (lambda: _("Basis"), lambda _place, entry: basis_name(entry.basis)),
    "members": (lambda: _("Member companies"), lambda _place, entry: entry.members),
    "reason": (lambda: _("Reason"), lambda _place, entry: entry.decided_why or entry.reason_name),
}


def basis_name(basis: str) -> str:
    """What decided about a unit, in the language of the page."""
    names = {
        "verified": _("Verified result"),
        "reported": _("Reported, not verified"),
        "expected": _("New plant, expected emissions"),
        "energy": _("Energy use"),
    }
    return names.get(basis, _("Decision of the province"))


def layout() -> list[str]:
    """The chosen columns, unknown names left out."""
    return [name for name in settings.LIST_COLUMNS if name in COLUMNS]


def marked() -> str:
    """What has to be said of the layout wherever it is used."""
    return _(
        "The columns of the ministry's form (annex 2 of the work notices) were not seen; these are configured (SHUTAN_LIST_COLUMNS)."
    )


def list_title(unit_list: UnitList) -> str:
    """The title as the ministry words it."""
    if unit_list.kind == "ets":
        return _("Sichuan: key emitting units of the national carbon market, %(sector)s, %(year)s") % {
            "sector": unit_list.sector_name,
            "year": unit_list.year,
        }
    return f"{unit_list.year} {unit_list.get_kind_display()} · {unit_list.sector_name}"


def list_table(unit_list: UnitList) -> tuple[list[str], list[list[str]]]:
    """Heads and rows of the units that stand on a list."""
    entries = unit_list.entries.filter(stands=True).select_related("unit_list")
    names = layout()
    heads = [COLUMNS[name][0]() for name in names]
    rows = [
        [COLUMNS[name][1](place, entry) for name in names] for place, entry in enumerate(entries, start=1)
    ]
    return heads, rows


def list_xlsx(unit_list: UnitList) -> bytes:
    """The list as a workbook; the last row says what is configured in it."""
    heads, rows = list_table(unit_list)
    return export.as_xlsx(list_title(unit_list), heads, [*rows, [], [marked()]])


def list_pdf(unit_list: UnitList) -> bytes:
    """The list on paper."""
    heads, rows = list_table(unit_list)
    state = unit_list.get_state_display()
    on = f" {formats.date_format(unit_list.published_on)}" if unit_list.published_on else ""
    return paper_pdf(
        Paper(
            title=list_title(unit_list),
            language=language(),
            subtitle=" · ".join(part for part in (unit_list.document, f"{state}{on}") if part),
            heads=heads,
            rows=rows,
            notes=[marked()],
        )
    )


def notice_pdf(notice: RightsNotice) -> bytes:
    """The notice of rights and duties to one unit: why it is listed, what it owes by when, what it may do."""
    entry = notice.entry
    unit_list = entry.unit_list
    owed = [
        due
        for due in dues(unit_list.sector, unit_list.kind)
        if due.year == unit_list.year and due.duty.who == "unit"
    ]
    yearly = [due for due in owed if due.month is None]
    rows = [
        [
            _name(due.duty.name),
            str(due.year),
            due.day.isoformat() if due.day else _("no date named"),
            due.source,
        ]
        for due in yearly
    ]
    paragraphs = [
        _("Your unit stands on the list “%(list)s”. Reason: %(reason)s")
        % {"list": list_title(unit_list), "reason": entry.decided_why or entry.reason_name},
        _(
            "You owe a data quality control scheme, monthly evidence, the annual report, the surrender of allowances and disclosure (Regulation 11, 14; Measures 25, 28). You answer for the truth, completeness and accuracy of your data."
        ),
        _(
            "You may hold and trade allowances, surrender credits within the cap, ask for a review of the result of verification and of the allocation within seven working days of being told (Measures 16, 19, 27, 29), and ask in writing what else you want to know."
        ),
    ]
    if len(owed) > len(yearly):
        paragraphs.append(
            _(
                "Monthly evidence is due 40 natural days after each month ends; the calendar in this system has every date."
            )
        )
    return paper_pdf(
        Paper(
            title=_("Notice of rights and duties of a key emitting unit"),
            language=language(),
            subtitle=unit_list.document,
            addressee=f"{entry.name} ({entry.credit_code})" if entry.credit_code else entry.name,
            paragraphs=paragraphs,
            heads=[_("Duty"), _("Year"), _("By"), _("Source")] if rows else (),
            rows=rows,
            signed=[formats.date_format(notice.told_at.date())],
            notes=[_("No official form of this notice was seen; the wording is this system's.")],
        )
    )


def _name(name: str) -> str:
    one = DUTIES[name]
    return str(getattr(one, language()))


def _escaped(text: str) -> str:
    """Text in a calendar file (RFC 5545, 3.3.11)."""
    for plain, safe in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(plain, safe)
    return text


def _folded(line: str) -> str:
    """A line of at most 75 octets, continued after a space (RFC 5545, 3.1)."""
    pieces, piece, size = [], "", 0
    for character in line:
        width = len(character.encode())
        if size + width > 74:  # noqa: PLR2004 - one octet of each continued line is its leading space
            pieces.append(piece)
            piece, size = "", 0
        piece, size = piece + character, size + width
    return "\r\n ".join([*pieces, piece])


def calendar_ics(duties: Iterable[Any], *, now: datetime) -> str:
    """Open duties with a date as all-day events of a calendar (iCalendar, RFC 5545)."""
    stamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Shutan//Duties//ZH", "CALSCALE:GREGORIAN"]
    for duty in duties:
        if duty.until is None or duty.done_on or duty.lapsed:
            continue
        lines += _event(duty, duty.until, stamp)
    return "\r\n".join(map(_folded, [*lines, "END:VCALENDAR"])) + "\r\n"


def _event(duty: Duty, day: date, stamp: str) -> list[str]:
    told = [duty.sector_name, duty.note, duty.source]
    if duty.inner:
        told.append(_("Inner deadline: %(day)s") % {"day": duty.inner})
    if duty.provisional:
        told.append(_("provisional: the holidays of that year are not published yet"))
    return [
        "BEGIN:VEVENT",
        f"UID:duty-{duty.pk}@shutan",
        f"DTSTAMP:{stamp}",
        f"SEQUENCE:{duty.revision}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(f'{duty.title} · {duty.unit_name}')}",
        f"DESCRIPTION:{_escaped(chr(10).join(part for part in told if part))}",
        "END:VEVENT",
    ]
