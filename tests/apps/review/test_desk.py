"""The desk: order, assignment with deputies and successors, ticks, decisions, many at once, templates; queries stay few."""

import datetime as dt
import json

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from filing_helpers import NOW, change, file_month, fill

from shutan.apps.accounts import people as staff
from shutan.apps.accounts.models import LogEntry, User
from shutan.apps.common.refusals import BlockedError
from shutan.apps.filing import actions as filing
from shutan.apps.filing import cells
from shutan.apps.filing.models import FiledValue, MonthlyFiling
from shutan.apps.review import actions, checklist, queries, risk, worklist, workload
from shutan.apps.review.actions import Work
from shutan.apps.review.models import Assignment, MonthFinding, Phrase, Screened, Tick
from shutan.apps.review.sheet import sheet

TODAY = timezone.localdate(NOW)
MOST = 25
State = MonthlyFiling.State


def queue(person, today=TODAY):
    return list(queries.queue(person, today=today))


def decide(person, month, to, why="", revision=None):
    held = MonthlyFiling.objects.get(pk=month.pk)
    return filing.decide(person, held, to, revision=revision or held.revision, now=NOW, why=why)


def another(people, book, number):
    month = filing.open_month(people["filler"], book, number, now=NOW)
    fill(people["filler"], month)
    return file_month(people, month)


def test_a_score_adds_up_its_weights():
    assert risk.score({"block": 1, "high": 2, "medium": 1, "low": 4, "trial": 3}) == 100 + 20 + 3 + 4 + 3
    assert risk.score({}) == 0


def test_a_month_is_screened_once_and_what_was_found_stays(people, filed):
    held = Screened.objects.get(filing=filed)
    assert held.score == risk.score(held.counts)
    assert sum(held.counts.values()) == MonthFinding.objects.filter(filing=filed).count()
    assert risk.screen(filed) == held
    assert risk.screen_waiting() == 0


def test_each_authority_has_its_own_queue(people, filed):
    assert [one.pk for one in queue(people["city"])] == [filed.pk]
    assert [one.pk for one in queue(people["officer"])] == [filed.pk]
    assert queue(people["far_city"]) == queue(people["rival"]) == queue(people["filler"]) == []
    decide(people["city"], filed, State.PASSED_CITY)
    assert queue(people["city"]) == []
    assert [one.pk for one in queue(people["lead"])] == [filed.pk]


def test_the_heavier_month_comes_first(people, book, filed):
    april = another(people, book, 4)
    Screened.objects.create(filing=april, score=10_000, counts={}, at=NOW)
    assert [one.pk for one in queue(people["city"])] == [april.pk, filed.pk]
    assert {one.urgency for one in queue(people["city"])} == {queries.AHEAD}  # no list, no duty, no day


def test_work_is_given_to_a_colleague_and_their_deputy_does_it(people, filed):
    assert actions.assign(people["city_lead"], [Work.of(filed)], people["city"], now=NOW) == 1
    assert actions.assign(people["city_lead"], [Work.of(filed)], people["city"], now=NOW) == 0
    (row,) = queue(people["city"])
    assert (row.reviewer_id, row.reviewer_name) == (people["city"].pk, "city")
    assert queries.mine(people["city_lead"]) == [people["city_lead"].pk]
    (task,) = [one for one in worklist.tasks(people["city"], NOW) if "months" in one.url]
    assert task.subject == "甲电厂 2025-03"
    today = timezone.localdate()
    staff.appoint_deputy(
        people["city"], people["city"], people["city_lead"], begins=today, ends=today, now=timezone.now()
    )
    assert people["city"].pk in queries.mine(User.objects.get(username="city_lead"))
    assert actions.assign(people["city_lead"], [Work.of(filed)], None, now=NOW) == 1
    assert not Assignment.objects.exists()


def test_work_goes_to_those_alone_who_review_in_the_same_authority(people, filed):
    for who in ("officer", "filler"):
        with pytest.raises(ValidationError):
            actions.assign(people["city"], [Work.of(filed)], people[who], now=NOW)
    with pytest.raises(ValidationError):
        actions.assign(people["officer"], [Work.of(filed)], people["admin"], now=NOW)
    with pytest.raises(ValidationError):
        actions.assign(people["officer"], [], people["lead"], now=NOW)
    with pytest.raises(PermissionDenied):
        actions.assign(people["filler"], [Work.of(filed)], people["reviewer"], now=NOW)


def test_a_successor_takes_the_work_and_the_templates(people, filed):
    actions.assign(people["lead"], [Work.of(filed)], people["officer"], now=NOW)
    actions.keep_phrase(people["officer"], {"title": "一", "text": "请补盖章版"}, shared=False, now=NOW)
    moved = staff.hand_over(people["admin"], people["officer"], people["lead"], now=NOW, why="调离")
    assert moved["review"] == 2
    assert Assignment.objects.get().reviewer == people["lead"]
    assert Phrase.objects.get().owner == people["lead"]


def first_item(person, month):
    found = sheet(person, month, (), ())
    return next(
        line for group in found.groups for one in group.lines for _w, lines in one.papers for line in lines
    )


def test_ticks_are_kept_by_authority_with_person_and_time(people, filed):
    item = first_item(people["city"], filed)
    place = {"need": item.need, "key": item.key, "item": item.item.name}
    made = actions.tick(people["city"], filed, **place, verdict="good", now=NOW)
    assert (made.by, made.at, made.verdict) == (people["city"], NOW, "good")
    actions.tick(people["city_lead"], filed, **place, verdict="wrong", now=NOW)
    assert Tick.objects.get().verdict == "wrong"
    assert sheet(people["city"], filed, (), ()).ticked == 1
    assert sheet(people["officer"], filed, (), ()).ticked == 0
    assert actions.tick(people["city"], filed, **place, verdict="", now=NOW) is None
    assert not Tick.objects.exists()
    for wrong in ({"need": "nothing"}, {"item": "nothing"}, {"key": ["9号机组"]}, {"verdict": "maybe"}):
        with pytest.raises(ValidationError):
            actions.tick(people["city"], filed, **({**place, "verdict": "good"} | wrong), now=NOW)
    decide(people["city"], filed, State.PASSED_CITY)
    with pytest.raises(ValidationError):
        actions.tick(people["city"], filed, **place, verdict="good", now=NOW)


def test_the_checklist_follows_the_papers(people, filed):
    found = sheet(people["city"], filed, (), ())
    stamped = [one for one in found.papers if one.need.stamped]
    assert stamped
    assert "stamp" in {line.item.name for line in checklist.lines(stamped[0], {})}
    assert found.asked == sum(len(checklist.lines(one, {})) for one in found.papers)


def test_only_what_changed_is_shown_against_the_version_before(people, filed):
    decide(people["city"], filed, State.RETURNED, "请核对耗煤量")
    second = filing.correct(people["filler"], filed, now=NOW, why="核对")
    held = FiledValue.objects.get(
        filing=second, variable="fuel_consumption_reported", key=["1号机组", "烟煤"]
    )
    old = held.number
    new = old + 100
    done = cells.save(people["filler"], second, [change(str(new), held.revision)], now=NOW)
    assert len(done.saved) == 1
    again = file_month(people, MonthlyFiling.objects.get(pk=second.pk))
    found = sheet(people["city"], again, (), (), only_changed=True)
    (group,) = found.groups
    (line,) = group.lines
    assert found.changed == 1
    assert line.place == ("fuel_months", ("1号机组", "烟煤"), "fuel_consumption_reported")
    assert line.version.change == (100 / old * 100).quantize(line.version.change)
    assert len(sheet(people["city"], again, (), ()).groups) > 1


def test_the_month_before_stands_beside(people, book, filed):
    april = another(people, book, 4)
    lines = [line for group in sheet(people["city"], april, (), ()).groups for line in group.lines]
    one = next(line for line in lines if line.place[2] == "fuel_consumption_reported")
    before = FiledValue.objects.get(
        filing=filed, table=one.place[0], key=list(one.place[1]), variable=one.place[2]
    )
    now = FiledValue.objects.get(
        filing=april, table=one.place[0], key=list(one.place[1]), variable=one.place[2]
    )
    change_ = (now.number - before.number) / before.number * 100
    assert one.last.change == change_.quantize(one.last.change)
    assert one.year is None


def test_many_are_returned_or_none(people, book, filed):
    april = another(people, book, 4)
    with pytest.raises(BlockedError) as fault:
        actions.return_many(
            people["officer"],
            [(filed, filed.revision, "补盖章"), (april, april.revision + 1, "补盖章")],
            now=NOW,
        )
    assert len(fault.value.reasons) == 1
    assert MonthlyFiling.objects.filter(state="submitted").count() == 2
    with pytest.raises(BlockedError) as fault:
        actions.return_many(people["officer"], [(filed, 1, ""), (april, 1, "")], now=NOW)
    assert len(fault.value.reasons) == 2
    chosen = [(filed, filed.revision, "补盖章"), (april, april.revision, "核对热值")]
    assert len(actions.return_many(people["officer"], chosen, now=NOW)) == 2
    assert set(MonthlyFiling.objects.values_list("state", "note")) == {
        ("returned", "补盖章"),
        ("returned", "核对热值"),
    }
    with pytest.raises(ValidationError):
        actions.return_many(people["officer"], [], now=NOW)


def test_workload_counts_what_one_did(people, filed):
    actions.assign(people["city_lead"], [Work.of(filed)], people["city"], now=NOW)
    before = workload.of(people["city"], now=NOW, today=TODAY)
    assert (before.waiting, before.mine, before.unassigned, before.decided, before.days) == (1, 1, 0, 0, None)
    later = NOW + dt.timedelta(days=3)
    filing.decide(people["city"], filed, State.RETURNED, revision=filed.revision, now=later, why="补盖章")
    after = workload.of(people["city"], now=later, today=TODAY)
    assert (after.waiting, after.decided, after.returned, after.days) == (0, 1, 1, 3)


def test_templates_are_ones_own_or_the_authority_s(people):
    own = actions.keep_phrase(people["city"], {"title": "一", "text": "请补"}, shared=False, now=NOW)
    actions.keep_phrase(people["city"], {"title": "二", "text": "请核"}, shared=True, now=NOW)
    assert [one.title for one in queries.phrases(people["city"])] == ["一", "二"]
    assert [one.title for one in queries.phrases(people["city_lead"])] == ["二"]
    assert not queries.phrases(people["officer"])
    with pytest.raises(ValidationError):
        actions.keep_phrase(people["city"], {"title": "", "text": ""}, shared=False, now=NOW)
    actions.retire_phrase(people["city"], own, now=NOW)
    assert [one.title for one in queries.phrases(people["city"])] == ["二"]


# -- pages ------------------------------------------------------------------------------------------------------


def test_pages_ask_little_of_the_database(client, people, book, filed, django_assert_max_num_queries):
    april = another(people, book, 4)
    client.force_login(people["city"])
    addresses = [
        reverse("review:desk"), reverse("review:many"), reverse("review:reports"), reverse("review:questions"),
        reverse("review:phrases"), reverse("review:month", args=[april.pk]), reverse("review:risk", args=["months", filed.pk]),
    ]  # fmt: skip
    for address in addresses:
        client.get(address)
        with django_assert_max_num_queries(MOST, info=address):
            assert client.get(address).status_code == 200, address
    client.force_login(people["filler"])
    with django_assert_max_num_queries(MOST):
        assert client.get(reverse("review:month", args=[filed.pk])).status_code == 200
    assert client.get(reverse("review:desk")).status_code == 403


def test_a_month_is_ticked_and_decided_on_its_page(client, people, filed):
    client.force_login(people["city"])
    page = client.get(reverse("review:month", args=[filed.pk])).content.decode()
    item = first_item(people["city"], filed)
    assert item.label in page
    ticked = client.post(
        reverse("review:tick", args=["months", filed.pk]),
        {"tick": f"{item.place}|good"},
        headers={"HX-Request": "true"},
    )
    assert 'aria-pressed="true"' in ticked.content.decode()
    assert Tick.objects.get().by == people["city"]
    assert client.post(reverse("review:tick", args=["months", filed.pk]), {"tick": "x"}).status_code == 302
    step = reverse("review:decide", args=["months", filed.pk, "pass_city"])
    assert client.post(step, {"revision": 1}).url == reverse("review:month", args=[filed.pk])  # overtaken
    done = client.post(step, {"revision": filed.revision, "why": "初审通过"})
    assert done.url == reverse("review:desk")
    assert MonthlyFiling.objects.get(pk=filed.pk).state == "passed_city"
    assert LogEntry.objects.filter(action="filing.pass_city", actor=people["city"]).exists()


def test_a_faulty_choice_keeps_what_was_typed(client, people, filed):
    client.force_login(people["city"])
    given = {"month": filed.pk, f"revision-{filed.pk}": 1, f"why-{filed.pk}": "请补盖章版台账"}
    page = client.post(reverse("review:return_many"), given)
    assert page.status_code == 422
    assert "请补盖章版台账" in page.content.decode()
    assert (
        client.post(
            reverse("review:assign"), {"month": filed.pk, "reviewer": people["city_lead"].pk}
        ).status_code
        == 302
    )
    assert Assignment.objects.get().reviewer == people["city_lead"]


def test_the_api_does_the_same(client, people, filed):
    client.force_login(people["city"])

    def call(method, url, **data):
        return getattr(client, method)(
            f"/api/v1/reviews/{url}", json.dumps(data), content_type="application/json"
        )

    (row,) = client.get("/api/v1/reviews/queue").json()["items"]
    assert (row["period"], row["revision"]) == ("2025-03", filed.revision)
    assert call("post", "assignments", months=[filed.pk], reviewer=people["city_lead"].pk).json() == {
        "changed": 1
    }
    item = first_item(people["city"], filed)
    place = {"need": item.need, "key": list(item.key), "item": item.item.name}
    assert (
        call("put", f"months/{filed.pk}/ticks", **place, verdict="good").json()["ticks"][0]["verdict"]
        == "good"
    )
    refused = call("post", "returns", rows=[{"month": filed.pk, "revision": 1, "why": "补"}])
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "refused")
    decision = call("post", f"months/{filed.pk}/decision", step="pass_city", revision=filed.revision)
    assert decision.json()["state"] == "passed_city"
    assert call("post", f"months/{filed.pk}/decision", step="pass_city", revision=1).status_code == 409
    made = call("post", "templates", title="一", text="请补", shared=True)
    assert made.status_code == 201
    number = made.json()["id"]
    assert call("put", f"templates/{number}", title="二", text="请补").json()["title"] == "二"
    assert client.delete(f"/api/v1/reviews/templates/{number}").status_code == 204
    assert client.get("/api/v1/reviews/templates").json() == []
