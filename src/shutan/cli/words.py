"""The language of the terminal, and how every text is written once for both: `中文|English`."""

from __future__ import annotations

import os
from collections.abc import Mapping

import click

LANGUAGES = ("zh", "en")
KEY = "shutan.language"


def from_environment(environ: Mapping[str, str] = os.environ) -> str:
    """Return the language of the environment: Chinese, unless it says English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environ.get(name):
            return "en" if value.casefold().startswith("en") else "zh"
    return "zh"


def language() -> str:
    """Return the language of this call: `--language` of the command or of `shutan`, else the environment's."""
    context = click.get_current_context(silent=True)
    return str(context.meta.get(KEY, "")) or from_environment() if context else from_environment()


def english() -> bool:
    """Say whether this call speaks English."""
    return language() == "en"


def pick(text: str) -> str:
    """Return one half of `中文|English`; a text without a bar is the same in both."""
    chinese, bar, other = text.partition("|")
    return other if bar and english() else chinese


def remember(context: click.Context, _: click.Parameter, value: str | None) -> None:
    """Keep `--language` for the whole call."""
    if value:
        context.meta[KEY] = value
