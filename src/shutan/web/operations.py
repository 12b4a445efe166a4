"""How the site does: one function a thing that can go wrong, read by the page, the API and `shutan health`.

Machines that only want to know whether the web answers ask `/_/health`.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET
from ninja import Router, Schema
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from shutan.apps.common.api import ERRORS
from shutan.apps.common.language import language
from shutan.apps.evidence import store
from shutan.apps.evidence.models import Checkpoint, FileScan, Record, TimeStamp
from shutan.documents.wording import pick
from shutan.web import backup

GOOD, ATTENTION, BAD = "normal", "warning", "blocked"  # states of the badge component
WORKER_SILENT = timedelta(minutes=2)  # it tells that it lives every ten seconds
JOB_WAITS = timedelta(minutes=10)
RECORD_WAITS = timedelta(hours=1)  # for its place in the log, and for a signature
DISK_LOW, DISK_FULL = 0.15, 0.05  # of the disk is free
BACKUP_OLD, DRILL_OLD = timedelta(days=2), timedelta(days=92)
CLOCKS_APART = timedelta(seconds=5)
GIB = 2**30


@dataclass(frozen=True)
class Check:
    """One thing looked at: name and what was found as `中文|English`, and how it stands."""

    name: str
    state: str
    said: str

    def plain(self) -> dict[str, str]:
        """For JSON."""
        return asdict(self)


def checks(now: datetime) -> list[Check]:
    """Everything that is looked at; a look that itself fails is bad, and says why."""
    return [check for look in LOOKS for check in _looked(look, now)]


def _looked(look: Callable[[datetime], Check | list[Check]], now: datetime) -> list[Check]:
    try:
        found = look(now)
    except Exception as error:  # noqa: BLE001 - one broken thing must not hide the others
        return [Check(look.__doc__ or look.__name__, BAD, f"检查失败：{error}|The look failed: {error}")]
    return found if isinstance(found, list) else [found]


def database(_now: datetime) -> Check:
    """数据库|Database"""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database()), current_setting('server_version')")
        size, server = cursor.fetchone()
    plan = MigrationExecutor(connection).migration_plan(
        MigrationExecutor(connection).loader.graph.leaf_nodes()
    )
    if plan:
        said = f"有 {len(plan)} 个数据库变更未执行：运行 shutan migrate|{len(plan)} migrations were not run: run shutan migrate"
        return Check("数据库|Database", BAD, said)
    gib = f"{size / GIB:.2f} GiB"
    return Check("数据库|Database", GOOD, f"PostgreSQL {server}，{gib}|PostgreSQL {server}, {gib}")


def clock(now: datetime) -> Check:
    """时钟|Clock"""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (there,) = cursor.fetchone()
    apart = abs(there - now)
    seconds = f"{apart.total_seconds():.1f}"
    said = f"网页与数据库的时钟相差 {seconds} 秒|The clocks of web and database are {seconds} s apart"
    return Check("时钟|Clock", GOOD if apart <= CLOCKS_APART else BAD, said)


def worker(now: datetime) -> list[Check]:
    """后台任务|Background work"""
    last = ProcrastinateWorker.objects.order_by("-last_heartbeat").first()
    if last is None or now - last.last_heartbeat > WORKER_SILENT:
        said = "没有后台进程在运行：shutan serve 会一并启动|No worker runs: shutan serve starts one"
        lives = Check("后台进程|Worker", BAD, said)
    else:
        lives = Check("后台进程|Worker", GOOD, "运行中|It runs")
    jobs = ProcrastinateJob.objects
    failed, waiting = jobs.filter(status="failed").count(), jobs.filter(status="todo")
    # One planned for later waits since then.
    old = waiting.filter(scheduled_at=None).filter(
        procrastinateevent__at__lt=now - JOB_WAITS, procrastinateevent__type="deferred"
    )
    late = old.count() + waiting.filter(scheduled_at__lt=now - JOB_WAITS).count()
    state = BAD if failed else ATTENTION if late else GOOD
    counts = (waiting.count(), late, failed)
    zh = "待执行 {}，其中等待过久 {}；失败 {}".format(*counts)
    en = "{} waiting, {} of them for too long; {} failed".format(*counts)
    return [lives, Check("任务队列|Queue", state, f"{zh}|{en}")]


def disk(_now: datetime) -> Check:
    """磁盘|Disk"""
    found = shutil.disk_usage(settings.DATA_DIR)
    free = found.free / found.total
    state = BAD if free < DISK_FULL else ATTENTION if free < DISK_LOW else GOOD
    gib = f"{found.free / GIB:.1f} GiB"
    return Check("磁盘|Disk", state, f"剩余 {gib}（{free:.0%}）|{gib} free ({free:.0%})")


def backups(now: datetime) -> list[Check]:
    """备份|Backup"""
    made = _last("backup", now, BACKUP_OLD, ATTENTION)
    tried = _last("drill", now, DRILL_OLD, ATTENTION)
    return [Check("备份|Backup", *made), Check("恢复演练|Drill", *tried)]


def _last(kind: str, now: datetime, old: timedelta, none: str) -> tuple[str, str]:
    """State and words of the newest line of a kind in the journal."""
    last = next((one for one in reversed(backup.journal()) if one.kind == kind), None)
    if last is None:
        return none, f"还没有：运行 shutan {kind}|None yet: run shutan {kind}"
    at = datetime.fromisoformat(last.at)
    day = f"{at.astimezone():%Y-%m-%d %H:%M}"
    if not last.holds:
        why = last.said.replace("|", "/")  # the bar parts the languages
        return BAD, f"{day} 未通过：{why}|{day} failed: {why}"
    if now - at > old:
        return (
            ATTENTION,
            f"最近一次是 {day}，已超过 {old.days} 天|The last is of {day}, more than {old.days} days ago",
        )
    return GOOD, f"{day}  {last.place}"


def mail(_now: datetime) -> Check:
    """邮件|E-mail"""
    sends = settings.EMAIL_BACKEND.rpartition(".")[0].rpartition(".")[2]
    if sends == "console":
        said = (
            "未设邮件服务器：邮件只写到终端（SHUTAN_EMAIL_HOST）"
            "|No mail server is set: mails are only written to the terminal (SHUTAN_EMAIL_HOST)"
        )
        return Check("邮件|E-mail", ATTENTION, said)
    return Check("邮件|E-mail", GOOD, f"{settings.EMAIL_HOST}")


def evidence(now: datetime) -> list[Check]:
    """存证日志|Evidence log"""
    name, size, last = "存证日志|Evidence log", store.size(), Checkpoint.objects.first()
    waiting = Record.objects.filter(index=None, at__lt=now - RECORD_WAITS).count()
    if waiting:
        said = f"{waiting} 条记录未入日志：运行 shutan evidence audit --site|{waiting} records are not in the log: run shutan evidence audit --site"
        log = Check(name, BAD, said)
    elif last and last.at > now:
        said = "最新检查点的时间晚于时钟：时钟被调回|The newest checkpoint is later than the clock: it was set back"
        log = Check(name, BAD, said)
    elif size > (last.size if last else 0):
        said = f"{size} 条，最新的尚未签署|{size} records, the newest not signed yet"
        unsigned = Record.objects.filter(index__gte=last.size if last else 0, at__lt=now - RECORD_WAITS)
        log = Check(name, ATTENTION if unsigned.exists() else GOOD, said)
    else:
        log = Check(name, GOOD, f"{size} 条，均已签署|{size} records, all signed")
    stamps = []
    if settings.EVIDENCE_TSA:
        newest = TimeStamp.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        waits = Checkpoint.objects.filter(size__gt=newest, at__lt=now - RECORD_WAITS).count()
        said = (
            f"{waits} 个检查点未得到时间戳|{waits} checkpoints have no time stamp"
            if waits
            else "均已加盖|All given"
        )
        stamps = [Check("时间戳|Time stamps", ATTENTION if waits else GOOD, said)]
    scans = FileScan.objects
    bad, unseen = (scans.filter(state=state).count() for state in ("quarantined", "unscanned"))
    counts = f"隔离 {bad}，未扫描 {unseen}|{bad} in quarantine, {unseen} not scanned"
    return [log, *stamps, Check("文件扫描|Scans of files", ATTENTION if bad or unseen else GOOD, counts)]


LOOKS: tuple[Callable[[datetime], Check | list[Check]], ...] = (
    database,
    clock,
    worker,
    disk,
    backups,
    evidence,
    mail,
)


def _said(now: datetime) -> list[dict[str, str]]:
    """The checks in the language of the page."""
    return [
        {"name": pick(one.name, language()), "state": one.state, "said": pick(one.said, language())}
        for one in checks(now)
    ]


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """The page of whoever runs the site."""
    found = checks(timezone.now())
    rows = [
        {"name": pick(one.name, language()), "state": one.state, "said": pick(one.said, language())}
        for one in found
    ]
    states = {one.state for one in found}
    worst = next((state for state in (BAD, ATTENTION) if state in states), GOOD)
    return render(request, "operations.html", {"rows": rows, "state": worst})


router = Router(tags=["site"])


class CheckOut(Schema):
    """One thing looked at; `state` is normal, warning or blocked."""

    name: str
    state: str
    said: str


@router.get("/operations", response={200: list[CheckOut], **ERRORS}, url_name="operations")
def state(request: HttpRequest) -> list[dict[str, str]]:  # noqa: ARG001 - ninja hands it over
    """How the site does, in the language of the request."""
    return _said(timezone.now())
