"""Forms of this app; each step of an instrument's procedure has its own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from shutan.apps.accounts.models import Organisation, User
from shutan.apps.standards import chapters
from shutan.apps.standards.models import LONGEST_TEXT, Instrument, Item, Link, Opinion


def day(label: Any) -> forms.DateField:
    """A date as browsers offer it."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


def words(label: Any, longest: int = 4000, rows: int = 4, *, required: bool = True) -> forms.CharField:
    """Several lines."""
    return forms.CharField(
        label=label, max_length=longest, required=required, widget=forms.Textarea(attrs={"rows": rows})
    )


class DraftForm(forms.ModelForm):
    """A new instrument and its first wording."""

    text = words(_("Text"), LONGEST_TEXT, 16)

    class Meta:
        """What of the instrument is asked."""

        model = Instrument
        fields = ("kind", "title_zh", "title_en", "issuer")


class TextForm(forms.Form):
    """A draft's wording."""

    text = words(_("Text"), LONGEST_TEXT, 24)
    change = forms.CharField(label=_("What changed"), max_length=300, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput)


class AttachmentForm(forms.Form):
    """A document to add."""

    title = forms.CharField(label=_("Title"), max_length=200, required=False)
    file = forms.FileField(
        label=_("PDF or picture"), widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"})
    )


class LinkForm(forms.Form):
    """A clause or parameter of the rule book, as `power/AG 6.2.1(1)`."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Link.Kind)
    rule_set = forms.CharField(label=_("Rule set"), max_length=40)
    name = forms.CharField(label=_("Clause or parameter"), max_length=100)


class OpinionForm(forms.Form):
    """What someone says to a draft; name and contact are asked of those who are not signed in."""

    place = forms.CharField(label=_("Article or paragraph"), max_length=120, required=False)
    content = words(_("Your opinion"))
    name = forms.CharField(label=_("Name (not published)"), max_length=80, required=False)
    contact = forms.CharField(label=_("Telephone or e-mail (not published)"), max_length=120, required=False)

    def __init__(self, *args: Any, signed_in: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if signed_in:
            del self.fields["name"], self.fields["contact"]


class AnswerForm(forms.Form):
    """The answer to one opinion."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=Opinion.Outcome)
    answer = words(_("Answer"), rows=3)


class SeekForm(forms.Form):
    """Between which days opinions are sought."""

    opinions_from = day(_("First day"))
    opinions_until = day(_("Last day"))


class WhyForm(forms.Form):
    """A reason."""

    why = words(_("Reason"), 500, 2)


class MaybeWhyForm(forms.Form):
    """A reason, needed where no opinions were sought."""

    why = words(_("Why no opinions were sought, if none were"), 500, 2, required=False)


class LegalityForm(forms.Form):
    """The legality opinion."""

    why = words(_("Legality opinion"))


class PublishForm(forms.Form):
    """Number and days of publication."""

    number = forms.CharField(label=_("Document number"), max_length=80)
    published_on = day(_("Published on"))
    in_force_from = day(_("In force from"))
    amending_document = forms.CharField(label=_("Amended by document"), max_length=200)

    def __init__(self, *args: Any, first: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if first:
            del self.fields["amending_document"]


class RepealForm(forms.Form):
    """By what and from when an instrument ends."""

    repealed_from = day(_("Repealed from"))
    document = forms.CharField(label=_("Repealed by document"), max_length=200)
    by = forms.ModelChoiceField(
        label=_("Instrument here that repeals it"), queryset=Instrument.objects.none(), required=False
    )

    def __init__(self, *args: Any, instrument: Instrument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Instrument.objects.filter(versions__state="published").exclude(pk=instrument.pk)
        self.fields["by"].queryset = others.distinct().order_by("title_zh")  # type: ignore[attr-defined]


STEP_FORMS: dict[str, type[forms.Form]] = {
    "seek_opinions": SeekForm,
    "send_to_review": MaybeWhyForm,
    "clear": LegalityForm,
    "object": LegalityForm,
    "publish": PublishForm,
    "redraft": WhyForm,
    "abandon": WhyForm,
}


class BeginForm(forms.Form):
    """Whose assessment of which year."""

    organisation = forms.ModelChoiceField(label=_("Enterprise"), queryset=Organisation.objects.none())
    year = forms.IntegerField(label=_("Year"), min_value=2023, max_value=2100)

    def __init__(self, *args: Any, choices: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["organisation"]
        field.queryset = choices
        field.initial = choices.first()


class ItemForm(forms.Form):
    """How far one clause is met."""

    level = forms.ChoiceField(
        label=_("How far it is met"), choices=[("", "—"), *Item.Level.choices], required=False
    )
    finding = words(_("What was found"), required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput)


class EvidenceForm(forms.Form):
    """Evidence: words or a file."""

    title = forms.CharField(label=_("What shows it"), max_length=200, required=False)
    file = forms.FileField(
        label=_("PDF or picture"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
    )


class ImprovementForm(forms.Form):
    """What is done about it, by whom, by when."""

    what = words(_("What is done"), 500, 2)
    responsible = forms.ModelChoiceField(label=_("Responsible"), queryset=User.objects.none())
    due = day(_("Due"))

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["responsible"]
        field.queryset = User.objects.filter(organisation=organisation, is_active=True).order_by("username")


class ClauseForm(forms.Form):
    """A clause as the text of the standard says."""

    number = forms.CharField(label=_("Clause"), max_length=20, help_text=_("such as 5.1.2"))
    requirement = words(_("Requirement, as the text says"))
    since = day(_("Since"))
    source = forms.CharField(label=_("Source (edition, page)"), max_length=200)


class WeightsForm(forms.Form):
    """What each chapter weighs."""

    since = day(_("Since"))
    source = forms.CharField(label=_("Decision it rests on"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in chapters.by_number():
            self.fields[f"chapter_{number}"] = forms.DecimalField(
                label=chapters.title(number), min_value=0, max_value=1000, decimal_places=2, initial=1
            )

    def values(self) -> dict[str, Any]:
        """The arguments of the action."""
        given = dict(self.cleaned_data)
        weights = {number: given.pop(f"chapter_{number}") for number in chapters.by_number()}
        return given | {"weights": weights}
