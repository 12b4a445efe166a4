"""What the search box finds among questions of reviews."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from shutan.apps.accounts.models import User
from shutan.apps.common.worklist import Hit
from shutan.apps.review import queries

MOST = 20


def find(person: User, text: str) -> Iterator[Hit]:
    """Questions by enterprise or by the check they are about."""
    named = Q(finding__check_id__iexact=text) | Q(report_finding__check_id__iexact=text)
    for home in ("filing__book__organisation", "report__organisation"):
        named |= Q(**{f"{home}__name_zh__icontains": text}) | Q(**{f"{home}__name_en__icontains": text})
    for one in queries.questions(person, today=timezone.localdate()).filter(named)[:MOST]:
        url = reverse("review:question", args=[one.pk])
        yield Hit(
            _("Question of a review"),
            f"{one.organisation} {one.subject.period}",
            url,
            one.get_kind_display(),
        )
