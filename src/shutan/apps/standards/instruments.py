"""What is done with instruments: drafting, the steps of the procedure, amending, repealing. Each is one `act`."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from shutan.apps.accounts.log import Actor, act
from shutan.apps.accounts.models import User
from shutan.apps.common import files
from shutan.apps.standards.models import LONGEST_TEXT, Attachment, Instrument, Link, Text, Version
from shutan.apps.standards.procedure import OPEN, STEPS
from shutan.rules.registry import rule_sets

State = Version.State


class StaleError(ValidationError):
    """Someone saved meanwhile: what they saved, so that the other person's wording can be compared, not lost."""

    def __init__(self, saved: Text) -> None:
        who = {
            "who": str(saved.saved_by or "—"),
            "at": f"{timezone.localtime(saved.saved_at):%Y-%m-%d %H:%M}",
        }
        super().__init__(
            _(
                "%(who)s saved this text on %(at)s while you were writing. Yours is kept below: bring the two together and save again."
            )
            % who
        )
        self.saved = saved


def _me(actor: Actor) -> User | None:
    return actor if isinstance(actor, User) else None


def _held(version: Version) -> Version:
    """The version as it stands, held against another's click at the same moment."""
    return Version.objects.select_for_update(of=("self",)).select_related("instrument").get(pk=version.pk)


def _writable(version: Version) -> Version:
    held = _held(version)
    if held.state != State.DRAFT:
        raise ValidationError(_("Only a draft can be changed."))
    return held


def draft(
    actor: Actor, *, kind: str, title_zh: str, title_en: str = "", issuer: str, text: str, now: datetime
) -> Version:
    """Begin an instrument with a first wording."""
    with act(actor, "standards.draft", now=now) as entry:
        instrument = Instrument(
            kind=kind,
            title_zh=title_zh.strip(),
            title_en=title_en.strip(),
            issuer=issuer.strip(),
            created_at=now,
        )
        instrument.full_clean()
        instrument.save()
        version = _version(actor, instrument, 1, text, now)
        entry.about(version, kind=kind)
    return version


def amend(actor: Actor, instrument: Instrument, *, why: str, now: datetime) -> Version:
    """Begin an amendment: a further version, which starts from the wording published last.

    Raises:
        ValidationError: nothing is published yet, another version is under way, or the instrument is repealed.
    """
    with act(actor, "standards.amend", now=now, why=why) as entry:
        held = Instrument.objects.select_for_update().get(pk=instrument.pk)
        versions = held.versions.order_by("-order")
        last = versions.filter(state=State.PUBLISHED).first()
        if held.repealed_from is not None:
            raise ValidationError(_("This instrument is repealed."))
        if last is None or versions.filter(state__in=OPEN).exists():
            raise ValidationError(_("A version is under way already: amend that one."))
        text = last.texts.latest("pk").content
        version = _version(actor, held, versions[0].order + 1, text, now)
        for link in last.links.all():
            Link.objects.create(version=version, kind=link.kind, rule_set=link.rule_set, name=link.name)
        entry.about(version)
    return version


def _version(actor: Actor, instrument: Instrument, order: int, text: str, now: datetime) -> Version:
    version = Version.objects.create(
        instrument=instrument, order=order, drafted_by=_me(actor), created_at=now, changed_at=now
    )
    _save_text(actor, version, text, "", now)
    return version


def _save_text(actor: Actor, version: Version, content: str, change: str, now: datetime) -> Text:
    plain = "\n".join(line.rstrip() for line in content.replace("\x00", "").splitlines()).strip()
    if not plain:
        raise ValidationError({"text": _("Write the text.")})
    if len(plain) > LONGEST_TEXT:
        raise ValidationError({"text": _("At most %(n)s characters.") % {"n": f"{LONGEST_TEXT:,}"}})
    return Text.objects.create(
        version=version, content=plain, change=change.strip()[:300], saved_at=now, saved_by=_me(actor)
    )


def save_text(
    actor: Actor, version: Version, text: str, *, revision: int, change: str = "", now: datetime
) -> Version:
    """Save a draft's wording beside the earlier ones.

    Raises:
        StaleError: someone saved since `revision`.
    """
    with act(actor, "standards.save_text", now=now) as entry:
        held = _writable(version)
        if held.revision != revision:
            raise StaleError(held.texts.select_related("saved_by").latest("pk"))
        _save_text(actor, held, text, change, now)
        held.revision += 1
        held.changed_at = now
        held.save(update_fields=["revision", "changed_at"])
        entry.about(held)
    return held


def attach(
    actor: Actor, version: Version, upload: files.Upload, *, title: str = "", now: datetime
) -> Attachment:
    """Add a document (PDF or picture) to a draft."""
    if said := files.faults(upload):
        raise ValidationError({"file": said})
    with act(actor, "standards.attach", now=now) as entry:
        held = _writable(version)
        if held.attachments.filter(sha256=upload.sha256, removed_at=None).exists():
            raise ValidationError({"file": _("This file is attached already.")})
        name = files.clean_name(upload.name)
        attachment = Attachment.objects.create(
            version=held,
            title=title.strip()[:200] or name,
            file_name=name,
            sha256=files.store(upload),
            size=len(upload.content),
            added_at=now,
            added_by=_me(actor),
        )
        entry.about(held, file=attachment.sha256)
    return attachment


def detach(actor: Actor, attachment: Attachment, *, now: datetime) -> None:
    """Take a document off a draft."""
    with act(actor, "standards.detach", now=now) as entry:
        held = _writable(attachment.version)
        Attachment.objects.filter(pk=attachment.pk, removed_at=None).update(removed_at=now)
        entry.about(held, file=attachment.sha256)


def link(actor: Actor, version: Version, *, kind: str, rule_set: str, name: str, now: datetime) -> Link:
    """Say which clause or parameter of the rule book a draft is about."""
    known = rule_sets().get(rule_set)
    names = () if known is None else known.clauses if kind == Link.Kind.CLAUSE else known.parameters
    if name not in names:
        raise ValidationError({"name": _("The rule book has no such clause or parameter.")})
    with act(actor, "standards.link", now=now) as entry:
        held = _writable(version)
        made, _new = Link.objects.get_or_create(version=held, kind=kind, rule_set=rule_set, name=name)
        entry.about(held, link=str(made))
    return made


def unlink(actor: Actor, made: Link, *, now: datetime) -> None:
    """Take a link off a draft."""
    with act(actor, "standards.unlink", now=now) as entry:
        held = _writable(made.version)
        made.delete()
        entry.about(held, link=str(made))


def take_step(
    actor: Actor, version: Version, name: str, *, now: datetime, why: str = "", **given: Any
) -> Version:
    """Take one step of the procedure; what it needs beside a reason stands in `CHECKS`.

    Args:
        actor: who takes it; the access table asks per step, clearing and objecting also who wrote the text.
        version: where the step is taken.
        name: key of `STEPS`.
        now: the moment.
        why: the reason, or the legality opinion.
        given: days and numbers, by field of the version.

    Raises:
        ValidationError: the step is not lawful here, or something it needs is missing.
    """
    with act(actor, f"standards.{name}", now=now, why=why[:500]) as entry:
        held = _held(version)
        if held.state not in STEPS[name].sources:
            raise ValidationError(
                _("This step cannot be taken while the status is “%(state)s”.")
                % {"state": held.get_state_display()}
            )
        CHECKS[name](actor, held, why.strip(), given, now)
        held.state = STEPS[name].target
        held.revision += 1
        held.changed_at = now
        held.save()
        entry.about(held, state=held.state, **{key: str(value) for key, value in given.items() if value})
        if name in ("seek_opinions", "publish"):
            Text.objects.filter(pk=held.texts.latest("pk").pk).update(is_public=True)
        if name == "publish":
            entry.prove(version=held.order)
    return held


def _opinions(_actor: Actor, held: Version, _why: str, given: dict[str, Any], now: datetime) -> None:
    begins, ends = given.get("opinions_from"), given.get("opinions_until")
    if begins is None or ends is None or ends < begins:
        raise ValidationError({"opinions_until": _("The last day is before the first.")})
    if ends < timezone.localdate(now):
        raise ValidationError({"opinions_until": _("The last day is past.")})
    held.opinions_from, held.opinions_until, held.no_opinions_why = begins, ends, ""


def _to_review(_actor: Actor, held: Version, why: str, _given: dict[str, Any], now: datetime) -> None:
    until = held.opinions_until
    if until is None and not why:
        raise ValidationError({"why": _("Say why no opinions are sought.")})
    if held.state == State.OPINIONS and until is not None and timezone.localdate(now) <= until:
        raise ValidationError(_("Opinions may still arrive until %(day)s.") % {"day": until.isoformat()})
    if open_ := held.opinions.filter(answered_at=None).count():
        raise ValidationError(_("Answer every opinion first: %(n)s are open.") % {"n": open_})
    if until is None:
        held.no_opinions_why = why[:500]


def _legality(actor: Actor, held: Version, why: str, _given: dict[str, Any], now: datetime) -> None:
    me = _me(actor)
    if me is not None and not may_review(me, held):
        raise ValidationError(_("Another person than those who wrote the text reviews its legality."))
    if not why:
        raise ValidationError({"why": _("Write the legality opinion.")})
    held.legality_by, held.legality_at, held.legality_opinion = me, now, why


def _publish(_actor: Actor, held: Version, _why: str, given: dict[str, Any], now: datetime) -> None:
    number, document = (
        str(given.get("number") or "").strip(),
        str(given.get("amending_document") or "").strip(),
    )
    published, since = given.get("published_on"), given.get("in_force_from")
    faults: dict[str, str] = {}
    if not number:
        faults["number"] = _("Give the document number.")
    if published is None or published > timezone.localdate(now):
        faults["published_on"] = _("Give the day on which it was published, today at the latest.")
    elif since is None or since < published:
        faults["in_force_from"] = _("It is in force from its publication at the earliest.")
    if held.order > 1 and not document:
        faults["amending_document"] = _("Name the document that amends it.")
    before = held.instrument.versions.filter(state=State.PUBLISHED).order_by("-in_force_from").first()
    if before is not None and before.in_force_from and since and since <= before.in_force_from:
        faults["in_force_from"] = _("The version before it is in force from %(day)s: later than that.") % {
            "day": before.in_force_from.isoformat()
        }
    if faults:
        raise ValidationError(faults)
    held.number, held.amending_document = number[:80], document[:200]
    held.published_on, held.in_force_from = published, since


def _reason(_actor: Actor, _held: Version, why: str, _given: dict[str, Any], _now: datetime) -> None:
    if not why:
        raise ValidationError({"why": _("Say why.")})


CHECKS = {
    "seek_opinions": _opinions,
    "send_to_review": _to_review,
    "clear": _legality,
    "object": _legality,
    "publish": _publish,
    "redraft": _reason,
    "abandon": _reason,
}


def repeal(
    actor: Actor,
    instrument: Instrument,
    *,
    repealed_from: date,
    document: str,
    by: Instrument | None = None,
    now: datetime,
) -> Instrument:
    """End an instrument from a day on, by a document.

    Raises:
        ValidationError: it was never published, is repealed already, a version is under way, or the day is too early.
    """
    with act(actor, "standards.repeal", now=now, why=document.strip()[:500]) as entry:
        held = Instrument.objects.select_for_update().get(pk=instrument.pk)
        _check_repeal(held, repealed_from, document.strip(), by)
        held.repealed_from, held.repealing_document, held.repealed_by = (
            repealed_from,
            document.strip()[:200],
            by,
        )
        held.save()
        entry.about(held, repealed_from=repealed_from.isoformat())
    return held


def _check_repeal(held: Instrument, day: date, document: str, by: Instrument | None) -> None:
    first = held.versions.filter(state=State.PUBLISHED).order_by("in_force_from").first()
    if held.repealed_from is not None:
        raise ValidationError(_("This instrument is repealed."))
    if first is None or first.in_force_from is None:
        raise ValidationError(_("Only what was published can be repealed."))
    if held.versions.filter(state__in=OPEN).exists():
        raise ValidationError(_("A version is under way: publish or abandon it first."))
    if day <= first.in_force_from:
        raise ValidationError({"repealed_from": _("Later than the day from which it is in force.")})
    if not document:
        raise ValidationError({"document": _("Name the document that repeals it.")})
    if by is not None and by.pk == held.pk:
        raise ValidationError({"by": _("An instrument does not repeal itself.")})


def may_review(person: User, version: Version) -> bool:
    """Whether a person wrote none of a version's text and so may review its legality."""
    return not Version.objects.filter(
        Q(drafted_by=person) | Q(texts__saved_by=person), pk=version.pk
    ).exists()
