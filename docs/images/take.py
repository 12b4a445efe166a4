"""Take the pictures of README and manual from a running demonstration: `make pictures` (start `make run` before)."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent
FLAGS = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync"
WIDE, PHONE = (1280, 800), (390, 844)
# file, person, language, size, page (or the words of a link on the list of reports), what to click there
PICTURES = (
    ("report.png", "carbon", "zh", WIDE, ("2024", ""), None),
    ("explain.png", "carbon", "zh", WIDE, ("2024", ""), "a[data-explain]"),
    ("figures.png", "carbon", "zh", WIDE, ("2024", "/figures"), None),
    ("findings.png", "carbon", "zh", WIDE, ("2023", "/findings"), None),
    ("report-en.png", "carbon", "en", WIDE, ("2024", ""), None),
    ("worklist.png", "carbon", "zh", WIDE, "/", None),
    ("list.png", "regulator", "zh", WIDE, "/lists/?state=opinions", "tbody a[href^='/lists/']"),
    ("duties.png", "regulator", "zh", WIDE, "/duties/", None),
    ("directory.png", "regulator", "zh", WIDE, "/directory/", None),
    ("bodies.png", "regulator", "zh", WIDE, "/register/bodies/", None),
    ("rulebook.png", "regulator", "zh", WIDE, "/rules/power/rules/combustion_emissions", None),
    ("parameter.png", "regulator", "zh", WIDE, "/rules/power/parameters/electricity_benchmark", None),
    ("report-phone.png", "carbon", "zh", PHONE, ("2024", ""), None),
)


def sign_in(
    browser: Browser, base: str, signed: tuple[str, str], language: str, size: tuple[int, int]
) -> Page:
    """Open a signed-in page."""
    locale = "zh-CN" if language == "zh" else "en-US"
    context = browser.new_context(
        base_url=base, viewport={"width": WIDE[0], "height": WIDE[1]}, locale=locale, device_scale_factor=1
    )
    page = context.new_page()
    page.goto("/accounts/login/")
    page.fill("input[name=login]", signed[0])
    page.fill("input[name=password]", signed[1])
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "login" not in url)
    page.goto("/")
    other = page.get_by_text("English" if language == "en" else "中文", exact=True)
    if other.count():  # the switch names the other language: this person last used that one
        other.first.click()
        page.wait_for_timeout(500)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    return page


def show(page: Page, where: str | tuple[str, str]) -> None:
    """Go to a page; a pair is the first report of that year and a part of it."""
    if isinstance(where, str):
        page.goto(where)
        return
    year, part = where
    page.goto(f"/reports/?year={year}")
    link = page.locator("tbody a[href^='/reports/']").first.get_attribute("href")
    page.goto(f"{link}{part}")


def main() -> int:
    """Take them all."""
    base, password = (*sys.argv[1:], *("http://localhost:8000", "Shutan-demo-2024")[len(sys.argv) - 1 :])[:2]
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        print("No Chromium found: apt-get install chromium", file=sys.stderr)
        return 2
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS.split())
        for file, person, language, size, where, click in PICTURES:
            page = sign_in(browser, base, (person, password), language, size)
            show(page, where)
            page.wait_for_timeout(900)  # charts draw themselves
            if click:
                page.locator(click).nth(1 if "data-explain" in click else 0).click()
                page.wait_for_timeout(900)
            page.screenshot(path=HERE / file)
            print(file)
            page.context.close()
        browser.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
