"""The PDF: fonts found, words there, nobody's text taken for markup, the same bytes twice."""

import datetime as dt
import io
import re
import shutil
import subprocess

import pylopdf_fonts_zh_cn
import pytest

from shutan.cli.plants import chengdu, us_coal_plant
from shutan.documents.charts import svg
from shutan.documents.figures import drawings
from shutan.documents.problem import Message
from shutan.documents.report_pdf import FontMissingError, Remark, font_folder, write_pdf
from shutan.rules.registry import rule_set

EVIL = '#strong[x] *y* $1/0$ `z` \\ @a <b> #read("/etc/passwd") // c'


def made(result, language="zh", **options):
    stream = io.BytesIO()
    write_pdf(result, stream, language, **options)
    return stream.getvalue()


def text_of(pdf, tmp_path, *options):
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed: apt-get install poppler-utils")
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf)
    return subprocess.run(["pdftotext", *options, path, "-"], check=True, capture_output=True).stdout.decode()


def squeezed(text):
    return re.sub(r"\s+", "", text)


def test_words_and_numbers_are_there(sector, filled, tmp_path):
    result = sector.evaluate(2024, filled())
    text = squeezed(text_of(made(result, remarks=[]), tmp_path))
    for word in ("年度报告", "2024年度", "=蜀虚构电厂", "摘要", "报告表", "C.3", "燃烧", "1号机组", "排放量（烟煤）", "待核实",
                 "待定：缺参数“以后公布的系数”", "没有发现问题", "参数与来源", "二号文4", "10⁴Nm³"):  # fmt: skip
        assert squeezed(word) in text, word
    assert f"{result.value('total'):,}" in text
    assert f"{result.value('emissions', ('1号机组', '烟煤', 3)):,}" in text


def test_english(sector, filled, tmp_path):
    text = text_of(
        made(sector.evaluate(2024, filled()), "en", year=2014, issued=dt.date(2025, 3, 1)), tmp_path
    )
    for word in (
        "Annual report",
        "Summary",
        "Report tables",
        "Exercise",
        "2025-03-01",
        "to be confirmed",
        "Page 3 of",
    ):
        assert word in text, word
    assert "摘要" not in text


def test_text_is_never_markup(sector, filled, tmp_path):
    data = filled()
    data.rows("plant")[0].values["plant_name"] = EVIL
    for name in ("units", "fuels", "fuel_months", "unit_months"):
        for row in data.rows(name):
            row.values["unit"] = f'#{row.values["unit"]}"]$'
    remark = Remark("X-1", Message("高", "high"), Message(EVIL, EVIL), Message(EVIL, EVIL), "a!B1")
    text = squeezed(text_of(made(sector.evaluate(2024, data), remarks=[remark]), tmp_path, "-raw"))
    assert text.count(squeezed("#strong[x] *y* $1/0$")) >= 2
    assert squeezed('#1号机组"]$') in text
    assert "root:" not in text


def test_same_bytes(sector, filled):
    result = sector.evaluate(2024, filled())
    assert made(result) == made(sector.evaluate(2024, filled()))


def test_fonts_come_with_the_installation(sector, filled, tmp_path, monkeypatch):
    assert {path.suffix for path in font_folder().glob("*.otf")} == {".otf"}
    fonts = made(sector.evaluate(2024, filled()))
    assert b"NotoSansSC" in fonts
    assert b"NotoSerifSC" in fonts
    monkeypatch.setattr(pylopdf_fonts_zh_cn, "serif_path", lambda: str(tmp_path / "none.otf"))
    with pytest.raises(FontMissingError):
        font_folder()


def test_a_real_report_is_whole(tmp_path):
    plant = chengdu(2024)
    result = rule_set(plant.sector).evaluate(plant.rules_year, plant.dataset())
    text = squeezed(text_of(made(result), tmp_path))
    assert "温室气体排放报告" in text
    assert re.search(r"第1\d页|第\d页", text)


def test_an_exercise_says_so_and_shows_the_stack(tmp_path):
    plant = us_coal_plant()
    result = rule_set(plant.sector).evaluate(plant.rules_year, plant.dataset())
    text = squeezed(text_of(made(result, year=plant.year), tmp_path))
    assert "不是法定报告" in text
    assert "9,848,650" in text
    assert "9,015,725" in text
    assert "+9.2%" in text


def test_charts_escape_and_leave_gaps(sector, filled):
    data = filled()
    for row in data.rows("fuels"):
        row.values["fuel"] = "<煤&>" if row.values["fuel"] == "烟煤" else row.values["fuel"]
    for row in data.rows("fuel_months"):
        row.values["fuel"] = "<煤&>" if row.values["fuel"] == "烟煤" else row.values["fuel"]
    result = sector.evaluate(2024, data)
    found = drawings(result, sector.report.figures)
    assert [one.kind for one in found] == ["stack", "lines", "bars"]
    assert [one.label for one in found[0].series] == ["<煤&>", "天然气"]
    assert sum(one.values[0] for one in found[0].series) == sum(
        value for key, value in result.items("emissions") if key[2] == 1
    )
    assert found[1].series[-1].level
    assert "&lt;煤&amp;&gt;" in svg(found[0])
