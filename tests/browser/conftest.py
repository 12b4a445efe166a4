"""What the tests in Chromium share: signing in as people do, and looking at a page as axe and a small screen do."""

import os
import pathlib
import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from shutan.apps.accounts.demo import DEMO_PASSWORD

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], "resultTypes": ["violations"]}


@pytest.fixture(params=[(1280, 800, "zh-CN"), (390, 844, "en")], ids=["desk", "phone"])
def screen(request):
    """Width, height, language: where an app's pages are looked at in their various states; test_every_page.py looks at all
    pages in both languages and sizes.
    """
    return request.param


@pytest.fixture
def sign_in(browser, live_server):
    """`sign_in(name, width, height, language)`: a page of that person, whose password is the demonstration's; without a
    name nobody is signed in. What a page asks once is confirmed. `refused` as `browser` has it.
    """

    def open_page(name=None, width=1280, height=800, language="zh-CN", *, refused=False):
        page = browser(width, height, language, refused=refused)
        page.on("dialog", lambda dialog: dialog.accept())
        if name:
            page.goto("/accounts/login/")
            page.fill("[name=login]", name)
            page.fill("[name=password]", DEMO_PASSWORD)
            page.click("main button[type=submit]")
            page.wait_for_url(f"{live_server.url}/")
        chosen = "en" if language == "en" else "zh-hans"
        page.context.add_cookies([{"name": "django_language", "value": chosen, "url": live_server.url}])
        return page

    return open_page


def violations(page):
    """What axe finds serious or critical on what is open, by the rules of WCAG 2.1 A and AA."""
    return [
        (page.url, each["id"], [node["target"] for node in each["nodes"]][:3])
        for each in Axe().run(page, options=RULES).response["violations"]
        if each["impact"] in {"serious", "critical"}
    ]


def too_wide(page):
    """Whether what is open has to be moved sideways to be read."""
    found, width = page.evaluate("document.documentElement.scrollWidth"), page.viewport_size["width"]
    return [(page.url, f"{found} px wide on a screen of {width}")] if found > width else []


def picture(page, name):
    """The whole page as a file where it is asked for (SHUTAN_SHOTS=folder), named by its address or by `name`."""
    if folder := os.environ.get("SHUTAN_SHOTS"):
        page.wait_for_timeout(300)  # what slides out of a narrowed screen
        language = page.evaluate("document.documentElement.lang")
        address = re.sub(r"\W+", "-", name or page.url.partition("//")[2].partition("/")[2]).strip("-")
        file = f"{address or 'home'}-{page.viewport_size['width']}-{language}.png"
        page.screenshot(path=pathlib.Path(folder) / file, full_page=True)


@pytest.fixture
def look():
    """`look(page, *paths, name)`: what is serious of each page, or of what is open, and what is wider than the screen."""

    def found(page, *paths, name=""):
        faults = []
        for path in paths or [""]:
            if path:
                page.goto(path)
            page.wait_for_load_state("networkidle")
            faults += violations(page) + too_wide(page)
            picture(page, name)
        return faults

    return found


@pytest.fixture
def look_at_both():
    """`look_at_both(page, path)`: the same of a page on a desk, made as narrow as a phone after it; without waiting for
    what is loaded later. `narrow=True` asks axe of the phone too.
    """

    def found(page, path, *, narrow=False):
        page.set_viewport_size({"width": 1280, "height": 800})
        page.goto(path)
        faults = violations(page) + too_wide(page)
        picture(page, "")
        page.set_viewport_size({"width": 390, "height": 844})
        picture(page, "")
        return faults + too_wide(page) + (violations(page) if narrow else [])

    return found
