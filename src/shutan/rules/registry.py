"""The rule sets that exist, by name: what web, API and command line offer without naming a sector."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import shutan.rules
from shutan.kernel import RuleSet

GLOSSARY = Path(__file__).parent / "glossary.yaml"  # terms that no rule, input or parameter declares


@lru_cache(maxsize=1)
def rule_sets() -> dict[str, RuleSet]:
    """Return every rule set: each package of `shutan.rules` that has a `RULES`."""
    found = {}
    for module in iter_modules(shutan.rules.__path__):
        if module.ispkg:
            one = getattr(import_module(f"shutan.rules.{module.name}"), "RULES", None)
            if isinstance(one, RuleSet):
                found[one.name] = one
    return found


def rule_set(name: str) -> RuleSet:
    """Return one rule set.

    Raises:
        KeyError: there is none of this name.
    """
    return rule_sets()[name]
