"""Signing and deciding under a second factor: who is asked, for how long it lasts, and that no form is lost."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from shutan.apps.accounts import access, access_table, actions, log, second_factor
from shutan.apps.accounts.access_table import ACTIONS, SECOND_FACTOR
from shutan.apps.accounts.demo import DEMO_PASSWORD, create_demo
from shutan.apps.accounts.models import ApiToken, LogEntry, User
from shutan.web.urls import urlpatterns as real_urls

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
ASKED = 'id="confirm"'
SIGN = "accounts.revoke_token"  # any action: the tests put it among those that sign


@require_POST
def sign(request):
    """A page that signs: what it was told comes back."""
    with log.act(access.me(request), SIGN, now=timezone.now(), why=request.POST.get("why", "")) as entry:
        entry.about(access.me(request))
    files = {name: file.read().decode() for name, file in request.FILES.items()}
    return HttpResponse(f"{request.POST.dict()} {request.POST.getlist('line')} {files}")


urlpatterns = [path("sign", sign, name="sign"), *real_urls]
handler404 = "shutan.web.errors.not_found"


@pytest.fixture
def people(db):
    create_demo(NOW)
    return {user.username: user for user in User.objects.select_related("organisation")}


@pytest.fixture
def signing(monkeypatch, settings, people):
    """A site where /sign needs a second factor from everybody."""
    settings.ROOT_URLCONF = __name__
    settings.SECOND_FACTOR = "required"
    monkeypatch.setitem(access_table.ROUTES, "sign", access_table.to("signed_in"))
    monkeypatch.setattr(log, "SECOND_FACTOR", frozenset({SIGN}))


@pytest.fixture
def client(people):
    client = Client()
    client.force_login(people["carbon"])
    return client


@pytest.fixture
def secret(people):
    """The key of carbon's authenticator app."""
    secret = generate_totp_secret()
    TOTP.activate(people["carbon"], secret)
    return secret


def code(secret):
    """What the app shows now."""
    return format_hotp_value(hotp_value(secret, int(timezone.now().timestamp()) // 30))


def hidden(page):
    """The fields the page keeps."""
    form = page.content.decode().partition(ASKED)[2].partition("</form>")[0]
    return re.findall(r'type="hidden" name="(second_factor_\w+|why|line|revision)" value="([^"]*)"', form)


def test_what_signs_or_decides_is_an_action():
    assert set(ACTIONS) >= SECOND_FACTOR
    assert "reporting.submit" in SECOND_FACTOR


class FakeDoor:
    def __init__(self, proof=""):
        self.given = proof

    def proof(self, person, now):
        return self.given


@pytest.mark.parametrize(
    ("mode", "enrolled", "proof", "asked"),
    [
        ("required", False, "", True),
        ("required", True, "", True),
        ("required", True, "totp", False),
        ("enrolled", False, "", False),
        ("enrolled", True, "", True),
        ("enrolled", True, "webauthn", False),
        ("off", True, "", False),
    ],
)
def test_who_is_asked(settings, people, *, mode, enrolled, proof, asked):
    settings.SECOND_FACTOR = mode
    if enrolled:
        TOTP.activate(people["carbon"], generate_totp_secret())
    with second_factor.through(FakeDoor(proof)):
        if asked:
            with pytest.raises(second_factor.SecondFactorNeeded):
                second_factor.demand(people["carbon"], SIGN, now=NOW)
        else:
            assert second_factor.demand(people["carbon"], SIGN, now=NOW) == ("" if mode == "off" else proof)


def test_outside_of_requests_there_is_nobody_to_ask(signing, people):
    assert second_factor.demand(people["carbon"], SIGN, now=NOW) == ""
    with second_factor.through(FakeDoor()):
        assert second_factor.demand(log.System("night"), SIGN, now=NOW) == ""


@pytest.mark.parametrize(
    ("age", "lasts"),
    [
        (timedelta(0), True),
        (timedelta(minutes=15), True),
        (timedelta(minutes=15, microseconds=1), False),
        (timedelta(days=1), False),
    ],
)
def test_one_use_lasts_fifteen_minutes(people, age, lasts):
    request = RequestFactory().get("/")
    request.session = {
        "account_authentication_methods": [
            {"method": "mfa", "type": "totp", "at": NOW.timestamp()},
            {"method": "password", "at": (NOW + timedelta(hours=1)).timestamp()},
        ],
        "account_authentication_methods_user": str(people["carbon"].pk),
    }
    door = second_factor.SessionDoor(request)
    assert door.proof(people["carbon"], NOW + age) == ("totp" if lasts else "")
    # What another person proved in this browser is no proof of this one.
    assert door.proof(people["heat"], NOW + age) == ""


def test_a_page_asks_keeps_the_form_and_goes_on(signing, client, secret):
    given = {"why": '年度报告 "2025" <b>', "line": ["1", "2"], "revision": "7"}
    asked = client.post("/sign", given)
    assert asked.status_code == 200
    assert ASKED in asked.content.decode()
    assert "<b>" not in asked.content.decode()
    assert not LogEntry.objects.filter(action=SIGN).exists()
    assert [name for name, _value in hidden(asked)] == [
        "why",
        "line",
        "line",
        "revision",
        "second_factor_action",
    ]

    wrong = client.post("/sign", {**given, "second_factor_code": "000000", "second_factor_action": SIGN})
    assert "note-error" in wrong.content.decode()
    assert hidden(wrong) == hidden(asked)
    assert not LogEntry.objects.filter(action=SIGN).exists()

    done = client.post("/sign", {**given, "second_factor_code": code(secret), "second_factor_action": SIGN})
    assert "second_factor" not in done.content.decode()
    assert "['1', '2']" in done.content.decode()
    entry = LogEntry.objects.get(action=SIGN)
    assert (entry.why, entry.details, entry.via) == (given["why"], {"second_factor": "totp"}, "web")
    # It lasts: the next signature asks nothing.
    assert "['3']" in client.post("/sign", {"line": "3"}).content.decode()


def test_after_fifteen_minutes_the_page_asks_again(signing, client, secret):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client.post("/sign", {"second_factor_code": code(secret)})
        clock.shift(15 * 60)
        client.post("/sign", {})
        assert LogEntry.objects.filter(action=SIGN).count() == 2
        clock.shift(1)
        assert ASKED in client.post("/sign", {}).content.decode()
        assert LogEntry.objects.filter(action=SIGN).count() == 2


def test_signing_in_with_a_second_factor_counts(signing, client, secret):
    client.logout()
    client.post(reverse("account_login"), {"login": "carbon", "password": DEMO_PASSWORD})
    client.post(reverse("mfa_authenticate"), {"code": code(secret)})
    client.post("/sign", {})
    assert LogEntry.objects.filter(action=SIGN).count() == 1


def test_a_recovery_code_counts_once(signing, client, secret, people):
    given = RecoveryCodes.activate(people["carbon"]).get_unused_codes()[0]
    client.post("/sign", {"second_factor_code": given})
    assert LogEntry.objects.get(action=SIGN).details == {"second_factor": "recovery_codes"}
    other = Client()
    other.force_login(people["carbon"])
    assert "note-error" in other.post("/sign", {"second_factor_code": given}).content.decode()


def test_guessing_codes_is_stopped(signing, client, secret):
    for _ in range(5):
        client.post("/sign", {"second_factor_code": "000000"})
    page = client.post("/sign", {"second_factor_code": code(secret)}).content.decode()
    assert "note-error" in page
    assert not LogEntry.objects.filter(action=SIGN).exists()


def test_a_file_is_kept_too(signing, client, secret):
    file = SimpleUploadedFile("委托.pdf", "合同".encode(), "application/pdf")
    asked = client.post("/sign", {"why": "x", "document": file})
    kept = re.search(r'name="second_factor_file" value="([^"]*)"', asked.content.decode())[1]
    kept = kept.replace("&quot;", '"')
    done = client.post("/sign", {"why": "x", "second_factor_file": kept, "second_factor_code": code(secret)})
    assert "{'document': '合同'}" in done.content.decode()


def test_a_file_that_is_too_large_is_said_to_be_lost(signing, client, secret, monkeypatch):
    monkeypatch.setattr("shutan.web.second_factor.MOST_KEPT_BYTES", 3)
    asked = client.post("/sign", {"document": SimpleUploadedFile("a.pdf", b"1234")})
    assert "note-warning" in asked.content.decode()
    assert "second_factor_file" not in asked.content.decode()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"content": "***"}', '{"content": "QQ=="}', "null"])
def test_a_kept_file_that_was_tampered_with_is_left_out(signing, client, secret, text):
    done = client.post("/sign", {"second_factor_file": text, "second_factor_code": code(secret)})
    assert done.content.decode().endswith("{}")


def test_who_has_none_is_told_how_to_get_one(signing, client):
    page = client.post("/sign", {"why": "x"}).content.decode()
    assert reverse("mfa_index") in page
    assert "note-warning" in page


def test_a_part_of_a_page_sends_the_browser_to_the_page_that_asks(signing, client, secret):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/me"}
    answer = client.post("/sign", {}, headers=headers)
    target = answer["HX-Redirect"]
    assert target.startswith("/me/second-factor?next=")
    assert client.get(target).status_code == 200
    assert "note-error" in client.post(target, {"second_factor_code": "000000"}).content.decode()
    assert client.post(target, {"second_factor_code": code(secret)}).url == "http://testserver/me"


def test_the_page_that_asks_leads_nowhere_else(signing, client, secret):
    answer = client.post("/me/second-factor?next=//evil.example", {"second_factor_code": code(secret)})
    assert answer.url == "/"


def test_a_token_of_scope_decide_is_issued_only_under_a_second_factor(signing, client, secret):
    given = {"label": "meter", "scope": "decide", "days": "30"}
    assert ASKED in client.post("/me/tokens", given).content.decode()
    assert not ApiToken.objects.exists()
    page = client.post("/me/tokens", given | {"second_factor_code": code(secret)})
    assert "stn_" in page.content.decode()
    assert ApiToken.objects.get().factor == "totp"


@pytest.mark.parametrize(
    ("scope", "factor", "may"),
    [("decide", "totp", True), ("decide", "", False), ("write", "", False), ("write", "totp", False)],
)
def test_only_a_token_of_scope_decide_signs(signing, people, scope, factor, may):
    issued = actions.create_token(people["carbon"], label="x", scope=scope, now=NOW)
    ApiToken.objects.update(factor=factor)
    issued.token.refresh_from_db()
    door = second_factor.TokenDoor(issued.token)
    assert bool(door.proof(people["carbon"], NOW)) is may
    assert door.proof(people["heat"], NOW) == ""


def test_the_api_says_what_is_missing_and_the_next_request_is_the_web_again(
    signing, people, client, monkeypatch
):
    monkeypatch.setattr("shutan.web.second_factor.SessionDoor.proof", lambda *_: "")
    issued = actions.create_token(people["carbon"], label="x", scope="write", now=timezone.now())

    def needs_one(_request):
        raise second_factor.SecondFactorNeeded(SIGN)

    monkeypatch.setattr("shutan.apps.accounts.access.me", needs_one)
    answer = Client().get("/api/v1/me", headers={"Authorization": f"Bearer {issued.secret}"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "second_factor_needed")
    assert log.via.get() == "web"
    assert second_factor._door.get() is None
