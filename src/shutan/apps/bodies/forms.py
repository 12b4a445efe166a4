"""Forms of the register. A row's form reads pages, the API and imported workbooks alike."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext_lazy as _

from shutan.apps.bodies.models import (
    Accreditation,
    Body,
    Finding,
    Instrument,
    Interest,
    Member,
    Row,
    Service,
    Standing,
    Work,
)
from shutan.apps.common.files import LARGEST_DOCUMENT, Upload, faults

EARLIEST_YEAR, LATEST_YEAR = 2005, 2100


def date_input() -> forms.DateInput:
    """A date as browsers offer it."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ProfileForm(forms.ModelForm):
    """What the body says of itself."""

    services = forms.MultipleChoiceField(
        label=_("Services"), choices=Service, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        """In the order of the page; the first seven are part 1 of the public form of annex 6 to the guide of 2021."""

        model = Body
        fields = [
            "legal_representative",
            "registered_capital",
            "premises",
            "contact_name",
            "contact_phone",
            "contact_email",
            "services",
            "summary",
            "is_branch",
            "head_name",
            "head_code",
            "quality_measures",
            "impartiality_measures",
        ]
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 3}),
            "quality_measures": forms.Textarea(attrs={"rows": 4}),
            "impartiality_measures": forms.Textarea(attrs={"rows": 4}),
        }

    def clean(self) -> dict[str, Any]:
        """A branch names its head body."""
        found = super().clean() or {}
        if found.get("is_branch") and not found.get("head_name"):
            self.add_error("head_name", _("A branch names its head body."))
        if not found.get("is_branch") and (found.get("head_name") or found.get("head_code")):
            self.add_error("is_branch", _("Only a branch has a head body."))
        return found


class RowForm(forms.ModelForm):
    """A line of a body's record; `key` is what makes it the same line. Says what is there already."""

    key: tuple[str, ...] = ()
    instance: Row

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.body = body

    def clean(self) -> dict[str, Any]:
        """One line for one thing; days in order."""
        found = super().clean() or {}
        if all(name in found for name in self.key):
            same = type(self.instance)._default_manager.filter(  # noqa: SLF001
                body=self.instance.body, **{name: found[name] for name in self.key}
            )
            if same.exclude(pk=self.instance.pk).exists():
                self.add_error(self.key[-1], _("This stands in the record already."))
        for first, last in (("valid_from", "valid_to"), ("calibrated_on", "valid_to"), ("begins", "ends")):
            begins, ends = found.get(first), found.get(last)
            if begins and ends and ends < begins:
                self.add_error(last, _("The last day is before the first."))
        return found

    @property
    def told(self) -> list[tuple[str, str]]:
        """All faults as (field or '', sentence)."""
        return [
            ("" if name == NON_FIELD_ERRORS else name, str(fault))
            for name, faults in self.errors.items()
            for fault in faults
        ]


class AccreditationForm(RowForm):
    """An accreditation with its scan."""

    key = ("kind", "number")
    document = forms.FileField(
        label=_("Certificate (PDF or picture)"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
    )

    class Meta:
        """All it says."""

        model = Accreditation
        fields = ["kind", "number", "issuer", "scope", "valid_from", "valid_to"]
        widgets = {
            "valid_from": date_input(),
            "valid_to": date_input(),
            "scope": forms.Textarea(attrs={"rows": 4}),
        }

    def clean_document(self) -> Upload | None:
        """The scan as it arrived; a file too large is not read to its end."""
        sent = self.cleaned_data["document"]
        if not sent:
            return None
        upload = Upload(sent.name, sent.read(LARGEST_DOCUMENT + 1))
        if said := faults(upload):
            raise forms.ValidationError(said)
        return upload


class MemberForm(RowForm):
    """A person and one certificate."""

    key = ("name", "certificate", "certificate_number")

    class Meta:
        """All it says."""

        model = Member
        fields = [
            "name",
            "position",
            "is_full_time",
            "since",
            "certificate",
            "certificate_number",
            "issuer",
            "valid_to",
            "sectors",
        ]
        widgets = {"since": date_input(), "valid_to": date_input()}


class InstrumentForm(RowForm):
    """An instrument and its calibration."""

    key = ("serial_number",)

    class Meta:
        """All it says."""

        model = Instrument
        fields = [
            "name",
            "model",
            "serial_number",
            "measures",
            "accuracy",
            "calibrated_on",
            "valid_to",
            "calibrated_by",
            "certificate_number",
        ]
        widgets = {"calibrated_on": date_input(), "valid_to": date_input()}


class WorkForm(RowForm):
    """A piece of work."""

    key = ("service", "year", "client_name", "subject")
    year = forms.IntegerField(
        label=_("Year the work is about"), min_value=EARLIEST_YEAR, max_value=LATEST_YEAR
    )

    class Meta:
        """All it says."""

        model = Work
        fields = [
            "service",
            "year",
            "client_name",
            "client_code",
            "subject",
            "finished_on",
            "in_province",
        ]
        widgets = {"finished_on": date_input()}


class InterestForm(RowForm):
    """A declared interest."""

    key = ("kind", "party_name", "person")

    class Meta:
        """All it says."""

        model = Interest
        fields = ["kind", "party_name", "party_code", "person", "begins", "ends", "measures"]
        widgets = {"begins": date_input(), "ends": date_input()}


class SubmitForm(forms.Form):
    """What the body wants to add to its application."""

    note = forms.CharField(label=_("Note to the province"), max_length=500, required=False)


class DecisionForm(forms.Form):
    """What the province says to an application."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("", "—"), ("approve", _("Publish")), ("return", _("Return with reasons"))],
    )
    reason = forms.CharField(
        label=_("Reasons"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    valid_until = forms.DateField(
        label=_("Registered until"),
        required=False,
        widget=date_input(),
        help_text=_("No text seen sets a term: leave it empty where the province sets none."),
    )


class StandingForm(forms.Form):
    """Suspend, resume or withdraw a registration."""

    kind = forms.ChoiceField(
        label=_("What happens"),
        choices=[
            ("", "—"),
            *[
                (one.value, one.label)
                for one in (Standing.Kind.SUSPENDED, Standing.Kind.RESUMED, Standing.Kind.WITHDRAWN)
            ],
        ],
    )
    reason = forms.CharField(label=_("Reasons"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class FindingForm(forms.ModelForm):
    """What an authority found."""

    class Meta:
        """What the authority writes; the body's answer and the result come later."""

        model = Finding
        fields = ["found_on", "source", "title", "details", "is_public"]
        widgets = {"found_on": date_input(), "details": forms.Textarea(attrs={"rows": 4})}


class AnswerForm(forms.Form):
    """The body's answer to a finding."""

    answer = forms.CharField(label=_("Answer"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))


class CloseForm(forms.Form):
    """How a finding ends."""

    result = forms.CharField(label=_("Result"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
