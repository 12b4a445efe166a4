"""`shutan serve`, `demo`, `migrate`: the web site and its database. Django is imported in here and nowhere else."""

from __future__ import annotations

import contextlib
import hashlib
import json
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from shutan.cli.base import Fault, command, json_option, option
from shutan.cli.province.drawing import ENTERPRISES
from shutan.cli.words import pick

HEALTH = "/_/health"


def start_django() -> None:
    """Prepare Django once; with the embedded database nothing starts before the first query."""
    import django  # noqa: PLC0415 - the other commands never need it

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shutan.web.settings")
    with said():
        django.setup()


@contextlib.contextmanager
def said() -> Iterator[None]:
    """Say in one line what keeps the database from working."""
    from django.db import OperationalError  # noqa: PLC0415 - see start_django

    from shutan.web.postgres_place import PostgresError  # noqa: PLC0415 - see start_django

    try:
        yield
    except (PostgresError, OperationalError) as error:
        raise Fault(f"数据库不可用：{error}|The database cannot be used: {error}") from error
    except ValueError as error:
        if "DATABASE_URL" not in str(error):
            raise
        raise Fault(f"DATABASE_URL 不对：{error}|{error}") from error


def migrate_database(*, quiet: bool = True) -> None:
    """Make or update all tables, the cache's among them."""
    from django.core.management import call_command  # noqa: PLC0415 - see start_django

    with said():
        call_command("migrate", interactive=False, verbosity=0 if quiet else 1)


@command(
    "migrate",
    "建立或更新数据库表（serve 启动时自动执行）|Make or update the database's tables; serve does it by itself.",
)
def migrate() -> None:
    """Migrate."""
    start_django()
    migrate_database(quiet=False)


@command(
    "demo",
    "建立演示单位、账号和报告；重复执行不改变已有数据|Make the demonstration's organisations, people and reports; a second call changes nothing.",
)
@option(
    "--enterprises",
    type=click.IntRange(0, 5000),
    default=ENTERPRISES,
    show_default=True,
    help="虚构企业数|fictitious enterprises",
)
@json_option
def demo(*, enterprises: int, as_json: bool) -> None:
    """Make the demonstration."""
    _demonstrate()
    start_django()
    migrate_database()
    show_logins(make_demo(enterprises), as_json=as_json)


def _demonstrate() -> None:
    """In the demonstration only who has set up a second factor is asked for it, unless the site says otherwise."""
    os.environ.setdefault("SHUTAN_SECOND_FACTOR", "enrolled")


def make_demo(enterprises: int = ENTERPRISES) -> Any:
    """Make what is missing and return the log-ins."""
    from shutan.cli.demonstration import create  # noqa: PLC0415 - needs a prepared Django

    with said():
        return create(lambda text: click.echo(text, err=True), enterprises)


def show_logins(logins: Any, *, as_json: bool = False) -> None:
    """Print who may sign in."""
    from shutan.cli.output import show_json, table  # noqa: PLC0415 - needs rich

    if as_json:
        show_json([vars(one) for one in logins])
        return
    from django.utils import translation  # noqa: PLC0415 - see start_django

    from shutan.apps.accounts.models import Kind, Role  # noqa: PLC0415 - needs a prepared Django

    order = [*(one for one in Kind if one not in ("group", "enterprise")), "group", "enterprise"]
    password = ", ".join(sorted({one.password for one in logins}))
    rows, last = [], ""
    with translation.override(pick("zh-hans|en")):
        for one in sorted(logins, key=lambda one: order.index(one.kind)):
            home = pick(f"{one.organisation}|{one.organisation_en}")
            rows.append((one.username, str(Role(one.role).label), one.name, "" if home == last else home))
            last = home
    table(
        pick(
            f"演示账号（单位和人员均为虚构），密码均为 {password}"
            f"|Log-ins of the demonstration (fictitious), all with the password {password}"
        ),
        ("账号|log-in", "角色|role", "姓名|name", "单位|organisation"),
        rows,
        whole=(0, 1, 2),
    )


@command(
    "serve",
    "启动网站：数据库（自带，或 DATABASE_URL 指定）、建表、静态文件、后台任务、网页服务。Ctrl-C 停止。"
    "|Start the web site: database (embedded, or DATABASE_URL), tables, static files, background work, web server. Ctrl-C stops it.",
)
@option("--demo", "with_demo", is_flag=True, help="同时建立演示数据|make the demonstration's data too")
@option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="端口|port")
@option("--host", default="127.0.0.1", show_default=True, help="监听地址|address to listen on")
@option(
    "--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="网页进程数|web processes"
)
def serve(*, with_demo: bool, port: int, host: str, workers: int) -> None:
    """Serve until told to stop."""
    _check_port(host, port)
    click.echo(pick("正在启动……|Starting …"), err=True)
    if with_demo:
        _demonstrate()
    start_django()
    migrate_database()
    _collect_static()
    logins = make_demo() if with_demo else None
    url = f"http://{'localhost' if host == '127.0.0.1' else host}:{port}"
    if logins:
        show_logins(logins)
    with _worker():
        click.echo(pick(f"蜀碳已启动：{url}    按 Ctrl-C 停止|Shutan runs: {url}    Ctrl-C stops it"))
        _serve(host, port, workers)
    click.echo(pick("已停止。|Stopped."), err=True)


def _check_port(host: str, port: int) -> None:
    """Say in one line that the port is taken, and by whom if it is us."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if _is_ours(host, port):
                raise Fault(
                    f"蜀碳已在 http://localhost:{port} 运行。|Shutan already runs on http://localhost:{port}."
                ) from error
            raise Fault(
                f"端口 {port} 不可用（{error.strerror}）；请用 --port 换一个。"
                f"|Port {port} cannot be used ({error.strerror}); choose another with --port."
            ) from error


def _is_ours(host: str, port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://{host}:{port}{HEALTH}", timeout=2) as answer:
            return bool(json.load(answer).get("status") == "ok")
    except (OSError, ValueError, AttributeError):
        return False


def _collect_static() -> None:
    """Collect the static files where hashed names are served, when they have changed: compressing takes its time."""
    from django.conf import settings  # noqa: PLC0415 - see start_django
    from django.contrib.staticfiles.finders import get_finders  # noqa: PLC0415 - see start_django
    from django.core.management import call_command  # noqa: PLC0415 - see start_django

    if settings.PLAIN_STATIC:
        return
    seen = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda one: str(one[0])):
            state = Path(storage.path(name)).stat()
            seen.update(f"{name} {state.st_size} {state.st_mtime_ns}\n".encode())
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == seen.hexdigest():
        return
    click.echo(pick("压缩静态文件（首次启动）……|Compressing static files (at the first start) …"), err=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(seen.hexdigest(), encoding="utf-8")


@contextlib.contextmanager
def _worker() -> Iterator[None]:
    """Run the background worker beside the web, where there are tasks for one."""
    from procrastinate.contrib.django import app  # noqa: PLC0415 - see start_django

    if all(name.startswith(("builtin", "procrastinate.")) for name in app.tasks):
        yield
        return
    command_line = [sys.executable, "-m", "django", "procrastinate", "worker"]
    worker = subprocess.Popen(command_line, start_new_session=True)
    try:
        yield
    finally:
        worker.send_signal(signal.SIGTERM)
        try:
            worker.wait(timeout=20)
        except subprocess.TimeoutExpired:
            worker.kill()


def _serve(host: str, port: int, workers: int) -> None:
    from django.db import connections  # noqa: PLC0415 - see start_django
    from granian import Granian  # noqa: PLC0415 - only here
    from granian.constants import Interfaces  # noqa: PLC0415 - only here
    from granian.log import LogLevels  # noqa: PLC0415 - only here

    connections.close_all()  # the web's processes have their own; ours keeps the embedded server alive
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shutan.web.settings")
    # The demonstration has computed with Polars by now; a fork of a process with its threads waits for ever.
    multiprocessing.set_start_method("spawn", force=True)
    Granian(
        "shutan.web.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=8,
        backpressure=64,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        websockets=False,
        log_level=LogLevels.error,
    ).serve()
