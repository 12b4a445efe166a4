"""Reminders 催办: in the worklist and by e-mail, each stage once however often the job runs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import translation
from django.utils.translation import gettext as _

from shutan.apps.accounts.models import Role, User
from shutan.apps.duties.models import Duty, Reminder
from shutan.apps.duties.models.duties import duty_name
from shutan.apps.duties.telling import tell_rest

# Days before (positive) and after (negative) the date in force on which a unit is reminded by itself.
STAGES = (30, 7, 1, -1, -7, -30)
TO = (Role.FILLER, Role.RESPONSIBLE, Role.ADMIN)


def run(*, now: datetime, today: date) -> tuple[int, int]:
    """Tell who has got an account since its list was published, remind of what is due by itself, and send what was not sent.

    Returns how many were reminded and how many mails went out.

    A stage that was missed because the job did not run is made up by the next one, once: the latest stage counts.
    """
    tell_rest(now=now, today=today)
    open_ = Duty.objects.filter(done_on=None, lapsed=False, organisation__isnull=False)
    open_ = open_.annotate(until=Coalesce("extended_to", "inner", "due")).exclude(until=None)
    by_stage: dict[int, list[Duty]] = {}
    for duty in open_.select_related("organisation").order_by("pk"):
        left = (duty.until - today).days
        reached = [stage for stage in STAGES if left <= stage]
        if reached:
            by_stage.setdefault(min(reached), []).append(duty)
    made = 0
    for stage, duties in by_stage.items():
        made += len(remind(duties, stage=str(stage), text="", by=None, now=now))
    return made, send_waiting(now=now)


def remind(
    duties: Iterable[Duty], *, stage: str, text: str, by: User | None, now: datetime
) -> list[Reminder]:
    """Write a reminder of a stage for each duty that has none; the e-mails go out once it is written."""
    wanted = {duty.pk: duty for duty in duties}
    with transaction.atomic():
        known = set(Reminder.objects.filter(duty__in=wanted, stage=stage).values_list("duty", flat=True))
        left = [duty for pk, duty in wanted.items() if pk not in known]
        people = _people(left)
        made = Reminder.objects.bulk_create(
            [
                Reminder(
                    duty=duty,
                    stage=stage,
                    sent_at=now,
                    sent_by=by,
                    text=text.strip()[:500],
                    recipients=people.get(duty.organisation_id or 0, []),
                )
                for duty in left
            ],
            ignore_conflicts=True,
        )
        if by is not None:
            transaction.on_commit(lambda: send_waiting(now=now))
    return made


def _people(duties: Sequence[Duty]) -> dict[int, list[str]]:
    """E-mail addresses by organisation: of who fills in and answers, and of its contact."""
    found: dict[int, list[str]] = {}
    homes = {duty.organisation_id for duty in duties if duty.organisation_id}
    people = User.objects.filter(organisation__in=homes, is_active=True, role__in=TO).exclude(email="")
    for home, email in people.order_by("pk").values_list("organisation", "email"):
        found.setdefault(home, []).append(email)
    for duty in duties:
        contact = duty.organisation.contact_email if duty.organisation else ""
        if contact and contact not in found.setdefault(duty.organisation_id or 0, []):
            found[duty.organisation_id or 0].append(contact)
    return found


def send_waiting(*, now: datetime) -> int:
    """Send the reminders that were not sent yet, one by one: what fails is tried again by the next run."""
    sent = 0
    waiting = list(
        Reminder.objects.filter(mailed_at=None).exclude(recipients=[]).values_list("pk", flat=True)[:2000]
    )
    for pk in waiting:
        with transaction.atomic():
            row = (
                Reminder.objects.select_for_update(of=("self",), skip_locked=True)
                .select_related("duty__organisation")
                .filter(pk=pk, mailed_at=None)
                .first()
            )
            if row is None:
                continue
            try:
                _mail(row).send()
            except OSError:
                continue
            Reminder.objects.filter(pk=pk).update(mailed_at=now)
            sent += 1
    return sent


def _mail(reminder: Reminder) -> EmailMessage:
    """In Chinese, the language of the papers it is about."""
    duty = reminder.duty
    until = duty.extended_to or duty.inner or duty.due
    with translation.override("zh-hans"):
        subject = _("Reminder: %(duty)s, by %(day)s") % {
            "duty": duty_name(duty.name),
            "day": until or _("no date named"),
        }
        lines = [
            duty.unit_name,
            f"{duty.title} · {duty.sector_name}",
            _("Legal date: %(day)s") % {"day": duty.due or _("no date named")},
            duty.source,
            reminder.text,
            _(
                "This is a reminder of the province's working system; the legal filing is made on the national platform."
            ),
        ]
    return EmailMessage(
        subject, "\n".join(line for line in lines if line), settings.DEFAULT_FROM_EMAIL, reminder.recipients
    )


def latest_of(duties: Iterable[Duty]) -> dict[int, Reminder]:
    """The latest reminder of each duty."""
    rows = Reminder.objects.filter(duty__in=[duty.pk for duty in duties]).order_by(
        "duty", F("sent_at").desc()
    )
    return {row.duty_id: row for row in rows.distinct("duty")}
