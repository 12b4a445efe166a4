"""Signing in: lock-out, sessions and devices, an identity provider, limits of the API for each caller."""

import pytest
import time_machine
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shutan.apps.accounts import actions
from shutan.apps.accounts.demo import DEMO_PASSWORD, create_demo
from shutan.apps.accounts.models import LogEntry, User
from shutan.web.limits import CallerThrottle
from shutan.web.sessions import device

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 Version/17.4 Mobile Safari/604.1"
WECHAT = (
    "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/116.0 Mobile Safari/537.36 MicroMessenger/8.0"
)
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0"


@pytest.fixture
def people(db):
    create_demo(timezone.now())
    return {user.username: user for user in User.objects.select_related("organisation")}


def sign_in(client, username="carbon", password=DEMO_PASSWORD, agent=EDGE):
    given = {"login": username, "password": password}
    return client.post(reverse("account_login"), given, headers={"User-Agent": agent})


@pytest.mark.parametrize(
    ("language", "words"), [("zh-hans", "锁定五分钟"), ("en", "locked for five minutes")]
)
def test_a_locked_log_in_says_for_how_long(client, people, language, words):
    client.cookies["django_language"] = language
    with time_machine.travel(timezone.now(), tick=False):
        for _ in range(5):
            sign_in(client, password="wrong-password")
        assert words in sign_in(client).content.decode()


@pytest.mark.parametrize(("language", "words"), [("zh-hans", "尝试次数过多"), ("en", "Too many attempts")])
def test_asking_for_passwords_too_often_shows_our_page(client, people, language, words):
    client.cookies["django_language"] = language
    for _ in range(40):
        answer = client.post(reverse("account_reset_password"), {"email": "carbon@example.invalid"})
    assert answer.status_code == 429
    assert words in answer.content.decode()


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (IPHONE, "Safari · iOS"),
        (WECHAT, "WeChat · Android"),
        (EDGE, "Edge · Windows"),
        ("curl/8", ""),
        ("", ""),
    ],
)
def test_devices_are_named(agent, words):
    assert device(agent) == words


def test_the_devices_page_ends_one_or_all_others(people):
    here, phone, stranger = Client(), Client(), Client()
    sign_in(here)
    sign_in(phone, agent=IPHONE)
    sign_in(stranger, agent=WECHAT)
    page = here.get("/accounts/sessions/").content.decode()
    assert [name in page for name in ("Edge · Windows", "Safari · iOS", "WeChat · Android")] == [True] * 3
    wechat = UserSession.objects.get(user_agent=WECHAT)
    here.post(f"/accounts/sessions/{wechat.pk}/end")
    assert stranger.get("/").status_code == 302
    assert phone.get("/").status_code == 200
    here.post("/accounts/sessions/")
    assert phone.get("/").status_code == 302
    assert here.get("/").status_code == 200
    entries = LogEntry.objects.filter(action="accounts.end_sessions").order_by("pk")
    assert [entry.details["count"] for entry in entries] == [1, 1]


def test_nobody_ends_anothers_session_or_their_own_by_mistake(people):
    mine, other = Client(), Client()
    sign_in(mine)
    sign_in(other, "heat")
    theirs = UserSession.objects.get(user=people["heat"])
    assert mine.post(f"/accounts/sessions/{theirs.pk}/end").status_code == 404
    own = UserSession.objects.get(user=people["carbon"])
    assert mine.post(f"/accounts/sessions/{own.pk}/end").status_code == 404
    assert other.get("/").status_code == 200


def test_a_changed_password_ends_the_other_sessions(people):
    here, phone = Client(), Client()
    sign_in(here)
    sign_in(phone)
    here.post(reverse("account_reauthenticate"), {"password": DEMO_PASSWORD})
    given = {"oldpassword": DEMO_PASSWORD, "password1": "a-Long-pass-2026", "password2": "a-Long-pass-2026"}
    here.post(reverse("account_change_password"), given)
    assert phone.get("/").status_code == 302


# An identity provider.


class Provider:
    """Stands for requests' session towards the provider: what it says of who signs in is `claims`."""

    claims: dict

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None

    def get(self, url, **_):
        return Answer(self.claims if url.endswith("/me") else CONFIGURATION)

    def request(self, *_args, **_options):
        return Answer({"access_token": "t", "token_type": "Bearer"})


class Answer:
    status_code = 200
    headers = {"content-type": "application/json"}
    text = ""

    def __init__(self, told):
        self.told = told

    def json(self):
        return dict(self.told)

    def raise_for_status(self):
        return None


ISSUER = "https://id.example"
CONFIGURATION = {
    "issuer": ISSUER,
    "authorization_endpoint": f"{ISSUER}/authorize",
    "token_endpoint": f"{ISSUER}/token",
    "userinfo_endpoint": f"{ISSUER}/me",
    "jwks_uri": f"{ISSUER}/keys",
    "token_endpoint_auth_methods_supported": ["client_secret_post"],
}


@pytest.fixture
def provider(settings, monkeypatch, people):
    application = {"provider_id": "oidc", "name": "省统一认证", "client_id": "shutan", "secret": "s"}
    application["settings"] = {"server_url": ISSUER}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [application]}}
    provider = Provider()
    monkeypatch.setattr("shutan.web.adapters.SocialAdapter.get_requests_session", lambda _self: provider)
    return provider


def through(provider, client, **claims):
    """Go to the provider and come back from it."""
    provider.claims = {"sub": "u-1", "email": "carbon@example.invalid", "email_verified": True, **claims}
    leaving = client.post("/accounts/oidc/oidc/login/")
    assert leaving.url.startswith(f"{ISSUER}/authorize?")
    assert "code_challenge=" in leaving.url
    state = leaving.url.partition("state=")[2].partition("&")[0]
    return client.get("/accounts/oidc/oidc/login/callback/", {"code": "c", "state": state})


def test_there_is_none_unless_the_site_names_one(client, people):
    assert "/accounts/oidc/" not in client.get("/accounts/login/").content.decode()
    assert client.get("/accounts/oidc/oidc/login/").status_code == 404


def test_who_was_invited_is_matched_once_and_known_from_then_on(provider, client):
    assert "省统一认证" in client.get("/accounts/login/").content.decode()
    assert through(provider, client).url == "/"
    assert "陈思远" in client.get("/").content.decode()
    assert SocialAccount.objects.get().user.username == "carbon"
    assert LogEntry.objects.get(action="accounts.link_identity").subject_label == "陈思远"
    # The password still works, and the provider's own number counts now, not the address.
    assert User.objects.get(username="carbon").check_password(DEMO_PASSWORD)
    again = Client()
    through(provider, again, email="changed@example.invalid")
    assert "陈思远" in again.get("/").content.decode()
    assert SocialAccount.objects.count() == 1


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "stranger@example.invalid"},
        {"email_verified": False},
        {"email": ""},
        {"email": "gone@example.invalid"},
        {"email": "twice@example.invalid"},
    ],
)
def test_who_was_not_invited_is_turned_away(provider, client, people, claims):
    User.objects.filter(username="gas").update(email="gone@example.invalid", is_active=False)
    User.objects.filter(username__in=["heat", "industry"]).update(email="twice@example.invalid")
    before = User.objects.count()
    answer = through(provider, client, **claims)
    assert answer.url == reverse("account_login")
    assert "note-error" in client.get(answer.url).content.decode()
    assert client.get("/").status_code == 302
    assert (User.objects.count(), SocialAccount.objects.count()) == (before, 0)


def test_a_form_may_lead_to_the_provider(settings):
    assert "form-action 'self';" in settings.CONTENT_SECURITY_POLICY


# The API.


def test_each_token_has_its_own_limit(people, monkeypatch):
    # A property wins over what the API's own object was made with.
    two = property(lambda _self: 2, lambda _self, _value: None)
    monkeypatch.setattr(CallerThrottle, "num_requests", two, raising=False)
    first, second = (
        actions.create_token(people["carbon"], label=label, now=timezone.now()).secret for label in "ab"
    )
    got = [_me(first).status_code for _ in range(3)]
    assert got == [200, 200, 429]
    refused = _me(first)
    assert refused.json()["error"]["code"] == "too_many_requests"
    assert 0 < int(refused["Retry-After"]) <= 60
    assert refused["Retry-After"] in refused.json()["error"]["message"]
    assert _me(second).status_code == 200


def _me(secret):
    return Client().get("/api/v1/me", headers={"Authorization": f"Bearer {secret}"})
