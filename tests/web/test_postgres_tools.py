"""A backup taken while the server runs can be restored into another database."""

import shutil
import tempfile
from pathlib import Path

import pytest

from shutan.web import postgres_tools
from shutan.web.postgres import PostgresError, ensure_server


@pytest.fixture
def home():
    root = Path(tempfile.mkdtemp(prefix="shutan-tools-"))
    root.chmod(0o755)
    yield root / "postgres"
    shutil.rmtree(root)


def test_a_dump_is_restored_with_its_chinese_rows(home, tmp_path):
    server = ensure_server(home, fast_unsafe=True)
    server.create_database("shutan")
    with server.connect("shutan") as connection:
        connection.execute("CREATE TABLE plants AS SELECT '示例电厂' AS name")
    dump = str(tmp_path / "备份 1.dump")
    assert postgres_tools.run("pg_dump", ["--format=custom", "--file", dump], home) == 0
    server.create_database("restored")
    assert postgres_tools.run("pg_restore", ["--exit-on-error", "--dbname=restored", dump], home) == 0
    with server.connect("restored") as connection:
        assert connection.execute("SELECT name FROM plants").fetchone() == ("示例电厂",)
    server.leave()


def test_failures_are_told(home, monkeypatch, capfd):
    monkeypatch.setattr(postgres_tools, "default_data_dir", lambda: home)
    server = ensure_server(home, fast_unsafe=True)
    with pytest.raises(PostgresError, match=r"pg_dmp.*there are.*pg_dump"):
        postgres_tools.run("pg_dmp", [], home)
    monkeypatch.setattr("sys.argv", ["postgres_tools", "psql", "-c", "SELECT nothing"])
    assert postgres_tools.main() == 1
    monkeypatch.setattr("sys.argv", ["postgres_tools", "pg_dmp"])
    assert postgres_tools.main() == 2
    monkeypatch.setattr("sys.argv", ["postgres_tools"])
    assert postgres_tools.main() == 2
    assert "pg_dump -Fc" in capfd.readouterr().err
    server.leave()
