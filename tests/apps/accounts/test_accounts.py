"""Accounts: codes, actions, tokens, the log that cannot be changed, who sees what."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.db.utils import DatabaseError

from shutan.apps.accounts import access, actions, queries
from shutan.apps.accounts.credit_code import validate_credit_code
from shutan.apps.accounts.demo import DEMO_PASSWORD, create_demo
from shutan.apps.accounts.log import System, act
from shutan.apps.accounts.models import ApiToken, LogEntry, Organisation, User
from shutan.rules.common.codes import credit_code_check_character as check_character
from shutan.rules.common.codes import is_credit_code as is_valid

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


@pytest.fixture
def demo(db):
    create_demo(NOW)
    return {user.username: user for user in User.objects.select_related("organisation")}


# The example of GB 32100-2015 and a changed digit, a changed check character, a forbidden letter.
@pytest.mark.parametrize(
    ("code", "right"),
    [
        ("91350100M000100Y43", True),
        ("91350100M000100Y44", False),
        ("91350200M000100Y43", False),
        ("91350100M000100I43", False),
        ("91350100M000100Y4", False),
        ("９1350100M000100Y43", False),
        ("", False),
    ],
)
def test_a_credit_code_is_right_only_with_its_check_character(code, right):
    assert is_valid(code) is right
    if not right:
        with pytest.raises(ValidationError):
            validate_credit_code(code)


def test_a_check_character_needs_seventeen_characters():
    with pytest.raises(ValueError, match="17"):
        check_character("9135")


def test_the_demonstration_is_fictitious_valid_and_made_once(demo):
    entries = LogEntry.objects.count()
    logins = create_demo(NOW)
    assert LogEntry.objects.count() == entries == Organisation.objects.count() + User.objects.count()
    assert {login.username for login in logins} == set(demo)
    for organisation in Organisation.objects.all():
        assert organisation.is_fictitious
        organisation.full_clean()
    assert demo["carbon"].check_password(DEMO_PASSWORD)


def test_an_action_and_its_log_entry_stand_or_fall_together(demo):
    before = LogEntry.objects.count()

    def break_off():
        with act(demo["carbon"], "accounts.revoke_token", now=NOW) as entry:
            entry.about(demo["carbon"])
            Organisation.objects.update(name_en="changed")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    assert LogEntry.objects.count() == before
    assert not Organisation.objects.filter(name_en="changed").exists()


def test_an_action_must_tell_its_subject(demo):
    with pytest.raises(RuntimeError, match="subject"), act(demo["carbon"], "accounts.revoke_token", now=NOW):
        pass


def test_an_action_nobody_listed_cannot_run(demo):
    with pytest.raises(KeyError), act(demo["carbon"], "accounts.unheard_of", now=NOW):
        pass


def test_who_may_not_is_refused_and_nothing_is_logged(demo):
    before = LogEntry.objects.count()
    with pytest.raises(PermissionDenied):
        actions.create_token(demo["public"], label="x", now=NOW)
    assert LogEntry.objects.count() == before


def test_the_log_tells_who_when_why_and_what(demo):
    actions.deactivate_user(demo["carbon-admin"], demo["carbon"], now=NOW, why="left the plant")
    entry = LogEntry.objects.latest("pk")
    assert (entry.at, entry.actor, entry.why) == (NOW, demo["carbon-admin"], "left the plant")
    assert (entry.action, entry.subject_id) == ("accounts.deactivate_user", str(demo["carbon"].pk))
    assert entry.organisation == demo["carbon"].organisation


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_logentry SET why = 'other'",
        "DELETE FROM accounts_logentry",
        "TRUNCATE accounts_logentry CASCADE",
    ],
)
def test_the_log_can_be_neither_changed_nor_emptied(demo, statement):
    before = list(LogEntry.objects.values())
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(DatabaseError, match="pgtrigger"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert list(LogEntry.objects.values()) == before != []


def test_an_entry_cannot_be_saved_again(demo):
    entry = LogEntry.objects.first()
    entry.why = "other"
    with pytest.raises(DatabaseError, match="pgtrigger"), transaction.atomic():
        entry.save()


def test_a_token_is_stored_only_as_its_hash(demo):
    issued = actions.create_token(demo["carbon"], label="meter gateway", now=NOW)
    stored = ApiToken.objects.values().get()
    assert issued.secret not in str(stored)
    assert stored["digest"] == actions.digest(issued.secret)
    assert not LogEntry.objects.filter(details__icontains=issued.secret).exists()


def test_a_token_works_until_it_expires_or_is_revoked(demo):
    issued = actions.create_token(demo["carbon"], label="x", days=30, now=NOW)
    assert actions.use_token(issued.secret, now=NOW).user == demo["carbon"]
    assert actions.use_token(issued.secret, now=NOW + timedelta(days=30)) is None
    assert actions.use_token(issued.secret + "x", now=NOW) is None
    actions.revoke_token(demo["carbon"], issued.token, now=NOW)
    assert actions.use_token(issued.secret, now=NOW) is None


def test_a_token_ends_with_its_owner(demo):
    issued = actions.create_token(demo["carbon"], label="x", now=NOW)
    actions.deactivate_user(demo["carbon-admin"], demo["carbon"], now=NOW, why="left")
    assert actions.use_token(issued.secret, now=NOW) is None


def test_a_tokens_use_is_noted_at_most_once_a_minute(demo, django_assert_num_queries):
    issued = actions.create_token(demo["carbon"], label="x", now=NOW)
    actions.use_token(issued.secret, now=NOW)
    with django_assert_num_queries(1):
        actions.use_token(issued.secret, now=NOW + timedelta(seconds=30))
    actions.use_token(issued.secret, now=NOW + timedelta(seconds=90))
    assert ApiToken.objects.get().last_used_at == NOW + timedelta(seconds=90)


@pytest.mark.parametrize("days", [0, -1, 367])
def test_a_token_cannot_live_forever(demo, days):
    with pytest.raises(ValidationError):
        actions.create_token(demo["carbon"], label="x", days=days, now=NOW)


def test_nobody_revokes_anothers_token(demo):
    issued = actions.create_token(demo["carbon"], label="x", now=NOW)
    with pytest.raises(PermissionDenied):
        actions.revoke_token(demo["heat"], issued.token, now=NOW)


def test_an_administrator_creates_log_ins_only_at_home(demo):
    given = {"username": "new", "name": "新人", "role": "filler", "password": "a-Long-pass-2026", "now": NOW}
    with pytest.raises(PermissionDenied):
        actions.create_user(demo["carbon-admin"], demo["heat"].organisation, **given)
    assert actions.create_user(demo["carbon-admin"], demo["carbon"].organisation, **given).role == "filler"


@pytest.mark.parametrize(
    ("key", "value"), [("password", "1234567890"), ("role", "officer"), ("username", "carbon")]
)
def test_a_log_in_with_a_fault_is_not_created(demo, key, value):
    given = {"username": "new", "name": "新人", "role": "filler", "password": "a-Long-pass-2026", key: value}
    before = User.objects.count()
    with pytest.raises(ValidationError):
        actions.create_user(System("test"), demo["carbon"].organisation, **given, now=NOW)
    assert User.objects.count() == before


def test_each_sees_their_own_and_the_province_sees_all_organisations(demo):
    assert set(queries.organisations(demo["carbon"])) == {demo["carbon"].organisation}
    assert queries.organisations(demo["regulator"]).count() == Organisation.objects.count()
    assert {user.organisation_id for user in queries.people(demo["carbon"])} == {
        demo["carbon"].organisation_id
    }
    actions.create_token(demo["carbon"], label="secret of carbon", now=NOW)
    assert not queries.log(demo["heat"]).filter(actor=demo["carbon"]).exists()
    assert not queries.tokens(demo["heat"]).exists()


def test_a_city_sees_the_organisations_of_its_prefecture(demo):
    city = actions.create_organisation(
        System("test"), kind="city", name_zh="泸州演示局（虚构）", division_code="510500", now=NOW
    )
    officer = actions.create_user(
        System("test"), city, username="city", name="市", role="officer", password="a-Long-pass-2026", now=NOW
    )
    assert set(queries.organisations(officer)) == {city, demo["carbon"].organisation}


def test_the_system_may_do_what_the_table_names():
    assert access.may_do(System("test"), "accounts.create_user")
