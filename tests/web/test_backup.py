"""A backup is whole or not there; a restored one has every row; a changed one is refused."""

import json
import shutil
import tarfile
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from shutan.web import backup
from shutan.web.postgres import ensure_server

NOW = datetime(2026, 11, 22, 6, 30, tzinfo=UTC)


@pytest.fixture
def site(monkeypatch):
    """A small site: a database with a table, a file, a secret, and things a backup leaves out."""
    root = Path(tempfile.mkdtemp(prefix="shutan-backup-"))
    root.chmod(0o755)
    home = root / "var"
    (home / "files" / "ab").mkdir(parents=True)
    (home / "files" / "ab" / "scan").write_bytes(b"%PDF-1.7 scan")
    (home / "secret_key").write_text("secret")
    (home / "static").mkdir()
    (home / "static" / "app.js").write_text("made anew")
    monkeypatch.setenv("SHUTAN_DATA_DIR", str(home))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    server = ensure_server(home / "postgres", fast_unsafe=True)
    server.create_database("shutan")
    with server.connect("shutan") as connection:
        connection.execute("CREATE TABLE plants AS SELECT '示例电厂' AS name")
    yield home
    server.leave()
    shutil.rmtree(root)


def test_a_backup_is_restored_whole(site):
    made = backup.make(site / "backups", now=NOW)
    assert made.name == "shutan-20261122T063000Z"
    with tarfile.open(made / "data.tar") as packed:
        assert sorted(one for one in packed.getnames() if "." not in one) == [
            "files",
            "files/ab",
            "files/ab/scan",
            "secret_key",
        ]
    manifest = backup.read(made)
    assert (manifest.rows, manifest.files) == ({"plants": 1}, 2)

    restored = site.parent / "restored"
    backup.restore(made, restored)
    assert (restored / "files/ab/scan").read_bytes() == b"%PDF-1.7 scan"
    assert backup.differences(manifest, restored) == []
    server = ensure_server(restored / "postgres", fast_unsafe=True)
    with server.connect("shutan") as connection:
        assert connection.execute("SELECT name FROM plants").fetchone() == ("示例电厂",)
        connection.execute("DELETE FROM plants")
    server.leave()
    assert backup.differences(manifest, restored) == ["plants: 0 ≠ 1"]
    with pytest.raises(backup.BackupError, match="is not empty"):
        backup.restore(made, restored)


@pytest.mark.parametrize("name", ["database.dump", "data.tar"])
def test_a_changed_backup_is_refused(site, name):
    made = backup.make(site / "backups", now=NOW)
    data = bytearray((made / name).read_bytes())
    data[len(data) // 2] ^= 1
    (made / name).write_bytes(data)
    with pytest.raises(backup.BackupError, match="is not what was written"):
        backup.restore(made, site.parent / "restored")
    assert not (site.parent / "restored").exists()


@pytest.mark.parametrize("said", ["", "{}", '{"made_at": 1}'])
def test_what_is_no_backup_is_refused(tmp_path, said):
    (tmp_path / "manifest.json").write_text(said)
    with pytest.raises(backup.BackupError, match="is no whole backup"):
        backup.read(tmp_path)


def test_a_full_disk_leaves_no_half_backup(site, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "_pack", full)
    with pytest.raises(backup.BackupError, match="No space left"):
        backup.make(site / "backups", now=NOW)
    assert list((site / "backups").iterdir()) == []
    assert backup.journal() == []


def test_a_failing_program_is_told_and_leaves_nothing(site, monkeypatch):
    (site / "empty").mkdir()

    def failing(command):
        raise backup.BackupError(f"{Path(command[0]).name} 失败|{Path(command[0]).name} failed")

    monkeypatch.setattr(backup, "_run", failing)
    with pytest.raises(backup.BackupError, match="pg_dump failed"):
        backup.make(site / "backups", now=NOW)
    assert backup.backups(site / "backups") == []


def test_old_backups_go_and_half_ones_are_none(site):
    target = site / "backups"
    (target / "shutan-20200101T000000Z.partial").mkdir(parents=True)
    (target / "shutan-20200101T000000Z.partial" / "manifest.json").write_text("{}")
    made = [backup.make(target, now=NOW + timedelta(days=days), keep=2) for days in range(3)]
    assert backup.backups(target) == made[1:]
    with pytest.raises(backup.BackupError, match="already"):
        backup.make(target, now=NOW + timedelta(days=2))
    assert [one.place for one in backup.journal()] == [str(one) for one in made]


def test_a_torn_journal_spoils_nothing(site):
    (site / "backups.json").write_text("[{")
    assert backup.journal() == []
    backup.make(site / "backups", now=NOW)
    assert [one.kind for one in backup.journal()] == ["backup"]
    assert json.loads((site / "backups.json").read_text())[0]["holds"] is True
