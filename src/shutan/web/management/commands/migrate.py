"""Django's `migrate`, as the owner of the tables: the application's own role may not change them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.commands import migrate

from shutan.web.database_roles import as_owner


class Command(migrate.Command):
    """Make or update the tables."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate; say so where the site has only one role for both."""
        if not settings.DATABASE_OWNER:
            self.stderr.write(
                "DATABASE_OWNER_URL is not set: the application owns its tables and could change or empty them."
            )
        with as_owner(options["database"]):
            super().handle(*args, **options)
