"""Tables of records and archives. A `Line` of the ledger is read from what other apps hold (`lines.py`): nothing is kept twice."""

from __future__ import annotations

from typing import Any

import pghistory
import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from shutan.apps.accounts.models import Organisation, User
from shutan.apps.common.freezing import no_truncate

FIRST_YEAR, LAST_YEAR = 2000, 2100


class RecordKind(models.TextChoices):
    """What a record is."""

    PAPER = "paper", _("Original record or supporting paper")
    LEDGER = "ledger", _("Ledger")
    TEST = "test", _("Test report")
    CALIBRATION = "calibration", _("Calibration certificate")
    MONTH = "month", _("Monthly filing")
    REPORT = "report", _("Annual report")
    DECLARATION = "declaration", _("Declaration")
    SCHEME = "scheme", _("Data quality control scheme")
    DISCLOSURE = "disclosure", _("Disclosure")
    POLICY = "policy", _("One enterprise, one policy")
    OTHER = "other", _("Other document")


HAND_KEPT = [
    RecordKind(one)
    for one in ("paper", "ledger", "test", "calibration", "report", "declaration", "scheme", "other")
]


class State(models.TextChoices):
    """Where the paper is."""

    KEPT = "kept", _("Kept")
    HANDED_OVER = "handed_over", _("Handed over")
    DISPOSED = "disposed", _("Disposed of")


def _year(label: Any, **options: Any) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        label, validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)], **options
    )


def _person() -> models.ForeignKey:
    return models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )


@pghistory.track()
class Paper(models.Model):
    """纸质记录: what lies in a cupboard. Either a record of its own, or where the paper of a record lies that another app holds."""

    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="papers",
        editable=False,
        verbose_name=_("Enterprise"),
    )
    source = models.CharField(
        max_length=40, blank=True, editable=False
    )  # the record's table; '' for one of its own
    source_pk = models.BigIntegerField(null=True, editable=False)
    kind = models.CharField(
        _("Kind of record"), max_length=12, choices=[(one.value, one.label) for one in HAND_KEPT], blank=True
    )
    number = models.CharField(_("Number"), max_length=80, blank=True)
    title = models.CharField(_("Title"), max_length=200, blank=True)
    year = _year(_("Year it is about"), null=True, blank=True)
    month = models.PositiveSmallIntegerField(
        _("Month"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    about = models.CharField(_("Parameter or subject"), max_length=200, blank=True)
    department = models.CharField(_("Department that keeps it"), max_length=80, blank=True)
    place = models.CharField(_("Where the stamped original lies"), max_length=200, blank=True)
    own_until = models.DateField(_("Kept until, by one's own rules"), null=True, blank=True)
    remark = models.CharField(_("Remark"), max_length=300, blank=True)
    state = models.CharField(_("Status"), max_length=12, choices=State, default=State.KEPT, editable=False)
    reason = models.CharField(_("Reason"), max_length=500, blank=True, editable=False)
    closed_on = models.DateField(_("Handed over or disposed of on"), null=True, editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)
    changed_at = models.DateTimeField(_("Changed"), editable=False)
    changed_by = _person()

    class Meta:
        """Names, constraints and triggers."""

        verbose_name = _("Record on paper")
        constraints = [
            models.UniqueConstraint(
                name="paper_of_a_record_once", fields=["source", "source_pk"], condition=~models.Q(source="")
            ),
            models.UniqueConstraint(
                name="paper_number_once",
                fields=["organisation", "kind", "number"],
                condition=models.Q(source="") & ~models.Q(number=""),
            ),
            models.CheckConstraint(
                name="paper_of_one",
                condition=models.Q(source="", source_pk=None, year__isnull=False)
                & ~models.Q(title="")
                & ~models.Q(kind="")
                | ~models.Q(source="") & models.Q(source_pk__isnull=False, title="", kind="", year=None),
            ),
            models.CheckConstraint(
                name="paper_closed_with_reason",
                condition=models.Q(state="kept", closed_on=None)
                | ~models.Q(state="kept") & ~models.Q(reason="") & models.Q(closed_on__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="paper_no_delete", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="paper_stays_disposed",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state="disposed"),
            ),
            pgtrigger.ReadOnly(name="paper_is_of_one", fields=["organisation", "source", "source_pk"]),
            no_truncate("paper"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip() or f"{self.source}/{self.source_pk}"


class Line(models.Model):
    """台账行: one record of an enterprise, as the view `archives_line` reads it from every app's tables. Never written."""

    key = models.CharField(primary_key=True, max_length=60)  # filing.evidencefile/12
    source = models.CharField(max_length=40)  # its table; archives.paper for those kept by hand
    source_pk = models.BigIntegerField()
    organisation = models.ForeignKey(
        Organisation, on_delete=models.DO_NOTHING, related_name="+", verbose_name=_("Enterprise")
    )
    kind = models.CharField(_("Kind of record"), max_length=12, choices=RecordKind)
    rule_set = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField(_("Year"))
    month = models.PositiveSmallIntegerField(_("Month"), null=True)
    version = models.PositiveSmallIntegerField(_("Version"))  # 0 where there are none
    filed = models.BooleanField()  # authorities see it
    need = models.CharField(max_length=64)  # the guideline's name of the evidence
    about = models.CharField(max_length=200)  # in the enterprise's words
    number = models.CharField(_("Number"), max_length=200)
    title = models.CharField(max_length=300)
    file_name = models.CharField(_("File"), max_length=200)
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField(_("On record since"))
    department = models.CharField(_("Department that keeps it"), max_length=80)
    place = models.CharField(_("Where the stamped original lies"), max_length=200)
    own_until = models.DateField(null=True)
    state = models.CharField(_("Status"), max_length=12, choices=State)
    paper = models.BigIntegerField(null=True)  # key of its Paper, where it has one

    class Meta:
        """A view, made after each migration (`lines.make_view`)."""

        managed = False
        db_table = "archives_line"
        verbose_name = _("Record")

    def __str__(self) -> str:
        return self.title or self.key

    @property
    def period(self) -> str:
        """The month or the year it is about."""
        return f"{self.year}-{self.month:02d}" if self.month else str(self.year)


class Archive(models.Model):
    """归档: records of one enterprise as a zip file: everything for itself, or what was filed for an inspection."""

    class Purpose(models.TextChoices):
        """For whom."""

        OWN = "own", _("Everything, for oneself")
        INSPECTION = "inspection", _("For an inspection")

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Being made")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="archives", verbose_name=_("Enterprise")
    )
    purpose = models.CharField(_("Purpose"), max_length=12, choices=Purpose)
    first_year = _year(_("From year"))
    last_year = _year(_("To year"))
    month = models.PositiveSmallIntegerField(_("Month"), null=True)
    need = models.CharField(max_length=64, blank=True)  # of one evidence of the guideline alone
    reason = models.CharField(_("Occasion"), max_length=200, blank=True)
    state = models.CharField(_("Status"), max_length=8, choices=State, default=State.WAITING)
    made = models.PositiveIntegerField(default=0)  # files so far
    total = models.PositiveIntegerField(default=0)  # 0 while it is not counted yet
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(
        _("Size"), default=0
    )  # bytes; 0 until done, and once the file was dropped
    faults = models.PositiveIntegerField(default=0)  # files that could not be read
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(_("Asked for"))
    done_at = models.DateTimeField(_("Done"), null=True)

    class Meta:
        """Names and constraints."""

        verbose_name = _("Archive")
        constraints = [
            models.UniqueConstraint(
                name="archive_one_at_a_time",
                fields=["organisation", "purpose", "first_year", "last_year", "month", "need"],
                nulls_distinct=False,
                condition=models.Q(state__in=["waiting", "running"]),
            ),
            models.CheckConstraint(
                name="archive_years", condition=models.Q(first_year__lte=models.F("last_year"))
            ),
            models.CheckConstraint(
                name="archive_own_is_whole",
                condition=~models.Q(purpose="own") | models.Q(month=None, need=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.period}"

    @property
    def is_open(self) -> bool:
        """Whether the worker has still to finish it."""
        return self.state in (self.State.WAITING, self.State.RUNNING)

    @property
    def period(self) -> str:
        """Its years, or its month."""
        if self.month:
            return f"{self.first_year}-{self.month:02d}"
        return (
            str(self.first_year)
            if self.first_year == self.last_year
            else f"{self.first_year}–{self.last_year}"
        )

    @property
    def place(self) -> str:
        """Where its file lies in the folder of files: a copy of records that are elsewhere, so by its key."""
        return f"archives/{self.pk}.zip"

    @property
    def file_name(self) -> str:
        """As it is handed out."""
        return f"{self.organisation.name_zh}-{self.period}.zip"
