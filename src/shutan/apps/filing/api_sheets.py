"""Saved column mappings, and the plant's own sheets read by them, through the API."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import File, Query, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from shutan.apps.accounts import access
from shutan.apps.common.api import ERRORS, Detail, Line, Problem
from shutan.apps.common.api_refusals import told
from shutan.apps.common.files import Upload
from shutan.apps.common.language import language
from shutan.apps.filing import mappings, queries, sheets
from shutan.apps.filing.api import home_of
from shutan.apps.filing.api_shapes import Key
from shutan.apps.filing.content import plain
from shutan.apps.filing.models import SheetMapping
from shutan.apps.filing.plant_sheets import SENTINELS, Column, Layout, Target
from shutan.documents.safety import LARGEST_FILE

router = Router(tags=["monthly filing"])
Short = Annotated[Line, Field(max_length=100)]


class ColumnIn(Schema):
    """A column by its head: the cell it fills, and the unit it is written in; '' for the one that is asked for."""

    head: Annotated[Line, Field(min_length=1, max_length=100)]
    table: Short
    key: Key
    variable: Short
    unit: Annotated[Line, Field(max_length=20)] = ""


class LayoutIn(Schema):
    """How a sheet is read: '' is the first sheet; without a day every row is of the month."""

    sheet: Short = ""
    header: Annotated[int, Field(ge=1, le=200)] = 1
    day: Short = ""
    columns: Annotated[list[ColumnIn], Field(min_length=1, max_length=200)]
    sentinels: Annotated[list[Annotated[Line, Field(max_length=20)]], Field(max_length=10)] = list(SENTINELS)

    def layout(self) -> Layout:
        """As it is read by."""
        columns = tuple(
            Column(one.head, Target(one.table, tuple(one.key), one.variable), one.unit)
            for one in self.columns
        )
        return Layout(self.sheet, self.header, self.day, columns, tuple(self.sentinels))


class MappingIn(LayoutIn):
    """A layout to keep by name, written over where the name is there. Without an organisation: one's own."""

    organisation: Annotated[Line, Field(max_length=64)] | None = None
    rule_set: Short
    name: Annotated[Line, Field(min_length=1, max_length=80)]


class MappingOut(Schema):
    """A kept layout."""

    id: int
    organisation: str
    rule_set: str
    name: str
    layout: dict[str, Any]

    @staticmethod
    def of(one: SheetMapping) -> MappingOut:
        """From its row."""
        return MappingOut(
            id=one.pk,
            organisation=one.organisation.name,
            rule_set=one.rule_set,
            name=one.name,
            layout=one.layout,
        )


class FigureOut(Schema):
    """What a column gives; None where it cannot be said. `how`: one, total, mean, weighted or unknown."""

    head: str
    table: str
    key: list[str]
    variable: str
    value: str | None
    rows: int
    how: str


class SheetOut(Schema):
    """What a sheet gives with everything that is wrong at its cell; and, where it was asked for, what was saved."""

    figures: list[FigureOut]
    faults: list[Detail]
    left_out: list[str]
    days: int
    saved: dict[str, Any] | None


@router.get("/filing/mappings", response={200: list[MappingOut], **ERRORS}, url_name="filing_mappings")
def list_mappings(request: HttpRequest) -> Any:
    """The mappings of the enterprises one keeps books for."""
    return [MappingOut.of(one) for one in queries.mappings(access.me(request))]


@router.put("/filing/mappings", response={200: MappingOut, **ERRORS}, url_name="filing_mappings")
def keep(request: HttpRequest, body: MappingIn) -> Any:
    """Keep a mapping by its name."""
    person = access.me(request)
    if body.rule_set not in queries.sectors():
        raise Problem(404, "not_found", _("No rules with monthly data have this name."))
    with told():
        kept = mappings.save_mapping(
            person,
            home_of(person, body.organisation),
            rule_set_name=body.rule_set,
            name=body.name,
            layout=body.layout(),
            now=timezone.now(),
        )
    return MappingOut.of(kept)


@router.delete("/filing/mappings/{int:number}", response={204: None, **ERRORS}, url_name="filing_mapping")
def drop(request: HttpRequest, number: int) -> Any:
    """Forget a mapping."""
    person = access.me(request)
    with told():
        mappings.drop_mapping(
            person, get_object_or_404(queries.mappings(person), pk=number), now=timezone.now()
        )
    return Status(204, None)


@router.post("/filing/months/{int:number}/sheet", response={200: SheetOut, **ERRORS}, url_name="filing_sheet")
def read(
    request: HttpRequest,
    number: int,
    mapping: Annotated[int, Query(), Field(ge=1, le=2**31)],
    file: File[UploadedFile],
    save: bool = False,  # noqa: FBT001, FBT002 - a parameter of the address
) -> Any:
    """Read a sheet by a kept mapping; with `save` what it gives goes into the cells, whatever they said before."""
    person = access.me(request)
    filing = queries.month(person, number)
    kept = queries.mappings(person).filter(
        organisation=filing.book.organisation_id, rule_set=filing.book.rule_set
    )
    layout = Layout.of(get_object_or_404(kept, pk=mapping).layout)
    year, words = queries.year_of(person, filing), language()
    upload = Upload(file.name or "", file.read(LARGEST_FILE + 1))
    found = mappings.preview(year, filing.month, upload, layout, words)
    if found.faults:
        raise Problem(422, "refused", " ".join(one.wrong for one in found.faults))
    saved = None
    if save:
        seen = {target: one.seen for target, one in mappings.places(year, filing.month, words).items()}
        with told():
            saved = sheets.outcome(mappings.fill(person, filing, found.gathered, seen, now=timezone.now()))
    return SheetOut(
        figures=[
            FigureOut(
                head=one.column.head,
                table=one.column.target.table,
                key=list(one.column.target.key),
                variable=one.column.target.variable,
                value=None if one.value is None else plain(one.value),
                rows=one.rows,
                how=one.how,
            )
            for one in found.gathered.figures
        ],
        faults=[
            Detail(place=one.cell, message=one.wrong, expected=one.expected) for one in found.gathered.faults
        ],
        left_out=found.gathered.left_out,
        days=found.gathered.days,
        saved=saved,
    )
