"""Tables of the evidence log: what was recorded, and the tree over it. Nothing here is ever changed or removed."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from shutan.apps.accounts.models import Organisation, append_only
from shutan.apps.common.files import Scan
from shutan.apps.common.freezing import no_truncate
from shutan.evidence.records import ENTRY_BYTES, SALT_BYTES


class Record(models.Model):
    """存证记录: what one action proved, as its receipt says it; a leaf of the log once it has its place."""

    at = models.DateTimeField(_("When"))
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("Organisation")
    )
    kind = models.CharField(_("Action"), max_length=64)  # the action's name
    subject_type = models.CharField(max_length=64)
    subject_pk = models.BigIntegerField()
    subject_label = models.CharField(
        _("Subject"), max_length=200
    )  # for lists of records; no part of what is proved
    version = models.PositiveIntegerField(_("Version"))
    content = models.JSONField()  # shutan.evidence.records.record
    salt = models.BinaryField(max_length=SALT_BYTES)
    entry = models.BinaryField(
        max_length=ENTRY_BYTES
    )  # the 64 bytes that stand in the log for content and salt
    index = models.BigIntegerField(
        _("Place in the log"), null=True, unique=True
    )  # given once, from 0, without gaps

    class Meta:
        """Names, constraints and triggers."""

        verbose_name = _("Record")
        indexes = [
            models.Index(fields=["subject_type", "subject_pk"], name="record_subject"),
            models.Index(fields=["organisation", "-at"], name="record_organisation"),
            models.Index(fields=["id"], name="record_waiting", condition=models.Q(index=None)),
        ]
        constraints = [
            models.CheckConstraint(
                name="record_index_not_negative", condition=models.Q(index=None) | models.Q(index__gte=0)
            )
        ]
        triggers = [
            pgtrigger.Protect(name="record_no_delete", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="record_placed_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__index__isnull=False),
            ),
            pgtrigger.Protect(
                name="record_content_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["index"]),
            ),
            no_truncate("record"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_label}"


class Node(models.Model):
    """树节点: the hash over the complete subtree of leaves `[index << level, (index + 1) << level)`, by both algorithms."""

    pk = models.CompositePrimaryKey("level", "index")
    level = models.PositiveSmallIntegerField()
    index = models.BigIntegerField()
    sha256 = models.BinaryField(max_length=32)
    sm3 = models.BinaryField(max_length=32)

    class Meta:
        """Names and triggers."""

        verbose_name = _("Node of the log's tree")
        triggers = append_only("node")

    def __str__(self) -> str:
        return f"{self.level}/{self.index}"


class Checkpoint(models.Model):
    """检查点: the signed state of the log when it had `size` records."""

    size = models.BigIntegerField(_("Records"), primary_key=True)
    at = models.DateTimeField(_("Signed"))
    text = models.TextField()  # the signed note, shutan.evidence.checkpoint

    class Meta:
        """Names and triggers."""

        verbose_name = _("Checkpoint")
        ordering = ["-size"]
        triggers = append_only("checkpoint")

    def __str__(self) -> str:
        return f"{self.size}"


class TimeStamp(models.Model):
    """时间戳: what a time-stamp authority answered about a checkpoint (RFC 3161)."""

    checkpoint = models.OneToOneField(
        Checkpoint, on_delete=models.PROTECT, primary_key=True, related_name="stamp"
    )
    at = models.DateTimeField(_("Time stamp"))  # by the authority's clock
    response = models.BinaryField()  # DER, shutan.evidence.stamp

    class Meta:
        """Names and triggers."""

        verbose_name = _("Time stamp")
        triggers = append_only("time_stamp")

    def __str__(self) -> str:
        return f"{self.pk} {self.at:%Y-%m-%d %H:%M:%S}"


class FileScan(models.Model):
    """文件扫描: how a stored file stands with the malware scanner. The one table here that changes: a file is scanned again."""

    class State(models.TextChoices):
        """As common/files.py names them."""

        UNSCANNED = Scan.UNSCANNED, _("Not scanned")
        CLEAN = Scan.CLEAN, _("Nothing found")
        QUARANTINED = Scan.QUARANTINED, _("In quarantine")

    sha256 = models.CharField(max_length=64, primary_key=True)
    state = models.CharField(_("Status"), max_length=12, choices=State, default=State.UNSCANNED)
    found = models.CharField(_("Found"), max_length=200, blank=True)
    at = models.DateTimeField(_("When"))

    class Meta:
        """Names and constraints."""

        verbose_name = _("Scan of a file")
        indexes = [
            models.Index(fields=["at"], name="file_scan_waiting", condition=models.Q(state="unscanned"))
        ]

    def __str__(self) -> str:
        return f"{self.sha256} {self.state}"


class Key(models.Model):
    """公钥: a key that signed checkpoints since a time. Kept so that old checkpoints are checked after it was replaced."""

    line = models.TextField(_("Public key"), unique=True)  # shutan.evidence.keys
    since = models.DateTimeField(_("Since"))

    class Meta:
        """Names and triggers."""

        verbose_name = _("Public key")
        ordering = ["pk"]
        triggers = append_only("evidence_key")

    def __str__(self) -> str:
        return self.line
