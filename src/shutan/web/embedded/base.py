"""The one thing this backend adds to Django's: who connects first starts the server and makes the database."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db.backends.postgresql import base

if TYPE_CHECKING:
    from shutan.web.postgres import Server


@cache
def server(data_dir: str, *, fast_unsafe: bool) -> Server:
    """The running server of a data folder; held until this process ends."""
    from shutan.web.postgres import ensure_server  # noqa: PLC0415 - commands without a database never need it

    return ensure_server(Path(data_dir), fast_unsafe=fast_unsafe)


class DatabaseWrapper(base.DatabaseWrapper):
    """Takes `data_dir` and `fast_unsafe` from OPTIONS, the rest from the server."""

    def get_connection_params(self) -> dict[str, Any]:
        """Connection parameters, once the server runs and has the database."""
        own = dict(self.settings_dict)
        options = dict(own["OPTIONS"])
        running = server(options.pop("data_dir"), fast_unsafe=options.pop("fast_unsafe", False))
        name = own["NAME"]
        # Test databases are made and dropped by Django itself.
        if name and name != "postgres" and not name.startswith("test_"):
            created(running, name)
        given = running.django_settings(name or "postgres")
        merged = {**own, **{key: given[key] for key in ("HOST", "PORT")}}
        merged["OPTIONS"] = {**given.get("OPTIONS", {}), **options}
        outer, self.settings_dict = self.settings_dict, merged
        try:
            return super().get_connection_params()
        finally:
            self.settings_dict = outer


_made: set[str] = set()


def created(running: Server, name: str) -> None:
    """Make the application's database once per process; making it again does nothing."""
    if name not in _made:
        running.create_database(name)
        _made.add(name)
