"""The parts of a body's record, declared once: pages, import, export, API, application and public page follow.

What is public of a part is named here, field by field; what is not named never leaves the record.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Field
from django.utils.translation import gettext_lazy as _

from shutan.apps.bodies import forms
from shutan.apps.bodies.models import Accreditation, Instrument, Interest, Member, Row, Work


@dataclass(frozen=True)
class Section:
    """One part: its rows, their form, and what of them anybody may read."""

    key: str
    title: Any
    one: Any  # what a single row is called
    hint: Any
    model: type[Row]
    form: type[forms.RowForm]
    public: tuple[str, ...] = ()
    wide: tuple[str, ...] = ()  # columns that a phone leaves away
    hidden: tuple[str, ...] = ()  # columns that are chosen only

    @property
    def names(self) -> list[str]:
        """Its fields in the order of the form."""
        return [str(name) for name in self.form._meta.fields or ()]  # noqa: SLF001

    def field(self, name: str) -> Field:
        """The model's field of a name."""
        found = self.model._meta.get_field(name)  # noqa: SLF001
        assert isinstance(found, Field)  # noqa: S101 - the forms name columns only
        return found

    def label(self, name: str) -> str:
        """A field's name in the language of the page."""
        return str(self.field(name).verbose_name)

    @property
    def expires(self) -> bool:
        """Whether its rows have a last day."""
        return "valid_to" in self.names


SECTIONS = {
    one.key: one
    for one in (
        Section(
            "accreditations",
            _("Accreditations"),
            _("accreditation"),
            _("Approvals and accreditations with their scope and dates. Public."),
            Accreditation,
            forms.AccreditationForm,
            public=("kind", "number", "issuer", "scope", "valid_from", "valid_to"),
            wide=("scope", "issuer", "valid_from"),
        ),
        Section(
            "people",
            _("People and certificates"),
            _("person"),
            _(
                "Public: name, certificate, sectors and how long it is valid. Not public: certificate numbers and the rest."
            ),
            Member,
            forms.MemberForm,
            public=("name", "certificate", "sectors", "valid_to"),
            wide=("position", "certificate_number", "sectors"),
            hidden=("since", "issuer"),
        ),
        Section(
            "instruments",
            _("Instruments"),
            _("instrument"),
            _(
                "Public: what it is, what it measures and when calibration is due. Not public: serial and certificate numbers."
            ),
            Instrument,
            forms.InstrumentForm,
            public=("name", "model", "measures", "accuracy", "valid_to"),
            wide=("model", "accuracy", "calibrated_on", "certificate_number"),
            hidden=("calibrated_by",),
        ),
        Section(
            "works",
            _("Work done"),
            _("piece of work"),
            _("Public: how many pieces a year and service. Not public: for whom."),
            Work,
            forms.WorkForm,
            wide=("client_code", "subject", "in_province"),
        ),
        Section(
            "interests",
            _("Declared interests"),
            _("interest"),
            _("Read by the body and the authorities alone; conflicts are found from them and the work done."),
            Interest,
            forms.InterestForm,
            wide=("party_code", "begins", "measures"),
        ),
    )
}
