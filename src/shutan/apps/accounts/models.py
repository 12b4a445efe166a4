"""Tables of who acts: organisations, people, API tokens; and of what they did: the log."""

from __future__ import annotations

from datetime import date, datetime

import pgtrigger
from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from shutan.apps.accounts.credit_code import validate_credit_code
from shutan.apps.common.language import language


def append_only(name: str) -> list[pgtrigger.Trigger]:
    """Triggers for a table that only grows: no update, no delete, no truncate, whoever asks."""
    return [
        pgtrigger.Protect(name=f"{name}_no_change", operation=pgtrigger.Update | pgtrigger.Delete),
        # Protect knows no TRUNCATE, which would empty the table past its row triggers.
        pgtrigger.Trigger(
            name=f"{name}_no_truncate",
            operation=pgtrigger.Truncate,
            when=pgtrigger.Before,
            level=pgtrigger.Statement,
            func="RAISE EXCEPTION 'pgtrigger: Cannot truncate rows from % table', TG_TABLE_NAME;",
        ),
    ]


class Kind(models.TextChoices):
    """What an organisation is in the province's carbon market."""

    ENTERPRISE = "enterprise", _("Enterprise")
    GROUP = "group", _("Group head office")
    PROVINCE = "province", _("Provincial ecology department")
    CITY = "city", _("Municipal ecology bureau")
    MARKET = "market", _("Market regulation")
    INDUSTRY = "industry", _("Industry and information technology")
    REFORM = "reform", _("Development and reform")
    STATISTICS = "statistics", _("Statistics")
    ENERGY = "energy", _("Energy administration")
    FINANCE = "finance", _("Finance department")
    FORESTRY = "forestry", _("Forestry and grassland")
    GRID = "grid", _("Grid company")
    POLICE = "police", _("Public security")
    VERIFIER = "verifier", _("Verification body")
    LABORATORY = "laboratory", _("Laboratory")
    SERVICE = "service", _("Service company")
    EXCHANGE = "exchange", _("Exchange")
    BANK = "bank", _("Bank")
    ASSOCIATION = "association", _("Association")
    EXPERT = "expert", _("Expert")
    PUBLIC = "public", _("Public")


# The plan's departments beside ecology and environment. The police only receive what is referred to them.
DEPARTMENTS: tuple[str, ...] = (
    Kind.MARKET,
    Kind.INDUSTRY,
    Kind.REFORM,
    Kind.STATISTICS,
    Kind.ENERGY,
    Kind.FINANCE,
    Kind.FORESTRY,
    Kind.GRID,
    Kind.POLICE,
)


class Role(models.TextChoices):
    """What a person does in their organisation. ROLES_OF_KIND says which fit where."""

    ADMIN = "admin", _("Administrator")
    FILLER = "filler", _("Filler")
    REVIEWER = "reviewer", _("Reviewer")
    RESPONSIBLE = "responsible", _("Responsible person")
    OFFICER = "officer", _("Case officer")
    LEAD = "lead", _("Lead")
    DEPUTY = "deputy", _("Deputy")
    MEMBER = "member", _("Member")


_FILING = (Role.ADMIN, Role.FILLER, Role.REVIEWER, Role.RESPONSIBLE)
_OFFICE = (Role.ADMIN, Role.OFFICER, Role.LEAD, Role.DEPUTY)
ROLES_OF_KIND: dict[str, tuple[str, ...]] = {
    Kind.ENTERPRISE: _FILING,
    Kind.GROUP: (Role.ADMIN, Role.RESPONSIBLE, Role.MEMBER),
    Kind.PROVINCE: _OFFICE,
    Kind.CITY: _OFFICE,
    **dict.fromkeys(DEPARTMENTS, _OFFICE),
    Kind.VERIFIER: _FILING,
    Kind.LABORATORY: _FILING,
    Kind.SERVICE: _FILING,
    Kind.EXCHANGE: (Role.ADMIN, Role.MEMBER),
    Kind.BANK: (Role.ADMIN, Role.MEMBER),
    Kind.ASSOCIATION: (Role.ADMIN, Role.MEMBER),
    Kind.EXPERT: (Role.ADMIN, Role.MEMBER),
    Kind.PUBLIC: (Role.MEMBER,),
}


class Organisation(models.Model):
    """机构: whom people act for."""

    kind = models.CharField(_("Kind"), max_length=16, choices=Kind)
    name_zh = models.CharField(_("Name in Chinese"), max_length=120, unique=True)
    name_en = models.CharField(_("Name in English"), max_length=200, blank=True)
    credit_code = models.CharField(
        _("Unified social credit code"),
        max_length=18,
        unique=True,
        null=True,
        blank=True,
        validators=[validate_credit_code],
    )
    division_code = models.CharField(
        _("Division code"), max_length=6, validators=[RegexValidator(r"^\d{6}$")], default="510000"
    )
    head_office = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="plants",
        limit_choices_to={"kind": Kind.GROUP},
        verbose_name=_("Group head office"),
    )
    address = models.CharField(_("Address"), max_length=200, blank=True)
    contact_name = models.CharField(_("Contact person"), max_length=80, blank=True)
    contact_phone = models.CharField(
        _("Telephone"), max_length=40, blank=True, validators=[RegexValidator(r"^[0-9+() \-]{5,40}$")]
    )
    contact_email = models.EmailField(_("E-mail"), blank=True)
    is_fictitious = models.BooleanField(_("Fictitious"), default=False)
    created_at = models.DateTimeField(_("Created"))
    # Counts every change; whoever changes names the one they saw.
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        """Names and constraints."""

        verbose_name = _("Organisation")
        constraints = [
            models.CheckConstraint(
                name="organisation_no_head_of_itself",
                condition=models.Q(head_office=None) | ~models.Q(head_office=models.F("pk")),
            ),
            models.CheckConstraint(name="organisation_kind_known", condition=models.Q(kind__in=Kind.values)),
            models.CheckConstraint(
                name="organisation_division_code_digits", condition=models.Q(division_code__regex=r"^\d{6}$")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language of the page; Chinese where there is no English one."""
        return (self.name_en if language() == "en" else "") or self.name_zh

    def clean(self) -> None:
        """Only an enterprise belongs to a group, and what it belongs to is a group."""
        if self.head_office and (self.kind != Kind.ENTERPRISE or self.head_office.kind != Kind.GROUP):
            raise ValidationError({"head_office": _("Only an enterprise has a group head office.")})


class User(AbstractUser):
    """人员: a person with a log-in; belongs to one organisation and has one role there."""

    class Density(models.TextChoices):
        """Height of table rows."""

        COMFORTABLE = "comfortable", _("Comfortable")
        COMPACT = "compact", _("Compact")

    class Language(models.TextChoices):
        """Languages of the pages, each by its own name."""

        ZH = "zh-hans", "简体中文"
        EN = "en", "English"

    first_name = None  # type: ignore[assignment]  # one field holds the whole name: Django's way to drop two
    last_name = None  # type: ignore[assignment]
    name = models.CharField(_("Full name"), max_length=80, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="people",
        null=True,
        verbose_name=_("Organisation"),
    )
    role = models.CharField(_("Role"), max_length=16, choices=Role, default=Role.MEMBER)
    language = models.CharField(_("Language"), max_length=8, choices=Language, default=Language.ZH)
    density = models.CharField(_("Row height"), max_length=12, choices=Density, default=Density.COMFORTABLE)

    class Meta:
        """Names and constraints."""

        verbose_name = _("Person")
        constraints = [
            models.CheckConstraint(name="user_role_known", condition=models.Q(role__in=Role.values))
        ]

    def __str__(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        """The person's name as pages show it."""
        return self.name or self.username

    def get_short_name(self) -> str:
        """The same: Chinese names are short."""
        return self.get_full_name()

    @property
    def kind(self) -> str:
        """The kind of the person's organisation; 'public' for whoever belongs to none."""
        return self.organisation.kind if self.organisation else Kind.PUBLIC


class Area(models.TextChoices):
    """What of an organisation's work a scope or a mandate is about."""

    DIRECTORY = "directory", _("Directory")
    REPORTING = "reporting", _("Reporting")
    MONITORING = "monitoring", _("Monitoring")
    TRADING = "trading", _("Trading")


class MandateQuerySet(models.QuerySet["Mandate"]):
    """Mandates by where they stand."""

    def open(self, today: date) -> MandateQuerySet:
        """Neither revoked nor past their last day: offered, to come or in force."""
        return self.filter(revoked_at=None, ends__gte=today)

    def in_force(self, today: date) -> MandateQuerySet:
        """Those under which the agent may act on a day."""
        return self.open(today).filter(begins__lte=today, accepted_at__isnull=False)


class Mandate(models.Model):
    """委托: an enterprise lets a service company act for it in some areas and between two days."""

    principal = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="mandates_given", verbose_name=_("Principal")
    )
    agent = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="mandates_held", verbose_name=_("Agent")
    )
    areas = ArrayField(models.CharField(max_length=16, choices=Area), verbose_name=_("Areas"))
    begins = models.DateField(_("First day"))
    ends = models.DateField(_("Last day"))
    number = models.CharField(_("Document number"), max_length=80)
    # The signed document, kept under its digest like every uploaded file; '' where only its number is known.
    document_sha256 = models.CharField(max_length=64, blank=True)
    document_name = models.CharField(_("Document"), max_length=200, blank=True)
    given_by = models.ForeignKey(
        "User", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Given by")
    )
    given_at = models.DateTimeField(_("Given at"))
    accepted_by = models.ForeignKey(
        "User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Accepted by"),
    )
    accepted_at = models.DateTimeField(_("Accepted"), null=True, blank=True)
    # By the principal at any time; by the agent, who so declines or lays it down.
    revoked_by = models.ForeignKey(
        "User", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Ended by")
    )
    revoked_at = models.DateTimeField(_("Ended"), null=True, blank=True)
    reason = models.CharField(_("Reason"), max_length=500, blank=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        """Names and constraints."""

        verbose_name = _("Mandate")
        constraints = [
            models.CheckConstraint(
                name="mandate_days_in_order", condition=models.Q(ends__gte=models.F("begins"))
            ),
            models.CheckConstraint(
                name="mandate_two_parties", condition=~models.Q(principal=models.F("agent"))
            ),
            models.CheckConstraint(name="mandate_some_area", condition=models.Q(areas__len__gt=0)),
            models.CheckConstraint(
                name="mandate_ended_with_reason", condition=models.Q(revoked_at=None) | ~models.Q(reason="")
            ),
        ]
        indexes = [
            models.Index(fields=["agent", "ends"], name="mandate_agent"),
            models.Index(fields=["principal", "ends"], name="mandate_principal"),
        ]
        triggers = [
            pgtrigger.Protect(name="mandate_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="mandate_ended_for_good",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__revoked_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.principal} → {self.agent} ({self.number})"

    @property
    def organisation(self) -> Organisation:
        """Whose record it is: the principal's."""
        return self.principal

    def state(self, today: date) -> str:
        """Where it stands on a day: offered, declined, upcoming, in_force, ended or revoked."""
        if self.revoked_at is not None:
            return "revoked" if self.accepted_at else "declined"
        if today > self.ends:
            return "ended"
        if self.accepted_at is None:
            return "offered"
        return "upcoming" if today < self.begins else "in_force"

    @property
    def area_names(self) -> str:
        """Its areas in the language of the page."""
        return str(_(", ")).join(str(Area(one).label) for one in self.areas)


class Deputy(models.Model):
    """代理: someone of the same organisation stands in for a colleague between two days, with the colleague's role."""

    person = models.ForeignKey(
        "User", on_delete=models.PROTECT, related_name="deputies", verbose_name=_("Stands in for")
    )
    deputy = models.ForeignKey(
        "User", on_delete=models.PROTECT, related_name="stands_in", verbose_name=_("Who stands in")
    )
    begins = models.DateField(_("First day"))
    ends = models.DateField(_("Last day"))
    given_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField(_("Given at"))
    ended_at = models.DateTimeField(_("Ended"), null=True)

    class Meta:
        """Names and constraints."""

        verbose_name = _("Standing in")
        constraints = [
            models.CheckConstraint(
                name="deputy_days_in_order", condition=models.Q(ends__gte=models.F("begins"))
            ),
            models.CheckConstraint(name="deputy_two_people", condition=~models.Q(person=models.F("deputy"))),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} → {self.person}"


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    """Tokens by where they stand."""

    def in_state(self, state: str, now: datetime) -> ApiTokenQuerySet:
        """Those of which `state` says the same."""
        if state == "revoked":
            return self.exclude(revoked_at=None)
        kept = self.filter(revoked_at=None)
        return kept.filter(expires_at__lte=now) if state == "expired" else kept.filter(expires_at__gt=now)


class ApiToken(models.Model):
    """接口令牌: lets a program act as a person; only its hash is kept."""

    class Scope(models.TextChoices):
        """What a token may do of what its owner may."""

        READ = "read", _("Read")
        WRITE = "write", _("Read and write")
        DECIDE = "decide", _("Read, write, sign and decide")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    label = models.CharField(_("Used for"), max_length=80)
    hint = models.CharField(_("Begins with"), max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    scope = models.CharField(_("Scope"), max_length=8, choices=Scope, default=Scope.READ)
    # The second factor under which a token of scope `decide` was issued (totp, webauthn, …); '' for none.
    factor = models.CharField(_("Issued under"), max_length=16, blank=True)
    created_at = models.DateTimeField(_("Created"))
    expires_at = models.DateTimeField(_("Expires"))
    last_used_at = models.DateTimeField(_("Last used"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("Revoked"), null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        """Names and constraints."""

        verbose_name = _("API token")

    def __str__(self) -> str:
        return f"{self.label} ({self.hint}…)"

    def state(self, now: datetime) -> str:
        """Where it stands: normal, expired or revoked."""
        if self.revoked_at is not None:
            return "revoked"
        return "normal" if now < self.expires_at else "expired"

    def is_usable(self, now: datetime) -> bool:
        """Neither revoked nor expired, and its owner may still sign in."""
        return self.revoked_at is None and now < self.expires_at and self.user.is_active


class LogEntry(models.Model):
    """操作日志: one action that was done: who, when, why, what, on what. Never changed, never removed."""

    class Via(models.TextChoices):
        """Which door the action came through."""

        WEB = "web", _("Web")
        API = "api", _("API")
        CLI = "cli", _("Command line")
        SYSTEM = "system", _("System")

    at = models.DateTimeField(_("When"), db_index=True)
    actor = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("Who")
    )
    # Kept beside the key: names change, the log tells who it was then.
    actor_name = models.CharField(_("Who"), max_length=120)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("Organisation")
    )
    # Whose record it was, when a service company acted under a mandate: it stands in that organisation's log too.
    on_behalf_of = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("On behalf of")
    )
    via = models.CharField(_("Through"), max_length=8, choices=Via)
    action = models.CharField(_("Action"), max_length=64, db_index=True)
    why = models.CharField(_("Reason"), max_length=500, blank=True)
    subject_type = models.CharField(max_length=64)
    subject_id = models.CharField(max_length=64)
    subject_label = models.CharField(_("Subject"), max_length=200)
    details = models.JSONField(default=dict)

    class Meta:
        """Names and constraints."""

        verbose_name = _("Log entry")
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="log_subject")]
        triggers = append_only("log")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.actor_name} {self.action} {self.subject_label}"
