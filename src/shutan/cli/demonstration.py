"""The demonstration: the plants of `plants`, sent in through the actions that people's uploads call."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from shutan.apps.accounts.demo import ACTOR, PEOPLE, Login, create_demo, create_works
from shutan.apps.accounts.log import Actor
from shutan.apps.accounts.models import Role, User
from shutan.apps.reporting.actions import create_report_from_workbook, submit
from shutan.apps.reporting.declarations import pdf
from shutan.apps.reporting.declaring import with_scan
from shutan.apps.reporting.models import Report
from shutan.apps.reporting.storage import Upload
from shutan.cli import archives, departments, labreports, months, policies, reviews, schemes
from shutan.cli.plants import PlantYear, all_plants
from shutan.cli.province.drawing import ENTERPRISES
from shutan.cli.province.making import make as make_province
from shutan.cli.words import pick
from shutan.documents.template import write_template
from shutan.rules.registry import rule_set

WHY = "Demonstration data 演示数据"
SUBMITTED = ("chuannan_2024", "chengdu_2024", "dazhou_2024")  # the others stay drafts


def create(progress: Callable[[str], None], count: int = ENTERPRISES) -> list[Login]:
    """Make what is missing of organisations, people and reports; a second call changes nothing.

    Args:
        progress: is told what was made.
        count: how many fictitious enterprises the province has, beside those with reports.
    """
    now = timezone.now()
    logins = create_demo(now) + make_province(progress, count)
    works: dict[str, User] = {}
    for plant in all_plants():
        name, code = _names(plant)
        if plant.organisation == "industry" and code not in works:
            english = plant.title.partition("|")[2].partition(":")[0]
            works[code], login = create_works(now, plant.slug.partition("_")[0], name, english, code)
            logins.append(login)
    for plant in all_plants():
        with transaction.atomic():
            is_new = _send_in(plant, works.get(_names(plant)[1]), now)
        if is_new:
            progress(
                pick(
                    f"  {plant.slug}：{plant.title.partition('|')[0]}|  {plant.slug}: {plant.title.partition('|')[2]}"
                )
            )
    for make, words in _MAKERS:
        for title in make(now):
            progress(pick("|".join(f"  {title} {word}" for word in words.split("|"))))
    return logins


_MAKERS: tuple[tuple[Callable[[datetime], list[str]], str], ...] = (
    (schemes.create, "数据质量控制方案|scheme"),
    (labreports.create, "检测报告|test reports"),
    (lambda now: months.create(_person, now), "月度存证|monthly filing"),
    (policies.create, "一企一策|policy"),
    (departments.create, "部门数据|data of a department"),
    (reviews.create, "联审|joint review"),
    (archives.create, "记录与档案|records and archives"),
)


def _names(plant: PlantYear) -> tuple[str, str]:
    """Return the name and the credit code of the enterprise a workbook is about, as its first sheet says."""
    own = next(row for rows in plant.tables.values() for row in rows if "credit_code" in row)
    return str(own["enterprise_name"]), str(own["credit_code"])


def _send_in(plant: PlantYear, works: User | None, now: datetime) -> bool:
    """Upload a plant's workbook as its people would, unless they have; whatever became of it since is left alone."""
    organisation = plant.organisation or "exercise"  # a real plant of elsewhere is nobody's report here
    person = works or _person(organisation, Role.FILLER)
    assert person is not None  # noqa: S101 - create_demo has made them
    assert person.organisation is not None  # noqa: S101 - everybody of the demonstration belongs to one
    name = f"{plant.slug}.xlsx"
    if Report.objects.filter(organisation=person.organisation, source__name=name).exists():
        return False
    file = io.BytesIO()
    write_template(rule_set(plant.sector), plant.year, file, data=plant.dataset())
    made = create_report_from_workbook(
        person,
        Upload(name, file.getvalue()),
        organisation=person.organisation,
        title=plant.title.partition("|")[0],
        rules_year=plant.rules_year,
        now=now,
        why=WHY,
    )
    if plant.slug in SUBMITTED:
        # Who fills a report in does not submit it; where the demonstration has nobody who may, it does so itself.
        submitter: Actor = _person(organisation, Role.REVIEWER) or ACTOR
        declared = declare(submitter, made.report, now)
        submit(submitter, declared, revision=declared.revision, now=now, why=WHY)
    return True


def declare(actor: Actor, report: Report, now: datetime) -> Report:
    """A draft with its declaration: the page itself stands for the scan of a stamped one."""
    page = Upload(f"declaration-{report.year}.pdf", pdf(report, "zh"))
    with_scan(actor, report, page, revision=report.revision, now=now)
    return report


def _person(organisation: str, wanted: str) -> User | None:
    """Return who has a role in an organisation of the demonstration."""
    for username, own, _, role in PEOPLE:
        if (own, role) == (organisation, wanted):
            return User.objects.select_related("organisation").get(username=username)
    return None
