"""`shutan backup`, `restore`, `drill`, `health`: what whoever runs a site calls, by hand or by a timer."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click

from shutan.cli.base import BLOCKED, Fault, command, json_option, option
from shutan.cli.output import show_json, table
from shutan.cli.words import pick
from shutan.web import backup as backups
from shutan.web.postgres_place import PostgresError, var_dir

WORDS = {"normal": "正常|fine", "warning": "注意|look at it", "blocked": "故障|wrong"}
FOLDER = click.Path(file_okay=False, path_type=Path)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (backups.BackupError, PostgresError) as error:
        raise Fault(str(error)) from error


@command(
    "backup",
    "备份数据库、文件和密钥，网站可继续运行|Back up database, files and keys while the site runs.",
)
@click.argument("folder", type=FOLDER, required=False, metavar="[FOLDER]")
@option("--keep", type=click.IntRange(1), help="只保留最新的几份|keep only the newest so many")
@json_option
def backup(folder: Path | None, keep: int | None, *, as_json: bool) -> None:
    """Make a backup."""
    with _told():
        made = backups.make(folder or var_dir() / "backups", now=datetime.now(UTC), keep=keep or 0)
        manifest = backups.read(made)
    if as_json:
        show_json({"backup": str(made), "rows": sum(manifest.rows.values()), "files": manifest.files})
        return
    rows, files = sum(manifest.rows.values()), manifest.files
    click.echo(
        pick(
            f"备份完成：{made}（{rows:,} 行，{files:,} 个文件）|Backed up: {made} ({rows:,} rows, {files:,} files)"
        )
    )


@command(
    "restore",
    "把备份恢复到空的数据文件夹（设了 DATABASE_URL 时恢复到该空数据库）"
    "|Restore a backup into an empty data folder; with DATABASE_URL into that empty database.",
)
@click.argument("folder", type=FOLDER, metavar="BACKUP")
def restore(folder: Path) -> None:
    """Restore a backup."""
    with _told():
        if address := os.environ.get("DATABASE_OWNER_URL") or os.environ.get("DATABASE_URL"):
            backups.restore_into(folder, address)
        else:
            backups.restore(folder, var_dir())
    click.echo(pick("恢复完成；运行 shutan serve 启动。|Restored; start it with shutan serve."))


@command(
    "drill",
    "恢复演练：把备份恢复到临时文件夹，逐表核对行数，再审计证据日志；不影响运行中的网站"
    "|Try a backup: restore it into a temporary folder, compare the rows of every table, audit the log of evidence. The running site is not touched.",
)
@click.argument("folder", type=FOLDER, required=False, metavar="[BACKUP]")
@json_option
def drill(folder: Path | None, *, as_json: bool) -> None:
    """Restore the given or the newest backup aside and look whether all of it is there."""
    chosen = folder or next(reversed(backups.backups(var_dir() / "backups")), None)
    if chosen is None:
        raise Fault("还没有备份：先运行 shutan backup。|There is no backup yet: run shutan backup first.")
    began = time.monotonic()
    with _told(), tempfile.TemporaryDirectory(prefix="shutan-drill-") as place:
        Path(place).chmod(0o755)  # PostgreSQL runs as another account where we are root
        home = Path(place) / "var"
        manifest = backups.read(chosen)
        backups.restore(chosen, home)
        differs = backups.differences(manifest, home)
        audited = _audit(home)
    seconds = round(time.monotonic() - began, 1)
    if audited.returncode:
        differs.append((audited.stdout + audited.stderr).strip())
    now = datetime.now(UTC).isoformat()
    backups.note(
        backups.Outcome("drill", now, str(chosen), holds=not differs, said="\n".join(differs)[:2000])
    )
    if as_json:
        show_json({"backup": str(chosen), "holds": not differs, "seconds": seconds, "differs": differs})
    elif differs:
        click.echo(pick("演练未通过：|The drill failed:") + "\n" + "\n".join(differs), err=True)
    else:
        click.echo(
            pick(
                f"演练通过：{chosen}，{len(manifest.rows)} 张表逐表相符，证据日志审计无误，用时 {seconds} 秒"
                f"|The drill passed: {chosen}: {len(manifest.rows)} tables agree, the log of evidence holds, {seconds} s"
            )
        )
    if differs:
        sys.exit(BLOCKED)


def _audit(home: Path) -> subprocess.CompletedProcess[str]:
    """Audit a restored site by its own command, in a process that knows nothing of the running one."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
    environment |= {"SHUTAN_DATA_DIR": str(home)}
    call = [sys.executable, "-c", "from shutan.cli import main; main()", "evidence", "audit", "--site"]
    return subprocess.run(call, env=environment, capture_output=True, text=True, check=False)


@command(
    "health",
    "网站运行状况：数据库、后台任务、磁盘、备份……有问题时退出码为 1"
    "|How the site does: database, background work, disk, backups … Exit code 1 where something is wrong.",
)
@json_option
def health(*, as_json: bool) -> None:
    """Tell how the site does."""
    from shutan.cli.server import said, start_django  # noqa: PLC0415 - only here Django is needed

    start_django()
    from django.utils import timezone  # noqa: PLC0415 - needs a prepared Django

    from shutan.web.operations import BAD, checks  # noqa: PLC0415

    with said():
        found = checks(now=timezone.now())
    if as_json:
        show_json([one.plain() for one in found])
    else:
        rows = [(pick(one.name), pick(WORDS[one.state]), pick(one.said)) for one in found]
        table(pick("运行状况|Health"), ("项目|what", "状态|state", "说明|details"), rows)
    if any(one.state == BAD for one in found):
        sys.exit(BLOCKED)
