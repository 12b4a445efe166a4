"""Each range check: silent on the bound, loud one last place beyond it."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shutan.rules.common import fuels
from shutan.rules.power import choices

COAL = {"fuel": "烟煤", "month": 3}
DIESEL = {"fuel": "柴油", "month": 3}
GAS = {"fuel": "天然气", "month": 3}
MACHINE = {"generator": "1", "month": 3}

# check, table, row, values held, column, last lawful value, first one beyond, severity beyond
BOUNDS = [
    ("RNG-01", COAL, {}, "ncv_ar_reported", "12.000", "11.999", "medium"),
    ("RNG-01", COAL, {}, "ncv_ar_reported", "27.000", "27.001", "medium"),
    ("RNG-02", COAL, {"ncv_ar_reported": "20.000"}, "carbon_reported", "0.6260", "0.6261", "medium"),
    ("RNG-02", COAL, {"ncv_ar_reported": "20.000"}, "carbon_reported", "0.4760", "0.4759", "medium"),
    (
        "RNG-03",
        COAL,
        {"ash_ad": "48", "moisture_ar_reported": "2"},
        "carbon_reported",
        "0.3700",
        "0.3699",
        "high",
    ),
    (
        "RNG-03",
        COAL,
        {"ash_ad": "48", "moisture_ar_reported": "2"},
        "carbon_reported",
        "0.4600",
        "0.4601",
        "high",
    ),
    (
        "RNG-03",
        COAL,
        {"ash_ad": "48", "moisture_ar_reported": "16.7"},
        "carbon_reported",
        "0.3145",
        "0.3144",
        "high",
    ),
    ("RNG-04", COAL, {"ash_ad": "48"}, "hydrogen_ad", "1.15", "1.14", "low"),
    ("RNG-04", COAL, {"ash_ad": "48"}, "hydrogen_ad", "3.15", "3.16", "low"),
    ("RNG-05", COAL, {}, "sulphur_ad", "0.10", "0.09", "low"),
    ("RNG-05", COAL, {}, "sulphur_ad", "9.00", "9.01", "low"),
    ("RNG-05", COAL, {}, "moisture_ar_reported", "0.70", "0.69", "low"),
    ("RNG-05", COAL, {}, "moisture_ar_reported", "44.00", "44.01", "low"),
    ("RNG-05", COAL, {}, "ash_ad", "1.80", "1.79", "low"),
    ("RNG-05", COAL, {}, "ash_ad", "50.00", "50.01", "low"),
    ("RNG-10", GAS, {}, "ncv_ar_reported", "285.000", "284.999", "medium"),
    ("RNG-10", GAS, {}, "ncv_ar_reported", "398.300", "398.301", "medium"),
    ("RNG-10", GAS, {}, "carbon_reported", "4.3700", "4.3699", "medium"),
    ("RNG-10", GAS, {}, "carbon_reported", "6.1000", "6.1001", "medium"),
    ("RNG-11", DIESEL, {"carbon_reported": "0.8700"}, "ncv_ar_reported", "43.500", "43.501", "low"),
    ("RNG-11", DIESEL, {"carbon_reported": "0.8500"}, "ncv_ar_reported", "42.000", "41.999", "low"),
    ("RNG-11", DIESEL, {"ncv_ar_reported": "42.000"}, "carbon_reported", "0.8568", "0.8572", "low"),
    ("RNG-11", DIESEL, {"ncv_ar_reported": "42.000"}, "carbon_reported", "0.8400", "0.8396", "low"),
]
HARD = [
    ("RNG-01", {}, "ncv_ar_reported", "5.000", "4.999", ("medium", "high")),
    ("RNG-01", {}, "ncv_ar_reported", "35.000", "35.001", ("medium", "high")),
    ("RNG-02", {"ncv_ar_reported": "20.000"}, "carbon_reported", "0.6820", "0.6821", ("medium", "high")),
    ("RNG-02", {"ncv_ar_reported": "20.000"}, "carbon_reported", "0.4560", "0.4559", ("medium", "high")),
    ("RNG-04", {"ash_ad": "48"}, "hydrogen_ad", "0.75", "0.74", ("low", "medium")),
    ("RNG-04", {"ash_ad": "48"}, "hydrogen_ad", "3.50", "3.51", ("low", "medium")),
]


@pytest.mark.parametrize("bound", BOUNDS, ids=lambda bound: f"{bound[0]}-{bound[3]}-{bound[5]}")
def test_fuel_bounds(plant, bound):
    check, where, held, column, lawful, beyond, severity = bound
    plant.set("fuel_months", where, **held, **{column: lawful})
    assert plant.ids(check) == []
    plant.set("fuel_months", where, **{column: beyond})
    (finding,) = plant.screen(check).findings
    assert finding.subject.key[1:] == tuple(where.values())
    assert finding.severity.value == severity
    assert finding.status in ("official", "secondary", "recalled")
    assert any(field.origin for field in finding.fields)
    assert "fuel_months!" in finding.message.zh
    assert not finding.blocks


@pytest.mark.parametrize("bound", HARD, ids=lambda bound: f"{bound[0]}-{bound[2]}-{bound[4]}")
def test_hard_bounds_weigh_more(plant, bound):
    check, held, column, soft, hard, severities = bound
    found = []
    for value in (soft, hard):
        plant.set("fuel_months", COAL, **held, **{column: value})
        (finding,) = plant.screen(check).findings
        found.append(finding.severity.value)
    assert tuple(found) == severities


ASH_FREE = {"LIGNITE": ("60", "77"), "BITUMINOUS": ("74", "92"), "ANTHRACITE": ("90", "98")}
OTHER_COALS = (
    "WASHED_COAL",
    "OTHER_WASHED_COAL",
    "OTHER_COAL",
    "COAL_GANGUE",
    "COAL_SLIME",
    "COAL_WATER_SLURRY",
)


@pytest.mark.parametrize("year", [2024, 2026])
@pytest.mark.parametrize("kind", [*ASH_FREE, *OTHER_COALS])
def test_ash_free_carbon_by_kind_of_coal(plant, kind, year):
    plant = plant.of(year)
    low, high = ASH_FREE.get(kind, ("60", "98"))
    plant.set("fuels", {"fuel": "烟煤"}, fuel_kind=fuels.FuelKind[kind])
    plant.set("fuel_months", {"fuel": "烟煤"}, ash_ad="48", moisture_ar_reported="2")
    for bound, step in ((low, -1), (high, 1)):
        lawful = plant_carbon(bound)
        plant.set("fuel_months", {"fuel": "烟煤"}, carbon_reported=lawful)
        assert plant.ids("RNG-03") == []
        plant.set("fuel_months", COAL, carbon_reported=lawful + step * plant_carbon("0.02"))
        (finding,) = plant.screen("RNG-03").findings
        assert finding.subject.key == ("1号机组", "烟煤", 3)
        assert finding.status == ("official" if year == 2026 else "secondary")


@pytest.mark.parametrize("bound", [one for one in BOUNDS if one[0] == "RNG-10"], ids=lambda bound: bound[5])
def test_natural_gas_by_the_guide_of_2026(plant, bound):
    plant = plant.of(2026)
    _, where, _, column, lawful, beyond, _ = bound
    plant.set("fuel_months", where, **{column: lawful})
    assert plant.ids("RNG-10") == []
    plant.set("fuel_months", where, **{column: beyond})
    assert [one.status for one in plant.screen("RNG-10").findings] == ["official"]


@pytest.mark.parametrize(
    ("column", "lawful", "beyond"),
    [
        ("ncv_ar_reported", ("40.000", "0.8400"), ("39.999", "0.8400")),
        ("ncv_ar_reported", ("42.000", "0.8800"), ("42.001", "0.8800")),
        ("carbon_reported", ("41.000", "0.8405"), ("41.000", "0.8401")),
        ("carbon_reported", ("41.000", "0.8815"), ("41.000", "0.8821")),
    ],
)
def test_fuel_oil(plant, column, lawful, beyond):
    plant.set("fuels", {"fuel": "柴油"}, fuel_kind=fuels.FuelKind.FUEL_OIL)
    for (ncv, carbon), count in ((lawful, 0), (beyond, 1)):
        plant.set("fuel_months", {"fuel": "柴油"}, ncv_ar_reported="41.000", carbon_reported="0.8600")
        plant.set("fuel_months", DIESEL, ncv_ar_reported=ncv, carbon_reported=carbon)
        found = plant.screen("RNG-11").findings
        assert len(found) == count
        assert all(column in [field.name for field in one.fields] for one in found)


def plant_carbon(ash_free):
    """Return carbon that makes that ash-free share where moisture is 2 % on both bases and ash 48 %."""
    return Decimal(ash_free) / 200


def test_defaults_are_not_judged(plant):
    plant.set("fuel_months", COAL, ncv_ar_reported="5", ncv_source=fuels.NcvSource.DEFAULT)
    assert plant.ids("RNG-01", "RNG-02") == []


def test_stopped_fuel_is_not_judged(plant):
    plant.set("fuel_months", COAL, fuel_consumption_reported="0", ncv_ar_reported=None, carbon_reported=None)
    assert plant.ids("RNG-01", "RNG-02", "RNG-03") == []


def test_a_single_test_by_the_hard_bounds(plant):
    sample = {"unit": "1号机组", "fuel": "烟煤", "month": 3, "sample": "0301"}
    plant.add("samples", **sample, sample_amount=plant_carbon("1000"), sample_ncv_ar=None)
    for value, count in (("35.000", 0), ("35.001", 1), ("5.000", 0), ("4.999", 1)):
        plant.set("samples", sample, sample_ncv_ar=value)
        assert len(plant.ids("RNG-01")) == count
    plant.set("samples", sample, sample_ncv_compliance=fuels.Compliance.NOT_COMPLIANT)
    assert plant.ids("RNG-01") == []


# -- units -----------------------------------------------------------------------------------------------------------


def alone(plant, **coal):
    """Let the coal unit burn coal alone."""
    plant.set("fuel_months", {"fuel": "柴油"}, fuel_consumption_reported="0")
    plant.set("fuel_months", {"fuel": "烟煤"}, **coal)
    plant.set("generator_months", {"generator": "1"}, generation_reported="3100000")
    plant.set("unit_months", {"unit": "1号机组"}, auxiliary_power="100000")
    return plant


@pytest.mark.parametrize(
    ("consumption", "severity"),
    [
        ("2901452.40", None),  # 330 gce/kWh
        ("2901452.50", "medium"),
        ("3191597.64", "medium"),  # 363
        ("3191597.65", "high"),
        ("2549761.20", None),  # 290
        ("2549761.10", "medium"),
        ("2294785.08", "medium"),  # 261
        ("2294785.07", "high"),
    ],
)
def test_net_coal_rate_of_a_class(plant, consumption, severity):
    alone(plant, ncv_ar_reported="10.000", fuel_consumption_reported=consumption)
    found = plant.screen("RNG-06").findings
    assert [one.severity.value for one in found] == ([] if severity is None else [severity])


@pytest.mark.parametrize(
    ("capacity", "pressure", "judged"),
    [
        ("600", "", False),
        ("600", "亚临界", True),
        ("1000", "超超临界", True),
        ("1000", "超临界", False),
        ("350", "", True),
    ],
)
def test_net_coal_rate_needs_the_class(plant, capacity, pressure, judged):
    plant.set("generators", {"generator": "1"}, generator_capacity=capacity)
    plant.set("units", {"unit": "1号机组"}, pressure_class=pressure)
    screening = plant.screen("RNG-06")
    if not judged:
        (one,) = screening.not_run
        assert "压力参数" in one.reason.zh
    else:
        assert not screening.not_run


def test_heat_and_power_is_not_judged_by_net_coal_rate(plant):
    plant.set("units", {"unit": "1号机组"}, product=choices.Product.CHP)
    assert plant.ids("RNG-06") == []
    assert plant.screen("RNG-06").not_run


@pytest.mark.parametrize(
    ("net", "count"), [("1650000", 0), ("1649999.999", 1), ("2592857.142", 0), ("2592857.143", 1)]
)
def test_emissions_per_megawatt_hour(plant, net, count):
    alone(plant, carbon_reported="0.5", fuel_consumption_reported="1000000")
    plant.set("generator_months", {"generator": "1"}, generation_reported=net)
    plant.set("unit_months", {"unit": "1号机组"}, auxiliary_power="0")
    assert len(plant.ids("RNG-07")) == count


@pytest.mark.parametrize(("share", "coal", "fluidised"), [
    ("34100", 0, 0), ("34101", 1, 0), ("40920", 1, 0), ("40921", 1, 1), ("10230", 0, 0), ("10229", 1, 1),
])  # fmt: skip
def test_station_power(plant, share, coal, fluidised):
    plant.set("unit_months", {"unit": "1号机组"}, auxiliary_power=share)
    assert len(plant.ids("RNG-08")) == coal
    plant.set("units", {"unit": "1号机组"}, boiler_type=choices.BoilerType.CIRCULATING_FLUIDISED_BED)
    assert len(plant.ids("RNG-08")) == fluidised


def test_station_power_unknown_is_said(plant):
    plant.set("unit_months", {}, auxiliary_power=None)
    (one,) = plant.screen("RNG-08").not_run
    assert one.why.value == "needs"
    assert "厂用电量" in one.reason.zh


@pytest.mark.parametrize(
    ("made", "bound"), [("63000", None), ("63000.001", "1.05"), ("66000", "1.05"), ("66000.001", "1.10")]
)
def test_output_exceeds_capacity(plant, made, bound):
    plant.set("generator_months", MACHINE, generator_hours="100", generation_reported=made)
    found = plant.screen("RNG-09").findings
    assert [str(one.bound) for one in found] == ([] if bound is None else [bound])
    assert all(one.severity.value == "high" and not one.blocks for one in found), "a trial never blocks"


@pytest.mark.parametrize(
    ("year", "hours", "count"), [(2024, "696", 0), (2024, "696.01", 1), (2023, "672", 0), (2023, "672.01", 1)]
)
def test_hours_of_february(plant, year, hours, count):
    plant = plant.of(year)
    plant.set("generator_months", {"generator": "1", "month": 2}, generator_hours=hours)
    assert len(plant.ids("RNG-13")) == count


def test_load_factor(plant):
    plant.set("generator_months", MACHINE, generator_hours="100", generation_reported="60000")
    assert plant.ids("RNG-13") == []
    plant.set("generator_months", MACHINE, generation_reported="60006")
    assert plant.ids("RNG-13") == [("RNG-13", ("1号机组", 3))]


@pytest.mark.parametrize(
    ("enthalpy", "count"), [("2683.7400", 0), ("2683.7399", 1), ("3483.7400", 0), ("3483.7401", 1)]
)
def test_steam_enthalpy(plant, enthalpy, count):
    flow = {"unit": "1号机组", "month": 3, "flow": "A", "heat_origin": choices.HeatOrigin.TURBINE_DIRECT}
    plant.add("heat_flows", **flow, heat_method=choices.HeatMethod.STEAM_SIMPLIFIED)
    plant.set("heat_flows", {}, heat_medium="1000", heat_medium_enthalpy=enthalpy)
    assert len(plant.ids("RNG-12")) == count
    plant.set("heat_flows", {}, heat_method=choices.HeatMethod.HOT_WATER)
    assert plant.ids("RNG-12") == []


# -- for any figures -------------------------------------------------------------------------------------------------

NEAR = st.sampled_from(["5", "12", "27", "35", "100"]).flatmap(
    lambda bound: st.integers(-2, 2).map(lambda steps: Decimal(bound) + steps * Decimal("0.001"))
)
CARBON = st.decimals("0.3", "0.8", places=4)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(NEAR, CARBON), min_size=12, max_size=12))
def test_the_search_in_floats_finds_what_exact_comparison_finds(plant, pairs):
    for month, (ncv, carbon) in enumerate(pairs, start=1):
        row = {"fuel": "烟煤", "month": month}
        plant.set("fuel_months", row, ncv_ar_reported=str(ncv), carbon_reported=str(carbon))
    screening = plant.screen("RNG-01", "RNG-02", "STR-07")
    found = {
        name: {one.subject.key[-1] for one in screening.of(name)} for name in ("RNG-01", "RNG-02", "STR-07")
    }
    exact = dict(enumerate(pairs, start=1))
    assert found["RNG-01"] == {month for month, (ncv, _) in exact.items() if not 12 <= ncv <= 27}
    assert found["STR-07"] == {month for month, (ncv, _) in exact.items() if ncv > 100}
    low, high = Decimal("0.0238"), Decimal("0.0313")
    assert found["RNG-02"] == {
        m for m, (ncv, carbon) in exact.items() if not low * ncv <= carbon <= high * ncv
    }


CLASSES = [
    # rated power, steam pressure, fluidised bed, gce/kWh from, to
    ("900", "超超临界", False, 260, 300),
    ("600", "超超临界", False, 270, 310),
    ("500", "超临界", False, 290, 330),
    ("899.999", "亚临界", False, 300, 345),
    ("499.999", "", False, 305, 360),
    ("300", "", False, 305, 360),
    ("299.999", "", False, 330, 420),
    ("600", "", True, 320, 380),
]


@pytest.mark.parametrize(("capacity", "pressure", "fluidised", "low", "high"), CLASSES)
def test_net_coal_rate_of_every_class(plant, capacity, pressure, fluidised, low, high):  # noqa: PLR0917
    boiler = choices.BoilerType["CIRCULATING_FLUIDISED_BED" if fluidised else "PULVERISED_COAL"]
    plant.set("generators", {"generator": "1"}, generator_capacity=capacity)
    plant.set("units", {"unit": "1号机组"}, boiler_type=boiler, pressure_class=pressure)
    for bound, step in ((low, -1), (high, 1)):
        coal = bound * Decimal("8792.28")  # tonnes of 10 GJ/t for 3,000,000 MWh supplied
        alone(plant, ncv_ar_reported="10.000", fuel_consumption_reported=str(coal))
        assert plant.ids("RNG-06") == []
        alone(plant, ncv_ar_reported="10.000", fuel_consumption_reported=str(coal + step * Decimal("0.10")))
        (finding,) = plant.screen("RNG-06").findings
        assert finding.bound == bound


@pytest.mark.parametrize(
    ("net", "count"), [("55000", 0), ("55000.001", 1), ("40333.334", 0), ("40333.333", 1)]
)
def test_emissions_per_megawatt_hour_of_a_combined_cycle(plant, net, count):
    gas = {"unit": "2号机组"}
    plant.set("fuel_months", gas, carbon_reported="5", fuel_consumption_reported="1000")
    plant.set("generator_months", gas, generation_reported=net)
    plant.set("unit_months", gas, auxiliary_power="0")
    assert plant.ids("RNG-07") == [("RNG-07", ("2号机组",))] * count


@pytest.mark.parametrize(("own", "count"), [("1500", 0), ("1499.9", 1), ("6000", 0), ("6000.1", 1)])
def test_station_power_of_a_combined_cycle(plant, own, count):
    plant.set("unit_months", {"unit": "2号机组"}, auxiliary_power=own)
    assert plant.ids("RNG-08") == [("RNG-08", ("2号机组",))] * count
