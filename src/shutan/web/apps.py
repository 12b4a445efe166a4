"""The Django project as an app: layout, components, static files, translations."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig, apps
from django.core.management import call_command
from django.db.models.signals import post_migrate


def make_cache_table(**_: Any) -> None:
    """The database cache's table: made with the other tables, so that no step can be forgotten."""
    call_command("createcachetable", verbosity=0)


class WebConfig(AppConfig):
    """`shutan.web`."""

    name = "shutan.web"
    label = "web"

    def ready(self) -> None:
        """Hook what must happen after each migration."""
        # Django sends the signal only for apps with tables, which this one has not.
        post_migrate.connect(make_cache_table, sender=apps.get_app_config("accounts"))
