"""Assessments out: Excel and PDF of a year, years beside each other, the overview of those who see several enterprises."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import Avg, Count, Max, Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from shutan.apps.accounts.models import Area, Kind, User
from shutan.apps.accounts.scope import organisations
from shutan.apps.common.export import as_xlsx
from shutan.apps.standards import assessments, chapters, queries
from shutan.apps.standards.models import Assessment, Item
from shutan.documents.paper import Paper, paper_pdf
from shutan.rules.standards import MANAGEMENT


def _heads() -> list[str]:
    return [
        _("Chapter"),
        _("Clause"),
        _("Requirement"),
        _("How far it is met"),
        _("What was found"),
        _("Evidence"),
        _("Improvements"),
    ]


def _row(item: Item) -> list[str]:
    return [
        chapters.title(item.chapter),
        item.clause.number if item.clause else "",
        item.clause.requirement if item.clause else _("Unknown: the text was not seen"),
        item.get_level_display() if item.level else _("Not answered"),
        item.finding,
        "\n".join(one.title for one in item.evidence.all()),
        "\n".join(
            f"{one.what} · {one.responsible} · {one.due.isoformat()} · {one.get_state_display()}"
            for one in item.improvements.all()
        ),
    ]


def workbook(assessment: Assessment, _language: str) -> bytes:
    """One year as a workbook."""
    rows = [_row(item) for item in assessments.items(assessment)]
    return as_xlsx(_("Self-assessment"), _heads(), rows)


def pdf(assessment: Assessment, language: str) -> bytes:
    """One year as a paper to print and sign."""
    score, record = assessments.scored(assessment)
    signed = assessment.state == Assessment.State.SIGNED
    source = assessment.content.get("weights_source", "") if signed else record.source if record else ""
    facts = [
        (_("Enterprise"), assessment.organisation.name),
        (_("Standard"), MANAGEMENT),
        (_("Year"), str(assessment.year)),
        (_("Status"), assessment.get_state_display()),
        (_("Score"), _("none yet") if score.total is None else f"{score.total} / 100"),
        (_("Weights"), source or _("every chapter alike: the province has set none")),
    ]
    if assessment.signed_at:
        facts.append((_("Signed by"), f"{assessment.signed_by or '—'} {assessment.signed_at:%Y-%m-%d}"))
    by_chapter = [
        f"{chapters.title(one.number)} · {_('Weight')} {one.weight.normalize():f} · {_('Score')} {_shown(one.score)}"
        for one in score.chapters
    ]
    made = Paper(
        _("Self-assessment of greenhouse gas management"),
        language,
        paragraphs=[f"{name}{_(': ')}{value}" for name, value in facts],
        heads=_heads(),
        rows=[_row(item) for item in assessments.items(assessment)],
        notes=[*by_chapter, _method()],
    )
    return paper_pdf(made)


def _method() -> str:
    return _(
        "How the standard itself scores is unknown: its text was not seen. Here met counts 1, partly met ½, not met 0; what does not apply counts nowhere; weights are a setting."
    )


def _shown(score: Decimal | None) -> str:
    return "—" if score is None else f"{score:.1f}"


Writer = Callable[[Assessment, str], bytes]
WRITERS: dict[str, Writer] = {"xlsx": workbook, "pdf": pdf}


def years(found: Sequence[Assessment]) -> dict[str, Any]:
    """The assessments of one enterprise beside each other: total, chapters, and the level of each clause."""
    scores = [assessments.scored(one)[0] for one in found]
    levels: dict[str, list[str]] = {}
    titles: dict[str, str] = {}
    for place, one in enumerate(found):
        for item in assessments.items(one):
            titles.setdefault(str(item), str(item) if item.clause else chapters.title(item.chapter))
            levels.setdefault(str(item), [""] * len(found))[place] = (
                item.get_level_display() if item.level else ""
            )
    return {
        "found": found,
        "totals": [score.total for score in scores],
        "chapters": [
            (chapters.title(number), [score.chapters[place].score for score in scores])
            for place, number in enumerate(chapters.by_number())
        ],
        "levels": [(titles[name], row) for name, row in levels.items()],
    }


def overview(person: User, year: int) -> dict[str, Any]:
    """How many of the enterprises a person sees have assessed a year, and how they scored."""
    seen = organisations(person, Area.REPORTING, today=timezone.localdate()).filter(kind=Kind.ENTERPRISE)
    rows = queries.assessments(person).filter(year=year)
    told: dict[str, Any] = rows.order_by().aggregate(
        begun=Count("pk"),
        signed=Count("pk", filter=Q(state="signed")),
        least=Min("score"),
        most=Max("score"),
        mean=Avg("score"),
    )
    return told | {"year": year, "enterprises": seen.count()}
