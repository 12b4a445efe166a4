"""Checks of test reports: a sound report is clean, each fault of dq_checks.md is found, bounds count as within."""

import datetime as dt
from decimal import Decimal

import pytest

from shutan.kernel import Dataset, Origin, Row
from shutan.rules.common.fuels import FuelKind
from shutan.rules.laboratory import RECORD, Mark, OwnOrOutside, Sampling
from shutan.screening import run, run_tests
from shutan.screening.findings import Why

DAY = dt.date(2026, 3, 10)
# A bituminous coal: closes at 100 %, converts (60.10 × 90 / 98 = 55.194), and lies where its kind lies.
SOUND = {
    "sample_number": "S-2026-03",
    "fuel_kind": FuelKind.BITUMINOUS,
    "sampling": Sampling.COMPOSITE,
    "laboratory_kind": OwnOrOutside.OUTSIDE,
    "mark": Mark.BOTH,
    "sampled_on": DAY,
    "prepared_on": DAY,
    "sent_on": DAY + dt.timedelta(2),
    "received_on": DAY + dt.timedelta(3),
    "tested_on": DAY + dt.timedelta(8),
    "reported_on": DAY + dt.timedelta(40),
    "moisture_total": "10.00",
    "moisture_ad": "2.00",
    "ash_ad": "25.00",
    "volatile_ad": "27.00",
    "fixed_carbon_ad": "46.00",
    "carbon_ad": "60.10",
    "hydrogen_ad": "3.80",
    "nitrogen_ad": "1.00",
    "sulphur_ad": "0.80",
    "carbon_ar": "55.19",
    "file_digest": "a" * 64,
    "file_created_on": DAY + dt.timedelta(41),
}


def screen(*reports, year=2026, audience="regulator", only=()):
    rows = []
    for place, (number, month, changes) in enumerate(reports, start=3):
        said = {"report_number": number, "month": month} | SOUND | changes
        values = {
            name: Decimal(value)
            if isinstance(value, str) and RECORD.unit_of(name) in ("%", "GJ/t")
            else value
            for name, value in said.items()
            if value is not None and (name in RECORD.inputs)
        }
        values |= {"report_number": number, "month": month}
        rows.append(Row(values, {name: Origin("cell", f"{name}{place}") for name in values}))
    result = RECORD.evaluate(year, Dataset({"tests": rows}))
    return run(result, audience=audience, only=only) if only else run_tests(result, audience=audience)


def found(check, *reports, **more):
    return list(screen(*reports, only=(check,), **more).findings)


def one(check, month=3, **changes):
    return found(check, ("R-03", month, changes))


def test_a_sound_report_has_no_finding():
    told = screen(("R-03", 3, {}))
    assert told.findings == ()
    clean = {one.check for one in told.clean}
    assert {"LAB-01", "LAB-02", "LAB-03", "LAB-05", "LAB-13", "LAB-15", "LAB-16", "LAB-17", "LAB-18"} <= clean
    assert {"DOC-05", "DOC-07"} <= clean


def test_what_lacks_its_data_did_not_run_and_says_so():
    told = screen(("R-03", 3, {}))
    waiting = {one.check: one for one in told.not_run}
    assert waiting["LAB-06"].why is Why.NEEDS  # no calorific value was measured
    assert "高位发热量" in waiting["LAB-06"].reason.zh
    assert waiting["LAB-04"].why is Why.PLANNED
    assert "DOC-02" in waiting


@pytest.mark.parametrize(
    ("changes", "value"),
    [
        ({"fixed_carbon_ad": "46.02"}, None),
        ({"fixed_carbon_ad": "46.03"}, "100.03"),
        ({"ash_ad": "24.97"}, "99.97"),
    ],
)
def test_proximate_analysis(changes, value):
    # four figures of two places: 4 × 0.005 = 0.02 is within
    assert [str(each.value) for each in one("LAB-01", **changes)] == ([value] if value else [])


def test_oxygen_by_difference():
    assert one("LAB-02", carbon_ad="67.40") == []  # exactly 0
    assert one("LAB-02", carbon_ad="67.43") == []  # six figures of two places: 0.03 is within
    (below,) = one("LAB-02", carbon_ad="67.44")
    assert (str(below.value), below.trial) == ("-0.04", False)
    (much,) = one("LAB-02", carbon_ad="43.00")  # oxygen 24.40 of 73 = 33.4 %
    assert (much.trial, much.limit.name) == (True, "oxygen_ash_free_most")


@pytest.mark.parametrize(
    ("carbon", "hit"), [("55.19", False), ("55.20", False), ("55.17", True), ("55.25", True)]
)
def test_conversion_of_basis(carbon, hit):
    assert bool(one("LAB-03", carbon_ar=carbon)) is hit


def test_swapped_moistures_are_named():
    (swapped,) = one("LAB-03", carbon_ar="65.44")  # 60.10 × 98 / 90
    assert "取反" in swapped.message.zh
    assert "swapped" in swapped.message.en
    (other,) = one("LAB-03", carbon_ar="58.00")
    assert "取反" not in other.message.zh
    assert str(other.bound) == "55.193878"


def test_total_moisture_below_that_of_air_dried_coal_blocks():
    assert one("LAB-05", moisture_total="2.00") == []
    (hit,) = one("LAB-05", moisture_total="1.99")
    assert hit.blocks
    assert [each.name for each in hit.fields] == ["moisture_total", "moisture_ad"]


def test_net_from_gross_heat():
    # (24.000 − 0.206 × 3.80) × 90/98 − 0.023 × 10.00 = 21.0919…
    given = {"gross_heat_ad": "24.000"}
    assert one("LAB-06", **given, net_heat_ar="21.092") == []
    assert one("LAB-06", **given, net_heat_ar="21.141") == []
    (hit,) = one("LAB-06", **given, net_heat_ar="21.143")
    assert (hit.trial, hit.status) == (True, "recalled")


def test_heat_beside_mendeleev():
    # elements as received × wet: 0.339·60.10 + 1.030·3.80 − 0.109·(7.30 − 0.80) = 23.5794; × 90/98 − 0.25 = 21.4046…
    assert one("LAB-07", net_heat_ar="21.405") == []
    (soft,) = one("LAB-07", net_heat_ar="22.000")
    assert (soft.severity.value, soft.limit.name) == ("medium", "mendeleev_off_soft")
    (hard,) = one("LAB-07", net_heat_ar="22.600")
    assert (hard.severity.value, hard.limit.name) == ("high", "mendeleev_off_hard")
    assert screen(("R", 3, {"net_heat_ar": "22.600"}), audience="all").of("LAB-07") == ()


def test_carbon_beside_heat_and_analysis():
    # 35.587 + 1.6528·21.4 − 0.3103·10 − (0.3495·25 + 0.1763·27 + 0.3507·0.8)·90/98 = 55.1966…
    assert one("LAB-08", net_heat_ar="21.400") == []
    (soft,) = one("LAB-08", net_heat_ar="21.400", carbon_ar="54.00")
    assert soft.limit.name == "carbon_low_soft"
    (hard,) = one("LAB-08", net_heat_ar="21.400", carbon_ar="53.00")
    assert hard.limit.name == "carbon_low_hard"
    (high,) = one("LAB-08", net_heat_ar="21.400", carbon_ar="58.80")
    assert high.limit.name == "carbon_high"


def test_carbon_beside_heat_alone_only_where_the_analysis_is_missing():
    # 7.33 + 2.251·21.4 = 55.5014
    assert one("LAB-09", net_heat_ar="21.400", carbon_ar="50.00") == []
    assert one("LAB-09", net_heat_ar="21.400", carbon_ar="52.61", volatile_ad=None) == []
    (low,) = one("LAB-09", net_heat_ar="21.400", carbon_ar="52.60", volatile_ad=None)
    assert low.limit.name == "carbon_simple_low"


@pytest.mark.parametrize(
    ("volatile", "kind", "hit"),
    [
        ("7.30", FuelKind.ANTHRACITE, False),  # 10 %, the last of anthracite
        ("7.31", FuelKind.ANTHRACITE, True),
        ("7.30", FuelKind.BITUMINOUS, True),
        ("27.01", FuelKind.LIGNITE, True),  # 37 %, by volatile matter alone bituminous
        ("28.00", FuelKind.LIGNITE, False),  # above 37 % transmittance decides
        ("28.00", FuelKind.ANTHRACITE, True),
        ("28.00", FuelKind.COAL_SLIME, False),
    ],
)
def test_rank_of_coal(volatile, kind, hit):
    assert bool(one("LAB-15", volatile_ad=volatile, fuel_kind=kind)) is hit


def test_dates_in_order():
    (hit,) = one("LAB-16", received_on=DAY + dt.timedelta(1))
    assert "早于" in hit.message.zh
    assert one("LAB-16", received_on=None, sent_on=None) == []


def test_forty_days_after_sampling():
    assert one("LAB-16", reported_on=DAY + dt.timedelta(40)) == []
    (hit,) = one("LAB-16", reported_on=DAY + dt.timedelta(41))
    assert (hit.value, hit.limit.name, hit.status) == (41, "report_within_days", "official")
    assert one("LAB-16", reported_on=DAY + dt.timedelta(41), carbon_ad=None, carbon_ar=None) == []
    assert one("LAB-16", reported_on=DAY + dt.timedelta(41), fuel_kind=FuelKind.NATURAL_GAS) == []


def test_thirty_days_for_mixed_samples_until_march_2022():
    def of(month, tested, sampling=Sampling.COMPOSITE):
        day = dt.date(2022, month, 1)
        dates = dict.fromkeys(("sampled_on", "prepared_on", "sent_on", "received_on"), day)
        dates |= {
            "tested_on": day + dt.timedelta(tested),
            "reported_on": day + dt.timedelta(tested),
            "sampling": sampling,
        }
        return found("LAB-16", ("R", month, dates), year=2022)

    assert of(3, 30) == []
    (hit,) = of(3, 31)
    assert hit.limit.name == "composite_tested_within_days"
    assert of(3, 31, Sampling.DAILY) == []
    assert of(4, 40) == []
    (hit,) = of(4, 41)
    assert (hit.limit.name, hit.status) == ("report_within_days", "secondary")


def test_mark_on_the_report():
    assert len(one("LAB-18", mark=Mark.NONE)) == 1
    assert len(one("LAB-18", mark=Mark.NONE, laboratory_kind=OwnOrOutside.OWN)) == 1
    heat = {"mark": Mark.NONE, "carbon_ad": None, "carbon_ar": None, "net_heat_ar": "21.0"}
    assert len(one("LAB-18", **heat)) == 1
    assert one("LAB-18", **heat, laboratory_kind=OwnOrOutside.OWN) == []
    assert one("LAB-18", mark=Mark.NONE, fuel_kind=FuelKind.NATURAL_GAS) == []
    assert one("LAB-18", mark=Mark.CNAS) == []


def test_copied_results_of_another_sample():
    (hit,) = found("LAB-13", ("R-03", 3, {}), ("R-04", 4, {"sample_number": "S-2026-04"}))
    assert (hit.subject.key, hit.value, hit.trial) == (("R-04", 4), 5, True)
    assert found("LAB-13", ("R-03", 3, {}), ("R-04", 3, {})) == []  # one sample, two units
    three = {"sample_number": "S-2026-04", "carbon_ad": "60.11", "ash_ad": "25.01"}
    assert found("LAB-13", ("R-03", 3, {}), ("R-04", 4, three)) == []


def test_samples_of_three_months_on_one_day():
    same = [(f"R-{month}", month, {"sample_number": f"S{month}"}) for month in (3, 4, 5)]
    (hit,) = found("LAB-17", *same)
    assert (hit.value, hit.trial) == (3, True)
    assert found("LAB-17", *same[:2]) == []


def test_file_made_long_after_the_report():
    assert one("DOC-05", file_created_on=DAY + dt.timedelta(70)) == []
    (hit,) = one("DOC-05", file_created_on=DAY + dt.timedelta(71))
    assert (hit.value, hit.limit.status) == (31, "recalled")


def test_one_file_for_two_reports():
    (hit,) = found("DOC-07", ("R-03", 3, {}), ("R-04", 4, {"sample_number": "S4"}))
    assert hit.subject.key == ("R-04", 4)
    assert found("DOC-07", ("R-03", 3, {}), ("R-04", 4, {"file_digest": "b" * 64})) == []


def test_the_filler_sees_no_forensic_check():
    told = screen(("R-03", 3, {}), audience="all")
    every = {one.check for one in (*told.clean, *told.not_run)}
    assert not {"LAB-07", "LAB-08", "LAB-09", "LAB-17", "DOC-05", "DOC-07"} & every
