"""What anybody reads without signing in: the register of service bodies, and each body's page."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from shutan.apps.bodies import content, queries
from shutan.apps.bodies.models import Accreditation, Body, Page, Service
from shutan.apps.bodies.sections import SECTIONS
from shutan.apps.common.charts import Chart, Series
from shutan.apps.common.listing import Column, Filter, Listing
from shutan.apps.common.places import place_name, prefecture_choices, prefecture_filter


def service_filter() -> Filter:
    """The filter of a list whose rows offer services."""
    return Filter(
        "service",
        _("Service"),
        lambda rows, value: rows.filter(services__contains=[value]),
        Service.choices,
    )


def accreditation_words(kinds: list[str]) -> str:
    """Kinds of accreditation in the language of the page."""
    return str(_(", ")).join(str(one.label) for one in Accreditation.Kind if one in kinds)


def _with_state(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    today = timezone.localdate()
    found = rows.filter(body__state=Body.State.PUBLISHED if value == "expired" else value)
    if value == "expired":
        return found.filter(valid_until__lt=today)
    return found.exclude(valid_until__lt=today) if value == Body.State.PUBLISHED else found


@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """All bodies that were ever registered, by service, city, accreditation and words of their scope."""
    today = timezone.localdate()
    listing = Listing(
        request,
        key="register",
        title=_("Register of service bodies"),
        rows=queries.pages(),
        columns=[
            Column("name", _("Name"), sort="name_zh", link=lambda row: reverse("bodies:page", args=[row.pk])),
            Column("services", _("Services"), value=lambda row: row.service_names),
            Column("city", _("City"), value=lambda row: place_name(row.division_code), sort="division_code"),
            Column(
                "accreditations",
                _("Accreditations"),
                value=lambda row: accreditation_words(row.accreditations),
                wide=True,
            ),
            Column("state", _("Status"), value=lambda row: row.state(today), badge=True),
            Column("valid_until", _("Registered until"), sort="valid_until", wide=True),
            Column("credit_code", _("Unified social credit code"), sort="credit_code", shown=False),
            Column("published_at", _("Published"), sort="published_at", shown=False),
        ],
        filters=[
            service_filter(),
            prefecture_filter("division_code"),
            Filter(
                "accreditation",
                _("Accreditation"),
                lambda rows, value: rows.filter(accreditations__contains=[value]),
                Accreditation.Kind.choices,
            ),
            Filter(
                "state",
                _("Status"),
                _with_state,
                [
                    ("published", _("Published")),
                    ("expired", _("Expired")),
                    ("suspended", _("Suspended")),
                    ("withdrawn", _("Registration withdrawn")),
                ],
            ),
            Filter("scope", _("Word of the scope"), lambda rows, value: rows.filter(scope__icontains=value)),
        ],
        search=("name_zh", "name_en", "credit_code"),
        sort="name",
        empty_title=_("No body fits"),
        empty_text=_(
            "Take a filter away, or come back later: bodies stand here once the province has published them."
        ),
    )
    if answer := listing.response():
        return answer
    context = {"listing": listing, "charts": charts() if not listing.is_narrowed else []}
    return render(request, "bodies/register.html", context)


def charts() -> list[Chart]:
    """How many bodies are registered today for each service and in each prefecture; none where there is none."""
    today = timezone.localdate()
    services, places = queries.by_service(today), queries.by_prefecture(today)
    if not services:
        return []
    offered = [(str(one.label), services[one]) for one in Service if one in services]
    offered.sort(key=lambda pair: -pair[1])
    cities = sorted(
        ((name, places[key]) for key, name in prefecture_choices() if key in places),
        key=lambda pair: -pair[1],
    )
    if elsewhere := sum(places.values()) - sum(count for _name, count in cities):
        cities.append((_("No city named"), elsewhere))
    return [
        Chart(
            key="services",
            title=_("%(service)s is offered most often: by %(n)s of %(all)s registered bodies")
            % {"service": offered[0][0], "n": offered[0][1], "all": sum(places.values())},
            unit=_("bodies"),
            categories=[name for name, _count in offered],
            series=[Series(_("Registered bodies"), [count for _name, count in offered])],
            note=_("A body with several services counts in each."),
            lying=True,
        ),
        Chart(
            key="cities",
            title=ngettext(
                "Registered bodies by city: %(n)s place has one",
                "Registered bodies by city: %(n)s places have one",
                len(cities),
            )
            % {"n": len(cities)},
            unit=_("bodies"),
            categories=[name for name, _count in cities],
            series=[Series(_("Registered bodies"), [count for _name, count in cities])],
            lying=True,
        ),
    ]


@require_GET
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """What is public of one body."""
    shown = get_object_or_404(queries.pages(), pk=pk)
    today = timezone.localdate()
    context = {
        "page": shown,
        "state": shown.state(today),
        "profile": profile_facts(shown.content["profile"]),
        "registration": _registration(shown),
        "head": _head(shown),
        "parts": public_parts(shown.content),
        "works": [
            (row["year"], content.service(row["service"]), row["count"]) for row in shown.content["works"]
        ],
        "standings": queries.standings(shown)[:20],
        "findings": queries.public_findings(shown)[:50],
    }
    return render(request, "bodies/page.html", context)


def _registration(shown: Page) -> list[tuple[str, Any]]:
    return [
        (_("Unified social credit code"), shown.credit_code),
        (_("City"), place_name(shown.division_code)),
        (_("Services"), shown.service_names),
        (_("Registered"), timezone.localdate(shown.first_published_at)),
        (_("As published on"), timezone.localdate(shown.published_at)),
        (_("Registered until"), shown.valid_until or _("no term set")),
    ]


def _head(shown: Page) -> Page | None:
    """The page of the head body of a branch, where it is registered here too."""
    code = shown.content["profile"].get("head_code")
    return queries.pages().filter(credit_code=code).exclude(pk=shown.pk).first() if code else None


def profile_facts(profile: dict[str, Any]) -> list[tuple[str, Any]]:
    """What a profile says, without what it leaves open."""
    names = [name for name in content.PROFILE if name != "is_branch"]
    found = [
        (content.profile_label(name), content.shown("profile", name, profile.get(name))) for name in names
    ]
    return [(label, value) for label, value in found if value is not None]


def public_parts(shown: dict[str, Any]) -> list[dict[str, Any]]:
    """The public rows of each part as a table."""
    return [
        {
            "key": section.key,
            "title": section.title,
            "heads": [section.label(name) for name in section.public],
            "rows": [
                {
                    "cells": [content.shown(section.key, name, row.get(name)) for name in section.public],
                    "expired": bool(row.get("valid_to"))
                    and row["valid_to"] < timezone.localdate().isoformat(),
                }
                for row in shown.get(section.key, [])
            ],
        }
        for section in SECTIONS.values()
        if section.public
    ]
