"""Pages and API of disclosure: the whole way, what anybody reads, and what nobody else sees."""

import io
import json

import openpyxl
import pytest
from disclosure_helpers import corrected, published
from django.urls import reverse

from shutan.apps.disclosure import document
from shutan.apps.disclosure.models import Disclosure


@pytest.fixture
def signed_in(client, people):
    def as_(name):
        client.logout()
        if name:
            client.force_login(people[name])
        client.cookies["django_language"] = "en"
        return client

    return as_


def test_the_whole_way_by_pages(signed_in, people, report, monkeypatch):
    monkeypatch.setattr(document, "takes_measures", lambda *_: True)
    web = signed_in("filler")
    owed = web.get(reverse("disclosure:owed"))
    assert reverse("disclosure:begin", args=[report.pk]) in owed.content.decode()
    assert web.get(reverse("disclosure:begin", args=[report.pk])).status_code == 200
    page = web.post(reverse("disclosure:begin", args=[report.pk])).url
    assert "As it will be read" in web.get(page).content.decode()
    lines = {"measures-TOTAL_FORMS": "3", "measures-INITIAL_FORMS": "0", "measures-0-name": "Boiler"}
    wrong = {"revision": "1", "surrender": "full", "surrendered_t": "-5", "surrendered_on": ""} | lines
    refused = web.post(page, wrong)
    assert refused.status_code == 422
    assert 'value="-5"' in refused.content.decode()
    assert 'value="Boiler"' in refused.content.decode()
    right = wrong | {"surrendered_t": "5000", "measures-0-investment": "12.5"}
    assert web.post(page, right).status_code == 302
    again = web.post(page, right | {"surrendered_t": "6000"})  # the second editor
    assert again.status_code == 422
    assert "Someone else saved this meanwhile" in again.content.decode()
    assert 'value="6000"' in again.content.decode()
    held = Disclosure.objects.get()
    assert (held.surrendered_t, held.measures.get().investment) == (5000, 12.5)
    publish = reverse("disclosure:publish", args=[held.pk])
    assert web.post(publish, {"revision": "2"}).status_code == 403
    public = signed_in("responsible").post(publish, {"revision": "2"}).url
    text = signed_in(None).get(public).content.decode()
    assert "5,000" in text
    assert "Boiler" in text
    assert public in signed_in(None).get(reverse("disclosure:public")).content.decode()


def test_a_corrected_report_shows_as_a_warning_and_is_taken(signed_in, people, report):
    published(people, report)
    draft = signed_in("filler").post(reverse("disclosure:begin", args=[report.pk])).url
    later = corrected(people, report)
    begin = reverse("disclosure:begin", args=[later.pk])
    assert begin in signed_in("filler").get(draft).content.decode()
    assert "goes on with this version" in signed_in("filler").get(begin).content.decode()
    signed_in("filler").post(begin)
    assert begin not in signed_in("filler").get(draft).content.decode()
    publish = draft + "/publish"
    without = signed_in("responsible").post(publish, {"revision": "2"}, follow=True)
    assert "A new version needs its reason." in without.content.decode()
    page = signed_in("responsible").post(publish, {"revision": "2", "why": "correction"}).url
    assert "Reason of this version: correction" in signed_in(None).get(page).content.decode()
    first = Disclosure.objects.get(version=1)
    old = signed_in(None).get(reverse("disclosure:page", args=[first.pk])).content.decode()
    assert "Version 2 has replaced this one." in old


@pytest.mark.parametrize("kind", ["xlsx", "json"])
def test_files(signed_in, people, report, kind):
    made = published(people, report)
    answer = signed_in(None).get(reverse("disclosure:download", args=[made.pk, kind]))
    assert answer["Content-Disposition"].startswith("attachment")
    if kind == "json":
        assert json.loads(answer.content)["content"] == made.content
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
        texts = {cell.value for row in sheet for cell in row}
        assert {text for table in made.form("en")["tables"] for text in table["heads"]} <= texts
    assert signed_in(None).get(reverse("disclosure:download", args=[made.pk, "exe"])).status_code == 404


def test_a_draft_is_nowhere_for_others(signed_in, people, report):
    web = signed_in("filler")
    page = web.post(reverse("disclosure:begin", args=[report.pk])).url
    held = Disclosure.objects.get()
    places = [page, reverse("disclosure:page", args=[held.pk]), f"/api/v1/disclosures/{held.pk}"]
    for name in ("other", None):
        answers = [signed_in(name).get(place).status_code for place in places]
        assert set(answers) <= {302, 401, 403, 404}
        assert "甲电厂" not in signed_in(name).get(reverse("disclosure:public")).content.decode()
    assert signed_in("other").get(f"/api/v1/disclosure-drafts/{held.pk}").status_code == 404
    assert signed_in("other").get("/api/v1/disclosure-drafts").json() == []
    assert signed_in("other").post(reverse("disclosure:begin", args=[report.pk])).status_code == 404
    for verb in ("publish", "discard"):
        assert signed_in("other").post(f"{page}/{verb}", {"revision": "1"}).status_code == 404


def test_the_api_goes_the_whole_way(signed_in, people, report):
    web = signed_in("responsible")
    draft = web.post(f"/api/v1/reports/{report.pk}/disclosure").json()
    assert (draft["revision"], draft["against"]) == (1, [])
    place = f"/api/v1/disclosure-drafts/{draft['id']}"
    given = {"revision": 1, "surrender": "full", "surrendered_t": "12"}
    saved = web.put(place, given, content_type="application/json")
    assert saved.json()["surrendered_t"] == "12"
    assert web.put(place, given, content_type="application/json").status_code == 409
    assert web.get(place).json() == saved.json()
    bad = web.put(place, given | {"surrender": "perhaps"}, content_type="application/json")
    assert bad.status_code == 422
    made = web.post(f"{place}/publication", {"revision": 2}, content_type="application/json").json()
    assert made["version"] == 1
    assert signed_in(None).get("/api/v1/disclosures?rule_set=power&year=2024").json()["count"] == 1
    assert signed_in(None).get("/api/v1/disclosures?q=nobody").json() == {"count": 0, "items": []}
    assert signed_in(None).get(f"/api/v1/disclosures/{made['id']}").json()["content"] == made["content"]
    web = signed_in("responsible")
    again = web.post(f"/api/v1/reports/{report.pk}/disclosure").json()
    assert web.delete(f"/api/v1/disclosure-drafts/{again['id']}?revision=9").status_code == 409
    assert web.delete(f"/api/v1/disclosure-drafts/{again['id']}?revision=1").status_code == 204
    assert web.get("/api/v1/disclosure-drafts").json() == []


def test_lists_take_few_queries(signed_in, people, report, django_assert_max_num_queries):
    published(people, report)
    for name, route in [(None, "disclosure:public"), ("officer", "disclosure:owed")]:
        web = signed_in(name)
        with django_assert_max_num_queries(20):
            assert "甲电厂" in web.get(reverse(route)).content.decode()
        assert web.get(reverse(route) + "?export=csv").status_code == 200
        assert web.get(reverse(route) + "?sector=power&year=2024&state=open&city=5101").status_code == 200
        assert web.get(reverse(route) + "?year=x&state=x&sector=x").status_code == 200
