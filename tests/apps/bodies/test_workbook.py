"""People and instruments by workbook: all of it, or nothing with everything that is wrong."""

import io
import zipfile
from datetime import date

import openpyxl
import pytest
from bodies_helpers import INSTRUMENT, NOW, PERSON, keep, submit, workbook
from django.utils import translation

from shutan.apps.bodies import actions, queries
from shutan.apps.bodies.sections import SECTIONS
from shutan.apps.bodies.workbook import MOST_ROWS, read, write

PEOPLE, INSTRUMENTS = SECTIONS["people"], SECTIONS["instruments"]


def cells(found):
    return {one.cell for one in found.faults}


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("part", list(SECTIONS))
def test_what_is_written_reads_back_unchanged(people, body, part, language):
    section = SECTIONS[part]
    with translation.override(language):
        content = write(section, list(queries.rows(body, section)))
    found = read(section, body, content)
    assert found.faults == []
    assert [form.instance.pk for form in found.forms] == [one.pk for one in queries.rows(body, section)]
    assert actions.import_rows(people["filler"], body, section, found.forms, now=NOW) == 0


def test_new_lines_are_added_and_known_ones_changed(people, body):
    content = workbook(
        "people",
        {
            "name": "张三",
            "certificate": "核查员",
            "certificate_number": "SECRET-77",
            "is_full_time": "是",
            "position": "组长",
        },
        {
            "name": "李四",
            "is_full_time": "No",
            "valid_to": "2027/3/31",
            "since": "2020-01-02",
        },
    )
    found = read(PEOPLE, body, content)
    assert found.faults == []
    assert actions.import_rows(people["filler"], body, PEOPLE, found.forms, now=NOW) == 2
    first, second = queries.rows(body, PEOPLE).order_by("pk")
    assert (first.position, first.revision, first.is_full_time) == ("组长", 2, True)
    assert (second.valid_to, second.since, second.is_full_time) == (
        date(2027, 3, 31),
        date(2020, 1, 2),
        False,
    )


def test_all_faults_at_once_and_nothing_saved(people, body):
    lines = [INSTRUMENT | {"serial_number": f"n{number}"} for number in range(100)]
    lines[3]["name"] = ""
    lines[40]["valid_to"] = "next spring"
    lines[41]["calibrated_on"] = "2028-01-01"
    lines[99]["serial_number"] = "n0"
    found = read(INSTRUMENTS, body, workbook("instruments", *lines))
    column = {
        name: openpyxl.utils.get_column_letter(place) for place, name in enumerate(INSTRUMENTS.names, 1)
    }
    assert cells(found) == {
        f"{column['name']}6",
        f"{column['valid_to']}43",
        f"{column['valid_to']}44",
        f"{column['serial_number']}102",
    }
    assert all(one.wrong for one in found.faults)
    assert queries.rows(body, INSTRUMENTS).count() == 1


def test_an_unknown_choice_says_what_is_expected(people, body):
    line = {
        "service": "flying",
        "year": 2025,
        "client_name": "x",
        "finished_on": "2026-01-01",
        "in_province": "maybe",
    }
    with translation.override("en"):
        found = read(SECTIONS["works"], body, workbook("works", line))
    services = "Consulting / Compiling emission reports / Testing / Verification / Certification"
    services += " / Trading and asset management / Technology / Finance"
    assert {one.expected for one in found.faults} == {services, "Yes / No"}


def test_an_empty_yes_or_no_is_the_usual_one(people, body):
    line = {"service": "Testing", "year": 2025, "client_name": "x", "finished_on": "2026-01-01"}
    found = read(SECTIONS["works"], body, workbook("works", line))
    assert found.faults == []
    assert found.forms[0].instance.in_province


def test_moved_columns_do_no_harm(people, body):
    stream = io.BytesIO()
    book = openpyxl.Workbook()
    for line in (
        ["valid_to", "extra", *PEOPLE.names[:-2], PEOPLE.names[-1]],
        ["", "", "x"],
        ["2027-01-01", "?", "赵六"],
    ):
        book.active.append(line)
    book.save(stream)
    found = read(PEOPLE, body, stream.getvalue())
    assert found.faults == []
    assert (found.forms[0].instance.name, found.forms[0].instance.valid_to) == ("赵六", date(2027, 1, 1))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a workbook",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old",
        workbook("instruments", INSTRUMENT),
        workbook("people"),
        workbook("people", *[PERSON | {"name": f"n{number}"} for number in range(MOST_ROWS + 1)]),
    ],
    ids=["nothing", "text", "old", "another part", "no line", "too many"],
)
def test_a_file_that_cannot_be_read_says_why(people, body, content):
    found = read(PEOPLE, body, content)
    assert len(found.faults) == 1
    assert found.faults[0].wrong
    assert found.forms == []


def test_a_macro_is_not_opened(people, body):
    stream = io.BytesIO(workbook("people", PERSON))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    assert len(read(PEOPLE, body, stream.getvalue()).faults) == 1


def test_nothing_is_imported_under_review(people, body):
    submit(people["signer"], body)
    found = read(PEOPLE, body, workbook("people", {"name": "李四"}))
    with pytest.raises(actions.BlockedError):
        actions.import_rows(people["filler"], body, PEOPLE, found.forms, now=NOW)
    assert queries.rows(body, PEOPLE).count() == 1


def test_text_that_looks_like_a_formula_stays_text(people, body):
    keep(people["filler"], body, "people", PERSON | {"name": "=1+1", "certificate_number": "f"})
    content = write(PEOPLE, list(queries.rows(body, PEOPLE)))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    texts = {cell.value: cell.data_type for line in sheet.iter_rows() for cell in line}
    assert texts["=1+1"] == "s"
