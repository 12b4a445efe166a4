"""`shutan evidence`: what it says of honest files, of each changed one, and of files that are something else."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from click.testing import CliRunner

from shutan.cli import cli
from shutan.evidence.audit import Download, write
from shutan.evidence.checkpoint import Checkpoint
from shutan.evidence.keys import Ed25519Signer
from shutan.evidence.receipts import make_receipt
from shutan.evidence.records import entry, file_digest, new_salt, record
from shutan.evidence.tree import ALGORITHMS, leaf_hash, root, stored

NOW = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)


@pytest.fixture
def folder(tmp_path):
    """A downloaded log of three records, a receipt of the second with its file, and the key from elsewhere."""
    signer = Ed25519Signer.new("test.example/log")
    (tmp_path / "report.xlsx").write_bytes(b"the report")
    files = {"report.xlsx": file_digest(b"the report")}
    records = [record("reporting.submit", f"report/{at}", at=NOW, files=files) for at in range(3)]
    salts = [new_salt() for _ in records]
    entries = tuple(map(entry, records, salts))
    trees = {name: stored([leaf_hash(name, one) for one in entries], name) for name in ALGORITHMS}
    gets = {name: (lambda *at, _tree=tree: _tree[at]) for name, tree in trees.items()}
    roots = {name: root(name, 3, gets[name]) for name in ALGORITHMS}
    point = Checkpoint("test.example/log", 3, roots, NOW).signed(signer)
    write(tmp_path / "log", Download(entries, (point,), (signer.public,)))
    receipt = make_receipt(records[1], salts[1], 1, point, gets)
    (tmp_path / "receipt.json").write_text(json.dumps(receipt.json()))
    (tmp_path / "keys.txt").write_text(f"{signer.public}\n")
    (tmp_path / "kept.txt").write_bytes(str(point).encode())
    return tmp_path


def call(*words, language="en"):
    return CliRunner().invoke(cli, ["--language", language, "evidence", *map(str, words)])


def verify(folder, *words, **options):
    return call("verify", folder / "receipt.json", *words, "--keys", folder / "keys.txt", **options)


def test_a_receipt_and_its_file_hold(folder):
    done = verify(folder, folder / "report.xlsx")
    assert done.exit_code == 0, done.output
    assert "reporting.submit report/1" in done.stdout
    assert "record 1 of 3 of the log test.example/log" in done.stdout
    assert "holds: content and 1 files are as recorded" in done.stdout
    assert "成立" in verify(folder, language="zh").stdout
    given = json.loads(verify(folder, "--json").stdout)
    assert (given["holds"], given["subject"], given["faults"]) == (True, "report/1", [])


def test_a_changed_file_and_a_changed_content_are_named(folder):
    (folder / "report.xlsx").write_bytes(b"another")
    done = verify(folder, folder / "report.xlsx")
    assert done.exit_code == 1
    assert "✗ report.xlsx differs from what was recorded" in done.stdout
    given = json.loads((folder / "receipt.json").read_text())
    given["content"]["version"] = 2
    (folder / "receipt.json").write_text(json.dumps(given))
    done = verify(folder, "--json")
    assert done.exit_code == 1
    assert [one["code"] for one in json.loads(done.stdout)["faults"]] == ["proof", "proof"]
    assert "回执或内容被改动" in verify(folder, language="zh").stdout


def test_an_honest_log_and_the_warning_without_keys(folder):
    done = call("audit", folder / "log")
    assert done.exit_code == 0, done.output
    assert "Note: without --keys" in done.stdout
    assert "holds: 3 records, 1 checkpoints" in done.stdout
    done = call(
        "audit", folder / "log", "--since", folder / "kept.txt", "--keys", folder / "keys.txt",
        "--receipt", folder / "receipt.json",
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    assert "Note" not in done.stdout


def test_a_rewritten_log_is_found(folder):
    path = folder / "log" / "entries.txt"
    lines = path.read_text().splitlines()
    path.write_text("\n".join([lines[0], "00" * 64, lines[2]]) + "\n")
    done = call("audit", folder / "log", "--receipt", folder / "receipt.json", "--json")
    assert done.exit_code == 1
    given = json.loads(done.stdout)
    assert [one["code"] for one in given["faults"]] == ["rewritten", "receipt"]
    assert given["own_keys"] is True
    assert "历史被改写" in call("audit", folder / "log", language="zh").stdout


def test_other_files_are_refused_in_words(folder):
    odd = folder / "report.xlsx"
    odd.write_bytes(b"\xff\xfe")
    empty = folder / "empty.txt"
    empty.write_text("")
    cases = [
        (("verify", odd, "--keys", folder / "keys.txt"), "no text file"),
        (("verify", folder / "keys.txt", "--keys", folder / "keys.txt"), "no receipt"),
        (("verify", folder / "receipt.json", "--keys", folder / "receipt.json"), "no file of public keys"),
        (("verify", folder / "receipt.json", "--keys", empty), "holds no key"),
        (("audit", folder), "no download of a log"),
        (("audit", folder / "log", "--since", folder / "keys.txt"), "no checkpoint"),
    ]
    for words, expected in cases:
        done = call(*words)
        assert done.exit_code == 1, words
        assert expected in done.stderr
    assert call("verify", folder / "receipt.json").exit_code == 2
