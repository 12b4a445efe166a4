"""The pages and the API of the directory: what they show, whom they let in, how many queries they take."""

import json

import pytest
from directory_helpers import SYSTEM, TODAY, facility, legal_person, line, organisation, user
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from test_exchange import book, enterprise, plant, take, unit

from shutan.apps.accounts import mandates
from shutan.apps.accounts.models import Area, Kind, Role
from shutan.apps.accounts.scope import MandateEnded
from shutan.apps.common.listing import Column, Listing
from shutan.apps.directory import actions, events, keeping, queries, workbook
from shutan.apps.directory.consequences import Happened
from shutan.apps.directory.facts import FACTS
from shutan.apps.directory.models import Entity, Event, RegistryChange, SavedView


@pytest.fixture
def works(people):
    """The first enterprise with a facility and a line."""
    one = Entity.objects.get(organisation__name_zh="甲厂")
    plant = facility("一厂", one)
    return {"one": one, "plant": plant, "line": line("一线", plant)}


@pytest.fixture
def as_person(client, people):
    def sign_in(name, language="zh-hans"):
        person = people[name]
        person.language = language
        person.save(update_fields=["language"])
        client.force_login(person)
        return client

    return sign_in


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_opens(as_person, works, language):
    client = as_person("officer", language)
    number = works["one"].pk
    paths = [
        "/directory/",
        "/directory/kinds/facility",
        "/directory/kinds/line",
        "/directory/kinds/reporting_entity",
        "/directory/map",
        "/directory/events",
        "/directory/registry-changes",
        "/directory/import",
        "/directory/template.xlsx",
        "/directory/export.xlsx",
        "/directory/new/line",
        "/directory/new/legal_person",
        f"/directory/{number}",
        f"/directory/{number}?on=2019-01-01",
        f"/directory/{number}/change",
        f"/directory/{number}/account",
        f"/directory/{number}/facts/{keeping.at(works['one'], 'name', TODAY).pk}",
        f"/directory/{works['plant'].pk}/events/new?kind=commissioning",
        "/directory/?city=510100&county=510104&sector=cement&q=甲&on=2024-01-01&sort=-division",
        "/directory/?export=xlsx",
        "/directory/choices?kind=legal_person&field=owner&owner=甲",
    ]
    for path in paths:
        assert client.get(path).status_code == 200, path
    for path in (
        "/directory/kinds/planet",
        "/directory/999999",
        "/directory/new/planet",
        f"/directory/{number}/events/new?kind=stop",
    ):
        assert client.get(path).status_code == 404, path


def test_another_organisations_records_are_not_there(as_person, works):
    client = as_person("two")
    for entity in works.values():
        for page in ("", "/change", "/events/new?kind=stop"):
            assert client.get(f"/directory/{entity.pk}{page}").status_code == 404
    for path in (
        "/directory/",
        "/directory/?export=csv",
        "/directory/choices?kind=legal_person&field=x",
        "/search?q=公司",
    ):
        assert "甲公司" not in client.get(path).content.decode("utf-8-sig"), path
    assert "乙公司" in client.get("/directory/").content.decode()
    for path in (f"/api/v1/directory/{works['one'].pk}", f"/api/v1/directory/{works['one'].pk}/history"):
        assert client.get(path).status_code == 404
    assert [one["facts"]["name"] for one in client.get("/api/v1/directory").json()["items"]] == ["乙公司"]


def post(client, path, **data):
    return client.post(path, data)


def test_a_form_tells_all_faults_and_keeps_what_was_typed(as_person, people):
    client = as_person("officer")
    sent = {"name": "丙", "credit_code": "x", "division": "", "sector": "", "since": "2024-01-01"}
    page = client.post("/directory/new/legal_person", sent)
    text = page.content.decode()
    assert page.status_code == 422
    assert text.count('class="fault"') == 3
    assert 'value="丙"' in text
    assert not queries.as_of(people["officer"], TODAY, today=TODAY).filter(at_name="丙").exists()


def test_two_people_editing_lose_nothing(as_person, works):
    client, number = as_person("officer"), works["one"].pk
    page = client.get(f"/directory/{number}/change")
    was = {f"was_{name}": value for name, value in page.context["was"].items()}
    mine = {name.removeprefix("was_"): value for name, value in was.items()}
    base = was | mine | {"version": page.context["version"], "since": "2026-05-01"}
    other = client.post(f"/directory/{number}/change", base | {"address": "他们的"})
    assert other.status_code == 302
    page = client.post(
        f"/directory/{number}/change", base | {"address": "我的", "legal_representative": "张三"}
    )
    assert page.status_code == 409
    assert {(row["now"], row["mine"]) for row in page.context["clash"]} == {("他们的", "我的"), ("", "张三")}
    text = page.content.decode()
    assert 'value="我的"' in text
    assert 'value="张三"' in text
    again = {f"was_{name}": value for name, value in page.context["was"].items()}
    sent = (
        again
        | mine
        | {
            "address": "我的",
            "legal_representative": "张三",
            "version": page.context["version"],
            "since": "2026-05-01",
        }
    )
    assert client.post(f"/directory/{number}/change", sent).status_code == 302
    assert keeping.standing(works["one"]).filter(name="address").get(during__contains=TODAY).value == "我的"


def test_an_event_is_shown_before_it_is_written(as_person, works):
    client, path = as_person("one"), f"/directory/{works['plant'].pk}/events/new"
    sent = {
        "kind": "commissioning",
        "on": "2026-04-01",
        "name": "二线",
        "sector": "cement",
        "document": "核准1号",
    }
    page = client.post(path, sent)
    assert page.status_code == 200
    assert "二线" in page.content.decode()
    assert not Event.objects.exists()
    done = client.post(path, sent | {"confirmed": "1", "version": page.context["version"]})
    assert done.status_code == 302
    assert Event.objects.get().document == "核准1号"
    assert "二线" in client.get("/directory/kinds/line").content.decode()
    impossible = client.post(
        f"/directory/{works['line'].pk}/events/new", {"kind": "stop", "on": "2019-01-01"}
    )
    assert impossible.status_code == 422
    stale = client.post(path, sent | {"name": "三线", "confirmed": "1", "version": "1"})
    assert stale.status_code == 409


def test_the_province_reviews_and_an_event_is_undone(as_person, works):
    client = as_person("one")
    sent = {"kind": "name_change", "on": "2026-04-01", "name": "甲新", "confirmed": "1", "version": "1"}
    assert client.post(f"/directory/{works['one'].pk}/events/new", sent).status_code == 302
    event = Event.objects.get()
    assert client.post(f"/directory/events/{event.pk}/registry", {"decision": "approve"}).status_code == 403
    client = as_person("officer")
    assert "更名" in client.get("/").content.decode()
    assert client.post(f"/directory/events/{event.pk}/registry", {"decision": "reject"}).status_code == 422
    assert client.post(f"/directory/events/{event.pk}/registry", {"decision": "approve"}).status_code == 302
    assert RegistryChange.objects.get(event=event).state == "approved"
    assert client.post(f"/directory/events/{event.pk}/correction", {"why": ""}).status_code == 422
    assert client.post(f"/directory/events/{event.pk}/correction", {"why": "记错"}).status_code == 302
    assert queries.facts_on(works["one"], TODAY)["name"].value == "甲公司"
    assert RegistryChange.objects.count() == 2  # the registry must change back


def test_views_are_saved_for_oneself(as_person, people, works):
    client = as_person("officer")
    sent = {"name": "水泥", "kind": "legal_person"}
    done = client.post(
        "/directory/views", sent, headers={"Referer": "http://testserver/directory/?sector=cement"}
    )
    assert done["Location"] == "/directory/?sector=cement"
    assert "?sector=cement" in client.get("/directory/").content.decode()
    view = SavedView.objects.get()
    assert as_person("city").post(f"/directory/views/{view.pk}").status_code == 404
    assert as_person("officer").post(f"/directory/views/{view.pk}").status_code == 302
    assert not SavedView.objects.exists()
    assert client.post("/directory/views", {"name": "", "kind": "legal_person"}).status_code == 422


def test_accounts_are_linked_by_the_province(as_person, works, people):
    client = as_person("officer")
    free = legal_person("丙公司", 3)
    account = people["verifier"].organisation
    assert (
        client.post(f"/directory/{free.pk}/account", {"organisation": account.pk, "version": "1"}).status_code
        == 302
    )
    free.refresh_from_db()
    assert free.organisation is None  # a verification body is no enterprise
    taken = client.post(
        f"/directory/{free.pk}/account", {"organisation": people["one"].organisation_id, "version": "2"}
    )
    assert taken.status_code == 422


def test_import_by_page_and_api(as_person, people):
    client = as_person("officer")
    content = book(2, first=11)

    def upload(path, data):
        return client.post(path, {"file": SimpleUploadedFile("名录.xlsx", data)})

    faulty = workbook.write({"legal_person": [enterprise(7, sector="炼金")]}, "zh")
    assert "E4" in upload("/directory/import", faulty).content.decode()
    assert upload("/directory/import", b"x").status_code == 422
    assert client.post("/directory/import").status_code == 422
    assert upload("/directory/import", content).status_code == 200
    again = upload("/api/v1/directory/import", content)
    assert again.json() == {"created": 0, "changed": 0, "unchanged": 6}
    wrong = client.post(
        "/api/v1/directory/import", json.dumps({"line": [{"name": "x"}]}), content_type="application/json"
    )
    assert wrong.status_code == 422
    assert {"line.0.since", "line.0.facility"} <= {one["place"] for one in wrong.json()["error"]["details"]}


def call(client, method, path, body):
    return getattr(client, method)(f"/api/v1{path}", json.dumps(body), content_type="application/json")


def test_the_api_does_what_the_pages_do(as_person, works):
    client, number = as_person("one"), works["plant"].pk
    made = call(client, "post", "/directory", {"kind": "line", "since": "2024-01-01", "planned": True,
                "facts": {"name": "新线", "facility": str(number), "sector": "cement"}})  # fmt: skip
    assert made.status_code == 201
    unit = made.json()["id"]
    event = {"kind": "commissioning", "on": "2024-06-01"}
    preview = call(client, "post", f"/directory/{unit}/events", event)
    assert (preview.status_code, preview.json()["registry_change"]) == (200, False)
    recorded = call(client, "post", f"/directory/{unit}/events", event | {"dry_run": False})
    assert recorded.status_code == 201
    again = call(client, "post", f"/directory/{unit}/events", event)
    assert again.status_code == 422
    changed = call(
        client,
        "patch",
        f"/directory/{unit}",
        {"version": 2, "since": "2025-01-01", "facts": {"product": "熟料"}},
    )
    assert changed.json()["facts"]["product"] == "熟料"
    stale = call(
        client,
        "patch",
        f"/directory/{unit}",
        {"version": 2, "since": "2025-01-01", "facts": {"product": "x"}},
    )
    assert stale.status_code == 409
    fact = next(one for one in changed.json()["details"] if one["name"] == "product")
    corrected = call(
        client, "put", f"/directory/{unit}/facts/{fact['id']}", {"version": 3, "value": "水泥", "why": "错"}
    )
    assert corrected.json()["facts"]["product"] == "水泥"
    assert any(one["withdrawn"] for one in client.get(f"/api/v1/directory/{unit}/history").json())
    undone = call(client, "post", f"/directory-events/{recorded.json()['id']}/correction", {"why": "错"})
    assert undone.status_code == 201
    assert client.get("/api/v1/directory-events").json()["count"] == 2
    assert client.get("/api/v1/registry-changes").json() == []
    assert client.get("/api/v1/directory/workbook?empty=true").status_code == 200


def test_pages_of_a_thousand_enterprises_take_few_queries(as_person, people, django_assert_max_num_queries):
    numbers = range(11, 1011)
    rows = {
        "legal_person": [enterprise(number) for number in numbers],
        "facility": [plant(11)],
        "line": [unit(11)],
    }
    take(workbook.write(rows, "zh"))
    for who in ("officer", "city", "one"):
        client = as_person(who)
        client.get("/directory/")
        entity = (
            Entity.objects.filter(kind="facility").last()
            if who != "one"
            else people["one"].organisation.entities.get()
        )
        for path in ("/directory/", "/directory/kinds/line?sector=cement", "/directory/?q=企业05", "/directory/map",
                     "/directory/events", f"/directory/{entity.pk}"):  # fmt: skip
            with django_assert_max_num_queries(20):
                assert client.get(path).status_code == 200, (who, path)


def test_the_map_says_what_it_is(as_person, works, settings):
    client = as_person("officer", "en")
    text = client.get("/directory/map").content.decode()
    assert "No map approval number is set" in text
    assert text.count("<path ") == 21
    settings.MAP_APPROVAL = "川S（2026）00001号"
    assert "川S（2026）00001号" in client.get("/directory/map").content.decode()


def stop(entity, kind="stop"):
    """An event of today."""
    entity.refresh_from_db()
    today = timezone.localdate()
    happened = Happened(kind, today, entity)
    return events.record_event(SYSTEM, happened, version=None, now=timezone.now(), today=today)


def test_an_ended_mandate_says_so(as_person, works, people):
    people["agent"] = user("agent", organisation("甲咨询", Kind.SERVICE), Role.ADMIN)
    client = as_person("agent")
    boss = user("boss", people["one"].organisation, Role.RESPONSIBLE)
    held = mandates.give(
        boss,
        principal=boss.organisation,
        agent=people["agent"].organisation,
        areas=[Area.DIRECTORY],
        begins=timezone.localdate(),
        ends=timezone.localdate(),
        number="甲委1号",
        now=timezone.now(),
    )
    mandates.accept(people["agent"], held, now=timezone.now())
    plant, line_ = works["plant"], works["line"]
    stopped = stop(line_)
    assert client.get(f"/directory/{plant.pk}/change").status_code == 200
    assert client.get(f"/directory/events/{stopped.pk}").status_code == 200
    mandates.end(boss, held, now=timezone.now(), why="本单位自行维护")

    for path in (f"/directory/{plant.pk}/change", f"/directory/{line_.pk}/events/new?kind=stop"):
        told = client.post(path, {"site": "新址"})
        assert told.status_code == 403
        assert "本单位自行维护" in told.content.decode()
    told = client.get(f"/directory/events/{stopped.pk}")
    assert told.status_code == 403
    assert "本单位自行维护" in told.content.decode()
    assert client.get(f"/directory/events/{stop(line_, 'resume').pk}").status_code == 404  # came after it
    told = client.get(f"/api/v1/directory/{plant.pk}")
    assert told.status_code == 403
    assert told.json()["error"]["code"] == "mandate_ended"
    with pytest.raises(MandateEnded):
        actions.change_facts(
            people["agent"],
            plant,
            {"site": "新址"},
            since=TODAY,
            version=plant.version,
            now=timezone.now(),
            today=timezone.localdate(),
        )
    assert client.get(f"/directory/{legal_person('丙公司', 3).pk}").status_code == 404


@pytest.mark.parametrize("asked", [{}, {"sort": "-at_facility"}, {"sort": "-at_state"}, {"q": "线"}])
def test_the_pages_of_a_list_are_its_rows_in_order_each_once(rf, people, works, asked):
    """Rows of a later page are looked up by key; skipped ones are not."""
    for number in range(9):
        line(f"{number % 3}号线", works["plant"])
    types = FACTS["line"]
    rows = queries.as_of(people["officer"], TODAY, "line", today=TODAY)

    def listing(page):
        columns = [Column(f"at_{one.name}", one.name, sort=f"at_{one.name}") for one in types]
        request = rf.get("/", asked | {"page": page})
        return Listing(
            request, key="x", rows=rows, columns=columns, search=("at_name",), sort="at_name", size=4
        )

    whole = [row.pk for row in listing(1).found]
    pages = [[row.pk for row in listing(number).page.object_list] for number in (1, 2, 3)]
    assert [len(page) for page in pages] == [4, 4, 2]
    assert [*pages[0], *pages[1], *pages[2]] == whole
    assert len(listing(2).lines) == 4
    assert listing(2).total == 10
