"""Tables of schemes: versions with their texts, files, facilities and parameters, the opinions, and the meters.

A `Scheme` row is one version of the scheme of one enterprise, guideline and year. What it says is changed while it is a
draft and frozen, in the row itself (`content`) and by triggers, once it was sent to the internal review. Meters belong to the
enterprise and outlive versions; a version keeps what it said of them.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from shutan.apps.accounts.models import Organisation, User, append_only
from shutan.apps.common.language import language
from shutan.rules.common.schemes import Declared, schemes

REMIND_BEFORE = timedelta(days=60)
LONGEST = 4000


def _person(label: Any = "") -> models.ForeignKey:
    return models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False,
        verbose_name=label,
    )  # fmt: skip


class Scheme(models.Model):
    """数据质量控制方案: one version of the scheme of an enterprise, a guideline and a year."""

    class State(models.TextChoices):
        """Where it stands; what is in force follows from days (`queries.in_force`)."""

        DRAFT = "draft", _("Draft")
        INTERNAL = "internal", _("Internal review")
        SUBMITTED = "submitted", _("Submitted")
        RETURNED = "returned", _("Returned")
        ACCEPTED = "accepted", _("Accepted")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="schemes", verbose_name=_("Enterprise")
    )
    rule_set = models.CharField(_("Guideline"), max_length=40)
    year = models.PositiveSmallIntegerField(
        _("Year"), validators=[MinValueValidator(2020), MaxValueValidator(2100)]
    )
    version = models.PositiveSmallIntegerField(_("Version"))
    state = models.CharField(_("Status"), max_length=12, choices=State, default=State.DRAFT)
    previous = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Made from")
    )
    triggers = ArrayField(
        models.CharField(max_length=20), default=list, blank=True, verbose_name=_("Why it was revised")
    )
    reason = models.CharField(_("Reason"), max_length=500, blank=True)
    texts = models.JSONField(default=dict)  # key of the declared item: text
    revision = models.PositiveIntegerField(default=1)  # counts every change of the version or its rows
    content = models.JSONField(null=True, editable=False)  # content.whole() as sent to the internal review
    begun_at = models.DateTimeField(_("Begun"))
    begun_by = _person(_("Begun by"))
    changed_at = models.DateTimeField(_("Changed"))
    sent_at = models.DateTimeField(_("Sent to internal review"), null=True, blank=True)
    sent_by = _person()
    sent_back = models.CharField(_("Sent back because"), max_length=1000, blank=True)
    submitted_at = models.DateTimeField(_("Submitted"), null=True, blank=True)
    submitted_by = _person(_("Submitted by"))
    decided_at = models.DateTimeField(_("Decided"), null=True, blank=True)
    decided_by = _person(_("Decided by"))
    answer = models.TextField(_("What the province said"), max_length=LONGEST, blank=True)
    in_force_from = models.DateField(_("In force from"), null=True, blank=True)

    class Meta:
        """Names and constraints."""

        verbose_name = _("Data quality control scheme")
        ordering = ["-year", "rule_set", "-version"]
        constraints = [
            models.UniqueConstraint(
                name="scheme_version_once", fields=["organisation", "rule_set", "year", "version"]
            ),
            models.UniqueConstraint(
                name="scheme_one_under_way",
                fields=["organisation", "rule_set", "year"],
                condition=models.Q(state__in=["draft", "internal", "submitted"]),
            ),
            models.UniqueConstraint(
                name="scheme_one_from_a_day",
                fields=["organisation", "rule_set", "in_force_from"],
                condition=models.Q(state="accepted"),
            ),
            models.CheckConstraint(
                name="scheme_in_force_once_accepted",
                condition=models.Q(state="accepted", in_force_from__year=models.F("year"))
                | (~models.Q(state="accepted") & models.Q(in_force_from=None)),
            ),
            models.CheckConstraint(
                name="scheme_content_once_sent",
                condition=models.Q(state="draft", content=None)
                | (~models.Q(state="draft") & models.Q(content__isnull=False)),
            ),
            models.CheckConstraint(
                name="scheme_submitted_by_another",
                condition=models.Q(submitted_by=None) | ~models.Q(submitted_by=models.F("sent_by")),
            ),
            models.CheckConstraint(
                name="scheme_returned_with_answer",
                condition=~models.Q(state="returned") | ~models.Q(answer=""),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="scheme_no_delete", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="scheme_is_of_one",
                fields=["organisation", "rule_set", "year", "version", "previous", "begun_at"],
            ),
            pgtrigger.Protect(
                name="scheme_stays_as_submitted",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state="submitted")
                & (
                    pgtrigger.Q(old__content__df=pgtrigger.F("new__content"))
                    | pgtrigger.Q(old__texts__df=pgtrigger.F("new__texts"))
                ),
            ),
            pgtrigger.Protect(
                name="scheme_stays_as_decided",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state__in=["accepted", "returned"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation.name} {self.title}"

    @property
    def declared(self) -> Declared:
        """What the guideline asks for."""
        return schemes()[self.rule_set]

    @property
    def guideline(self) -> str:
        """The guideline's name in the language of the page."""
        rules = self.declared.rules
        return rules.title.partition("|")[0 if language() == "zh" else 2]

    @property
    def title(self) -> str:
        """Year and version in the language of the page."""
        return str(
            _("%(guideline)s, scheme of %(year)s, version %(version)s")
            % {"guideline": self.guideline, "year": self.year, "version": self.version}
        )


def _frozen(table: str) -> list[pgtrigger.Trigger]:
    """Rows of a version are written while it is a draft, whoever asks; moving one counts for both versions."""
    return [
        pgtrigger.Trigger(
            name=f"{table}_of_a_draft",
            operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            when=pgtrigger.Before,
            func="""
                IF EXISTS (SELECT 1 FROM schemes_scheme
                           WHERE id IN (OLD.scheme_id, NEW.scheme_id) AND state <> 'draft') THEN
                    RAISE EXCEPTION 'pgtrigger: this version of the scheme is not a draft';
                END IF;
                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                RETURN NEW;
            """,
        ),
        pgtrigger.Trigger(
            name=f"{table}_no_truncate",
            operation=pgtrigger.Truncate,
            when=pgtrigger.Before,
            level=pgtrigger.Statement,
            func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;",
        ),
    ]


class Row(models.Model):
    """What each line of a scheme has in common."""

    revision = models.PositiveIntegerField(default=1, editable=False)
    changed_at = models.DateTimeField(_("Changed"), editable=False)
    changed_by = _person()

    class Meta:
        """Only its kinds have tables."""

        abstract = True


class SchemeFile(models.Model):
    """附件: a chart or plan that a section asks for."""

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="files")
    item = models.CharField(_("What for"), max_length=40)
    name = models.CharField(_("File"), max_length=200)
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField(_("Added"))
    added_by = _person()

    class Meta:
        """Names and constraints."""

        verbose_name = _("File of a scheme")
        ordering = ["item", "pk"]
        constraints = [models.UniqueConstraint(name="scheme_file_once", fields=["scheme", "item", "sha256"])]
        triggers = _frozen("scheme_file")

    def __str__(self) -> str:
        return self.name


class Facility(Row):
    """排放设施: one main facility within the boundary."""

    class Use(models.TextChoices):
        """Whether it runs."""

        IN_USE = "in_use", _("In use")
        STOPPED = "stopped", _("Stopped")

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="facilities", editable=False)
    name = models.CharField(_("Facility"), max_length=120)
    number = models.CharField(_("Number"), max_length=60)
    size = models.CharField(_("Size or model"), max_length=120, blank=True)
    place = models.CharField(_("Place"), max_length=120, blank=True)
    use = models.CharField(_("State of use"), max_length=8, choices=Use, default=Use.IN_USE)
    owner = models.CharField(_("Owner company"), max_length=120, blank=True)
    permit_unit = models.CharField(_("Unit of the pollution permit"), max_length=120, blank=True)
    remark = models.CharField(_("Remark"), max_length=300, blank=True)

    class Meta:
        """Names and constraints."""

        verbose_name = _("Main facility")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(name="facility_once", fields=["scheme", "number"])]
        triggers = _frozen("facility")

    def __str__(self) -> str:
        return f"{self.name} {self.number}"


class Meter(Row):
    """计量器具: a meter of the enterprise, whichever versions of schemes name it."""

    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="meters",
        editable=False,
        verbose_name=_("Enterprise"),
    )
    number = models.CharField(_("Number"), max_length=60)
    name = models.CharField(_("Meter"), max_length=120)
    model = models.CharField(_("Model"), max_length=120, blank=True)
    place = models.CharField(_("Place"), max_length=120)
    frequency = models.CharField(_("How often it measures"), max_length=120)
    accuracy = models.CharField(_("Accuracy"), max_length=60)
    calibration_months = models.PositiveSmallIntegerField(
        _("Calibrated every (months)"), validators=[MinValueValidator(1), MaxValueValidator(120)]
    )
    calibration_standard = models.CharField(_("Calibrated by (regulation)"), max_length=120, blank=True)
    retired_on = models.DateField(_("Out of use since"), null=True, blank=True)

    class Meta:
        """Names and constraints."""

        verbose_name = _("Meter")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(name="meter_once", fields=["organisation", "number"])]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class Calibration(models.Model):
    """检定（校准）: one calibration of a meter and how long it holds. Only ever withdrawn, with a reason."""

    meter = models.ForeignKey(Meter, on_delete=models.PROTECT, related_name="calibrations", editable=False)
    day = models.DateField(_("Calibrated on"))
    due = models.DateField(_("Next due"))
    by = models.CharField(_("Calibrated by"), max_length=120)
    certificate = models.CharField(_("Certificate number"), max_length=80, blank=True)
    error_found = models.DecimalField(
        _("Error found (%)"), max_digits=8, decimal_places=4, null=True, blank=True
    )
    file_name = models.CharField(_("Certificate"), max_length=200, blank=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    added_at = models.DateTimeField(_("Added"), editable=False)
    added_by = _person()
    withdrawn_at = models.DateTimeField(_("Withdrawn"), null=True, editable=False)
    withdrawn_why = models.CharField(_("Withdrawn because"), max_length=500, blank=True, editable=False)

    class Meta:
        """Names and constraints."""

        verbose_name = _("Calibration")
        ordering = ["-day", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="calibration_days_in_order", condition=models.Q(due__gt=models.F("day"))
            ),
            models.UniqueConstraint(
                name="calibration_once", fields=["meter", "day"], condition=models.Q(withdrawn_at=None)
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="calibration_no_delete", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="calibration_stays",
                fields=["meter", "day", "due", "by", "certificate", "error_found", "sha256", "added_at"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meter} {self.day:%Y-%m-%d}"


class SchemeParameter(Row):
    """数据的确定方式: how one figure of the guideline is obtained, in one place where that differs by fuel, unit or process."""

    class Obtained(models.TextChoices):
        """获取方式."""

        MEASURED = "measured", _("Measured")
        CALCULATED = "calculated", _("Calculated")
        DEFAULT = "default", _("Default value")
        ESTIMATED = "estimated", _("Estimated")
        NONE = "none", _("Does not occur here")

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="parameters", editable=False)
    parameter = models.CharField(_("Parameter"), max_length=80)
    subject = models.CharField(_("What of (unit, fuel, process)"), max_length=120, blank=True)
    obtained = models.CharField(_("How obtained"), max_length=12, choices=Obtained, blank=True)
    description = models.TextField(_("How in detail"), max_length=LONGEST, blank=True)
    ledger = models.CharField(_("Ledgers (file names)"), max_length=300, blank=True)
    meter = models.ForeignKey(
        Meter, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Meter")
    )
    recording = models.CharField(_("How often it is recorded"), max_length=120, blank=True)
    missing = models.CharField(_("When data are missing (conservatively)"), max_length=500, blank=True)
    department = models.CharField(_("Department"), max_length=120, blank=True)

    class Meta:
        """Names and constraints."""

        verbose_name = _("Determination of a figure")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(name="scheme_parameter_once", fields=["scheme", "parameter", "subject"])
        ]
        triggers = _frozen("scheme_parameter")

    def __str__(self) -> str:
        said = self.scheme.declared.rules.labels_of(self.parameter)[0 if language() == "zh" else 1]
        return f"{said} {self.subject}".strip()


class Opinion(models.Model):
    """意见: what an authority says of a submitted version. Append-only."""

    class Verdict(models.TextChoices):
        """What it comes to."""

        AGREES = "agrees", _("Agrees")
        OBJECTS = "objects", _("To be changed")

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="opinions")
    verdict = models.CharField(_("Opinion"), max_length=8, choices=Verdict)
    text = models.TextField(_("Reasons"), max_length=LONGEST, blank=True)
    at = models.DateTimeField(_("Given"))
    by = _person(_("Given by"))
    authority = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("Authority")
    )

    class Meta:
        """Names and constraints."""

        verbose_name = _("Opinion on a scheme")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="scheme_opinion_with_reasons",
                condition=~models.Q(verdict="objects") | ~models.Q(text=""),
            )
        ]
        triggers = append_only("scheme_opinion")

    def __str__(self) -> str:
        return f"{self.authority} {self.get_verdict_display()}"


def calibration_state(due: date | None, today: date) -> str:
    """How a meter stands by the day on which its calibration is due."""
    if due is None:
        return "unknown"
    if due < today:
        return "overdue"
    return "due" if due <= today + REMIND_BEFORE else "normal"
