"""Pages of the ledger: whose there is, one enterprise's lines, one record, records on paper by form and by workbook."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from shutan.apps.accounts import access
from shutan.apps.accounts.models import Kind, Organisation
from shutan.apps.archives import actions, gaps, queries, retention
from shutan.apps.archives.forms import ClosingForm, PaperForm, PlaceForm
from shutan.apps.archives.models import Line, Paper, RecordKind, State
from shutan.apps.common import rowbook
from shutan.apps.common.downloads import attached
from shutan.apps.common.listing import Column, Filter, Listing
from shutan.apps.common.places import prefecture_filter
from shutan.apps.common.refusals import FaultsError, StaleError
from shutan.apps.common.rowbook import Fault
from shutan.documents.safety import LARGEST_FILE

OWN = "archives.paper"
MOST_GAPS = 20
STEPS = {"hand_over": actions.hand_over, "dispose": actions.dispose}
# The page of what a line is read from, by its key.
PAGES = {
    "filing.monthlyfiling": "filing:month",
    "reporting.report": "reporting:report",
    "schemes.scheme": "schemes:scheme",
    "labreports.testreport": "labreports:report",
    "policies.policy": "policies:policy",
}
UNPROCESSABLE = 422


def ledger_url(organisation: int) -> str:
    """An enterprise's ledger."""
    return reverse("archives:ledger", args=[organisation])


def link(line: Line) -> str:
    """A record's page."""
    return reverse("archives:record", args=[line.source, line.source_pk])


def home_of(request: HttpRequest, organisation: int) -> Organisation:
    """The enterprise whose ledger is asked for; 404 where it is not theirs to open."""
    return get_object_or_404(queries.enterprises(access.me(request)), pk=organisation)


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """Whose ledgers an authority may open; an enterprise's own at once."""
    person = access.me(request)
    if person.kind == Kind.ENTERPRISE and person.organisation_id:
        return redirect(ledger_url(person.organisation_id))
    listing = Listing(
        request,
        key="ledgers",
        title=_("Records and archives"),
        rows=queries.enterprises(person),
        columns=[
            Column("name", _("Enterprise"), sort="name_zh", link=lambda row: ledger_url(row.pk)),
            Column("credit_code", _("Unified social credit code"), sort="credit_code", wide=True),
        ],
        filters=[prefecture_filter("division_code")],
        search=("name_zh", "name_en", "credit_code"),
        sort="name",
        empty_title=_("No enterprise"),
        empty_text=_("Enterprises of your area are listed here."),
    )
    return listing.response() or render(request, "archives/list.html", {"listing": listing})


@require_GET
def ledger(request: HttpRequest, organisation: int) -> HttpResponse:
    """An enterprise's records: those the system holds, and those that lie on paper alone."""
    person, home, today = access.me(request), home_of(request, organisation), timezone.localdate()
    rows = queries.lines(person, home)
    listing = _listing(request, rows)
    if answer := listing.response():
        return answer
    kept = rows.exclude(state=State.DISPOSED)
    years = gaps.years(person, home)
    asked = request.GET.get("year", "")
    year = int(asked) if asked in map(str, years) else next(iter(years), None)
    lacking = gaps.of_year(person, home, year) if year else []
    context = {
        "home": home,
        "listing": listing,
        "counts": [
            (_("Records in the ledger"), kept.count(), listing.request.path),
            (_("On paper only"), kept.filter(source=OWN).count(), "?only=paper"),
            (_("Where the original lies is not said"), kept.filter(place="", kind__in=_on_paper()).count(), "?only=unplaced"),
            (_("Retention over"), kept.filter(retention.over(today)).count(), "?only=over"),
            (_("No source says how long"), kept.filter(retention.undated(today)).count(), "?only=undated"),
        ],
        "law": retention.law(today),
        "year": year,
        "gaps": lacking[:MOST_GAPS],
        "more": max(0, len(lacking) - MOST_GAPS),
        "own": queries.is_own(person, home) and access.may_open(person, "archives:new"),
    }  # fmt: skip
    return render(request, "archives/ledger.html", context)


def _on_paper() -> list[str]:
    """Kinds whose stamped original is paper."""
    return [
        RecordKind.PAPER,
        RecordKind.LEDGER,
        RecordKind.TEST,
        RecordKind.CALIBRATION,
        RecordKind.DECLARATION,
    ]


def _only(today: Any) -> dict[str, Callable[[QuerySet[Any]], QuerySet[Any]]]:
    return {
        "paper": lambda rows: rows.filter(source=OWN),
        "unplaced": lambda rows: rows.filter(place="", kind__in=_on_paper()).exclude(state=State.DISPOSED),
        "over": lambda rows: rows.filter(retention.over(today)).exclude(state=State.DISPOSED),
        "undated": lambda rows: rows.filter(retention.undated(today)).exclude(state=State.DISPOSED),
    }


def _listing(request: HttpRequest, rows: QuerySet[Line]) -> Listing:
    today, named, only = timezone.localdate(), queries.needs(), _only(timezone.localdate())
    plain = rows.order_by()
    years = sorted(set(plain.values_list("year", flat=True)), reverse=True)
    needs = queries.need_choices(plain.exclude(need="").values_list("rule_set", "need").distinct())
    words = {
        "paper": _("On paper only"), "unplaced": _("Where the original lies is not said"),
        "over": _("Retention over"), "undated": _("No source says how long"),
    }  # fmt: skip
    return Listing(
        request,
        key="records",
        title=_("Ledger of records"),
        rows=rows,
        columns=[
            Column("title", _("Title"), value=queries.title, link=link, sort="title"),
            Column("kind", _("Kind of record"), value=lambda row: row.get_kind_display(), sort="kind", shown=False),
            Column("number", _("Number"), sort="number"),
            Column("year", _("Period"), value=lambda row: row.period, sort="year"),
            Column("about", _("Belongs to"), value=lambda row: queries.belongs(row, named), wide=True, prose=True),
            Column("sector", _("Sector"), value=queries.sector, shown=False),
            Column("department", _("Department that keeps it"), sort="department", wide=True),
            Column("place", _("Where the stamped original lies"), sort="place", wide=True),
            Column("until", _("Must be kept until"), value=lambda row: _until(row, today)),
            Column("state", _("Status"), sort="state", badge=True),
            Column("file_name", _("File"), sort="file_name", shown=False),
            Column("sha256", "SHA-256", shown=False),
            Column("at", _("On record since"), sort="at", shown=False),
        ],
        filters=[
            Filter("kind", _("Kind of record"), lambda found, value: found.filter(kind=value), RecordKind.choices),
            Filter("year", _("Year"), lambda found, value: found.filter(year=value), [(str(one), str(one)) for one in years]),
            Filter("month", _("Month"), lambda found, value: found.filter(month=value), [(str(one), str(one)) for one in range(1, 13)]),
            Filter("need", _("Evidence"), lambda found, value: found.filter(need=value), needs),
            Filter("only", _("Only"), lambda found, value: only[value](found), list(words.items())),
            Filter("state", _("Status"), lambda found, value: found.filter(state=value), State.choices),
        ],
        search=("title", "number", "file_name", "department", "place", "about"),
        empty_title=_("No record"),
        empty_text=_("What is filed, tested and declared appears here by itself; what lies on paper alone is added by hand or by workbook."),
    )  # fmt: skip


def _until(line: Line, today: Any) -> Any:
    return retention.of_line(line, today).until or _("no source says")


def _line(request: HttpRequest, source: str, pk: int) -> Line:
    return get_object_or_404(queries.every_line(access.me(request)), source=source, source_pk=pk)


@require_GET
def record(request: HttpRequest, source: str, pk: int) -> HttpResponse:
    """One record: what it is, where it lies, how long it must be kept, what can be done with it."""
    return _page(request, _line(request, source, pk))


def _page(request: HttpRequest, line: Line, status: int = 200, **more: Any) -> HttpResponse:
    person, today = access.me(request), timezone.localdate()
    held = Paper.objects.filter(pk=line.paper).first() if line.paper else None
    until = retention.of_line(line, today)
    own = queries.is_own(person, line.organisation) and line.state != State.DISPOSED
    page = PAGES.get(line.source)
    context = {
        "line": line,
        "title": queries.title(line),
        "facts": [
            (_("Enterprise"), line.organisation),
            (_("Kind of record"), line.get_kind_display()),
            (_("Number"), line.number),
            (_("Period"), line.period),
            (_("Version"), line.version or None),
            (_("Sector"), queries.sector(line)),
            (_("Belongs to"), queries.belongs(line, queries.needs())),
            (_("File"), line.file_name),
            ("SHA-256", line.sha256),
            (_("On record since"), line.at),
        ],
        "places": [
            (_("Department that keeps it"), line.department),
            (_("Where the stamped original lies"), line.place),
            (_("Remark"), held.remark if held else None),
        ],
        "until": until,
        "over": until.is_over(today),
        "held": held,
        "revision": held.revision if held else 0,
        "page": reverse(page, args=[line.source_pk]) if page and access.may_open(person, page) else "",
        "own": own,
        "is_paper": line.source == OWN,
        "form": PlaceForm(instance=held) if own and line.source != OWN else None,
        "closing": ClosingForm(initial={"on": today}) if own else None,
        "may_dispose": access.may_do(person, "archives.dispose"),
    }
    return render(request, "archives/record.html", context | more, status=status)


@require_POST
def put(request: HttpRequest, source: str, pk: int) -> HttpResponse:
    """Say where the paper of a record lies."""
    line = _line(request, source, pk)
    try:
        actions.put(access.me(request), line, request.POST, revision=_revision(request), now=timezone.now())
    except FaultsError as error:
        return _page(request, line, UNPROCESSABLE, form=error.form)
    except (StaleError, ValidationError) as error:
        _refused(request, error)
    else:
        messages.success(request, _("Saved."))
    return redirect(link(line))


@require_POST
def close(request: HttpRequest, source: str, pk: int, name: str) -> HttpResponse:
    """Hand a paper over, or say that it was disposed of."""
    line, form = _line(request, source, pk), ClosingForm(request.POST)
    if name not in STEPS:
        raise Http404
    if not form.is_valid():
        return _page(request, line, UNPROCESSABLE, closing=form)
    try:
        STEPS[name](
            access.me(request), line, **form.cleaned_data, revision=_revision(request), now=timezone.now()
        )
    except (StaleError, ValidationError) as error:
        _refused(request, error)
    else:
        messages.success(request, _("Saved."))
    return redirect(link(line))


def _refused(request: HttpRequest, error: StaleError | ValidationError) -> None:
    if isinstance(error, StaleError):
        messages.warning(request, _("Someone changed this meanwhile: look at it again, nothing was saved."))
    else:
        messages.error(request, " ".join(error.messages))


def _revision(request: HttpRequest) -> int:
    sent = request.POST.get("revision", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else 0  # noqa: PLR2004 - digits of an integer


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, organisation: int) -> HttpResponse:
    """Add a record that lies on paper alone."""
    home = home_of(request, organisation)
    return _edit(request, home, None)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one."""
    held = get_object_or_404(queries.papers(access.me(request)), pk=pk, source="")
    return _edit(request, held.organisation, held)


def _edit(request: HttpRequest, home: Organisation, held: Paper | None) -> HttpResponse:
    if not queries.is_own(access.me(request), home) or (held is not None and held.state == State.DISPOSED):
        raise PermissionDenied
    form = PaperForm(instance=held, organisation=home)
    revision = held.revision if held else 0
    if request.method == "POST":
        try:
            made = actions.keep(
                access.me(request),
                home,
                request.POST,
                held=held,
                revision=_revision(request),
                now=timezone.now(),
            )
        except FaultsError as error:
            form = error.form
        except StaleError as error:
            form = PaperForm(request.POST, instance=error.now, organisation=home)
            revision = error.now.revision
            messages.warning(
                request, _("Someone changed this meanwhile. What you typed is still here and not saved.")
            )
        else:
            messages.success(request, _("Saved."))
            return redirect("archives:record", OWN, made.pk)
    context = {"form": form, "home": home, "paper": held, "revision": revision, "ledger": ledger_url(home.pk)}
    return render(
        request, "archives/form.html", context, status=UNPROCESSABLE if request.method == "POST" else 200
    )


def sheet(home: Organisation) -> rowbook.Sheet:
    """The sheet of an enterprise's records on paper."""
    return rowbook.Sheet(
        title=_("Records on paper"),
        model=Paper,
        names=PaperForm.Meta.fields,
        key=("kind", "number", "title", "year"),
        form=lambda values, held: PaperForm(values, instance=held, organisation=home),
        known=lambda: {
            (one.kind, one.number, one.title, one.year): one
            for one in Paper.objects.filter(organisation=home, source="").exclude(state=State.DISPOSED)
        },
    )


@require_GET
def template(request: HttpRequest, organisation: int) -> HttpResponse:
    """The workbook of an enterprise's records on paper, to fill in and send back."""
    home = home_of(request, organisation)
    rows = list(queries.papers(access.me(request)).filter(organisation=home, source="", state=State.KEPT))
    return attached(rowbook.write(sheet(home), rows), f"{_('Records on paper')}.xlsx", rowbook.MEDIA_TYPE)


@require_POST
def take_in(request: HttpRequest, organisation: int) -> HttpResponse:
    """Take a filled-in workbook: all of it, or nothing with all that is wrong."""
    home = home_of(request, organisation)
    if not queries.is_own(access.me(request), home):
        raise PermissionDenied
    sent = request.FILES.get("file")
    context: dict[str, Any] = {"back": ledger_url(home.pk)}
    if sent is None or (sent.size or 0) > LARGEST_FILE:
        wrong = _("Choose a file.")
        if sent is not None:
            wrong = _("The file is larger than %(n)s MB.") % {"n": LARGEST_FILE // 2**20}
        return _imported(request, context | {"faults": [Fault("", wrong)]})
    found = rowbook.read(sheet(home), sent.read())
    if found.faults:
        return _imported(request, context | {"faults": found.faults})
    try:
        changed = actions.import_papers(access.me(request), home, found.forms, now=timezone.now())
    except ValidationError as error:
        return _imported(request, context | {"faults": [Fault("", one) for one in error.messages]})
    return _imported(request, context | {"lines": len(found.forms), "changed": changed})


def _imported(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    status = UNPROCESSABLE if "faults" in context else 200
    return render(request, "schemes/imported.html", context, status=status)
