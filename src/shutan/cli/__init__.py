"""The `shutan` command. Each command is a module of its own, imported when it is called: help comes at once."""

from __future__ import annotations

from importlib.metadata import version

import click

from shutan.cli.base import Group, language_option
from shutan.cli.words import pick

COMMANDS = {
    "parameters": ("shutan.cli.rulebook", "查询法规参数|Look up the numbers of the law"),
    "clauses": ("shutan.cli.rulebook", "检索条款|Search the clauses"),
}


def _version(context: click.Context, _: click.Parameter, value: bool) -> None:  # noqa: FBT001 - click's signature
    if value:
        click.echo(f"shutan {version('shutan')}")
        context.exit()


@click.group(
    cls=Group,
    help="蜀碳：四川碳市场工作系统。|Shutan: the working system of Sichuan's carbon market.",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, hidden=True)
@language_option
def cli() -> None:
    """Choose a command."""


cli.lazy = COMMANDS


def main() -> None:
    """Run `shutan`."""
    cli()


__all__ = ["cli", "main", "pick"]
