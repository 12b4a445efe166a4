"""Tables of instruments: what the province drafts, asks opinions on, publishes, amends and repeals.

An `Instrument` lasts; each of its `Version`s goes the way from draft to publication (procedure.py); each saved state of
a version's wording is a `Text`, which is never changed, so that any two can be laid side by side.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from shutan.apps.accounts.models import Organisation, User
from shutan.apps.common.language import language
from shutan.apps.standards.procedure import OPEN

LONGEST_TEXT = 200_000


def person(name: Any = "") -> models.ForeignKey:
    """Who did it; nobody while it is not done, or where the system did."""
    return models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=name
    )


class Instrument(models.Model):
    """文件: a regulation, normative document, local standard, technical guide or notice of the province."""

    class Kind(models.TextChoices):
        """What it is."""

        REGULATION = "regulation", _("Regulation")
        NORMATIVE = "normative", _("Normative document")
        STANDARD = "standard", _("Local standard")
        GUIDE = "guide", _("Technical guide")
        NOTICE = "notice", _("Notice")

    kind = models.CharField(_("Kind"), max_length=12, choices=Kind)
    title_zh = models.CharField(_("Title in Chinese"), max_length=200, unique=True)
    title_en = models.CharField(_("Title in English"), max_length=300, blank=True)
    issuer = models.CharField(_("Issued by"), max_length=200)
    created_at = models.DateTimeField(_("Created"))
    # Repealed as a whole: from which day, by which document (and which instrument here, if it is one).
    repealed_from = models.DateField(_("Repealed from"), null=True, blank=True)
    repealing_document = models.CharField(_("Repealed by document"), max_length=200, blank=True)
    repealed_by = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="repeals",
        verbose_name=_("Repealed by"),
    )

    class Meta:
        """Names and constraints."""

        verbose_name = _("Instrument")
        constraints = [
            models.CheckConstraint(
                name="instrument_repealed_by_document",
                condition=models.Q(repealed_from=None) | ~models.Q(repealing_document=""),
            )
        ]
        triggers = [
            pgtrigger.Protect(name="instrument_no_delete", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="instrument_repeal_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__repealed_from__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """Its title in the language of the page."""
        return (self.title_en if language() == "en" else "") or self.title_zh

    def is_repealed(self, day: date) -> bool:
        """Whether it has been repealed by a day."""
        return self.repealed_from is not None and self.repealed_from <= day


class Version(models.Model):
    """版本: one wording of an instrument on its way from draft to publication; the first makes it, later ones amend it."""

    class State(models.TextChoices):
        """Where it stands; procedure.py says what leads where."""

        DRAFT = "draft", _("Draft")
        OPINIONS = "opinions", _("Opinions sought")
        REVIEW = "review", _("Legality review")
        CLEARED = "cleared", _("Cleared for publication")
        PUBLISHED = "published", _("Published")
        ABANDONED = "abandoned", _("Abandoned")

    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="versions")
    order = models.PositiveSmallIntegerField(_("Version"))
    state = models.CharField(_("Status"), max_length=12, choices=State, default=State.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(_("Created"))
    changed_at = models.DateTimeField(_("Changed"))
    drafted_by = person(_("Drafted by"))
    # 征求意见: between which days anyone may send an opinion.
    opinions_from = models.DateField(_("Opinions from"), null=True, blank=True)
    opinions_until = models.DateField(_("Opinions until"), null=True, blank=True)
    # Why nobody was asked, where nobody was.
    no_opinions_why = models.CharField(_("Why no opinions were sought"), max_length=500, blank=True)
    # 合法性审核: by another person than those who wrote the text.
    legality_by = person(_("Legality review by"))
    legality_at = models.DateTimeField(_("Reviewed"), null=True, blank=True)
    legality_opinion = models.TextField(_("Legality opinion"), max_length=4000, blank=True)
    number = models.CharField(_("Document number"), max_length=80, blank=True)
    amending_document = models.CharField(_("Amended by document"), max_length=200, blank=True)
    published_on = models.DateField(_("Published on"), null=True, blank=True)
    in_force_from = models.DateField(_("In force from"), null=True, blank=True)

    class Meta:
        """Names and constraints."""

        verbose_name = _("Version")
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(name="version_order", fields=["instrument", "order"]),
            models.UniqueConstraint(
                name="version_one_open", fields=["instrument"], condition=models.Q(state__in=sorted(OPEN))
            ),
            models.CheckConstraint(
                name="version_published_has_days",
                condition=~models.Q(state="published")
                | models.Q(published_on__isnull=False, in_force_from__gte=models.F("published_on")),
            ),
            models.CheckConstraint(
                name="version_legality_by_another",
                condition=models.Q(legality_by=None) | ~models.Q(legality_by=models.F("drafted_by")),
            ),
            models.CheckConstraint(
                name="version_opinion_days_in_order",
                condition=models.Q(opinions_until=None)
                | models.Q(opinions_until__gte=models.F("opinions_from")),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="version_no_delete", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="version_stays_as_decided",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state__in=["published", "abandoned"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument.title} {self.number or self.order}"

    def takes_opinions(self, day: date) -> bool:
        """Whether anyone may send an opinion on a day."""
        if self.state != self.State.OPINIONS or self.opinions_from is None or self.opinions_until is None:
            return False
        return self.opinions_from <= day <= self.opinions_until


class Text(models.Model):
    """文本: a version's wording as it was saved once."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="texts")
    content = models.TextField(_("Text"), max_length=LONGEST_TEXT)
    change = models.CharField(_("What changed"), max_length=300, blank=True)
    saved_at = models.DateTimeField(_("Saved"))
    saved_by = person(_("Saved by"))
    # Whether this is what opinions were sought on, or what was published: that the public may read.
    is_public = models.BooleanField(default=False)

    class Meta:
        """Names and constraints."""

        verbose_name = _("Text")
        ordering = ["pk"]
        triggers = [
            pgtrigger.Protect(name="text_no_delete", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="text_no_change",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("content", "change", "version", "saved_by", "saved_at"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} {self.saved_at:%Y-%m-%d}"


class Attachment(models.Model):
    """附件: a document that belongs to a version, kept under its digest."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="attachments")
    title = models.CharField(_("Title"), max_length=200)
    file_name = models.CharField(_("File"), max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField(_("Size"))
    added_at = models.DateTimeField(_("Added"))
    added_by = person(_("Added by"))
    removed_at = models.DateTimeField(_("Removed"), null=True, blank=True)

    class Meta:
        """Names and constraints."""

        verbose_name = _("Attachment")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="attachment_once", fields=["version", "sha256"], condition=models.Q(removed_at=None)
            )
        ]

    def __str__(self) -> str:
        return self.title


class Link(models.Model):
    """关联条款: a clause or a parameter of the rule book that a version is about."""

    class Kind(models.TextChoices):
        """What is linked."""

        CLAUSE = "clause", _("Clause")
        PARAMETER = "parameter", _("Parameter")

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="links")
    kind = models.CharField(_("Kind"), max_length=12, choices=Kind)
    rule_set = models.CharField(_("Rule set"), max_length=40)
    name = models.CharField(_("Clause or parameter"), max_length=100)

    class Meta:
        """Names and constraints."""

        verbose_name = _("Link")
        ordering = ["rule_set", "kind", "name"]
        constraints = [
            models.UniqueConstraint(name="link_once", fields=["version", "kind", "rule_set", "name"])
        ]

    def __str__(self) -> str:
        return f"{self.rule_set} {self.name}"


class Opinion(models.Model):
    """意见: what someone said to a draft, and the answer. Names of private people and contacts are never public."""

    class Outcome(models.TextChoices):
        """What became of it."""

        ADOPTED = "adopted", _("Adopted")
        PARTLY = "partly", _("Partly adopted")
        REFUSED = "refused", _("Not adopted")
        NOTED = "noted", _("Noted")

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="opinions")
    text = models.ForeignKey(Text, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Organisation"),
    )
    author = person(_("Author"))
    name = models.CharField(_("Name"), max_length=80, blank=True)
    contact = models.CharField(_("Contact"), max_length=120, blank=True)
    place = models.CharField(_("Article or paragraph"), max_length=120, blank=True)
    content = models.TextField(_("Opinion"), max_length=4000)
    received_at = models.DateTimeField(_("Received"))
    outcome = models.CharField(_("Outcome"), max_length=8, choices=Outcome, blank=True)
    answer = models.TextField(_("Answer"), max_length=4000, blank=True)
    answered_by = person(_("Answered by"))
    answered_at = models.DateTimeField(_("Answered"), null=True, blank=True)

    class Meta:
        """Names and constraints."""

        verbose_name = _("Opinion")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="opinion_answered_in_full",
                condition=models.Q(answered_at=None, outcome="", answer="")
                | (models.Q(answered_at__isnull=False) & ~models.Q(outcome="") & ~models.Q(answer="")),
            )
        ]
        triggers = [
            pgtrigger.Protect(name="opinion_no_delete", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="opinion_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("content", "version", "text", "organisation", "received_at"),
            ),
            pgtrigger.Protect(
                name="opinion_stays_as_answered",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__answered_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version} #{self.pk}"

    @property
    def sender(self) -> str:
        """Who is named in public: an organisation; never a private person."""
        if self.organisation is not None and self.organisation.kind != "public":
            return self.organisation.name
        return str(_("A member of the public"))
