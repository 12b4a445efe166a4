"""Lists of key units and of those that only report: emissions that decide, entries, opinions, candidates."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from shutan.apps.accounts.models import Organisation, User, append_only
from shutan.apps.common.language import language
from shutan.apps.directory.facts import Sector
from shutan.apps.directory.models import Entity, Event
from shutan.rules.entry import RULES
from shutan.rules.entry.choices import EntryActivity, EntryReason, SectorCode


def words(member: object) -> str:
    """A member of a `Choices` in the language of the page."""
    return str(getattr(member, language()))


class AnnualEmission(models.Model):
    """年度排放: what a unit emitted in a year by one activity. Never changed; a later row of the same takes its place."""

    class Basis(models.TextChoices):
        """How far the figure is known."""

        VERIFIED = "verified", _("Verified")
        REPORTED = "reported", _("Reported")
        EXPECTED = "expected", _("Expected")

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="emissions")
    year = models.PositiveSmallIntegerField(_("Year"))
    activity = models.CharField(_("Activity"), max_length=30)
    code = models.CharField(_("Class of GB/T 4754"), max_length=12)
    basis = models.CharField(_("Basis"), max_length=10, choices=Basis)
    direct_t = models.DecimalField(_("Direct emissions"), max_digits=18, decimal_places=2, null=True)
    total_t = models.DecimalField(_("All emissions"), max_digits=18, decimal_places=2, null=True)
    energy_tce = models.DecimalField(_("Energy use"), max_digits=18, decimal_places=2, null=True)
    source = models.CharField(_("Source"), max_length=300)
    recorded_at = models.DateTimeField(_("Recorded"))
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("Emissions of a year")
        constraints = [
            models.CheckConstraint(
                name="emission_basis_known",
                condition=models.Q(basis__in=["verified", "reported", "expected"]),
            ),
            models.CheckConstraint(
                name="emission_not_negative",
                condition=(models.Q(direct_t=None) | models.Q(direct_t__gte=0))
                & (models.Q(total_t=None) | models.Q(total_t__gte=0))
                & (models.Q(energy_tce=None) | models.Q(energy_tce__gte=0)),
            ),
        ]
        indexes = [models.Index(fields=["year", "basis"], name="emission_year")]
        triggers = append_only("duties_emission")

    def __str__(self) -> str:
        return f"{self.entity_id} {self.year} {self.activity}"

    @property
    def activity_name(self) -> str:
        """The activity in words."""
        return words(EntryActivity[self.activity])

    @property
    def code_name(self) -> str:
        """The class in words."""
        return words(SectorCode[self.code])


class ListKind(models.TextChoices):
    """What a list says of those on it; the value is the standing in the table of duties."""

    ETS = "ets", _("Key units of the national market")
    DIRECT = "direct", _("Steel and cement units that report outside the list")
    OTHER = "other", _("Other key industries")


class Change(models.TextChoices):
    """What becomes of a unit with a list."""

    ENTERS = "enters", _("Enters")
    STAYS = "stays", _("Stays")
    LEAVES = "leaves", _("Leaves")
    UNDECIDED = "undecided", _("Not decided")


class UnitList(models.Model):
    """名录: the list of one sector, kind and year, from draft to correction."""

    class State(models.TextChoices):
        """Where it stands."""

        DRAFT = "draft", _("Draft")
        OPINIONS = "opinions", _("Opinions asked")
        NOTICE = "notice", _("Public notice")
        PUBLISHED = "published", _("Published")

    kind = models.CharField(_("Kind"), max_length=8, choices=ListKind)
    sector = models.CharField(_("Sector"), max_length=20)
    year = models.PositiveSmallIntegerField(_("Year"))
    state = models.CharField(_("Status"), max_length=12, choices=State, default=State.DRAFT)
    # Counts every change; whoever changes names the one they saw.
    revision = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(_("Made"))
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    computed_at = models.DateTimeField(_("Computed"))
    has_previous = models.BooleanField(default=False)  # whether the year before was published here
    due = models.DateField(_("To be published by"), null=True)  # as the notice in force says
    due_source = models.CharField(max_length=200, blank=True)
    opinions_by = models.DateField(_("Opinions by"), null=True)
    notice_from = models.DateField(_("Notice from"), null=True)
    notice_until = models.DateField(_("Notice until"), null=True)
    document = models.CharField(_("Document number"), max_length=120, blank=True)
    published_on = models.DateField(_("Published"), null=True)
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    corrected_on = models.DateField(_("Corrected"), null=True)

    class Meta:
        verbose_name = _("List")
        constraints = [
            models.UniqueConstraint(name="unit_list_once", fields=["kind", "sector", "year"]),
            models.CheckConstraint(
                name="unit_list_published_complete",
                condition=~models.Q(state="published") | models.Q(published_on__isnull=False),
            ),
            models.CheckConstraint(
                name="unit_list_state_known",
                condition=models.Q(state__in=["draft", "opinions", "notice", "published"]),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="unit_list_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="unit_list_stays_published",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state="published") & ~pgtrigger.Q(new__state="published"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.get_kind_display()} · {self.sector_name}"

    @property
    def sector_name(self) -> str:
        """The sector in words."""
        return words(Sector[self.sector])


class ListEntry(models.Model):
    """名录单位: one unit on a list, or that leaves it, with the reason and the article; frozen figures of the day it was computed."""

    class Decision(models.TextChoices):
        """What the province decided where the rules could not, or against them."""

        NONE = "", _("As computed")
        INCLUDE = "include", _("Include")
        EXCLUDE = "exclude", _("Do not include")

    unit_list = models.ForeignKey(UnitList, on_delete=models.CASCADE, related_name="entries")
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="list_entries")
    name = models.CharField(_("Unit"), max_length=120)
    credit_code = models.CharField(_("Unified social credit code"), max_length=18, blank=True)
    division = models.CharField(_("Division"), max_length=6, blank=True)
    members = models.CharField(_("Members"), max_length=1000, blank=True)
    activity = models.CharField(_("Activity"), max_length=30, blank=True)
    code = models.CharField(_("Class of GB/T 4754"), max_length=12, blank=True)
    basis = models.CharField(_("Basis"), max_length=10, blank=True)  # of AnnualEmission.Basis, or "energy"
    emission = models.DecimalField(_("Emissions that decide"), max_digits=18, decimal_places=2, null=True)
    change = models.CharField(_("Entry or exit"), max_length=10, choices=Change)
    reason = models.CharField(
        _("Reason"), max_length=30, blank=True
    )  # key of EntryReason; "" while undecided
    missing = models.JSONField(default=list)  # [zh, en] of each thing that must be known first
    law = models.JSONField(default=list)  # records of the law that decided: name, value, source, status
    decision = models.CharField(_("Decision"), max_length=8, choices=Decision, blank=True)
    decided_why = models.CharField(_("Reason of the decision"), max_length=500, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    event = models.ForeignKey(Event, on_delete=models.PROTECT, null=True, related_name="+")  # of a correction
    stands = models.BooleanField(_("On the list"), default=False)
    begins = models.DateField(_("On it from"), null=True)  # corrections only; else the whole year
    ends = models.DateField(_("On it until"), null=True)  # first day it is no longer on it

    class Meta:
        verbose_name = _("Unit on a list")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(name="list_entry_once", fields=["unit_list", "entity"]),
            models.CheckConstraint(
                name="list_entry_decided_with_reason",
                condition=models.Q(decision="") | ~models.Q(decided_why=""),
            ),
            models.CheckConstraint(
                name="list_entry_undecided_stands_not",
                condition=~models.Q(change="undecided", decision="", stands=True),
            ),
        ]
        indexes = [models.Index(fields=["entity", "stands"], name="list_entry_entity")]

    def __str__(self) -> str:
        return self.name

    @property
    def reason_name(self) -> str:
        """Why, with the article; what must be known first where nothing is decided."""
        if self.reason:
            return words(EntryReason[self.reason])
        at, mark = (0, "；") if language() == "zh" else (1, "; ")
        return mark.join(one[at] for one in self.missing)

    @property
    def code_name(self) -> str:
        """The class in words."""
        return words(SectorCode[self.code]) if self.code else ""

    @property
    def records(self) -> list[dict[str, str]]:
        """The records of the law that took part, each with its `label` in the language of the page."""
        found = []
        for one in self.law:
            known = RULES.parameters.get(one["name"])
            found.append(one | {"label": words(known) if known else one["name"]})
        return found


class Opinion(models.Model):
    """意见: what another department says of a draft, and the province's reply to an objection."""

    class Answer(models.TextChoices):
        """What it says."""

        ASKED = "asked", _("Asked")
        AGREES = "agrees", _("Agrees")
        OBJECTS = "objects", _("Objects")

    unit_list = models.ForeignKey(UnitList, on_delete=models.CASCADE, related_name="opinions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="list_opinions")
    answer = models.CharField(_("Answer"), max_length=8, choices=Answer, default=Answer.ASKED)
    reason = models.CharField(_("Reason"), max_length=1000, blank=True)
    reply = models.CharField(_("Reply"), max_length=1000, blank=True)
    asked_at = models.DateTimeField(_("Asked"))
    answered_at = models.DateTimeField(_("Answered"), null=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    replied_at = models.DateTimeField(_("Replied"), null=True)

    class Meta:
        verbose_name = _("Opinion")
        constraints = [
            models.UniqueConstraint(name="opinion_once", fields=["unit_list", "organisation"]),
            models.CheckConstraint(
                name="opinion_objects_with_reason",
                condition=~models.Q(answer="objects") | ~models.Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_list} {self.organisation}"


class RightsNotice(models.Model):
    """权利义务告知书: told to one unit of a published list; the unit says that it has it."""

    entry = models.OneToOneField(ListEntry, on_delete=models.PROTECT, related_name="notice")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="rights_notices")
    told_at = models.DateTimeField(_("Told"))
    acknowledged_at = models.DateTimeField(_("Acknowledged"), null=True)
    acknowledged_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("Notice of rights and duties")

    def __str__(self) -> str:
        return str(self.entry)


class Candidate(models.Model):
    """候选单位: an enterprise that a department's data show above a threshold; the province includes it or not, with its reason."""

    class State(models.TextChoices):
        """What was decided."""

        OPEN = "undecided", _("Not decided")
        INCLUDED = "included", _("To be included")
        REFUSED = "refused", _("Not included")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )  # the department
    name = models.CharField(_("Enterprise"), max_length=120)
    credit_code = models.CharField(_("Unified social credit code"), max_length=18)
    year = models.PositiveSmallIntegerField(_("Year"))
    energy_tce = models.DecimalField(_("Energy use"), max_digits=18, decimal_places=2, null=True)
    direct_t = models.DecimalField(_("Direct emissions"), max_digits=18, decimal_places=2, null=True)
    above = models.BooleanField(default=False)  # as the rules of entry said when it was uploaded
    uploaded_at = models.DateTimeField(_("Uploaded"))
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(_("Status"), max_length=10, choices=State, default=State.OPEN)
    reason = models.CharField(_("Reason"), max_length=500, blank=True)
    decided_at = models.DateTimeField(_("Decided"), null=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("Candidate")
        constraints = [
            models.UniqueConstraint(name="candidate_once", fields=["organisation", "credit_code", "year"]),
            models.CheckConstraint(
                name="candidate_decided_with_reason",
                condition=models.Q(state="undecided") | ~models.Q(reason=""),
            ),
            models.CheckConstraint(
                name="candidate_says_something",
                condition=models.Q(energy_tce__isnull=False) | models.Q(direct_t__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.year}"
