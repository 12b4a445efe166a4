"""The weekly table: what was due, filed, in time, returned, and what stands open at the week's end."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from filing_helpers import NOW

from shutan.apps.filing import actions as filing
from shutan.apps.filing.models import MonthlyFiling
from shutan.apps.review import weekly

TODAY = timezone.localdate(NOW)  # Sunday, 2025-04-20
MONDAY = dt.date(2025, 4, 14)


def line(person, first=MONDAY):
    return {one.code: one for one in weekly.table(person, first, today=TODAY)}["510100"]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("2025-W16", MONDAY),
        ("", MONDAY),
        ("2025-W99", MONDAY),
        ("x-Wy", MONDAY),
        ("2025-W17", dt.date(2025, 4, 21)),
    ],
)
def test_a_week_has_a_name(text, first):
    assert weekly.week_of(text, TODAY) == first
    assert weekly.named(MONDAY) == "2025-W16"


def test_a_week_counts_what_happened_in_it(people, filed):
    before = line(people["officer"])
    assert (before.filed, before.in_time, before.returned, before.open, before.overdue) == (1, 1, 0, 1, 0)
    held = MonthlyFiling.objects.get(pk=filed.pk)
    filing.decide(
        people["city"], held, "returned", revision=held.revision, now=NOW + dt.timedelta(days=2), why="补盖章"
    )
    after, later = line(people["officer"]), line(people["officer"], MONDAY + weekly.WEEK)
    assert (after.filed, after.returned, after.open) == (1, 0, 1)  # the week as it was
    assert (later.filed, later.returned, later.open) == (0, 1, 0)


def test_a_city_sees_its_own_line(people, filed):
    (own,) = weekly.table(people["city"], MONDAY, today=TODAY)
    assert (own.code, own.filed) == ("510100", 1)
    assert len(weekly.table(people["officer"], MONDAY, today=TODAY)) == 21


def test_page_and_export(client, people, filed, django_assert_max_num_queries):
    client.force_login(people["officer"])
    with django_assert_max_num_queries(25):
        page = client.get(reverse("review:weekly") + "?week=2025-W16")
    assert "2025-04-14" in page.content.decode()
    text = client.get(reverse("review:weekly") + "?week=2025-W16&export=csv").content.decode("utf-8-sig")
    assert "成都市,0,1,1,0,0,1,0" in text
    found = client.get("/api/v1/reviews/weekly?week=2025-W16").json()
    assert found["first"] == "2025-04-14"
    client.force_login(people["filler"])
    assert client.get(reverse("review:weekly")).status_code == 403
