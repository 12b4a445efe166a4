"""Click in two languages: help, usage errors and our own faults. Everything else of click stays as it is."""

from __future__ import annotations

import copy
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

import click

from shutan.cli.words import LANGUAGES, pick, remember

OK, BLOCKED, WRONG_USE = 0, 1, 2


class Fault(click.ClickException):
    """Something a person can mend, said in their language. `code` 1: the file; 2: the call."""

    def __init__(self, text: str, code: int = BLOCKED) -> None:
        super().__init__(pick(text))
        self.code = code

    def show(self, file: Any = None) -> None:
        """Write to standard error."""
        click.echo(self.message, file=file, err=file is None)


class Option(click.Option):
    """An option whose help is `中文|English`."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the line of the help page."""
        shown = copy.copy(self)
        shown.help = pick(self.help or "")
        return click.Option.get_help_record(shown, ctx)


class _Said(click.Command):
    """What commands and the group share: a help page in the caller's language."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(
            ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix=pick("用法：|Usage: ")
        )

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(pick(self.help or ""))

    def get_short_help_str(self, limit: int = 120) -> str:
        return pick(self.help or "").partition("\n")[0][:limit]

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = pick("显示本说明后退出|Show this message and exit.")
        return option

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        records = [record for one in self.get_params(ctx) if (record := one.get_help_record(ctx)) is not None]
        if records:
            with formatter.section(pick("选项|Options")):
                formatter.write_dl(records)


class Command(_Said):
    """One command."""


class Group(_Said, click.Group):
    """`shutan`: knows its commands by name and one line, and imports only the one that is called."""

    lazy: dict[str, tuple[str, str]]

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names in the order of a working day, not of the alphabet."""
        return list(self.lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Import the module of a command."""
        if cmd_name not in self.lazy:
            return None
        found = getattr(import_module(self.lazy[cmd_name][0]), cmd_name)
        return found if isinstance(found, click.Command) else None

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write options, then commands."""
        super().format_options(ctx, formatter)
        with formatter.section(pick("命令|Commands")):
            formatter.write_dl([(name, pick(line)) for name, (_, line) in self.lazy.items()])

    # One signature instead of click's two.
    def main(  # type: ignore[override]
        self, args: Sequence[str] | None = None, prog_name: str | None = None, **extra: Any
    ) -> Any:
        """Run and leave with 0 (done), 1 (the file or what it says stands in the way) or 2 (wrong use)."""
        extra["standalone_mode"] = False
        try:
            code = super().main(args, prog_name or "shutan", **extra)
        except click.UsageError as error:
            with error.ctx.scope() if error.ctx else click.Context(self):
                usage = f"{error.ctx.get_usage()}\n" if error.ctx else ""
                click.echo(usage + said(error), err=True)
            sys.exit(WRONG_USE)
        except click.ClickException as error:
            error.show()
            sys.exit(error.code if isinstance(error, Fault) else WRONG_USE)
        except (click.Abort, KeyboardInterrupt):
            click.echo(pick("已中断。|Stopped."), err=True)
            sys.exit(130)
        except BrokenPipeError:  # `shutan … | head`
            sys.stderr.close()
            sys.exit(OK)
        sys.exit(code if isinstance(code, int) else OK)


def said(error: click.UsageError) -> str:
    """Write click's own complaint in the caller's language."""
    name = (
        error.param.make_metavar(error.ctx)
        if isinstance(error, click.BadParameter) and isinstance(error.param, click.Argument) and error.ctx
        else error.param.opts[0]
        if isinstance(error, click.BadParameter) and error.param
        else ""
    )
    if isinstance(error, click.MissingParameter):
        return pick(f"缺少 {name}|{name} is missing")
    if isinstance(error, click.NoSuchOption):
        return pick(f"没有选项 {error.option_name}|There is no option {error.option_name}")
    if isinstance(error, click.BadParameter):
        return pick(f"{name} 的值不对：{_expected(error)}|{name}: {error.message}")
    if error.message.startswith("No such command"):
        name = error.message.split("'")[1] if "'" in error.message else ""
        return pick(f"没有命令 {name}|There is no command {name}")
    if error.message.startswith("Got unexpected extra argument"):
        extra = error.message.partition("(")[2].rstrip(")")
        return pick(f"多余的参数：{extra}|Too many arguments: {extra}")
    return error.message


def _expected(error: click.BadParameter) -> str:
    """What an option may be, in Chinese; click says it in English only."""
    kind = error.param.type if error.param else None
    if isinstance(kind, click.DateTime):
        return "应为实有的日期，写作 2024-12-31"
    if isinstance(kind, click.IntRange):
        return f"应为 {kind.min}–{kind.max} 的整数"
    if isinstance(kind, click.types.IntParamType):
        return "应为整数"
    return error.message


def command(name: str, text: str) -> Callable[[Callable[..., None]], click.Command]:
    """Declare a command; every one takes `--language`."""

    def declare(function: Callable[..., None]) -> click.Command:
        return click.command(name, cls=Command, help=text)(language_option(function))

    return declare


def option(*names: str, **rest: Any) -> Callable[[Any], Any]:
    """Declare an option with help in both languages."""
    return click.option(*names, cls=Option, **rest)


def language_option(function: Any) -> Any:
    """Add `--language`; read before everything else, so that help and faults speak it."""
    return option(
        "--language",
        type=click.Choice(LANGUAGES),
        is_eager=True,
        expose_value=False,
        callback=remember,
        help="输出语言，缺省取自 LC_ALL、LANG|language of the output; from LC_ALL or LANG by default",
    )(function)


def json_option(function: Any) -> Any:
    """Add `--json`."""
    return option("--json", "as_json", is_flag=True, help="以 JSON 输出|answer in JSON")(function)
