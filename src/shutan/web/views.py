"""Pages of the frame: worklist, inbox, search, language, health, and the developers' page of components."""

from __future__ import annotations

from http import HTTPStatus

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from shutan.apps.accounts import access, actions
from shutan.apps.accounts.models import DEPARTMENTS, Kind
from shutan.apps.accounts.words import what_a_kind_may
from shutan.web import sample, sources

YEAR = 365 * 86400
LONGEST_SEARCH = 100
TOLD = (*DEPARTMENTS, Kind.ASSOCIATION, Kind.EXPERT)  # few pages are theirs


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The worklist: what is due, overdue, returned, risky."""
    person = access.me(request)
    tasks = sources.tasks(person, timezone.now())
    # Who has nothing to do, and whose work begins with others', is told what they may do.
    told = not tasks or person.kind in TOLD
    context = {"tasks": tasks, "may": what_a_kind_may(person.kind) if told else []}
    return render(request, "home.html", context)


@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """Messages and the results of long work."""
    return render(request, "inbox.html")


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """One search over everything the person may see."""
    text = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH]
    hits = sources.hits(access.me(request), text) if text else []
    return render(request, "search.html", {"text": text, "hits": hits})


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Change the language: for this browser, and for the person where one is signed in."""
    chosen = request.POST.get("language", "")
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = "/"
    response = redirect(target)
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, chosen, max_age=YEAR, samesite="Lax", secure=settings.HTTPS
        )
        if request.user.is_authenticated and request.user.language != chosen:
            actions.change_preferences(access.me(request), language=chosen, now=timezone.now())
    return response


@require_GET
def health(_request: HttpRequest) -> HttpResponse:
    """Answers when the web and its database work: what starters and monitors wait for."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


def _developers_only(request: HttpRequest) -> None:
    if not (settings.DEBUG or request.user.is_staff):
        raise Http404


@require_GET
def components(request: HttpRequest) -> HttpResponse:
    """Every component with invented data, for developers and for the tests of looks and accessibility."""
    _developers_only(request)
    listing = sample.listing(request)
    return listing.response() or render(request, "components.html", sample.context(listing))


@require_GET
def components_explain(request: HttpRequest) -> HttpResponse:
    """What a drawer shows, as an example; the same address works as a page of its own."""
    _developers_only(request)
    return render(request, "components_explain.html", sample.explanation())


@require_POST
def components_upload(request: HttpRequest) -> HttpResponse:
    """Takes a file and only tells its size."""
    _developers_only(request)
    sent = request.FILES.get("file")
    if sent is None:
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    return render(request, "components/upload_done.html", {"name": sent.name, "size": sent.size})
