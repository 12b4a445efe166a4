"""People, meters and whole schemes that the tests share."""

import io
from datetime import UTC, date, datetime

import openpyxl

from shutan.apps.accounts.models import Kind, Organisation, User
from shutan.apps.common.files import Upload
from shutan.apps.schemes import actions, steps
from shutan.apps.schemes.models import Scheme
from shutan.rules.common.codes import credit_code_check_character

NOW = datetime(2026, 11, 5, 4, tzinfo=UTC)
PDF = b"%PDF-1.4 chart"
ROW = {
    "description": "皮带秤连续计量",
    "recording": "每日",
    "missing": "取前后均值的较大者",
    "department": "燃料部",
}
METER = {
    "number": "BS-01",
    "name": "皮带秤",
    "place": "1号皮带",
    "frequency": "连续",
    "accuracy": "0.5级",
    "calibration_months": "12",
}
FACILITY = {"name": "1号锅炉", "number": "MF0001", "use": "in_use", "owner": "甲电厂"}


def code(number):
    text = f"91510100MA{number:07d}"
    return text + credit_code_check_character(text)


def organisation(name, kind=Kind.ENTERPRISE, division="510100", number=None):
    return Organisation.objects.create(
        kind=kind, name_zh=name, division_code=division, credit_code=number and code(number), created_at=NOW
    )


def user(username, home, role):
    return User.objects.create_user(username=username, organisation=home, role=role, password="x")


def begin(person, rule_set="power", year=2027):
    return actions.begin(person, person.organisation, rule_set, year, now=NOW)


def a_meter(person, **values):
    return actions.keep_meter(person, person.organisation, METER | values, now=NOW)


def fresh(scheme):
    return Scheme.objects.select_related("organisation").get(pk=scheme.pk)


def texts(person, scheme, section, **values):
    held = fresh(scheme)
    one = held.declared.section(section)
    return actions.keep_texts(person, held, one, values, seen=actions.stamp(held, one), now=NOW)


def complete(person, rule_set="power", year=2027):
    """A scheme that may be sent to the internal review: every figure does not occur, but the first, which is measured."""
    scheme = begin(person, rule_set, year)
    declared = scheme.declared
    for section in declared.sections:
        said = {item.key: f"{item.zh}说明" for item in section.items if item.kind == "text"}
        if said:
            texts(person, scheme, section.number, **said)
        for item in section.items:
            if item.kind == "files":
                actions.add_files(person, fresh(scheme), item.key, [Upload(f"{item.key}.pdf", PDF)], now=NOW)
    actions.keep_row(person, fresh(scheme), "facilities", FACILITY, now=NOW)
    meter = a_meter(person, number=f"BS-{rule_set}-{year}")
    for place, row in enumerate(scheme.parameters.all()):
        said = ROW | {"obtained": "measured", "meter": str(meter.pk)} if place == 0 else {"obtained": "none"}
        keep(person, scheme, row, **said)
    return fresh(scheme)


def keep(person, scheme, row, **values):
    given = {"parameter": row.parameter, "subject": row.subject} | values
    return actions.keep_row(
        person, fresh(scheme), "parameters", given, row=row, revision=row.revision, now=NOW
    )


def take(person, scheme, name, **more):
    held = fresh(scheme)
    return steps.take(person, held, name, revision=held.revision, now=NOW, **more)


def submitted(people, **more):
    scheme = complete(people["filler"], **more)
    take(people["filler"], scheme, "send_to_review")
    return take(people["reviewer"], scheme, "submit")


def accepted(people, day=date(2027, 1, 1), **more):
    scheme = submitted(people, **more)
    return take(people["officer"], scheme, "accept", in_force_from=day)


def cells(content, title):
    """The sheet whose title begins so, to change."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return book, next(sheet for sheet in book.worksheets if sheet.title.startswith(title))


def saved(book):
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
