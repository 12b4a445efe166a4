"""Collecting, checking and compiling translations with Babel, so that no machine needs GNU gettext.

    python -m shutan.web.messages update | compile | check

Message ids are English. `django.po` of zh_Hans is committed and complete; `django.mo` is made at installation.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = Path(__file__).resolve().parents[1]
LOCALE = Path(__file__).resolve().parent / "locale"
LANGUAGES = ("zh_Hans",)

KEYWORDS: dict[str, Any] = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
COMMENT_TAG = "Translators:"
PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|%([a-z%])(?![a-z])|\{(\w*)\}")


def catalogue_path(language: str, locale: Path = LOCALE) -> Path:
    """The committed catalogue of a language."""
    return locale / language / "LC_MESSAGES" / "django.po"


def collected(source: Path = SOURCE) -> Catalog:
    """All messages of the Python files and templates below `source`, in the order of the files."""
    found = Catalog(project="Shutan")
    for path in sources(source):
        text = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            # A page's indentation is not Python's: the tokenizer must not see it.
            text = "\n".join(line.lstrip() for line in templatize(text, origin=str(path)).split("\n"))
        buffer = io.BytesIO(text.encode())
        place = path.relative_to(source).as_posix()
        for line, message, comments, context in extract("python", buffer, KEYWORDS, [COMMENT_TAG]):
            found.add(message, None, [(place, line)], auto_comments=comments, context=context)
    return found


def sources(source: Path) -> Iterator[Path]:
    """Python files and templates, sorted."""
    for path in sorted(source.rglob("*")):
        if path.suffix == ".py" or (path.suffix in {".html", ".txt"} and "templates" in path.parts):
            yield path


def read(path: Path, language: str) -> Catalog:
    """The catalogue in `path`, empty when there is none yet."""
    if not path.exists():
        return Catalog(locale=language, project="Shutan", fuzzy=False, header_comment="# Shutan 蜀碳")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update(source: Path = SOURCE, locale: Path = LOCALE) -> list[str]:
    """Bring the catalogues to what the source says; texts no longer used go. Returns what is left to do."""
    template = collected(source)
    for language in LANGUAGES:
        path = catalogue_path(language, locale)
        catalogue = read(path, language)
        # No guesses: a text that changed is translated again. No dates or places, and in the order of the alphabet:
        # two people who add texts change different lines.
        catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
        path.parent.mkdir(parents=True, exist_ok=True)
        buffer = io.BytesIO()
        write_po(buffer, catalogue, width=110, ignore_obsolete=True, no_location=True, sort_output=True)
        path.write_bytes(buffer.getvalue())
    return problems(source, locale)


def compile_all(locale: Path = LOCALE) -> list[Path]:
    """Write the `.mo` beside each `.po`; returns what was written."""
    written = []
    for po in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        catalogue = read(po, po.parts[-3])
        mo = po.with_suffix(".mo")
        buffer = io.BytesIO()
        write_mo(buffer, catalogue)
        # In one step: a running server must never read half a catalogue.
        half = mo.with_suffix(".mo.new")
        half.write_bytes(buffer.getvalue())
        half.replace(mo)
        written.append(mo)
    return written


def problems(source: Path = SOURCE, locale: Path = LOCALE) -> list[str]:
    """What keeps the catalogues from being complete and right, one line each."""
    template = collected(source)
    found = []
    for language in LANGUAGES:
        catalogue = read(catalogue_path(language, locale), language)
        if len(catalogue) == 0:
            continue
        known = {(message.id, message.context) for message in catalogue if message.id}
        used = {(message.id, message.context) for message in template if message.id}
        found += [f"{language}: not collected, run make messages: {text!r}" for text, _ in used - known]
        found += [f"{language}: no longer used, run make messages: {text!r}" for text, _ in known - used]
        for message in catalogue:
            if message.id:
                found += [f"{language}: {fault}: {message.id!r}" for fault in faults(message)]
    return sorted(found)


def faults(message: Any) -> Iterator[str]:
    """What is wrong with one translation."""
    originals = message.id if isinstance(message.id, tuple) else (message.id,)
    translations = message.string if isinstance(message.string, tuple) else (message.string,)
    if message.fuzzy:
        yield "guessed"
    if not all(translations):
        yield "not translated"
        return
    # A plural's singular may leave the number out ("one file"), and Chinese has one form for both.
    required = set.intersection(*(placeholders(text) for text in originals))
    allowed = set.union(*(placeholders(text) for text in originals))
    for text in translations:
        if not required <= placeholders(text) <= allowed:
            yield f"placeholders differ ({text!r})"


def placeholders(text: str) -> set[str]:
    """The names and signs that formatting will replace: `%(name)s`, `%s`, `{name}`."""
    return {match[0] for match in PLACEHOLDER.finditer(text)}


def main(arguments: list[str] | None = None) -> int:
    """Run one of the three commands."""
    parser = argparse.ArgumentParser(prog="python -m shutan.web.messages", description=__doc__)
    parser.add_argument("command", choices=["update", "compile", "check"])
    command = parser.parse_args(arguments).command
    if command == "compile":
        compile_all()
        return 0
    left = update() if command == "update" else problems()
    sys.stdout.write("".join(f"{line}\n" for line in left))
    return 1 if left and command == "check" else 0


if __name__ == "__main__":
    sys.exit(main())
