"""The form of a test report; it reads pages, the API and imported workbooks alike."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from shutan.apps.accounts.models import Kind, Organisation
from shutan.apps.common.files import LARGEST_DOCUMENT, Upload, faults
from shutan.apps.common.language import language
from shutan.apps.labreports.models import TestReport
from shutan.kernel import Choices
from shutan.rules.common.fuels import FuelKind
from shutan.rules.laboratory import DATES, RESULTS, Mark, OwnOrOutside, Sampling

CHOICES: dict[str, Choices] = {
    "fuel_kind": FuelKind,
    "sampling": Sampling,
    "laboratory_kind": OwnOrOutside,
    "mark": Mark,
}
RESULT_NAMES = [one.name for one in RESULTS]
MOST_DIGITS, PLACES = 12, 4


def options(name: str) -> list[tuple[str, str]]:
    """The members of a choice in the language of the page."""
    return [(one.key, one.zh if language() == "zh" else one.en) for one in CHOICES[name]]


def result_label(name: str) -> str:
    """A result with its unit, in the language of the page."""
    one = next(each for each in RESULTS if each.name == name)
    return f"{one.zh if language() == 'zh' else one.en} ({one.unit})"


def laboratories() -> QuerySet[Organisation]:
    """The laboratories that have an account."""
    return Organisation.objects.filter(kind=Kind.LABORATORY).order_by("name_zh")


class TestReportForm(forms.ModelForm):
    """What a report says, and its file."""

    __test__ = False

    document = forms.FileField(
        label=_("File of the report (PDF or picture)"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
    )

    class Meta:
        """In the order of the report."""

        model = TestReport
        fields = [
            *("number", "laboratory_name", "laboratory", "certificate_number", "laboratory_kind", "mark"),
            *("year", "month", "unit_name", "fuel_kind", "sampling", "sample_number", "standards", *DATES),
        ]
        widgets = {name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d") for name in DATES}

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.organisation = organisation
        laboratory: Any = self.fields["laboratory"]
        laboratory.queryset = laboratories()
        for name in CHOICES:
            self.fields[name] = forms.ChoiceField(label=self.fields[name].label, choices=options(name))
        for one in RESULTS:
            self.fields[one.name] = forms.DecimalField(
                label=result_label(one.name),
                required=False,
                min_value=Decimal(0),
                max_value=Decimal(100) if one.unit == "%" else None,
                max_digits=MOST_DIGITS,
                decimal_places=PLACES,
                widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            )
            self.initial.setdefault(one.name, self.instance.results.get(one.name, ""))

    def clean_document(self) -> Upload | None:
        """The file, if it is a document."""
        sent = self.cleaned_data.get("document")
        if not sent:
            return None
        upload = Upload(sent.name, sent.read(LARGEST_DOCUMENT + 1))
        if said := faults(upload):
            raise forms.ValidationError(said)
        return upload

    def clean(self) -> dict[str, Any]:
        """One report a number and month; at least one result. Dates out of order are a finding (LAB-16), not a fault."""
        found = super().clean() or {}
        same = TestReport.objects.filter(
            organisation=self.instance.organisation_id,
            state=TestReport.State.RECORDED,
            number=found.get("number"),
        ).exclude(pk=self.instance.pk)
        if self.instance.previous_id:
            same = same.exclude(pk=self.instance.previous_id)
        if (
            found.get("year")
            and found.get("month")
            and same.filter(year=found["year"], month=found["month"]).exists()
        ):
            self.add_error("number", _("This report is on record for that month already."))
        if not self.errors and all(found.get(name) is None for name in RESULT_NAMES):
            self.add_error(None, _("Give at least one result."))
        self.instance.results = {
            name: format(found[name], "f") for name in RESULT_NAMES if found.get(name) is not None
        }
        return found


class ReasonForm(forms.Form):
    """Why a report is withdrawn."""

    why = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
