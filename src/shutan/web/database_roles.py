"""The database's two roles: the owner of the tables, who migrates them, and the application, who only uses them.

With the embedded server both are made; with DATABASE_URL the site makes them (docs/operations.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

# pgtrigger lets its triggers sleep for whoever sets a variable of the session; here they never do.
NEVER_ASLEEP = """
CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name NAME) RETURNS BOOLEAN
LANGUAGE sql IMMUTABLE AS 'SELECT FALSE'
"""
GRANTS = (
    "REVOKE CREATE, TEMPORARY ON DATABASE {database} FROM PUBLIC",
    "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
    "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}",
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
    "REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}",
)


@contextmanager
def as_owner(alias: str) -> Iterator[None]:
    """The block's connection is the owner's: for migrations and nothing else."""
    connection = connections[alias]
    application = connection.settings_dict
    owner = {key: value for key, value in settings.DATABASE_OWNER.items() if application.get(key) != value}
    if not owner:
        yield
        return
    connection.close()
    connection.settings_dict = {**application, **owner}
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict = application


def grant(connection: BaseDatabaseWrapper, role: str) -> None:
    """Let the application's role use all tables: it defines no data, empties nothing and switches no trigger off.

    Called by the owner after each migration. A role that does not exist or is the owner itself is left as it is.
    """
    with connection.cursor() as cursor:
        cursor.execute(NEVER_ASLEEP)
        cursor.execute(
            "SELECT current_database() FROM pg_roles WHERE rolname = %s AND rolname <> current_user", [role]
        )
        if found := cursor.fetchone():
            names = {"role": sql.Identifier(role), "database": sql.Identifier(found[0])}
            for statement in GRANTS:
                cursor.execute(sql.SQL(statement).format(**names))
