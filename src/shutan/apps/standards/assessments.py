"""What an enterprise does with its yearly self-assessment; each is one `act`, by its own people or under a mandate."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from shutan.apps.accounts.log import Actor, act
from shutan.apps.accounts.models import Area, Organisation, User
from shutan.apps.accounts.scope import check_acts_for
from shutan.apps.common import files
from shutan.apps.standards import chapters, register, scoring
from shutan.apps.standards.models import Assessment, Evidence, Improvement, Item

FIRST_YEAR = 2023  # the standard is in force from 2023-02-01


class StaleItemError(ValidationError):
    """Someone saved the item meanwhile; says what stands there now."""

    def __init__(self, saved: Item) -> None:
        told = {"who": str(saved.changed_by or "—"), "level": saved.get_level_display() or "—"}
        super().__init__(
            _(
                "%(who)s saved this meanwhile as “%(level)s”. Yours is kept in the fields: look and save again."
            )
            % told
        )
        self.saved = saved


def _own(actor: Actor, organisation: Organisation, now: datetime) -> None:
    if isinstance(actor, User):
        check_acts_for(actor, organisation, Area.REPORTING, today=timezone.localdate(now))


def begin(actor: Actor, organisation: Organisation, year: int, *, now: datetime) -> Assessment:
    """Begin a year's assessment; findings, evidence and unfinished improvements of the last one come along.

    Levels do not: each year's answer is given anew.
    """
    _own(actor, organisation, now)
    if not FIRST_YEAR <= year <= timezone.localdate(now).year:
        raise ValidationError({"year": _("A year from 2023 to this one.")})
    with act(actor, "standards.begin_assessment", now=now) as entry:
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        earlier = Assessment.objects.filter(organisation=organisation)
        if earlier.filter(year=year).exists():
            raise ValidationError({"year": _("The assessment of this year has been begun already.")})
        last = earlier.filter(year__lt=year).order_by("-year").first()
        made = Assessment.objects.create(
            organisation=organisation,
            year=year,
            copied_from=last,
            begun_at=now,
            begun_by=actor if isinstance(actor, User) else None,
        )
        register.make_items(made)
        if last is not None:
            _copy(last, made)
        entry.about(made, year=year)
    return made


def _copy(last: Assessment, made: Assessment) -> None:
    before = {_place(item): item for item in last.items.select_related("clause")}
    for item in made.items.select_related("clause"):
        old = before.get(_place(item))
        if old is None:
            continue
        item.finding = old.finding
        item.save(update_fields=["finding"])
        for one in old.evidence.filter(removed_at=None):
            Evidence.objects.create(
                item=item,
                title=one.title,
                file_name=one.file_name,
                sha256=one.sha256,
                added_at=one.added_at,
                added_by=one.added_by,
            )


def _place(item: Item) -> str:
    return item.clause.number if item.clause else item.chapter


def _item(item: Item) -> Item:
    """The item and its assessment, held; refused once signed."""
    Assessment.objects.select_for_update().get(pk=item.assessment_id)
    held = (
        Item.objects.select_for_update(of=("self",))
        .select_related("assessment__organisation", "clause", "changed_by")
        .get(pk=item.pk)
    )
    if held.assessment.state == Assessment.State.SIGNED:
        raise ValidationError(_("This assessment is signed and stays as it is."))
    return held


def assess(actor: Actor, item: Item, *, level: str, finding: str, revision: int, now: datetime) -> Item:
    """Say how far an item is met, and what was found.

    Raises:
        StaleItemError: someone saved it since `revision`.
    """
    _own(actor, item.assessment.organisation, now)
    if level and level not in Item.Level.values:
        raise ValidationError({"level": _("Choose how far it is met.")})
    if level in (Item.Level.NOT_MET, Item.Level.NOT_APPLICABLE) and not finding.strip():
        raise ValidationError({"finding": _("Say what was found, or why it does not apply.")})
    with act(actor, "standards.assess", now=now) as entry:
        held = _item(item)
        if held.revision != revision:
            raise StaleItemError(held)
        held.level, held.finding, held.changed_at = level, finding.strip()[:4000], now
        held.changed_by = actor if isinstance(actor, User) else None
        held.revision += 1
        held.save()
        entry.about(held.assessment, item=str(held), level=level)
    return held


def add_evidence(
    actor: Actor, item: Item, *, title: str = "", upload: files.Upload | None = None, now: datetime
) -> Evidence:
    """Add words or a file (PDF or picture) that show how far an item is met."""
    _own(actor, item.assessment.organisation, now)
    if upload and (said := files.faults(upload)):
        raise ValidationError({"file": said})
    named = title.strip() or (files.clean_name(upload.name) if upload else "")
    if not named:
        raise ValidationError({"title": _("Write what shows it, or choose a file.")})
    with act(actor, "standards.add_evidence", now=now) as entry:
        held = _item(item)
        made = Evidence.objects.create(
            item=held,
            title=named[:200],
            file_name=files.clean_name(upload.name) if upload else "",
            sha256=files.store(upload) if upload else "",
            added_at=now,
            added_by=actor if isinstance(actor, User) else None,
        )
        entry.about(held.assessment, item=str(held), file=made.sha256)
    return made


def drop_evidence(actor: Actor, evidence: Evidence, *, now: datetime) -> None:
    """Take evidence off an assessment that is not signed."""
    _own(actor, evidence.item.assessment.organisation, now)
    with act(actor, "standards.drop_evidence", now=now) as entry:
        held = _item(evidence.item)
        Evidence.objects.filter(pk=evidence.pk, removed_at=None).update(removed_at=now)
        entry.about(held.assessment, item=str(held), evidence=evidence.title)


def plan_improvement(
    actor: Actor, item: Item, *, what: str, responsible: User, due: date, now: datetime
) -> Improvement:
    """Say what will be done about an item, by whom and by when; also after signing."""
    owner = item.assessment.organisation
    _own(actor, owner, now)
    if responsible.organisation_id != owner.pk or not responsible.is_active:
        raise ValidationError({"responsible": _("Choose a person of the enterprise.")})
    if due < timezone.localdate(now):
        raise ValidationError({"due": _("The day is past.")})
    with act(actor, "standards.plan_improvement", now=now) as entry:
        made = Improvement(
            item=item,
            what=what.strip(),
            responsible=responsible,
            due=due,
            planned_at=now,
            planned_by=actor if isinstance(actor, User) else None,
        )
        made.full_clean()
        made.save()
        entry.about(item.assessment, item=str(item), due=due.isoformat())
    return made


def finish_improvement(actor: Actor, improvement: Improvement, *, result: str, now: datetime) -> Improvement:
    """Say that it is done and what came of it."""
    _own(actor, improvement.organisation, now)
    with act(actor, "standards.finish_improvement", now=now) as entry:
        held = Improvement.objects.select_for_update(of=("self",)).get(pk=improvement.pk)
        if held.state != Improvement.State.OPEN:
            raise ValidationError(_("This improvement is done already."))
        if not result.strip():
            raise ValidationError({"result": _("Say what came of it.")})
        held.state, held.result, held.done_at = Improvement.State.DONE, result.strip()[:1000], now
        held.done_by = actor if isinstance(actor, User) else None
        held.save()
        entry.about(held.item.assessment, improvement=held.what)
    return held


def verify_improvement(
    actor: Actor, improvement: Improvement, *, accept: bool, why: str = "", now: datetime
) -> Improvement:
    """Confirm that it is done, or open it again with the reason; by another person than the one who did it."""
    _own(actor, improvement.organisation, now)
    with act(actor, "standards.verify_improvement", now=now, why=why) as entry:
        held = Improvement.objects.select_for_update(of=("self",)).get(pk=improvement.pk)
        if held.state != Improvement.State.DONE:
            raise ValidationError(_("Only what is done is verified."))
        if isinstance(actor, User) and held.done_by_id == actor.pk:
            raise ValidationError(_("Another person than the one who did it verifies it."))
        if accept:
            held.state, held.verified_at = Improvement.State.VERIFIED, now
            held.verified_by = actor if isinstance(actor, User) else None
        else:
            if not why.strip():
                raise ValidationError({"why": _("Say why.")})
            held.state, held.done_at, held.done_by = Improvement.State.OPEN, None, None
        held.save()
        entry.about(held.item.assessment, improvement=held.what, accepted=accept)
    return held


def sign(actor: Actor, assessment: Assessment, *, now: datetime) -> Assessment:
    """Sign a complete assessment: from then on its answers stay as they are; improvements go on."""
    owner = assessment.organisation
    if isinstance(actor, User) and actor.organisation_id != owner.pk:
        raise PermissionDenied("standards.sign_assessment")
    with act(actor, "standards.sign_assessment", now=now) as entry:
        held = (
            Assessment.objects.select_for_update(of=("self",))
            .select_related("organisation")
            .get(pk=assessment.pk)
        )
        if held.state == Assessment.State.SIGNED:
            raise ValidationError(_("This assessment is signed and stays as it is."))
        found, record = scored(held)
        if found.total is None:
            raise ValidationError(
                _("%(n)s clauses have no answer yet.") % {"n": found.items - found.answered}
                if found.answered < found.items
                else _("Nothing applies, so that there is no score to sign.")
            )
        held.state, held.score, held.signed_at = Assessment.State.SIGNED, found.total, now
        held.signed_by = actor if isinstance(actor, User) else None
        held.content = _content(held, found, record)
        held.save()
        entry.about(held, score=str(found.total))
    return held


def _content(held: Assessment, found: scoring.Score, record: Any) -> dict[str, Any]:
    return {
        "weights": {one.number: str(one.weight) for one in found.chapters},
        "weights_source": record.source if record else "",
        "items": [
            {
                "chapter": item.chapter,
                "clause": item.clause.number if item.clause else "",
                "level": item.level,
                "finding": item.finding,
                "evidence": [
                    {"title": one.title, "sha256": one.sha256}
                    for one in item.evidence.all()
                    if one.removed_at is None
                ],
            }
            for item in items(held)
        ],
    }


def items(assessment: Assessment) -> list[Item]:
    """The items of an assessment with evidence and improvements, in the order of the standard."""
    found = assessment.items.select_related("clause", "changed_by").prefetch_related(
        Prefetch("evidence", Evidence.objects.filter(removed_at=None).select_related("added_by")),
        Prefetch("improvements", Improvement.objects.select_related("responsible", "done_by", "verified_by")),
    )
    order = {number: place for place, number in enumerate(chapters.by_number())}
    return sorted(
        found,
        key=lambda item: (
            order[item.chapter],
            [int(part) for part in item.clause.number.split(".")] if item.clause else [],
        ),
    )


def scored(assessment: Assessment) -> tuple[scoring.Score, Any]:
    """The score as it stands and the record of weights used (None: all alike). A signed one keeps its weights."""
    levels: dict[str, list[str]] = {number: [] for number in chapters.by_number()}
    for item in assessment.items.all():
        levels[item.chapter].append(item.level)
    if assessment.state == Assessment.State.SIGNED:
        kept = assessment.content["weights"]
        return scoring.score(levels, {number: Decimal(kept[number]) for number in levels}), None
    weights, record = register.weights_on(assessment.last_day)
    return scoring.score(levels, weights), record
