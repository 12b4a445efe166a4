"""Every page of the access table in Chromium, in both languages: axe finds nothing serious, none is wider than a phone."""

import sys
from itertools import groupby
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "web"))

from every_page import client_of, opened, people

pytestmark = pytest.mark.browser


@pytest.fixture
def become(live_server):
    """`become(page, person, language)`: whoever looks at it from now on."""

    def change(page, person, language):
        page.context.clear_cookies()
        given = client_of(person, language).cookies
        page.context.add_cookies(
            [{"name": name, "value": one.value, "url": live_server.url} for name, one in given.items()]
        )

    return change


def test_every_page_is_accessible_and_fits_desk_and_phone(
    transactional_db, own_files, browser, become, look_at_both
):
    everybody = people()
    pages, _ = opened(everybody, "en")
    assert pages
    pages.sort(key=lambda one: everybody.index(one[2]))
    faults = []
    for language in ("en", "zh-hans"):
        page = browser(language=language)
        for person, theirs in groupby(pages, key=lambda one: one[2]):
            become(page, person, language)
            for _, address, _, _ in theirs:
                faults += look_at_both(page, address, narrow=language == "zh-hans")
    assert faults == []
