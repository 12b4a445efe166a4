"""Tables of monthly filing: a year's book, its months, their values and the evidence for them."""

from __future__ import annotations

from collections.abc import Iterable

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from shutan.apps.accounts.models import Organisation, User
from shutan.apps.filing.freezing import month_frozen, rows_frozen_with_month


@pghistory.track()
class Book(models.Model):
    """年度台账: what an enterprise keeps for a year under one rule set; its yearly rows are units, lines, fuels and the like."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="books", verbose_name=_("Organisation")
    )
    rule_set = models.CharField(_("Rule set"), max_length=40)
    year = models.PositiveSmallIntegerField(_("Year"))
    # Counts every change of the yearly rows.
    revision = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(_("Created"))

    class Meta:
        verbose_name = _("Book of a year")
        constraints = [
            models.UniqueConstraint(name="book_once", fields=["organisation", "rule_set", "year"]),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.year}"


@pghistory.track()
class MonthlyFiling(models.Model):
    """月度存证: one month of a book. A draft until a second person has looked and filed it; a correction is a new version."""

    class State(models.TextChoices):
        """Where a month stands."""

        DRAFT = "draft", _("Draft")
        INTERNAL = "internal", _("Internal review")
        SUBMITTED = "submitted", _("Submitted")
        RETURNED = "returned", _("Returned")
        PASSED_CITY = "passed_city", _("Passed by the city")
        ACCEPTED = "accepted", _("Accepted by the province")

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="months")
    month = models.PositiveSmallIntegerField(_("Month"))
    version = models.PositiveSmallIntegerField(_("Version"), default=1)
    previous = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="next", verbose_name=_("Corrects")
    )
    reason = models.CharField(_("Reason"), max_length=500, blank=True)
    state = models.CharField(_("Status"), max_length=12, choices=State, default=State.DRAFT)
    stopped = models.BooleanField(_("Nothing was produced in this month"), default=False)
    unchanged = models.BooleanField(_("No change of facilities and fuels in this month"), default=False)
    # Counts every step and every change of flags; whoever steps names the one they saw. Cells count their own.
    revision = models.PositiveIntegerField(default=1)
    content_digest = models.CharField(max_length=64, blank=True)  # of values and evidence, once filed
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(_("Created"))
    changed_at = models.DateTimeField(_("Changed"))
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(_("Sent to internal review"), null=True)
    submitted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(_("Submitted at"), null=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(_("Decided at"), null=True)
    # What the internal reviewer or the authority said when they sent it back, or let it pass.
    note = models.CharField(_("Note"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("Monthly filing")
        constraints = [
            models.UniqueConstraint(name="month_version_once", fields=["book", "month", "version"]),
            models.UniqueConstraint(
                name="month_open_once",
                fields=["book", "month"],
                condition=models.Q(state__in=["draft", "internal"]),
            ),
            models.CheckConstraint(name="month_of_year", condition=models.Q(month__gte=1, month__lte=12)),
            models.CheckConstraint(
                name="month_second_person",
                condition=models.Q(submitted_by=None)
                | models.Q(sent_by=None)
                | ~models.Q(submitted_by=models.F("sent_by")),
            ),
            models.CheckConstraint(
                name="month_filed_complete",
                condition=models.Q(state__in=["draft", "internal"], submitted_at=None, content_digest="")
                | (
                    ~models.Q(state__in=["draft", "internal"])
                    & models.Q(submitted_at__isnull=False)
                    & ~models.Q(content_digest="")
                ),
            ),
            models.CheckConstraint(
                name="month_correction_with_reason",
                condition=models.Q(previous=None, version=1)
                | (models.Q(previous__isnull=False, version__gt=1) & ~models.Q(reason="")),
            ),
        ]
        triggers = month_frozen("monthly_filing")

    def __str__(self) -> str:
        return f"{self.book} {self.period}"

    @property
    def organisation(self) -> Organisation:
        """Whose month it is."""
        return self.book.organisation

    @property
    def period(self) -> str:
        """The month, `2026-03`."""
        return f"{self.book.year}-{self.month:02d}"

    @property
    def is_open(self) -> bool:
        """Whether its values can change."""
        return self.state == self.State.DRAFT

    @property
    def is_filed(self) -> bool:
        """Whether it was filed, whatever became of it."""
        return self.submitted_at is not None


FILED = ("submitted", "returned", "passed_city", "accepted")


def yearly_or_monthly(name: str) -> Iterable[models.BaseConstraint]:
    """A row belongs to a book or to a month, never to both."""
    return (
        models.CheckConstraint(
            name=f"{name}_of_one",
            condition=models.Q(book=None, filing__isnull=False) | models.Q(book__isnull=False, filing=None),
        ),
    )


# A month's history is read by its month.
@pghistory.track(meta={"indexes": [models.Index(fields=["filing"], name="filed_value_event_month")]})
class FiledValue(models.Model):
    """填报值: one cell. A row that has only its key stands as one with variable ''; an emptied cell stays, and counts on."""

    class Obtained(models.TextChoices):
        """获取方式: how a value came about, in the guideline's words."""

        MEASURED = "measured", _("Measured")
        CALCULATED = "calculated", _("Calculated")
        DEFAULT = "default", _("Default value")
        ESTIMATED = "estimated", _("Estimated")

    book = models.ForeignKey(Book, on_delete=models.CASCADE, null=True, related_name="values", db_index=False)
    filing = models.ForeignKey(
        MonthlyFiling, on_delete=models.CASCADE, null=True, related_name="values", db_index=False
    )
    table = models.CharField(max_length=64)
    key = ArrayField(models.CharField(max_length=100))  # without the month, which the filing names
    variable = models.CharField(max_length=100)
    number = models.DecimalField(max_digits=38, decimal_places=18, null=True)
    text = models.TextField(blank=True)
    unit = models.CharField(max_length=40, blank=True)
    obtained = models.CharField(max_length=12, choices=Obtained, blank=True)
    note = models.CharField(max_length=300, blank=True)
    revision = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Filed value")
        constraints = [
            models.UniqueConstraint(
                name="filed_value_once",
                fields=["filing", "book", "table", "key", "variable"],
                nulls_distinct=False,
            ),
            *yearly_or_monthly("filed_value"),
        ]
        indexes = [models.Index(fields=["book"], name="filed_value_book")]
        triggers = rows_frozen_with_month("filed_value")

    def __str__(self) -> str:
        return f"{self.variable} {'/'.join(self.key)}"


@pghistory.track()
class EvidenceFile(models.Model):
    """证据文件: a scan or sheet beside a month's parameters: what it proves, and where its stamped original lies."""

    filing = models.ForeignKey(MonthlyFiling, on_delete=models.CASCADE, related_name="evidence")
    need = models.CharField(max_length=64, blank=True)  # id in the guideline's list; '' while not sorted
    key = ArrayField(models.CharField(max_length=100), default=list)  # of which row; [] for all
    sha256 = models.CharField(max_length=64)
    name = models.CharField(_("File"), max_length=200)
    size = models.PositiveBigIntegerField(_("Size"))
    media_type = models.CharField(max_length=100)
    ledger = models.CharField(_("Ledger or number"), max_length=200, blank=True)
    original_place = models.CharField(_("Where the stamped original lies"), max_length=200, blank=True)
    # The month its name speaks of where that is another one; asked about until someone says that it belongs here.
    speaks_of = models.CharField(max_length=7, blank=True)
    belongs = models.BooleanField(default=False)
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField(_("Uploaded"))

    class Meta:
        verbose_name = _("Evidence")
        constraints = [
            models.UniqueConstraint(name="evidence_file_once", fields=["filing", "sha256", "need", "key"]),
        ]
        triggers = rows_frozen_with_month("evidence_file")

    def __str__(self) -> str:
        return self.name

    @property
    def asks(self) -> bool:
        """Whether it must still be said that it belongs to this month."""
        return bool(self.speaks_of) and not self.belongs


@pghistory.track()
class SheetMapping(models.Model):
    """列映射: how a sheet of the plant's own systems is read, kept by name for next month."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    rule_set = models.CharField(max_length=40)
    name = models.CharField(_("Name"), max_length=80)
    layout = models.JSONField()  # plant_sheets.Layout
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(_("Changed"))

    class Meta:
        verbose_name = _("Column mapping")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(name="mapping_name_once", fields=["organisation", "rule_set", "name"]),
        ]

    def __str__(self) -> str:
        return self.name
