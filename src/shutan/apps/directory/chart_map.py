"""The schematic map 示意图 of the province: one measure by prefecture, as SVG beside its table.

    context["map"] = province({"510100": 12}, title=_("Enterprises"), link=lambda code: f"/directory/?city={code[:4]}")
    {% include "directory/_map.html" %}

What stands under it is set, not known: `SHUTAN_MAP_SOURCE` names the boundaries' source, `SHUTAN_MAP_APPROVAL` the map-approval
number 审图号, without which a map is not published.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from shutan.apps.common.components import number_text
from shutan.apps.common.language import language
from shutan.documents.wording import pick
from shutan.rules.common.divisions import prefectures

SHAPES = Path(__file__).with_name("sichuan_prefectures.json")
SHADES = 5
_ENDINGS = ("藏族羌族自治州", "藏族自治州", "彝族自治州", "市", " Prefecture")


@dataclass(frozen=True)
class Place:
    """One prefecture of the map. `shade` 0 is none, then 1 to 5 in equal steps of the largest value."""

    code: str
    name: str
    short: str
    text: str
    shade: int
    path: str
    x: int
    y: int
    url: str


@dataclass(frozen=True)
class Map:
    """The map as the template draws it."""

    title: str
    unit: str
    width: int
    height: int
    places: list[Place]
    source: str
    approval: str


@lru_cache(maxsize=1)
def _shapes() -> dict[str, Any]:
    shapes: dict[str, Any] = json.loads(SHAPES.read_text(encoding="utf-8"))
    return shapes


def province(
    values: Mapping[str, int | Decimal],
    *,
    title: str,
    link: Callable[[str], str],
    unit: str = "",
    places: int | None = 0,
) -> Map:
    """One measure by prefecture.

    Args:
        values: by prefecture code; a missing one is none and is shown as 0.
        title: what is measured.
        link: where a click on a prefecture leads.
        unit: of the values.
        places: decimals shown.
    """
    largest = max([*values.values(), 0])
    shapes = {one["code"]: one for one in _shapes()["places"]}
    said, shown = language(), []
    for one in prefectures():
        value, shape = values.get(one.code, 0), shapes[one.code]
        name = one.named(said)
        shade = 0 if not largest or value <= 0 else min(SHADES, int(value * SHADES / largest) + 1)
        shown.append(
            Place(
                one.code,
                name,
                _short(name),
                number_text(value, places),
                shade,
                shape["path"],
                shape["x"],
                shape["y"],
                link(one.code),
            )
        )
    return Map(
        title,
        unit,
        _shapes()["width"],
        _shapes()["height"],
        shown,
        pick(settings.MAP_SOURCE or _shapes()["source"], said),
        settings.MAP_APPROVAL,
    )


def _short(name: str) -> str:
    """A name without what every prefecture's name ends with."""
    for ending in _ENDINGS:
        if name.endswith(ending):
            return name.removesuffix(ending)
    return name
