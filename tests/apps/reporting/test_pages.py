"""Pages of reporting: they render, ask little of the database, and say what happened."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from reporting_helpers import NOW, create, submit, workbook

from shutan.apps.reporting import notices, queries, results, tables
from shutan.apps.reporting.models import Report
from shutan.apps.reporting.present import Presenter
from shutan.cli.demonstration import declare
from shutan.rules.registry import rule_sets


def names_and_args(report):
    pk = report.pk
    for name in ("report", "sheets", "figures", "inputs", "findings", "compare"):
        yield f"reporting:{name}", [pk]
    yield "reporting:explain", [pk, "enterprise_emissions"]
    for name in ("list", "upload", "rulebook", "matrix", "guidelines", "parameters"):
        yield f"reporting:{name}", []


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_renders(client, people, report, language):
    client.force_login(people["filler"])
    client.cookies["django_language"] = language
    for name, args in names_and_args(report):
        response = client.get(reverse(name, args=args))
        assert response.status_code == 200, (name, response.content[:500])
    for rules in rule_sets().values():
        for page, names in (
            ("clause", rules.clauses),
            ("parameter", rules.parameters),
            ("rule", rules.rules),
        ):
            for one in list(names)[:: 8 if language == "en" else 20]:
                response = client.get(reverse(f"reporting:{page}", args=[rules.name, one]))
                assert response.status_code == 200, one


# -- how much a page asks of the database ------------------------------------------------------------------------


def queries_of(client, address, django_assert_max_num_queries, most):
    with django_assert_max_num_queries(most):
        response = client.get(address)
    assert response.status_code == 200
    return response


def test_the_list_asks_the_same_however_long_it_is(client, people, files, django_assert_max_num_queries):
    create(people["filler"])
    client.force_login(people["filler"])
    queries_of(client, reverse("reporting:list"), django_assert_max_num_queries, 16)
    for name in ("gas", "coal_2023"):
        create(people["filler"], name)
    queries_of(client, reverse("reporting:list"), django_assert_max_num_queries, 16)


@pytest.mark.parametrize("page", ["report", "sheets", "figures", "inputs", "findings", "compare"])
def test_a_report_page_asks_little(client, people, report, page, django_assert_max_num_queries):
    client.force_login(people["filler"])
    queries_of(client, reverse(f"reporting:{page}", args=[report.pk]), django_assert_max_num_queries, 25)


# -- what pages say ----------------------------------------------------------------------------------------------


def test_the_upload_answers_with_the_report_or_all_faults(client, people, files):
    client.force_login(people["filler"])
    address = reverse("reporting:upload")
    sent = SimpleUploadedFile("川南.xlsx", workbook())
    response = client.post(address, {"file": sent})
    made = Report.objects.get()
    assert reverse("reporting:report", args=[made.pk]) in response.content.decode()
    again = client.post(address, {"file": SimpleUploadedFile("川南.xlsx", workbook())})
    assert again.status_code == 200
    assert Report.objects.count() == 1
    broken = client.post(address, {"file": SimpleUploadedFile("a.xlsx", b"nothing")})
    assert broken.status_code == 422
    assert "table" in broken.content.decode()
    assert client.post(address).status_code == 422
    assert Report.objects.count() == 1


def test_an_exercise_is_marked_on_every_page(client, people, files):
    made = create(people["filler"], "us", rules_year=2024).report
    client.force_login(people["reviewer"])
    client.cookies["django_language"] = "en"
    for page in ("report", "sheets", "figures", "inputs", "findings"):
        text = client.get(reverse(f"reporting:{page}", args=[made.pk])).content.decode()
        assert "Exercise, not a legal report" in text
    text = client.get(reverse("reporting:report", args=[made.pk])).content.decode()
    for figure in ("9,848,650", "9,015,725", "+9.2 %"):
        assert figure in text
    # It is no broken draft: what was left out on purpose is two lines below, nothing asks to be mended or submitted.
    assert "net generation, not 发电量" in text
    assert 'id="problems"' not in text
    assert "Upload a mended workbook" not in text
    assert 'id="submit"' not in text
    assert "Enterprise allowance" not in text
    assert text.count("is missing</td>") == 2
    listed = client.get(reverse("reporting:list")).content.decode()
    assert ">48<" not in listed
    assert made.full_title not in client.get("/").content.decode()  # nothing to do
    trace = client.get(reverse("reporting:download", args=[made.pk, "json"])).json()
    assert trace["exercise"] is True


def test_a_total_shows_every_decimal_the_guideline_gives_it(client, people, report):
    client.force_login(people["filler"])
    assert "6,977,884.145" in client.get(f"/reports/{report.pk}").content.decode()


def test_titles_of_charts_are_sentences(client, people, report):
    client.force_login(people["filler"])
    client.cookies["django_language"] = "en"
    text = client.get(reverse("reporting:report", args=[report.pk])).content.decode()
    assert re.search(r"of the year, the highest month is [A-Z][a-z]+ ", text)
    assert re.search(r"tCO₂ (more|less) surrender emissions than unit allowance", text)
    assert "100.0 %" not in text


def test_cells_left_empty_are_told_apart_from_misread_ones(client, people, files):
    made = create(people["filler"], "us", rules_year=2024).report
    assert made.problems.filter(empty=True).count() == made.problems.count() == 48


def test_checks_without_a_finding_stand_below_in_groups(client, people, report):
    client.force_login(people["filler"])
    text = client.get(reverse("reporting:findings", args=[report.pk])).content.decode()
    assert text.count('<details class="checks">') == 2


def test_the_worklist_says_which_year_and_what_is_next(client, people, report):
    client.force_login(people["filler"])
    client.cookies["django_language"] = "en"
    text = client.get("/").content.decode()
    assert report.full_title in text
    assert "reviewer" in text  # who fills in does not submit
    client.force_login(people["reviewer"])
    assert "then declare it" in client.get("/").content.decode()


def test_submitting_on_the_page(client, people, report):
    client.force_login(people["reviewer"])
    address = reverse("reporting:submit", args=[report.pk])
    stale = client.post(address, {"revision": 99}, follow=True)
    assert "note-error" in stale.content.decode()
    client.post(address, {"revision": report.revision})
    report.refresh_from_db()
    assert report.state == "draft"  # nobody has declared it
    declare(people["reviewer"], report, NOW)
    client.post(address, {"revision": report.revision})
    report.refresh_from_db()
    assert report.state == "submitted"
    twice = client.post(address, {"revision": report.revision}, follow=True)
    assert "note-error" in twice.content.decode()
    assert report.version == 1


def test_an_explanation_is_a_page_of_its_own_or_in_the_drawer(client, people, report):
    client.force_login(people["filler"])
    address = reverse("reporting:explain", args=[report.pk, "enterprise_combustion_emissions"])
    page = client.get(address).content.decode()
    assert page.count("<h1") == 1
    drawer = client.get(address, headers={"HX-Target": "drawer-body"}).content.decode()
    assert "<h1" not in drawer
    assert "explanation-row" in drawer


def test_a_submitted_report_tells_what_a_later_value_would_change(client, people, report):
    filed = submit(people["reviewer"], report, now=NOW)
    given = {
        "rule_set": "power",
        "name": "electricity_factor",
        "values": {(): Decimal("0.5")},
        "document": "示例",
    }
    notice = notices.register_parameter(
        people["officer"], **given, since=dt.date(2024, 1, 1), now=NOW + dt.timedelta(days=1)
    )
    page = reverse("reporting:report", args=[filed.pk])
    client.cookies["django_language"] = "en"
    client.force_login(people["reviewer"])
    assert 'id="later"' in client.get(page).content.decode()
    assert f"{page}#later" not in client.get("/").content.decode()  # work only once it counts
    told = client.get(f"/api/v1/reports/{filed.pk}").json()["later"]
    assert [one["id"] for one in told["notices"]] == [notice.pk]
    assert told["undecided"]
    assert told["values"] > 0
    assert all(one["filed"] != one["now"] for one in told["totals"])
    notices.confirm_parameter(people["lead"], notice, now=NOW + dt.timedelta(days=2))
    assert f"{page}#later" in client.get("/").content.decode()
    compared = client.get(reverse("reporting:compare", args=[filed.pk]) + "?with=later").content.decode()
    assert "Average emission factor" in compared or "table" in compared
    client.force_login(people["officer"])
    assert 'id="later"' in client.get(page).content.decode()


def test_the_regulators_list_has_no_drafts_to_filter(client, people, report):
    submit(people["reviewer"], report, now=NOW)
    client.cookies["django_language"] = "en"
    for name, own in (("reviewer", True), ("officer", False)):
        client.force_login(people[name])
        text = client.get(reverse("reporting:list")).content.decode()
        assert ('value="draft"' in text) is own
        assert ("a draft until" in text) is own


def test_notes_of_parameters_are_in_the_language_of_the_page(client, people):
    client.force_login(people["public"])
    address = reverse("reporting:parameter", args=["power", "electricity_benchmark"])
    for language, said, other in (
        ("zh-hans", "附件4未见原文", "annex 4 not seen"),
        ("en", "annex 4 not seen", "未见原文"),
    ):
        client.cookies["django_language"] = language
        text = client.get(address).content.decode()
        assert said in text
        assert other not in text


def test_lists_of_the_rule_book_filter_sort_and_export(client, people):
    client.force_login(people["public"])
    for name, tail in (
        ("rulebook", "?words=6.2.1&year=2024&set=power&kind=computed&sort=-since"),
        ("parameters", "?words=electricity&status=unknown&sort=latest"),
        ("matrix", "?kind=computed&sort=title"),
        ("guidelines", "?set=steel&sort=clauses"),
    ):
        page = client.get(reverse(f"reporting:{name}") + tail)
        assert page.status_code == 200
        exported = client.get(reverse(f"reporting:{name}") + tail + "&export=xlsx")
        assert exported.content[:2] == b"PK"


def test_every_downloadable_template_is_a_workbook(client, people):
    client.force_login(people["public"])
    for rules in rule_sets().values():
        for year in (min(rules.years()), max(rules.years())):
            response = client.get(reverse("reporting:template", args=[rules.name, year]))
            assert response.content[:2] == b"PK"
        assert client.get(reverse("reporting:template", args=[rules.name, 1990])).status_code == 404


def test_search_begins_with_what_is_named_so(client, people):
    client.force_login(people["public"])
    text = client.get(reverse("search"), {"q": "低位发热量"}).content.decode()
    found = re.findall(r'<span class="task-title">([^<]*)', text)
    named = ["低位发热量" in one for one in found]
    clauses = named[:20]
    assert clauses[0]
    assert clauses == sorted(clauses, reverse=True)


def test_totals_that_wait_are_told_before_submission(client, people, report):
    shown = tables.summary(Presenter(report, results.result_of(report)))
    waits = sum(one.is_waiting for one in shown)
    assert waits > 0
    assert queries.waiting_totals([report]) == {report.pk: waits}
    client.cookies["django_language"] = "en"
    for person in ("reviewer", "filler"):
        client.force_login(people[person])
        for page in (reverse("reporting:report", args=[report.pk]), "/"):
            assert "what is not known yet" in client.get(page).content.decode(), (person, page)
