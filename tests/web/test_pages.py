"""The frame: signing in, languages, errors, lists, headers."""

import re

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from shutan.apps.accounts.demo import DEMO_PASSWORD, create_demo
from shutan.apps.accounts.models import LogEntry, User

PAGES = [
    "/",
    "/inbox",
    "/search",
    "/search?q=示范",
    "/me",
    "/people",
    "/log",
    "/accounts/2fa/",
    "/accounts/sessions/",
]
PAGES += ["/accounts/password/change/"]


@pytest.fixture
def people(db):
    create_demo(timezone.now())
    return {user.username: user for user in User.objects.select_related("organisation")}


@pytest.fixture
def signed_in(client, people):
    client.force_login(people["carbon"])
    return client


def sign_in(client, password=DEMO_PASSWORD):
    return client.post(reverse("account_login"), {"login": "carbon", "password": password})


def words(response):
    """The text a reader sees, without names that are the same in every language."""
    page = response.content.decode()
    page = re.sub(r"<script.*?</script>|<style.*?</style>|<math.*?</math>", " ", page, flags=re.DOTALL)
    spoken = re.findall(r'(?:aria-label|title|placeholder|data-confirm|data-copied)="([^"]*)"', page)
    text = " ".join([re.sub(r"<[^>]+>", " ", page), *spoken])
    return re.sub(r"http\S+|91510500MA\w+", " ", text)  # the address printed on paper; a credit code


@pytest.mark.parametrize("path", PAGES)
def test_english_pages_are_all_english_and_chinese_pages_all_chinese(signed_in, people, path):
    signed_in.cookies["django_language"] = "en"
    english = words(signed_in.get(path))
    known = ["中文", "简体中文", "Shutan 蜀碳", "示范", "演示数据", people["carbon"].name]
    known += [entry.subject_label for entry in LogEntry.objects.all()] + [
        user.name for user in people.values()
    ]
    for name in sorted(known, key=len, reverse=True):
        english = english.replace(name, "")
    assert re.findall(r"[\u4e00-\u9fff]+", english) == []
    signed_in.cookies["django_language"] = "zh-hans"
    chinese = words(signed_in.get(path))
    left = set(re.findall(r"[A-Za-z][A-Za-z-]{2,}", chinese))
    allowed = {
        "English",
        "Demonstration",
        "data",
        "Excel",
        "CSV",
        *people,  # log-in names are the same in every language
    }
    allowed |= {"example", "invalid", "http", "testserver", "log-ins", "Shutan", "TOTP", "Safari", "Other"}
    assert {word for word in left if word not in allowed} == set()


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/password/reset/", "/nothing-here"])
def test_pages_before_sign_in_speak_both_languages(client, db, path):
    chinese, english = client.get(path), client.get(path, headers={"Accept-Language": "en"})
    assert 'lang="zh-Hans"' in chinese.content.decode()
    assert 'lang="en"' in english.content.decode()
    assert re.findall(r"[\u4e00-\u9fff]+", words(english).replace("中文", "")) == []


def test_signing_in_and_out(client, people):
    assert sign_in(client).url == "/"
    assert client.get("/").status_code == 200
    client.post(reverse("account_logout"))
    assert client.get("/").url.startswith("/accounts/login/")


def test_after_five_wrong_passwords_the_right_one_is_refused_too(client, people):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(5):
            sign_in(client, "wrong-password")
        assert sign_in(client).status_code == 200
        assert client.get("/").status_code == 302
        clock.shift(301)
        assert sign_in(client).status_code == 302


def test_nobody_signs_up_alone(client, db):
    client.post(
        reverse("account_signup"), {"username": "x", "password1": "a-Long-1234", "password2": "a-Long-1234"}
    )
    assert not User.objects.exists()


def test_a_second_factor_is_set_up_and_then_asked_for(client, people):
    sign_in(client)
    page = client.get(reverse("mfa_activate_totp"))
    assert page.status_code == 302  # asks for the password again unless just signed in
    secret = generate_totp_secret()
    TOTP.activate(people["carbon"], secret)
    client.post(reverse("account_logout"))
    assert reverse("mfa_authenticate") in sign_in(client).url
    assert client.get("/").status_code == 302


def test_a_weak_new_password_is_refused(signed_in):
    response = signed_in.post(
        reverse("account_change_password"),
        {"oldpassword": DEMO_PASSWORD, "password1": "12345678", "password2": "12345678"},
    )
    assert response.status_code == 200
    assert User.objects.get(username="carbon").check_password(DEMO_PASSWORD)


def test_the_language_is_kept_with_the_person(signed_in, people):
    answer = signed_in.post("/language", {"language": "en", "next": "/people"})
    assert answer.url == "/people"
    other = Client()
    other.force_login(User.objects.get(username="carbon"))
    assert 'lang="en"' in other.get("/").content.decode()


@pytest.mark.parametrize("target", ["//evil.example", "http://evil.example/x", "javascript:alert(1)"])
def test_the_language_switch_leads_nowhere_else(client, db, target):
    assert client.post("/language", {"language": "en", "next": target}).url == "/"


def test_the_row_height_is_kept(signed_in):
    assert signed_in.post("/me/density", {"density": "compact"}).status_code == 204
    assert 'data-density="compact"' in signed_in.get("/").content.decode()
    signed_in.post("/me/density", {"density": "enormous"})
    assert User.objects.get(username="carbon").density == "compact"


def test_a_token_is_shown_once_and_revoked(signed_in):
    page = signed_in.post("/me/tokens", {"label": "meter", "scope": "read", "days": "90"}).content.decode()
    secret = re.search(r"stn_[\w-]{43}", page)[0]
    assert secret not in signed_in.get("/me").content.decode()
    bearer = {"Authorization": f"Bearer {secret}"}
    assert Client().get("/api/v1/me", headers=bearer).status_code == 200
    token = User.objects.get(username="carbon").tokens.get()
    signed_in.post(f"/me/tokens/{token.pk}/revoke")
    assert Client().get("/api/v1/me", headers=bearer).status_code == 401


def test_anothers_token_is_not_found(client, people):
    client.force_login(people["heat"])
    client.post("/me/tokens", {"label": "x", "scope": "read", "days": "30"})
    token = people["heat"].tokens.get()
    client.force_login(people["carbon"])
    assert client.post(f"/me/tokens/{token.pk}/revoke").status_code == 404


def test_a_faulty_token_form_says_so_at_its_place(signed_in):
    page = signed_in.post("/me/tokens", {"label": "", "scope": "all", "days": "9999"}).content.decode()
    assert page.count('class="fault"') == 3


def test_no_page_allows_inline_scripts(signed_in):
    response = signed_in.get("/")
    assert "unsafe" not in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert not re.search(
        r"<script(?![^>]*(src=|application/json))|\son\w+=|\sstyle=", response.content.decode()
    )


def test_the_components_page_is_for_developers(signed_in, people):
    assert signed_in.get("/_/components").status_code == 404
    User.objects.update(is_staff=True)
    page = signed_in.get("/_/components").content.decode()
    for part in (
        "pagehead",
        "list-bar",
        "state-overdue",
        "data-chart",
        "data-explain",
        "data-upload",
        "emptystate",
    ):
        assert part in page


def test_the_drawers_content_is_also_a_page(signed_in):
    User.objects.update(is_staff=True)
    page = signed_in.get("/_/components/explain")
    drawer = signed_in.get(
        "/_/components/explain", headers={"HX-Request": "true", "HX-Target": "drawer-body"}
    )
    assert "<html" in page.content.decode()
    assert "<html" not in drawer.content.decode()
    assert "data-drawer-title" in drawer.content.decode()


def test_a_list_filters_sorts_chooses_columns_and_exports_what_it_shows(signed_in):
    page = signed_in.get("/people", {"q": "罗", "sort": "-name", "cols": ["name", "role"]}).content.decode()
    assert "罗敏" in page
    assert "carbon-admin" not in page
    part = signed_in.get("/people", {"q": "罗"}, headers={"HX-Target": "list-people"}).content.decode()
    assert part.lstrip().startswith("<section")
    table = signed_in.get("/people", {"q": "罗", "cols": "name,username", "export": "csv"}).content.decode(
        "utf-8-sig"
    )
    assert table.splitlines() == ["姓名,登录名", "罗敏,carbon-reviewer"]
    book = signed_in.get("/people", {"export": "xlsx"})
    assert book.content.startswith(b"PK")


@pytest.mark.parametrize(
    "query",
    [
        {"sort": "password"},
        {"sort": "-'"},
        {"cols": "password"},
        {"page": "-9"},
        {"page": "x"},
        {"q": "\x00"},
        {"role": "'"},
    ],
)
def test_a_list_takes_no_harm_from_odd_addresses(signed_in, query):
    page = signed_in.get("/people", query)
    assert page.status_code == 200
    assert "pbkdf2" not in page.content.decode()


def test_search_finds_only_what_one_may_see(signed_in):
    page = signed_in.get("/search", {"q": "示范"}).content.decode()
    assert "川南示范发电" in page
    assert "成都示范热电" not in page


def test_health_needs_no_sign_in(client, db):
    assert client.get("/_/health").json() == {"status": "ok"}


def test_a_crash_shows_a_page_that_needs_nothing(people, monkeypatch):
    monkeypatch.setattr("shutan.web.sources.tasks", lambda *_: 1 / 0)
    client = Client(raise_request_exception=False)
    client.force_login(people["carbon"])
    response = client.get("/")
    assert response.status_code == 500
    assert "故障" in response.content.decode()
