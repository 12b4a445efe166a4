"""What the tests of records and archives share."""

import datetime as dt
import io
import zipfile

from django.core.files.storage import default_storage

from shutan.apps.archives import asking, making
from shutan.apps.archives.models import Line
from shutan.apps.archives.views_archives import form_for

NOW = dt.datetime(2026, 3, 1, 4, tzinfo=dt.UTC)
LEDGER = {"kind": "ledger", "number": "TZ-01", "title": "入炉煤台账", "year": 2025, "place": "档案室3柜"}


def ask(person, home, purpose="own", first=2020, last=2026, **more):
    """An archive asked for as the page does."""
    told = {"purpose": purpose, "first_year": first, "last_year": last, "reason": "现场检查"} | more
    return asking.ask(person, home, form_for(person, home, told), now=NOW)


def made(person, home, *told, **more):
    """The same, made by the worker."""
    return making.make(ask(person, home, *told, **more).pk, NOW)


def opened(archive):
    """Its file as an open zip file."""
    with default_storage.open(archive.place) as file:
        return zipfile.ZipFile(io.BytesIO(file.read()))


def line(source, **more):
    """The one line of a table."""
    return Line.objects.get(source=source, **more)
