"""Forms of lists and duties."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shutan.apps.accounts.forms_mandates import day
from shutan.apps.directory.facts import Sector
from shutan.apps.directory.forms import choices_of
from shutan.apps.duties import making, queries
from shutan.apps.duties.models import ListEntry, ListKind, Opinion
from shutan.apps.duties.models.duties import duty_name
from shutan.apps.duties.models.lists import words
from shutan.rules.duties import DUTIES, clock

REASON = _("Reason")


def reason(label: Any = REASON, *, required: bool = True) -> forms.CharField:
    """Words of a few lines."""
    return forms.CharField(
        label=label, max_length=500, required=required, widget=forms.Textarea(attrs={"rows": 2})
    )


class SeenForm(forms.Form):
    """A form that says which state of the record was seen."""

    revision = forms.IntegerField(widget=forms.HiddenInput())


class NewListForm(forms.Form):
    """Which list is drafted."""

    kind = forms.ChoiceField(label=_("Kind"), choices=ListKind.choices)
    sector = forms.ChoiceField(label=_("Sector"))
    year = forms.IntegerField(label=_("List year"), min_value=2000, max_value=2100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = dict.fromkeys(name for each in making.SECTORS.values() for name in each)
        sector: Any = self.fields["sector"]
        sector.choices = [(name, words(Sector[name])) for name in names]


class AskForm(SeenForm):
    """Who is asked, until when."""

    organisations = forms.ModelMultipleChoiceField(
        label=_("Departments"), queryset=queries.departments(), widget=forms.CheckboxSelectMultiple
    )
    by = day(_("Opinions by"))


class NoticeForm(SeenForm):
    """Until when the public may object."""

    until = day(_("Notice until"))


class PublishForm(SeenForm):
    """The document that publishes the list."""

    document = forms.CharField(label=_("Document number"), max_length=120)


class WhyForm(SeenForm):
    """A step with its reason."""

    why = reason()


class DecideForm(SeenForm):
    """What is decided about one unit."""

    decision = forms.ChoiceField(label=_("Decision"), choices=ListEntry.Decision.choices, required=False)
    why = reason(required=False)


class CorrectForm(SeenForm):
    """A unit joins or leaves a published list."""

    include = forms.ChoiceField(
        label=_("Correction"), choices=[("yes", _("Joins the list")), ("no", _("Leaves the list"))]
    )
    since = day(_("First day"))
    why = reason()


class AddForm(SeenForm):
    """A unit that the rules did not find; the day only where the list is published."""

    unit = forms.CharField(
        label=_("Unit"),
        max_length=120,
        help_text=_("Name, credit code or number; type to search. Of a joint report, any of its companies."),
    )
    since = day(_("First day"))
    why = reason()

    def __init__(self, *args: Any, published: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not published:
            del self.fields["since"]
        self.fields["unit"].widget.attrs |= choices_of("legal_person", "unit")


class OpinionForm(forms.Form):
    """What a department says."""

    answer = forms.ChoiceField(
        label=_("Answer"),
        choices=[(one.value, one.label) for one in (Opinion.Answer.AGREES, Opinion.Answer.OBJECTS)],
    )
    reason = reason(_("Reason of an objection"), required=False)


class ReplyForm(forms.Form):
    """What the province does about an objection."""

    reply = reason(_("Reply"))


class CandidateForm(forms.Form):
    """What is decided about a candidate."""

    include = forms.ChoiceField(
        label=_("Decision"), choices=[("yes", _("To be included")), ("no", _("Not included"))]
    )
    reason = reason()


class DoneForm(SeenForm):
    """A duty is done."""

    on = day(_("Done on"))
    evidence = forms.CharField(
        label=_("Evidence"),
        max_length=500,
        help_text=_("Receipt or filing number, date, where it can be seen."),
    )


class ExtendForm(SeenForm):
    """More time."""

    until = day(_("Until"))
    reason = reason()
    document = forms.CharField(label=_("Document number"), max_length=120, required=False)


class InnerForm(forms.Form):
    """An earlier date for one's own area."""

    name = forms.ChoiceField(label=_("Duty"))
    sector = forms.ChoiceField(label=_("Sector"))
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    month = forms.IntegerField(
        label=_("Month"), min_value=0, max_value=12, initial=0, help_text=_("0 for a duty of a year")
    )
    day = day(_("Inner deadline"))
    reason = reason()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name: Any = self.fields["name"]
        name.choices = [
            (key, duty_name(key)) for key, one in DUTIES.items() if one.who == "unit" and not is_clock(key)
        ]
        sector: Any = self.fields["sector"]
        names = dict.fromkeys(name for each in making.SECTORS.values() for name in each)
        sector.choices = [(key, words(Sector[key])) for key in names]


def is_clock(name: str) -> bool:
    """Whether a duty runs from an event."""
    try:
        clock(name)
    except KeyError:
        return False
    return True


class ClockForm(forms.Form):
    """Which clock starts when."""

    name = forms.ChoiceField(label=_("Clock"))
    on = day(_("Day of the event"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name: Any = self.fields["name"]
        name.choices = [
            (key, f"{duty_name(key)} · {clock(key).days}")
            for key in DUTIES
            if is_clock(key) and DUTIES[key].who == "unit"
        ]


class RemindForm(forms.Form):
    """Words of a reminder."""

    text = reason(_("Text of the reminder"), required=False)
