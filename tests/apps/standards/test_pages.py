"""Pages and API: what each may open, the whole way by pages, and that drafts and other enterprises' rows appear nowhere."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from standards_helpers import DAY, NOW, TEXT, drafted, published, sought

from shutan.apps.common.files import Upload
from shutan.apps.standards import assessments, instruments, search
from shutan.apps.standards.models import Assessment, Instrument, StandardClause, Version, Weights

SECRET = "机密草案"


@pytest.fixture
def signed_in(client, people):
    def as_(name):
        client.logout()
        if name:
            client.force_login(people[name])
        return client

    return as_


def text_of(answer):
    return (
        b"".join(answer).decode("utf-8", "replace")
        if answer.streaming
        else answer.content.decode("utf-8", "replace")
    )


def test_a_draft_appears_nowhere_outside_the_province(signed_in, people):
    version = drafted(people, title=SECRET)
    attached = instruments.attach(people["officer"], version, Upload("a.pdf", b"%PDF-1"), now=NOW)
    text = version.texts.get()
    hidden = [
        reverse("standards:instrument", args=[version.instrument_id]),
        reverse("standards:compare", args=[version.instrument_id]),
        reverse("standards:text_pdf", args=[text.pk]),
        reverse("standards:attachment", args=[attached.pk]),
    ]
    lists = [
        reverse("standards:instruments"),
        reverse("standards:instruments") + "?export=csv",
        reverse("standards:instruments") + "?status=draft",
    ]
    for name in (None, "filler", "city", "statistics", "public"):
        client = signed_in(name)
        assert [client.get(one).status_code for one in hidden] == [404] * 4, name
        assert not any(SECRET in text_of(client.get(one)) for one in lists)
        if name:
            assert client.get(reverse("api:instrument", args=[version.instrument_id])).status_code == 404
            assert SECRET not in json.dumps(client.get(reverse("api:instruments")).json(), ensure_ascii=False)
            assert not list(search.find(people[name], SECRET))
    client = signed_in("officer")
    assert [client.get(one).status_code for one in hidden] == [200] * 4
    assert SECRET in text_of(client.get(lists[0]))
    assert len(list(search.find(people["officer"], SECRET))) == 1


def test_only_public_texts_of_a_version_are_read(signed_in, people):
    version = sought(people)
    held = instruments.take_step(people["officer"], version, "redraft", why="改", now=NOW)
    instruments.save_text(people["officer"], held, TEXT + SECRET, revision=held.revision, now=NOW)
    page = reverse("standards:instrument", args=[version.instrument_id])
    assert SECRET not in text_of(signed_in(None).get(page))
    assert SECRET in text_of(signed_in("officer").get(page))
    assert SECRET not in json.dumps(
        signed_in("boss").get(reverse("api:instrument", args=[version.instrument_id])).json(),
        ensure_ascii=False,
    )


def test_the_list_on_a_day_and_by_words(signed_in, people):
    published(people)
    client = signed_in(None)
    list_ = reverse("standards:instruments")
    assert "现行" not in text_of(client.get(list_ + "?day=x"))  # a day that is none is today
    for query, shown in (
        ("?day=2026-05-01&status=in_force", True),
        ("?day=2026-04-30&status=in_force", False),
        ("?day=2026-04-30&status=upcoming", True),
        ("?text=重点排放单位", True),
        ("?text=没有的词", False),
        ("?q=川环发", True),
        ("?kind=standard", False),
    ):
        assert ("数据质量管理办法" in text_of(client.get(list_ + query))) is shown, query


def test_the_whole_way_by_pages(signed_in, people):  # noqa: PLR0915 - one walk
    today = timezone.localdate().isoformat()
    client = signed_in("officer")
    answer = client.post(reverse("standards:new"), {"kind": "guide", "title_zh": "", "text": "正文"})
    assert answer.status_code == 422
    assert "正文" in text_of(answer)
    form = {"kind": "guide", "title_zh": "采样指南", "issuer": "省厅", "text": TEXT}
    assert client.post(reverse("standards:new"), form).status_code == 302
    assert client.post(reverse("standards:new"), form).status_code == 422  # the title is taken
    version = Version.objects.get()
    edit = reverse("standards:edit", args=[version.pk])
    assert client.get(edit).status_code == 200
    assert client.post(edit, {"text": TEXT + "甲", "revision": 1}).status_code == 302
    stale = client.post(edit, {"text": TEXT + "乙", "revision": 1})
    assert stale.status_code == 422
    assert "乙" in text_of(stale)
    assert "<ins>" in text_of(stale)
    file = SimpleUploadedFile("附件.pdf", b"%PDF-1.7")
    attach = reverse("standards:attach", args=[version.pk])
    assert client.post(attach, {"title": "附件一", "file": file}).status_code == 302
    bad = SimpleUploadedFile("附件.pdf", b"MZ")
    assert client.post(attach, {"file": bad}).status_code == 422
    link = reverse("standards:link", args=[version.pk])
    told = {"kind": "parameter", "rule_set": "power", "name": "default_carbon_per_heat"}
    assert client.post(link, told).status_code == 302
    assert client.post(link, told | {"name": "x"}).status_code == 422

    def step(name, **given):
        data = {f"{name}-{key}": value for key, value in given.items()}
        return client.post(reverse("standards:step", args=[version.pk, name]), data).status_code

    assert step("seek_opinions", opinions_from=today, opinions_until="2020-01-01") == 422
    assert step("send_to_review") == 422  # a reason
    assert step("send_to_review", why="技术性") == 302
    assert step("clear", why="合法") == 422  # wrote the text
    assert client.post(reverse("standards:step", args=[version.pk, "nothing"])).status_code == 404
    signed_in("lead")
    assert step("clear", why="合法") == 302
    assert step("publish", number="1号", published_on=today, in_force_from="2020-01-01") == 422
    assert step("publish", number="1号", published_on=today, in_force_from=today) == 302
    page = reverse("standards:instrument", args=[version.instrument_id])
    text = text_of(signed_in(None).get(page))
    assert "附件一" in text
    assert "default_carbon_per_heat" in text
    pdf = client.get(reverse("standards:text_pdf", args=[version.texts.latest("pk").pk]))
    assert pdf.content.startswith(b"%PDF-")
    attached = client.get(reverse("standards:attachment", args=[version.attachments.get().pk]))
    assert attached.content == b"%PDF-1.7"
    assert attached["Content-Disposition"].startswith("attachment")
    signed_in("officer")
    assert (
        client.post(reverse("standards:amend", args=[version.instrument_id]), {"why": "扩围"}).status_code
        == 302
    )
    second = Version.objects.latest("pk")
    assert client.get(reverse("standards:compare", args=[version.instrument_id])).status_code == 200
    abandon = reverse("standards:step", args=[second.pk, "abandon"])
    assert client.post(abandon, {"abandon-why": "不需要"}).status_code == 302
    repeal = reverse("standards:repeal", args=[version.instrument_id])
    assert client.post(repeal, {"repealed_from": today, "document": "决定"}).status_code == 422
    day = (timezone.localdate() + DAY).isoformat()
    assert client.post(repeal, {"repealed_from": day, "document": "决定"}).status_code == 302
    assert Instrument.objects.get().repealing_document == "决定"


@pytest.mark.parametrize("name", [None, "filler", "city", "public"])
def test_others_cannot_post_what_is_the_provinces(signed_in, people, name):
    version = sought(people)
    client = signed_in(name)
    for route, args in (
        ("step", [version.pk, "abandon"]), ("edit", [version.pk]), ("attach", [version.pk]),
        ("link", [version.pk]), ("amend", [version.instrument_id]), ("repeal", [version.instrument_id]),
        ("register_clause", []), ("register_weights", []), ("decide_clause", [1]), ("decide_weights", [1]),
    ):  # fmt: skip
        answer = client.post(reverse(f"standards:{route}", args=args), {"why": "x"})
        assert answer.status_code == (403 if name else 302), route
    assert Version.objects.get().state == "opinions"


def test_an_assessment_by_pages(signed_in, people):
    client = signed_in("boss")
    begin = reverse("standards:begin")
    assert (
        client.post(begin, {"organisation": people["rival"].organisation_id, "year": 2025}).status_code == 422
    )
    home = people["boss"].organisation_id
    assert client.post(begin, {"organisation": home, "year": 2025}).status_code == 302
    made = Assessment.objects.get()
    page = reverse("standards:assessment", args=[made.pk])
    assert client.get(page).status_code == 200
    for item in assessments.items(made):
        address = reverse("standards:item", args=[item.pk])
        assert client.get(address).status_code == 200
        assert client.post(address, {"level": "not_met", "revision": 1}).status_code == 422
        told = {"level": "met", "finding": "有", "revision": 1, "next": "1"}
        assert client.post(address, told).status_code == 302
        again = client.post(address, told | {"level": "partly"})
        assert again.status_code == 422
    file = SimpleUploadedFile("制度.pdf", b"%PDF-1.7")
    assert client.post(reverse("standards:add_evidence", args=[item.pk]), {"file": file}).status_code == 302
    assert client.post(reverse("standards:add_evidence", args=[item.pk]), {}).status_code == 422
    evidence = item.evidence.get()
    improve = reverse("standards:improve", args=[item.pk])
    told = {"what": "补", "responsible": people["filler"].pk, "due": "2020-01-01"}
    assert client.post(improve, told).status_code == 422
    told["due"] = (timezone.localdate() + DAY).isoformat()
    assert client.post(improve, told).status_code == 302
    one = item.improvements.get()
    verb = reverse("standards:improvement", args=[one.pk])
    client.post(verb, {"verb": "finish", "words": "好"})
    client.post(verb, {"verb": "verify"})  # the same person: refused
    one.refresh_from_db()
    assert one.state == "done"
    signed_in("reviewer").post(verb, {"verb": "verify"})
    one.refresh_from_db()
    assert one.state == "verified"
    client = signed_in("boss")
    assert client.post(reverse("standards:sign", args=[made.pk])).status_code == 302
    assert Assessment.objects.get().state == "signed"
    for kind in ("xlsx", "pdf"):
        assert client.get(reverse("standards:assessment_download", args=[made.pk, kind])).status_code == 200
    assert client.get(reverse("standards:assessment_download", args=[made.pk, "exe"])).status_code == 404
    mine = [
        page,
        reverse("standards:assessment_compare", args=[made.pk]),
        reverse("standards:evidence", args=[evidence.pk]),
        reverse("api:assessment", args=[made.pk]),
    ]
    for name, status in (("group", 200), ("officer", 200), ("city", 200), ("rival", 404), ("far_city", 404)):
        client = signed_in(name)
        assert [client.get(one).status_code for one in mine] == [status] * 4, name
        listed = text_of(client.get(reverse("standards:assessments")))
        assert ("甲厂" in listed) is (status == 200), name
        assert ("甲厂" in text_of(client.get(reverse("standards:assessments") + "?export=csv"))) is (
            status == 200
        )
    client = signed_in("rival")
    for route in ("item", "add_evidence", "improve"):
        assert client.post(reverse(f"standards:{route}", args=[item.pk]), {"level": "met"}).status_code == 404


def test_clauses_and_weights_by_pages(signed_in, people):
    client = signed_in("officer")
    told = {"number": "5.1", "requirement": "原文", "since": "2023-02-01", "source": "第3页"}
    assert client.post(reverse("standards:register_clause"), told | {"number": "3"}).status_code == 422
    assert client.post(reverse("standards:register_clause"), told).status_code == 302
    weights = {f"weights-chapter_{n}": "1" for n in range(4, 13)} | {
        "weights-since": "2023-02-01",
        "weights-source": "x",
    }
    assert client.post(reverse("standards:register_weights"), weights).status_code == 302
    assert "第3页" not in text_of(signed_in("filler").get(reverse("standards:standard")))
    one, other = StandardClause.objects.get(), Weights.objects.get()
    for name, state in (("officer", "registered"), ("lead", "confirmed")):
        client = signed_in(name)
        client.post(reverse("standards:decide_clause", args=[one.pk]), {"decision": "confirm"})
        client.post(reverse("standards:decide_weights", args=[other.pk]), {"decision": "confirm"})
        assert (StandardClause.objects.get().state, Weights.objects.get().state) == (state, state)
    assert "第3页" in text_of(signed_in("filler").get(reverse("standards:standard")))


def test_the_api_takes_steps_opinions_and_answers(signed_in, people):
    version = drafted(people)
    number = version.instrument_id
    client = signed_in("officer")

    def post(route, body, args=(number,), method="post"):
        return getattr(client, method)(
            reverse(f"api:{route}", args=args), json.dumps(body), content_type="application/json"
        )

    today = timezone.localdate()
    assert post("instrument_step", {"step": "dance"}).status_code == 422
    assert post("instrument_step", {"step": "publish"}).status_code == 422
    told = {"step": "seek_opinions", "opinions_from": today.isoformat(), "opinions_until": today.isoformat()}
    assert post("instrument_step", told).json()["versions"][0]["state"] == "opinions"
    signed_in("boss")
    assert post("instrument_step", {"step": "abandon", "why": "x"}).status_code == 403
    assert post("instrument_opinions", {"content": "意见"}).status_code == 201
    assert post("instrument_opinions", {"content": "意见"}).status_code == 422
    assert [
        one["sender"] for one in client.get(reverse("api:instrument_opinions", args=[number])).json()
    ] == ["甲厂"]
    assert client.get(reverse("api:instruments") + "?status=opinions").json()["count"] == 1
    made = assessments.begin(people["boss"], people["boss"].organisation, 2026, now=NOW)
    item = assessments.items(made)[0]
    body = {"level": "met", "finding": "有", "revision": 1}
    assert post("assessment_item", body, [item.pk], "put").json()["revision"] == 2
    assert post("assessment_item", body, [item.pk], "put").status_code == 409
    assert client.get(reverse("api:assessments") + "?year=2026").json()["items"][0]["answered"] == 1
    signed_in("rival")
    assert post("assessment_item", body | {"revision": 2}, [item.pk], "put").status_code == 404
    assert client.get(reverse("api:assessments")).json()["count"] == 0


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_open_in_both_languages_with_few_queries(
    signed_in, people, language, django_assert_max_num_queries
):
    for n in range(30):
        published(people, title=f"文件{n}", number=f"{n}号")
    made = assessments.begin(people["boss"], people["boss"].organisation, 2026, now=NOW)
    for name in ("officer", "boss", "group"):
        client = signed_in(name)
        client.cookies["django_language"] = language
        for address in (
            reverse("standards:instruments"), reverse("standards:standard"), reverse("standards:assessments"),
            reverse("standards:assessment", args=[made.pk]),
            reverse("standards:instrument", args=[Instrument.objects.first().pk]),
        ):  # fmt: skip
            with django_assert_max_num_queries(24):
                assert client.get(address).status_code == 200, address
