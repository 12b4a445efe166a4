"""The application's role uses the tables and can do nothing to them."""

import os

import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.db.utils import DatabaseError
from django.utils import timezone

from shutan.apps.accounts.demo import create_demo
from shutan.apps.accounts.models import LogEntry, User
from shutan.web import database_roles
from shutan.web.database import from_url

ROLE = f"application_{os.getpid()}"


@pytest.fixture
def application(db):
    """The rest of the test runs as a role like the application's; it goes with the test's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {ROLE} NOSUPERUSER NOCREATEDB NOCREATEROLE")
        database_roles.grant(connection, ROLE)
        cursor.execute(f"SET LOCAL ROLE {ROLE}")


def refused(statement, match="permission denied|must be owner"):
    with (
        pytest.raises(DatabaseError, match=match),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_it_does_what_pages_do(application):
    create_demo(timezone.now())
    User.objects.filter(username="carbon").update(name="新名")
    User.objects.get(username="gas").tokens.all().delete()
    assert LogEntry.objects.exists()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT 1 FROM "{table}" LIMIT 1')  # noqa: S608 - the database's own name


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE accounts_logentry DISABLE TRIGGER ALL",
        "ALTER TABLE accounts_logentry DISABLE TRIGGER USER",
        "ALTER TABLE accounts_logentry DROP COLUMN why",
        "ALTER TABLE accounts_logentry OWNER TO CURRENT_USER",
        "DROP TABLE accounts_logentry CASCADE",
        "TRUNCATE accounts_logentry CASCADE",
        "TRUNCATE accounts_user CASCADE",
        "CREATE TABLE mine (x int)",
        "CREATE TEMPORARY TABLE accounts_logentry (x int)",
        "CREATE SCHEMA mine",
        "CREATE TRIGGER mine BEFORE INSERT ON accounts_logentry EXECUTE FUNCTION suppress_redundant_updates_trigger()",
        "CREATE RULE mine AS ON INSERT TO accounts_logentry DO INSTEAD NOTHING",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name NAME) RETURNS BOOLEAN LANGUAGE sql AS 'SELECT TRUE'",
        "SET session_replication_role = replica",
        "DELETE FROM django_migrations",
        "CREATE ROLE mine",
        "COPY accounts_user TO PROGRAM 'cat'",
    ],
)
def test_it_can_do_nothing_to_the_tables(application, statement):
    refused(statement)


@pytest.mark.parametrize(
    "statement", ["UPDATE accounts_logentry SET why = 'x'", "DELETE FROM accounts_logentry"]
)
@pytest.mark.parametrize("role", ["owner", "application"])
def test_no_variable_makes_the_triggers_sleep(request, db, statement, role):
    create_demo(timezone.now())
    if role == "application":
        request.getfixturevalue("application")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgrelid = 'accounts_logentry'::regclass")
        names = "{" + ",".join(name for (name,) in cursor.fetchall()) + "}"
        cursor.execute("SELECT set_config('pgtrigger.ignore', %s, true)", [names])
    refused(statement, "pgtrigger: Cannot")


def test_a_role_that_is_not_there_and_the_owner_itself_are_left_alone(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        (owner,) = cursor.fetchone()
    database_roles.grant(connection, "nobody_knows")
    database_roles.grant(connection, owner)
    database_roles.grant(connection, "")
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('accounts_logentry', 'TRUNCATE')")
        assert cursor.fetchone() == (True,)


def test_migrations_are_the_owners_and_the_connection_is_the_applications_again(monkeypatch, settings):
    """No server is needed: who would be connected is what counts."""
    seen = []
    settings.DATABASE_OWNER = {"USER": "owner", "PASSWORD": "o"}
    given = connections["default"]
    monkeypatch.setattr(given, "settings_dict", {**given.settings_dict, "USER": "application"})
    monkeypatch.setattr(given, "close", lambda: seen.append(given.settings_dict["USER"]))
    monkeypatch.setattr(
        "django.core.management.commands.migrate.Command.handle",
        lambda *_args, **_options: seen.append(
            (given.settings_dict["USER"], given.settings_dict["PASSWORD"])
        ),
    )
    call_command("migrate", verbosity=0, skip_checks=True)
    assert seen == ["application", ("owner", "o"), "owner"]
    assert given.settings_dict["USER"] == "application"


def test_one_role_for_both_is_said(monkeypatch, settings, capsys):
    settings.DATABASE_OWNER = {}
    monkeypatch.setattr(
        "django.core.management.commands.migrate.Command.handle", lambda *_args, **_options: None
    )
    call_command("migrate", verbosity=0, skip_checks=True)
    assert "DATABASE_OWNER_URL" in capsys.readouterr().err


def test_an_owners_address_replaces_who_connects():
    owner = from_url("postgresql://owner:o@db/shutan?sslmode=require")
    assert (owner["USER"], owner["PASSWORD"], owner["HOST"]) == ("owner", "o", "db")
