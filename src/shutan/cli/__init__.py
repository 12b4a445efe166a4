"""The `shutan` command. Each command is a module of its own, imported when it is called: help comes at once."""

from __future__ import annotations

from importlib.metadata import version

import click

from shutan.cli.base import Group, language_option
from shutan.cli.words import pick

COMMANDS = {
    "template": ("shutan.cli.files", "生成供企业填报的工作簿|Write the workbook a plant fills in"),
    "report": (
        "shutan.cli.files",
        "核算、校验并写出报告（Excel、PDF、JSON）|Compute, check and write the report (Excel, PDF, JSON)",
    ),
    "enterprise": (
        "shutan.cli.enterprise",
        "把几个行业的工作簿汇总为一家企业，不重不漏|Add several sectors' workbooks up to one enterprise, each tonne once",
    ),
    "explain": (
        "shutan.cli.values",
        "说明一个数是怎么来的，直到单元格和条款|Explain one number down to its cells and clause",
    ),
    "allocate": ("shutan.cli.values", "配额核定与盈缺|Allowances and what is short or left"),
    "diff": (
        "shutan.cli.values",
        "比较两个工作簿：哪些数变了，为什么|Compare two workbooks: what changed, and why",
    ),
    "uncertainty": (
        "shutan.cli.uncertainty",
        "数值的不确定性及各项输入的贡献|How uncertain a value is, and what each input contributes",
    ),
    "parameters": ("shutan.cli.rulebook", "查询法规参数|Look up the numbers of the law"),
    "clauses": ("shutan.cli.rulebook", "检索条款|Search the clauses"),
    "docs": (
        "shutan.cli.docs",
        "由规则集生成规则手册和术语表|Write the rule book and the glossary from the rule sets",
    ),
    "evidence": (
        "shutan.cli.evidence",
        "离线验证回执、审计日志|Check receipts and audit the log, offline",
    ),
    "serve": ("shutan.cli.server", "启动网站（自带数据库）|Start the web site, database included"),
    "demo": ("shutan.cli.server", "建立演示数据|Make the demonstration's data"),
    "migrate": ("shutan.cli.server", "建立或更新数据库表|Make or update the tables of the database"),
    "backup": (
        "shutan.cli.operations",
        "备份数据库、文件和密钥|Back up database, files and keys",
    ),
    "restore": ("shutan.cli.operations", "恢复备份到空文件夹|Restore a backup into an empty folder"),
    "drill": (
        "shutan.cli.operations",
        "恢复演练：恢复、核对、审计|Try a backup: restore, compare, audit",
    ),
    "health": ("shutan.cli.operations", "网站运行状况|How the site does"),
    "remind": ("shutan.cli.duties", "更新义务日历并催办|Bring calendars of duties in step and remind"),
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
