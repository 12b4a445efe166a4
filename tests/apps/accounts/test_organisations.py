"""Organisations and their people: who registers, edits, invites, hands over; and who sees whom."""

import datetime as dt
import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from shutan.apps.accounts import access, actions, organisations, people, queries, scope
from shutan.apps.accounts.log import System
from shutan.apps.accounts.models import (
    DEPARTMENTS,
    ROLES_OF_KIND,
    Area,
    Deputy,
    Kind,
    LogEntry,
    Organisation,
    Role,
    User,
)
from shutan.apps.accounts.search import find
from shutan.apps.accounts.words import what_a_kind_may

NOW = timezone.now()
TODAY = timezone.localdate(NOW)
DAY = dt.timedelta(days=1)


def organisation(name, kind=Kind.ENTERPRISE, **more):
    return Organisation.objects.create(name_zh=name, kind=kind, created_at=NOW, **more)


def person(name, home, role):
    return User.objects.create(username=name, name=name, organisation=home, role=role)


@pytest.fixture
def homes(db):
    group = organisation("甲集团", Kind.GROUP)
    return {
        "plant": organisation("甲厂", division_code="510500", head_office=group),
        "rival": organisation("乙厂", division_code="510100"),
        "group": group,
        "province": organisation("省厅", Kind.PROVINCE),
        "city": organisation("泸州局", Kind.CITY, division_code="510500"),
        **{str(kind): organisation(f"部门{kind}", kind) for kind in DEPARTMENTS},
        "town": organisation("成都市监", Kind.MARKET, division_code="510100"),
    }


@pytest.fixture
def staff(homes):
    return {name: person(name, home, ROLES_OF_KIND[home.kind][0]) for name, home in homes.items()}


def sees(staff, name, area):
    return {one.name_zh for one in scope.organisations(staff[name], area, today=TODAY)}


def test_each_kind_sees_its_part_of_each_area(homes, staff):
    everything = {one.name_zh for one in homes.values()}
    assert sees(staff, "province", Area.REPORTING) == everything
    assert sees(staff, "city", Area.REPORTING) == {"甲厂", "泸州局"}
    assert sees(staff, "group", Area.REPORTING) == {"甲厂", "甲集团"}
    assert sees(staff, "plant", Area.DIRECTORY) == {"甲厂"}
    for kind in DEPARTMENTS:
        own = {homes[kind].name_zh}
        assert sees(staff, kind, Area.DIRECTORY) == (own if kind == Kind.POLICE else everything)
        assert sees(staff, kind, Area.REPORTING) == sees(staff, kind, Area.TRADING) == own
    assert sees(staff, "town", Area.DIRECTORY) == {"乙厂", "成都市监"}
    assert not scope.organisations(User(username="x"), Area.DIRECTORY, today=TODAY).exists()


def test_reading_is_not_acting(homes, staff):
    for name in ("group", "province", "city", "market"):
        assert not scope.acts_for(staff[name], homes["plant"], Area.DIRECTORY, today=TODAY)
    assert scope.acts_for(staff["plant"], homes["plant"], Area.DIRECTORY, today=TODAY)


@pytest.mark.parametrize("kind", Kind.values)
def test_every_kind_is_told_what_it_may_do(kind):
    assert what_a_kind_may(kind)
    assert ROLES_OF_KIND[kind]


def test_a_department_is_told_on_its_first_page(client, staff):
    client.force_login(staff["police"])
    assert what_a_kind_may(Kind.POLICE)[0] in client.get("/").content.decode()


def test_only_an_enterprise_belongs_to_a_group(homes):
    with pytest.raises(ValidationError):
        actions.create_organisation(
            System("t"), kind=Kind.BANK, name_zh="银行", head_office=homes["group"], now=NOW
        )


# Registering and editing


def test_the_province_registers_and_invites_the_first_administrator(client, staff, homes):
    client.force_login(staff["province"])
    url = reverse("accounts:organisation_new")
    form = {
        "kind": "enterprise",
        "name_zh": "丙厂",
        "division_code": "51",
        "credit_code": "91350100M000100Y44",
    }
    answer = client.post(url, form)
    assert answer.status_code == 422
    assert "丙厂" in answer.content.decode()
    form |= {"division_code": "510100", "credit_code": "91350100M000100Y43", "head_office": homes["group"].pk}
    answer = client.post(url, form)
    made = Organisation.objects.get(name_zh="丙厂")
    assert made.head_office == homes["group"]
    assert answer["Location"] == reverse("accounts:person_new") + f"?organisation={made.pk}"
    invited = client.post(answer["Location"], {"username": "bing", "name": "丙", "role": "admin"})
    assert invited.status_code == 200
    link = re.search(r"http://testserver(/\S+?)<", invited.content.decode())[1]
    client.logout()
    page = client.get(link, follow=True)
    setting = page.redirect_chain[-1][0]
    password = "Quite-long-2026!"
    client.post(setting, {"password1": password, "password2": password})
    assert User.objects.get(username="bing").check_password(password)
    assert client.get(link, follow=True).context.get("token_fail")


@pytest.mark.parametrize("name", ["plant", "city", "market", "group"])
def test_nobody_else_registers(client, staff, name):
    client.force_login(staff[name])
    assert client.post(reverse("accounts:organisation_new"), {}).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.create_organisation(staff[name], kind=Kind.BANK, name_zh="x", now=NOW)


def test_its_own_administrator_changes_contact_data_only(client, staff, homes):
    plant = homes["plant"]
    organisations.edit(staff["plant"], plant, {"contact_phone": "0830-123456"}, revision=1, now=NOW)
    with pytest.raises(PermissionDenied):
        organisations.edit(staff["plant"], plant, {"name_zh": "改名"}, revision=2, now=NOW)
    with pytest.raises(PermissionDenied):
        organisations.edit(staff["rival"], plant, {"address": "x"}, revision=2, now=NOW)
    entry = LogEntry.objects.latest("pk")
    assert entry.details == {"changed": {"contact_phone": ["", "0830-123456"]}}
    client.force_login(staff["plant"])
    page = client.get(reverse("accounts:organisation_edit", args=[plant.pk])).content.decode()
    assert 'name="contact_phone"' in page
    assert 'name="name_zh"' not in page
    assert client.get(reverse("accounts:organisation_edit", args=[homes["rival"].pk])).status_code == 404


def test_the_second_of_two_editors_is_told_and_loses_nothing(client, staff, homes):
    plant = homes["plant"]
    url = reverse("accounts:organisation_edit", args=[plant.pk])
    organisations.edit(staff["province"], plant, {"address": "甲方地址"}, revision=1, now=NOW)
    client.force_login(staff["plant"])
    form = {"revision": "1", "address": "乙方地址", "contact_name": "罗", "name_en": "", "contact_email": ""}
    answer = client.post(url, form)
    text = answer.content.decode()
    assert answer.status_code == 409
    for told in ("甲方地址", "乙方地址", 'value="罗"', 'name="revision" value="2"'):
        assert told in text
    plant.refresh_from_db()
    assert (plant.address, plant.contact_name) == ("甲方地址", "")
    assert client.post(url, form | {"revision": "2"}).status_code == 302
    plant.refresh_from_db()
    assert (plant.address, plant.contact_name, plant.revision) == ("乙方地址", "罗", 3)


@pytest.mark.parametrize(
    ("field", "value"),
    [("contact_phone", "call me"), ("contact_email", "x"), ("address", "x" * 201)],
)
def test_a_faulty_field_is_named(staff, homes, field, value):
    with pytest.raises(ValidationError) as told:
        organisations.edit(staff["plant"], homes["plant"], {field: value}, revision=1, now=NOW)
    assert field in told.value.message_dict


# People


@pytest.fixture
def crew(homes, staff):
    return {
        "admin": staff["plant"],
        "filler": person("filler", homes["plant"], Role.FILLER),
        "boss": person("boss", homes["plant"], Role.RESPONSIBLE),
        "foreign": staff["rival"],
    }


def test_an_administrator_changes_roles_at_home(crew):
    people.change_role(crew["admin"], crew["filler"], Role.REVIEWER, now=NOW, why="升任")
    crew["filler"].refresh_from_db()
    assert crew["filler"].role == Role.REVIEWER
    assert LogEntry.objects.latest("pk").details == {"before": "filler", "role": "reviewer"}
    with pytest.raises(ValidationError):
        people.change_role(crew["admin"], crew["filler"], Role.OFFICER, now=NOW)
    for name in ("foreign", "filler"):
        with pytest.raises(PermissionDenied):
            people.change_role(crew[name], crew["boss"], Role.FILLER, now=NOW)


def test_the_last_administrator_stays(crew):
    with pytest.raises(ValidationError):
        people.change_role(crew["admin"], crew["admin"], Role.FILLER, now=NOW)
    with pytest.raises(ValidationError):
        people.hand_over(crew["admin"], crew["admin"], crew["boss"], now=NOW, why="x")
    with pytest.raises(ValidationError):
        actions.deactivate_user(crew["admin"], crew["admin"], now=NOW, why="x")
    people.change_role(crew["admin"], crew["boss"], Role.ADMIN, now=NOW)
    people.hand_over(crew["admin"], crew["admin"], User.objects.get(pk=crew["boss"].pk), now=NOW, why="退休")
    assert not User.objects.get(pk=crew["admin"].pk).is_active


def test_a_leaver_hands_over_and_is_out_at_once(client, crew, homes):
    homes["plant"].contact_name = "filler"
    homes["plant"].save()
    issued = actions.create_token(crew["filler"], label="x", now=NOW)
    people.appoint_deputy(crew["filler"], crew["filler"], crew["boss"], begins=TODAY, ends=TODAY, now=NOW)
    client.force_login(crew["filler"])
    assert client.get("/").status_code == 200
    leaver = User.objects.get(pk=crew["filler"].pk)
    moved = people.hand_over(crew["admin"], leaver, crew["boss"], now=NOW, why="调离")
    assert moved == {"accounts": 2, "review": 0}
    assert client.get("/").status_code == 302
    assert actions.use_token(issued.secret, now=NOW) is None
    homes["plant"].refresh_from_db()
    assert homes["plant"].contact_name == "boss"
    entry = LogEntry.objects.latest("pk")
    assert (entry.action, entry.why, entry.details["successor"]) == ("accounts.hand_over", "调离", "boss")


def test_a_successor_is_an_open_log_in_of_the_same_organisation(crew):
    closed = person("closed", crew["filler"].organisation, Role.FILLER)
    closed.is_active = False
    closed.save()
    for successor in (crew["foreign"], crew["filler"], closed):
        with pytest.raises(ValidationError):
            people.hand_over(crew["admin"], crew["filler"], successor, now=NOW, why="x")


def test_a_deputy_has_the_role_in_those_days_and_the_log_tells(crew):
    filler = crew["filler"]
    assert not access.may_do(filler, "accounts.give_mandate")
    standing = people.appoint_deputy(
        crew["boss"], crew["boss"], filler, begins=TODAY, ends=TODAY + DAY, now=NOW
    )
    filler = User.objects.get(pk=filler.pk)
    assert access.may_do(filler, "accounts.give_mandate")
    assert access.may_open(filler, "accounts:mandate_new")
    assert access.deputises(filler, "accounts.give_mandate") == ["boss"]
    assert access.deputises(filler, "reporting.create_report") == []
    people.end_deputy(filler, standing, now=NOW)
    access.forget_standing_in(filler)
    assert not access.may_do(filler, "accounts.give_mandate")
    Deputy.objects.update(ended_at=None, begins=TODAY - 9 * DAY, ends=TODAY - DAY)
    access.forget_standing_in(filler)
    assert not access.may_do(filler, "accounts.give_mandate")


def test_who_appoints_deputies(crew):
    days = {"begins": TODAY, "ends": TODAY, "now": NOW}
    people.appoint_deputy(crew["admin"], crew["boss"], crew["filler"], **days)
    for actor in ("filler", "foreign"):
        with pytest.raises(PermissionDenied):
            people.appoint_deputy(crew[actor], crew["boss"], crew["filler"], **days)
    for deputy, faulty in (("foreign", days), ("boss", days), ("filler", days | {"ends": TODAY - DAY})):
        with pytest.raises(ValidationError):
            people.appoint_deputy(crew["admin"], crew["boss"], crew[deputy], **faulty)


def test_people_are_their_organisations_own(client, crew, staff, homes):
    public = organisation("公众", Kind.PUBLIC)
    one, two = person("citizen", public, Role.MEMBER), person("other-citizen", public, Role.MEMBER)
    assert set(queries.people(one)) == {one}
    assert not any("other-citizen" in hit.title for hit in find(one, "citizen"))
    assert two not in queries.people(one)
    assert set(queries.people(staff["city"])) == {staff["city"]}
    # who registers organisations sees whom to call there, and no one else's log-ins
    assert crew["admin"] in queries.people(staff["province"])
    assert crew["filler"] not in queries.people(staff["province"])
    client.force_login(staff["rival"])
    secret = crew["boss"]
    for url in (
        reverse("accounts:people") + f"?q={secret.username}&export=csv",
        reverse("accounts:person", args=[secret.pk]),
        reverse("accounts:organisation", args=[homes["plant"].pk]),
        reverse("accounts:organisations") + "?export=csv",
        reverse("api:people"),
        reverse("api:person", args=[secret.pk]),
        reverse("api:organisation", args=[homes["plant"].pk]),
        reverse("api:organisations"),
        reverse("search") + "?q=甲厂",
    ):
        response = client.get(url)
        text = response.content.decode("utf-8-sig").replace('value="甲厂"', "").replace("“甲厂”", "")
        assert '"boss"' not in text, url
        assert ">boss<" not in text, url
        assert "甲厂" not in text or "search" in url, url
    for verb in ("person_role", "person_leave", "person_deputy"):
        assert client.post(reverse(f"accounts:{verb}", args=[secret.pk]), {"why": "x"}).status_code == 404


def test_the_pages_of_a_person_do_what_the_actions_do(client, crew):
    client.force_login(crew["admin"])
    page = reverse("accounts:person", args=[crew["filler"].pk])
    assert client.get(page).status_code == 200
    assert client.post(page + "/role", {"role": "nothing"}).status_code == 422
    assert client.post(page + "/role", {"role": "reviewer"}).status_code == 302
    assert client.post(page + "/deputy", {"deputy": "x"}).status_code == 422
    given = {"deputy": crew["boss"].pk, "begins": TODAY.isoformat(), "ends": TODAY.isoformat()}
    assert client.post(page + "/deputy", given).status_code == 302
    standing = Deputy.objects.get()
    assert client.post(reverse("accounts:deputy_end", args=[standing.pk])).status_code == 302
    assert client.post(page + "/leave", {"successor": crew["boss"].pk}).status_code == 422
    assert client.post(page + "/leave", {"successor": crew["boss"].pk, "why": "调离"}).status_code == 302
    assert not User.objects.get(pk=crew["filler"].pk).is_active
    assert client.get(page).status_code == 200


def test_the_api_does_what_the_pages_do(client, staff, homes, crew):
    def send(who, method, route, *args, **body):
        client.force_login(who)
        return getattr(client, method)(reverse(route, args=args), body, content_type="application/json")

    province, admin = staff["province"], crew["admin"]
    made = send(
        province, "post", "api:organisations", kind="bank", name_zh="丁银行", contact_phone="028-1234567"
    )
    assert (made.status_code, made.json()["contact_phone"]) == (201, "028-1234567")
    assert send(admin, "post", "api:organisations", kind="bank", name_zh="戊").status_code == 403
    assert (
        send(province, "post", "api:organisations", kind="bank", name_zh="己", head_office=1).status_code
        == 422
    )
    plant = homes["plant"].pk
    assert (
        send(admin, "patch", "api:organisation", plant, revision=1, address="路1号").json()["revision"] == 2
    )
    stale = send(admin, "patch", "api:organisation", plant, revision=1, address="路2号")
    assert (stale.status_code, stale.json()["error"]["details"][0]["message"]) == (409, "路1号")
    assert send(admin, "patch", "api:organisation", plant, revision=2, name_zh="x").status_code == 403
    invited = send(admin, "post", "api:people", username="new", name="新", role="filler")
    assert invited.status_code == 201
    assert invited.json()["address"].startswith("http://testserver/accounts/password/reset/key/")
    number = invited.json()["person"]["id"]
    assert send(admin, "patch", "api:person", number, role="reviewer").json()["role"] == "reviewer"
    told = {
        "person": crew["boss"].pk,
        "deputy": number,
        "begins": TODAY.isoformat(),
        "ends": TODAY.isoformat(),
    }
    standing = send(admin, "post", "api:deputies", **told)
    assert standing.status_code == 201
    assert send(admin, "delete", "api:deputy", standing.json()["id"]).json()["ended_at"]
    assert send(admin, "post", "api:person_leave", number).status_code == 422
    left = send(admin, "post", "api:person_leave", number, why="调离", successor=crew["boss"].pk)
    assert (left.json()["person"]["is_active"], left.json()["moved"]) == (False, {"accounts": 0, "review": 0})


def test_the_log_is_narrowed_by_day_action_and_text(client, crew):
    people.change_role(crew["admin"], crew["filler"], Role.REVIEWER, now=NOW, why="升任")
    client.force_login(crew["admin"])
    page = reverse("accounts:log")
    tomorrow = (TODAY + DAY).isoformat()
    for tail, found in (
        ("", True),
        (f"?since={TODAY}&until={TODAY}", True),
        (f"?since={tomorrow}", False),
        ("?since=nonsense", True),
        ("?action=accounts.hand_over", False),
        ("?action=accounts.change_role&export=csv", True),
    ):
        assert ("升任" in client.get(page + tail).content.decode("utf-8-sig")) is found, tail
    api = reverse("api:log")
    assert client.get(api + f"?since={tomorrow}").json()["count"] == 0
    assert client.get(api + "?action=accounts.change_role").json()["count"] == 1
