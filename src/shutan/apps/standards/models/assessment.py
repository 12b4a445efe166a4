"""Tables of the self-assessment by the management standard: its clauses and weights as registered, and the yearly copies."""

from __future__ import annotations

from datetime import date
from typing import Any

import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from shutan.apps.accounts.models import Organisation, User
from shutan.apps.standards.models.instruments import person


class Registered(models.Model):
    """What one person registers with its source and a second one confirms; until then it counts nowhere."""

    class State(models.TextChoices):
        """Where it stands."""

        REGISTERED = "registered", _("Registered")
        CONFIRMED = "confirmed", _("Confirmed")
        REJECTED = "rejected", _("Rejected")

    since = models.DateField(_("Since"))
    source = models.CharField(_("Source"), max_length=200)
    state = models.CharField(_("Status"), max_length=12, choices=State, default=State.REGISTERED)
    registered_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name=_("Registered by")
    )
    registered_at = models.DateTimeField(_("Registered at"))
    decided_by = person(_("Decided by"))
    decided_at = models.DateTimeField(_("Decided at"), null=True, blank=True)
    reason = models.CharField(_("Reason"), max_length=500, blank=True)

    class Meta:
        """Only its kinds have tables."""

        abstract = True


def _decided_by_another(name: str) -> list[models.BaseConstraint]:
    return [
        models.CheckConstraint(
            name=f"{name}_second_person",
            condition=models.Q(decided_by=None) | ~models.Q(decided_by=models.F("registered_by")),
        ),
        models.CheckConstraint(
            name=f"{name}_decided",
            condition=models.Q(state="registered", decided_at=None)
            | models.Q(state__in=["confirmed", "rejected"], decided_at__isnull=False),
        ),
    ]


def _stays(name: str) -> list[pgtrigger.Trigger]:
    """What was decided is never changed, and nothing registered is removed."""
    return [
        pgtrigger.Protect(name=f"{name}_no_delete", operation=pgtrigger.Delete),
        pgtrigger.Protect(
            name=f"{name}_stays_as_decided",
            operation=pgtrigger.Update,
            condition=~pgtrigger.Q(old__state="registered"),
        ),
    ]


class StandardClause(Registered):
    """标准条款: one clause of the management standard, as its text says, from a day on."""

    chapter = models.CharField(_("Chapter"), max_length=4)
    number = models.CharField(_("Clause"), max_length=20)
    requirement = models.TextField(_("Requirement"), max_length=4000)
    until = models.DateField(_("Until"), null=True, blank=True)

    class Meta:
        """Names and constraints."""

        verbose_name = _("Clause of the standard")
        ordering = ["pk"]
        constraints = [
            *_decided_by_another("standard_clause"),
            models.UniqueConstraint(
                name="standard_clause_once",
                fields=["number", "since"],
                condition=models.Q(state__in=["registered", "confirmed"]),
            ),
            models.CheckConstraint(
                name="standard_clause_days_in_order",
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
            ),
        ]
        triggers = _stays("standard_clause")

    def __str__(self) -> str:
        return self.number

    def holds(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.since <= day and (self.until is None or day <= self.until)


class Weights(Registered):
    """权重: what each chapter weighs in the score from a day on. A setting of the province, not of the standard."""

    weights = models.JSONField(_("Weights"))  # chapter number: decimal as text

    class Meta:
        """Names and constraints."""

        verbose_name = _("Weights")
        ordering = ["-since", "-pk"]
        constraints = _decided_by_another("weights")
        triggers = _stays("weights")

    def __str__(self) -> str:
        return f"{self.since:%Y-%m-%d}"


class Assessment(models.Model):
    """自评: how an enterprise's management stands against the standard in one year."""

    class State(models.TextChoices):
        """Whether it is signed."""

        OPEN = "open", _("Under way")
        SIGNED = "signed", _("Signed")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="assessments", verbose_name=_("Enterprise")
    )
    year = models.PositiveSmallIntegerField(
        _("Year"), validators=[MinValueValidator(2023), MaxValueValidator(2100)]
    )
    state = models.CharField(_("Status"), max_length=8, choices=State, default=State.OPEN)
    copied_from = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Begun from"),
    )
    begun_at = models.DateTimeField(_("Begun"))
    begun_by = person(_("Begun by"))
    # As signed: the score, and all it was made of.
    score = models.DecimalField(_("Score"), max_digits=4, decimal_places=1, null=True, blank=True)
    content = models.JSONField(default=dict)
    signed_at = models.DateTimeField(_("Signed"), null=True, blank=True)
    signed_by = person(_("Signed by"))

    class Meta:
        """Names and constraints."""

        verbose_name = _("Self-assessment")
        ordering = ["-year", "organisation__name_zh"]
        constraints = [
            models.UniqueConstraint(name="assessment_once_a_year", fields=["organisation", "year"]),
            models.CheckConstraint(
                name="assessment_signed_with_score",
                condition=models.Q(state="open", score=None, signed_at=None)
                | models.Q(state="signed", score__isnull=False, signed_at__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="assessment_no_delete", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="assessment_stays_as_signed",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state="signed"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation.name} {self.year}"

    @property
    def badge(self) -> str:
        """Its status as the badge component names it."""
        return "under_way" if self.state == self.State.OPEN else self.state

    @property
    def last_day(self) -> date:
        """The day whose clauses and weights count."""
        return date(self.year, 12, 31)


class Item(models.Model):
    """One thing that is assessed: a registered clause, or a chapter as a whole while no clause of it is registered."""

    class Level(models.TextChoices):
        """How far it is met."""

        MET = "met", _("Met")
        PARTLY = "partly", _("Partly met")
        NOT_MET = "not_met", _("Not met")
        NOT_APPLICABLE = "not_applicable", _("Not applicable")

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="items")
    chapter = models.CharField(_("Chapter"), max_length=4)
    clause = models.ForeignKey(
        StandardClause,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Clause"),
    )
    level = models.CharField(_("How far it is met"), max_length=16, choices=Level, blank=True)
    finding = models.TextField(_("What was found"), max_length=4000, blank=True)
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(_("Changed"), null=True, blank=True)
    changed_by = person(_("Changed by"))

    class Meta:
        """Names and constraints."""

        verbose_name = _("Assessed clause")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="item_once", fields=["assessment", "chapter", "clause"], nulls_distinct=False
            )
        ]
        triggers = [
            pgtrigger.Trigger(
                name="item_stays_as_signed",
                operation=pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                func="""
                    IF (SELECT state FROM standards_assessment WHERE id = OLD.assessment_id) = 'signed' THEN
                        RAISE EXCEPTION 'pgtrigger: the assessment is signed';
                    END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return self.clause.number if self.clause else self.chapter


class Evidence(models.Model):
    """佐证: what shows that a clause is met: words, or a file kept under its digest."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="evidence")
    title = models.CharField(_("Evidence"), max_length=200)
    file_name = models.CharField(_("File"), max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    added_at = models.DateTimeField(_("Added"))
    added_by = person(_("Added by"))
    removed_at = models.DateTimeField(_("Removed"), null=True, blank=True)

    class Meta:
        """Names and constraints."""

        verbose_name = _("Evidence")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def organisation(self) -> Any:
        """Whose it is."""
        return self.item.assessment.organisation


class Improvement(models.Model):
    """改进措施: what is done about a clause, by whom and by when; verified by another person than the one who did it."""

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "open", _("Open")
        DONE = "done", _("Done, not verified")
        VERIFIED = "verified", _("Verified")

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="improvements")
    what = models.CharField(_("What is done"), max_length=500)
    responsible = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", verbose_name=_("Responsible")
    )
    due = models.DateField(_("Due"))
    state = models.CharField(_("Status"), max_length=8, choices=State, default=State.OPEN)
    planned_at = models.DateTimeField(_("Planned"))
    planned_by = person(_("Planned by"))
    done_at = models.DateTimeField(_("Done"), null=True, blank=True)
    done_by = person(_("Done by"))
    result = models.CharField(_("Result"), max_length=1000, blank=True)
    verified_at = models.DateTimeField(_("Verified"), null=True, blank=True)
    verified_by = person(_("Verified by"))

    class Meta:
        """Names and constraints."""

        verbose_name = _("Improvement")
        ordering = ["due", "pk"]
        constraints = [
            models.CheckConstraint(
                name="improvement_verified_by_another",
                condition=models.Q(verified_by=None) | ~models.Q(verified_by=models.F("done_by")),
            ),
            models.CheckConstraint(
                name="improvement_in_order",
                condition=models.Q(state="open", done_at=None, verified_at=None)
                | models.Q(state="done", done_at__isnull=False, verified_at=None)
                | models.Q(state="verified", done_at__isnull=False, verified_at__isnull=False),
            ),
        ]
        triggers = [pgtrigger.Protect(name="improvement_no_delete", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.what

    @property
    def badge(self) -> str:
        """Its status as the badge component names it."""
        return "under_way" if self.state == self.State.OPEN else self.state

    @property
    def organisation(self) -> Any:
        """Whose it is."""
        return self.item.assessment.organisation

    def is_overdue(self, day: date) -> bool:
        """Whether it should be done by now."""
        return self.state == self.State.OPEN and self.due < day
