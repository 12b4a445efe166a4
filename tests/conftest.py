"""Tools of the machine that some tests drive: where they are, and what is said where they are missing."""

import os
import pathlib
import shutil

import pylopdf_fonts_zh_cn
import pytest
from django.conf import settings
from django.db.backends.postgresql.operations import DatabaseOperations
from django.utils import translation
from playwright.sync_api import sync_playwright

TOOLS = {
    "browser": (("chromium", "chromium-browser", "google-chrome"), "Chromium", "chromium fonts-noto-cjk"),
    "libreoffice": (("soffice", "libreoffice"), "LibreOffice", "libreoffice-calc-nogui"),
    "openssl": (("openssl",), "OpenSSL", "openssl"),
}


def program(marker):
    """The path of the program that tests of this marker drive, or None."""
    names, _, _ = TOOLS[marker]
    return next((path for path in map(shutil.which, names) if path), None)


def pytest_runtest_setup(item):
    for marker, (_, name, package) in TOOLS.items():
        if item.get_closest_marker(marker) and not program(marker):
            advice = f"{name} is not installed; on Debian: apt-get install {package}"
            # CI must not pass because something was missing.
            (pytest.fail if os.environ.get("SHUTAN_REQUIRE_TOOLS") else pytest.skip)(advice)


@pytest.fixture(scope="session")
def chromium():
    """The path of an installed Chromium, for Playwright's `executable_path`."""
    return program("browser")


@pytest.fixture(scope="session")
def soffice():
    """The path of an installed LibreOffice."""
    return program("libreoffice")


# Chromium as every machine can run it: no sandbox, no calls of its own.
CHROMIUM_FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


# How Chromium and htmx report a 4xx and a lost connection.
NOT_LOADED = ("Failed to load resource", "htmx:responseError", "htmx:sendError", "htmx:afterRequest")


@pytest.fixture(scope="session", autouse=True)
def emptying_append_only_tables():
    """Between tests with real transactions Django empties all tables, which append-only ones refuse: for that
    one statement their triggers sleep. The application has no such door."""
    original = DatabaseOperations.execute_sql_flush

    def flush(self, statements):
        original(
            self, ["SET session_replication_role = replica;", *statements, "RESET session_replication_role;"]
        )

    DatabaseOperations.execute_sql_flush = flush
    yield
    DatabaseOperations.execute_sql_flush = original


@pytest.fixture(autouse=True)
def the_sites_language():
    """A page asked for in English leaves its language with the thread: the next test begins with the site's again."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture
def own_files(settings, tmp_path):
    """What the test uploads lies in a folder of its own."""
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "files")},
        }
    }


@pytest.fixture(scope="session")
def chinese_fonts(tmp_path_factory):
    """Fonts of the installed wheel for Chromium: without any, all Chinese is boxes."""
    folder = tmp_path_factory.mktemp("fonts")
    config = folder / "fonts.conf"
    fonts = pathlib.Path(pylopdf_fonts_zh_cn.sans_path()).parent
    config.write_text(
        f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{fonts}</dir><dir>/usr/share/fonts</dir><cachedir>{folder}</cachedir></fontconfig>"
    )
    return {**os.environ, "FONTCONFIG_FILE": str(config)}


@pytest.fixture(scope="session")
def chromium_running(chromium, chinese_fonts):
    """One Chromium for all browser tests of this process."""
    # Playwright's loop lives in this thread until the end, and Django would take every later test for asynchronous.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS, env=chinese_fonts)
        yield running
        running.close()


@pytest.fixture
def browser(chromium_running, live_server):
    """`browser(width, height, language)` opens a fresh page on the live server; mark the test `browser`.

    An error in a page's console or a script that throws fails the test at its end. `refused`: for who meets a 4xx or loses
    the connection, which Chromium reports as errors too; all others still count.
    """
    contexts, faults = [], []

    def open_page(width=1280, height=800, language="zh-CN", *, refused=False):
        context = chromium_running.new_context(
            base_url=live_server.url, viewport={"width": width, "height": height}, locale=language
        )
        contexts.append(context)
        page = context.new_page()

        def heard(message):
            if message.type == "error" and not (refused and message.text.startswith(NOT_LOADED)):
                faults.append(f"{message.text} {message.location.get('url', '')}".strip())

        page.on("console", heard)
        page.on("pageerror", lambda error: faults.append(str(error)))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == []
