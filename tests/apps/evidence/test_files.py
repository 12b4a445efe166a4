"""What may come in: content against name, limits before anything is read, the scanner and its quarantine."""

import io
import socketserver
import threading
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.http import Http404
from django.utils import translation

from shutan.apps.common import clamd, rowbook
from shutan.apps.common import files as store
from shutan.apps.common.files import DOCUMENTS, KINDS, Upload, faults
from shutan.apps.directory.workbook import read as read_directory
from shutan.apps.duties import intake, reading
from shutan.apps.evidence import scanning
from shutan.apps.evidence.models import FileScan
from shutan.apps.reporting import intake as reports
from shutan.documents.template import write_template
from shutan.rules.registry import rule_set

PDF = b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
EXE = b"MZ\x90\x00" + bytes(60) + b"This program cannot be run in DOS mode"
EVIL = b"%PDF-1.7 EICAR"


def packed(*names):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return stream.getvalue()


XLSX = packed("[Content_Types].xml", "xl/workbook.xml")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", PDF),
        ("扫描件.PNG", PNG),
        ("a.jpeg", b"\xff\xd8\xff\xe0"),
        ("a.xlsx", XLSX),
        ("a.docx", packed("[Content_Types].xml", "word/document.xml")),
        ("a.csv", "煤量,吨\n1,2\n".encode("gb18030")),
        ("a.json", b"[1]"),
        ("a.zip", packed("b.txt")),
    ],
)
def test_what_is_what_it_says_comes_in(name, content):
    assert faults(Upload(name, content), tuple(KINDS)) == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("report.pdf", EXE),  # renamed
        ("report.pdf", PNG),
        ("report.exe", PDF),
        ("report.pdf.exe", EXE),
        ("report", PDF),
        ("a.pdf", PDF + XLSX),  # polyglots: two programs read two files
        ("a.png", PNG + packed("b.txt")),
        ("a.pdf", b"%PDF-1.4\n<html><script>alert(1)</script>"),
        ("a.xlsx", b"junk" + XLSX),
        ("a.xlsx", packed("b.txt")),
        ("a.xlsx", packed("[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin")),
        ("a.xlsx", b"PK\x03\x04 and no archive"),
        ("a.csv", EXE),
        ("a.csv", b"<html><script>alert(1)</script>"),
        ("a.json", b"{half"),
        ("a.json", b"[" * 100_000),
        ("a.svg", b"<svg onload=alert(1)>"),
        ("a.pdf", b""),
    ],
)
def test_what_pretends_does_not(name, content):
    assert len(faults(Upload(name, content), tuple(KINDS))) == 1
    assert not Upload(name, content).is_document


def test_only_the_kinds_asked_for_and_no_more_than_the_limit():
    assert faults(Upload("a.xlsx", XLSX), DOCUMENTS)
    assert faults(Upload("a.zip", packed("b")), ("pdf", "xlsx"))
    assert faults(Upload("a.pdf", PDF + bytes(2**20)), largest=2**20) != []


def test_a_page_is_never_served_as_one():
    for name in ("a.html", "a.svg", "a.js", "a.exe", "a"):
        assert store.media_type(name) == "application/octet-stream"


class TooFar(io.RawIOBase):
    """A body that nobody may read."""

    def read(self, *_args):
        raise AssertionError("the body was read")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/reports/new", "/accounts/login/", "/api/v1/reports"])
def test_two_gigabytes_are_refused_unread(client, path):
    answer = client.generic(
        "POST",
        path,
        content_type="multipart/form-data; boundary=x",
        **{"CONTENT_LENGTH": str(2 * 2**30), "wsgi.input": TooFar()},
    )
    assert answer.status_code == 413


class Scanner(socketserver.BaseRequestHandler):
    """A clamd that knows one virus."""

    def handle(self):
        line = self.request.makefile("rb")
        assert line.read(10) == b"zINSTREAM\x00"
        content = b""
        while size := int.from_bytes(line.read(4)):
            content += line.read(size)
        answer = b"stream: Eicar-Test FOUND" if b"EICAR" in content else b"stream: OK"
        if b"BROKEN" in content:
            answer = b"INSTREAM size limit exceeded. ERROR"
        self.request.sendall(answer + b"\x00")


@pytest.fixture
def scanner():
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Scanner) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield "{}:{}".format(*server.server_address)
        server.shutdown()


def test_the_scanner_is_asked(scanner):
    assert clamd.scan(PDF * 100_000, scanner) == ""
    assert clamd.scan(EVIL, scanner) == "Eicar-Test"
    with pytest.raises(OSError, match="size limit"):
        clamd.scan(b"BROKEN", scanner)
    with pytest.raises(FileNotFoundError):
        clamd.scan(PDF, "/nowhere/clamd.sock")


def test_what_the_scanner_finds_is_kept_apart(db, files, settings, scanner):
    settings.CLAMD = scanner
    clean = store.store(Upload("a.pdf", PDF))
    assert FileScan.objects.get(pk=clean).state == FileScan.State.CLEAN
    evil = Upload("b.pdf", EVIL)
    for _ in range(2):
        with pytest.raises(ValidationError, match=r"b\.pdf"):
            store.store(evil)
    assert default_storage.exists(store.quarantine(evil.sha256))
    assert not default_storage.exists(store.place(evil.sha256))
    with pytest.raises(Http404):
        store.content(evil.sha256)


@pytest.mark.parametrize(
    "read",
    [
        lambda content: [one.wrong for one in rowbook.open_book(content)[1]],
        lambda content: [one.message.en for one in read_directory(content).problems],
        lambda content: [
            one.message.en
            for one in reading.read(Upload("a.xlsx", content), intake.EMISSION_COLUMNS).problems
        ],
        lambda content: [one.message.en for one in reports.workbook(Upload("a.xlsx", content)).problems],
    ],
    ids=["rows", "directory", "duties", "reports"],
)
def test_every_reader_of_workbooks_asks_the_scanner(db, files, settings, scanner, read):
    """A workbook whose text the scanner knows, in a part that is not packed."""
    stream = io.BytesIO()
    write_template(rule_set("power"), 2024, stream)
    with zipfile.ZipFile(stream, "a") as packed:
        packed.writestr("docProps/custom.xml", b"<x>EICAR</x>")
    settings.CLAMD = scanner
    with translation.override("en"):
        assert any("malware" in one for one in read(stream.getvalue()))
        settings.CLAMD = ""
        assert not any("malware" in one for one in read(stream.getvalue()))


def test_what_came_in_unscanned_is_scanned_later(db, files, settings, scanner):
    evil, good = (store.store(Upload("a.pdf", content)) for content in (EVIL, PDF))
    assert scanning.scan_waiting() == 0  # there is no scanner
    settings.CLAMD = "127.0.0.1:1"
    assert scanning.scan_waiting() == 0  # it does not answer
    assert set(FileScan.objects.values_list("state", flat=True)) == {"unscanned"}
    settings.CLAMD = scanner
    assert scanning.scan_waiting() == 1
    assert FileScan.objects.get(pk=evil).found == "Eicar-Test"
    assert FileScan.objects.get(pk=good).state == FileScan.State.CLEAN
    assert store.content(good) == PDF
    with pytest.raises(store.QuarantinedError):
        store.content(evil)
    settings.CLAMD = ""
    store.store(Upload("a.pdf", PDF))
    assert FileScan.objects.get(pk=good).state == FileScan.State.CLEAN
