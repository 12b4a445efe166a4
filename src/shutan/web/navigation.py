"""The left navigation: chapters of the action plan, each with its pages. ONE table; apps add a line here.

An item shows when the access table lets the person open its route; a chapter when any of its items shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shutan.apps.accounts import access


@dataclass(frozen=True)
class Item:
    """One page: its route, its name, and where it stands in the plan."""

    route: str
    title: Any

    @property
    def url(self) -> str:
        """Where it leads."""
        return reverse(self.route)


@dataclass(frozen=True)
class Chapter:
    """One chapter of the plan; `icon` is a symbol of static/img/icons.svg."""

    key: str
    title: Any
    icon: str
    items: tuple[Item, ...] = ()


CHAPTERS = (
    Chapter("work", _("My work"), "home", (Item("home", _("Worklist")), Item("inbox", _("Inbox")))),
    Chapter(
        "participants",
        _("Market participants"),
        "building",  # measures 3–8
        (
            Item("directory:list", _("Directory")),
            Item("directory:map", _("Map")),
            Item("directory:events", _("Events")),
            Item("directory:registry_changes", _("Registry changes")),
            Item("duties:lists", _("Lists")),
            Item("duties:candidates", _("Candidates")),
            Item("duties:duties", _("Duties")),
            Item("duties:public", _("Key emitting units")),
            Item("bodies:mine", _("My registration")),
            Item("bodies:list", _("Service bodies")),
            Item("bodies:register", _("Register of service bodies")),
        ),
    ),
    Chapter(
        "quality",
        _("Data quality"),
        "checks",  # measures 9–14
        (
            Item("filing:list", _("Monthly filing")),
            Item("review:desk", _("Review desk")),
            Item("review:questions", _("Questions and answers")),
            Item("review:clues", _("Clue lists")),
            Item("reporting:list", _("Reports")),
            Item("reporting:upload", _("Upload a report")),
            Item("schemes:list", _("Schemes")),
            Item("schemes:meters", _("Meters")),
            Item("labreports:list", _("Test reports")),
            Item("policies:list", _("One enterprise, one policy")),
        ),
    ),
    # Measure 9 and the log have as many pages as the rest of their chapter: they stand apart to be found.
    Chapter(
        "rules",
        _("Rules"),
        "scale",
        (
            Item("reporting:rulebook", _("Rule book")),
            Item("reporting:parameters", _("Parameters")),
            Item("reporting:notices", _("Values by notice")),
            Item("reporting:matrix", _("Matrix")),
            Item("standards:instruments", _("Rules and standards")),
            Item("standards:assessments", _("Management self-assessment")),
        ),
    ),
    Chapter(
        "evidence",
        _("Log and archives"),
        "lock",
        (
            Item("archives:list", _("Records and archives")),
            Item("evidence:records", _("Receipts")),
            Item("evidence:log", _("Evidence log")),
        ),
    ),
    Chapter("assets", _("Carbon assets"), "leaf"),  # measures 15–18
    Chapter(
        "finance",
        _("Carbon finance"),
        "coin",  # measures 19–22
        (Item("disclosure:public", _("Disclosures")), Item("disclosure:owed", _("Disclosures owed"))),
    ),
    Chapter("low_carbon", _("Low-carbon development"), "bolt"),  # measures 23–26
    Chapter(
        "coordination",
        _("Coordination"),
        "map",  # measures 27–30
        (Item("referrals:list", _("Referrals")), Item("departments:data", _("Departments' data"))),
    ),
    Chapter(
        "organisation",
        _("Organisation"),
        "users",
        (
            Item("accounts:organisations", _("Organisations")),
            Item("accounts:people", _("People")),
            Item("accounts:tokens", _("API tokens")),
            Item("accounts:mandates", _("Mandates")),
            Item("accounts:log", _("Activity log")),
            Item("operations", _("Health of the site")),
        ),
    ),
)


def shown_to(user: Any, current: str) -> list[dict[str, Any]]:
    """The chapters a person sees, signed in or not, with the item of the current route marked."""
    shown = []
    for chapter in CHAPTERS:
        items = [
            {"title": item.title, "url": item.url, "current": item.route == current}
            for item in chapter.items
            if access.may_open(user, item.route)
        ]
        if items:
            is_open = any(item["current"] for item in items)
            shown.append(
                {
                    "key": chapter.key,
                    "title": chapter.title,
                    "icon": chapter.icon,
                    "pages": items,
                    "current": is_open,
                }
            )
    return shown
