"""Keys, signed checkpoints, receipts and the download; what they say is checked by the offline commands."""

import datetime as dt
import io
import json
import stat

import pytest
from click.testing import CliRunner
from reporting_helpers import NOW

from shutan.apps.evidence import checkpoints, download, keys, receipts, sequencing, store
from shutan.apps.evidence.models import Checkpoint, Key, Record
from shutan.cli import cli
from shutan.evidence import audit as auditing
from shutan.evidence.checkpoint import parse
from shutan.evidence.keys import ED25519, SM2
from shutan.evidence.receipts import parse as parse_receipt
from shutan.evidence.tree import ALGORITHMS, Head, check_consistency

LATER = NOW + dt.timedelta(hours=1)


@pytest.fixture(autouse=True)
def key_folder(settings, tmp_path):
    settings.EVIDENCE_KEYS = tmp_path / "keys"
    settings.EVIDENCE_LOG = "test.example/log"
    return tmp_path / "keys"


def unpacked(tmp_path):
    place = tmp_path / "log.zip"
    place.write_bytes(b"".join(download.archive()))
    return place


def test_a_key_is_made_once_and_is_nobody_elses(key_folder):
    (first,) = keys.signers("test.example/log")
    assert keys.signers("another name") == [first]
    assert stat.S_IMODE((key_folder / keys.ED25519_FILE).stat().st_mode) == 0o600
    assert [one.name for one in key_folder.iterdir()] == [keys.ED25519_FILE]
    (key_folder / keys.ED25519_FILE).write_text("half a ke")
    with pytest.raises(keys.KeyFileError):
        keys.signers("test.example/log")


def test_sm2_signs_too_where_asked_for(add, settings):
    settings.EVIDENCE_SM2 = True
    add(3)
    made = checkpoints.make(now=NOW)
    known = checkpoints.public_keys()
    assert [key.kind for key in known] == [ED25519, SM2]
    assert parse(made.text).check(known) == list(known)


def test_a_checkpoint_is_made_when_the_log_has_grown(add):
    assert checkpoints.make(now=NOW) is None
    add(2)
    first = checkpoints.make(now=NOW)
    assert (first.size, first.at) == (2, NOW)
    assert checkpoints.make(now=LATER) == first
    add(1)
    assert checkpoints.make(now=LATER).size == 3
    assert Key.objects.count() == 1


def test_a_clock_set_back_dates_nothing_back(add, tmp_path):
    add(1)
    checkpoints.make(now=LATER)
    add(1)
    assert checkpoints.make(now=NOW).at == LATER
    assert auditing.audit(auditing.read(unpacked(tmp_path))).faults == ()


def test_the_logs_name_stays_whatever_the_site_is_set_to(add, settings):
    add(1)
    checkpoints.make(now=NOW)
    settings.EVIDENCE_LOG = "other.example/log"
    add(1)
    assert parse(checkpoints.make(now=LATER).text).origin == "test.example/log"


def test_a_new_key_leaves_the_old_checkpoints_checkable(add, key_folder, tmp_path):
    add(1)
    checkpoints.make(now=NOW)
    (key_folder / keys.ED25519_FILE).unlink()
    add(1)
    checkpoints.make(now=LATER)
    log = auditing.read(unpacked(tmp_path))
    assert len(log.keys) == 2
    assert auditing.audit(log).faults == ()


def test_a_shorter_log_is_not_signed(add):
    add(1)
    Checkpoint.objects.create(size=5, at=NOW, text="")
    with pytest.raises(sequencing.BrokenLogError):
        checkpoints.make(now=LATER)


def test_receipt_and_download_hold_offline(report, files, tmp_path, key_folder):
    """The whole way: submit, receipt, files and log to a disk, then commands that know no database."""
    record = Record.objects.get()
    made = receipts.receipt(record, now=LATER)
    assert receipts.receipt(record, now=LATER + dt.timedelta(days=1)) == made
    (tmp_path / "receipt.json").write_text(json.dumps(made.json(), ensure_ascii=False), "utf-8")
    (tmp_path / "keys.txt").write_text("".join(f"{one}\n" for one in checkpoints.public_keys()))
    for name, digest in (("coal.xlsx", report.source.sha256), ("scan.pdf", report.declaration.sha256)):
        (tmp_path / name).write_bytes((files / "sources" / digest[:2] / digest).read_bytes())
    held = [str(tmp_path / name) for name in ("receipt.json", "coal.xlsx", "scan.pdf")]
    run = CliRunner().invoke
    answer = run(cli, ["evidence", "verify", *held, "--keys", str(tmp_path / "keys.txt")])
    assert answer.exit_code == 0, answer.output
    (tmp_path / "coal.xlsx").write_bytes(b"another workbook")
    answer = run(cli, ["evidence", "verify", *held, "--keys", str(tmp_path / "keys.txt")])
    assert answer.exit_code == 1
    assert "coal.xlsx" in answer.output
    log = unpacked(tmp_path)
    audited = [
        "evidence",
        "audit",
        str(log),
        "--keys",
        str(tmp_path / "keys.txt"),
        "--receipt",
        held[0],
        "--json",
    ]
    answer = run(cli, audited)
    assert answer.exit_code == 0, answer.output
    assert json.loads(answer.output)["records"] == 1


def test_a_log_of_many_pieces_is_whole(add, tmp_path, monkeypatch):
    monkeypatch.setattr(download, "CHUNK", 3)
    add(7)
    checkpoints.make(now=NOW)
    add(1)  # not placed yet: not in the download
    log = auditing.read(unpacked(tmp_path))
    assert len(log.entries) == 7
    assert auditing.audit(log).faults == ()


def test_every_size_is_consistent_with_every_later_one(add):
    add(9)
    sequencing.sequence(batch=4)
    for new in range(10):
        for old in range(new + 1):
            proof = receipts.consistency_proof(old, new)
            for name in ALGORITHMS:
                heads = [Head(size, store.roots(size)[name]) for size in (old, new)]
                check_consistency(name, *heads, [bytes.fromhex(part) for part in proof[name]])


def test_pages_and_api_for_anybody(client, add):
    for address in ("/evidence/", "/evidence/keys.txt", "/evidence/log.zip", "/api/v1/evidence"):
        assert client.get(address).status_code == 200, address
    assert client.get("/evidence/checkpoints/latest.txt").status_code == 404
    add(5)
    made = checkpoints.make(now=NOW)
    assert client.get("/evidence/checkpoints/latest.txt").content.decode() == made.text
    assert client.get("/evidence/checkpoints/5.txt").content.decode() == made.text
    assert client.get("/evidence/checkpoints/4.txt").status_code == 404
    packed = b"".join(client.get("/evidence/log.zip").streaming_content)
    assert packed == b"".join(download.archive())
    for language, word in (("zh-hans", "存证日志"), ("en", "Evidence log")):
        page = client.get("/evidence/", headers={"Accept-Language": language}).content.decode()
        assert word in page
        assert str(checkpoints.public_keys()[0]) in page
    assert client.get("/api/v1/evidence").json()["size"] == 5
    assert client.get("/api/v1/evidence/checkpoints").json()["count"] == 1
    assert len(client.get("/api/v1/evidence/consistency?old=3&new=5").json()["sm3"]) > 0
    assert client.get("/api/v1/evidence/consistency?old=3&new=6").status_code == 422


def test_a_receipt_is_for_who_may_see_its_subject(client, report, people):
    record = Record.objects.get()
    for name, sees in (("filler", True), ("officer", True), ("other", False), ("public", False)):
        client.force_login(people[name])
        assert client.get(f"/evidence/records/{record.pk}/receipt").status_code == (200 if sees else 404), (
            name
        )
        listed = client.get("/api/v1/evidence/records").json()
        assert listed["count"] == int(sees)
        page = client.get("/evidence/records").content.decode()
        assert (report.title in page) == sees
        if sees:
            address = f"/evidence/records?subject=reporting.report/{report.pk}"
            assert address in client.get(f"/reports/{report.pk}").content.decode()
            assert report.title in client.get(address).content.decode()
    client.logout()
    assert client.get(f"/evidence/records/{record.pk}/receipt").status_code == 404
    client.force_login(people["filler"])
    held = parse_receipt(client.get(f"/evidence/records/{record.pk}/receipt").content.decode())
    assert held.faults(checkpoints.public_keys()) == []
    given = client.get(f"/api/v1/evidence/records/{record.pk}/receipt").json()
    assert parse_receipt(json.dumps(given)) == held
    for address, count in (
        (f"reporting.report/{report.pk}", 1),
        ("reporting.report/0", 0),
        ("nonsense/²", 0),
    ):
        assert client.get("/api/v1/evidence/records", {"subject": address}).json()["count"] == count


def test_no_zip_is_named(tmp_path):
    bad = tmp_path / "bad.zip"
    bad.write_bytes(io.BytesIO(b"PK nothing").getvalue())
    with pytest.raises(auditing.DownloadError):
        auditing.read(bad)
