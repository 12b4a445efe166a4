"""What stands against an application, which conflicts of interest a body has, and what of its record runs out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from shutan.apps.bodies.content import Record, profile_label
from shutan.apps.bodies.models import Accreditation, Body, Page, Service
from shutan.apps.bodies.sections import SECTIONS
from shutan.apps.common.language import language
from shutan.rules import bodies as rules

# How long before its last day something is told of. Not a rule of law.
REMIND_BEFORE = timedelta(days=60)
# Who tests for key units does so under one of these: the guides ask for the mark of either on the test reports.
MARKS = (Accreditation.Kind.CMA, Accreditation.Kind.CNAS)
# What part 1 of the public form asks of everybody.
REQUIRED = (
    "legal_representative",
    "registered_capital",
    "premises",
    "contact_name",
    "contact_phone",
    "summary",
)


def conflicts(held: Record, today: date) -> list[rules.Conflict]:
    """What stands against the body's independence, by the articles."""
    works = [
        rules.Work(row.service, row.year, row.finished_on, row.client_code or row.client_name)
        for row in held.rows["works"]
        if row.in_province
    ]
    ties = [
        rules.Tie(row.kind, row.party_code or row.party_name, row.ends, row.person)
        for row in held.rows["interests"]
    ]
    return rules.conflicts(held.body.services, works, ties, today)


def against_application(held: Record, today: date) -> list[str]:
    """Everything that keeps the record from being sent in, in the language of the page."""
    body = held.body
    found = [
        _("“%(field)s” is missing in the profile.") % {"field": profile_label(name)}
        for name in REQUIRED
        if getattr(body, name) in (None, "")
    ]
    if not body.services:
        found.append(_("Choose at least one service."))
    if not held.rows["people"]:
        found.append(_("Name at least one person with their certificate."))
    marks = [one for one in held.rows["accreditations"] if one.kind in MARKS]
    if Service.TESTING in body.services and not any(
        one.valid_to is None or one.valid_to >= today for one in marks
    ):
        found.append(_("Testing is offered, and no valid CMA or CNAS accreditation is on record."))
    if Service.VERIFICATION in body.services and not (body.quality_measures and body.impartiality_measures):
        found.append(_("A verification body states its measures of quality control and impartiality."))
    found += [f"{one.text(language())} · {one.source}" for one in conflicts(held, today) if one.blocks]
    return found


@dataclass(frozen=True)
class Expiry:
    """Something of a body's record that runs out: what, when, and in which part (key of SECTIONS; '' the registration)."""

    title: str
    day: date
    section: str
    row: int = 0

    def state(self, today: date) -> str:
        """A status of the badge component."""
        return "overdue" if self.day < today else "due"


def expiring(held: Record, page: Page | None, today: date) -> list[Expiry]:
    """What has run out or will within the time of reminding, the first first."""
    found = list(_expiring(held, page, today + REMIND_BEFORE))
    return sorted(found, key=lambda one: (one.day, one.title))


def _expiring(held: Record, page: Page | None, until: date) -> Iterator[Expiry]:
    registered = held.body.state == Body.State.PUBLISHED
    if page and registered and page.valid_until and page.valid_until <= until:
        yield Expiry(_("Registration"), page.valid_until, "")
    for key, section in SECTIONS.items():
        if section.expires:
            for row in held.rows[key]:
                if row.valid_to and row.valid_to <= until:
                    yield Expiry(str(row), row.valid_to, key, row.pk)
