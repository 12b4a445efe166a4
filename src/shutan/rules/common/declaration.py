"""The declaration 声明 of an annual report: what the unit says, and how it signs, as `declaration.yaml` states it with sources."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from shutan.kernel.parameters import STATUSES, read_yaml

FILE = Path(__file__).with_name("declaration.yaml")


class DeclarationError(ValueError):
    """The file breaks its own form."""


@dataclass(frozen=True)
class Sentence:
    """One sentence or line to sign, with where it was seen and how well it is known."""

    zh: str
    en: str
    source: str
    article: str
    status: str

    def text(self, language: str) -> str:
        """Return it in a language: "zh…" or anything else for English."""
        return self.zh if language.startswith("zh") else self.en


@dataclass(frozen=True)
class Declaration:
    """The whole declaration."""

    sentences: tuple[Sentence, ...]
    signatures: tuple[Sentence, ...]
    note_zh: str
    note_en: str

    def note(self, language: str) -> str:
        """Return what must be known of its words."""
        return self.note_zh if language.startswith("zh") else self.note_en


@cache
def declaration() -> Declaration:
    """Read the declaration.

    Raises:
        DeclarationError: a sentence lacks its source or has an unknown status.
    """
    said = read_yaml(FILE)
    return Declaration(
        tuple(_sentence(one) for one in said["sentences"]),
        tuple(_sentence(one) for one in said["signatures"]),
        said["note"]["zh"],
        said["note"]["en"],
    )


def _sentence(said: dict[str, str]) -> Sentence:
    if set(said) != {"zh", "en", "source", "article", "status"} or said["status"] not in STATUSES:
        raise DeclarationError(f"declaration.yaml: {said}")
    return Sentence(**said)
