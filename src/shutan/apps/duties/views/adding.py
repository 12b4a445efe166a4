"""The page that puts a unit on a list by hand: on one in the making, or on a published one from a day on."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from shutan.apps.accounts import access
from shutan.apps.accounts.models import User
from shutan.apps.common.language import language
from shutan.apps.directory.actions import finder
from shutan.apps.directory.models import Entity, EntityKind
from shutan.apps.duties import forms, making, queries, steps
from shutan.apps.duties.models import ListEntry, UnitList
from shutan.apps.duties.views import OK, performed, renewed
from shutan.documents.values import Fault


def _reporter(person: User, text: str, today: Any) -> Entity:
    """Who reports for what was typed: a legal person's name or code, or a reporting entity's name or number."""
    find = finder(person, today=today)
    tried = [find(kind, text) for kind in (EntityKind.LEGAL_PERSON, EntityKind.REPORTING_ENTITY)]
    found = next((one for one in tried if isinstance(one, Entity)), None)
    if found is None:
        told = next((one for one in tried if isinstance(one, Fault) and one.code != "link.unknown"), tried[0])
        raise ValidationError({"unit": getattr(told.message, language())})  # type: ignore[union-attr]
    return Entity.objects.get(pk=making.units_of([found.pk], today)[found.pk])


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a unit that the rules did not find, with the reason."""
    person, today, now = access.me(request), timezone.localdate(), timezone.now()
    unit_list = get_object_or_404(queries.lists(person), pk=pk)
    published = unit_list.state == UnitList.State.PUBLISHED
    initial = {"revision": unit_list.revision, "since": today, "unit": request.GET.get("unit", "")[:120]}
    form = forms.AddForm(request.POST or None, initial=initial, published=published)
    status, made = 200, list[ListEntry]()
    if request.method == "POST":

        def do() -> None:
            given = dict(form.cleaned_data)
            unit = _reporter(person, given.pop("unit"), today)
            if published:
                made.append(
                    steps.correct(person, unit_list, unit, include=True, **given, now=now, today=today)
                )
            else:
                made.append(steps.add_unit(person, unit_list, unit, **given, now=now, today=today))

        status = performed(request, form, do, _("The unit is added."))
        if status == OK:
            return redirect("duties:entry", made[0].pk)
        unit_list.refresh_from_db()
        renewed(form, unit_list.revision)
    context = {"unit_list": unit_list, "form": form, "published": published}
    return render(request, "duties/add.html", context, status=status)
