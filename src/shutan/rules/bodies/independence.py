"""Conflicts of interest of a service body, each with the article that says so; the articles stand in `independence.yaml`.

Services are words: `reporting` compiles annual emission reports, `verification` reviews them, `consulting`, `trading` and
others as the register has them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

# What a body may declare, and the conflict it is when it verified the unit it is tied to.
TIES = {
    "ownership": "interest",
    "same_parent": "interest",
    "contract": "interest",
    "managers": "managers",
    "staff": "staff",
}


@dataclass(frozen=True)
class Work:
    """Work done for a unit in this province: what it was, for which year, when it was finished, for whom."""

    service: str
    year: int
    day: dt.date
    client: str


@dataclass(frozen=True)
class Tie:
    """A declared interest: its kind (key of TIES), the other side, and until when it lasted (None: it lasts)."""

    kind: str
    party: str
    until: dt.date | None = None
    person: str = ""


@dataclass(frozen=True)
class Conflict:
    """One thing that stands against independence.

    Attributes:
        name: its key, such as `writes_and_reviews`.
        zh: what it is, in Chinese.
        en: the same in English.
        about: which units, years or people, in no language.
        source: instrument and article, in Chinese.
        status: how well the source is known.
        blocks: the text forbids it outright.
    """

    name: str
    zh: str
    en: str
    about: str
    source: str
    status: str
    blocks: bool

    def text(self, language: str) -> str:
        """Return what it is, in a language ("zh…" or English)."""
        return self.zh if language.startswith("zh") else self.en


@cache
def _texts() -> dict[str, Any]:
    return yaml.safe_load((Path(__file__).parent / "independence.yaml").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def conflicts(
    services: Collection[str], works: Iterable[Work], ties: Iterable[Tie], today: dt.date
) -> list[Conflict]:
    """Return what stands against a body's independence on a day, what is forbidden outright first.

    Args:
        services: what the body offers in the province.
        works: what it did in the province.
        ties: the interests it declared.
        today: the day that is asked about; an article not yet in force then says nothing.
    """
    done = list(works)
    found = [*_both(services, done), *_verified_and_advised(services, done), *_tied(done, ties)]
    standing = [one for one in found if _texts()["conflicts"][one.name].get("since", today) <= today]
    return sorted(standing, key=lambda one: not one.blocks)


def _both(services: Collection[str], works: list[Work]) -> Iterator[Conflict]:
    years = {one.year for one in works if one.service == "reporting"}
    years &= {one.year for one in works if one.service == "verification"}
    if years or {"reporting", "verification"} <= set(services):
        yield _conflict("writes_and_reviews", ", ".join(map(str, sorted(years))))


def _verified_and_advised(services: Collection[str], works: list[Work]) -> Iterator[Conflict]:
    if "verification" not in services and not any(one.service == "verification" for one in works):
        return
    verified = {one.client for one in works if one.service == "verification"}
    advised = {one.client for one in works if one.service in ("consulting", "reporting")}
    if verified & advised or "consulting" in services:
        yield _conflict("advises", ", ".join(sorted(verified & advised)))
    if "trading" in services or any(one.service == "trading" for one in works):
        yield _conflict("trades", "")


def _tied(works: list[Work], ties: Iterable[Tie]) -> Iterator[Conflict]:
    for tie in ties:
        name = TIES[tie.kind]
        years = _texts()["conflicts"][name].get("years", 0)
        counts = [
            one
            for one in works
            if one.service == "verification" and one.client == tie.party and _lasts(tie.until, years, one.day)
        ]
        if counts:
            yield _conflict(name, " · ".join(filter(None, (tie.party, tie.person))))


def _lasts(until: dt.date | None, years: int, day: dt.date) -> bool:
    """Say whether what ended on a day still counts on another, some years later."""
    if until is None:
        return True
    try:
        last = until.replace(year=until.year + years)
    except ValueError:  # 29 February
        last = until.replace(year=until.year + years, day=until.day - 1)
    return day <= last


def _conflict(name: str, about: str) -> Conflict:
    given, instruments = _texts()["conflicts"][name], _texts()["instruments"]
    words = "；".join(f"{instruments[key]['zh']} {article}" for key, article in given["source"].items())
    statuses = {instruments[key]["status"] for key in given["source"]}
    status = "official" if statuses == {"official"} else "secondary"
    return Conflict(name, given["zh"], given["en"], about, words, status, given.get("blocks", False))
