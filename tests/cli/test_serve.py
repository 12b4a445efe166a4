"""`shutan serve` as a process: it comes up, says who it is, refuses a taken port in one line and goes cleanly."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psycopg
import pytest

from shutan.web.postgres_place import account_for, reachable_home, socket_folder

SHUTAN = [sys.executable, "-c", "from shutan.cli import main; main()"]
PATIENCE = 300  # seconds; a machine with other work takes its time over the tables


@pytest.fixture
def environment(tmp_path):
    return {
        **os.environ,
        "SHUTAN_DATA_DIR": str(tmp_path / "var"),
        "SHUTAN_FAST_UNSAFE_DATABASE": "1",
        "SHUTAN_PLAIN_STATIC": "1",
        "DJANGO_SETTINGS_MODULE": "shutan.web.settings",
        "LC_ALL": "zh_CN.UTF-8",
    }


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port):
    with (
        contextlib.suppress(OSError),
        urllib.request.urlopen(f"http://127.0.0.1:{port}/_/health", timeout=2) as got,
    ):
        return got.status == 200
    return False


def states(environment):
    """What `shutan health` says of each thing."""
    call = [*SHUTAN, "health", "--json"]
    done = subprocess.run(call, env=environment, capture_output=True, text=True, timeout=60, check=False)
    return {one["name"]: one["state"] for one in json.loads(done.stdout)}


@pytest.mark.xdist_group("serve")
def test_serve_comes_up_and_goes(environment):
    port = free_port()
    command = [*SHUTAN, "serve", "--port", str(port), "--workers", "1"]
    serving = subprocess.Popen(
        command,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,  # so that a failing test can end the web's processes too, which hold the pipe
    )
    try:
        deadline = time.monotonic() + PATIENCE
        while not answers(port):
            assert serving.poll() is None, serving.stdout.read()
            assert time.monotonic() < deadline, "it does not come up"
            time.sleep(0.2)

        # A fork would inherit Polars' threads dead: the first upload after `serve --demo` would never be answered.
        mothers = subprocess.run(
            ["ps", "-ww", "-o", "args=", "--ppid", str(serving.pid)],
            capture_output=True,
            text=True,
            check=True,
        )
        assert "spawn_main" in mothers.stdout

        # The web's connections are the application's, whom the tables do not belong to.
        home = reachable_home(Path(environment["SHUTAN_DATA_DIR"]) / "postgres")
        with psycopg.connect(
            host=str(socket_folder(home, account_for(home))), user="shutan", dbname="shutan"
        ) as connection:
            answer = connection.execute(
                "SELECT DISTINCT usename FROM pg_stat_activity WHERE datname = 'shutan' AND pid <> pg_backend_pid()"
            )
            assert answer.fetchall() == [("shutan_application",)]
            answer = connection.execute(
                "SELECT bool_or(has_table_privilege('shutan_application', oid, 'TRUNCATE, TRIGGER, REFERENCES')),"
                " bool_or(relowner = 'shutan_application'::regrole) FROM pg_class WHERE relkind = 'r'"
            )
            assert answer.fetchall() == [(False, False)]

        while states(environment).get("后台进程|Worker") != "normal":
            assert time.monotonic() < deadline, "the worker does not come up"

        second = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=60, check=False
        )
        assert second.returncode == 1
        assert second.stderr.strip() == f"蜀碳已在 http://localhost:{port} 运行。"

        serving.send_signal(signal.SIGTERM)
        out, _ = serving.communicate(timeout=30)
        assert serving.returncode == 0, out
        assert f"http://localhost:{port}" in out
        assert "Traceback" not in out
        assert not answers(port)
    finally:
        if serving.poll() is None:
            os.killpg(serving.pid, signal.SIGKILL)
            serving.communicate(timeout=30)


@pytest.mark.xdist_group("serve")
def test_a_backup_is_made_tried_and_restored(environment, tmp_path):
    def shutan(*words, into="var"):
        given = environment | {"SHUTAN_DATA_DIR": str(tmp_path / into)}
        call = [*SHUTAN, "--language", "en", *words]
        return subprocess.run(call, env=given, capture_output=True, text=True, timeout=PATIENCE, check=False)

    nothing = shutan("drill")
    assert (nothing.returncode, nothing.stderr.strip()) == (
        1,
        "There is no backup yet: run shutan backup first.",
    )
    assert shutan("migrate").returncode == 0
    made = json.loads(shutan("backup", "--json").stdout)
    assert made["rows"] > 100  # migrations and permissions
    drill = json.loads(shutan("drill", "--json").stdout)
    assert (drill["holds"], drill["differs"], drill["backup"]) == (True, [], made["backup"])
    assert "Restored" in shutan("restore", made["backup"], into="elsewhere").stdout
    assert shutan("restore", made["backup"], into="elsewhere").returncode == 1
    told = states(environment | {"SHUTAN_DATA_DIR": str(tmp_path / "elsewhere")})
    assert told["数据库|Database"] == "normal"  # every migration is known there
    assert states(environment)["恢复演练|Drill"] == "normal"

    Path(made["backup"], "database.dump").write_bytes(b"something else")
    refused = shutan("drill")
    assert refused.returncode == 1
    assert "is not what was written" in refused.stderr


def test_a_port_that_others_hold(environment):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        command = [*SHUTAN, "--language", "en", "serve", "--port", str(port)]
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=60, check=False
        )
    assert done.returncode == 1
    assert f"Port {port} cannot be used" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("language", "words"), [("zh", "DATABASE_URL 不对"), ("en", "must start with postgresql://")]
)
def test_an_impossible_database_url(environment, language, words):
    environment["DATABASE_URL"] = "mysql://somewhere/else"
    command = [*SHUTAN, "--language", language, "migrate"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_that_is_not_there(environment):
    environment["DATABASE_URL"] = f"postgresql://nobody@127.0.0.1:{free_port()}/nothing"
    done = subprocess.run(
        [*SHUTAN, "migrate"], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 1
    assert "数据库不可用" in done.stderr
    assert "Traceback" not in done.stderr
