"""Tables of disclosure. A draft holds what no report says; publishing freezes the whole form, in both languages, as data."""

from __future__ import annotations

from typing import Any

import pghistory
import pgtrigger
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from shutan.apps.accounts.models import Organisation, User
from shutan.apps.common.freezing import no_truncate
from shutan.apps.reporting.models import Report

_FROZEN = """
    IF EXISTS (
        SELECT 1 FROM disclosure_disclosure form
        WHERE form.id IN (OLD.disclosure_id, NEW.disclosure_id) AND form.state = 'published'
    ) THEN
        RAISE EXCEPTION 'the disclosure is published: its rows are frozen';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""


def amount(name: Any, places: int = 2) -> models.DecimalField:
    """A quantity that may be left out, never below zero."""
    return models.DecimalField(
        name, max_digits=18, decimal_places=places, null=True, blank=True, validators=[MinValueValidator(0)]
    )


@pghistory.track()
class Disclosure(models.Model):
    """信息公开表: what an enterprise makes public of one year of one sector. Each version stays; the newest counts."""

    class State(models.TextChoices):
        """Where it stands."""

        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")

    class Surrender(models.TextChoices):
        """What became of the duty to surrender."""

        UNSTATED = "", _("Not stated")
        AHEAD = "ahead", _("Not due yet")
        FULL = "full", _("Surrendered in full")
        PART = "part", _("Not surrendered in full")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="disclosures", verbose_name=_("Enterprise")
    )
    rule_set = models.CharField(_("Sector"), max_length=40)
    year = models.PositiveSmallIntegerField(_("Year"))
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="disclosures")
    state = models.CharField(_("Status"), max_length=12, choices=State, default=State.DRAFT)
    version = models.PositiveSmallIntegerField(_("Version"), default=0)  # 0 while a draft
    reason = models.CharField(_("Reason"), max_length=500, blank=True)  # of every version but the first
    surrender = models.CharField(_("Surrender of allowances"), max_length=8, choices=Surrender, blank=True)
    surrendered_t = amount(_("Amount surrendered"), 0)
    surrendered_on = models.DateField(_("Surrendered on"), null=True, blank=True)
    content = models.JSONField(
        null=True, blank=True
    )  # the form as published: {"zh": {…}, "en": {…}} (document.py)
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(_("Created"))
    changed_at = models.DateTimeField(_("Changed"))
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    published_at = models.DateTimeField(_("Published"), null=True, blank=True)

    class Meta:
        """Names, constraints and triggers."""

        verbose_name = _("Disclosure")
        indexes = [
            models.Index(fields=["organisation", "rule_set", "year", "-version"], name="disclosure_of_year")
        ]
        constraints = [
            models.UniqueConstraint(
                name="disclosure_one_draft",
                fields=["organisation", "rule_set", "year"],
                condition=models.Q(state="draft"),
            ),
            models.UniqueConstraint(
                name="disclosure_version_once",
                fields=["organisation", "rule_set", "year", "version"],
                condition=models.Q(state="published"),
            ),
            models.CheckConstraint(
                name="disclosure_published_whole",
                condition=models.Q(state="draft", version=0, content=None, published_at=None)
                | models.Q(
                    state="published", version__gte=1, content__isnull=False, published_at__isnull=False
                ),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="disclosure_frozen",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state="published"),
            ),
            no_truncate("disclosure"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.year}"

    def form(self, language: str) -> dict[str, Any]:
        """The form as it was published, in one language."""
        return dict((self.content or {}).get(language, {}))

    @property
    def is_draft(self) -> bool:
        """Whether it can still change."""
        return self.state == self.State.DRAFT


class Measure(models.Model):
    """减排措施: one measure of the voluntary part on mitigation results (power from 2026)."""

    class Part(models.TextChoices):
        """What was changed."""

        BOILER = "boiler", _("Boiler")
        TURBINE = "turbine", _("Steam turbine")
        GENERATOR = "generator", _("Generator")
        AUXILIARY = "auxiliary", _("Auxiliaries")

    disclosure = models.ForeignKey(Disclosure, on_delete=models.CASCADE, related_name="measures")
    position = models.PositiveIntegerField()
    name = models.CharField(_("Measure"), max_length=200)
    part = models.CharField(_("What was changed"), max_length=12, choices=Part, blank=True)
    investment = amount(_("Investment, once"))  # 万元
    running_cost = amount(_("Running cost a year"))  # 万元/a
    added_energy = amount(_("Energy added a year"))  # tce/a
    reduction = amount(_("Reduction a year"), 4)  # 万tCO2/a

    class Meta:
        """Names, constraints and triggers."""

        verbose_name = _("Mitigation measure")
        ordering = ("position",)
        constraints = [models.UniqueConstraint(name="measure_once", fields=["disclosure", "position"])]
        triggers = [
            pgtrigger.Trigger(
                name="measure_frozen",
                level=pgtrigger.Row,
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=_FROZEN,
            ),
            no_truncate("measure"),
        ]

    def __str__(self) -> str:
        return self.name
