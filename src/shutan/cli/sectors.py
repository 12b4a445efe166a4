"""Sectors by name, as the rule sets register themselves."""

from __future__ import annotations

import click

from shutan.cli.words import pick
from shutan.kernel import RuleSet
from shutan.rules.registry import rule_sets


def sectors() -> dict[str, RuleSet]:
    """Return every rule set by name."""
    return rule_sets()


def sector_named(name: str) -> RuleSet:
    """Return one rule set."""
    return sectors()[name]


class Sector(click.ParamType[str]):
    """A sector's name; a wrong one is answered with those that exist."""

    name = "sector"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Accept a known name."""
        if value not in sectors():
            known = ", ".join(sectors())
            self.fail(
                pick(f"没有行业 {value}；现有：{known}|there is no sector {value}; there are: {known}"),
                param,
                ctx,
            )
        return value


SECTOR = Sector()
