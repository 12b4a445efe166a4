"""Tables of 一企一策: the policy of an enterprise and year, and its measures. What was agreed stays; only the follow-up moves."""

from __future__ import annotations

import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from shutan.apps.accounts.models import Organisation, User

LONGEST = 4000


def _person() -> models.ForeignKey:
    return models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", editable=False)


class Policy(models.Model):
    """一企一策: of one enterprise and year. The enterprise confirms by proposing, the authority by agreeing."""

    class State(models.TextChoices):
        """Where it stands."""

        DRAFT = "draft", _("Draft")
        PROPOSED = "proposed", _("Proposed")
        AGREED = "agreed", _("Agreed")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="policies", verbose_name=_("Enterprise")
    )
    year = models.PositiveSmallIntegerField(
        _("Year"), validators=[MinValueValidator(2024), MaxValueValidator(2100)]
    )
    state = models.CharField(_("Status"), max_length=12, choices=State, default=State.DRAFT)
    problems = models.TextField(_("Main problems"), max_length=LONGEST, blank=True)
    goal = models.TextField(_("Goal of the year"), max_length=LONGEST, blank=True)
    facts = models.JSONField(null=True, editable=False)  # facts.gather() as it was proposed
    revision = models.PositiveIntegerField(default=1, editable=False)
    begun_at = models.DateTimeField(_("Begun"), editable=False)
    changed_at = models.DateTimeField(_("Changed"), editable=False)
    proposed_by = _person()
    proposed_at = models.DateTimeField(_("Proposed"), null=True, editable=False)
    agreed_by = _person()
    agreed_at = models.DateTimeField(_("Agreed"), null=True, editable=False)
    answer = models.CharField(_("What the authority said"), max_length=1000, blank=True, editable=False)

    class Meta:
        """Names and constraints."""

        verbose_name = _("Policy of an enterprise")
        constraints = [
            models.UniqueConstraint(name="policy_once_a_year", fields=["organisation", "year"]),
            models.CheckConstraint(
                name="policy_proposed_with_facts",
                condition=models.Q(state="draft") | models.Q(facts__isnull=False, proposed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="policy_agreed_at",
                condition=~models.Q(state="agreed") | models.Q(agreed_at__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="policy_no_delete", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="policy_stays_as_agreed",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state="agreed"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation.name} {self.year}"


class Measure(models.Model):
    """措施: one thing the enterprise does, by whom and when, and what it is expected to save; expected is estimated."""

    class State(models.TextChoices):
        """How far it is."""

        OPEN = "under_way", _("Under way")
        DONE = "done", _("Done")
        DROPPED = "abandoned", _("Given up")

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="measures", editable=False)
    text = models.CharField(_("Measure"), max_length=500)
    answers = models.CharField(_("Finding or problem it answers"), max_length=200, blank=True)
    person = models.CharField(_("Who sees to it"), max_length=80)
    due = models.DateField(_("Deadline"))
    effect_t = models.DecimalField(
        _("Effect a year, estimated (tCO₂)"), max_digits=14, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0)],
    )  # fmt: skip
    basis = models.CharField(_("How it was estimated"), max_length=500, blank=True)
    carried = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )  # of the year before, still open when this year's policy was begun
    state = models.CharField(_("Status"), max_length=12, choices=State, default=State.OPEN, editable=False)
    told = models.CharField(_("How far it is"), max_length=1000, blank=True, editable=False)
    told_at = models.DateTimeField(null=True, editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        """Names and constraints."""

        verbose_name = _("Measure of a policy")
        ordering = ["due", "pk"]
        constraints = [
            models.CheckConstraint(
                name="policy_effect_with_basis", condition=models.Q(effect_t=None) | ~models.Q(basis="")
            ),
            models.CheckConstraint(
                name="policy_measure_closed_with_words",
                condition=models.Q(state="under_way") | ~models.Q(told=""),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="policy_measure_stays_as_agreed",
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                func="""
                    IF EXISTS (SELECT 1 FROM policies_policy
                               WHERE id IN (OLD.policy_id, NEW.policy_id) AND state <> 'draft')
                       AND (TG_OP <> 'UPDATE' OR (OLD.policy_id, OLD.text, OLD.answers, OLD.person, OLD.due, OLD.effect_t, OLD.basis)
                            IS DISTINCT FROM
                            (NEW.policy_id, NEW.text, NEW.answers, NEW.person, NEW.due, NEW.effect_t, NEW.basis)) THEN
                        RAISE EXCEPTION 'pgtrigger: the measures of a policy that was proposed stay as they are';
                    END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.text
