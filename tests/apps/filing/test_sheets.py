"""The plant's own sheets: GBK, thousands separators, sentinels, sums of days, weighted means; a mapping kept for next month."""

import io
import json

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from filing_helpers import NOW, change

from shutan.apps.common.files import Upload
from shutan.apps.filing import actions, cells, mappings, plant_sheets, units
from shutan.apps.filing.content import Year
from shutan.apps.filing.models import FiledValue, SheetMapping
from shutan.apps.filing.plant_sheets import Column, Layout, Target
from shutan.rules.registry import rule_set

KEY = ("1号机组", "烟煤")
FUEL = Target("fuel_months", KEY, "fuel_consumption_reported")
HEAT = Target("fuel_months", KEY, "ncv_ar_reported")
LAYOUT = Layout(
    header=2, day="日期", columns=(Column("入炉煤量", FUEL, "kg"), Column("低位热值", HEAT, "kJ/kg"))
)
LINES = [
    ["川南电厂日报", "", ""],
    ["日期", "入炉煤量", "低位热值"],
    ["2025-03-01", "1,200,500", "21000"],
    ["3月2日", "2，400，500", "22500"],
    ["2025/4/1", "9", "9"],
    ["合计", "3,601,000", ""],
]


def sheet(lines=LINES, encoding="gb18030"):
    return Upload(
        "日报.csv", "\n".join(",".join(f'"{one}"' for one in line) for line in lines).encode(encoding)
    )


def read(month, lines=LINES, layout=LAYOUT):
    found = mappings.preview(Year.of(month.book, {3: month}), 3, sheet(lines), layout, "zh")
    assert found.faults == []
    return found.gathered


def values(gathered):
    return {
        one.column.target.variable: (None if one.value is None else str(one.value))
        for one in gathered.figures
    }


def test_amounts_add_up_and_qualities_are_weighed_as_the_rules_weigh_months(month):
    found = read(month)
    assert found.faults == []
    # (1200.5 t × 21 + 2400.5 t × 22.5) / 3601 t = 21.99993… GJ/t
    assert values(found) == {"fuel_consumption_reported": "3601.00", "ncv_ar_reported": "22.000"}
    assert [(one.how, one.rows) for one in found.figures] == [("total", 2), ("weighted", 2)]
    assert found.left_out == ["5: 2025-04-01", "6: 合计"]
    assert found.days == 2


def test_every_fault_is_named_at_its_cell_and_no_figure_is_made_of_a_faulty_column(month):
    lines = [*LINES[:3], ["2025-03-02", "9999", "缺测"], ["三月三", "1", "1"], ["2025-03-04", "", "20000"]]
    found = read(month, lines)
    assert [one.cell for one in found.faults] == ["A5", "B4", "C4"]
    assert values(found) == {"fuel_consumption_reported": None, "ncv_ar_reported": None}


def test_an_empty_cell_is_no_zero(month):
    found = read(month, [*LINES[:3], ["2025-03-02", "", "20000"]])
    assert {one.cell for one in found.faults} == {"B4"}
    assert values(found)["fuel_consumption_reported"] is None
    found = read(month, [*LINES[:3], ["2025-03-02", "0", ""]])
    assert (found.faults, values(found)["ncv_ar_reported"]) == ([], "21.000")


def test_what_is_not_declared_is_not_made(month):
    unknown = Layout(header=2, columns=(Column("低位热值", HEAT, "kJ/kg"),))
    found = read(month, LINES[:4], unknown)
    assert values(found) == {"ncv_ar_reported": None}
    assert len(found.faults) == 1
    found = read(month, LINES[:3], unknown)
    assert values(found) == {"ncv_ar_reported": "21.000"}
    found = read(
        month, layout=Layout(header=2, columns=(Column("热值", HEAT), Column("低位热值", HEAT, "kcal/kg")))
    )
    assert len(found.faults) == 2


def test_an_excel_sheet_is_read_with_its_days(month):
    book = openpyxl.Workbook()
    for line in (["day", "coal"], [NOW.replace(tzinfo=None, month=3, day=1), 12.5], [20250302, 7]):
        book.active.append(line)
    stream = io.BytesIO()
    book.save(stream)
    layout = Layout(day="day", columns=(Column("coal", FUEL),))
    year = Year.of(month.book, {3: month})
    found = mappings.preview(year, 3, Upload("dcs.xlsx", stream.getvalue()), layout, "en")
    assert values(found.gathered) == {"fuel_consumption_reported": "19.50"}
    first = mappings.preview(year, 3, Upload("dcs.xlsx", stream.getvalue()), None, "en")
    assert (first.layout.header, first.gathered.figures) == (1, [])
    assert mappings.preview(year, 3, Upload("dcs.xlsx", b"MZ"), None, "en").faults
    assert mappings.preview(year, 3, Upload("a.csv", "日期".encode("utf-16")), None, "en").faults


@pytest.mark.parametrize(
    ("unit", "wanted", "factor"),
    [("kJ/kg", "GJ/t", "0.001"), ("", "t", "1"), ("万kWh", "MWh", "10"), ("kJ/Nm³", "GJ/10⁴Nm³", "0.01")],
)
def test_units_are_known_exactly(unit, wanted, factor):
    assert units.factor(unit, wanted) == units.Decimal(factor)
    assert units.factor("kcal/kg", wanted) is None


def test_the_rules_say_how_a_year_is_made_of_months():
    rules = rule_set("power")
    assert plant_sheets.how_of(rules, "fuel_consumption_reported").how == "total"
    assert plant_sheets.how_of(rules, "ncv_ar_reported").weight == "fuel_consumption"


def test_a_mapping_is_kept_by_name_and_written_over(people, month):
    told = {"rule_set_name": "power", "name": "入炉煤日报", "now": NOW}
    home = month.organisation
    mappings.save_mapping(people["filler"], home, layout=Layout(columns=LAYOUT.columns), **told)
    kept = mappings.save_mapping(people["boss"], home, layout=LAYOUT, **told)
    assert Layout.of(SheetMapping.objects.get().layout) == LAYOUT
    for bad in (Layout(), Layout(columns=(Column("a", FUEL), Column("b", FUEL)))):
        with pytest.raises(ValidationError):
            mappings.save_mapping(people["filler"], home, layout=bad, **told)
    for stranger in ("rival", "officer"):
        with pytest.raises(PermissionDenied):
            mappings.drop_mapping(people[stranger], kept, now=NOW)
    mappings.drop_mapping(people["filler"], kept, now=NOW)
    assert not SheetMapping.objects.exists()


def test_the_page_looks_saves_and_finds_the_mapping_next_month(client, people, book, month):
    client.force_login(people["filler"])
    address = f"/filing/months/{month.pk}/sheet"
    assert client.get(address).status_code == 200

    def post(where=address, **more):
        file = SimpleUploadedFile("日报.csv", sheet().content)
        return client.post(where, {"file": file} | more)

    first = post()
    assert "入炉煤量" in first.content.decode()
    year = Year.of(book, {3: month})
    labels = {target: one.label for target, one in mappings.places(year, 3, "zh").items()}
    matched = {
        "header": 2, "sheet": "", "day": "日期", "sentinels": "9999", "shown": "",
        "head": ["日期", "入炉煤量", "低位热值"], "to": ["", labels[FUEL], labels[HEAT]], "unit": ["", "kg", "kJ/kg"],
    }  # fmt: skip
    assert "3,601" in post(do="look", **matched).content.decode()
    cells.save(people["boss"], month, [change("1")], now=NOW)
    seen = "\n".join("0" for _ in labels)
    conflict = post(do="save", seen=seen, name="日报", **matched).content.decode()
    assert FiledValue.objects.get(filing=month, variable="fuel_consumption_reported").number == 1
    assert "boss" in conflict
    kept = SheetMapping.objects.get()
    april = actions.open_month(people["filler"], book, 4, now=NOW)
    told = post(f"/filing/months/{april.pk}/sheet", mapping=kept.pk).content.decode()
    assert labels[FUEL] in told
    assert post(f"/filing/months/{april.pk}/sheet", file="").status_code == 422
    client.force_login(people["rival"])
    assert client.get(address).status_code == 404
    assert client.post(f"/filing/mappings/{kept.pk}/remove").status_code == 404
    client.force_login(people["filler"])
    assert client.post(f"/filing/mappings/{kept.pk}/remove", {"month": month.pk}).status_code == 302


def test_the_same_through_the_api(client, people, month):
    client.force_login(people["filler"])
    columns = [
        {
            "head": one.head,
            "table": one.target.table,
            "key": list(KEY),
            "variable": one.target.variable,
            "unit": one.unit,
        }
        for one in LAYOUT.columns
    ]
    body = {"rule_set": "power", "name": "日报", "header": 2, "day": "日期", "columns": columns}
    kept = client.put("/api/v1/filing/mappings", json.dumps(body), "application/json").json()
    assert client.get("/api/v1/filing/mappings").json() == [kept]

    def send(query=""):
        file = SimpleUploadedFile("日报.csv", sheet().content)
        return client.post(
            f"/api/v1/filing/months/{month.pk}/sheet?mapping={kept['id']}{query}", {"file": file}
        )

    assert [one["value"] for one in send().json()["figures"]] == ["3601", "22"]
    assert not FiledValue.objects.filter(filing=month).exists()
    assert len(send("&save=true").json()["saved"]["saved"]) == 2
    assert client.delete(f"/api/v1/filing/mappings/{kept['id']}").status_code == 204
