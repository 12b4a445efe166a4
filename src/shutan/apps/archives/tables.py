"""Everything an enterprise has here as tables: one CSV file a model, its columns as the database has them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from django.db import models

from shutan.apps.accounts.models import LogEntry
from shutan.apps.archives.models import Archive, Paper
from shutan.apps.archives.parts import Entry
from shutan.apps.common import export
from shutan.apps.directory.models import Entity, Fact
from shutan.apps.disclosure.models import Disclosure
from shutan.apps.duties.models import Duty
from shutan.apps.filing.models import Book, EvidenceFile, FiledValue, MonthlyFiling
from shutan.apps.labreports.models import TestReport
from shutan.apps.policies.models import Measure, Policy
from shutan.apps.reporting.models import Report, ReportedValue
from shutan.apps.schemes.models import Calibration, Meter, Scheme

# Model, way to the organisation, way to the year ('' for what has none: all of it).
TABLES: tuple[tuple[type[models.Model], str, str], ...] = (
    (Book, "organisation", "year"),
    (MonthlyFiling, "book__organisation", "book__year"),
    (EvidenceFile, "filing__book__organisation", "filing__book__year"),
    (Report, "organisation", "year"),
    (ReportedValue, "report__organisation", "report__year"),
    (Scheme, "organisation", "year"),
    (Meter, "organisation", ""),
    (Calibration, "meter__organisation", ""),
    (TestReport, "organisation", "year"),
    (Disclosure, "organisation", "year"),
    (Policy, "organisation", "year"),
    (Measure, "policy__organisation", "policy__year"),
    (Duty, "organisation", "year"),
    (Paper, "organisation", ""),
    (LogEntry, "organisation", ""),
)


def entries(archive: Archive) -> Iterator[Entry]:
    """A file a model."""
    home = archive.organisation
    years = (archive.first_year, archive.last_year)
    for model, way, year in TABLES:
        found = model._default_manager.filter(**{way: home})  # noqa: SLF001 - Django documents it
        if year:
            found = found.filter(**{f"{year}__range": years})
        yield _table(model, found)
    whole = {"filing__book__organisation": home, "filing__book__year__range": years}
    yearly = {"book__organisation": home, "book__year__range": years}
    yield _table(FiledValue, FiledValue.objects.filter(models.Q(**whole) | models.Q(**yearly)))
    owned = Entity.objects.filter(organisation=home)
    yield _table(Fact, Fact.objects.filter(entity__in=owned))


def _table(model: type[models.Model], found: models.QuerySet) -> Entry:
    return Entry(f"tables/{model._meta.label_lower}.csv", partial(_csv, model, found))  # noqa: SLF001


def _csv(model: type[models.Model], found: models.QuerySet) -> bytes:
    names = [field.attname for field in model._meta.concrete_fields]  # noqa: SLF001
    rows = found.order_by("pk").values_list(*names).iterator(chunk_size=5000)
    return export.as_csv(model._meta.label_lower, names, map(list, rows))  # noqa: SLF001
