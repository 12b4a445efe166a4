"""What a corrected report means for what was made public of the one before."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shutan.apps.disclosure import queries
from shutan.apps.reporting.consequences import Consequence, Told, register
from shutan.apps.reporting.models import Report


def _published(before: Report, after: Report) -> Iterator[Told]:
    """The standing disclosure, while it was made from an older version than this one."""
    standing = queries.standing().filter(
        organisation=before.organisation_id, rule_set=before.rule_set, year=before.year
    )
    for one in standing.exclude(report=after).select_related("report"):
        yield Told(
            _("Disclosure of %(year)s, version %(n)s") % {"year": one.year, "n": one.version},
            _("made from version %(n)s of the report") % {"n": one.report.version},
            _("outdated: publish a new version"),
            url=reverse("disclosure:page", args=[one.pk]),
        )


def register_consequences() -> None:
    """Add it to the table of what depends on a report."""
    register(
        Consequence(
            "disclosure",
            gettext_lazy("Disclosure"),
            gettext_lazy(
                "It stays public and says that the report was corrected since; the duty to disclose is open again until a version is made from the corrected report."
            ),
            _published,
        )
    )
