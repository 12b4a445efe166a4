"""What the tests in Chromium share: signing in as people do, and looking at a page as axe and a small screen do."""

import os
import pathlib
import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from shutan.apps.accounts.demo import DEMO_PASSWORD


@pytest.fixture
def sign_in(browser, chromium_running, live_server):
    """`sign_in(name, width, height, language)`: a page of that person, whose password is the demonstration's; without a
    name nobody is signed in. `refused`: for who meets a 4xx, which Chromium reports as an error of the console.
    """
    contexts = []

    def open_page(name=None, width=1280, height=800, language="zh-CN", *, refused=False):
        if refused:
            contexts.append(
                chromium_running.new_context(
                    base_url=live_server.url, viewport={"width": width, "height": height}, locale=language
                )
            )
            page = contexts[-1].new_page()
        else:
            page = browser(width, height, language)
        if name:
            page.goto("/accounts/login/")
            page.fill("[name=login]", name)
            page.fill("[name=password]", DEMO_PASSWORD)
            page.click("main button[type=submit]")
            page.wait_for_url(f"{live_server.url}/")
        chosen = "en" if language == "en" else "zh-hans"
        page.context.add_cookies([{"name": "django_language", "value": chosen, "url": live_server.url}])
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def look():
    """`look(page)`: serious and critical findings of axe on what is open, and what is wider than the screen.

    A picture on demand (SHUTAN_SHOTS=folder), named by the address or by `name`.
    """

    def found(page, name=""):
        page.wait_for_load_state("networkidle")
        faults = [
            (page.url, each["id"], [node["target"] for node in each["nodes"]][:3])
            for each in Axe().run(page).response["violations"]
            if each["impact"] in {"serious", "critical"}
        ]
        width = page.viewport_size["width"]
        if page.evaluate("document.documentElement.scrollWidth") > width:
            faults.append((page.url, "wider than the screen"))
        if folder := os.environ.get("SHUTAN_SHOTS"):
            language = page.evaluate("document.documentElement.lang")
            address = re.sub(r"\W+", "-", name or page.url.partition("//")[2].partition("/")[2]).strip("-")
            shot = pathlib.Path(folder) / f"{address or 'home'}-{width}-{language}.png"
            page.screenshot(path=shot, full_page=True)
        return faults

    return found
