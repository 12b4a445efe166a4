"""What belongs to others never appears: not in lists, pages, search, exports, downloads or errors."""

import pytest
from django.urls import reverse
from reporting_helpers import NOW, create, submit

from shutan.apps.reporting import queries
from shutan.apps.reporting.search import find
from shutan.apps.reporting.worklist import tasks

SECRET = "只属于甲电厂的标题"
PAGES = ("report", "sheets", "figures", "inputs", "findings", "compare")
VERBS = ("submit", "recompute", "delete", "rename")


@pytest.fixture
def secret(people, files):
    return create(people["filler"], title=SECRET).report


def addresses(report):
    yield from (reverse(f"reporting:{page}", args=[report.pk]) for page in PAGES)
    yield reverse("reporting:explain", args=[report.pk, "enterprise_emissions"])
    yield from (
        reverse("reporting:download", args=[report.pk, kind]) for kind in ("xlsx", "json", "source", "none")
    )
    yield reverse("reporting:compare", args=[report.pk]) + f"?with={report.pk}"


# who, while a draft, once submitted
MATRIX = [
    ("filler", 200, 200), ("reviewer", 200, 200), ("other", 404, 404), ("officer", 404, 200), ("lead", 404, 200),
    ("city", 404, 200), ("far_city", 404, 404), ("verifier", 403, 403), ("public", 403, 403), (None, 302, 302),
]  # fmt: skip


@pytest.mark.parametrize("state", ["draft", "submitted"])
def test_who_sees_a_report(client, people, secret, state):
    if state == "submitted":
        secret = submit(people["reviewer"], secret, now=NOW)
    for name, draft, submitted in MATRIX:
        client.logout()
        if name:
            client.force_login(people[name])
        wanted = draft if state == "draft" else submitted
        for address in addresses(secret):
            missing = wanted == 200 and address.endswith("/none")
            response = client.get(address)
            assert response.status_code == (404 if missing else wanted), (name, address)
            if wanted != 200 and response.get("Content-Type", "").startswith("text"):
                assert SECRET not in response.content.decode(), (name, address)
        if name is None:
            continue
        listing = client.get(reverse("reporting:list"))
        exported = client.get(reverse("reporting:list") + "?export=csv")
        sees = wanted == 200
        for response in (listing, exported):
            assert (SECRET in response.content.decode("utf-8-sig")) is sees, (name, response.status_code)
        person = people[name]
        assert any(SECRET in hit.title for hit in find(person, SECRET)) is sees
        assert queries.reports(person).filter(pk=secret.pk).exists() is sees
        if not sees:
            assert not any(SECRET in task.subject for task in tasks(person, NOW))
            assert SECRET not in client.get(reverse("search") + f"?q={SECRET[:-1]}").content.decode().replace(
                SECRET[:-1] + '"', ""
            )


def test_nobody_acts_on_the_report_of_others(client, people, secret):
    for name in ("other", "officer", "city", "verifier", "public"):
        client.force_login(people[name])
        for verb in VERBS:
            response = client.post(
                reverse(f"reporting:{verb}", args=[secret.pk]), {"revision": secret.revision, "title": "x"}
            )
            assert response.status_code in (403, 404), (name, verb)
    secret.refresh_from_db()
    assert (secret.title, secret.state) == (SECRET, "draft")


def test_verbs_want_post(client, people, secret):
    client.force_login(people["reviewer"])
    assert client.get(reverse("reporting:submit", args=[secret.pk])).status_code == 405


def test_comparison_offers_only_ones_own(people, secret, files):
    foreign = create(people["other"]).report
    assert not queries.comparable(people["filler"], secret).exists()
    assert not queries.comparable(people["other"], foreign).exists()


def test_findings_for_the_regulator_are_the_regulators(people, secret):
    secret.findings.update(audience="regulator")
    secret.checks.update(audience="regulator")
    assert not queries.findings(people["filler"], secret).exists()
    assert not queries.checks(people["filler"], secret).exists()
    assert queries.checks(people["officer"], secret).exists()


@pytest.mark.parametrize(
    "tail",
    ["?grain=none", "?grain=unit_month&subject=%00", "?page=99999999999999", "?page=-1", "?table=none&at=x"],
)
def test_strange_addresses_are_harmless(client, people, secret, tail):
    client.force_login(people["filler"])
    for page in PAGES:
        assert client.get(reverse(f"reporting:{page}", args=[secret.pk]) + tail).status_code == 200
    explain = reverse("reporting:explain", args=[secret.pk, "combustion_emissions"])
    for query in ("", "?key=%00", "?key=a&key=b&key=13", "?key=a&key=b&key=x", "?key=1号机组&key=烟煤&key=٣"):
        assert client.get(explain + query).status_code == 404
    assert client.get(reverse("reporting:compare", args=[secret.pk]) + "?with=" + "9" * 50).status_code == 200
    for path in ("/reports/99999999999999999999", "/rules/none/rules/x", "/rules/power/clauses/%00"):
        assert client.get(path).status_code == 404
