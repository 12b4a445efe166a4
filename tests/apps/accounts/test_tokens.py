"""An administrator sees and ends the API tokens of their organisation, and of no other."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from shutan.apps.accounts import actions, tokens
from shutan.apps.accounts.demo import create_demo
from shutan.apps.accounts.models import ApiToken, LogEntry, User


@pytest.fixture
def people(db):
    create_demo(timezone.now())
    return {user.username: user for user in User.objects.select_related("organisation")}


@pytest.fixture
def issued(people):
    now = timezone.now()
    return {
        name: actions.create_token(people[name], label=f"program of {name}", now=now).token
        for name in ("carbon", "carbon-reviewer", "heat")
    }


def test_an_administrator_sees_those_of_the_organisation(people, issued, client):
    assert set(tokens.of_organisation(people["carbon-admin"])) == {
        issued["carbon"],
        issued["carbon-reviewer"],
    }
    assert not tokens.of_organisation(people["carbon"]).exists()
    assert not tokens.of_organisation(people["public"]).exists()
    client.force_login(people["carbon-admin"])
    page = client.get("/people/tokens").content.decode()
    assert "program of carbon-reviewer" in page
    assert "program of heat" not in page
    table = client.get("/people/tokens", {"export": "csv"}).content.decode("utf-8-sig")
    assert "heat" not in table
    assert (
        "heat"
        not in client.get("/people/tokens", {"q": "program of heat"}).content.decode().partition("<tbody")[2]
    )
    assert client.get(f"/people/tokens/{issued['heat'].pk}").status_code == 404
    assert client.post(f"/people/tokens/{issued['heat'].pk}", {"why": "x"}).status_code == 404


def test_others_do_not_reach_the_page(people, issued, client):
    client.force_login(people["carbon"])
    assert client.get("/people/tokens").status_code == 403
    assert client.get(f"/people/tokens/{issued['carbon'].pk}").status_code == 403


def test_an_administrator_ends_one_with_its_reason(people, issued, client):
    client.force_login(people["carbon-admin"])
    client.post(f"/people/tokens/{issued['carbon'].pk}", {"why": "网关已报废"})
    token = ApiToken.objects.get(pk=issued["carbon"].pk)
    assert token.revoked_at is not None
    entry = LogEntry.objects.get(action="accounts.revoke_others_token")
    assert (entry.actor, entry.why) == (people["carbon-admin"], "网关已报废")
    page = client.get(f"/people/tokens/{token.pk}").content.decode()
    assert 'name="why"' not in page
    # Ending it again keeps the time it ended.
    tokens.revoke(people["carbon-admin"], token, now=timezone.now() + timedelta(days=1), why="x")
    token.refresh_from_db()
    assert token.revoked_at < timezone.now() + timedelta(minutes=1)


def test_the_action_itself_refuses_others(people, issued):
    with pytest.raises(PermissionDenied):
        tokens.revoke(people["carbon-admin"], issued["heat"], now=timezone.now(), why="x")
    with pytest.raises(PermissionDenied):
        tokens.revoke(people["carbon"], issued["carbon-reviewer"], now=timezone.now(), why="x")


def test_states_are_told_and_filtered_alike(people, issued):
    now = timezone.now()
    ApiToken.objects.filter(pk=issued["carbon"].pk).update(expires_at=now - timedelta(seconds=1))
    ApiToken.objects.filter(pk=issued["heat"].pk).update(revoked_at=now, expires_at=now)
    for state in ("normal", "expired", "revoked"):
        assert {token.pk for token in ApiToken.objects.all() if token.state(now) == state} == {
            token.pk for token in ApiToken.objects.in_state(state, now)
        }
        assert ApiToken.objects.in_state(state, now).count() == 1
