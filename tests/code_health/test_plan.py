"""docs/plan.md is honest: what it names as existing opens."""

import re
from functools import cache
from pathlib import Path

import pytest
from django.urls import Resolver404, resolve

from shutan.cli import COMMANDS
from shutan.web.api import api
from shutan.web.navigation import CHAPTERS

ROOT = Path(__file__).resolve().parents[2]
PLAN = ROOT / "docs" / "plan.md"
ROW = re.compile(r"^\| (\d+) \|(.*)\|$", re.MULTILINE)
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
LIBRARY = "from shutan.rules import power"


def rows():
    return {int(number): cells.split(" | ") for number, cells in ROW.findall(PLAN.read_text("utf-8"))}


@cache
def api_routes():
    """Described once: it takes seconds."""
    return {
        f"{method.upper()} {re.sub(r'{[^}]+}', '<>', path)}"
        for path, methods in api.get_openapi_schema()["paths"].items()
        for method in methods
    }


def exists(name):
    """Say whether a page, a route of the API, a command or a file is there."""
    method, _, path = name.partition(" ")
    if method in METHODS:
        return re.sub(r"<[^>]+>", "<>", name) in api_routes()
    if method == "shutan":
        return path in COMMANDS
    if name.startswith("/"):
        return page_exists(name)
    return name == LIBRARY or ("/" in name and (ROOT / name).is_file())


def page_exists(name):
    """A page is where the router finds a view for it, a number or a word standing for each <part>."""
    try:
        resolve(re.sub(r"<[^>]+>", "1", name))
    except Resolver404:
        return False
    return True


def test_every_item_of_the_plan_is_there():
    assert sorted(rows()) == list(range(1, 31))
    assert {len(cells) for cells in rows().values()} == {6}


@pytest.mark.parametrize("number", range(1, 31))
def test_what_is_said_to_exist_exists(number):
    *_, planned = rows()[number]
    assert "`" not in planned, "what is planned is not there to be opened"
    named = re.findall(r"`([^`]+)`", "|".join(rows()[number][:-1]))
    assert [name for name in named if not exists(name)] == []


@pytest.mark.parametrize("number", range(1, 31))
def test_a_measure_with_code_has_a_test(number):
    _, pages, commands, code, tests, _ = rows()[number]
    if any("`" in cell for cell in (pages, commands, code)):
        assert "`" in tests


def test_the_pages_of_the_navigation_stand_in_the_plan():
    named = set(re.findall(r"`(/[^`]*)`", PLAN.read_text("utf-8")))
    assert {item.url for chapter in CHAPTERS for item in chapter.items} - named == set()


@pytest.mark.parametrize(
    "name",
    ["/projects/", "GET /api/v1/projects", "shutan trade", "src/shutan/apps/projects/models.py", "power"],
)
def test_what_does_not_exist_is_found(name):
    assert not exists(name)
