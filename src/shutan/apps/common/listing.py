"""The list frame: filters, sorting, columns, paging, counts and export of exactly what is shown.

    listing = Listing(request, key="log", rows=queries.log(request.user), columns=[...], filters=[...])
    return listing.response() or render(request, "accounts/log.html", {"listing": listing})

Everything a reader chose stands in the address: `?q=&<filter>=&sort=-at&cols=a,b&page=2`. The template
shows it with `{% listing listing %}`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from shutan.apps.common import export

PAGE_SIZE = 50
LONGEST_TEXT = 200
LONGEST_CHOICE = 2000


@dataclass(frozen=True)
class Column:
    """One column. `sort` is an order_by expression ('' cannot be sorted); `places` makes it a number."""

    key: str
    title: Any
    value: Callable[[Any], Any] | None = None  # default: the attribute `key`, `a__b` goes through relations
    sort: str = ""
    unit: str = ""
    places: int | None = None
    link: Callable[[Any], str] | None = None
    explain: Callable[[Any], str] | None = None  # address of the drawer's content
    badge: bool = False  # the value is a status of the badge component
    shown: bool = True  # before the reader chose columns
    wide: bool = False  # before the reader chose columns, only where there is room: not on a phone
    prose: bool = False  # sentences: they keep room and may break anywhere
    chinese: bool = False  # in either language, as titles of laws are

    @property
    def is_number(self) -> bool:
        """Right-aligned, with thousands separators."""
        return self.places is not None

    @property
    def classes(self) -> str:
        """Of its cells."""
        given = {"num": self.is_number, "wide": self.wide, "wrap": self.prose}
        return " ".join(name for name, is_so in given.items() if is_so)

    def of(self, row: Any) -> Any:
        """The plain value of a row, as sorted and exported."""
        if self.value:
            return self.value(row)
        for part in self.key.split("__"):
            row = getattr(row, part) if row is not None else None
        return row


@dataclass(frozen=True)
class Filter:
    """One filter: a choice when `choices` are given, else free text. `apply` narrows the rows."""

    key: str
    label: Any
    apply: Callable[[QuerySet[Any], str], QuerySet[Any]]
    choices: Sequence[tuple[str, Any]] = ()


@dataclass(frozen=True)
class Cell:
    """One cell as the template shows it."""

    column: Column
    value: Any
    link: str
    explain: str


@dataclass
class Listing:
    """A list on a page. `rows` is already scoped to the person who asks."""

    request: HttpRequest
    key: str
    rows: QuerySet[Any]
    columns: Sequence[Column]
    filters: Sequence[Filter] = ()
    search: Sequence[str] = ()  # fields the free text is looked for in
    sort: str = ""
    size: int = PAGE_SIZE
    title: Any = ""  # of the exported file
    empty_title: Any = ""
    empty_text: Any = ""
    empty_link: tuple[str, Any] | None = None  # address, label
    asked: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.asked = {
            key: str(text)[:LONGEST_TEXT].replace("\x00", "") for key, text in self.request.GET.items()
        }
        # The column chooser's boxes come as repeated values, addresses carry them joined.
        self.asked["cols"] = ",".join(self.request.GET.getlist("cols"))[:LONGEST_CHOICE]

    # What the reader chose

    @property
    def text(self) -> str:
        """What was typed into the list's own search."""
        return self.asked.get("q", "").strip()

    @property
    def fields(self) -> list[tuple[Filter, str]]:
        """Filters with what they are set to; a value that is not among the choices counts as none."""
        fields = []
        for each in self.filters:
            value = self.asked.get(each.key, "")
            if each.choices and value not in {str(key) for key, _label in each.choices}:
                value = ""
            fields.append((each, value))
        return fields

    @cached_property
    def chosen(self) -> list[Column]:
        """The columns that are shown."""
        wanted = [key for key in self.asked.get("cols", "").split(",") if key]
        chosen = [column for column in self.columns if column.key in wanted]
        return chosen or [column for column in self.columns if column.shown]

    @property
    def has_chosen(self) -> bool:
        """Whether the reader chose columns."""
        return any(column.key in self.asked.get("cols", "").split(",") for column in self.columns)

    @property
    def order(self) -> str:
        """The sorting in force: a column's key, with a minus for descending, or ''."""
        asked = self.asked.get("sort", self.sort)
        return (
            asked
            if asked.removeprefix("-") in {column.key for column in self.columns if column.sort}
            else self.sort
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether a filter or the search hides rows."""
        return bool(self.text) or any(value for _filter, value in self.fields)

    # Rows

    @cached_property
    def found(self) -> QuerySet[Any]:
        """All rows that fit, sorted."""
        rows = self.rows
        for each, value in self.fields:
            if value:
                rows = each.apply(rows, value)
        if self.text and self.search:
            wanted = Q()
            for name in self.search:
                wanted |= Q(**{f"{name}__icontains": self.text})
            rows = rows.filter(wanted)
        for column in self.columns:
            if column.sort and column.key == self.order.removeprefix("-"):
                # The key at the end keeps pages stable where values are equal.
                minus = "-" if self.order.startswith("-") else ""
                rows = rows.order_by(minus + column.sort, minus + "pk")
        return rows

    @cached_property
    def page(self) -> Page[Any]:
        """The page asked for; the nearest one where there is no such page."""
        page = Paginator(self.found, self.size).get_page(self.asked.get("page"))
        if page.number > 1 and isinstance(page.object_list, QuerySet):
            # What is looked up for a row is looked up for those of the page alone, not for all that are skipped.
            keys = list(page.object_list.values_list("pk", flat=True))
            page.object_list = self.found.filter(pk__in=keys)
        return page

    @property
    def total(self) -> int:
        """How many rows fit."""
        return self.page.paginator.count

    @property
    def lines(self) -> list[list[Cell]]:
        """The page's rows as cells."""
        return [
            [
                Cell(
                    column,
                    column.of(row),
                    column.link(row) if column.link else "",
                    column.explain(row) if column.explain else "",
                )
                for column in self.chosen
            ]
            for row in self.page.object_list
        ]

    # Addresses

    def address(self, **changes: Any) -> str:
        """This list's address with some parameters changed; None takes one away."""
        known = {"q", "sort", "cols", "page", *(each.key for each in self.filters)}
        kept = {key: value for key, value in self.asked.items() if key in known and value}
        for key, value in changes.items():
            kept.pop(key, None)
            if value not in (None, ""):
                kept[key] = str(value)
        return f"{self.request.path}?{urlencode(kept)}" if kept else self.request.path

    @property
    def headers(self) -> list[dict[str, Any]]:
        """Column heads with where a click on them leads."""
        heads = []
        for column in self.chosen:
            is_up, is_down = self.order == column.key, self.order == f"-{column.key}"
            turned = f"-{column.key}" if is_up else column.key
            heads.append(
                {
                    "column": column,
                    "state": "ascending" if is_up else "descending" if is_down else "none",
                    "url": self.address(sort=turned, page=None) if column.sort else "",
                }
            )
        return heads

    @property
    def urls(self) -> dict[str, str]:
        """Addresses of the previous and next page and of the exports."""
        page = self.page
        return {
            "previous": self.address(page=page.previous_page_number()) if page.has_previous() else "",
            "next": self.address(page=page.next_page_number()) if page.has_next() else "",
            "xlsx": self.address(export="xlsx", page=None),
            "csv": self.address(export="csv", page=None),
        }

    # Answers

    def response(self) -> HttpResponse | None:
        """A file when an export was asked for, the bare list for htmx, None for the whole page."""
        kind = self.asked.get("export")
        if kind in export.WRITERS:
            heads = [export.head(str(column.title), column.unit) for column in self.chosen]
            rows = (
                [column.of(row) for column in self.chosen] for row in self.found.iterator(chunk_size=2000)
            )
            return export.respond(kind, str(self.title or self.key), heads, rows)
        if self.request.headers.get("HX-Target") == f"list-{self.key}":
            return HttpResponse(render_to_string("components/listing.html", {"listing": self}, self.request))
        return None
