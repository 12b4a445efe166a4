"""Tables of the directory: who there is, what is true of them from when to when, and the events that changed it.

A fact is never rewritten and never removed: what was true ends (`during`), what was wrong is withdrawn. So the directory
can say both what held on any day and what was known of it.
"""

from __future__ import annotations

import pghistory
import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from shutan.apps.accounts.models import Organisation, User, append_only


class EntityKind(models.TextChoices):
    """What stands in the directory."""

    LEGAL_PERSON = "legal_person", _("Legal person")
    REPORTING_ENTITY = "reporting_entity", _("Reporting entity")
    FACILITY = "facility", _("Facility")
    LINE = "line", _("Unit or line")


class EventKind(models.TextChoices):
    """What can happen to them. `consequences.py` says what follows."""

    COMMISSIONING = "commissioning", _("Commissioning")
    STOP = "stop", _("Stop")
    RESUME = "resume", _("Resume")
    SHUTDOWN = "shutdown", _("Shutdown for good")
    CAPACITY_CHANGE = "capacity_change", _("Change of capacity")
    MERGER = "merger", _("Merger")
    SPLIT = "split", _("Split")
    TRANSFER = "transfer", _("Transfer")
    NAME_CHANGE = "name_change", _("Change of name")
    CLOSURE = "closure", _("Closure")
    CORRECTION = "correction", _("Correction of an event")


def _known(name: str, field: str, values: list[str]) -> models.CheckConstraint:
    return models.CheckConstraint(name=name, condition=models.Q(**{f"{field}__in": values}))


class Entity(models.Model):
    """主体: a legal person, reporting entity, facility or line. Everything else about it is a dated fact."""

    kind = models.CharField(_("Kind"), max_length=20, choices=EntityKind)
    # The account of a legal person; facilities and lines are found through their facts.
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="entities",
        null=True,
        blank=True,
        verbose_name=_("Organisation"),
    )
    # Counts every change; whoever changes names the one they saw.
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(_("Created"))
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(_("Changed"))
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("Entity")
        constraints = [
            _known("entity_kind_known", "kind", EntityKind.values),
            models.UniqueConstraint(
                name="entity_one_legal_person_an_organisation",
                fields=["organisation"],
                condition=models.Q(kind=EntityKind.LEGAL_PERSON),
            ),
        ]
        indexes = [models.Index(fields=["kind"], name="entity_kind")]
        triggers = [
            pgtrigger.Protect(name="entity_no_delete", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(name="entity_kind_stays", fields=["kind", "created_at", "created_by"]),
        ]

    def __str__(self) -> str:
        # Lists annotate the name of a day; elsewhere the number is what is certain.
        return getattr(self, "at_name", None) or f"{self.get_kind_display()} {self.pk}"


class Event(models.Model):
    """事件: something that happened on a day, with its document. Never changed; undone by an event that corrects it."""

    kind = models.CharField(_("Event"), max_length=20, choices=EventKind)
    on = models.DateField(_("On"))
    document = models.CharField(_("Document"), max_length=200, blank=True)
    note = models.CharField(_("Note"), max_length=1000, blank=True)
    details = models.JSONField(default=dict)  # what was entered, as entered
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="corrected_by", verbose_name=_("Corrects")
    )
    recorded_at = models.DateTimeField(_("Recorded"))
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("Event")
        constraints = [
            _known("event_kind_known", "kind", EventKind.values),
            models.CheckConstraint(
                name="event_correction_names_its_event",
                condition=models.Q(kind=EventKind.CORRECTION, corrects__isnull=False)
                | (~models.Q(kind=EventKind.CORRECTION) & models.Q(corrects__isnull=True)),
            ),
        ]
        triggers = append_only("directory_event")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on}"


class EventSubject(models.Model):
    """事件主体: one entity an event is about, and its part in it."""

    class Part(models.TextChoices):
        """What an entity is in an event."""

        SUBJECT = "subject", _("Subject")
        OTHER = "other", _("Taken over")
        INTO = "into", _("Goes to")
        AFFECTED = "affected", _("Affected")

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="subjects")
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="event_parts")
    part = models.CharField(_("Part"), max_length=12, choices=Part)

    class Meta:
        verbose_name = _("Subject of an event")
        constraints = [models.UniqueConstraint(name="event_subject_once", fields=["event", "entity"])]
        triggers = append_only("event_subject")

    def __str__(self) -> str:
        return f"{self.event_id} {self.entity_id} {self.part}"


# What is recorded never changes but for its end and its withdrawal: those changes are kept, row by row.
@pghistory.track(pghistory.UpdateEvent())
class Fact(models.Model):
    """事实: one thing that is true of an entity from a day to a day (the last day not included)."""

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="facts", db_index=False)
    name = models.CharField(_("Fact"), max_length=40)  # one of `facts.FACTS` of the entity's kind
    value = models.CharField(_("Value"), max_length=400, blank=True)
    target = models.ForeignKey(
        Entity, on_delete=models.PROTECT, null=True, blank=True, related_name="named_by"
    )
    during = DateRangeField(_("Valid"))
    source = models.CharField(_("Source"), max_length=300, blank=True)
    begun_by = models.ForeignKey(Event, on_delete=models.PROTECT, null=True, related_name="begun")
    ended_by = models.ForeignKey(Event, on_delete=models.PROTECT, null=True, related_name="ended")
    recorded_at = models.DateTimeField(_("Recorded"))
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    # A fact that was wrong: kept, told, and no longer part of any day.
    withdrawn_at = models.DateTimeField(_("Withdrawn"), null=True)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_why = models.CharField(_("Reason"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("Fact")
        constraints = [
            ExclusionConstraint(
                name="fact_no_overlap",
                expressions=[
                    ("entity", RangeOperators.EQUAL),
                    ("name", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                condition=models.Q(withdrawn_at__isnull=True),
            ),
            ExclusionConstraint(
                name="fact_credit_code_once",
                expressions=[("value", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                condition=models.Q(name="credit_code", withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(name="fact_has_days", condition=models.Q(during__isempty=False)),
            models.CheckConstraint(name="fact_begins", condition=models.Q(during__lower_inf=False)),
            models.CheckConstraint(
                name="fact_value_or_target",
                condition=models.Q(value="", target__isnull=False)
                | (~models.Q(value="") & models.Q(target__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(fields=["name", "value"], name="fact_name_value"),
            models.Index(
                fields=["entity", "name"], name="fact_standing", condition=models.Q(withdrawn_at__isnull=True)
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="fact_no_delete", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="fact_stays",
                fields=[
                    "entity",
                    "name",
                    "value",
                    "target",
                    "source",
                    "begun_by",
                    "recorded_at",
                    "recorded_by",
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}={self.value or self.target_id}"


class RegistryChange(models.Model):
    """变更: what the registry must change after an event, which the province reviews first (管理办法 18)."""

    class State(models.TextChoices):
        """Where the notice stands."""

        WAITING = "waiting", _("Waiting for the province")
        APPROVED = "approved", _("Approved")
        REJECTED = "rejected", _("Rejected")

    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="registry_change")
    state = models.CharField(_("Status"), max_length=12, choices=State, default=State.WAITING)
    decided_at = models.DateTimeField(_("Decided"), null=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(_("Reason"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("Registry change notice")
        constraints = [
            models.CheckConstraint(
                name="registry_change_decided",
                condition=models.Q(state="waiting", decided_at__isnull=True)
                | models.Q(state__in=["approved", "rejected"], decided_at__isnull=False),
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="registry_change_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=~pgtrigger.Q(old__state="waiting"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.state}"


class SavedView(models.Model):
    """保存的视图: a list's address a person keeps under a name."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_views")
    list_key = models.CharField(max_length=40)
    name = models.CharField(_("Name"), max_length=60)
    query = models.CharField(max_length=1000)

    class Meta:
        verbose_name = _("Saved view")
        constraints = [models.UniqueConstraint(name="saved_view_once", fields=["person", "list_key", "name"])]

    def __str__(self) -> str:
        return self.name
