"""What an archive says of itself: the ledger in both languages, every file's digest, the log's keys, how it is checked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from shutan.apps.archives import queries, retention
from shutan.apps.archives.models import Archive
from shutan.apps.archives.parts import Entry
from shutan.apps.common import export
from shutan.apps.evidence import checkpoints

if TYPE_CHECKING:
    from shutan.apps.archives.making import Item, Written

T = TypeVar("T")
LANGUAGES = {"zh": "zh-hans", "en": "en"}


def entries(archive: Archive, items: Sequence[Item], written: Sequence[Written]) -> Iterator[Entry]:
    """The last files of an archive, when all others are written."""
    for short, code in LANGUAGES.items():
        said = _in(code, lambda: list(rows(items)))
        yield Entry(f"index.{short}.html", partial(_in, code, partial(_html, archive, said)))
        yield Entry(f"index.{short}.xlsx", partial(_in, code, partial(_xlsx, said)))
    there = [one for one in written if not one.fault]
    yield Entry("SHA256SUMS", lambda: "".join(f"{one.sha256}  {one.path}\n" for one in there).encode())
    yield Entry("keys.txt", lambda: "".join(f"{key}\n" for key in checkpoints.public_keys()).encode())
    yield Entry("README.txt", README.encode)


def _in(code: str, write: Callable[[], T]) -> T:
    with translation.override(code):
        return write()


def heads() -> list[str]:
    """Of the index, in the language that is on."""
    return [
        _("Kind of record"), _("Title"), _("Number"), _("Year"), _("Month"), _("Version"), _("Sector"), _("Belongs to"),
        _("Department that keeps it"), _("Where the stamped original lies"), _("Must be kept until"), _("Status"),
        _("File"), _("Bytes"), "SHA-256", _("What went wrong"),
    ]  # fmt: skip


def rows(items: Sequence[Item]) -> Iterator[list[Any]]:
    """A row a file; one without a file for what lies in a cupboard alone."""
    today, named = timezone.localdate(), queries.needs()
    for item in items:
        line = item.line
        until = retention.of_line(line, today).until
        said = [
            line.get_kind_display(), queries.title(line), line.number, line.year, line.month, line.version or None,
            queries.sector(line), queries.belongs(line, named), line.department, line.place,
            until or _("no source says"), line.get_state_display(),
        ]  # fmt: skip
        if not item.files:
            yield [*said, _("on paper only"), None, "", ""]
        for one in item.files:
            yield [*said, one.path, one.size if not one.fault else None, one.sha256, one.fault]


def _xlsx(said: list[list[Any]]) -> bytes:
    return export.as_xlsx(_("Index"), heads(), said)


def _html(archive: Archive, said: list[list[Any]]) -> bytes:
    context = {
        "archive": archive,
        "heads": heads(),
        "rows": [
            [(export.plain(cell), at == FILE and bool(row[SHA])) for at, cell in enumerate(row)]
            for row in said
        ],
    }
    return render_to_string("archives/index.html", context).encode()


FILE, SHA = 12, 14
README = """蜀碳 归档 / Shutan archive

index.zh.html, index.zh.xlsx   索引：每条记录、编号、存放部门、原件位置、保存期限、文件、SHA-256
index.en.html, index.en.xlsx   the same in English
SHA256SUMS                     sha256sum -c SHA256SUMS
keys.txt                       存证日志的公钥；请与本站 /evidence/ 公布的核对 / the log's public keys: compare them with those on /evidence/
*/receipt-*.json               存证回执；同一目录 files/ 下是回执所列文件 / receipts; what one names lies in files/ beside it
tables/                        全部记录的表（CSV，UTF-8），仅在"全部导出"中 / all records as tables, in an export of everything

离线核验 / to verify offline:
    shutan evidence verify RECEIPT files/* --keys keys.txt

法定报送以全国碳市场管理平台为准。 / The legal filing is the one on the national platform.
"""
