"""Organisations, people and workbooks for the tests of reporting."""

import datetime as dt
import io
from functools import cache

from shutan.apps.accounts.models import Kind, Organisation, User
from shutan.apps.reporting import actions
from shutan.apps.reporting.storage import Upload
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
