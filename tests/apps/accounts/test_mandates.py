"""Mandates: given, accepted, used, ended; each side sees its own, and an ended one helps nobody."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.db.utils import DatabaseError, IntegrityError
from django.urls import reverse
from django.utils import timezone

from shutan.apps.accounts import mandates, queries, scope, worklist
from shutan.apps.accounts.models import Area, Kind, LogEntry, Mandate, Organisation, Role, User
from shutan.apps.common.files import Upload

NOW = timezone.now()
TODAY = timezone.localdate(NOW)
DAY = dt.timedelta(days=1)
PDF = Upload("委托书.pdf", b"%PDF-1.7 signed")


def organisation(name, kind=Kind.ENTERPRISE, **more):
    return Organisation.objects.create(name_zh=name, kind=kind, created_at=NOW, **more)


@pytest.fixture
def people(db, settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "files")},
        }
    }
    homes = {
        "plant": organisation("甲厂"),
        "rival": organisation("乙厂"),
        "agent": organisation("甲咨询", Kind.SERVICE),
        "other": organisation("乙咨询", Kind.SERVICE),
    }
    roles = {"admin": Role.ADMIN, "boss": Role.RESPONSIBLE, "filler": Role.FILLER}
    return {
        f"{home}-{name}": User.objects.create(
            username=f"{home}-{name}", name=name, organisation=own, role=role
        )
        for home, own in homes.items()
        for name, role in roles.items()
    }


def given(people, **changes):
    told = {
        "principal": people["plant-boss"].organisation,
        "agent": people["agent-boss"].organisation,
        "areas": [Area.REPORTING],
        "begins": TODAY,
        "ends": TODAY + 30 * DAY,
        "number": "甲委〔2026〕1号",
        "now": NOW,
    }
    return mandates.give(people["plant-boss"], **told | changes)


def held(people, **changes):
    return mandates.accept(people["agent-boss"], given(people, **changes), now=NOW)


def acts(people, area=Area.REPORTING, today=TODAY):
    return scope.acts_for(people["agent-filler"], people["plant-boss"].organisation, area, today=today)


def test_a_mandate_holds_once_it_is_accepted_and_within_its_days(people):
    mandate = given(people, document=PDF)
    assert mandate.state(TODAY) == "offered"
    assert not acts(people)
    mandate = mandates.accept(people["agent-boss"], mandate, now=NOW)
    assert mandate.state(TODAY) == "in_force"
    assert [acts(people, today=day) for day in (TODAY - DAY, TODAY, TODAY + 30 * DAY, TODAY + 31 * DAY)] == [
        False, True, True, False,
    ]  # fmt: skip
    assert not acts(people, Area.TRADING)
    assert mandate.document_sha256 == PDF.sha256


def test_only_the_agent_gains_and_only_this_principal(people):
    held(people)
    plant, rival = people["plant-boss"].organisation, people["rival-boss"].organisation
    sees = {
        name: set(scope.organisations(people[name], Area.REPORTING, today=TODAY))
        for name in ("agent-filler", "other-filler", "rival-filler")
    }
    assert sees["agent-filler"] == {plant, people["agent-filler"].organisation}
    assert sees["other-filler"] == {people["other-filler"].organisation}
    assert sees["rival-filler"] == {rival}


def test_it_ends_at_once_for_whoever_is_at_work(people):
    mandate = mandates.end(people["plant-admin"], held(people), now=NOW, why="换服务商")
    assert mandate.state(TODAY) == "revoked"
    assert not acts(people)
    plant = people["plant-boss"].organisation
    with pytest.raises(scope.MandateEnded) as told:
        scope.check_acts_for(people["agent-filler"], plant, Area.REPORTING, today=TODAY)
    assert "换服务商" in told.value.words
    with pytest.raises(PermissionDenied) as refused:
        scope.check_acts_for(people["other-filler"], plant, Area.REPORTING, today=TODAY)
    assert not isinstance(refused.value, scope.MandateEnded)


def test_what_came_after_the_end_is_not_told(people):
    mandates.end(people["plant-admin"], held(people), now=NOW, why="x")
    plant = people["plant-boss"].organisation
    agent = people["agent-filler"]
    later = NOW + DAY
    scope.tell_if_ended(agent, plant, Area.REPORTING, today=TODAY, made=later)
    with pytest.raises(scope.MandateEnded):
        scope.tell_if_ended(agent, plant, Area.REPORTING, today=TODAY, made=NOW - DAY)


def test_a_mandate_past_its_last_day_says_so(people):
    mandate = held(people)
    after = TODAY + 31 * DAY
    with pytest.raises(scope.MandateEnded) as told:
        scope.check_acts_for(people["agent-filler"], mandate.principal, Area.REPORTING, today=after)
    assert f"{mandate.ends:%Y-%m-%d}" in told.value.words


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"areas": []}, "areas"),
        ({"areas": ["reporting", "everything"]}, "areas"),
        ({"ends": TODAY - DAY, "begins": TODAY - 2 * DAY}, "ends"),
        ({"begins": TODAY + 40 * DAY}, "ends"),
        ({"number": "  "}, "number"),
        ({"document": Upload("a.exe", b"MZ")}, "document"),
        ({"document": Upload("a.pdf", b"<html>")}, "document"),
        ({"document": Upload("a.pdf", b"%PDF-" + bytes(10 * 2**20))}, "document"),
    ],
)
def test_a_faulty_mandate_is_refused_at_its_field(people, changes, field):
    with pytest.raises(ValidationError) as told:
        given(people, **changes)
    assert field in told.value.message_dict
    assert not Mandate.objects.exists()


def test_only_service_companies_act_for_others(people):
    with pytest.raises(ValidationError) as told:
        given(people, agent=people["rival-boss"].organisation)
    assert "agent" in told.value.message_dict


def test_a_second_click_makes_no_second_mandate(people):
    given(people)
    with pytest.raises(ValidationError):
        given(people)
    assert given(people, areas=[Area.DIRECTORY])
    assert Mandate.objects.count() == 2


def test_each_side_does_only_its_own_part(people):
    mandate = given(people)
    for name in ("plant-filler", "agent-boss", "rival-boss"):
        with pytest.raises(PermissionDenied):
            mandates.give(
                people[name],
                principal=people["plant-boss"].organisation,
                agent=people["agent-boss"].organisation,
                areas=[Area.TRADING], begins=TODAY, ends=TODAY, number="x", now=NOW,
            )  # fmt: skip
    for name in ("plant-boss", "other-boss", "agent-filler"):
        with pytest.raises(PermissionDenied):
            mandates.accept(people[name], mandate, now=NOW)
    for name in ("plant-filler", "agent-filler", "rival-boss", "other-boss"):
        with pytest.raises(PermissionDenied):
            mandates.end(people[name], mandate, now=NOW, why="x")


def test_the_agent_declines_or_lays_down_with_a_reason(people):
    with pytest.raises(ValidationError):
        mandates.end(people["agent-boss"], given(people), now=NOW, why=" ")
    declined = mandates.end(people["agent-boss"], Mandate.objects.get(), now=NOW, why="no time")
    assert declined.state(TODAY) == "declined"
    for verb in (
        lambda: mandates.accept(people["agent-boss"], declined, now=NOW),
        lambda: mandates.end(people["plant-boss"], declined, now=NOW, why="again"),
    ):
        with pytest.raises(ValidationError):
            verb()


@pytest.mark.parametrize(
    "statement",
    ["UPDATE accounts_mandate SET revoked_at = NULL", "DELETE FROM accounts_mandate"],
)
def test_an_ended_mandate_cannot_be_revived_or_removed(people, statement):
    mandates.end(people["plant-boss"], held(people), now=NOW, why="over")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(DatabaseError, match="pgtrigger"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_database_refuses_days_in_the_wrong_order(people):
    mandate = given(people)
    with pytest.raises(IntegrityError), transaction.atomic():
        Mandate.objects.filter(pk=mandate.pk).update(ends=mandate.begins - DAY)


def test_both_sides_find_it_in_their_log_and_others_do_not(people):
    mandates.end(people["agent-boss"], held(people), now=NOW, why="完工")
    done = ["accounts.give_mandate", "accounts.accept_mandate", "accounts.end_mandate"]
    assert sorted(queries.log(people["plant-boss"]).values_list("action", flat=True)) == sorted(done)
    assert sorted(queries.log(people["agent-boss"]).values_list("action", flat=True)) == sorted(done[1:])
    assert not queries.log(people["rival-boss"]).exists()
    entry = LogEntry.objects.latest("pk")
    assert (entry.why, entry.actor, entry.on_behalf_of) == (
        "完工", people["agent-boss"], people["plant-boss"].organisation,
    )  # fmt: skip


def test_the_worklist_asks_to_accept_and_to_renew(people):
    given(people, ends=TODAY + 3 * DAY)
    titles = [task.subject for task in worklist.tasks(people["agent-boss"], NOW)]
    assert titles == [people["plant-boss"].organisation.name]
    assert not list(worklist.tasks(people["plant-boss"], NOW))
    mandates.accept(people["agent-boss"], Mandate.objects.get(), now=NOW)
    for name in ("agent-boss", "plant-boss"):
        assert [task.due for task in worklist.tasks(people[name], NOW)] == [TODAY + 3 * DAY]
    assert not list(worklist.tasks(people["agent-filler"], NOW))


SECRET = "机密委托号"


def test_pages_and_api_show_a_mandate_to_its_parties_only(client, people):
    mandate = given(people, number=SECRET, document=PDF)
    addresses = [
        reverse("accounts:mandates"),
        reverse("accounts:mandates") + "?export=csv",
        reverse("accounts:mandates") + f"?q={SECRET[:2]}",
        reverse("accounts:mandate", args=[mandate.pk]),
        reverse("accounts:mandate_document", args=[mandate.pk]),
        reverse("api:mandates"),
        reverse("api:mandate", args=[mandate.pk]),
    ]
    for name in ("plant-filler", "agent-filler", "rival-boss", "other-boss"):
        client.force_login(people[name])
        party = name.split("-")[0] in ("plant", "agent")
        for address in addresses:
            response = client.get(address)
            text = b"".join(response).decode("utf-8", "replace")
            if address.endswith("document"):
                assert (response.status_code == 200) is party, (name, address)
            else:
                shown = text.replace(f'value="{SECRET[:2]}"', "")
                assert (SECRET in shown or SECRET.encode("unicode_escape").decode() in shown) is party, (
                    name,
                    address,
                )


def test_the_whole_way_through_pages(client, people):
    client.force_login(people["plant-boss"])
    form = {"agent": people["agent-boss"].organisation_id, "begins": TODAY.isoformat(), "number": "号"}
    answer = client.post(reverse("accounts:mandate_new"), form)
    assert answer.status_code == 422
    assert "号" in answer.content.decode()  # what was typed stays
    form |= {"areas": ["reporting"], "ends": (TODAY + DAY).isoformat()}
    answer = client.post(reverse("accounts:mandate_new"), form, follow=True)
    mandate = Mandate.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("accounts:mandate", args=[mandate.pk])
    client.force_login(people["agent-boss"])
    client.post(reverse("accounts:mandate_accept", args=[mandate.pk]))
    assert acts(people)
    client.force_login(people["plant-boss"])
    assert client.post(reverse("accounts:mandate_end", args=[mandate.pk]), {"why": ""}).status_code == 422
    client.post(reverse("accounts:mandate_end", args=[mandate.pk]), {"why": "完工"})
    assert not acts(people)


def test_the_whole_way_through_the_api(client, people):
    def post(name, route, *args, **body):
        client.force_login(people[name])
        return client.post(reverse(route, args=args), body, content_type="application/json")

    form = {
        "agent": people["agent-boss"].organisation_id,
        "areas": ["reporting"],
        "begins": TODAY.isoformat(),
        "ends": TODAY.isoformat(),
        "number": "A1",
        "document": {"name": "a.pdf", "base64": "JVBERi0xLjc="},
    }
    assert post("plant-filler", "api:mandates", **form).status_code == 403
    assert (
        post(
            "plant-boss", "api:mandates", **form | {"agent": people["rival-boss"].organisation_id}
        ).status_code
        == 422
    )
    assert (
        post("plant-boss", "api:mandates", **form | {"document": {"name": "a", "base64": "!"}}).status_code
        == 422
    )
    made = post("plant-boss", "api:mandates", **form)
    assert (made.status_code, made.json()["state"]) == (201, "offered")
    number = made.json()["id"]
    assert post("other-boss", "api:mandate_accept", number).status_code == 404
    assert post("agent-boss", "api:mandate_accept", number).json()["state"] == "in_force"
    assert post("plant-boss", "api:mandate_end", number).status_code == 422
    assert post("plant-boss", "api:mandate_end", number, why="over").json()["state"] == "revoked"
