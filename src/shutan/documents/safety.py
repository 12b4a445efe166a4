"""Is a file a workbook one may open? Decided before anything is unpacked into memory."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO

from shutan.documents.problem import Message

LARGEST_FILE = 30 * 2**20  # of a plant's year with daily coal; most have less than one
MOST_ENTRIES = 3000
LARGEST_TOTAL, LARGEST_ENTRY = 400 * 2**20, 200 * 2**20
LARGEST_RATIO, RATIO_FROM = 300, 4 * 2**20  # a workbook of real figures packs 5 to 30 times
MOST_CELLS = 3_000_000  # of the rectangle a sheet spans

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MACRO = re.compile(r"(vbaproject\.bin|/macrosheets/|/activex/|/dialogsheets/|vbadata\.xml)", re.IGNORECASE)
_LINK = re.compile(
    r"^xl/(externallinks/|connections\.xml|querytables/|embeddings/|webextensions/)", re.IGNORECASE
)
_EXTERNAL = re.compile(
    rb"<(?:\w+:)?Relationship\b[^>]*\bTargetMode\s*=\s*[\"']External[\"'][^>]*>", re.IGNORECASE
)
_ADDRESS = re.compile(rb"<(?:\w+:)?c\b[^>]*?\br=\"([A-Z]{1,3})(\d{1,7})\"")
_DIMENSION = re.compile(rb"<(?:\w+:)?dimension\b[^>]*\bref=\"[A-Z]+\d+:([A-Z]{1,3})(\d{1,7})\"")

_CORRUPT = Message(
    "文件已损坏，或不是 Excel 工作簿（.xlsx）", "the file is damaged, or is not an Excel workbook (.xlsx)"
)


class RefusedError(ValueError):
    """The file is not opened. `code` says why to programs, `reason` to people."""

    def __init__(self, code: str, reason: Message) -> None:
        super().__init__(reason.en)
        self.code = code
        self.reason = reason


def load(source: Path | bytes | BinaryIO) -> bytes:
    """Return the bytes of a file that is not too large.

    Raises:
        RefusedError: too large (a large file is not read), or not readable.
    """
    if isinstance(source, Path):
        try:
            if source.stat().st_size > LARGEST_FILE:
                raise _too_large()
            content = source.read_bytes()
        except OSError as error:
            raise RefusedError(
                "file.unreadable",
                Message(f"无法读取文件：{error.strerror}", f"cannot read the file: {error.strerror}"),
            ) from error
    else:
        content = source if isinstance(source, bytes) else source.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise _too_large()
    return content


def _too_large() -> RefusedError:
    size = LARGEST_FILE // 2**20
    return RefusedError("file.large", Message(f"文件超过 {size} MB", f"the file is larger than {size} MB"))


def unpack(content: bytes) -> dict[str, bytes]:
    """Return the parts of a workbook by name, after proving them harmless.

    Raises:
        RefusedError: macros, links to elsewhere, a bomb, a password or damage.
    """
    if content.startswith(_OLE):
        raise RefusedError(
            "file.ole",
            Message(
                "旧版 .xls 或有密码的工作簿；请另存为无密码的 .xlsx",
                "an old .xls or a workbook with a password; save it as .xlsx without one",
            ),
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _parts(archive)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        UnicodeDecodeError,
        RuntimeError,
    ) as error:
        raise RefusedError("file.corrupt", _CORRUPT) from error


def _parts(archive: zipfile.ZipFile) -> dict[str, bytes]:
    entries = archive.infolist()
    _check_names([entry.filename for entry in entries])
    total = sum(entry.file_size for entry in entries)
    bomb = any(
        entry.file_size > LARGEST_ENTRY
        or (entry.file_size > RATIO_FROM and entry.file_size > LARGEST_RATIO * max(entry.compress_size, 1))
        for entry in entries
    )
    if bomb or total > LARGEST_TOTAL or len(entries) > MOST_ENTRIES:
        raise RefusedError(
            "file.bomb",
            Message(
                "文件已损坏，或解压后过大，拒绝打开",
                "it is damaged, or unpacks to far too much, and is not opened",
            ),
        )
    parts = {}
    for entry in entries:
        # zipfile stops at the declared size and compares the checksum: a lying entry is damage.
        parts[entry.filename] = archive.read(entry)
    if "[Content_Types].xml" not in parts or "xl/workbook.xml" not in parts:
        raise RefusedError("file.corrupt", _CORRUPT)
    if b"macroEnabled" in parts["[Content_Types].xml"]:
        raise _macros()
    for name, part in parts.items():
        _check_part(name, part)
    return parts


def _check_names(names: list[str]) -> None:
    if len(set(names)) != len(names):
        raise RefusedError("file.corrupt", _CORRUPT)
    for name in names:
        if _MACRO.search(name):
            raise _macros()
        if _LINK.search(name):
            raise _links()


def _check_part(name: str, part: bytes) -> None:
    if name.endswith((".xml", ".rels", ".vml")) and b"<!DOCTYPE" in part[:4096].replace(b"\0", b""):
        raise RefusedError("file.corrupt", _CORRUPT)
    if name.endswith(".rels"):
        for relation in _EXTERNAL.findall(part):
            if b"/hyperlink" not in relation:
                raise _links()
    if name.startswith("xl/worksheets/") and name.endswith(".xml") and _span(part) > MOST_CELLS:
        raise RefusedError(
            "file.cells",
            Message(
                "工作表区域过大；请删除多余的行和列",
                "a sheet spans too many cells; delete empty rows and columns",
            ),
        )


def _span(part: bytes) -> int:
    """Return how many cells the rectangle has that a reader would lay out."""
    columns: set[bytes] = set()
    last = 0
    for letters, row in (*_ADDRESS.findall(part), *_DIMENSION.findall(part)):
        columns.add(letters)
        last = max(last, int(row))
    return last * max((column_number(letters.decode()) for letters in columns), default=0)


def column_number(letters: str) -> int:
    """Return the one-based number of a column: A → 1, AA → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _macros() -> RefusedError:
    return RefusedError(
        "file.macros",
        Message("含有宏，拒绝打开；请另存为 .xlsx", "it has macros and is not opened; save as .xlsx"),
    )


def _links() -> RefusedError:
    return RefusedError(
        "file.links",
        Message(
            "含有外部链接或嵌入对象，拒绝打开；请断开链接",
            "it links to other files or embeds objects and is not opened",
        ),
    )
