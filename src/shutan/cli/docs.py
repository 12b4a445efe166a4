"""`shutan docs`: the rule book and the glossary as Markdown, written from the rule sets; `--check` finds stale pages."""

from __future__ import annotations

from pathlib import Path

import click

from shutan.cli.base import WRONG_USE, Fault, command, option
from shutan.cli.words import pick
from shutan.documents import glossary, rulebook
from shutan.rules.registry import GLOSSARY, rule_sets

GLOSSARY_PAGE = "glossary.md"


@command(
    "docs",
    "由规则集生成规则手册（docs/rules）和术语表（docs/glossary.md）。"
    "|Write the rule book (docs/rules) and the glossary (docs/glossary.md) from the rule sets.",
)
@option(
    "--check",
    is_flag=True,
    help="只检查，不写；有过期页面时退出码为 1|write nothing; exit 1 when a page is stale",
)
@option(
    "--root",
    type=click.Path(path_type=Path, file_okay=False),
    default=rulebook.CHECKOUT,
    help="源代码目录，缺省为当前安装所在|the checkout; by default the one this installation runs from",
)
def docs(root: Path, *, check: bool) -> None:
    """Write or check the generated pages."""
    folder = root / "docs"
    if not folder.is_dir():
        raise Fault(
            f"{root} 中没有 docs 目录：生成文档需要源代码。|There is no docs folder in {root}: this needs a checkout.",
            WRONG_USE,
        )
    sets = rule_sets().values()
    book = rulebook.pages(sets, rulebook.golden_cases(root / "tests" / "golden"))
    words = glossary.page(glossary.terms(sets, glossary.kept_by_hand(GLOSSARY)))
    page = folder / GLOSSARY_PAGE
    is_old = not page.is_file() or page.read_text(encoding="utf-8") != words
    if check:
        found = [f"docs/rules/{name}" for name in rulebook.stale(folder / "rules", book)]
        found += [f"docs/{GLOSSARY_PAGE}"] if is_old else []
        if found:
            names = "\n".join(found)
            raise Fault(
                f"{names}\n以上页面已过期：请运行 shutan docs。|{names}\nThese pages are stale: run shutan docs."
            )
        click.echo(pick(f"{len(book) + 1} 个页面均为最新。|{len(book) + 1} pages are up to date."))
        return
    changed = rulebook.write(folder / "rules", book)
    if is_old:
        page.write_text(words, encoding="utf-8", newline="\n")
    count = len(changed) + is_old
    click.echo(
        pick(f"已更新 {count} 个页面，共 {len(book) + 1} 个。|Updated {count} of {len(book) + 1} pages.")
    )
