"""People of the tests of policies: an enterprise with two, another one, its city, a far one, the province."""

from datetime import UTC, datetime

import pytest
from django.utils import translation

from shutan.apps.accounts.models import Kind, Organisation, Role, User

NOW = datetime(2026, 3, 5, 4, tzinfo=UTC)


@pytest.fixture(autouse=True)
def calm(settings):
    """No second factor, and what actions say in English."""
    settings.SECOND_FACTOR = "off"
    with translation.override("en"):
        yield


@pytest.fixture
def people(db):
    def made(name, kind, role, division="510100", home=None):
        home = home or Organisation.objects.create(
            kind=kind, name_zh=f"{name}单位", division_code=division, created_at=NOW
        )
        return User.objects.create_user(username=name, organisation=home, role=role, password="x")

    filler = made("filler", Kind.ENTERPRISE, Role.FILLER)
    return {
        "filler": filler,
        "reviewer": made("reviewer", Kind.ENTERPRISE, Role.REVIEWER, home=filler.organisation),
        "other": made("other", Kind.ENTERPRISE, Role.FILLER),
        "city": made("city", Kind.CITY, Role.OFFICER),
        "far_city": made("far_city", Kind.CITY, Role.OFFICER, "510500"),
        "officer": made("officer", Kind.PROVINCE, Role.OFFICER, "510000"),
    }
