"""The engine: who sees what, what blocks, what did not run and why; and a rule set the checks were not written for."""

import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace

import pytest

from shutan.kernel import (
    CO2_PER_C,
    Dataset,
    Grain,
    Number,
    ParameterValue,
    RuleSet,
    Table,
    Total,
    Waiting,
    rule,
)
from shutan.rules.laboratory import RECORD
from shutan.rules.power import RULES
from shutan.rules.registry import rule_sets
from shutan.screening import (
    CHECKS,
    Audience,
    Check,
    Frames,
    Hit,
    Mode,
    Severity,
    Subject,
    Words,
    catalogue,
    check,
    run,
    run_raw,
    thresholds,
)
from shutan.screening.check import CheckError
from shutan.screening.sectors import SECTORS


def given(monkeypatch, name, function, **changes):
    """Put a function under a catalogue id that has none."""
    entry = replace(catalogue().entries[name], **changes)
    monkeypatch.setitem(CHECKS, name, Check(entry, function))
    return entry


def always(severity=None, *, trial=False):
    def function(case):
        case.judged += 1
        yield Hit(Subject(RULES.grains[0], ()), Words("甲", "a"), severity=severity, trial=trial)

    return function


# -- heaps -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("audience", list(Audience))
def test_every_check_ends_in_one_heap(plant, audience):
    plant.set("fuel_months", {"month": 3}, ncv_ar_reported="4")
    screening = plant.screen(audience=audience)
    found = {one.check for one in screening.findings}
    clean = {one.check for one in screening.clean}
    not_run = {one.check for one in screening.not_run}
    seen = {
        name
        for name, entry in catalogue().entries.items()
        if audience is Audience.REGULATOR or entry.audience is Audience.ALL
    }
    assert found | clean | not_run == seen
    assert not found & clean
    assert not clean & not_run
    assert not found & not_run
    assert all(one.reason.zh and one.reason.en for one in screening.not_run)


def test_a_lawful_plant_has_no_finding(plant):
    for year in (2021, 2022, 2023, 2024, 2025, 2026):
        assert plant.of(year).screen().findings == (), year


def test_only_what_was_asked(plant):
    screening = plant.screen("STR-01", "LAB-13")
    assert [one.check for one in screening.clean] == ["STR-01"]
    assert screening.not_run == (), "LAB-13 is for the regulator"
    with pytest.raises(KeyError, match="STR-99"):
        plant.screen("STR-99")


@pytest.mark.parametrize(
    ("name", "why", "words"),
    [
        ("STR-02", "needs", "月度存证的提交时间"),
        ("LAB-04", "planned", "尚未实现"),
        ("LAB-16", "needs", "采样、制样"),
        ("SEC-05", "sector", "不涉及"),
        ("RNG-12", "nothing", "没有适用"),
    ],
)
def test_why_a_check_did_not_run(plant, name, why, words):
    (one,) = plant.screen(name, audience="regulator").not_run
    assert one.why.value == why
    assert words in one.reason.zh


def test_an_unknown_threshold_is_not_passed(plant):
    register = [
        ParameterValue("coal_ncv_low", dt.date(2024, 1, 1), None, "通知", "unknown", registered_by="甲")
    ]
    (one,) = run(plant.result(), only=["RNG-01"], register=register).not_run
    assert one.why.value == "threshold"
    assert "2024-03-31" in one.reason.zh or "2024-" in one.reason.zh


def test_a_registered_threshold_decides(plant):
    register = [
        ParameterValue(
            "coal_ncv_high", dt.date(2024, 7, 1), Decimal("20.5"), "通知", "official", registered_by="甲"
        ),
        ParameterValue(
            "default_ncv", dt.date(2024, 7, 1), Decimal(25), "通知", "official", registered_by="甲"
        ),
    ]
    found = run(plant.result(), only=["RNG-01"], register=register).findings
    assert [one.subject.key[-1] for one in found] == [7, 8, 9, 10, 11, 12]
    assert {one.status for one in found} == {"official"}
    assert {one.limit.registered_by for one in found} == {"甲"}


def test_another_years_thresholds(plant):
    plant.set("fuel_months", {"fuel": "天然气", "month": 3}, ncv_ar_reported="400")
    (own,) = plant.screen("RNG-10").findings
    (later,) = plant.screen("RNG-10", year=2026).findings
    assert (own.status, later.status) == ("secondary", "official")


def test_a_rule_whose_value_is_not_confirmed_is_not_judged(plant):
    (one,) = plant.of(2019).screen("CAL-08").not_run
    assert one.why.value == "threshold"
    assert "未经原文确认" in one.reason.zh


def test_rows_without_a_value_are_not_counted_as_judged(plant):
    plant.set("fuel_months", {"fuel": "烟煤", "month": 3}, ash_ad=None)
    (clean,) = plant.screen("RNG-03").clean
    assert (clean.rows, clean.left_out) == (11, 1)
    plant.set("fuel_months", {"fuel": "烟煤"}, ash_ad=None)
    (one,) = plant.screen("RNG-03").not_run
    assert "灰分" in one.reason.zh


# -- audience, mode, blocking ----------------------------------------------------------------------------------------


def test_the_regulators_checks_stay_with_the_regulator(plant, monkeypatch):
    given(monkeypatch, "LAB-13", always())
    assert plant.ids("LAB-13") == []
    assert plant.ids("LAB-13", audience="regulator") == [("LAB-13", ())]


@pytest.mark.parametrize("mode", list(Mode))
@pytest.mark.parametrize("severity", list(Severity))
@pytest.mark.parametrize("trial", [False, True])
def test_only_a_block_of_the_law_blocks(plant, monkeypatch, mode, severity, trial):
    given(monkeypatch, "LAB-05", always(severity, trial=trial), mode=mode)
    entry = CHECKS["LAB-05"].entry
    monkeypatch.setattr(
        "shutan.screening.engine.catalogue", lambda: SimpleNamespace(entries={"LAB-05": entry})
    )
    screening = plant.screen("LAB-05")
    (finding,) = screening.findings
    law = mode is Mode.LAW and not trial
    assert screening.blocks is finding.blocks is (severity is Severity.BLOCK and law)
    lowered = Severity.HIGH if severity is Severity.BLOCK and not law else severity
    assert finding.severity is lowered
    assert finding.mode is (Mode.LAW if law else Mode.TRIAL)


def test_findings_come_heaviest_first_then_by_subject(plant):
    coal = {"fuel": "烟煤"}
    plant.set("fuel_months", coal | {"month": 10}, fuel_consumption_reported="-1", ncv_ar_reported="101")
    plant.set("fuel_months", coal | {"month": 2}, ncv_ar_reported="4")
    plant.set("fuel_months", coal | {"month": 3}, ncv_ar_reported="21.0001")
    found = plant.screen().findings
    assert [one.severity.rank for one in found] == sorted(one.severity.rank for one in found)
    assert found[0].check == "CAL-06"
    high = [one.subject.key[-1] for one in found if one.check in ("RNG-01", "STR-07")]
    assert high == [2, 10], "months sort as numbers"


def test_a_finding_says_all_it_must(plant):
    plant.set("fuel_months", {"fuel": "烟煤", "month": 3}, ncv_ar_reported="4")
    screening = plant.screen()
    content = json.loads(json.dumps(screening.json()))
    one = next(one for one in content["findings"] if one["check"] == "RNG-01")
    assert one["subject"] == {"grain": "fuel_month", "unit": "1号机组", "fuel": "烟煤", "month": 3}
    assert (one["value"], one["bound"], one["unit"], one["mode"]) == ("4.000", "5", "GJ/t", "trial")
    assert one["status"] == "recalled"
    assert all(one[word]["zh"] and one[word]["en"] for word in ("message", "clears", "basis", "name"))
    assert any(field["place"] for field in one["fields"])
    assert content["counts"]["high"] >= 1
    assert content["blocks"] is False


# -- declaring -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["NONE-01", "STR-01", "LAB-13"])
def test_a_check_is_declared_once_under_an_id_that_runs(name):
    with pytest.raises(CheckError, match=name):
        check(name)(lambda _: iter(()))


def test_what_checks_name_exists():
    known = {*RULES.inputs, *RULES.rules}
    every = {name for rules in rule_sets().values() for name in (*rules.inputs, *rules.rules)}
    for one in CHECKS.values():
        tests = (
            set(RECORD.inputs)
            if one.entry.concerns("laboratory") and "workbook" not in one.entry.needs
            else set()
        )
        assert set(one.needs) <= (tests or (every if one.id.startswith("SEC") else known)), one.id
        assert set(one.thresholds) <= set(thresholds()), one.id
    for roles in (SECTORS["power"],):
        assert {*roles.filed, *roles.used, *roles.activity, *roles.dated} <= known
    read = {name for one in CHECKS.values() for name in one.thresholds}
    assert read == set(thresholds()), "a threshold that no check reads"


# -- another rule set ------------------------------------------------------------------------------------------------

PLANT, FURNACE, BURNED = Grain("plant"), Grain("furnace", "unit"), Grain("burned", "unit", "fuel", "month")


@rule("T 1", grain=BURNED, unit="tCO2", places=2)
def combustion_emissions(fuel_consumption, carbon_content, oxidation_rate_used):
    """燃烧排放: What was burned, as CO2."""
    return fuel_consumption * carbon_content * oxidation_rate_used * CO2_PER_C


@rule("T 1", grain=FURNACE, unit="tCO2", places=0)
def furnace_emissions(combustion_emissions: Total):
    """炉窑排放: The year of one furnace."""
    return combustion_emissions


@rule("T 1", grain=PLANT, unit="tCO2")
def plant_emissions(furnace_emissions: Total):
    """全厂排放: The year of the plant."""
    return furnace_emissions


@pytest.fixture(scope="module")
def toy(tmp_path_factory):
    """A rule set with columns in which a plant states its own results."""
    folder = tmp_path_factory.mktemp("toy")
    (folder / "parameters").mkdir()
    (folder / "clauses.yaml").write_text(
        "- {id: T 1, instrument: t, number: '1', zh: 一, en: one, summary: s, summary_zh: 一, from: 2020-01-01,"
        " kind: computed, status: recalled, source: t}\n",
        encoding="utf-8",
    )
    burned = Table(
        "burned",
        BURNED,
        "燃烧|Burned",
        (
            Number("fuel_consumption", "消耗量|consumption", unit="t", places=2, minimum=0),
            Number("carbon_content", "元素碳|carbon", unit="tC/t", places=4, minimum=0),
            Number("oxidation_rate_used", "氧化率|oxidation", unit="1", places=4),
            Number("stated_combustion_emissions", "自报排放|stated", unit="tCO2", places=2, optional=True),
        ),
        keys=("炉窑|furnace", "燃料|fuel", "月份|month"),
    )
    furnaces = Table(
        "furnaces",
        FURNACE,
        "炉窑|Furnaces",
        (Number("stated_furnace_emissions", "自报年排放|stated year", unit="tCO2", places=0, optional=True),),
        keys=("炉窑|furnace",),
    )
    modules = [
        SimpleNamespace(a=combustion_emissions, b=furnace_emissions, c=plant_emissions),
    ]
    return RuleSet("toy", "示例|Toy", tables=(burned, furnaces), modules=modules, folders=[folder])


def filled(month_stated=None, year_stated=None):
    rows = [
        {
            "unit": "1",
            "fuel": "焦炭",
            "month": month,
            "fuel_consumption": Decimal(1000),
            "carbon_content": Decimal("0.8"),
            "oxidation_rate_used": Decimal(1),
        }
        for month in range(1, 13)
    ]
    if month_stated:
        rows[0]["stated_combustion_emissions"] = Decimal(month_stated)
    furnace = {"unit": "1"}
    if year_stated:
        furnace["stated_furnace_emissions"] = Decimal(year_stated)
    return Dataset.of({"burned": rows, "furnaces": [furnace]})


@pytest.mark.parametrize(("value", "count"), [("2933.33", 0), ("2933.34", 1), ("2933.32", 1)])
def test_a_stated_month(toy, value, count):
    found = run(toy.evaluate(2024, filled(month_stated=value)), only=["CAL-01"]).findings
    assert len(found) == count
    assert all(one.fields[0].name == "stated_combustion_emissions" for one in found)


@pytest.mark.parametrize(
    ("value", "count"), [("35200", 0), ("35206", 0), ("35194", 0), ("35207", 1), ("35193", 1)]
)
def test_a_stated_year_may_lie_its_rounding_apart(toy, value, count):
    assert len(run(toy.evaluate(2024, filled(year_stated=value)), only=["STR-05"]).findings) == count


def test_checks_of_other_sectors_say_so(toy):
    screening = run(toy.evaluate(2024, filled()))
    assert screening.findings == ()
    assert {"STR-01", "STR-03", "STR-05", "CAL-01", "CAL-09"} <= {one.check for one in screening.clean}
    why = {one.check: one.why.value for one in screening.not_run}
    assert why["RNG-06"] == "sector"
    assert why["RNG-11"] == "needs"


def test_an_empty_report_of_another_sector(toy):
    screening = run(toy.evaluate(2024, Dataset()))
    assert not screening.blocks
    assert run_raw(toy, Dataset(), year=2024).findings == ()


# -- frames ----------------------------------------------------------------------------------------------------------


def test_frames_hold_floats_and_the_exact_values_beside_them(plant):
    plant.set("fuel_months", {"fuel": "烟煤", "month": 3}, carbon_reported=None)
    result = plant.result()
    frames = Frames.of(result)
    grain = RULES.grain_of("combustion_emissions")
    frame = frames.frame(grain, ("ncv_ar", "fuel_kind", "carbon_content_ar", "fuel_kind"))
    assert frame.columns == ["row", "unit", "fuel", "month", "ncv_ar", "fuel_kind", "carbon_content_ar"]
    assert frame["carbon_content_ar"].null_count() == 1
    for row in frame.iter_rows(named=True):
        key = (row["unit"], row["fuel"], row["month"])
        assert result.keys(grain)[row["row"]] == key
        exact = frames.exact("carbon_content_ar", grain)[row["row"]]
        assert exact is result.value("carbon_content_ar", key)
        if isinstance(exact, Waiting):
            assert row["carbon_content_ar"] is None
        else:
            assert row["carbon_content_ar"] == float(exact)
        assert row["fuel_kind"] == result.value("fuel_kind", key[:2]).key


def test_every_grain_has_a_frame(plant):
    frames = Frames.of(plant.result())
    for grain in RULES.grains:
        frame = frames.frame(grain)
        assert frame.height == len(frames.keys(grain))
        assert set(frames.names(grain)) <= set(frame.columns)
