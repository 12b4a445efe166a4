"""Tables of the register: a body's own record, its applications, what was published, where it stands, what was found.

The record (`Body` and its rows) is the body's working copy and never public. Applying freezes a copy of it in an
`Application`; publishing writes what may be public of that copy into the body's `Page`. The public reads pages only.
"""

from __future__ import annotations

from datetime import date

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from shutan.apps.accounts.credit_code import validate_credit_code
from shutan.apps.accounts.models import Organisation, User, append_only
from shutan.apps.common.language import language


class Service(models.TextChoices):
    """What bodies offer: the plan's seven, and compiling reports apart from other advice because the Regulation's article 13 is."""

    CONSULTING = "consulting", _("Consulting")
    REPORTING = "reporting", _("Compiling emission reports")
    TESTING = "testing", _("Testing")
    VERIFICATION = "verification", _("Verification")
    CERTIFICATION = "certification", _("Certification")
    TRADING = "trading", _("Trading and asset management")
    TECHNOLOGY = "technology", _("Technology")
    FINANCE = "finance", _("Finance")


def _person() -> models.ForeignKey:
    return models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )


def _code(label: object) -> models.CharField:
    return models.CharField(label, max_length=18, blank=True, validators=[validate_credit_code])  # type: ignore[arg-type]


class Body(models.Model):
    """服务机构: one organisation's record in the register, as the body itself keeps it."""

    class State(models.TextChoices):
        """Where the registration stands; an application under way is told by `Application`."""

        DRAFT = "draft", _("Not registered yet")
        PUBLISHED = "published", _("Registered")
        SUSPENDED = "suspended", _("Suspended")
        WITHDRAWN = "withdrawn", _("Registration withdrawn")

    organisation = models.OneToOneField(
        Organisation, on_delete=models.PROTECT, related_name="body", verbose_name=_("Organisation")
    )
    state = models.CharField(_("Status"), max_length=12, choices=State, default=State.DRAFT)
    services = ArrayField(
        models.CharField(max_length=16, choices=Service), default=list, blank=True, verbose_name=_("Services")
    )
    summary = models.TextField(_("What it does"), max_length=1000, blank=True)
    legal_representative = models.CharField(_("Legal representative"), max_length=80, blank=True)
    registered_capital = models.DecimalField(
        _("Registered capital (10⁴ CNY)"),
        max_digits=14,
        decimal_places=4,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    premises = models.CharField(_("Office premises"), max_length=200, blank=True)
    contact_name = models.CharField(_("Contact person"), max_length=80, blank=True)
    contact_phone = models.CharField(
        _("Telephone"), max_length=40, blank=True, validators=[RegexValidator(r"^[0-9+() \-]{5,40}$")]
    )
    contact_email = models.EmailField(_("E-mail"), blank=True)
    is_branch = models.BooleanField(_("Branch of a body registered elsewhere"), default=False)
    head_name = models.CharField(_("Head body"), max_length=120, blank=True)
    head_code = _code(_("Credit code of the head body"))
    quality_measures = models.TextField(_("Measures of quality control"), max_length=2000, blank=True)
    impartiality_measures = models.TextField(_("Measures of impartiality"), max_length=2000, blank=True)
    # Counts every change of the record or its rows; who changes or applies names the one they saw.
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(_("Created"))
    changed_at = models.DateTimeField(_("Changed"))

    class Meta:
        """Names and constraints."""

        verbose_name = _("Service body")
        constraints = [
            models.CheckConstraint(
                name="body_state_known",
                condition=models.Q(state__in=["draft", "published", "suspended", "withdrawn"]),
            ),
            models.CheckConstraint(
                name="body_services_known",
                condition=models.Q(services__contained_by=Service.values),
            ),
        ]
        triggers = [pgtrigger.Protect(name="body_no_delete", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.organisation.name

    @property
    def service_names(self) -> str:
        """Its services in the language of the page."""
        return named(self.services)


def named(services: list[str]) -> str:
    """Services in the language of the page, in the order of the plan."""
    return str(_(", ")).join(str(one.label) for one in Service if one in services)


class Row(models.Model):
    """What each line of a body's record has in common."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)
    changed_at = models.DateTimeField(_("Changed"), editable=False)
    changed_by = _person()

    class Meta:
        """Only its kinds have tables."""

        abstract = True


class Accreditation(Row):
    """资质: an approval or accreditation with its scope and dates."""

    class Kind(models.TextChoices):
        """Who accredits for what."""

        CMA = "cma", _("CMA, testing bodies (market regulation)")
        CNAS = "cnas", _("CNAS accreditation")
        CERTIFIER = "certifier", _("Approval as certification body")
        CCER = "ccer", _("Approval to validate and verify CCER")
        OTHER = "other", _("Other")

    kind = models.CharField(_("Accreditation"), max_length=12, choices=Kind)
    number = models.CharField(_("Certificate number"), max_length=80)
    issuer = models.CharField(_("Issued by"), max_length=120)
    scope = models.TextField(_("Scope: items, parameters, standards"), max_length=4000)
    valid_from = models.DateField(_("Valid from"))
    valid_to = models.DateField(_("Valid to"), null=True, blank=True)
    # The scan, kept under its digest like every uploaded file.
    document_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    document_name = models.CharField(_("Document"), max_length=200, blank=True, editable=False)

    class Meta:
        """Names and constraints."""

        verbose_name = _("Accreditation")
        ordering = ["kind", "number"]
        constraints = [
            models.UniqueConstraint(name="accreditation_once", fields=["body", "kind", "number"]),
            models.CheckConstraint(
                name="accreditation_days_in_order",
                condition=models.Q(valid_to=None) | models.Q(valid_to__gte=models.F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"


class Member(Row):
    """人员: someone who works for the body, with one certificate; who has two stands here twice."""

    name = models.CharField(_("Full name"), max_length=80)
    position = models.CharField(_("Position"), max_length=80, blank=True)
    is_full_time = models.BooleanField(_("Full-time"), default=True)
    since = models.DateField(_("In the field since"), null=True, blank=True)
    certificate = models.CharField(_("Certificate"), max_length=120, blank=True)
    certificate_number = models.CharField(_("Certificate number"), max_length=80, blank=True)
    issuer = models.CharField(_("Issued by"), max_length=120, blank=True)
    valid_to = models.DateField(_("Valid to"), null=True, blank=True)
    sectors = models.CharField(_("Sectors or items"), max_length=200, blank=True)

    class Meta:
        """Names and constraints."""

        verbose_name = _("Person of a body")
        ordering = ["name", "certificate"]
        constraints = [
            models.UniqueConstraint(
                name="member_certificate_once", fields=["body", "name", "certificate", "certificate_number"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.certificate}".strip()


class Instrument(Row):
    """仪器设备: a measuring instrument with its last calibration and when the next is due."""

    name = models.CharField(_("Measuring instrument"), max_length=120)
    model = models.CharField(_("Model"), max_length=80, blank=True)
    serial_number = models.CharField(_("Serial number"), max_length=80)
    measures = models.CharField(_("What it measures"), max_length=120)
    accuracy = models.CharField(_("Range and accuracy"), max_length=120, blank=True)
    calibrated_on = models.DateField(_("Calibrated on"), null=True, blank=True)
    valid_to = models.DateField(_("Calibration due"), null=True, blank=True)
    calibrated_by = models.CharField(_("Calibrated by"), max_length=120, blank=True)
    certificate_number = models.CharField(_("Certificate number"), max_length=80, blank=True)

    class Meta:
        """Names and constraints."""

        verbose_name = _("Measuring instrument")
        ordering = ["name", "serial_number"]
        constraints = [
            models.UniqueConstraint(name="instrument_once", fields=["body", "serial_number"]),
            models.CheckConstraint(
                name="instrument_days_in_order",
                condition=models.Q(valid_to=None)
                | models.Q(calibrated_on=None)
                | models.Q(valid_to__gte=models.F("calibrated_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.serial_number}"


class Work(Row):
    """业绩: one piece of work for one unit."""

    service = models.CharField(_("Service"), max_length=16, choices=Service)
    year = models.PositiveSmallIntegerField(_("Year the work is about"))
    client_name = models.CharField(_("Client"), max_length=120)
    client_code = _code(_("Credit code of the client"))
    subject = models.CharField(_("Subject"), max_length=200, blank=True)
    finished_on = models.DateField(_("Finished on"))
    in_province = models.BooleanField(_("For a unit in Sichuan"), default=True)

    class Meta:
        """Names and constraints."""

        verbose_name = _("Work done")
        ordering = ["-finished_on", "client_name"]
        constraints = [
            models.UniqueConstraint(
                name="work_once", fields=["body", "service", "year", "client_name", "subject"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_service_display()} {self.client_name} {self.year}"


class Interest(Row):
    """利益关系: what the body declares of interests that touch its impartiality."""

    class Kind(models.TextChoices):
        """Keys of `shutan.rules.bodies.TIES`."""

        OWNERSHIP = "ownership", _("Assets or shares")
        SAME_PARENT = "same_parent", _("Same parent")
        CONTRACT = "contract", _("Contract or payment")
        MANAGERS = "managers", _("Shared or former managers")
        STAFF = "staff", _("Staff employed by, or having advised, the unit")

    kind = models.CharField(_("Interest"), max_length=12, choices=Kind)
    party_name = models.CharField(_("Other side"), max_length=120)
    party_code = _code(_("Credit code of the other side"))
    person = models.CharField(_("Person concerned"), max_length=80, blank=True)
    begins = models.DateField(_("Since"), null=True, blank=True)
    ends = models.DateField(_("Until"), null=True, blank=True)
    measures = models.CharField(_("What is done about it"), max_length=500, blank=True)

    class Meta:
        """Names and constraints."""

        verbose_name = _("Declared interest")
        ordering = ["party_name", "kind"]
        constraints = [
            models.UniqueConstraint(name="interest_once", fields=["body", "kind", "party_name", "person"]),
            models.CheckConstraint(
                name="interest_days_in_order",
                condition=models.Q(begins=None)
                | models.Q(ends=None)
                | models.Q(ends__gte=models.F("begins")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.party_name}"


class Application(models.Model):
    """申请: the whole record as it was sent in, and what the province said to it. Never changed once decided."""

    class Kind(models.TextChoices):
        """What is asked for."""

        FIRST = "first", _("First registration")
        CHANGE = "change", _("Change of the record")
        RENEWAL = "renewal", _("Renewal")

    class State(models.TextChoices):
        """Where it stands."""

        REVIEW = "review", _("Under review")
        RETURNED = "returned", _("Returned")
        APPROVED = "approved", _("Approved")
        TAKEN_BACK = "taken_back", _("Taken back")

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="applications")
    kind = models.CharField(_("Application"), max_length=12, choices=Kind)
    state = models.CharField(_("Status"), max_length=12, choices=State, default=State.REVIEW)
    content = models.JSONField()  # content.whole(body) of that moment
    note = models.CharField(_("Note"), max_length=500, blank=True)
    submitted_at = models.DateTimeField(_("Submitted"))
    submitted_by = _person()
    decided_at = models.DateTimeField(_("Decided"), null=True)
    decided_by = _person()
    reason = models.CharField(_("Reason"), max_length=1000, blank=True)

    class Meta:
        """Names and constraints."""

        verbose_name = _("Application")
        ordering = ["-submitted_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="application_one_under_review", fields=["body"], condition=models.Q(state="review")
            ),
            models.CheckConstraint(
                name="application_returned_with_reason",
                condition=~models.Q(state="returned") | ~models.Q(reason=""),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="application_no_delete", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="application_content_stays",
                fields=["body", "kind", "content", "submitted_at", "submitted_by"],
            ),
            pgtrigger.Protect(
                name="application_decided_stays",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__state="review"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.get_kind_display()}"


class Page(models.Model):
    """公开页: what anybody reads of a registered body. Written by the decisions of the province alone."""

    body = models.OneToOneField(Body, on_delete=models.PROTECT, related_name="page")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="+")
    name_zh = models.CharField(_("Name in Chinese"), max_length=120)
    name_en = models.CharField(_("Name in English"), max_length=200, blank=True)
    credit_code = models.CharField(_("Unified social credit code"), max_length=18, blank=True)
    division_code = models.CharField(_("Division code"), max_length=6)
    services = ArrayField(models.CharField(max_length=16), verbose_name=_("Services"))
    accreditations = ArrayField(models.CharField(max_length=16), verbose_name=_("Accreditations"))
    scope = models.TextField(blank=True)  # all that the search for a scope reads
    content = models.JSONField()  # content.public(…) of the application
    published_at = models.DateTimeField(_("Published"))
    first_published_at = models.DateTimeField(_("Registered"))
    valid_until = models.DateField(_("Registered until"), null=True)

    class Meta:
        """Names and constraints."""

        verbose_name = _("Public page of a body")
        triggers = [pgtrigger.Protect(name="page_no_delete", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language of the page; Chinese where there is no English one."""
        return (self.name_en if language() == "en" else "") or self.name_zh

    @property
    def service_names(self) -> str:
        """Its services in the language of the page."""
        return named(self.services)

    def state(self, today: date) -> str:
        """What stands beside the name: published, expired, suspended or withdrawn."""
        state = self.body.state
        if state == Body.State.PUBLISHED and self.valid_until and self.valid_until < today:
            return "expired"
        return str(state)


class Standing(models.Model):
    """登记状态变化: each time the registration was given, renewed, suspended, resumed or withdrawn, and why. Public."""

    class Kind(models.TextChoices):
        """What happened."""

        REGISTERED = "registered", _("Registered")
        CHANGED = "changed", _("Record changed")
        RENEWED = "renewed", _("Renewed")
        SUSPENDED = "suspended", _("Suspended")
        RESUMED = "resumed", _("Resumed")
        WITHDRAWN = "withdrawn", _("Registration withdrawn")

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="standings")
    kind = models.CharField(_("What happened"), max_length=12, choices=Kind)
    at = models.DateTimeField(_("When"))
    by = _person()
    reason = models.CharField(_("Reason"), max_length=1000, blank=True)
    until = models.DateField(_("Registered until"), null=True)

    class Meta:
        """Names and constraints."""

        verbose_name = _("Change of standing")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="standing_with_reason",
                condition=models.Q(kind__in=["registered", "changed", "renewed"]) | ~models.Q(reason=""),
            )
        ]
        triggers = append_only("standing")

    def __str__(self) -> str:
        return f"{self.body} {self.get_kind_display()}"


class Finding(models.Model):
    """问题记录: what an authority found at a body, the body's answer, and how it was closed."""

    class State(models.TextChoices):
        """Where it stands."""

        OPEN = "open", _("Waiting for the body's answer")
        ANSWERED = "answered", _("Answered")
        SETTLED = "settled", _("Settled")

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="findings")
    found_on = models.DateField(_("Found on"))
    source = models.CharField(_("Found through"), max_length=200)
    title = models.CharField(_("What was found"), max_length=200)
    details = models.TextField(_("Details"), max_length=4000, blank=True)
    is_public = models.BooleanField(_("Shown on the public page once closed"), default=False)
    state = models.CharField(_("Status"), max_length=12, choices=State, default=State.OPEN)
    recorded_at = models.DateTimeField(_("Recorded"))
    recorded_by = _person()
    recorded_for = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Recorded by"),
    )
    answer = models.TextField(_("Answer"), max_length=4000, blank=True)
    answered_at = models.DateTimeField(_("Answered"), null=True, blank=True)
    result = models.CharField(_("Result"), max_length=1000, blank=True)
    closed_at = models.DateTimeField(_("Closed"), null=True, blank=True)

    class Meta:
        """Names and constraints."""

        verbose_name = _("Finding at a body")
        ordering = ["-found_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="body_finding_closed_with_result",
                condition=~models.Q(state="settled") | ~models.Q(result=""),
            )
        ]
        triggers = [
            pgtrigger.Protect(name="body_finding_no_delete", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="body_finding_stays",
                fields=[
                    "body",
                    "found_on",
                    "source",
                    "title",
                    "details",
                    "is_public",
                    "recorded_at",
                    "recorded_by",
                ],
            ),
            pgtrigger.Protect(
                name="body_finding_closed_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state="settled"),
            ),
        ]

    def __str__(self) -> str:
        return self.title
