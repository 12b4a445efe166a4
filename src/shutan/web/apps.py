"""The Django project as an app: layout, components, static files, translations."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.models.signals import post_migrate, post_save, pre_migrate


def make_cache_table(using: str, **_: Any) -> None:
    """The database cache's table: made with the other tables, so that no step can be forgotten."""
    call_command("createcachetable", verbosity=0, database=using)


def grant_tables(using: str, **_: Any) -> None:
    """Let the application's role use what the owner has made."""
    from shutan.web.database_roles import grant  # noqa: PLC0415 - psycopg is not wanted by commands without a database

    grant(connections[using], settings.DATABASE_ROLE)


def watch_deeds() -> None:
    """Let the calendars of duties see what other apps' records prove done, at once and whenever they are brought in step."""
    from shutan.apps.disclosure.deeds import disclosed  # noqa: PLC0415 - models only once apps are ready
    from shutan.apps.disclosure.models import Disclosure  # noqa: PLC0415
    from shutan.apps.duties import calendars, deeds  # noqa: PLC0415
    from shutan.apps.filing.deeds import submitted as months_filed  # noqa: PLC0415
    from shutan.apps.filing.models import MonthlyFiling  # noqa: PLC0415
    from shutan.apps.reporting.deeds import submitted  # noqa: PLC0415
    from shutan.apps.reporting.models import Report  # noqa: PLC0415

    def look(instance: Report | MonthlyFiling | Disclosure, **_: Any) -> None:
        if instance.state in {Report.State.SUBMITTED, Disclosure.State.PUBLISHED}:
            calendars.see([instance.organisation.pk])
            if isinstance(instance, Report) and instance.previous_id:
                calendars.unsee([instance.organisation.pk], "disclosure")

    sources = (submitted, months_filed, disclosed)
    deeds.SOURCES.extend(one for one in sources if one not in deeds.SOURCES)
    for model in (Report, MonthlyFiling, Disclosure):
        post_save.connect(look, sender=model, weak=False, dispatch_uid=f"duties_see_{model.__name__}")


class WebConfig(AppConfig):
    """`shutan.web`."""

    name = "shutan.web"
    label = "web"

    def ready(self) -> None:
        """Hook what must happen after each migration, and what duties learn from reports."""
        watch_deeds()
        from shutan.apps.archives import lines  # noqa: PLC0415 - models only once apps are ready

        pre_migrate.connect(lines.drop_view, sender=apps.get_app_config("accounts"))
        # Django sends the signal only for apps with tables, which this one has not; receivers run in this order.
        for receiver in (make_cache_table, lines.make_view, grant_tables):
            post_migrate.connect(receiver, sender=apps.get_app_config("accounts"))
