"""Twenty people at work, by Locust: `python -m benchmarks.load PORT USERS SECONDS` prints p95 of every page as JSON."""

from __future__ import annotations

import gevent.monkey

gevent.monkey.patch_all()

import json  # noqa: E402 - after the patch
import random  # noqa: E402
import re  # noqa: E402
import sys  # noqa: E402
from typing import Any  # noqa: E402

import gevent  # noqa: E402
from locust import HttpUser, between, task  # noqa: E402
from locust.env import Environment  # noqa: E402

PASSWORD = "Shutan-demo-2024"  # noqa: S105 - of the demonstration
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
ENTITY = re.compile(r'href="/directory/(\d+)"')
REPORT = re.compile(r'href="/reports/(\d+)"')
BOOK = re.compile(r'href="/filing/(\d+)"')
MONTH = re.compile(r'href="/filing/months/(\d+)"')


class Person(HttpUser):
    """Signs in once, then opens pages of their chapter and reads each for one to three seconds."""

    abstract = True
    wait_time = between(1, 3)
    username = ""
    pages: tuple[str, ...] = ()
    entities: list[str]
    reports: list[str]
    books: list[str]
    months: list[str]

    def on_start(self) -> None:
        """Sign in; not measured, signing in is slow on purpose."""
        self.entities, self.reports, self.books, self.months = [], [], [], []
        page = self.client.get("/accounts/login/", name="sign in")
        form = {
            "login": self.username,
            "password": PASSWORD,
            "csrfmiddlewaretoken": TOKEN.search(page.text)[1],
        }  # type: ignore[index]
        self.client.post("/accounts/login/", form, headers={"Referer": self.host}, name="sign in")

    @task(4)
    def page(self) -> None:
        """Open one of the pages."""
        self._open(random.choice(self.pages))

    @task(2)
    def entity(self) -> None:
        """Open a record seen in a list."""
        if self.entities:
            self._open(f"/directory/{random.choice(self.entities)}", "directory/…")

    @task(1)
    def report(self) -> None:
        """Open a report seen in the list."""
        if self.reports:
            self._open(f"/reports/{random.choice(self.reports)}", "reports/…")

    @task(2)
    def book(self) -> None:
        """Open the year of filings seen in the list."""
        if self.books:
            self._open(f"/filing/{random.choice(self.books)}", "filing/…")

    @task(3)
    def month(self) -> None:
        """Open a month of it: its grid, its papers or its findings."""
        if self.months:
            part = random.choice(("", "/evidence", "/findings"))
            self._open(f"/filing/months/{random.choice(self.months)}{part}", f"filing/months/…{part}")

    def _open(self, path: str, name: str = "") -> None:
        text = self.client.get(path, name=name or path).text
        self.entities = ENTITY.findall(text) or self.entities
        self.reports = REPORT.findall(text) or self.reports
        self.books = BOOK.findall(text) or self.books
        self.months = MONTH.findall(text) or self.months


class Regulator(Person):
    """A case officer of the province."""

    weight = 3
    username = "regulator"
    pages = (
        "/", "/inbox", "/directory/", "/directory/?page=7", "/directory/?q=水泥", "/directory/kinds/line",
        "/directory/map", "/directory/events", "/organisations/", "/reports/", "/log", "/bodies/", "/duties/", "/lists/", "/standards/", "/assessments/", "/rules/parameters",
        "/filing/", "/filing/?page=9", "/schemes/", "/tests/", "/evidence/records",
    )  # fmt: skip


class Filler(Person):
    """Who fills in for a plant."""

    weight = 1
    username = "carbon"
    pages = (
        "/",
        "/inbox",
        "/directory/",
        "/reports/",
        "/duties/",
        "/filing/",
        "/schemes/",
        "/meters/",
        "/tests/",
    )


def main(port: str, users: str, seconds: str) -> list[dict[str, Any]]:
    """Run for some seconds after all have signed in, and return each page's figures."""
    environment = Environment(user_classes=[Regulator, Filler], host=f"http://127.0.0.1:{port}")
    runner = environment.create_local_runner()
    runner.start(int(users), spawn_rate=2)
    gevent.sleep(int(users) / 2 + 5)
    environment.stats.clear_all()  # the first call of each page imports what it needs
    gevent.sleep(int(seconds))
    runner.quit()
    return [
        {"name": one.name, "requests": one.num_requests, "failures": one.num_failures,
         "p95": one.get_response_time_percentile(0.95)}
        for one in environment.stats.entries.values() if one.name != "sign in"
    ]  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))
