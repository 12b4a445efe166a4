"""A policy from its draft to being agreed by both sides, followed up, and carried into the next year; pages and API."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from shutan.apps.common.refusals import FaultsError, StaleError
from shutan.apps.duties.models import Duty
from shutan.apps.evidence.models import Record
from shutan.apps.policies import actions, facts, proofs, queries
from shutan.apps.policies.models import Measure, Policy
from shutan.apps.policies.search import find
from shutan.apps.policies.worklist import tasks
from shutan.rules.duties import DUTIES

NOW = datetime(2026, 3, 5, 4, tzinfo=UTC)
MEASURE = {
    "text": "2号机组通流改造", "answers": "供电煤耗高", "person": "生产部", "due": "2026-09-30", "effect_t": "12000.50",
    "basis": "设计院可研报告",
}  # fmt: skip


def fresh(policy):
    return Policy.objects.select_related("organisation").get(pk=policy.pk)


def written(person, year=2026):
    policy = actions.begin(person, person.organisation, year, now=NOW)
    values = {"problems": "供电煤耗高于同类", "goal": "降到先进值"}
    actions.save(person, policy, values, revision=policy.revision, now=NOW)
    return actions.keep_measure(person, fresh(policy), MEASURE, now=NOW)


def take(person, policy, step, **more):
    held = fresh(policy)
    return actions.take(person, held, step, revision=held.revision, now=NOW, **more)


def agreed(people):
    measure = written(people["filler"])
    take(people["reviewer"], measure.policy, "propose")
    take(people["city"], measure.policy, "agree")
    return Measure.objects.select_related("policy__organisation").get(pk=measure.pk)


def test_both_sides_confirm_and_what_was_agreed_stays(people):
    measure = written(people["filler"])
    policy = measure.policy
    assert not queries.policies(people["city"]).exists()
    with pytest.raises(ValidationError):
        take(people["city"], policy, "agree")
    with pytest.raises(PermissionDenied):
        take(people["filler"], policy, "propose")
    proposed = take(people["reviewer"], policy, "propose")
    assert proposed.facts["reports"] == []
    with pytest.raises(StaleError):
        actions.take(people["reviewer"], proposed, "propose", revision=proposed.revision - 1, now=NOW)
    with pytest.raises(PermissionDenied):
        take(people["far_city"], policy, "agree")
    with pytest.raises(ValidationError):
        take(people["city"], policy, "give_back")
    back = take(people["city"], policy, "give_back", why="请补充投资")
    assert (back.state, back.answer) == ("draft", "请补充投资")
    take(people["reviewer"], policy, "propose")
    done = take(people["city"], policy, "agree", why="同意")
    assert done.agreed_by == people["city"]
    record = Record.objects.get(kind="policies.agree")
    assert (record.subject_type, record.subject_pk) == ("policies.policy", policy.pk)
    before = proofs.agreed(policy.pk, 1)
    with pytest.raises(ValidationError):
        actions.keep_measure(people["filler"], fresh(policy), MEASURE, now=NOW)
    for change in ({"text": "别的"}, {"effect_t": 1}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Measure.objects.filter(pk=measure.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Policy.objects.filter(pk=policy.pk).update(goal="别的")
    held = Measure.objects.select_related("policy__organisation").get(pk=measure.pk)
    actions.follow(people["filler"], held, state="done", told="9月投运", revision=held.revision, now=NOW)
    assert proofs.agreed(policy.pk, 1) == before


def test_an_effect_has_its_basis_and_a_change_its_revision(people):
    measure = written(people["filler"])
    policy = measure.policy
    with pytest.raises(FaultsError) as error:
        actions.keep_measure(people["filler"], policy, MEASURE | {"basis": ""}, now=NOW)
    assert "basis" in error.value.form.errors
    with pytest.raises(StaleError):
        actions.keep_measure(people["filler"], policy, MEASURE, measure=measure, revision=9, now=NOW)
    with pytest.raises(StaleError):
        actions.save(people["filler"], policy, {"problems": "x"}, revision=99, now=NOW)
    with pytest.raises(PermissionDenied):
        actions.keep_measure(people["other"], policy, MEASURE, now=NOW)
    actions.remove_measure(people["filler"], measure, revision=measure.revision, now=NOW)
    with pytest.raises(ValidationError):
        take(people["reviewer"], policy, "propose")


def test_open_measures_go_into_the_next_year(people):
    measure = agreed(people)
    actions.follow(
        people["filler"], measure, state="under_way", told="招标中", revision=measure.revision, now=NOW
    )
    following = actions.begin(people["filler"], measure.policy.organisation, 2027, now=NOW)
    assert [(one.text, one.carried_id) for one in following.measures.all()] == [(measure.text, measure.pk)]
    assert actions.begin(people["filler"], measure.policy.organisation, 2027, now=NOW) == following
    with pytest.raises(ValidationError):
        actions.follow(
            people["filler"], following.measures.get(), state="done", told="好", revision=1, now=NOW
        )


def test_who_is_asked_for_what(people):
    measure = written(people["filler"])
    assert [one.state for one in tasks(people["filler"], NOW)] == ["due"]
    take(people["reviewer"], measure.policy, "propose")
    assert len(list(tasks(people["city"], NOW))) == 1
    assert list(tasks(people["far_city"], NOW)) == []
    take(people["city"], measure.policy, "agree")
    assert [one.state for one in tasks(people["filler"], NOW + timedelta(300))] == ["overdue"]
    assert [hit.title for hit in find(people["officer"], "通流")] == [str(fresh(measure.policy))]
    assert list(find(people["other"], "通流")) == []


def test_what_is_owed_is_kept_in_both_languages():
    owed = facts._owed(Duty(pk=7, name="monthly_evidence", year=2026, month=3, due=date(2026, 5, 10)))
    assert owed == {
        "zh": f"{DUTIES['monthly_evidence'].zh} 2026-03",
        "en": f"{DUTIES['monthly_evidence'].en} 2026-03",
        "due": "2026-05-10",
        "pk": 7,
    }


def test_the_pages(client, people):
    client.force_login(people["filler"])
    home = people["filler"].organisation_id
    answer = client.post(reverse("policies:begin"), {"organisation": home, "year": 2026})
    policy = Policy.objects.get()
    page = reverse("policies:policy", args=[policy.pk])
    assert answer["Location"] == page
    url = reverse("policies:new_measure", args=[policy.pk])
    refused = client.post(url, MEASURE | {"basis": ""})
    assert refused.status_code == 422
    assert f'value="{MEASURE["person"]}"' in refused.content.decode()
    assert client.post(url, MEASURE).status_code == 302
    measure = Measure.objects.get()
    changed = {f"m{measure.pk}-{name}": value for name, value in (MEASURE | {"person": "设备部"}).items()}
    change = reverse("policies:measure", args=[policy.pk, measure.pk])
    refused = client.post(change, changed | {f"m{measure.pk}-due": "soon", "revision": measure.revision})
    assert 'value="设备部"' in refused.content.decode()
    client.post(change, changed | {"revision": measure.revision})
    measure.refresh_from_db()
    assert measure.person == "设备部"
    policy.refresh_from_db()
    save = reverse("policies:save", args=[policy.pk])
    client.post(save, {"problems": "煤耗高", "goal": "", "revision": policy.revision})
    assert "设备部" in client.get(page).content.decode()
    assert "12,000.50" in client.get(page).content.decode()
    client.force_login(people["reviewer"])
    step = reverse("policies:step", args=[policy.pk, "propose"])
    client.post(step, {"revision": fresh(policy).revision})
    client.force_login(people["city"])
    assert "煤耗高" in client.get(page).content.decode()
    client.post(
        reverse("policies:step", args=[policy.pk, "agree"]),
        {"revision": fresh(policy).revision, "why": "同意"},
    )
    assert fresh(policy).state == "agreed"
    assert client.get(reverse("policies:list")).status_code == 200
    assert client.get(reverse("policies:list") + "?export=csv").status_code == 200
    for kind in ("docx", "pdf"):
        assert client.get(reverse("policies:export", args=[policy.pk, kind])).status_code == 200
    client.force_login(people["far_city"])
    assert client.get(page).status_code == 404
    client.force_login(people["filler"])
    follow = reverse("policies:follow", args=[policy.pk, measure.pk])
    sent = {f"f{measure.pk}-state": "done", f"f{measure.pk}-told": "投运", "revision": measure.revision}
    client.post(follow, sent)
    measure.refresh_from_db()
    assert (measure.state, measure.told) == ("done", "投运")


def test_the_api(client, people):
    client.force_login(people["filler"])

    def send(method, path, **body):
        answer = getattr(client, method)(f"/api/v1{path}", json.dumps(body), content_type="application/json")
        return answer.status_code, json.loads(answer.content or b"null")

    status, made = send("post", "/policies", year=2026)
    assert status == 201
    at = f"/policies/{made['id']}"
    status, measure = send("put", f"{at}/measures", text="改造", person="部门", due="2026-09-30")
    assert status == 200
    status, _ = send("put", f"{at}/measures", text="改造", person="部门", due="2026-09-30", effect_t="1")
    assert status == 422
    revision = client.get(f"/api/v1{at}").json()["revision"]
    status, saved = send("put", at, problems="煤耗", goal="", revision=revision)
    assert (status, saved["problems"]) == (200, "煤耗")
    assert send("put", at, problems="煤耗", goal="", revision=revision)[0] == 409
    assert (
        send("post", f"{at}/measures/{measure['id']}/progress", state="done", told="x", revision=1)[0] == 422
    )
    assert client.get("/api/v1/policies").json()["items"][0]["n_measures"] == 1
    assert client.delete(f"/api/v1{at}/measures/{measure['id']}?revision=1").status_code == 204
    assert date.fromisoformat(saved["facts"]["day"]) == timezone.localdate()
