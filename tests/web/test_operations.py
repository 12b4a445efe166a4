"""The health of the site: each thing that can go wrong is seen, said in both languages, and hides no other."""

from datetime import UTC, timedelta

import pytest
import time_machine
from asgiref.sync import async_to_sync
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from shutan.apps.accounts.demo import create_demo
from shutan.apps.accounts.models import User
from shutan.apps.duties import tasks as duties_tasks
from shutan.web import backup, operations, tasks


@pytest.fixture
def folder(tmp_path, monkeypatch, settings):
    monkeypatch.setenv("SHUTAN_DATA_DIR", str(tmp_path))
    settings.DATA_DIR = tmp_path
    return tmp_path


def found(name, now=None):
    by_name = {one.name: one for one in operations.checks(now or timezone.now())}
    return by_name[name]


def test_the_database_and_its_clock(db, folder):
    assert found("数据库|Database").state == "normal"
    assert "PostgreSQL" in found("数据库|Database").said
    assert found("时钟|Clock").state == "normal"
    with time_machine.travel(timezone.now() - timedelta(hours=1), tick=False):
        assert found("时钟|Clock").state == "blocked"


def test_a_missing_migration_is_seen(db, folder):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'duties'")
    assert "shutan migrate" in found("数据库|Database").said
    assert found("数据库|Database").state == "blocked"


def worker(silent_for):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s)", [silent_for])


@pytest.mark.parametrize(
    ("silent_for", "state"), [(None, "blocked"), (timedelta(minutes=3), "blocked"), (timedelta(0), "normal")]
)
def test_a_silent_worker_is_seen(db, folder, silent_for, state):
    if silent_for is not None:
        worker(silent_for)
    assert found("后台进程|Worker").state == state


def test_jobs_that_wait_or_failed_are_counted(db, folder):
    assert found("任务队列|Queue").state == "normal"
    duties_tasks.daily.defer(timestamp=0)
    assert found("任务队列|Queue").said == (
        "待执行 1，其中等待过久 0；失败 0|1 waiting, 0 of them for too long; 0 failed"
    )
    later = timezone.now() + timedelta(minutes=11)
    assert found("任务队列|Queue", later).state == "warning"
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'failed'")
    assert found("任务队列|Queue").state == "blocked"


@pytest.mark.parametrize(("free", "state"), [(15, "normal"), (14, "warning"), (5, "warning"), (4, "blocked")])
def test_a_disk_that_fills_is_seen(db, folder, monkeypatch, free, state):
    usage = type("Usage", (), {"total": 100 * 2**30, "free": free * 2**30})
    monkeypatch.setattr(operations.shutil, "disk_usage", lambda _path: usage)
    assert found("磁盘|Disk").state == state
    assert found("磁盘|Disk").said.endswith(f"{free}.0 GiB free ({free}%)")


def test_backups_and_drills_grow_old(db, folder):
    now = timezone.now()
    assert found("备份|Backup").state == "warning"
    backup.note(backup.Outcome("backup", now.astimezone(UTC).isoformat(), "/backups/1", holds=True))
    assert found("备份|Backup", now).state == "normal"
    assert found("备份|Backup", now + timedelta(days=2)).state == "normal"
    assert found("备份|Backup", now + timedelta(days=2, seconds=1)).state == "warning"
    assert found("恢复演练|Drill", now).state == "warning"
    backup.note(backup.Outcome("drill", now.isoformat(), "/backups/1", holds=False, said="plants: 0 | 1"))
    assert found("恢复演练|Drill", now).state == "blocked"
    assert found("恢复演练|Drill", now).said.count("|") == 1


def test_a_look_that_fails_hides_no_other(db, folder, monkeypatch):
    def broken(_now):
        """坏|Broken"""
        raise OSError("gone")

    monkeypatch.setattr(operations, "LOOKS", (broken, operations.database))
    first, second = operations.checks(timezone.now())
    assert (first.state, second.state) == ("blocked", "normal")
    assert "gone" in first.said


def test_the_page_is_the_province_administrators(client, db, folder):
    create_demo(timezone.now())
    for username, status in [("regulator-admin", 200), ("regulator", 403), ("carbon-admin", 403)]:
        client.force_login(User.objects.get(username=username))
        assert client.get(reverse("operations")).status_code == status
        assert client.get("/api/v1/operations").status_code == status
    client.force_login(User.objects.get(username="regulator-admin"))
    client.cookies["django_language"] = "en"
    page = client.get(reverse("operations")).content.decode()
    assert "None yet: run shutan backup" in page
    answer = client.get("/api/v1/operations").json()
    assert {one["state"] for one in answer} <= {"normal", "warning", "blocked"}
    assert len(answer) == len(operations.checks(timezone.now()))


@pytest.mark.parametrize(("silent_for", "given_back"), [(timedelta(minutes=5), 1), (timedelta(0), 0)])
def test_a_job_whose_worker_died_is_given_to_another(db, folder, silent_for, given_back):
    worker(silent_for)
    duties_tasks.daily.defer(timestamp=0)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = (SELECT max(id) FROM procrastinate_workers)"
        )
    assert async_to_sync(tasks.retry_stalled.func)(timestamp=0) == given_back
    with connection.cursor() as cursor:
        cursor.execute("SELECT status FROM procrastinate_jobs")
        assert cursor.fetchall() == [("todo" if given_back else "doing",)]


def test_the_daily_task_reminds(db, folder, monkeypatch):
    done = []
    monkeypatch.setattr(duties_tasks.calendars, "sync_all", lambda **given: done.append(("sync", given)))
    monkeypatch.setattr(duties_tasks.reminding, "run", lambda **given: done.append(("remind", given)))
    # 22:00 UTC is the next day in Beijing.
    with time_machine.travel("2026-11-22T22:00:00+00:00", tick=False):
        duties_tasks.daily(timestamp=0)
    assert [name for name, _ in done] == ["sync", "remind"]
    assert {str(given["today"]) for _, given in done} == {"2026-11-23"}
