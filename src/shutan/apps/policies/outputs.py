"""A policy as Word and PDF, from one description."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from shutan.apps.common.components import number_text
from shutan.apps.policies import queries
from shutan.apps.policies.models import Measure, Policy
from shutan.apps.reporting.present import MOST_DECIMALS
from shutan.documents.folio import Folio, Part, folio_docx, folio_pdf
from shutan.documents.wording import unit_text


def folio(policy: Policy, language: str) -> Folio:
    """What it rests on, what is done, how far it is."""
    said = queries.facts_of(policy, timezone.localdate())
    return Folio(
        title=_("One enterprise, one policy"),
        language=language,
        subtitle=f"{policy} · {policy.get_state_display()}",
        parts=[
            Part(
                _("What it rests on"),
                heads=[_("Report"), _("Item"), _("Row"), _("Value"), _("Unit")],
                rows=[
                    [f"{report['title']} {report['year']}", name(one, language), one["key"], figure(one), unit(one, language)]
                    for report in said["reports"]
                    for one in report["figures"]
                ],
            ),
            Part(
                _("Findings"),
                heads=[_("Check"), _("Finding"), _("What would clear it")],
                rows=[[one["check"], one[language], one[f"clears_{language}"]] for one in said["findings"]],
            ),
            Part(_("The enterprise's own view"), facts=[(_("Main problems"), policy.problems), (_("Goal of the year"), policy.goal)]),
            Part(
                _("Measures"),
                heads=[_("Measure"), _("Answers"), _("Who sees to it"), _("Deadline"), _("tCO₂ a year, estimated"), _("Status"), _("How far it is")],
                rows=[_row(one) for one in policy.measures.all()],
            ),
        ],
        notes=[
            _("Effects are estimates of the enterprise, each with its basis; they are no verified reductions."),
            _("Figures and findings as of %(day)s; a figure that waits for a value of the law has none.") % {"day": said["day"]},
        ],
    )  # fmt: skip


def figure(one: dict[str, Any]) -> str:
    """A figure for reading."""
    if one["waits"]:
        return str(_("waits"))
    if one["value"] is None:
        return str(one["text"])
    value = Decimal(one["value"])
    return number_text(value, min(MOST_DECIMALS, max(0, -int(value.as_tuple().exponent))))


def unit(one: dict[str, Any], language: str) -> str:
    """Its unit for reading."""
    return unit_text(None, one["unit"], language)


def name(one: dict[str, Any], language: str) -> str:
    """What a figure is called, as a line of its own."""
    label = str(one[language])
    return label[:1].upper() + label[1:]


def _row(one: Measure) -> list[str]:
    effect = "" if one.effect_t is None else f"{one.effect_t:f} ({one.basis})"
    return [one.text, one.answers, one.person, one.due.isoformat(), effect, one.get_state_display(), one.told]


WRITERS: dict[str, Callable[[Folio], bytes]] = {"docx": folio_docx, "pdf": folio_pdf}
