"""What people do with schemes and meters. Web, API and import all call these; each is one `act`.

A version is changed while it is a draft. Sending it to the internal review freezes what it says (`content`); from then on
it only moves. The steps are in `steps.py`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from shutan.apps.accounts.log import Actor, act
from shutan.apps.accounts.models import Area, Organisation, User
from shutan.apps.accounts.scope import check_acts_for
from shutan.apps.common import files
from shutan.apps.common.refusals import FaultsError, StaleError
from shutan.apps.schemes import content
from shutan.apps.schemes.forms import CalibrationForm, FacilityForm, MeterForm, ParameterForm, TextsForm
from shutan.apps.schemes.models import (
    Calibration,
    Facility,
    Meter,
    Row,
    Scheme,
    SchemeFile,
    SchemeParameter,
)
from shutan.rules.common.schemes import Section, schemes

State = Scheme.State
KINDS: dict[str, tuple[type[Facility | SchemeParameter], type[FacilityForm | ParameterForm]]] = {
    "facilities": (Facility, FacilityForm),
    "parameters": (SchemeParameter, ParameterForm),
}
MOST_FILES = 20


def begin(
    actor: Actor, organisation: Organisation, rule_set: str, year: int, *, now: datetime, why: str = ""
) -> Scheme:
    """Begin the scheme of a year: with what last year's said, else with a row for each figure of the guideline.

    Raises:
        ValidationError: the guideline asks for none, or the year has one already.
    """
    own(actor, organisation, now)
    if rule_set not in schemes():
        raise ValidationError({"rule_set": _("This guideline asks for no scheme.")})
    with act(actor, "schemes.begin", now=now, why=why) as entry:
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        held = Scheme.objects.filter(organisation=organisation, rule_set=rule_set)
        if held.filter(year=year).exists():
            raise ValidationError({"year": _("There is a scheme of this year: revise that one.")})
        last = held.filter(year__lt=year, state=State.ACCEPTED).order_by("-year", "-in_force_from").first()
        made = _version(actor, organisation, rule_set, year, version=1, previous=last, now=now)
        if last is None:
            _generate(made, actor, now)
        entry.about(made)
    return made


def revise(actor: Actor, scheme: Scheme, *, triggers: Sequence[str], reason: str, now: datetime) -> Scheme:
    """Make a further version of what was accepted or returned, which stays as it is.

    Raises:
        ValidationError: it is neither, another version is under way, or no reason is given.
    """
    own(actor, scheme.organisation, now)
    with act(actor, "schemes.revise", now=now, why=reason[:500]) as entry:
        held = held_for_change(scheme)
        versions = Scheme.objects.filter(
            organisation=held.organisation, rule_set=held.rule_set, year=held.year
        ).order_by("-version")
        last = versions[0]
        if held.state not in (State.ACCEPTED, State.RETURNED) or last.pk != held.pk:
            raise ValidationError(_("The last version, once accepted or returned, is revised."))
        known = {one.key for one in held.declared.triggers}
        if held.state == State.ACCEPTED and not triggers:
            raise ValidationError({"triggers": _("Say in which of the guideline's cases this is.")})
        if unknown := set(triggers) - known:
            raise ValidationError(
                {
                    "triggers": _("Not a case of the guideline: %(names)s.")
                    % {"names": ", ".join(sorted(unknown))}
                }
            )
        if not reason.strip():
            raise ValidationError({"reason": _("Say what is revised and why.")})
        made = _version(
            actor,
            held.organisation,
            held.rule_set,
            held.year,
            version=last.version + 1,
            previous=held,
            now=now,
        )
        made.triggers = [one.key for one in held.declared.triggers if one.key in triggers]
        made.reason = reason.strip()[:500]
        made.save(update_fields=["triggers", "reason"])
        entry.about(made, triggers=made.triggers)
    return made


def _version(
    actor: Actor,
    organisation: Organisation,
    rule_set: str,
    year: int,
    *,
    version: int,
    previous: Scheme | None,
    now: datetime,
) -> Scheme:  # fmt: skip
    made = Scheme(
        organisation=organisation,
        rule_set=rule_set,
        year=year,
        version=version,
        previous=previous,
        begun_at=now,
        begun_by=me_of(actor),
        changed_at=now,
    )
    made.full_clean(
        exclude=["texts", "content", "triggers"], validate_constraints=False
    )  # the database holds them; PostgreSQL cannot judge one of an empty day by itself
    made.save()
    if previous is not None:
        _copy(previous, made, actor, now)
    return made


def _copy(previous: Scheme, made: Scheme, actor: Actor, now: datetime) -> None:
    """Begin with what an earlier version said. Meters are the enterprise's own and are not copied."""
    before = content.whole(previous)
    made.texts = before["texts"]
    made.save(update_fields=["texts"])
    who = {"changed_at": now, "changed_by": me_of(actor)}
    SchemeFile.objects.bulk_create(
        SchemeFile(scheme=made, added_at=now, added_by=me_of(actor), **one) for one in before["files"]
    )
    Facility.objects.bulk_create(Facility(scheme=made, **who, **row) for row in before["facilities"])
    meters = {one.number: one for one in Meter.objects.filter(organisation=made.organisation)}
    known = made.declared.parameters
    SchemeParameter.objects.bulk_create(
        SchemeParameter(scheme=made, **who, **(row | {"meter": meters.get(row["meter"])}))
        for row in before["parameters"]
        if row["parameter"] in known
    )
    said = {row["parameter"] for row in before["parameters"]}
    _generate(made, actor, now, without=said)


def _generate(made: Scheme, actor: Actor, now: datetime, without: set[str] | None = None) -> None:
    """A row for each figure that the guideline's rules take."""
    SchemeParameter.objects.bulk_create(
        SchemeParameter(scheme=made, parameter=name, changed_at=now, changed_by=me_of(actor))
        for name in made.declared.parameters
        if name not in (without or ())
    )


# What a draft says


def stamp(scheme: Scheme, section: Section) -> str:
    """What the texts of a section are recognised by: who saves them names what they saw."""
    texts = [scheme.texts.get(item.key, "") for item in section.items]
    return hashlib.sha256(json.dumps(texts).encode()).hexdigest()[:16]


def keep_texts(
    actor: Actor, scheme: Scheme, section: Section, values: Mapping[str, Any], *, seen: str, now: datetime
) -> Scheme:
    """Save the texts of one section.

    Raises:
        FaultsError: something is wrong.
        StaleError: someone saved this section since it was `seen`.
    """
    own(actor, scheme.organisation, now)
    with act(actor, "schemes.keep_texts", now=now) as entry:
        held = _draft(scheme)
        if seen != stamp(held, section):
            raise StaleError(held)
        form = TextsForm(section, values)
        if not form.is_valid():
            raise FaultsError(form)
        held.texts |= {key: text.strip() for key, text in form.cleaned_data.items()}
        _touch(held, now, "texts")
        entry.about(held, section=section.number)
    return held


def add_files(
    actor: Actor, scheme: Scheme, item: str, uploads: Sequence[files.Upload], *, now: datetime
) -> list[SchemeFile]:
    """Add charts or plans that a section asks for.

    Raises:
        ValidationError: none, too many, too large, or neither PDF nor picture; nothing is kept then.
    """
    own(actor, scheme.organisation, now)
    wanted = scheme.declared.items.get(item)
    faults = [] if wanted and wanted.kind == "files" else [_("No files are asked for here.")]
    faults += [] if uploads else [_("Choose a file.")]
    for upload in uploads:
        faults += files.faults(upload)
    if len(uploads) > MOST_FILES:
        faults.append(_("At most %(n)s files at once.") % {"n": MOST_FILES})
    if faults:
        raise ValidationError(faults)
    with act(actor, "schemes.add_files", now=now) as entry:
        held = _draft(scheme)
        made = []
        for upload in uploads:
            one, new = SchemeFile.objects.get_or_create(
                scheme=held,
                item=item,
                sha256=files.store(upload),
                defaults={"name": files.clean_name(upload.name), "added_at": now, "added_by": me_of(actor)},
            )
            made += [one] if new else []
        _touch(held, now)
        entry.about(held, files=[one.sha256 for one in made])
    return made


def drop_file(actor: Actor, file: SchemeFile, *, now: datetime) -> None:
    """Take a chart or plan off a draft."""
    own(actor, file.scheme.organisation, now)
    with act(actor, "schemes.drop_file", now=now) as entry:
        held = _draft(file.scheme)
        SchemeFile.objects.filter(scheme=held, pk=file.pk).delete()
        _touch(held, now)
        entry.about(held, file=file.sha256)


def keep_row(
    actor: Actor,
    scheme: Scheme,
    kind: str,
    values: Mapping[str, Any],
    *,
    row: Row | None = None,
    revision: int = 0,
    section: Section | None = None,
    now: datetime,
) -> Any:
    """Add a facility or a figure's row to a draft, or change one.

    Raises:
        FaultsError: something is wrong.
        StaleError: someone changed or removed the row since `revision` was read.
    """
    own(actor, scheme.organisation, now)
    model, form_of = KINDS[kind]
    with act(actor, "schemes.keep_row", now=now) as entry:
        held = _draft(scheme)
        current: Any = _row(model, held, row, revision) if row else model()
        more = {"section": section} if kind == "parameters" else {}
        form = form_of(values, instance=current, scheme=held, **more)
        if not form.is_valid():
            raise FaultsError(form)
        kept = _save(form, actor, now)
        _touch(held, now)
        entry.about(held, kind=kind, row=kept.pk, new=row is None, changed=sorted(form.changed_data))
    return kept


def remove_row(actor: Actor, scheme: Scheme, kind: str, row: Row, *, revision: int, now: datetime) -> None:
    """Take a facility or a figure's row off a draft.

    Raises:
        StaleError: someone changed or removed it meanwhile.
    """
    own(actor, scheme.organisation, now)
    with act(actor, "schemes.remove_row", now=now) as entry:
        held = _draft(scheme)
        gone: Any = _row(KINDS[kind][0], held, row, revision)
        told = {
            name: content.plain(getattr(gone, f"{name}_id" if name == "meter" else name))
            for name in content.COLUMNS[kind]
        }
        gone.delete()
        _touch(held, now)
        entry.about(held, kind=kind, values=told)


def import_sheets(
    actor: Actor, scheme: Scheme, texts: Mapping[str, str], forms: Sequence[Any], *, now: datetime
) -> int:
    """Keep all that a workbook says, or nothing: `workbook.read` has found no fault in it. Returns what changed."""
    own(actor, scheme.organisation, now)
    with act(actor, "schemes.import_sheets", now=now) as entry:
        held = _draft(scheme)
        changed = [form for form in forms if form.instance.pk is None or form.has_changed()]
        for form in changed:
            _save(form, actor, now)
        news = {key: text for key, text in texts.items() if held.texts.get(key, "") != text}
        held.texts |= news
        _touch(held, now, "texts")
        entry.about(held, rows=len(changed), texts=len(news))
    return len(changed) + len(news)


# Meters


def keep_meter(
    actor: Actor,
    organisation: Organisation,
    values: Mapping[str, Any],
    *,
    meter: Meter | None = None,
    revision: int = 0,
    now: datetime,
) -> Meter:
    """Put a meter on record, or change what is said of one.

    Raises:
        FaultsError: something is wrong.
        StaleError: someone changed it since `revision` was read.
    """
    own(actor, organisation, now)
    with act(actor, "schemes.keep_meter", now=now) as entry:
        current = Meter()
        if meter is not None:
            current = Meter.objects.select_for_update().get(organisation=organisation, pk=meter.pk)
            if current.revision != revision:
                raise StaleError(current)
        form = MeterForm(values, instance=current, organisation=organisation)
        if not form.is_valid():
            raise FaultsError(form)
        kept: Meter = _save(form, actor, now)
        entry.about(kept, changed=sorted(form.changed_data))
    return kept


def record_calibration(
    actor: Actor,
    meter: Meter,
    values: Mapping[str, Any],
    sent: Mapping[str, Any] | None = None,
    *,
    now: datetime,
) -> Calibration:
    """Put a calibration on record, with its certificate.

    Raises:
        FaultsError: something is wrong.
    """
    own(actor, meter.organisation, now)
    with act(actor, "schemes.record_calibration", now=now) as entry:
        form = CalibrationForm(
            values, sent, instance=Calibration(added_at=now, added_by=me_of(actor)), meter=meter
        )
        if not form.is_valid():
            raise FaultsError(form)
        made: Calibration = form.save(commit=False)
        if upload := form.cleaned_data.get("document"):
            made.sha256, made.file_name = files.store(upload), files.clean_name(upload.name)
        made.save()
        entry.about(meter, day=made.day.isoformat(), due=made.due.isoformat(), file=made.sha256)
    return made


def withdraw_calibration(actor: Actor, calibration: Calibration, *, reason: str, now: datetime) -> None:
    """Say that a calibration was put on record wrongly; it stays readable with the reason.

    Raises:
        ValidationError: no reason, or withdrawn already.
    """
    own(actor, calibration.meter.organisation, now)
    with act(actor, "schemes.withdraw_calibration", now=now, why=reason[:500]) as entry:
        held = Calibration.objects.select_for_update().get(pk=calibration.pk)
        if not reason.strip() or held.withdrawn_at is not None:
            raise ValidationError({"why": _("Say why; what is withdrawn already stays so.")})
        held.withdrawn_at, held.withdrawn_why = now, reason.strip()[:500]
        held.save(update_fields=["withdrawn_at", "withdrawn_why"])
        entry.about(calibration.meter, day=held.day.isoformat())


# What the actions share


def me_of(actor: Actor) -> User | None:
    """The person who acts; None for the system."""
    return actor if isinstance(actor, User) else None


def own(actor: Actor, organisation: Organisation, now: datetime) -> None:
    """Let pass who may write for an enterprise today."""
    if isinstance(actor, User):
        check_acts_for(actor, organisation, Area.REPORTING, today=timezone.localdate(now))


def held_for_change(scheme: Scheme) -> Scheme:
    """The version as it stands, held against another's click at the same moment."""
    return Scheme.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=scheme.pk)


def _draft(scheme: Scheme) -> Scheme:
    held = held_for_change(scheme)
    if held.state != State.DRAFT:
        raise ValidationError(
            _("Only a draft can be changed; this version is: %(state)s.")
            % {"state": held.get_state_display()}
        )
    return held


def _touch(held: Scheme, now: datetime, *more: str) -> None:
    held.revision += 1
    held.changed_at = now
    held.save(update_fields=["revision", "changed_at", *more])


def _row(model: Any, scheme: Scheme, row: Row, revision: int) -> Any:
    held = model.objects.select_for_update().filter(scheme=scheme, pk=row.pk).first()
    if held is None:
        raise ValidationError(_("Someone removed this line meanwhile."))
    if held.revision != revision:
        raise StaleError(held)
    return held


def _save(form: Any, actor: Actor, now: datetime) -> Any:
    kept = form.save(commit=False)
    if kept.pk:
        kept.revision += 1
    kept.changed_at, kept.changed_by = now, me_of(actor)
    kept.save()
    return kept
