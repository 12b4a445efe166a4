"""Forms of schemes. A row's form reads pages, the API and imported workbooks alike."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shutan.apps.common.files import LARGEST_DOCUMENT, Upload, faults
from shutan.apps.common.language import language
from shutan.apps.schemes.models import (
    LONGEST,
    Calibration,
    Facility,
    Meter,
    Opinion,
    Scheme,
    SchemeParameter,
)
from shutan.rules.common.schemes import Declared, Section


def day_input() -> forms.DateInput:
    """A date as browsers offer it."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def document_field(label: Any) -> forms.FileField:
    """A scan that may be sent along."""
    return forms.FileField(
        label=label, required=False, widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"})
    )


def document(sent: Any) -> Upload | None:
    """The scan a form holds, if it is one.

    Raises:
        ValidationError: it is too large or none.
    """
    if not sent:
        return None
    upload = Upload(sent.name, sent.read(LARGEST_DOCUMENT + 1))
    if said := faults(upload):
        raise forms.ValidationError(said)
    return upload


class TextsForm(forms.Form):
    """The texts of one section, as the guideline's declaration names them."""

    def __init__(self, section: Section, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in section.items:
            if item.kind == "text":
                self.fields[item.key] = forms.CharField(
                    label=item.label(language()),
                    required=False,
                    max_length=LONGEST,
                    widget=forms.Textarea(attrs={"rows": 3}),
                )


class FacilityForm(forms.ModelForm):
    """A main facility of a version."""

    class Meta:
        """In the guideline's order."""

        model = Facility
        fields = ["name", "number", "size", "place", "use", "owner", "permit_unit", "remark"]

    def __init__(self, *args: Any, scheme: Scheme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.scheme = scheme

    def clean_number(self) -> str:
        """One facility a number."""
        number = str(self.cleaned_data["number"]).strip()
        same = Facility.objects.filter(scheme=self.instance.scheme_id, number=number)
        if same.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("This stands in the scheme already."))
        return number


class MeterField(forms.ModelChoiceField):
    """A meter of the enterprise, also by its number as workbooks and the API name it."""

    def to_python(self, value: Any) -> Any:
        """The meter of a key or number."""
        if value in self.empty_values:
            return None
        assert self.queryset is not None  # noqa: S101 - every form gives one
        found = self.queryset.filter(number=str(value).strip()).first()
        return found or super().to_python(value)


class ParameterForm(forms.ModelForm):
    """How one figure is obtained. What is not obtained here needs nothing else."""

    meter = MeterField(queryset=Meter.objects.none(), required=False, label=_("Meter"))

    class Meta:
        """In the guideline's order."""

        model = SchemeParameter
        fields = [
            "parameter",
            "subject",
            "obtained",
            "description",
            "ledger",
            "meter",
            "recording",
            "missing",
            "department",
        ]
        widgets = {
            "description": forms.Textarea(attrs={"rows": 3}),
            "missing": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, scheme: Scheme, section: Section | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.scheme = scheme
        self.fields["meter"].queryset = Meter.objects.filter(organisation=scheme.organisation_id)  # type: ignore[attr-defined]
        self.fields["parameter"] = forms.ChoiceField(
            label=_("Parameter"), choices=parameter_choices(scheme.declared, section)
        )

    def clean(self) -> dict[str, Any]:
        """One row a figure and subject; a measured figure says how, and a meter is named for nothing else."""
        found = super().clean() or {}
        found["subject"] = str(found.get("subject") or "").strip()
        same = SchemeParameter.objects.filter(
            scheme=self.instance.scheme_id, parameter=found.get("parameter"), subject=found["subject"]
        )
        if same.exclude(pk=self.instance.pk).exists():
            self.add_error("subject", _("This stands in the scheme already."))
        if found.get("meter") and found.get("obtained") not in (
            SchemeParameter.Obtained.MEASURED,
            SchemeParameter.Obtained.CALCULATED,
            "",
        ):
            self.add_error("meter", _("Only what is measured, or computed from a reading, has a meter."))
        return found


def parameter_choices(declared: Declared, section: Section | None = None) -> list[tuple[str, str]]:
    """The figures of a section, or of the whole scheme, by name."""
    from shutan.apps.schemes.content import parameter_label  # noqa: PLC0415 - it reads these forms' fields

    names = section.parameters if section else declared.parameters
    return [(name, parameter_label(declared, name)) for name in names]


class MeterForm(forms.ModelForm):
    """A meter."""

    class Meta:
        """In the guideline's order."""

        model = Meter
        fields = [
            "number",
            "name",
            "model",
            "place",
            "frequency",
            "accuracy",
            "calibration_months",
            "calibration_standard",
            "retired_on",
        ]
        widgets = {"retired_on": day_input()}

    def __init__(self, *args: Any, organisation: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.organisation = organisation

    def clean_number(self) -> str:
        """One meter a number."""
        number = str(self.cleaned_data["number"]).strip()
        same = Meter.objects.filter(organisation=self.instance.organisation_id, number=number)
        if same.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("There is a meter of this number already."))
        return number


class CalibrationForm(forms.ModelForm):
    """A calibration with its certificate."""

    document = document_field(_("Certificate (PDF or picture)"))

    class Meta:
        """What the certificate says."""

        model = Calibration
        fields = ["day", "due", "by", "certificate", "error_found"]
        widgets = {"day": day_input(), "due": day_input()}

    def __init__(self, *args: Any, meter: Meter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.meter = meter

    def clean_document(self) -> Upload | None:
        """The scan, if it is one."""
        return document(self.cleaned_data.get("document"))

    def clean(self) -> dict[str, Any]:
        """Days in order, one calibration a day."""
        found = super().clean() or {}
        day, due = found.get("day"), found.get("due")
        if day and due and due <= day:
            self.add_error("due", _("The next is due after this one."))
        same = Calibration.objects.filter(meter=self.instance.meter_id, withdrawn_at=None)
        if day and same.filter(day=day).exclude(pk=self.instance.pk).exists():
            self.add_error("day", _("This calibration is on record already."))
        return found


class BeginForm(forms.Form):
    """A scheme to begin."""

    organisation: Any = forms.ModelChoiceField(queryset=None, label=_("Enterprise"), empty_label=None)
    rule_set = forms.ChoiceField(label=_("Guideline"))
    year = forms.IntegerField(label=_("Year"), min_value=2020, max_value=2100)

    def __init__(
        self, *args: Any, organisations: Any, guidelines: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
        self.fields["rule_set"].choices = guidelines  # type: ignore[attr-defined]


class ReviseForm(forms.Form):
    """Why a version is revised."""

    triggers = forms.MultipleChoiceField(
        label=_("Why it is revised"), required=False, widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, declared: Declared, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["triggers"].choices = [(one.key, one.label(language())) for one in declared.triggers]  # type: ignore[attr-defined]


class StepForm(forms.Form):
    """A step that only needs words."""

    why = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))


class AcceptForm(forms.Form):
    """From when an accepted version is in force."""

    in_force_from = forms.DateField(label=_("In force from"), widget=day_input())
    why = forms.CharField(
        label=_("Opinion"), max_length=LONGEST, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class OpinionForm(forms.ModelForm):
    """An authority's opinion."""

    class Meta:
        """What it says."""

        model = Opinion
        fields = ["verdict", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}
