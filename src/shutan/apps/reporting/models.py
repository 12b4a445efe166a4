"""Tables of reporting. A report is its rows: no blob holds what was filed (DESIGN §4)."""

from __future__ import annotations

from datetime import datetime

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from shutan.apps.accounts.models import Organisation, User, append_only
from shutan.apps.filing.models import Book, MonthlyFiling
from shutan.apps.reporting.freezing import frozen_once, rows_frozen_with_report
from shutan.kernel.parameters import STATUSES

SUBMITTED = "submitted"


class SourceFile(models.Model):
    """来源文件: a file as it was uploaded. Its content lies in the folder of files under its digest."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    name = models.CharField(_("File"), max_length=200)
    size = models.PositiveBigIntegerField(_("Size"))
    media_type = models.CharField(max_length=100)
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    uploaded_at = models.DateTimeField(_("Uploaded"))

    class Meta:
        verbose_name = _("Source file")
        constraints = [
            models.UniqueConstraint(name="source_file_once", fields=["organisation", "sha256", "name"])
        ]
        triggers = append_only("source_file")

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class Report(models.Model):
    """报告: one enterprise's figures of one year under one rule set. A draft until submitted, then frozen."""

    class State(models.TextChoices):
        """Where a report stands."""

        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Submitted")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="reports", verbose_name=_("Organisation")
    )
    rule_set = models.CharField(_("Rule set"), max_length=40)
    year = models.PositiveSmallIntegerField(_("Year"))
    rules_year = models.PositiveSmallIntegerField(_("Rules of"))
    title = models.CharField(_("Title"), max_length=200)
    state = models.CharField(_("Status"), max_length=12, choices=State, default=State.DRAFT)
    # 0 while a draft; submitted ones count 1, 2, … and name the one they correct.
    version = models.PositiveSmallIntegerField(_("Version"), default=0)
    previous = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="next", verbose_name=_("Corrects")
    )
    reason = models.CharField(_("Reason"), max_length=500, blank=True)
    source = models.ForeignKey(SourceFile, on_delete=models.PROTECT, null=True, related_name="reports")
    # What was sent, so that a double click makes no second report.
    content_key = models.CharField(max_length=64)
    # Counts every change; whoever changes names the one they saw.
    revision = models.PositiveIntegerField(default=1)
    computed_with = models.CharField(max_length=64)  # digest of rules and parameters that computed the rows
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(_("Created"))
    changed_at = models.DateTimeField(_("Changed"))
    submitted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(_("Submitted at"), null=True)

    class Meta:
        verbose_name = _("Report")
        indexes = [models.Index(fields=["organisation", "year"], name="report_organisation_year")]
        constraints = [
            models.UniqueConstraint(name="report_content_once", fields=["organisation", "content_key"]),
            models.UniqueConstraint(
                name="report_version_once",
                fields=["organisation", "rule_set", "year", "version"],
                condition=models.Q(state=SUBMITTED),
            ),
            models.CheckConstraint(
                name="report_exercise_stays_draft",
                condition=models.Q(year=models.F("rules_year")) | ~models.Q(state=SUBMITTED),
            ),
            models.CheckConstraint(
                name="report_submitted_complete",
                condition=models.Q(state="draft", version=0, submitted_at=None)
                | models.Q(state=SUBMITTED, version__gte=1, submitted_at__isnull=False),
            ),
        ]
        triggers = frozen_once("report", pgtrigger.Q(old__state=SUBMITTED))

    def __str__(self) -> str:
        return self.title

    @property
    def full_title(self) -> str:
        """The title with the year, where the title does not say it."""
        return self.title if str(self.year) in self.title else f"{self.title} {self.year}"

    @property
    def is_exercise(self) -> bool:
        """Whether another year's rules computed it: instructive, and no legal report."""
        return self.year != self.rules_year

    @property
    def period(self) -> str:
        """The year, as a month says its own."""
        return str(self.year)

    @property
    def standing(self) -> str:
        """Where it stands: a draft, submitted, or what was decided last. A query of its own, unless read with `at_standing`."""
        if "at_standing" in self.__dict__:
            return str(self.__dict__["at_standing"])
        last = None if self.is_draft else self.decisions.order_by("-number").first()
        return self.state if last is None else last.to

    @property
    def is_draft(self) -> bool:
        """Whether it can still change."""
        return self.state == self.State.DRAFT


class Decision(models.Model):
    """审核决定: what an authority decided about a submitted report, never changed; the last one is where the report stands."""

    class To(models.TextChoices):
        """What it leads to; the words are those of a month's."""

        PASSED_CITY = "passed_city", _("Passed by the city")
        ACCEPTED = "accepted", _("Accepted by the province")
        RETURNED = "returned", _("Returned")

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="decisions")
    number = models.PositiveSmallIntegerField()  # counts those of one report, from 1
    to = models.CharField(_("Decision"), max_length=12, choices=To)
    why = models.CharField(_("Opinion, or what is to be mended"), max_length=500, blank=True)
    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("Decided"))

    class Meta:
        verbose_name = _("Decision on a report")
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(name="report_decision_once", fields=["report", "number"]),
            models.CheckConstraint(
                name="report_returned_with_reason", condition=~models.Q(to="returned") | ~models.Q(why="")
            ),
        ]
        triggers = append_only("report_decision")

    def __str__(self) -> str:
        return f"{self.report} {self.get_to_display()}"


class ReportedValue(models.Model):
    """填报值与计算值: one value of one report. A row given without any value is kept as one with variable ''."""

    class Obtained(models.TextChoices):
        """How a value came about."""

        GIVEN = "given", _("Given")
        COMPUTED = "computed", _("Computed")

    # The unique constraint below begins with the report: no second index.
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="values", db_index=False)
    obtained = models.CharField(max_length=8, choices=Obtained)
    table = models.CharField(max_length=64)  # the input table, or the grain of a computed value
    row = models.PositiveIntegerField()
    key = ArrayField(models.CharField(max_length=200))
    month = models.PositiveSmallIntegerField(null=True)
    variable = models.CharField(max_length=100)
    number = models.DecimalField(max_digits=38, decimal_places=18, null=True)
    text = models.TextField()
    unit = models.CharField(max_length=40)
    status = models.CharField(max_length=12)
    waiting = ArrayField(models.CharField(max_length=200))
    rule_version = models.CharField(max_length=12)
    origin_kind = models.CharField(max_length=12)
    origin_sheet = models.CharField(max_length=100)
    origin_place = models.CharField(max_length=100)
    origin_note = models.TextField()

    class Meta:
        verbose_name = _("Reported value")
        constraints = [
            models.UniqueConstraint(
                name="reported_value_once", fields=["report", "variable", "table", "key"]
            ),
        ]
        triggers = rows_frozen_with_report("reported_value")

    def __str__(self) -> str:
        return f"{self.variable} {'/'.join(self.key)}"


class Assembly(models.Model):
    """汇编: that a report was put together from the months of a book, and how its yearly rows stood then."""

    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="assembly")
    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="assemblies")
    book_revision = models.PositiveIntegerField()  # of the yearly rows
    assembled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    assembled_at = models.DateTimeField(_("Assembled"))

    class Meta:
        verbose_name = _("Assembly")
        triggers = rows_frozen_with_report("assembly")

    def __str__(self) -> str:
        return str(self.report)


class AssembledMonth(models.Model):
    """汇编月份: a filed month, in that very version, whose figures a report took."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="months")
    filing = models.ForeignKey(MonthlyFiling, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("Assembled month")
        constraints = [models.UniqueConstraint(name="assembled_month_once", fields=["report", "filing"])]
        triggers = rows_frozen_with_report("assembled_month")

    def __str__(self) -> str:
        return str(self.filing)


class Declaration(models.Model):
    """声明: that the unit answers for a report, signed and stamped on paper and scanned, or signed through a provider."""

    class Means(models.TextChoices):
        """How it was signed."""

        SCAN = "scan", _("Stamped scan")
        SIGNATURE = "signature", _("Electronic signature")

    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="declaration")
    means = models.CharField(_("How"), max_length=12, choices=Means)
    sha256 = models.CharField(max_length=64)
    name = models.CharField(_("File"), max_length=200)
    provider = models.CharField(_("Provider"), max_length=100, blank=True)
    reference = models.CharField(max_length=200, blank=True)  # by which the provider finds it again
    certificate = models.CharField(max_length=300, blank=True)
    # What the report said when it was declared, and after which step that was.
    content = models.CharField(max_length=64)
    revision = models.PositiveIntegerField()
    declared_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    declared_at = models.DateTimeField(_("Declared"))

    class Meta:
        verbose_name = _("Declaration")
        constraints = [
            models.CheckConstraint(
                name="declaration_names_its_provider",
                condition=models.Q(means="scan", provider="")
                | (models.Q(means="signature") & ~models.Q(provider="")),
            )
        ]
        triggers = rows_frozen_with_report("declaration")

    def __str__(self) -> str:
        return self.name


class ReadingProblem(models.Model):
    """读入问题: something of the upload that could not be read; the draft is saved without it."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="problems")
    position = models.PositiveIntegerField()
    sheet = models.CharField(_("Sheet"), max_length=100)
    place = models.CharField(_("Cell"), max_length=200)
    wrong_zh = models.TextField()
    wrong_en = models.TextField()
    expected_zh = models.TextField()
    expected_en = models.TextField()
    blocks = models.BooleanField(default=True)  # False: said, and read all the same
    empty = models.BooleanField(
        default=False
    )  # nothing was misread: something that must be there was left out

    class Meta:
        verbose_name = _("Reading problem")
        triggers = rows_frozen_with_report("reading_problem")

    def __str__(self) -> str:
        return f"{self.sheet}!{self.place}"


class StatedUncertainty(models.Model):
    """声明的不确定性: how uncertain someone holds an input or a parameter to be. No part of what is filed: never frozen."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="uncertainties")
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=100)
    key = ArrayField(models.CharField(max_length=200), null=True)  # null: of all rows
    half_width = models.DecimalField(max_digits=9, decimal_places=8)  # of the 95 % interval, relative
    shape = models.CharField(max_length=12)
    shared = models.BooleanField()
    stated_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    stated_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Stated uncertainty")
        constraints = [
            models.UniqueConstraint(
                name="stated_uncertainty_once", fields=["report", "name", "key"], nulls_distinct=False
            ),
            models.CheckConstraint(
                name="stated_uncertainty_within",
                condition=models.Q(half_width__gt=0, half_width__lte=1),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.half_width}"


class Finding(models.Model):
    """核查发现: what a screening check says about a report, in the words it had when the report was computed."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="findings")
    position = models.PositiveIntegerField()
    check_id = models.CharField(_("Check"), max_length=24)
    severity = models.CharField(_("Severity"), max_length=12)
    blocks = models.BooleanField()
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
    status = models.CharField(max_length=12)
    # [{"name", "zh", "en", "key", "value", "place"}]: the values concerned and where they were given
    fields = models.JSONField(default=list)

    class Meta:
        verbose_name = _("Finding")
        triggers = rows_frozen_with_report("finding")

    def __str__(self) -> str:
        return f"{self.check_id} {self.message_zh}"


class CheckRun(models.Model):
    """检查结果: a check that judged rows and found nothing, or that did not run, and why. Never taken for a pass."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="checks")
    check_id = models.CharField(max_length=24)
    audience = models.CharField(max_length=12)
    name_zh = models.TextField()
    name_en = models.TextField()
    rows = models.PositiveIntegerField()  # judged; 0 where it did not run
    why = models.CharField(max_length=16)  # '' where it ran
    reason_zh = models.TextField()
    reason_en = models.TextField()

    class Meta:
        verbose_name = _("Check")
        triggers = rows_frozen_with_report("check_run")

    def __str__(self) -> str:
        return self.check_id


class NoticeQuerySet(models.QuerySet["ParameterNotice"]):
    """Registered values by where they stand."""

    def counting(self, at: datetime | None = None) -> NoticeQuerySet:
        """Those that count now, or counted at a moment: confirmed and not withdrawn."""
        moment = {} if at is None else {"decided_at__lte": at}
        withdrawn = NoticeWithdrawal.objects.filter(
            notice=models.OuterRef("pk"), state=NoticeWithdrawal.State.CONFIRMED, **moment
        )
        return self.filter(~models.Exists(withdrawn), state=ParameterNotice.State.CONFIRMED, **moment)

    def with_standing(self) -> NoticeQuerySet:
        """With `standing`: the state, and what became of one that was confirmed."""

        def has(state: str) -> models.Exists:
            return models.Exists(NoticeWithdrawal.objects.filter(notice=models.OuterRef("pk"), state=state))

        return self.annotate(
            standing=models.Case(
                models.When(has(NoticeWithdrawal.State.CONFIRMED), then=models.Value("value_withdrawn")),
                models.When(has(NoticeWithdrawal.State.ASKED), then=models.Value("withdrawal_asked")),
                default="state",
                output_field=models.CharField(),
            )
        )


@pghistory.track()
class ParameterNotice(models.Model):
    """参数通知: numbers of the law that arrived by one notice. They count once a second person has confirmed them."""

    class State(models.TextChoices):
        """Where a notice stands."""

        REGISTERED = "registered", _("Registered")
        CONFIRMED = "confirmed", _("Confirmed")
        REJECTED = "rejected", _("Rejected")
        TAKEN_BACK = "taken_back", _("Taken back")

    rule_set = models.CharField(_("Rule set"), max_length=40)
    name = models.CharField(_("Parameter"), max_length=100)
    since = models.DateField(_("Since"))
    until = models.DateField(_("Until"), null=True, blank=True)
    document = models.CharField(_("Document"), max_length=200)
    number = models.CharField(_("Document number"), max_length=100, blank=True)
    issuer = models.CharField(_("Issuer"), max_length=200, blank=True)
    # The document itself under its digest, as every uploaded file; '' where it was only read elsewhere.
    file_sha256 = models.CharField(max_length=64, blank=True)
    file_name = models.CharField(_("File"), max_length=200, blank=True)
    article = models.CharField(_("Article"), max_length=100, blank=True)
    note = models.CharField(_("Note"), max_length=500, blank=True)
    status = models.CharField(_("How sure"), max_length=12, default="official")
    # Once confirmed, the one it corrects counts no more.
    corrects = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="corrections",
        verbose_name=_("Corrects"),
    )
    state = models.CharField(_("State"), max_length=12, choices=State, default=State.REGISTERED)
    registered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField(_("Registered at"))
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    decided_at = models.DateTimeField(_("Decided at"), null=True, blank=True)
    decision_reason = models.CharField(_("Reason"), max_length=500, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("Parameter notice")
        constraints = [
            models.CheckConstraint(
                name="parameter_notice_second_person",
                condition=models.Q(decided_by=None) | ~models.Q(decided_by=models.F("registered_by")),
            ),
            models.CheckConstraint(
                name="parameter_notice_decided",
                condition=models.Q(state__in=["registered", "taken_back"], decided_by=None)
                | models.Q(state__in=["confirmed", "rejected"], decided_by__isnull=False),
            ),
            models.CheckConstraint(
                name="parameter_notice_status", condition=models.Q(status__in=STATUSES[:-1])
            ),
            models.CheckConstraint(
                name="parameter_notice_dates",
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
            ),
        ]
        triggers = frozen_once("parameter_notice", ~pgtrigger.Q(old__state="registered"))

    def __str__(self) -> str:
        return f"{self.name} {self.since:%Y-%m-%d}"


class NoticeValue(models.Model):
    """参数通知的数值: one number of a notice, with the key of the parameter's row that it is for ([] where it has none)."""

    notice = models.ForeignKey(
        ParameterNotice, on_delete=models.PROTECT, related_name="values", db_index=False
    )
    key = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    value = models.DecimalField(_("Value"), max_digits=38, decimal_places=18)

    class Meta:
        verbose_name = _("Value of a notice")
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(name="notice_value_once", fields=["notice", "key"])]
        triggers = append_only("notice_value")

    def __str__(self) -> str:
        return f"{'/'.join(self.key)} {self.value.normalize():f}".strip()


class NoticeWithdrawal(models.Model):
    """参数通知的撤回: that a confirmed notice counts no more, asked by one person and confirmed by a second.

    The notice itself stays as it is; what was filed while it counted keeps it.
    """

    class State(models.TextChoices):
        """Where a withdrawal stands."""

        ASKED = "asked", _("Asked")
        CONFIRMED = "confirmed", _("Confirmed")
        REFUSED = "refused", _("Refused")

    notice = models.ForeignKey(ParameterNotice, on_delete=models.PROTECT, related_name="withdrawals")
    # The notice that corrects it, where one does.
    correction = models.OneToOneField(ParameterNotice, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(_("State"), max_length=12, choices=State, default=State.ASKED)
    reason = models.CharField(_("Reason"), max_length=500, blank=True)  # '' where a correction says it
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("Asked at"))
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(_("Decided at"), null=True)
    decision_reason = models.CharField(_("Reason"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("Withdrawal of a notice")
        constraints = [
            models.UniqueConstraint(
                name="notice_withdrawn_once",
                fields=["notice"],
                condition=models.Q(state__in=["asked", "confirmed"]),
            ),
            models.CheckConstraint(
                name="notice_withdrawal_second_person",
                condition=models.Q(decided_by=None) | ~models.Q(decided_by=models.F("asked_by")),
            ),
            models.CheckConstraint(
                name="notice_withdrawal_decided",
                condition=models.Q(state="asked", decided_by=None)
                | models.Q(state__in=["confirmed", "refused"], decided_by__isnull=False),
            ),
        ]
        triggers = frozen_once("notice_withdrawal", ~pgtrigger.Q(old__state="asked"))

    def __str__(self) -> str:
        return str(self.notice)
