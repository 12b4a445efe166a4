"""Tables of referrals. What was said stays as it was said; where the matter stands is the last word's."""

from __future__ import annotations

from datetime import date
from typing import Any

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from shutan.apps.accounts.models import Organisation, User, append_only


class Referral(models.Model):
    """移送/转办: a matter that one authority sends to another, with its question and the day by which it asks an answer."""

    class State(models.TextChoices):
        """Where it stands; `open` waits for the recipient, `answered` and `returned` for the sender."""

        OPEN = "open", _("Waiting for an answer")
        ANSWERED = "answered", _("Answered")
        RETURNED = "returned", _("Returned")
        CLOSED = "closed", _("Closed")

    sender = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="referrals_sent", verbose_name=_("Sender")
    )
    recipient = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="referrals_received", verbose_name=_("Recipient")
    )
    about = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("About the enterprise"),
    )
    subject = models.CharField(_("Subject"), max_length=200)
    number = models.CharField(_("Document number"), max_length=80, blank=True)
    due = models.DateField(_("Answer by"))
    state = models.CharField(_("Status"), max_length=12, choices=State, default=State.OPEN)
    # Counts every word; whoever adds one names the last they saw.
    revision = models.PositiveIntegerField(default=1)
    sent_at = models.DateTimeField(_("Sent"))
    changed_at = models.DateTimeField(_("Changed"))

    class Meta:
        verbose_name = _("Referral")
        indexes = [
            models.Index(fields=["sender", "state"], name="referral_sender"),
            models.Index(fields=["recipient", "state"], name="referral_recipient"),
        ]
        constraints = [
            models.CheckConstraint(
                name="referral_two_parties", condition=~models.Q(sender=models.F("recipient"))
            )
        ]
        triggers = [
            pgtrigger.Protect(name="referral_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="referral_parties_stay",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("sender", "recipient", "about", "subject", "sent_at"),
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def organisation(self) -> Organisation:
        """Whose record it is, for the log."""
        return self.sender

    def standing(self, today: date) -> str:
        """The state, or that the answer is late."""
        late = self.state == self.State.OPEN and self.due < today
        return "overdue" if late else str(self.state)


class Word(models.Model):
    """往来意见: what one side said, never changed afterwards."""

    class Kind(models.TextChoices):
        """What saying it did."""

        ASKED = "asked", _("Asked")
        ANSWERED = "answered", _("Answered")
        RETURNED = "returned", _("Returned")
        ASKED_AGAIN = "asked_again", _("Asked again")
        CLOSED = "closed", _("Closed")

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="words")
    kind = models.CharField(max_length=12, choices=Kind)
    text = models.TextField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # [{"sha256", "name"}]: files lie under their digest (common/files.py)
    files: Any = models.JSONField(default=list)

    class Meta:
        verbose_name = _("Word of a referral")
        ordering = ("at", "pk")
        triggers = append_only("referral_word")

    def __str__(self) -> str:
        return self.get_kind_display()
