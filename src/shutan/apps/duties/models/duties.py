"""What each unit owes by when, how long it was given more time, when it was reminded, what was done."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from shutan.apps.accounts.models import Organisation, User, append_only
from shutan.apps.common.language import language
from shutan.apps.directory.facts import Sector
from shutan.apps.directory.models import Entity
from shutan.apps.duties.models.lists import ListEntry, ListKind, words
from shutan.rules.duties import DUTIES

YEARLY = 0  # the month of a duty about a whole year


def duty_name(name: str) -> str:
    """A duty's name in the language of the page."""
    return words(DUTIES[name])


class Duty(models.Model):
    """义务: one thing a unit owes for a year or month. The date is the table's, or a clock's; what people add stands beside it."""

    entry = models.ForeignKey(ListEntry, on_delete=models.PROTECT, null=True, related_name="duties")
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="duties")
    # Whose calendar it stands in; None while the legal person has no account.
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="duties")
    unit_name = models.CharField(_("Unit"), max_length=120)
    division = models.CharField(_("Division"), max_length=6, blank=True)
    sector = models.CharField(_("Sector"), max_length=20)
    standing = models.CharField(_("Standing"), max_length=8, choices=ListKind)
    name = models.CharField(_("Duty"), max_length=40)
    year = models.PositiveSmallIntegerField(_("Year"))
    month = models.PositiveSmallIntegerField(_("Month"), default=YEARLY)
    started_on = models.DateField(_("Runs from"), null=True)  # of a clock: the day of its event
    due = models.DateField(_("Due"), null=True)  # None: no text seen names a date
    provisional = models.BooleanField(_("Provisional"), default=False)
    inner = models.DateField(_("Inner deadline"), null=True)
    extended_to = models.DateField(_("Extended to"), null=True)
    note_zh = models.CharField(max_length=300, blank=True)
    note_en = models.CharField(max_length=300, blank=True)
    source = models.CharField(_("Source"), max_length=300)
    status = models.CharField(max_length=12)  # how well the source is known
    done_on = models.DateField(_("Done"), null=True)
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    done_seen = models.BooleanField(default=False)  # the system itself saw it
    evidence = models.CharField(_("Evidence"), max_length=500, blank=True)
    lapsed = models.BooleanField(_("No longer owed"), default=False)
    lapsed_why = models.CharField(max_length=200, blank=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("Duty")
        constraints = [
            models.UniqueConstraint(
                name="duty_once",
                fields=["entity", "sector", "name", "year", "month", "started_on"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="duty_done_with_evidence", condition=models.Q(done_on=None) | ~models.Q(evidence="")
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "due"], name="duty_organisation"),
            models.Index(fields=["name", "due"], name="duty_name"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_name} {self.title}"

    @property
    def period(self) -> str:
        """What it is about: a year, or a month."""
        return f"{self.year}-{self.month:02d}" if self.month else str(self.year)

    @property
    def title(self) -> str:
        """The duty with what it is about, in the language of the page."""
        return f"{duty_name(self.name)} {self.period}"

    @property
    def note(self) -> str:
        """What the table adds, in the language of the page."""
        return self.note_zh if language() == "zh" else self.note_en

    @property
    def sector_name(self) -> str:
        """The sector in words."""
        return words(Sector[self.sector])


class Extension(models.Model):
    """延期: more time for one duty, with the reason. The latest counts."""

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="extensions")
    until = models.DateField(_("Until"))
    reason = models.CharField(_("Reason"), max_length=500)
    document = models.CharField(_("Document number"), max_length=120, blank=True)
    given_at = models.DateTimeField(_("Given"))
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("Extension")
        triggers = append_only("duty_extension")

    def __str__(self) -> str:
        return f"{self.duty} → {self.until}"


class InnerDeadline(models.Model):
    """内部时限: an earlier date of a province or city for its own area; the legal date stays and is shown beside it."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    division = models.CharField(_("Division"), max_length=6)  # beginning of the codes it holds for
    name = models.CharField(_("Duty"), max_length=40)
    sector = models.CharField(_("Sector"), max_length=20)
    year = models.PositiveSmallIntegerField(_("Year"))
    month = models.PositiveSmallIntegerField(_("Month"), default=YEARLY)
    day = models.DateField(_("By"))
    reason = models.CharField(_("Reason"), max_length=500)
    set_at = models.DateTimeField(_("Set"))
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(_("Withdrawn"), null=True)

    class Meta:
        verbose_name = _("Inner deadline")
        constraints = [
            models.UniqueConstraint(
                name="inner_deadline_once",
                fields=["organisation", "name", "sector", "year", "month"],
                condition=models.Q(withdrawn_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{duty_name(self.name)} {self.day}"


class Reminder(models.Model):
    """催办: a unit was reminded of a duty. `stage` makes a job that runs twice remind once."""

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="reminders")
    stage = models.CharField(max_length=24)  # "7" days before, "-7" after, "manual 2026-03-01"
    sent_at = models.DateTimeField(_("Sent"))
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    text = models.CharField(_("Text"), max_length=500, blank=True)
    recipients = models.JSONField(default=list)
    mailed_at = models.DateTimeField(_("E-mail sent"), null=True)

    class Meta:
        verbose_name = _("Reminder")
        constraints = [models.UniqueConstraint(name="reminder_once", fields=["duty", "stage"])]

    def __str__(self) -> str:
        return f"{self.duty} {self.stage}"
