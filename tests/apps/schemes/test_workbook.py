"""A version out as Excel, Word and PDF in the guideline's order, and back in by workbook with every fault at once."""

import io

import docx
import openpyxl
import pytest
from django.utils import translation
from schemes_helpers import NOW, accepted, begin, cells, complete, fresh, saved

from shutan.apps.schemes import actions, content, outputs, workbook


def written(scheme, language="zh-hans"):
    with translation.override(language):
        return outputs.xlsx(scheme, language)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_what_is_written_reads_back_unchanged(people, language):
    scheme = complete(people["filler"])
    found = workbook.read(scheme, written(scheme, language))
    assert found.faults == []
    assert actions.import_sheets(people["filler"], scheme, found.texts, found.forms, now=NOW) == 0


def test_a_filled_workbook_changes_texts_figures_and_facilities(people):
    scheme = begin(people["filler"])
    book, sheet = cells(written(scheme), "B.4")
    names = [one.value for one in sheet[1]]
    for column, value in (("obtained", "Measured"), ("description", "皮带秤"), ("department", "燃料部")):
        sheet.cell(3, names.index(column) + 1, value)
    facilities = next(one for one in book.worksheets if "permit_unit" in [cell.value for cell in one[1]])
    facilities.cell(3, 1, "1号锅炉")
    facilities.cell(3, 2, "MF0001")
    facilities.cell(3, [one.value for one in facilities[1]].index("use") + 1, "in_use")
    texts = next(
        one for one in book.worksheets if one.title.startswith("B.5") and one.cell(1, 1).value == "item"
    )
    texts.cell(3, 3, "专职人员两名")
    found = workbook.read(scheme, saved(book))
    assert found.faults == []
    assert actions.import_sheets(people["filler"], scheme, found.texts, found.forms, now=NOW) == 3
    first = scheme.parameters.first()
    assert (first.obtained, first.description, first.department) == ("measured", "皮带秤", "燃料部")
    assert scheme.facilities.get().number == "MF0001"
    assert fresh(scheme).texts["management"] == "专职人员两名"


def test_every_fault_is_named_by_sheet_and_cell_and_nothing_is_saved(people):
    scheme = begin(people["filler"])
    book, sheet = cells(written(scheme, "en"), "B.4")
    names = [one.value for one in sheet[1]]
    sheet.cell(3, names.index("obtained") + 1, "guessed")
    sheet.cell(4, names.index("meter") + 1, "NO-SUCH")
    sheet.cell(5, names.index("parameter") + 1, "unheard of")
    sheet.cell(7, names.index("parameter") + 1, sheet.cell(6, 1).value)
    found = workbook.read(scheme, saved(book))
    places = [one.cell for one in found.faults]
    assert f"{sheet.title}!C3" in places
    assert f"{sheet.title}!F4" in places
    assert f"{sheet.title}!A5" in places
    assert any("twice" in one.wrong or "row 6" in one.wrong for one in found.faults)


@pytest.mark.parametrize("sent", [b"", b"not a workbook", b"PK\x03\x04broken"])
def test_what_is_no_workbook_is_refused(people, sent):
    found = workbook.read(begin(people["filler"]), sent)
    assert len(found.faults) == 1


def test_a_foreign_workbook_is_told_from_a_scheme(people):
    found = workbook.read(begin(people["filler"]), saved(openpyxl.Workbook()))
    assert [one.cell for one in found.faults] == [""]


@pytest.mark.parametrize(("rule_set", "sections"), [("power", 5), ("steel", 6)])
def test_word_and_pdf_have_the_guidelines_sections_in_order(people, rule_set, sections):
    scheme = complete(people["filler"], rule_set)
    made = docx.Document(io.BytesIO(outputs.docx(scheme, "zh")))
    heads = [one.text for one in made.paragraphs if one.style.name == "Heading 1"]
    assert [one[:3] for one in heads] == [f"B.{place}" for place in range(1, sections + 1)]
    assert outputs.docx(scheme, "zh") == outputs.docx(scheme, "zh")
    assert outputs.pdf(scheme, "zh").startswith(b"%PDF-")


def test_a_submitted_version_keeps_what_it_said_of_meters(people):
    scheme = accepted(people)
    meter = people["filler"].organisation.meters.get()
    given = {name: getattr(meter, name) or "" for name in content.METER} | {"accuracy": "2.0级"}
    actions.keep_meter(people["filler"], meter.organisation, given, meter=meter, revision=1, now=NOW)
    assert content.whole(fresh(scheme))["meters"][0]["accuracy"] == "0.5级"


def test_differences_follow_the_guidelines_order(people):
    scheme = complete(people["filler"])
    before = content.whole(scheme)
    after = content.whole(scheme)
    after["texts"] = after["texts"] | {"boundary": "新边界"}
    after["facilities"] = []
    after["parameters"] = [
        row | {"obtained": "default"} if place == 0 else row for place, row in enumerate(after["parameters"])
    ]
    found = content.differences(before, after, scheme.declared)
    assert [one.section[:3] for one in found] == ["B.3", "B.3", "B.4"]
    assert (found[0].before, found[0].after) == ("核算边界描述说明", "新边界")
    assert (found[1].row, found[1].after) == ("MF0001", "removed")
    assert (found[2].before, found[2].after) == ("Measured", "Default value")
