"""Tables of the joint review: who looks at what, what the checks found, what was ticked, what was asked and answered."""

from __future__ import annotations

from typing import Any

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from shutan.apps.accounts.models import Organisation, User, append_only
from shutan.apps.filing.models import MonthlyFiling
from shutan.apps.reporting.models import Finding, Report

YEARLY = 0  # the month of an annual report
NAMES = ArrayField(models.CharField(max_length=100), default=list)
ONE_SUBJECT = models.Q(filing__isnull=False, report=None) | models.Q(filing=None, report__isnull=False)


@pghistory.track()
class Assignment(models.Model):
    """分派: which colleague of an authority looks at an enterprise's month or annual report, in all its versions."""

    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    rule_set = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField(default=YEARLY)
    reviewer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="review_assignments")
    assigned_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    assigned_at = models.DateTimeField(_("Assigned"))

    class Meta:
        verbose_name = _("Assignment of a review")
        constraints = [
            models.UniqueConstraint(
                name="review_assigned_once",
                fields=["authority", "organisation", "rule_set", "year", "month"],
            )
        ]
        indexes = [models.Index(fields=["reviewer"], name="review_reviewer")]

    def __str__(self) -> str:
        return (
            f"{self.organisation} {self.year}-{self.month:02d}"
            if self.month
            else f"{self.organisation} {self.year}"
        )


class Screened(models.Model):
    """预警分值: what the checks make of a filed month, computed once when it was filed; the order of the desk rests on it."""

    filing = models.OneToOneField(MonthlyFiling, on_delete=models.CASCADE, related_name="screened")
    score = models.PositiveIntegerField()
    counts = models.JSONField(default=dict)  # severity, or "trial" → how many
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("Screening of a month")

    def __str__(self) -> str:
        return f"{self.filing} {self.score}"


class MonthFinding(models.Model):
    """月度核查发现: what a check says about a filed month, in the words it had when the month was filed."""

    filing = models.ForeignKey(MonthlyFiling, on_delete=models.CASCADE, related_name="review_findings")
    position = models.PositiveIntegerField()
    check_id = models.CharField(_("Check"), max_length=24)
    severity = models.CharField(_("Severity"), max_length=12)
    trial = models.BooleanField()
    audience = models.CharField(max_length=12)
    name_zh = models.TextField()
    name_en = models.TextField()
    subject_zh = models.CharField(max_length=300)
    subject_en = models.CharField(max_length=300)
    message_zh = models.TextField()
    message_en = models.TextField()
    clears_zh = models.TextField()
    clears_en = models.TextField()
    basis_zh = models.TextField()
    basis_en = models.TextField()
    # [{"name", "key": [without the month]}]: the values concerned
    fields = models.JSONField(default=list)

    class Meta:
        verbose_name = _("Finding about a month")
        ordering = ("position",)
        triggers = append_only("review_finding")

    def __str__(self) -> str:
        return f"{self.check_id} {self.message_zh}"


@pghistory.track()
class Tick(models.Model):
    """核对项: an authority has looked at one item of the checklist for one paper of a row, and what it found."""

    class Verdict(models.TextChoices):
        """What was found."""

        GOOD = "good", _("In order")
        WRONG = "wrong", _("Not in order")
        NONE = "none", _("Does not apply")

    # Of a month or of an annual report; `need` and `key` name a paper of a month's row, '' and [] the report as a whole.
    filing = models.ForeignKey(MonthlyFiling, on_delete=models.CASCADE, null=True, related_name="ticks")
    report = models.ForeignKey(Report, on_delete=models.CASCADE, null=True, related_name="ticks")
    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    need = models.CharField(max_length=64, blank=True)
    key = NAMES
    item = models.CharField(max_length=64)
    verdict = models.CharField(max_length=8, choices=Verdict)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("Tick of the checklist")
        constraints = [
            models.UniqueConstraint(
                name="review_tick_once", fields=["filing", "authority", "need", "key", "item"]
            ),
            models.UniqueConstraint(name="review_report_tick_once", fields=["report", "authority", "item"]),
            models.CheckConstraint(name="review_tick_of_one", condition=ONE_SUBJECT),
        ]

    def __str__(self) -> str:
        return f"{self.need} {self.item}"


class Question(models.Model):
    """审核问题: something about a month or an annual report that one side wants from the other: a comment on a field, papers or words by a day, a finding."""

    class Kind(models.TextChoices):
        """What it is about."""

        COMMENT = "comment", _("Comment on a figure")
        REQUEST = "request", _("Request for information")
        FINDING = "finding", _("Finding of a check")

    class State(models.TextChoices):
        """Where it stands; `open` waits for the enterprise, `answered` for the authority."""

        OPEN = "open", _("Waiting for an answer")
        ANSWERED = "answered", _("Answered")
        CLOSED = "closed", _("Settled")

    filing = models.ForeignKey(MonthlyFiling, on_delete=models.PROTECT, null=True, related_name="questions")
    report = models.ForeignKey(Report, on_delete=models.PROTECT, null=True, related_name="questions")
    # Who asks; None where the enterprise speaks first about a finding, which all authorities then read.
    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(_("Kind"), max_length=8, choices=Kind)
    finding = models.OneToOneField(MonthFinding, on_delete=models.PROTECT, null=True, related_name="question")
    report_finding = models.OneToOneField(
        Finding, on_delete=models.PROTECT, null=True, related_name="question"
    )
    # The field of a comment; '' and [] for the month or report as a whole.
    table = models.CharField(max_length=64, blank=True)
    key = NAMES
    variable = models.CharField(max_length=100, blank=True)
    due = models.DateField(_("Answer by"), null=True)
    state = models.CharField(_("Status"), max_length=8, choices=State, default=State.OPEN)
    revision = models.PositiveIntegerField(default=1)  # counts every statement
    asked_at = models.DateTimeField(_("Asked"))
    changed_at = models.DateTimeField(_("Changed"))

    class Meta:
        verbose_name = _("Question of a review")
        constraints = [
            models.CheckConstraint(
                name="review_request_has_a_day",
                condition=~models.Q(kind="request") | models.Q(due__isnull=False),
            ),
            models.CheckConstraint(
                name="review_finding_is_named",
                condition=models.Q(kind="finding", finding__isnull=False, report_finding=None)
                | models.Q(kind="finding", finding=None, report_finding__isnull=False)
                | (~models.Q(kind="finding") & models.Q(finding=None, report_finding=None)),
            ),
            models.CheckConstraint(name="review_question_of_one", condition=ONE_SUBJECT),
        ]
        indexes = [models.Index(fields=["state", "due"], name="review_question_state")]
        triggers = [
            pgtrigger.Protect(name="review_question_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="review_question_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "filing", "report", "authority", "kind", "finding", "report_finding", "asked_at"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.subject.period}"

    @property
    def subject(self) -> MonthlyFiling | Report:
        """The month or annual report it is about."""
        found = self.filing or self.report
        assert found is not None  # noqa: S101 - review_question_of_one
        return found

    @property
    def about(self) -> MonthFinding | Finding | None:
        """The finding it is about, if it is about one."""
        return self.finding or self.report_finding

    @property
    def organisation(self) -> Organisation:
        """Whose month or report it is about."""
        return self.subject.organisation


class Statement(models.Model):
    """问答: what one side said to a question, never changed afterwards."""

    class Kind(models.TextChoices):
        """What saying it did."""

        ASKED = "asked", _("Asked")
        ANSWERED = "answered", _("Answered")
        EXPLAINED = "explained", _("Explained")
        WILL_CORRECT = "will_correct", _("Will be corrected")
        ASKED_AGAIN = "asked_again", _("Asked again")
        CLOSED = "closed", _("Settled")

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="statements")
    kind = models.CharField(max_length=12, choices=Kind)
    text = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # [{"sha256", "name"}]: files lie under their digest (common/files.py)
    files: Any = models.JSONField(default=list)

    class Meta:
        verbose_name = _("Statement of a review")
        ordering = ("at", "pk")
        triggers = append_only("review_statement")

    def __str__(self) -> str:
        return self.get_kind_display()


@pghistory.track()
class Phrase(models.Model):
    """意见模板: words for opinions and reasons that a reviewer, or the whole authority, uses again."""

    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+"
    )  # None: the authority's
    title = models.CharField(_("Title"), max_length=80)
    text = models.TextField(_("Text"), max_length=500)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(_("Changed"))
    retired_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("Opinion template")

    def __str__(self) -> str:
        return self.title


class ClueList(models.Model):
    """线索清单: one list of doubtful data that the state sent to the province, with the day by which it wants answers."""

    title = models.CharField(_("Title"), max_length=200)
    number = models.CharField(_("Document number"), max_length=80, blank=True)
    issued_on = models.DateField(_("Issued on"))
    due = models.DateField(_("Answer by"))
    source = models.CharField(max_length=64)  # SHA-256 of the workbook that was read
    source_name = models.CharField(max_length=200)
    imported_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    imported_at = models.DateTimeField(_("Imported"))

    class Meta:
        verbose_name = _("Clue list")
        triggers = append_only("review_clue_list")

    def __str__(self) -> str:
        return self.title


class Clue(models.Model):
    """线索: one line of a list: what is doubtful about an enterprise, who answers, and what came of it."""

    class State(models.TextChoices):
        """Whose step it is: of the enterprise, of the city, of the province; nobody's any more."""

        OPEN = "open", _("Waiting for the enterprise")
        ANSWERED = "answered", _("Waiting for the city")
        REPORTED = "reported", _("Waiting for the province")
        CLOSED = "closed", _("Settled")

    class Verdict(models.TextChoices):
        """What the city found."""

        TRUE = "true", _("Borne out")
        PARTLY = "partly", _("Borne out in part")
        FALSE = "false", _("Not borne out")

    clue_list = models.ForeignKey(ClueList, on_delete=models.PROTECT, related_name="clues")
    position = models.PositiveIntegerField(_("Number"))
    credit_code = models.CharField(_("Unified social credit code"), max_length=18)
    name = models.CharField(_("Enterprise"), max_length=120)
    category = models.CharField(_("Kind of clue"), max_length=80, blank=True)
    text = models.TextField(_("Clue"), max_length=2000)
    year = models.PositiveSmallIntegerField(_("Year"), null=True, blank=True)
    month = models.PositiveSmallIntegerField(_("Month"), null=True, blank=True)
    wish = models.CharField(_("What is asked"), max_length=500, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    city = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(_("Status"), max_length=8, choices=State, default=State.OPEN)
    verdict = models.CharField(_("Finding of the city"), max_length=8, choices=Verdict, blank=True)
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(_("Changed"))

    class Meta:
        verbose_name = _("Clue")
        constraints = [
            models.UniqueConstraint(name="review_clue_once", fields=["clue_list", "position"]),
            models.CheckConstraint(
                name="review_clue_month",
                condition=models.Q(month=None) | models.Q(month__gte=1, month__lte=12),
            ),
            models.CheckConstraint(
                name="review_clue_reported_with_verdict",
                condition=~models.Q(state__in=["reported", "closed"]) | ~models.Q(verdict=""),
            ),
        ]
        indexes = [models.Index(fields=["organisation", "state"], name="review_clue_organisation")]
        triggers = [
            pgtrigger.Protect(name="review_clue_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="review_clue_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    *(
                        "clue_list",
                        "position",
                        "credit_code",
                        "name",
                        "category",
                        "text",
                        "year",
                        "month",
                        "wish",
                    )
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clue_list} {self.position}"


class ClueWord(models.Model):
    """线索办理记录: what one side did with a clue and said of it, never changed afterwards."""

    class Kind(models.TextChoices):
        """What saying it did."""

        ANSWERED = "answered", _("Answered")
        SENT_BACK = "sent_back", _("Sent back to the enterprise")
        REPORTED = "reported", _("Reported to the province")
        RETURNED = "returned", _("Returned to the city")
        CLOSED = "closed", _("Settled")

    clue = models.ForeignKey(Clue, on_delete=models.PROTECT, related_name="words")
    kind = models.CharField(max_length=10, choices=Kind)
    text = models.TextField()
    verdict = models.CharField(max_length=8, choices=Clue.Verdict, blank=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    files: Any = models.JSONField(default=list)  # [{"sha256", "name"}]

    class Meta:
        verbose_name = _("Word on a clue")
        ordering = ("at", "pk")
        triggers = append_only("review_clue_word")

    def __str__(self) -> str:
        return self.get_kind_display()
