"""Emissions, lists and duties of the drawn province, by the same steps as a year of the province's work."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from shutan.apps.accounts.demo import ACTOR
from shutan.apps.accounts.models import Kind, Organisation
from shutan.apps.common.files import Upload
from shutan.apps.duties import intake, steps
from shutan.apps.duties.actions import mark_done
from shutan.apps.duties.models import AnnualEmission, Duty, ListKind, Opinion, UnitList
from shutan.cli.province.drawing import SEED, Enterprise
from shutan.cli.province.own import plants

SOURCE = "演示数据（虚构）demonstration, fictitious"
# Sector of the directory → activity and class of the rules of entry, and tonnes of an enterprise between which one is drawn.
FIGURES = {
    "power": ("POWER", "C4411", 15_000, 4_000_000),
    "steel": ("STEEL", "C3120", 20_000, 3_000_000),
    "cement": ("PORTLAND_CLINKER", "C3011", 20_000, 1_500_000),
    "aluminium": ("ELECTROLYTIC_ALUMINIUM", "C3216", 30_000, 900_000),
    "flat_glass": ("FLAT_GLASS", "C3041", 15_000, 250_000),
    "chemical": ("CHEMICAL", "C2621", 8_000, 900_000),
    "petrochemical": ("PETROCHEMICAL", "C2511", 20_000, 900_000),
    "nonferrous": ("COPPER_SMELTING", "C3211", 8_000, 120_000),
    "paper": ("PULP_PAPER", "C2221", 5_000, 150_000),
    "aviation": ("AVIATION", "C5611", 30_000, 400_000),
}
YEARS = (2023, 2024, 2025)
DONE = 0.9  # of the duties whose day is past


def make(drawn: list[Enterprise], today: date) -> None:
    """Record what was emitted and bring lists to different stages; nothing where a list is there already."""
    if not drawn or AnnualEmission.objects.exists():
        return
    with transaction.atomic():
        upload = Upload("emissions.csv", _emissions(drawn).encode("utf-8-sig"))
        intake.record_emissions(ACTOR, upload, now=noon(date(2026, 8, 3)), today=date(2026, 8, 3))
        _published(ListKind.ETS, "power", 2026, date(2025, 9, 1))
        _published(ListKind.ETS, "power", 2027, date(2026, 9, 1))
        _published(ListKind.ETS, "steel", 2027, date(2026, 9, 1))
        _asked(
            steps.make(ACTOR, kind=ListKind.ETS, sector="cement", year=2027, now=noon(today), today=today),
            today,
        )
        steps.make(ACTOR, kind=ListKind.ETS, sector="aluminium", year=2027, now=noon(today), today=today)
        _published(ListKind.OTHER, "chemical", 2026, date(2025, 11, 3))
        _deeds(today)


def _emissions(drawn: Iterable[Enterprise]) -> str:
    """Write the table that the intake takes: some lie below the threshold, and each year differs a little."""
    draw = random.Random(SEED)  # noqa: S311 - a demonstration, no secret
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow([one.name for one in intake.EMISSION_COLUMNS])
    for one in drawn:
        if one.sector not in FIGURES:
            continue
        activity, code, least, most = FIGURES[one.sector]
        usual = one.emits or least * (most / least) ** draw.random()
        for year in YEARS:
            direct = round(usual * draw.uniform(0.9, 1.1), 2)
            row = [
                one.code,
                year,
                activity,
                code,
                "verified",
                f"{direct:.2f}",
                f"{direct * 1.08:.2f}",
                f"{direct / 2.6:.2f}",
                SOURCE,
            ]
            table.writerow(row)
    return text.getvalue()


def _published(kind: str, sector: str, year: int, start: date) -> None:
    """Take a list all the way: drafted, agreed by every department that was asked, shown, published."""
    made = steps.make(ACTOR, kind=kind, sector=sector, year=year, now=noon(start), today=start)
    asked, shown, out = start + timedelta(7), start + timedelta(21), start + timedelta(30)
    made = _asked(made, asked)
    for opinion in Opinion.objects.filter(unit_list=made):
        steps.answer_opinion(ACTOR, opinion, answer=Opinion.Answer.AGREES, now=noon(shown))
    made.refresh_from_db()
    made = steps.give_notice(ACTOR, made, until=out, revision=made.revision, now=noon(shown), today=shown)
    steps.publish(
        ACTOR,
        made,
        document=f"演示〔{out.year}〕{made.pk}号",
        revision=made.revision,
        now=noon(out),
        today=out,
    )


def _asked(made: UnitList, day: date) -> UnitList:
    """Ask the departments; what the rules could not decide is left out first, with a reason."""
    for unit in made.entries.filter(change="undecided", decision=""):
        made.refresh_from_db()
        why = "演示：数据待补充 demonstration: figures to come"
        steps.decide_entry(ACTOR, unit, decision="exclude", why=why, revision=made.revision, now=noon(day))
    made.refresh_from_db()
    peers = Organisation.objects.filter(kind__in=(Kind.INDUSTRY, Kind.REFORM, Kind.STATISTICS))
    return steps.ask_opinions(
        ACTOR,
        made,
        organisations=peers,
        by=day + timedelta(30),
        revision=made.revision,
        now=noon(day),
        today=day,
    )


def _deeds(today: date) -> None:
    """Let most of what is past be done; the rest is overdue, as it would be."""
    draw = random.Random(SEED)  # noqa: S311 - a demonstration, no secret
    for duty in _past(today):
        if draw.random() < DONE and duty.due is not None:
            on = duty.due - timedelta(draw.randrange(1, 10))
            mark_done(ACTOR, duty, on=on, evidence=SOURCE, revision=None, now=noon(on), today=on)


def _past(today: date) -> Iterator[Duty]:
    """Yield what is past; the months of evidence of the plant that files them are done by being filed."""
    filed = Q(name="monthly_evidence", organisation__credit_code=plants()[0].code)
    yield from Duty.objects.filter(due__lt=today, lapsed=False, done_on=None).exclude(filed).order_by("pk")


def noon(day: date) -> datetime:
    """Return the middle of a day: when it was done."""
    return timezone.make_aware(datetime.combine(day, time(12)))
