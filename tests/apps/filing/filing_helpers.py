"""Cells and papers of the coal plant for the tests of filing."""

import datetime as dt
from functools import cache

from shutan.apps.accounts.models import Kind, Organisation, User
from shutan.apps.common.files import Upload
from shutan.apps.filing import actions, cells, completeness, papers
from shutan.apps.filing.content import Year
from shutan.cli import months
from shutan.cli.plants import chuannan

NOW = dt.datetime(2025, 4, 20, 9, tzinfo=dt.UTC)
PDF = b"%PDF-1.4\n% stamped\n"


@cache
def plant():
    return chuannan(2025)


def organisation(name, kind=Kind.ENTERPRISE, division="510100"):
    return Organisation.objects.create(name_zh=name, kind=kind, division_code=division, created_at=NOW)


def user(name, org, role):
    made = User(username=name, organisation=org, role=role, name=name)
    made.set_password("Long-enough-2024")
    made.save()
    return made


def fill_book(person, book):
    return cells.save(person, book, list(months._changes(plant(), 0)), now=NOW)


def changes(number):
    """The cells of a month as the demonstration fills them in."""
    return list(months._changes(plant(), number))


def fill(person, month):
    cells.save(person, month, changes(month.month), now=NOW)
    for one in wanted(month):
        name = f"{month.period}-{one.need.name}-{'-'.join(one.key)}.pdf"
        papers.add(
            person, month, [Upload(name, PDF + name.encode())], need=one.need.name, key=one.key, now=NOW
        )


def wanted(month):
    return completeness.of(Year.of(month.book, {month.month: month}), month.month).wanted


def change(value, seen=0, variable="fuel_consumption_reported", key=("1号机组", "烟煤"), table="fuel_months"):
    return cells.Change(table, key, variable, value, seen)


def file_month(people, month):
    sent = actions.send_for_review(people["filler"], month, revision=month.revision, now=NOW)
    return actions.submit(people["reviewer"], sent, revision=sent.revision, now=NOW)
