"""The page and the API of uncertainty: one mechanism with the command line, errors at their place, kept by who may."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from reporting_helpers import NOW, create, submit

from shutan.apps.accounts import actions as accounts
from shutan.apps.reporting import actions, results, uncertainty
from shutan.documents.uncertainty import run, statement, write_json
from shutan.kernel.uncertainty import Stated

EXAMPLES = Path(__file__).parents[3] / "examples"
COAL = ["fuel_consumption_reported=2%,shared", "carbon_reported=3%,uniform"]
WANTED = "enterprise_combustion_emissions"


def address(report, **query):
    return reverse("reporting:uncertainty", args=[report.pk], query=query or None)


def token(person, scope="write"):
    issued = accounts.create_token(person, label="t", scope=scope, now=timezone.now())
    return {"Authorization": f"Bearer {issued.secret}"}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_report_without_statements_says_that_nothing_is_assumed(client, people, report, language):
    client.force_login(people["filler"])
    client.cookies["django_language"] = language
    page = client.get(address(report))
    assert page.status_code == 200
    assert page.context["outcome"] is None
    assert ("Nothing is assumed" if language == "en" else "不设") in page.content.decode()


def test_what_is_stated_stands_in_the_address_and_gives_the_figures_of_the_library(client, people, report):
    client.force_login(people["filler"])
    sent = {
        "of": WANTED, "draws": "10000", "seed": "3",
        "half:fuel_consumption_reported": "2", "shared:fuel_consumption_reported": "1",
        "half:carbon_reported": "3 %", "shape:carbon_reported": "uniform",
    }  # fmt: skip
    answer = client.post(address(report), sent)
    assert answer.status_code == 302
    page = client.get(answer.url)
    outcome = page.context["outcome"]
    result = results.result_of(report)
    found = run(result, WANTED, (), [statement(result, text) for text in COAL], draws=10_000, seed=3)
    assert outcome.relative == f"{Decimal(f'{100 * found.found.relative:.3g}'):f} %"
    assert outcome.drawn["mean"] == uncertainty.plain(found.drawn.mean)
    shares = outcome.chart.series[0].values
    assert len(shares) == 2
    assert abs(sum(shares) - 100) < Decimal("0.001")
    assert not report.uncertainties.exists()
    told = json.loads(client.get(answer.url.split("#")[0] + "&format=json").getvalue())
    wanted = write_json(found, 2024, "en")
    assert told["first_order"] == json.loads(json.dumps(wanted["first_order"]))
    assert told["monte_carlo"] == wanted["monte_carlo"]
    table = client.get(answer.url.split("#")[0] + "&format=csv").getvalue().decode("utf-8-sig").splitlines()
    assert len(table) == 1 + len(found.found.by_row)


def test_faults_stand_at_their_places_and_nothing_is_kept(client, people, report):
    client.force_login(people["filler"])
    sent = {
        "of": WANTED, "keep": "1", "half:carbon_reported": "120", "half:fuel_consumption_reported": "many",
        "single": "carbon_reported@没有/这行/3=2%\nnonsense\ncarbon_reported@no\nunit_emissions=2%",
    }  # fmt: skip
    page = client.post(address(report), sent)
    assert page.status_code == 422
    form = page.context["form"]
    lines = {one.name: one for one in form.lines}
    assert lines["carbon_reported"].fault
    assert lines["carbon_reported"].half_width == "120"
    assert lines["fuel_consumption_reported"].fault
    assert len(form.single_faults) == 4
    assert not report.uncertainties.exists()


def test_statements_are_kept_with_a_submitted_report_too(client, people, report):
    submit(people["reviewer"], report, now=NOW)
    client.force_login(people["filler"])
    sent = {
        "of": WANTED,
        "keep": "1",
        "half:carbon_reported": "3",
        "single": "carbon_reported@1号机组/烟煤/3=9%",
    }
    assert client.post(address(report), sent).status_code == 302
    page = client.get(address(report, of=WANTED))
    assert page.context["outcome"] is not None
    result = results.result_of(report)
    kept = uncertainty.saved(report, result)
    assert kept == [
        Stated("carbon_reported", 0.03),
        Stated("carbon_reported", 0.09, ("1号机组", "烟煤", 3)),
    ]
    client.post(address(report), {"of": WANTED, "keep": "1"})
    assert uncertainty.saved(report, result) == []


def test_regulators_may_ask_and_not_keep_and_strangers_see_nothing(client, people, report):
    submit(people["reviewer"], report, now=NOW)
    client.force_login(people["officer"])
    assert client.get(address(report, of=WANTED, given=COAL[0])).context["outcome"] is not None
    assert client.post(address(report), {"keep": "1", "half:carbon_reported": "3"}).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.state_uncertainties(people["other"], report, [], now=NOW)
    client.force_login(people["other"])
    assert client.get(address(report)).status_code == 404
    client.force_login(people["public"])
    assert client.get(address(report)).status_code in {403, 404}


def test_an_address_with_nonsense_is_answered_in_words(client, people, report):
    client.force_login(people["filler"])
    page = client.get(address(report, of="no_such", given="no_such=2%", draws="9" * 40))
    assert page.status_code == 200
    assert page.context["outcome"] is None


def test_the_api_gives_the_same_and_keeps_statements(client, people, report):
    url = f"/api/v1/reports/{report.pk}/uncertainty"
    headers = token(people["filler"])
    asked = {"name": WANTED, "given": COAL, "draws": 5000, "seed": 1}
    told = client.get(url, asked, headers=headers).json()
    assert "first_order" in told, told
    result = results.result_of(report)
    found = run(result, WANTED, (), [statement(result, text) for text in COAL], draws=5000, seed=1)
    assert told["first_order"]["half_width_95"] == found.found.half_width
    assert told["monte_carlo"]["high_97_5"] == found.drawn.high
    assert Decimal(told["value"]) == found.found.value
    kept = client.put(url, {"given": COAL}, content_type="application/json", headers=headers)
    assert kept.json() == {"given": COAL}
    again = client.get(url, {"name": WANTED}, headers=headers).json()
    assert again["first_order"] == told["first_order"]
    wrong = client.put(url, {"given": ["a=b", *COAL]}, content_type="application/json", headers=headers)
    assert (wrong.status_code, wrong.json()["error"]["details"][0]["place"]) == (422, "given[0]")
    read = token(people["filler"], "read")
    assert client.put(url, {"given": []}, content_type="application/json", headers=read).status_code == 403
    assert client.get(url, {"name": "nothing"}, headers=headers).status_code == 404
    assert client.get(url, {"name": "unit_class", "key": "1号机组"}, headers=headers).status_code == 422


@pytest.mark.parametrize(
    "file", ["steel_2024", "cement_2024", "aluminium_2024", "copper_2022", "ceramics_2023"]
)
def test_every_sector_has_something_to_state(client, people, files, file):
    made = create(people["filler"], file, (EXAMPLES / f"{file}.xlsx").read_bytes()).report
    client.force_login(people["filler"])
    form = client.get(address(made)).context["form"]
    names = [one.name for one in form.lines if not one.is_parameter]
    answer = client.post(address(made), {f"half:{name}": "5" for name in names} | {"draws": "10000"})
    outcome = client.get(answer.url).context["outcome"]
    assert outcome.chart is not None
    assert outcome.rows
    assert outcome.drawn is not None
