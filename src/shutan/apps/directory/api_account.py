"""Whose account a legal person of the directory is, through the API."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from shutan.apps.accounts import access
from shutan.apps.accounts.models import Kind, Organisation
from shutan.apps.common.api import ERRORS, Line
from shutan.apps.directory import actions, queries
from shutan.apps.directory.api import _faults, _stale
from shutan.apps.directory.api_shapes import EntityOut
from shutan.apps.directory.reading import FaultsError

router = Router(tags=["directory"])


class AccountIn(Schema):
    """An enterprise's organisation, or none; `version` is that of the legal person you read."""

    organisation: Annotated[int, Field(ge=1, le=2**63 - 1)] | None
    version: Annotated[int, Field(ge=1, le=2**31 - 1)]
    why: Line = ""


@router.put(
    "/directory/{int:number}/account",
    response={200: EntityOut, **ERRORS},
    url_name="directory_account",
    summary="Say whose account a legal person is",
)
def account(request: HttpRequest, number: int, given: AccountIn) -> EntityOut:
    """With none the link is taken away."""
    person, today = access.me(request), timezone.localdate()
    found = get_object_or_404(queries.entities(person, today=today), pk=number)
    home = None
    if given.organisation is not None:
        home = get_object_or_404(Organisation, pk=given.organisation, kind=Kind.ENTERPRISE)
    try:
        actions.link_organisation(
            person, found, home, version=given.version, now=timezone.now(), why=given.why
        )
    except actions.StaleError as error:
        raise _stale(error) from error
    except FaultsError as error:
        raise _faults(error) from error
    found.refresh_from_db()
    return EntityOut.of(found, today)
