"""Tools of the machine that some tests drive: where they are, and what is said where they are missing."""

import os
import shutil

import pytest

TOOLS = {
    "browser": (("chromium", "chromium-browser", "google-chrome"), "Chromium", "chromium fonts-noto-cjk"),
    "libreoffice": (("soffice", "libreoffice"), "LibreOffice", "libreoffice-calc-nogui"),
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
