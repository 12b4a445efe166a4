"""Passkeys in Chromium with a virtual authenticator: register one, sign in with it, confirm a decision with it."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import expect

from shutan.apps.accounts.demo import DEMO_PASSWORD, create_demo
from shutan.apps.accounts.models import ApiToken, User

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser):
    """`page(*screen)`: a browser with a key of its own, on the page of sign-in."""
    create_demo(timezone.now())

    def open_page(width=1280, height=800, language="zh-CN"):
        page = browser(width, height, language)
        key = page.context.new_cdp_session(page)
        key.send("WebAuthn.enable")
        options = {"protocol": "ctap2", "transport": "internal", "automaticPresenceSimulation": True}
        options |= {"hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
        page.authenticator = (
            key,
            key.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"],
        )
        page.goto("/accounts/login/")
        return page

    return open_page


def sign_in(page, username="carbon-reviewer"):
    page.fill("[name=login]", username)
    page.fill("[name=password]", DEMO_PASSWORD)
    page.locator("form", has=page.locator("[name=password]")).locator("button[type=submit]").click()


def add_passkey(page):
    page.goto("/accounts/2fa/webauthn/add/")
    page.fill("[name=password]", DEMO_PASSWORD)  # who is at the keyboard?
    page.click("main button[type=submit]")
    page.fill("[name=name]", "办公室电脑")
    page.check("[name=passwordless]")
    page.click("#add-passkey")
    page.wait_for_url("**/recovery-codes/")


def let_time_pass(minutes):
    """The second factor was used so long ago."""
    for stored in Session.objects.all():
        session = SessionStore(stored.session_key)
        records = session.get("account_authentication_methods", [])
        for record in records:
            record["at"] -= minutes * 60
        session["account_authentication_methods"] = records
        session.save()


def test_a_passkey_signs_in_and_confirms_a_decision(page):
    opened = page()
    sign_in(opened)
    opened.wait_for_url("**/")
    add_passkey(opened)
    person = User.objects.get(username="carbon-reviewer")
    passkey = Authenticator.objects.get(user=person, type="webauthn")
    assert passkey.data["name"] == "办公室电脑"
    opened.goto("/accounts/2fa/webauthn/")
    expect(opened.locator("tbody tr")).to_have_count(1)
    expect(opened.locator("tbody tr")).to_contain_text("是")

    opened.context.clear_cookies()
    opened.goto("/accounts/login/")
    opened.click("#passkey_login")
    opened.wait_for_url("**/")
    expect(opened.locator(".person")).to_contain_text("罗敏")

    let_time_pass(16)
    opened.goto("/me")
    opened.fill("[name=label]", "结算程序")
    opened.select_option("[name=scope]", "decide")
    opened.locator("form", has=opened.locator("[name=label]")).locator("button[type=submit]").click()
    opened.click("#second-factor-passkey")
    opened.locator("#issued-token").wait_for()
    token = ApiToken.objects.get()
    assert (token.label, token.scope, token.factor) == ("结算程序", "decide", "webauthn")


def test_after_the_password_the_passkey_is_asked_for(page):
    opened = page()
    sign_in(opened)
    add_passkey(opened)
    opened.context.clear_cookies()
    opened.goto("/accounts/login/")
    sign_in(opened)
    opened.wait_for_url("**/2fa/authenticate/")
    opened.click("#use-passkey")
    opened.wait_for_url("**/")


def test_a_key_that_refuses_is_said_in_place(page):
    opened = page()
    sign_in(opened)
    add_passkey(opened)
    opened.context.clear_cookies()
    opened.goto("/accounts/login/")
    key, number = opened.authenticator
    key.send("WebAuthn.setUserVerified", {"authenticatorId": number, "isUserVerified": False})
    opened.click("#passkey_login")
    expect(opened.locator("[data-passkey-failed]")).to_be_visible()
    assert "/accounts/login/" in opened.url


def test_pages_of_sign_in_are_accessible_and_fit(page, look, live_server, screen):
    opened = page(*screen)
    chosen = "en" if screen[-1] == "en" else "zh-hans"
    opened.context.add_cookies([{"name": "django_language", "value": chosen, "url": live_server.url}])
    faults = []

    def see(name):
        faults.extend(look(opened, name=f"auth-{name}"))

    opened.reload()
    see("login")
    sign_in(opened, "carbon-admin")
    opened.goto("/accounts/2fa/")
    see("factor-none")
    opened.goto("/accounts/2fa/webauthn/add/")
    see("reauthenticate")
    add_passkey(opened)
    see("recovery-codes")
    TOTP.activate(User.objects.get(username="carbon-admin"), generate_totp_secret())
    for name, path in {
        "factor": "/accounts/2fa/",
        "passkeys": "/accounts/2fa/webauthn/",
        "passkey-add": "/accounts/2fa/webauthn/add/",
        "passkey-rename": f"/accounts/2fa/webauthn/keys/{Authenticator.objects.get(type='webauthn').pk}/edit/",
        "passkey-remove": f"/accounts/2fa/webauthn/keys/{Authenticator.objects.get(type='webauthn').pk}/remove/",
        "sessions": "/accounts/sessions/",
        "confirm": "/me/second-factor",
        "tokens-none": "/people/tokens",
        "connections": "/accounts/3rdparty/",
    }.items():
        opened.goto(path)
        see(name)
    opened.goto("/me")
    opened.fill("[name=label]", "meter gateway")
    opened.select_option("[name=scope]", "write")
    opened.locator("form", has=opened.locator("[name=label]")).locator("button[type=submit]").click()
    see("profile")
    opened.goto("/people/tokens")
    see("tokens")
    opened.goto(f"/people/tokens/{ApiToken.objects.get().pk}")
    see("token")
    opened.context.clear_cookies()
    opened.context.add_cookies([{"name": "django_language", "value": chosen, "url": live_server.url}])
    opened.goto("/accounts/login/")
    sign_in(opened, "carbon-admin")
    opened.wait_for_url("**/2fa/authenticate/")
    see("authenticate")
    assert faults == []
