"""Files that are no workbook, or more than one, are refused with a reason, before they are unpacked."""

import io
import struct
import tracemalloc
import zipfile

import pytest

from shutan.documents import safety
from shutan.documents.safety import RefusedError, unpack
from shutan.documents.template import write_template
from shutan.documents.workbook import read_workbook


@pytest.fixture(scope="module")
def good(sector, filled):
    stream = io.BytesIO()
    write_template(sector, 2024, stream, data=filled())
    return stream.getvalue()


def changed(content, *, add=None, replace=None, drop=()):
    """The same workbook with parts added, replaced or dropped."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in drop:
                new.writestr(name, (replace or {}).get(name, lambda part: part)(old.read(name)))
        for name, part in (add or {}).items():
            new.writestr(name, part)
    return stream.getvalue()


def code(content, sector):
    reading = read_workbook(content, name="a.xlsx", rule_sets={"sector": sector})
    assert not reading.complete
    assert not reading.data.tables
    (problem,) = reading.problems
    assert problem.expected
    assert problem.text("zh").startswith("a.xlsx：")
    return problem.code


SHEET = "xl/worksheets/sheet5.xml"
LINK = b"""<?xml version="1.0"?><Relationships xmlns="x"><Relationship Id="r1" Type="http://x/%s" Target="http://x/a" TargetMode="External"/></Relationships>"""


@pytest.mark.parametrize(
    ("expected", "change"),
    [
        ("file.macros", {"add": {"xl/vbaProject.bin": b"x"}}),
        ("file.macros", {"add": {"xl/macrosheets/sheet1.xml": b"x"}}),
        ("file.macros", {"replace": {"[Content_Types].xml": lambda part: part + b"<!-- macroEnabled -->"}}),
        ("file.links", {"add": {"xl/externalLinks/externalLink1.xml": b"x"}}),
        ("file.links", {"add": {"xl/connections.xml": b"x"}}),
        ("file.links", {"add": {"xl/embeddings/oleObject1.bin": b"x"}}),
        ("file.links", {"add": {"xl/worksheets/_rels/sheet9.xml.rels": LINK % b"image"}}),
        ("file.corrupt", {"drop": ("xl/workbook.xml",)}),
        ("file.corrupt", {"drop": (SHEET,)}),
        ("file.corrupt", {"replace": {SHEET: lambda part: part[: len(part) // 2]}}),
        ("file.corrupt", {"replace": {"xl/workbook.xml": lambda _: b"\x00\xff<"}}),
        ("file.corrupt", {"replace": {SHEET: lambda part: b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + part}}),
        ("file.bomb", {"add": {"xl/media/zero.bin": bytes(20 * 2**20)}}),
        ("file.bomb", {"add": {f"xl/{at}": b"" for at in range(safety.MOST_ENTRIES)}}),
        ("file.cells", {"replace": {SHEET: lambda part: part.replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')}}),
        ("file.kind", {"replace": {"xl/sharedStrings.xml": lambda part: part.replace(b"shutan.input", b"shutan.other")}}),
    ],
)  # fmt: skip
def test_refused(good, sector, expected, change):
    assert code(changed(good, **change), sector) == expected


def test_hyperlinks_are_harmless(good, sector):
    content = changed(good, add={"xl/worksheets/_rels/sheet99.xml.rels": LINK % b"hyperlink"})
    assert read_workbook(content, rule_sets={"sector": sector}).complete


@pytest.mark.parametrize(
    ("expected", "content"),
    [
        ("file.corrupt", b""),
        ("file.corrupt", b"PK\x03\x04 not a zip"),
        ("file.corrupt", b"name,value\n1,2\n"),
        ("file.ole", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    ],
)
def test_no_workbook_at_all(sector, expected, content):
    assert code(content, sector) == expected


def test_every_cut_of_a_workbook_is_an_answer(good, sector):
    for length in range(0, len(good), len(good) // 40):
        assert code(good[:length], sector) == "file.corrupt"


def test_flipped_bytes_are_an_answer(good, sector):
    for at in range(30, len(good), len(good) // 60):
        spoiled = bytearray(good)
        spoiled[at] ^= 0xFF
        reading = read_workbook(bytes(spoiled), rule_sets={"sector": sector})
        assert reading.problems or reading.complete


def test_a_size_that_lies_is_damage(good):
    """An entry that says it is small and unpacks to more is not unpacked further than it says."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"x" * 1000)
    content = bytearray(stream.getvalue())
    at = content.index(b"PK\x01\x02")
    content[at + 24 : at + 28] = struct.pack("<I", 10)
    with pytest.raises(RefusedError) as error:
        unpack(bytes(content))
    assert error.value.code == "file.corrupt"


def test_200_mb_is_not_read(tmp_path, sector):
    path = tmp_path / "large.xlsx"
    with path.open("wb") as file:
        file.truncate(200 * 2**20)
    tracemalloc.start()
    reading = read_workbook(path, rule_sets={"sector": sector})
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [one.code for one in reading.problems] == ["file.large"]
    assert "30 MB" in reading.problems[0].text("en")
    assert peak < 2**20

    class Endless(io.RawIOBase):
        def read(self, size=-1):
            assert size >= 0
            return bytes(size)

    assert [one.code for one in read_workbook(Endless(), rule_sets={}).problems] == ["file.large"]


def test_missing_file(tmp_path):
    assert [one.code for one in read_workbook(tmp_path / "no.xlsx", rule_sets={}).problems] == [
        "file.unreadable"
    ]
