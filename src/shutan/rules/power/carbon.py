"""Net calorific value and carbon content of what was burned: tests, conversion to received basis, means, defaults."""

from shutan.kernel import Mean, MeanBy, Total, both, either, rule, when
from shutan.rules.common.fuels import (
    Basis,
    CarbonRoute,
    CarbonSource,
    Compliance,
    Detail,
    FuelGroup,
    FuelKind,
    NcvSource,
)
from shutan.rules.common.grains import FUEL_MONTH, FUEL_SAMPLE, UNIT_FUEL


def is_coal(group):
    """Say whether a group of fuels is coal of any kind."""
    return either(group == FuelGroup.CONVENTIONAL_COAL, group == FuelGroup.NON_CONVENTIONAL_COAL)


def received(carbon, basis, moisture_ad, moisture_ar):
    """Return carbon content on received basis; air-dried moisture is the laboratory's, received moisture the plant's."""
    return when(
        basis == Basis.RECEIVED,
        carbon,
        when(
            basis == Basis.AIR_DRIED,
            carbon * (100 - moisture_ar) / (100 - moisture_ad),
            carbon * (100 - moisture_ar) / 100,
        ),
    )


@rule("AG A groups", grain=UNIT_FUEL, unit=FuelGroup)
def fuel_group(fuel_kind):
    """燃料类别: Which of the guideline's groups a fuel belongs to: its defaults and means follow from it."""
    return when(
        either(
            fuel_kind == FuelKind.COAL_GANGUE,
            fuel_kind == FuelKind.COAL_SLIME,
            fuel_kind == FuelKind.COAL_WATER_SLURRY,
        ),
        FuelGroup.NON_CONVENTIONAL_COAL,
        when(
            either(
                fuel_kind == FuelKind.ANTHRACITE,
                fuel_kind == FuelKind.BITUMINOUS,
                fuel_kind == FuelKind.LIGNITE,
                fuel_kind == FuelKind.WASHED_COAL,
                fuel_kind == FuelKind.OTHER_WASHED_COAL,
                fuel_kind == FuelKind.OTHER_COAL,
            ),
            FuelGroup.CONVENTIONAL_COAL,
            when(
                either(
                    fuel_kind == FuelKind.REFINERY_GAS,
                    fuel_kind == FuelKind.NATURAL_GAS,
                    fuel_kind == FuelKind.COKE_OVEN_GAS,
                    fuel_kind == FuelKind.BLAST_FURNACE_GAS,
                    fuel_kind == FuelKind.CONVERTER_GAS,
                    fuel_kind == FuelKind.OTHER_GAS,
                ),
                FuelGroup.GAS,
                when(fuel_kind == FuelKind.OTHER_FUEL, FuelGroup.OTHER, FuelGroup.OIL),
            ),
        ),
    )


# -- net calorific value ---------------------------------------------------------------------------------------------


@rule("SDT-2019 NCV", "AG-9号 6.2.2.3", "AG 6.2.2 default", grain=FUEL_SAMPLE, unit="GJ/fuel_unit")
def sample_ncv_used(sample_ncv_ar, sample_ncv_compliance, *, default_ncv):
    """采用的日（批）低位发热量: The test's value, or the default for just that day or batch when the test fails (trap T5)."""
    return when(sample_ncv_compliance == Compliance.COMPLIANT, sample_ncv_ar, default_ncv)


@rule("SDT-2019 NCV", "AG-9号 6.2.2.2", "AG 6.2.2 mean", grain=FUEL_MONTH, unit="GJ/fuel_unit")
def ncv_of_tests_weighted(sample_ncv_used: MeanBy["sample_amount"]):
    """月加权低位发热量: The month's tests of coal, weighted by the coal each stands for."""
    return sample_ncv_used


@rule("SDT-2019 NCV", "AG-9号 6.2.2.4", "AG 6.2.2 oil gas", grain=FUEL_MONTH, unit="GJ/fuel_unit")
def ncv_of_tests_averaged(sample_ncv_used: Mean):
    """月平均低位发热量: The month's tests of oil or gas, arithmetic mean."""
    return sample_ncv_used


@rule("SDT-2019 NCV", "AG-9号 6.2.2", "AG 6.2.2", grain=FUEL_MONTH, unit="GJ/fuel_unit", places=3)
def ncv_ar(
    fuel_consumption,
    fuel_group,
    ncv_source,
    ncv_detail,
    ncv_ar_reported,
    ncv_of_tests_weighted,
    ncv_of_tests_averaged,
    *,
    default_ncv,
):
    """收到基低位发热量 NCV_ar: Net calorific value of a fuel in one month, from tests, as filled in, or by default."""
    measured = when(
        ncv_detail == Detail.SAMPLES,
        when(is_coal(fuel_group), ncv_of_tests_weighted, ncv_of_tests_averaged),
        ncv_ar_reported,
    )
    return when(fuel_consumption == 0, 0, when(ncv_source == NcvSource.DEFAULT, default_ncv, measured))


# -- carbon content --------------------------------------------------------------------------------------------------


@rule("SDT-2019 carbon", "AG-9号 6.2.3.5", "AG 6.2.4", grain=FUEL_MONTH, unit="tC/GJ")
def default_carbon_used(fuel_group, *, default_carbon_per_heat, default_carbon_per_heat_fuel):
    """适用的单位热值含碳量缺省值: By the unit's category for coal (trap T6), by the kind of fuel for oil and gas."""
    return when(is_coal(fuel_group), default_carbon_per_heat, default_carbon_per_heat_fuel)


@rule("SDT-2019 carbon", "AG-9号 6.2.3.5", grain=FUEL_SAMPLE, unit="tC/fuel_unit", name="sample_carbon_ar")
def sample_carbon_ar_9(
    sample_carbon,
    sample_carbon_basis,
    sample_moisture_ad,
    sample_moisture_ar,
    sample_carbon_compliance,
    sample_ncv_used,
    fuel_group,
    *,
    default_carbon_per_heat,
):
    """日（批）收到基元素碳含量: Until March 2022 a day without a compliant test takes the default carbon per unit of heat."""
    converted = received(sample_carbon, sample_carbon_basis, sample_moisture_ad, sample_moisture_ar)
    measured = when(is_coal(fuel_group), converted, sample_carbon)
    failed = both(is_coal(fuel_group), sample_carbon_compliance == Compliance.NOT_COMPLIANT)
    return when(failed, sample_ncv_used * default_carbon_per_heat, measured)


@rule("AG 6.2.3(2)", grain=FUEL_SAMPLE, unit="tC/fuel_unit", name="sample_carbon_ar")
def sample_carbon_ar(sample_carbon, sample_carbon_basis, sample_moisture_ad, sample_moisture_ar, fuel_group):
    """日（批）收到基元素碳含量: The carbon of one test, converted from air-dried or dry basis with that day's moisture (T14)."""
    converted = received(sample_carbon, sample_carbon_basis, sample_moisture_ad, sample_moisture_ar)
    return when(is_coal(fuel_group), converted, sample_carbon)


@rule("SDT-2019 carbon", "AG-9号 6.2.3", "AG 6.2.3 default", grain=FUEL_SAMPLE, unit="1")
def failed_carbon_test(sample_carbon_compliance):
    """不符合要求的元素碳检测: One where a day's or batch's carbon is missing or its test is not compliant, else zero."""
    return when(sample_carbon_compliance == Compliance.NOT_COMPLIANT, 1, 0)


@rule("SDT-2019 carbon", "AG-9号 6.2.3", grain=FUEL_MONTH, unit=CarbonRoute, name="carbon_route")
def carbon_route_9(carbon_source):
    """元素碳取值方式: Measured unless the whole month is not; single failing days are settled day by day until March 2022."""
    return when(
        either(carbon_source == CarbonSource.NOT_MEASURED, carbon_source == CarbonSource.NOT_COMPLIANT),
        CarbonRoute.DEFAULT,
        CarbonRoute.MEASURED,
    )


@rule("AG 6.2.3 default", grain=FUEL_MONTH, unit=CarbonRoute, name="carbon_route")
def carbon_route(carbon_source, carbon_detail, fuel_group, failed_carbon_test: Total):
    """元素碳取值方式: Measured only where every test of the month is compliant; one failure turns the month (trap T5)."""
    failed = both(is_coal(fuel_group), carbon_detail == Detail.SAMPLES, failed_carbon_test > 0)
    unmeasured = either(
        carbon_source == CarbonSource.NOT_MEASURED, carbon_source == CarbonSource.NOT_COMPLIANT, failed
    )
    return when(unmeasured, CarbonRoute.DEFAULT, CarbonRoute.MEASURED)


@rule("SDT-2019 carbon", "AG-9号 6.2.3.2", "AG 6.2.3 moisture", grain=FUEL_MONTH, unit="%")
def moisture_of_tests(sample_moisture_ar: MeanBy["sample_amount"]):
    """月加权收到基水分: Daily received moisture weighted by the coal of the day, for the monthly composite sample."""
    return sample_moisture_ar


@rule("SDT-2019 carbon", "AG-9号 6.2.3.2", "AG 6.2.3 moisture", grain=FUEL_MONTH, unit="%", places=2)
def moisture_ar(moisture_detail, moisture_ar_reported, moisture_of_tests):
    """收到基水分 M_ar: Received moisture of the month, the plant's own measurement."""
    return when(moisture_detail == Detail.SAMPLES, moisture_of_tests, moisture_ar_reported)


@rule("SDT-2019 carbon", "AG-9号 6.2.3.2", "AG 6.2.3 daily", grain=FUEL_MONTH, unit="tC/fuel_unit")
def carbon_of_tests_weighted(sample_carbon_ar: MeanBy["sample_amount"]):
    """月加权元素碳含量: The month's tests of coal, weighted by the coal each stands for."""
    return sample_carbon_ar


@rule("SDT-2019 carbon", "AG-9号 6.2.3.4", "AG 6.2.3 oil gas", grain=FUEL_MONTH, unit="tC/fuel_unit")
def carbon_of_tests_averaged(sample_carbon_ar: Mean):
    """月平均元素碳含量: The month's tests of oil or gas, arithmetic mean."""
    return sample_carbon_ar


@rule("SDT-2019 carbon", "AG-9号 6.2.3", "AG 6.2.3(2)", grain=FUEL_MONTH, unit="tC/fuel_unit")
def carbon_content_measured(
    carbon_detail,
    fuel_group,
    carbon_of_tests_weighted,
    carbon_of_tests_averaged,
    carbon_reported,
    carbon_basis,
    moisture_ad,
    moisture_ar,
):
    """实测收到基元素碳含量: Carbon measured in one month on received basis, not yet rounded."""
    converted = received(carbon_reported, carbon_basis, moisture_ad, moisture_ar)
    return when(
        carbon_detail == Detail.SAMPLES,
        when(is_coal(fuel_group), carbon_of_tests_weighted, carbon_of_tests_averaged),
        when(is_coal(fuel_group), converted, carbon_reported),
    )


@rule(
    "SDT-2019 carbon",
    "AG-9号 6.2.3",
    "AG 6.2.1(3)",
    grain=FUEL_MONTH,
    unit="tC/fuel_unit",
    places="carbon_content_places",
)
def carbon_content_ar(fuel_consumption, carbon_route, carbon_content_measured, ncv_ar, default_carbon_used):
    """收到基元素碳含量 C_ar: Carbon per tonne (or 10⁴Nm³) burned: measured, or calorific value times the default (T3)."""
    return when(
        fuel_consumption == 0,
        0,
        when(carbon_route == CarbonRoute.MEASURED, carbon_content_measured, ncv_ar * default_carbon_used),
    )


@rule("SDT-2019 carbon", "AG-9号 A.3", "AG C.3 D", grain=FUEL_MONTH, unit="tC/GJ", places=5)
def carbon_per_heat(fuel_consumption, carbon_route, carbon_content_measured, ncv_ar, default_carbon_used):
    """单位热值含碳量 CC: Carbon per unit of heat; until March 2022 the emission is computed from it."""
    return when(
        fuel_consumption == 0,
        0,
        when(
            carbon_route == CarbonRoute.DEFAULT,
            default_carbon_used,
            carbon_content_measured / ncv_ar,
        ),
    )


@rule(
    "SDT-2019 oxidation", "AG-9号 6.2.4", "AG 6.2.5", grain=FUEL_MONTH, unit="1", name="oxidation_rate_used"
)
def oxidation_rate_used(fuel_group, *, oxidation_rate_coal, oxidation_rate_fuel):
    """碳氧化率 OF: The guideline's rate, coal apart from the oils and gases of appendix A."""
    return when(is_coal(fuel_group), oxidation_rate_coal, oxidation_rate_fuel)


@rule("AG-V04 6.2.5", grain=FUEL_MONTH, unit="1", name="oxidation_rate_used")
def oxidation_rate_of_database(fuel_group, *, oxidation_rate_coal_database, oxidation_rate_fuel_database):
    """碳氧化率 OF: The rate of the national factor database, for coal by boiler type and altitude."""
    return when(is_coal(fuel_group), oxidation_rate_coal_database, oxidation_rate_fuel_database)
