"""The demonstration: the plants of `plants`, sent in through the actions that people's uploads call."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime

from django.utils import timezone

from shutan.apps.accounts.demo import PEOPLE, Login, create_demo
from shutan.apps.accounts.models import Role, User
from shutan.apps.reporting.actions import create_report_from_workbook, submit
from shutan.apps.reporting.storage import Upload
from shutan.cli.plants import PlantYear, all_plants
from shutan.cli.words import pick
from shutan.documents.template import write_template
from shutan.rules.registry import rule_set

WHY = "Demonstration data 演示数据"
SUBMITTED = ("chuannan_2024", "chengdu_2024", "dazhou_2024")  # the others stay drafts


def create(progress: Callable[[str], None]) -> list[Login]:
    """Make what is missing of organisations, people and reports; a second call changes nothing."""
    now = timezone.now()
    logins = create_demo(now)
    for plant in all_plants():
        if _send_in(plant, now):
            progress(
                pick(
                    f"  {plant.slug}：{plant.title.partition('|')[0]}|  {plant.slug}: {plant.title.partition('|')[2]}"
                )
            )
    return logins


def _send_in(plant: PlantYear, now: datetime) -> bool:
    """Upload a plant's workbook as its people would, unless they have; the same workbook is the same report."""
    person = _filler(plant.organisation or "coal")
    assert person.organisation is not None  # noqa: S101 - everybody of the demonstration belongs to one
    file = io.BytesIO()
    write_template(rule_set(plant.sector), plant.year, file, data=plant.dataset())
    made = create_report_from_workbook(
        person,
        Upload(f"{plant.slug}.xlsx", file.getvalue()),
        organisation=person.organisation,
        title=plant.title.partition("|")[0],
        rules_year=plant.rules_year,
        now=now,
        why=WHY,
    )
    if made.is_new and plant.slug in SUBMITTED:
        submit(person, made.report, revision=made.report.revision, now=now, why=WHY)
    return made.is_new


def _filler(organisation: str) -> User:
    """Return who fills in the reports of an organisation."""
    username = next(name for name, own, _, role in PEOPLE if own == organisation and role == Role.FILLER)
    return User.objects.select_related("organisation").get(username=username)
