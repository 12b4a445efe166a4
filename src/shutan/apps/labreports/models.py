"""Tables of test reports. A report used in a submission is frozen: what was wrong in it is corrected by a further version."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from shutan.apps.accounts.models import Organisation, User
from shutan.apps.common.language import language
from shutan.kernel import Choices
from shutan.rules.common.fuels import FuelKind
from shutan.rules.laboratory import Mark, OwnOrOutside, Sampling


def _person() -> models.ForeignKey:
    return models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )


def member(choices: Choices, key: str) -> str:
    """A member's name in the language of the page."""
    found = next((one for one in choices if one.key == key), None)
    return "" if found is None else found.zh if language() == "zh" else found.en


class TestReport(models.Model):
    """检测报告: one report of one sample, as the enterprise recorded it. Results keep the digits that the report prints."""

    __test__ = False  # pytest takes the name for tests

    class State(models.TextChoices):
        """Whether it counts."""

        RECORDED = "recorded", _("Recorded")
        REPLACED = "replaced", _("Replaced by a correction")
        WITHDRAWN = "not_counted", _("Withdrawn")

    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="test_reports",
        editable=False,
        verbose_name=_("Enterprise"),
    )
    version = models.PositiveSmallIntegerField(_("Version"), default=1, editable=False)
    previous = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    state = models.CharField(
        _("Status"), max_length=16, choices=State, default=State.RECORDED, editable=False
    )
    reason = models.CharField(_("Reason"), max_length=500, blank=True, editable=False)
    number = models.CharField(_("Report number"), max_length=80)
    laboratory_name = models.CharField(_("Laboratory"), max_length=120)
    laboratory = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("Laboratory, if it has an account"),
    )  # fmt: skip
    certificate_number = models.CharField(_("CMA or CNAS number"), max_length=80, blank=True)
    year = models.PositiveSmallIntegerField(
        _("Year"), validators=[MinValueValidator(2019), MaxValueValidator(2100)]
    )
    month = models.PositiveSmallIntegerField(
        _("Month it stands for"), validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    sample_number = models.CharField(_("Sample number"), max_length=80)
    unit_name = models.CharField(_("Unit or facility"), max_length=120, blank=True)
    fuel_kind = models.CharField(_("Kind of fuel"), max_length=24)
    sampling = models.CharField(_("Kind of sample"), max_length=12)
    laboratory_kind = models.CharField(_("Own or commissioned laboratory"), max_length=8)
    mark = models.CharField(_("Mark on the report"), max_length=8)
    standards = models.CharField(_("Standards"), max_length=300, blank=True)
    sampled_on = models.DateField(_("Sampled on"))
    prepared_on = models.DateField(_("Prepared on"), null=True, blank=True)
    sent_on = models.DateField(_("Sent on"), null=True, blank=True)
    received_on = models.DateField(_("Received on"), null=True, blank=True)
    tested_on = models.DateField(_("Tested on"), null=True, blank=True)
    reported_on = models.DateField(_("Reported on"))
    results = models.JSONField(default=dict, editable=False)  # name of the declared result: digits as printed
    file_name = models.CharField(_("File of the report"), max_length=200, blank=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    file_created_on = models.DateField(_("File created on"), null=True, editable=False)
    used_at = models.DateTimeField(_("Used in a submission"), null=True, editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)
    recorded_at = models.DateTimeField(_("Recorded"), editable=False)
    changed_at = models.DateTimeField(_("Changed"), editable=False)
    changed_by = _person()

    class Meta:
        """Names and constraints."""

        verbose_name = _("Test report")
        ordering = ["-year", "-month", "number"]
        constraints = [
            models.UniqueConstraint(
                name="test_report_once",
                fields=["organisation", "number", "year", "month"],
                condition=models.Q(state="recorded"),
            ),
            models.CheckConstraint(
                name="test_report_gone_with_reason",
                condition=models.Q(state="recorded") | ~models.Q(reason=""),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="test_report_no_delete", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="test_report_stays_as_used",
                operation=pgtrigger.Update,
                condition=(pgtrigger.Q(old__used_at__isnull=False) | ~pgtrigger.Q(old__state="recorded"))
                & (
                    pgtrigger.Q(old__used_at__df=pgtrigger.F("new__used_at"))
                    | pgtrigger.Q(old__results__df=pgtrigger.F("new__results"))
                    | pgtrigger.Q(old__number__df=pgtrigger.F("new__number"))
                    | pgtrigger.Q(old__sample_number__df=pgtrigger.F("new__sample_number"))
                    | pgtrigger.Q(old__year__df=pgtrigger.F("new__year"))
                    | pgtrigger.Q(old__month__df=pgtrigger.F("new__month"))
                    | pgtrigger.Q(old__fuel_kind__df=pgtrigger.F("new__fuel_kind"))
                    | pgtrigger.Q(old__mark__df=pgtrigger.F("new__mark"))
                    | pgtrigger.Q(old__sampled_on__df=pgtrigger.F("new__sampled_on"))
                    | pgtrigger.Q(old__received_on__df=pgtrigger.F("new__received_on"))
                    | pgtrigger.Q(old__tested_on__df=pgtrigger.F("new__tested_on"))
                    | pgtrigger.Q(old__reported_on__df=pgtrigger.F("new__reported_on"))
                    | pgtrigger.Q(old__sha256__df=pgtrigger.F("new__sha256"))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.year}-{self.month:02}"

    @property
    def fuel(self) -> str:
        """The kind of fuel in the language of the page."""
        return member(FuelKind, self.fuel_kind)

    @property
    def words(self) -> dict[str, Any]:
        """Its choices in the language of the page."""
        return {
            "fuel_kind": self.fuel,
            "sampling": member(Sampling, self.sampling),
            "laboratory_kind": member(OwnOrOutside, self.laboratory_kind),
            "mark": member(Mark, self.mark),
        }
