"""The evidence of a month: what the guideline names, what is there, files sent and sorted, the files themselves."""

from __future__ import annotations

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from shutan.apps.accounts import access
from shutan.apps.common import files
from shutan.apps.common.downloads import attached
from shutan.apps.common.files import Upload
from shutan.apps.common.language import language
from shutan.apps.filing import completeness, papers, printing, queries
from shutan.apps.filing.completeness import Wanted
from shutan.apps.filing.models import EvidenceFile
from shutan.apps.filing.views import TOLD, performed
from shutan.apps.filing.views.months import frame
from shutan.documents.wording import say
from shutan.rules.evidence import listed
from shutan.rules.registry import rule_set

SHOWN_IN_PAGE = ("application/pdf", "image/png", "image/jpeg")
BETWEEN = "\x1f"  # between the parts of a paper's place in a form


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """What the guideline names for this month's figures, and what is there for it."""
    person = access.me(request)
    filing = queries.month(person, pk)
    done = completeness.of(queries.year_of(person, filing), filing.month)
    context = frame(request, filing, "evidence")
    context |= {
        "done": done,
        "rows": _by_row(done.wanted),
        "places": [
            *((place_of(one), label_of(one)) for one in done.wanted),
            (papers.STAMPED, _("The printed sheet of the month, stamped")),
        ],
        "stamped": [one for one in filing.evidence.all() if one.need == papers.STAMPED],
        "stamped_place": papers.STAMPED,
        "adds": filing.is_open and context["changes"] and access.may_do(person, "filing.add_evidence"),
        "listed": bool(listed(rule_set(filing.book.rule_set))),
    }
    return render(request, "filing/evidence.html", context)


def _by_row(wanted: list[Wanted]) -> list[tuple[str, list[tuple[Wanted, str, str]]]]:
    """Papers by the row that asks for them: words, address of the row, label."""
    rows: dict[str, list[tuple[Wanted, str, str]]] = {}
    for one in wanted:
        label = say(language(), one.need.zh, one.need.en)
        rows.setdefault(" · ".join(one.key), []).append((one, place_of(one), label))
    return list(rows.items())


def place_of(one: Wanted) -> str:
    """A paper's place as a form carries it."""
    return BETWEEN.join((one.need.name, *one.key))


def label_of(one: Wanted) -> str:
    """A paper and its row in words."""
    words = say(language(), one.need.zh, one.need.en)
    return " · ".join((*one.key, words))


def _place(text: str) -> tuple[str, list[str]]:
    need, *key = text.split(BETWEEN)
    return need, key


@require_GET
def printed(request: HttpRequest, pk: int) -> HttpResponse:
    """The month as it is printed for the stamp."""
    person = access.me(request)
    filing = queries.month(person, pk)
    name = files.clean_name(f"{filing.organisation.name_zh}-{filing.period}-v{filing.version}.pdf")
    return attached(printing.pdf(queries.year_of(person, filing), filing), name)


@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Take several files at once; say of each what became of it."""
    person = access.me(request)
    filing = queries.month(person, pk)
    need, key = _place(request.POST.get("place", ""))
    uploads = [
        Upload(one.name or "", one.read(files.LARGEST_DOCUMENT + 1)) for one in request.FILES.getlist("file")
    ]
    taken: list[papers.Taken] = []
    went_well = performed(
        request,
        lambda: taken.extend(papers.add(person, filing, uploads, need=need, key=key, now=timezone.now())),
    )
    context = {"taken": taken, "filing": filing}
    return render(request, "filing/_taken.html", context, status=200 if went_well else TOLD)


@require_POST
def sort(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what a file proves."""
    person = access.me(request)
    one = queries.evidence(person, pk)
    need, key = _place(request.POST.get("place", ""))
    performed(
        request,
        lambda: papers.sort(
            person,
            one,
            need=need,
            key=key,
            ledger=request.POST.get("ledger", ""),
            original_place=request.POST.get("original_place", ""),
            belongs="belongs" in request.POST,
            now=timezone.now(),
        ),
        _("Saved."),
    )
    return redirect("filing:evidence", pk=one.filing_id)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file out of a draft."""
    person = access.me(request)
    one = queries.evidence(person, pk)
    filing = one.filing_id
    performed(request, lambda: papers.remove(person, one, now=timezone.now()), _("Taken out."))
    return redirect("filing:evidence", pk=filing)


@require_GET
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file itself; only what a browser shows harmlessly is shown in it."""
    one: EvidenceFile = queries.evidence(access.me(request), pk)
    try:
        content = files.content(one.sha256)
    except OSError:
        raise Http404 from None
    way = "inline" if one.media_type in SHOWN_IN_PAGE else "attachment"
    return HttpResponse(
        content,
        content_type=one.media_type,
        headers={
            "Content-Disposition": f"{way}; filename*=UTF-8''{quote(one.name)}",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox",
        },
    )
