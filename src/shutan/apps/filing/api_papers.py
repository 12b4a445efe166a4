"""Papers of months and the national platform's side through the API."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import File, Status
from ninja.files import UploadedFile

from shutan.apps.accounts import access
from shutan.apps.common import downloads
from shutan.apps.common.api import ERRORS, Problem, upload_of
from shutan.apps.common.api_refusals import told
from shutan.apps.common.files import SPREADSHEET, clean_name
from shutan.apps.filing import papers, platform, printing, queries
from shutan.apps.filing.api import router
from shutan.apps.filing.api_shapes import (
    PaperIn,
    PaperOut,
    PapersIn,
    PaperTaken,
    PlatformOut,
)
from shutan.documents.safety import LARGEST_FILE


@router.post(
    "/filing/months/{int:number}/evidence",
    response={200: list[PaperTaken], **ERRORS},
    url_name="filing_evidence",
)
def add(request: HttpRequest, number: int, body: PapersIn) -> Any:
    """Keep files with a draft; one that is refused does not keep the others from being taken."""
    person = access.me(request)
    uploads = [found for one in body.files if (found := upload_of(one))]
    with told():
        taken = papers.add(
            person, queries.month(person, number), uploads, need=body.need, key=body.key, now=timezone.now()
        )
    return [
        PaperTaken(name=one.name, kept=PaperOut.of(one.kept) if one.kept else None, why=one.why)
        for one in taken
    ]


@router.get("/filing/months/{int:number}/sheet.pdf", response={200: None, **ERRORS}, url_name="filing_print")
def printed(request: HttpRequest, number: int) -> HttpResponse:
    """The month as it is printed for the stamp; its scan comes back as the paper `stamped_sheet`."""
    person = access.me(request)
    filing = queries.month(person, number)
    name = clean_name(f"{filing.organisation.name_zh}-{filing.period}-v{filing.version}.pdf")
    return downloads.attached(printing.pdf(queries.year_of(person, filing), filing), name)


@router.get("/filing/evidence/{int:number}", response={200: PaperOut, **ERRORS}, url_name="filing_paper")
def paper(request: HttpRequest, number: int) -> Any:
    """A file of evidence."""
    return PaperOut.of(queries.evidence(access.me(request), number))


@router.put("/filing/evidence/{int:number}", response={200: PaperOut, **ERRORS}, url_name="filing_paper")
def sort(request: HttpRequest, number: int, body: PaperIn) -> Any:
    """Say what a file proves, and that it belongs to the month although its name speaks of another."""
    person = access.me(request)
    with told():
        kept = papers.sort(
            person,
            queries.evidence(person, number),
            need=body.need,
            key=body.key,
            ledger=body.ledger,
            original_place=body.original_place,
            belongs=body.belongs,
            now=timezone.now(),
        )
    return PaperOut.of(kept)


@router.delete("/filing/evidence/{int:number}", response={204: None, **ERRORS}, url_name="filing_paper")
def remove(request: HttpRequest, number: int) -> Any:
    """Take a file out of a draft."""
    person = access.me(request)
    with told():
        papers.remove(person, queries.evidence(person, number), now=timezone.now())
    return Status(204, None)


@router.get("/filing/evidence/{int:number}/file", response={200: None, **ERRORS}, url_name="filing_file")
def file(request: HttpRequest, number: int) -> HttpResponse:
    """The file itself, under the type of its kind."""
    one = queries.evidence(access.me(request), number)
    return downloads.kept(one.sha256, one.name)


@router.get(
    "/filing/books/{int:number}/platform.xlsx", response={200: None, **ERRORS}, url_name="filing_export"
)
def export(request: HttpRequest, number: int) -> HttpResponse:
    """The monthly tables in the order of the guideline's annex."""
    person = access.me(request)
    book = queries.book(person, number)
    name = clean_name(f"{book.organisation.name_zh}-{book.year}.xlsx")
    return downloads.attached(platform.write(queries.year(person, book)), name, SPREADSHEET)


@router.get(
    "/filing/books/{int:number}/platform",
    response={200: dict[str, Any], **ERRORS},
    url_name="filing_platform",
)
def exported(request: HttpRequest, number: int) -> Any:
    """The monthly tables in the order of the guideline's annex, figures with every digit."""
    person = access.me(request)
    return platform.write_json(queries.year(person, queries.book(person, number)))


@router.post(
    "/filing/books/{int:number}/platform", response={200: PlatformOut, **ERRORS}, url_name="filing_platform"
)
def compare(request: HttpRequest, number: int, file: File[UploadedFile]) -> Any:
    """What was filed on the national platform laid beside ours; nothing of it is kept."""
    person = access.me(request)
    book = queries.book(person, number)
    if (file.size or 0) > LARGEST_FILE:
        raise Problem(413, "too_large", _("The file is larger than %(n)s MB.") % {"n": LARGEST_FILE // 2**20})
    return PlatformOut.of(platform.compare(queries.year(person, book), file.read()))
