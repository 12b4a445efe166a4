"""The demonstration's monthly filing: the coal plant's books, filled in and filed through the actions people call."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Iterator

from django.db import transaction
from django.utils import timezone

from shutan.apps.accounts.demo import ACTOR
from shutan.apps.accounts.models import Role, User
from shutan.apps.common.files import Upload
from shutan.apps.common.values import stored
from shutan.apps.filing import actions, cells, completeness, papers
from shutan.apps.filing.content import Year, dimensions, plain
from shutan.apps.filing.models import Book, MonthlyFiling
from shutan.cli.plants import chuannan
from shutan.cli.plants.common import PlantYear
from shutan.kernel import Table
from shutan.kernel.grain import MONTH
from shutan.rules.registry import rule_set

WHY = "Demonstration data 演示数据"
YEARS = (2025, 2026)
State = MonthlyFiling.State
People = tuple[User, User]  # who fills in, who reviews and files
# Where the last months before today stand, the latest first; all before them are accepted.
LATEST = ("begun", "internal", "submitted", "corrected", "passed_city")
FILED_AFTER = dt.timedelta(days=24)  # days after the month's end: well within the forty


def create(person: Callable[[str, str], User | None], now: dt.datetime) -> list[str]:
    """Make the books that are missing; one that is there is left alone.

    Args:
        person: finds who has a role in an organisation of the demonstration.
        now: today; no month that is not over is begun.

    Returns:
        What was made, `2026 川南…`.
    """
    filler, reviewer = person("coal", Role.FILLER), person("coal", Role.REVIEWER)
    if filler is None or reviewer is None or filler.organisation is None:
        return []
    made = []
    for year in YEARS:
        if not Book.objects.filter(organisation=filler.organisation, rule_set="power", year=year).exists():
            with transaction.atomic():
                _book((filler, reviewer), chuannan(year), now)
            made.append(f"{year} {filler.organisation.name_zh}")
    return made


def _book(people: People, plant: PlantYear, now: dt.datetime) -> None:
    filler, _reviewer = people
    assert filler.organisation is not None  # noqa: S101 - asked by the caller
    began = min(now, _day(plant.year, 1, dt.timedelta(days=1)))
    book = actions.open_book(
        filler, filler.organisation, rule_set=plant.sector, year=plant.year, now=began, why=WHY
    )
    cells.save(filler, book, list(_changes(plant, 0)), now=began)
    over = [month for month in actions.MONTHS if _day(plant.year, month, dt.timedelta()) < now]
    running = plant.year == timezone.localdate(now).year
    for month in over:
        at = over[-1] - month
        fate = LATEST[at] if running and at < len(LATEST) else "accepted"
        when = min(now, _day(plant.year, month, FILED_AFTER))
        filing = actions.open_month(filler, book, month, now=when, why=WHY)
        _month(people, plant, filing, fate, when)


def _month(people: People, plant: PlantYear, filing: MonthlyFiling, fate: str, when: dt.datetime) -> None:
    filler, reviewer = people
    changes = list(_changes(plant, filing.month))
    if fate == "begun":
        changes = changes[: len(changes) // 2]
    cells.save(filler, filing, changes, now=when)
    _papers(filler, filing, when, some=fate == "begun")
    if fate == "begun":
        return
    held = actions.send_for_review(filler, filing, revision=filing.revision, now=when)
    if fate == "internal":
        return
    filed = actions.submit(reviewer, held, revision=held.revision, now=when, why=WHY)
    if fate == "submitted":
        return
    if fate == "corrected":
        told = "请核对2号机组耗煤量与台账"
        back = actions.decide(ACTOR, filed, State.RETURNED, revision=filed.revision, now=when, why=told)
        actions.correct(filler, back, now=when, why="退回：核对耗煤量")
        return
    passed = actions.decide(ACTOR, filed, State.PASSED_CITY, revision=filed.revision, now=when)
    if fate == "accepted":
        actions.decide(ACTOR, passed, State.ACCEPTED, revision=passed.revision, now=when)


def _day(year: int, month: int, plus: dt.timedelta) -> dt.datetime:
    last = dt.datetime(year, month, calendar.monthrange(year, month)[1], 10, tzinfo=dt.UTC)
    return last + plus


def _changes(plant: PlantYear, month: int) -> Iterator[cells.Change]:
    """The cells of a month, of the year for 0."""
    data = plant.dataset()
    for table in rule_set(plant.sector).tables:
        if table.grain.monthly != bool(month):
            continue
        for row in data.rows(table.name):
            if not month or row.values[MONTH] == month:
                yield from _row(table, row.values)


def _row(table: Table, values: dict[str, object]) -> Iterator[cells.Change]:
    key = tuple(str(values[name]) for name in dimensions(table))
    for one in table.inputs:
        if values.get(one.name) is not None:
            number, text = stored(values[one.name])
            written = text if number is None else plain(number)
            obtained = "measured" if number is not None and table.grain.monthly else None
            yield cells.Change(table.name, key, one.name, written, obtained=obtained)


def _papers(filler: User, filing: MonthlyFiling, when: dt.datetime, *, some: bool) -> None:
    """A paper for each that the month asks for; of a month just begun only every third."""
    wanted = completeness.of(Year.of(filing.book, {filing.month: filing}), filing.month).wanted
    for number, one in enumerate(wanted):
        if one.must and not (some and number % 3):
            title = f"{filing.period} {' '.join(one.key)} {one.need.zh}"
            name = f"{filing.period}-{'-'.join(one.key)}-{one.need.name}.pdf"
            upload = Upload(name, paper(title))
            papers.add(filler, filing, [upload], need=one.need.name, key=one.key, now=when)


def paper(title: str) -> bytes:
    """One page that says what it stands for, as a scan would show it: fictitious, and it says so."""
    text = "Demonstration, no real paper: " + title.encode("ascii", "ignore").decode().strip()
    stream = f"BT /F1 12 Tf 60 760 Td ({text}) Tj ET".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body = b"%PDF-1.4\n"
    places = []
    for number, one in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % at for at in places)
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return body + end % (len(objects) + 1, table, len(objects) + 1, len(body))
