"""Organisations, people and workbooks for the tests of reporting."""

import datetime as dt
import io
from functools import cache

from shutan.apps.accounts.models import Kind, Organisation, User
from shutan.apps.filing import actions as filing
from shutan.apps.filing import cells
from shutan.apps.reporting import actions
from shutan.apps.reporting.storage import Upload
from shutan.cli import months
from shutan.cli.demonstration import declare
from shutan.cli.plants import chuannan, dazhou, us_coal_plant
from shutan.documents.template import write_template
from shutan.rules.registry import rule_set

NOW = dt.datetime(2025, 3, 1, 9, tzinfo=dt.UTC)
PLANTS = {
    "coal": lambda: chuannan(2024),
    "coal_2023": lambda: chuannan(2023),
    "gas": lambda: dazhou(2024),
    "us": us_coal_plant,
}


@cache
def workbook(name="coal"):
    """A filled-in workbook as bytes."""
    plant = PLANTS[name]()
    stream = io.BytesIO()
    write_template(rule_set("power"), plant.year, stream, data=plant.dataset())
    return stream.getvalue()


@cache
def changed_workbook(table, name, value):
    """The coal plant's workbook with one input of every row of a table changed (None: left empty)."""
    plant = PLANTS["coal"]()
    data = plant.dataset()
    for row in data.rows(table):
        row.values.pop(name, None)
        if value is not None:
            row.values[name] = value
    stream = io.BytesIO()
    write_template(rule_set("power"), plant.year, stream, data=data)
    return stream.getvalue()


def organisation(name, kind=Kind.ENTERPRISE, division="510100"):
    return Organisation.objects.create(name_zh=name, kind=kind, division_code=division, created_at=NOW)


def user(name, org, role):
    made = User(username=name, organisation=org, role=role, name=name)
    made.set_password("Long-enough-2024")
    made.save()
    return made


def create(person, name="coal", content=None, **options):
    upload = Upload(f"{name}.xlsx", content or workbook(name))
    return actions.create_report_from_workbook(
        person, upload, organisation=person.organisation, now=NOW, **options
    )


def submit(person, report, *, now=NOW, why=""):
    """A report declared by its scan and submitted; one that cannot be is refused as it is."""
    if report.is_draft and not report.is_exercise:
        declare(person, report, now)
    return actions.submit(person, report, revision=report.revision, now=now, why=why)


FILED_AT = dt.datetime(2026, 1, 20, 9, tzinfo=dt.UTC)


def book_of(people, year=2025):
    """The coal plant's book of a year with its units and fuels."""
    filler = people["filler"]
    book = filing.open_book(filler, filler.organisation, rule_set="power", year=year, now=FILED_AT)
    cells.save(filler, book, list(months._changes(chuannan(year), 0)), now=FILED_AT)
    return book


def file_month(people, book, number):
    """One month filled in and filed, its papers to come later."""
    month = filing.open_month(people["filler"], book, number, now=FILED_AT)
    cells.save(people["filler"], month, list(months._changes(chuannan(book.year), number)), now=FILED_AT)
    return send(people, month)


def send(people, month):
    """A month through internal review, and filed."""
    sent = filing.send_for_review(people["filler"], month, revision=month.revision, now=FILED_AT)
    return filing.submit(people["reviewer"], sent, revision=sent.revision, now=FILED_AT, why="扫描件后补")


def correct_month(people, month, value="12345.67"):
    """A filed month corrected in one cell, and filed again."""
    made = filing.correct(people["filler"], month, now=FILED_AT, why="更正")
    place = {"table": "fuel_months", "key": ("1号机组", "烟煤"), "variable": "fuel_consumption_reported"}
    seen = made.values.get(**{**place, "key": list(place["key"])}).revision
    cells.save(people["filler"], made, [cells.Change(value=value, seen=seen, **place)], now=FILED_AT)
    made.refresh_from_db()
    return send(people, made)
