"""Archives: everything of one's own or what was filed, in one file that proves itself offline; made anew where a worker died."""

import errno
import hashlib
import json

import pytest
from archives_helpers import LEDGER, NOW, ask, made, opened
from click.testing import CliRunner
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import connection

from shutan.apps.accounts.models import LogEntry
from shutan.apps.archives import actions, asking, making, queries, worklist
from shutan.apps.archives.models import Archive
from shutan.apps.common import files
from shutan.apps.common.refusals import FaultsError
from shutan.cli.evidence import evidence

pytestmark = pytest.mark.django_db
MONTH = "2025/power/months/01-v1"


def names(archive):
    with opened(archive) as packed:
        return set(packed.namelist())


def test_everything_of_ones_own_with_digests_that_are_right(people, home, month, report):
    actions.keep(people["filler"], home, LEDGER, now=NOW)
    archive = made(people["filler"], home)
    with opened(archive) as packed:
        sums = dict(reversed(one.split("  ", 1)) for one in packed.read("SHA256SUMS").decode().splitlines())
        for path, digest in sums.items():
            assert hashlib.sha256(packed.read(path)).hexdigest() == digest
        found = set(packed.namelist())
        index = {name: packed.read(f"index.{name}.html").decode() for name in ("zh", "en")}
        values = json.loads(packed.read(f"{MONTH}/values.json"))
    assert {f"{MONTH}/values.csv", "2025/power/months/02-v1/values.json"} <= found
    at = "2024/power/reports/v1"
    assert {f"{at}/json.json", f"{at}/files/coal.xlsx"} <= found
    assert {"tables/filing.filedvalue.csv", "tables/archives.paper.csv", "index.en.xlsx", "keys.txt"} <= found
    assert LEDGER["title"] in index["zh"]
    assert "on paper only" in index["en"]
    assert any(one["variable"] == "fuel_consumption_reported" for one in values["values"])
    assert (archive.state, archive.faults, archive.made) == ("done", 0, archive.total)
    rest = {
        "README.txt",
        "SHA256SUMS",
        "keys.txt",
        *(f"index.{name}.{kind}" for name in index for kind in ("html", "xlsx")),
    }
    assert found - rest == set(sums)


def test_receipts_hold_offline_with_their_files(people, home, month, report, tmp_path):
    archive = made(people["filler"], home)
    with opened(archive) as packed:
        packed.extractall(tmp_path)
    folders = [tmp_path / MONTH, tmp_path / "2024/power/reports/v1"]
    for folder in folders:
        (receipt,) = folder.glob("receipt-*.json")
        papers = [str(one) for one in (folder / "files").iterdir()]
        told = ["verify", str(receipt), *papers, "--keys", str(tmp_path / "keys.txt")]
        assert CliRunner().invoke(evidence, told).exit_code == 0
        (folder / "files" / papers[0]).write_bytes(b"%PDF-1.4 another")
        assert CliRunner().invoke(evidence, told).exit_code != 0


def test_an_inspection_gets_what_was_filed_and_only_that(people, home, month, report):
    archive = made(people["city"], home, "inspection")
    found = names(archive)
    assert {
        f"{MONTH}/values.json",
        *(f"2024/power/reports/v1/{one}" for one in ("xlsx.xlsx", "pdf.pdf")),
    } <= found
    assert not any("02-v1" in one or one.startswith("tables/") for one in found)
    narrow = names(made(people["officer"], home, "inspection", 2025, 2025, month=1))
    assert not any(one.startswith("2024") for one in narrow)
    assert {queries.archives(people[who]).count() for who in ("filler", "officer", "city")} == {2}
    made(people["filler"], home)
    assert [queries.archives(people[who]).count() for who in ("filler", "city", "far_city", "other")] == [
        3,
        2,
        0,
        0,
    ]


def test_who_may_ask(people, home):
    for who in ("other", "far_city", "service"):
        with pytest.raises(PermissionDenied):
            ask(people[who], home, "inspection")
    with pytest.raises(FaultsError):  # an authority is not offered everything of an enterprise
        ask(people["officer"], home, "own")
    for wrong in ({"first": 2026, "last": 2025}, {"month": 3}, {"reason": ""}, {"need": "x"}, {"first": "x"}):
        with pytest.raises(FaultsError):
            ask(people["officer"], home, "inspection", **wrong)
    assert not Archive.objects.exists()


def test_a_second_click_finds_the_first_and_the_job_stands_once(people, home):
    one = ask(people["filler"], home)
    assert ask(people["reviewer"], home) == one
    assert ask(people["reviewer"], home, "inspection") != one
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'archives.make'")
        assert cursor.fetchone() == (2,)


def test_a_worker_that_died_begins_anew_and_one_that_is_done_is_left(people, home, month):
    asked = ask(people["filler"], home)
    Archive.objects.filter(pk=asked.pk).update(state="running", made=3)  # killed in the middle
    default_storage.save(asked.place, files.ContentFile(b"half"))  # while it was copying
    done = making.make(asked.pk, NOW)
    assert (done.state, opened(done).testzip()) == ("done", None)
    stored = done.sha256
    assert making.make(asked.pk, NOW).sha256 == stored


def test_a_full_disk_is_told_and_leaves_nothing(people, home, month, monkeypatch):
    def full(*_told):
        raise OSError(errno.ENOSPC, "No space left on device")

    asked = ask(people["filler"], home)
    monkeypatch.setattr(making, "_store", full)
    with pytest.raises(OSError, match="No space"):
        making.make(asked.pk, NOW)
    asked.refresh_from_db()
    assert (asked.state, default_storage.exists(asked.place)) == ("failed", False)
    monkeypatch.undo()
    again = ask(people["filler"], home)
    assert again != asked
    assert making.make(again.pk, NOW).state == "done"


def test_a_file_that_is_gone_is_named_and_the_rest_is_there(people, home, report):
    default_storage.delete(files.place(report.source.sha256))
    archive = made(people["filler"], home)
    assert archive.faults == 1
    with opened(archive) as packed:
        assert "2024/power/reports/v1/files/coal.xlsx" in packed.read("index.en.html").decode()
        assert "coal.xlsx" not in packed.read("SHA256SUMS").decode()


def test_files_are_dropped_after_a_while(people, home):
    archive = made(people["filler"], home)
    assert making.drop(NOW) == 0
    assert making.drop(NOW.replace(year=2030)) == 1
    archive.refresh_from_db()
    assert (archive.state, archive.size, default_storage.exists(archive.place)) == ("done", 0, False)


def test_who_asked_is_told_until_it_is_taken(people, home, month):
    def told():
        return [one.state for one in worklist.tasks(people["filler"], NOW)]

    assert told() == []
    archive = made(people["filler"], home)
    assert told() == ["info"]
    asking.take(people["filler"], archive, now=NOW)
    assert told() == []
    Archive.objects.filter(pk=archive.pk).update(state="failed")
    assert told() == ["warning"]
    assert list(worklist.tasks(people["reviewer"], NOW)) == []


def test_pages_and_programs(client, people, home, month):
    client.force_login(people["filler"])
    page = f"/records/{home.pk}/archives"
    assert client.post(page, {"purpose": "own", "first_year": "x", "last_year": 2024}).status_code == 422
    assert client.post(page, {"purpose": "own", "first_year": 2024, "last_year": 2025}).status_code == 302
    archive = Archive.objects.get()
    assert "hx-trigger" in client.get(f"/archives/{archive.pk}").content.decode()
    assert client.get(f"/archives/{archive.pk}/file").status_code == 404
    making.make(archive.pk, NOW)
    assert f"/archives/{archive.pk}/file" in client.get(page).content.decode()
    sent = client.get(f"/archives/{archive.pk}/file")
    assert sent.headers["Content-Type"] == "application/zip"
    assert b"".join(sent)[:2] == b"PK"
    assert LogEntry.objects.filter(action="archives.take").count() == 1
    told = {"purpose": "inspection", "first_year": 2024, "last_year": 2025, "reason": "检查"}
    asked = client.post("/api/v1/archives", told, content_type="application/json")
    assert asked.status_code == 202
    assert client.get(f"/api/v1/archives/{asked.json()['id']}").json()["state"] == "waiting"
    assert len(client.get("/api/v1/archives").json()) == 2
    for who in (
        "other",
        "far_city",
        "city",
    ):  # one's own everything is nobody else's, not even the authority's
        client.force_login(people[who])
        assert client.get(f"/archives/{archive.pk}/file").status_code == 404
        assert client.get(f"/api/v1/archives/{archive.pk}/file").status_code == 404
