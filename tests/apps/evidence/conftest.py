"""Organisations, people, a submitted report and a log of the test's own."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # helpers are imported by name
sys.path.insert(0, str(Path(__file__).parents[1] / "reporting"))

from reporting_helpers import NOW, create, organisation, submit, user

from shutan.apps.accounts.models import Kind, Role
from shutan.apps.evidence.models import Record
from shutan.evidence import records


@pytest.fixture
def files(settings, tmp_path):
    """A folder of files of this test's own."""
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "files")},
        }
    }
    return tmp_path / "files"


@pytest.fixture
def people(db):
    one, two = organisation("甲电厂"), organisation("乙电厂", division="510500")
    return {
        "filler": user("filler", one, Role.FILLER),
        "reviewer": user("reviewer", one, Role.REVIEWER),
        "other": user("other", two, Role.RESPONSIBLE),
        "officer": user("officer", organisation("省厅", Kind.PROVINCE, "510000"), Role.OFFICER),
        "public": user("public", organisation("公众", Kind.PUBLIC), Role.MEMBER),
    }


@pytest.fixture
def report(people, files):
    """A submitted report of the first enterprise."""
    made = create(people["filler"]).report
    return submit(people["reviewer"], made)


@pytest.fixture
def add(db):
    """`add(count)` puts records of no subject into the table, as committed actions leave them."""

    def put(count):
        start = Record.objects.count()
        made = []
        for number in range(start, start + count):
            content = records.record("test.act", f"test.thing/{number}", at=NOW, facts={"number": number})
            salt = records.new_salt()
            made.append(
                Record(
                    at=NOW,
                    kind="test.act",
                    subject_type="test.thing",
                    subject_pk=number,
                    subject_label=f"thing {number}",
                    version=1,
                    content=content,
                    salt=salt,
                    entry=records.entry(content, salt),
                )
            )
        return Record.objects.bulk_create(made)

    return put
