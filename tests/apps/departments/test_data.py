"""Departments' data: who gives which kind, every fault at once, what counts, what is kept, who sees it, page and API."""

import datetime as dt
import io

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse

from shutan.apps.accounts.models import DEPARTMENTS, Kind, LogEntry, Organisation, Role, User
from shutan.apps.common.files import Upload
from shutan.apps.departments import actions, kinds, queries
from shutan.apps.departments.kinds import KINDS
from shutan.apps.departments.models import Delivery, Figure
from shutan.apps.directory.reading import FaultsError
from shutan.rules.common.codes import is_credit_code

NOW = dt.datetime(2025, 5, 1, 9, tzinfo=dt.UTC)
CODE = "91510100MA6C3A1B2D"
HEAD = "企业名称,统一社会信用代码,年度,月份,网购电量,上网电量"

pytestmark = pytest.mark.django_db


@pytest.fixture
def code():
    """A code whose check digit is right."""
    stem = CODE[:17]
    return next(stem + last for last in "0123456789ABCDEFGHJKLMNPQRTUWXY" if is_credit_code(stem + last))


@pytest.fixture
def people(code):
    """Grid and statistics, the province, the enterprise's city and another, the enterprise itself."""

    def person(name, kind, role=Role.OFFICER, division="510000", credit_code=None):
        home = Organisation.objects.create(
            name_zh=name, kind=kind, division_code=division, credit_code=credit_code, created_at=NOW
        )
        return User.objects.create(username=name, name=name, organisation=home, role=role)

    return {
        "grid": person("电网", Kind.GRID),
        "statistics": person("统计", Kind.STATISTICS),
        "forestry": person("林草", Kind.FORESTRY),
        "province": person("省厅", Kind.PROVINCE),
        "city": person("甲市局", Kind.CITY, division="510100"),
        "far_city": person("丙市局", Kind.CITY, division="513200"),
        "enterprise": person("甲电厂", Kind.ENTERPRISE, Role.FILLER, "510100", code),
    }


def table(*rows, head=HEAD):
    return Upload("用电量.csv", "\n".join((head, *rows)).encode())


def upload(person, *rows, kind="electricity", **more):
    return actions.upload(person, KINDS[kind], table(*rows, **more), now=NOW)


def test_each_kind_names_departments_of_the_plan_and_units():
    for one in KINDS.values():
        assert set(one.given_by) <= set(DEPARTMENTS), one.name
        assert all(figure.unit for figure in one.figures), one.name
        assert len({column.name for column in one.columns}) == len(one.columns)
    assert [one.name for one in kinds.of(Kind.GRID)] == ["electricity"]
    assert kinds.of(Kind.FORESTRY) == []


def test_figures_are_kept_and_matched_by_code(people, code):
    made = upload(people["grid"], f"甲电厂,{code},2024,3,12.5,3400")
    assert made.rows == 1
    found = queries.figures(people["grid"])
    assert {(one.what, str(one.number), one.unit, one.period) for one in found} == {
        ("网购电量", "12.5000", "MWh", "2024-03"),
        ("上网电量", "3400.0000", "MWh", "2024-03"),
    }
    assert {one.home for one in found} == {"甲电厂"}
    assert LogEntry.objects.get(action="departments.upload").actor == people["grid"]


def test_every_fault_is_told_at_once_and_nothing_is_kept(people, code):
    with pytest.raises(FaultsError) as fault:
        upload(
            people["grid"],
            "甲电厂,123,2024,3,1,",
            f"甲电厂,{code},2024,13,1,",
            f"甲电厂,{code},2024,5,,",
            f"甲电厂,{code},2024,6,-1,",
            f"甲电厂,{code},2024,7,1,2",
            f"甲电厂,{code},2024,7,1,2",
        )
    assert {one.place.place for one in fault.value.problems} == {"B2", "D3", "E4", "E5", "B7"}
    assert not Delivery.objects.exists()


def test_a_later_upload_takes_the_place_and_the_earlier_stays(people, code):
    first = upload(people["grid"], f"甲电厂,{code},2024,3,12.5,")
    upload(people["grid"], f"甲电厂,{code},2024,3,13.5,", f"甲电厂,{code},2024,4,1,")
    rows = queries.figures(people["grid"])
    counting = {(one.period, str(one.number)) for one in rows if not one.replaced}
    assert counting == {("2024-03", "13.5000"), ("2024-04", "1.0000")}
    assert rows.get(delivery=first).replaced
    for wrong in (
        lambda: Figure.objects.update(number=1),
        lambda: Delivery.objects.filter(pk=first.pk).update(rows=2),
    ):
        with pytest.raises(DatabaseError, match="update or delete"), transaction.atomic():
            wrong()


def test_a_department_gives_its_own_kinds_alone(people, code):
    row = f"甲电厂,{code},2024,3,1,"
    for who in ("statistics", "forestry", "province", "enterprise"):
        with pytest.raises(PermissionDenied):
            upload(people[who], row)
    made = upload(
        people["statistics"], f"甲电厂,{code},2024,水泥熟料,5000",
        kind="output", head="企业名称,统一社会信用代码,年度,产品,产量",
    )  # fmt: skip
    assert made.figures.get().what == "水泥熟料 产量"


def test_who_sees_what(people, code):
    upload(people["grid"], f"甲电厂,{code},2024,3,12.5,")
    upload(people["grid"], f"甲电厂,{code},2025,3,12.5,")
    seen = {name: queries.figures(person).count() for name, person in people.items()}
    assert seen == {
        "grid": 2, "province": 2, "city": 2, "far_city": 0, "statistics": 0, "forestry": 0, "enterprise": 0,
    }  # fmt: skip
    assert queries.deliveries(people["grid"]).count() == queries.deliveries(people["province"]).count() == 2
    assert queries.deliveries(people["city"]).count() == queries.deliveries(people["statistics"]).count() == 0
    home = people["enterprise"].organisation
    upload(people["grid"], f"甲电厂,{code},2024,4,1.5,")
    (said,) = queries.sums(people["city"], home, 2024)
    assert (said.number, said.months, said.unit, said.source) == (14, 2, "MWh", "电网")
    assert queries.sums(people["enterprise"], home, 2024) == []


def test_the_template_comes_back_as_data(client, people, code, django_assert_max_num_queries):
    client.force_login(people["grid"])
    empty = client.get(reverse("departments:template", args=["electricity"]))
    book = openpyxl.load_workbook(io.BytesIO(empty.content))
    book.active.append(["甲电厂", code, 2024, 3, 12.5, 3400])
    stream = io.BytesIO()
    book.save(stream)
    sent = SimpleUploadedFile("用电量.xlsx", stream.getvalue())
    done = client.post(reverse("departments:upload", args=["electricity"]), {"file": sent})
    assert done.status_code == 200, done.content.decode()
    with django_assert_max_num_queries(20):
        page = client.get(reverse("departments:data")).content.decode()
    assert "3,400" in page
    assert "用电量.xlsx" in client.get(reverse("departments:deliveries")).content.decode()
    bad = SimpleUploadedFile("x.csv", f"{HEAD}\n甲电厂,1,2024,3,1,".encode())
    refused = client.post(reverse("departments:upload", args=["electricity"]), {"file": bad})
    assert refused.status_code == 422
    assert "B2" in refused.content.decode()
    assert client.get(reverse("departments:template", args=["nothing"])).status_code == 404
    client.force_login(people["forestry"])
    assert "目前尚无" in client.get(reverse("departments:data")).content.decode()
    client.force_login(people["enterprise"])
    assert client.get(reverse("departments:data")).status_code == 403


def test_the_api_does_the_same(client, people, code):
    client.force_login(people["grid"])
    url = "/api/v1/department-data"
    good = SimpleUploadedFile("a.csv", f"{HEAD}\n甲电厂,{code},2024,3,12.5,".encode())
    made = client.post(f"{url}/electricity", {"file": good})
    assert (made.status_code, made.json()["rows"]) == (201, 1)
    (row,) = client.get(f"{url}?year=2024&kind=electricity&credit_code={code}").json()["items"]
    assert (row["variable"], row["unit"], row["home"], row["replaced"]) == (
        "bought_mwh",
        "MWh",
        "甲电厂",
        False,
    )
    assert client.get(f"{url}/uploads").json()["count"] == 1
    bad = SimpleUploadedFile("a.csv", f"{HEAD}\n甲电厂,1,2024,3,1,".encode())
    refused = client.post(f"{url}/electricity", {"file": bad})
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "file_refused")
    assert client.post(f"{url}/nothing", {"file": bad}).status_code == 404
    client.force_login(people["statistics"])
    other = SimpleUploadedFile("a.csv", f"{HEAD}\n甲电厂,{code},2024,3,1,".encode())
    assert client.post(f"{url}/electricity", {"file": other}).status_code == 403
