"""A service company prepares reports for its client: it files drafts, the client submits, and an ended mandate stops it."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from reporting_helpers import create, organisation, submit, user, workbook

from shutan.apps.accounts import mandates
from shutan.apps.accounts import queries as accounts_queries
from shutan.apps.accounts.models import Area, Kind, Role
from shutan.apps.accounts.scope import MandateEnded
from shutan.apps.reporting import actions, queries
from shutan.apps.reporting.models import Report
from shutan.apps.reporting.storage import Upload
from shutan.apps.reporting.worklist import tasks

NOW = timezone.now()
TODAY = timezone.localdate(NOW)


@pytest.fixture
def agent(people):
    return user("agent", organisation("甲咨询", Kind.SERVICE), Role.ADMIN)


@pytest.fixture
def boss(people):
    return user("boss", people["filler"].organisation, Role.RESPONSIBLE)


@pytest.fixture
def mandate(agent, boss):
    return given(agent, boss)


def given(agent, boss, *areas):
    offered = mandates.give(
        boss,
        principal=boss.organisation,
        agent=agent.organisation,
        areas=areas or [Area.REPORTING],
        begins=TODAY,
        ends=TODAY + dt.timedelta(days=9),
        number="甲委1号",
        now=NOW,
    )
    return mandates.accept(agent, offered, now=NOW)


def file_for(agent, boss):
    upload = Upload("coal.xlsx", workbook())
    return actions.create_report_from_workbook(agent, upload, organisation=boss.organisation, now=NOW)


@pytest.mark.usefixtures("files", "mandate")
def test_it_files_a_draft_that_is_the_clients_and_stands_in_its_log(people, agent, boss):
    report = file_for(agent, boss).report
    assert (report.organisation, report.created_by) == (boss.organisation, agent)
    assert queries.report(boss, report.pk) == report
    assert accounts_queries.log(boss).filter(action="reporting.create_report", actor=agent).exists()
    assert not accounts_queries.log(people["other"]).filter(actor=agent).exists()
    assert any(boss.organisation.name in task.subject for task in tasks(agent, NOW))
    same = create(people["filler"])
    assert (same.is_new, same.report) == (False, report)


def test_it_never_submits(client, files, agent, boss, mandate):
    report = file_for(agent, boss).report
    with pytest.raises(PermissionDenied):
        actions.submit(agent, report, revision=report.revision, now=NOW)
    client.force_login(agent)
    url = reverse("reporting:submit", args=[report.pk])
    assert client.post(url, {"revision": report.revision}).status_code == 403
    assert url not in client.get(reverse("reporting:report", args=[report.pk])).content.decode()
    assert submit(boss, report, now=NOW).version == 1


def test_without_a_mandate_for_reporting_it_sees_and_files_nothing(client, people, files, agent, boss):
    given(agent, boss, Area.TRADING)
    report = create(people["filler"]).report
    assert not queries.reports(agent).exists()
    with pytest.raises(PermissionDenied):
        file_for(agent, boss)
    client.force_login(agent)
    assert client.get(reverse("reporting:report", args=[report.pk])).status_code == 404
    sent = {"file": SimpleUploadedFile("a.xlsx", workbook()), "organisation": boss.organisation_id}
    assert client.post(reverse("reporting:upload"), sent).status_code == 404
    assert boss.organisation.name not in client.get(reverse("reporting:upload")).content.decode()


@pytest.mark.usefixtures("files", "mandate")
def test_it_chooses_among_its_clients(client, people, agent, boss):
    other = people["other"]
    given(agent, other)
    client.force_login(agent)
    page = client.get(reverse("reporting:upload")).content.decode()
    assert boss.organisation.name in page
    assert other.organisation.name in page

    def send(**more):
        return client.post(
            reverse("reporting:upload"), {"file": SimpleUploadedFile("a.xlsx", workbook())} | more
        )

    assert send().status_code == 404
    assert send(organisation=other.organisation_id).status_code == 200
    assert Report.objects.get().organisation == other.organisation
    url = reverse("api:reports") + f"?organisation={boss.organisation_id}&trace=false"
    assert client.post(url, {"file": SimpleUploadedFile("a.xlsx", workbook())}).status_code == 201
    assert queries.reports(boss).count() == 1


def test_a_mandate_ended_mid_session_refuses_the_next_click_and_loses_nothing(
    client, files, agent, boss, mandate
):
    report = file_for(agent, boss).report
    client.force_login(agent)
    assert client.get(reverse("reporting:report", args=[report.pk])).status_code == 200
    mandates.end(boss, mandate, now=timezone.now(), why="换了服务商")
    typed = "年度报告修订稿"
    answer = client.post(
        reverse("reporting:rename", args=[report.pk]), {"title": typed, "revision": report.revision}
    )
    text = answer.content.decode()
    assert answer.status_code == 403
    assert "换了服务商" in text
    assert typed in text
    for url in (
        reverse("reporting:report", args=[report.pk]),
        reverse("reporting:findings", args=[report.pk]),
    ):
        assert client.get(url).status_code == 403
    told = client.get(reverse("api:report", args=[report.pk]))
    assert (told.status_code, told.json()["error"]["code"]) == (403, "mandate_ended")
    sent = {"file": SimpleUploadedFile("a.xlsx", workbook()), "organisation": boss.organisation_id}
    refused = client.post(reverse("reporting:upload"), sent)
    assert refused.status_code == 422
    assert "换了服务商" in refused.content.decode()
    with pytest.raises(MandateEnded):
        actions.recompute(agent, report, revision=report.revision, now=NOW)
    report.refresh_from_db()
    assert (report.title == typed, report.revision) == (False, 1)
    assert not queries.reports(agent).exists()
    assert not list(tasks(agent, NOW))


def test_what_the_client_makes_after_the_end_is_not_there_for_it(client, files, agent, boss, mandate):
    mandates.end(boss, mandate, now=NOW - dt.timedelta(days=1), why="x")
    upload = Upload("coal.xlsx", workbook())
    later = actions.create_report_from_workbook(
        boss, upload, organisation=boss.organisation, now=NOW + dt.timedelta(days=1)
    ).report
    client.force_login(agent)
    assert client.get(reverse("reporting:report", args=[later.pk])).status_code == 404


def test_a_head_office_reads_the_reports_of_its_plants_and_changes_none(client, people, files):
    group = organisation("甲集团", Kind.GROUP)
    head = user("head", group, Role.RESPONSIBLE)
    mine, foreign = create(people["filler"]).report, create(people["other"]).report
    own = people["filler"].organisation
    own.head_office = group
    own.save()
    assert list(queries.reports(head)) == [mine]
    client.force_login(head)
    assert client.get(reverse("reporting:report", args=[mine.pk])).status_code == 200
    assert client.get(reverse("reporting:report", args=[foreign.pk])).status_code == 404
    for verb in ("submit", "recompute", "delete", "rename"):
        url = reverse(f"reporting:{verb}", args=[mine.pk])
        assert client.post(url, {"revision": 1, "title": "x"}).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.rename(head, mine, "x", revision=mine.revision, now=NOW)
