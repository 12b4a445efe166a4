"""Energy per product of each line, against the levels of an edition and the limit of the standards; shares of capacity."""

from shutan.kernel import Count, Total, both, fraction, maximum, minimum, rule, when
from shutan.rules.common.fuels import YesNo
from shutan.rules.common.grains import ENTERPRISE
from shutan.rules.energy.choices import (
    Edition,
    EditionChosen,
    EnergyKind,
    LimitResult,
    LineLevel,
    ProductRoute,
    Target,
    Valuation,
)
from shutan.rules.energy.grains import PRODUCT, PRODUCT_LINE, PRODUCT_LINE_ENERGY

LEVELS = ("LEV 2021", "LEV 2023")

# -- energy per product ----------------------------------------------------------------------------------------------


@rule("ENE unit", grain=PRODUCT_LINE, unit=Valuation)
def line_valuation(product_route, line_electricity_valuation):
    """单位产品能耗折标方式: As stated; clinker always by calorific value, as its level says."""
    return when(product_route == ProductRoute.CLINKER, Valuation.CALORIFIC, line_electricity_valuation)


@rule("ENE unit", grain=PRODUCT_LINE_ENERGY, unit="tce/fuel_unit")
def line_coefficient(energy_kind, line_valuation, coal_coefficient, *, electricity_equivalent_coal):
    """生产线折标系数: As in the table; electricity at what its generation took, where the line says so."""
    equivalent = both(energy_kind == EnergyKind.ELECTRICITY, line_valuation == Valuation.EQUIVALENT)
    return when(equivalent, electricity_equivalent_coal, coal_coefficient)


@rule("ENE unit", grain=PRODUCT_LINE_ENERGY, unit="tce")
def line_energy_coal(line_energy_consumed, line_energy_recovered, line_coefficient):
    """生产线分品种能耗: One kind of energy of a line, consumed less recovered, as standard coal."""
    return (line_energy_consumed - line_energy_recovered) * line_coefficient


@rule("ENE unit", grain=PRODUCT_LINE, unit="tce")
def line_coal(line_energy_coal: Total):
    """生产线综合能耗: All kinds of energy of a line; below zero for a converter that recovers more than it uses."""
    return line_energy_coal


@rule("ENE unit", "ENE aluminium", grain=PRODUCT_LINE, unit="level_unit")
def unit_product_energy(
    product_route,
    line_coal,
    electrolysis_electricity,
    product_output,
    *,
    level_unit_coal,
    level_unit_electricity,
):
    """单位产品能耗 e: Standard coal by output in the unit of the level; AC electricity by output for aluminium."""
    return when(
        product_route == ProductRoute.ALUMINIUM,
        fraction(electrolysis_electricity, product_output) / level_unit_electricity,
        fraction(line_coal, product_output) / level_unit_coal,
    )


# -- benchmark and baseline ------------------------------------------------------------------------------------------


@rule("LEV 2021", grain=ENTERPRISE, unit=Edition, name="edition_applied")
def edition_applied_2021(edition_chosen):
    """能效水平适用版本: The edition of 2021, unless another is chosen."""
    return when(edition_chosen == EditionChosen.E2023, Edition.E2023, Edition.E2021)


@rule("LEV 2023", grain=ENTERPRISE, unit=Edition, name="edition_applied")
def edition_applied_2023(edition_chosen):
    """能效水平适用版本: The edition of 2023, unless another is chosen."""
    return when(edition_chosen == EditionChosen.E2021, Edition.E2021, Edition.E2023)


@rule(*LEVELS, grain=PRODUCT_LINE, unit="level_unit")
def benchmark_level(*, benchmark):
    """标杆水平: What the best of the trade need for a unit of product."""
    return benchmark


@rule(*LEVELS, grain=PRODUCT_LINE, unit="level_unit")
def baseline_level(*, baseline):
    """基准水平: What plant in service must not exceed for long."""
    return baseline


@rule(*LEVELS, grain=PRODUCT_LINE, unit=LineLevel)
def line_level(energy_data_available, unit_product_energy, benchmark_level, baseline_level):
    """生产线能效水平: At the benchmark, between, or below the baseline; a figure equal to a level reaches it."""
    return when(
        energy_data_available == YesNo.NO,
        LineLevel.NO_DATA,
        when(
            unit_product_energy <= benchmark_level,
            LineLevel.BENCHMARK,
            when(unit_product_energy <= baseline_level, LineLevel.BETWEEN, LineLevel.BELOW),
        ),
    )


# -- limit of the standards, with its corrections ---------------------------------------------------------------------


@rule("LIM altitude", grain=PRODUCT_LINE, unit="1")
def altitude_factor(
    product_route,
    altitude,
    air_pressure,
    *,
    altitude_free,
    altitude_factor_base,
    altitude_factor_slope,
    standard_pressure,
):
    """海拔修正系数: For clinker lines high up, by the pressure of the air there."""
    high = both(product_route == ProductRoute.CLINKER, altitude > altitude_free)
    return when(high, altitude_factor_base - altitude_factor_slope * air_pressure / standard_pressure, 1)


@rule("LIM grade", grain=PRODUCT_LINE, unit="level_unit")
def grade_allowance(product_route, ore_grade, *, grade_base, grade_points_most, grade_step):
    """入炉品位修正值: For blast furnaces whose feed is poorer than the base, a step for each point up to the most."""
    points = minimum(maximum(grade_base - ore_grade, 0), grade_points_most)
    return when(product_route == ProductRoute.BLAST_FURNACE, points * grade_step, 0)


@rule("LIM level 3", grain=PRODUCT_LINE, unit="level_unit")
def energy_limit(altitude_factor, grade_allowance, *, limit_level_3):
    """能耗限定值: Limit of plant in service (level 3) with the corrections for altitude and feed grade."""
    return limit_level_3 * altitude_factor + grade_allowance


@rule("LIM level 3", grain=PRODUCT_LINE, unit=LimitResult)
def limit_result(energy_data_available, unit_product_energy, energy_limit):
    """能耗限额结论: Whether a line keeps the limit of its standard."""
    return when(
        energy_data_available == YesNo.NO,
        LimitResult.NO_DATA,
        when(unit_product_energy <= energy_limit, LimitResult.MET, LimitResult.EXCEEDED),
    )


# -- shares of approved capacity --------------------------------------------------------------------------------------


@rule("LEV target", grain=PRODUCT_LINE, unit="t/a")
def benchmark_capacity(line_level, line_approved_capacity):
    """达到标杆的生产线产能: Capacity of a line, if it is at the benchmark."""
    return when(line_level == LineLevel.BENCHMARK, line_approved_capacity, 0)


@rule("LEV target", grain=PRODUCT_LINE, unit="t/a")
def below_baseline_capacity(line_level, line_approved_capacity):
    """低于基准的生产线产能: Capacity of a line, if it is below the baseline."""
    return when(line_level == LineLevel.BELOW, line_approved_capacity, 0)


@rule("LEV target", grain=PRODUCT_LINE, unit="t/a")
def no_data_capacity(energy_data_available, line_approved_capacity):
    """无能耗数据的生产线产能: Capacity of a line, if its energy is not known."""
    return when(energy_data_available == YesNo.NO, line_approved_capacity, 0)


@rule("LEV target", grain=PRODUCT_LINE, unit="1")
def no_data_line(energy_data_available):
    """无能耗数据生产线: 1 for a line whose energy is not known."""
    return when(energy_data_available == YesNo.NO, 1, 0)


@rule("LEV target", grain=PRODUCT, unit="1")
def product_lines_counted(line_approved_capacity: Count):
    """生产线条数: All lines of a product, those without data included."""
    return line_approved_capacity


@rule("LEV target", grain=PRODUCT, unit="1")
def product_lines_without_data(no_data_line: Total):
    """无能耗数据生产线条数: Lines of a product whose energy is not known."""
    return no_data_line


@rule("LEV target", grain=PRODUCT, unit="t/a")
def product_capacity(line_approved_capacity: Total):
    """产品批复产能: All lines of a product, those without data included."""
    return line_approved_capacity


@rule("LEV target", grain=PRODUCT, unit="t/a")
def product_no_data_capacity(no_data_capacity: Total):
    """产品无能耗数据产能: Capacity of the lines whose energy is not known."""
    return no_data_capacity


@rule("LEV target", grain=PRODUCT, unit="%")
def benchmark_share(benchmark_capacity: Total, product_capacity):
    """标杆水平产能占比: Capacity at the benchmark by all approved capacity of the product."""
    return when(product_capacity == 0, 0, fraction(benchmark_capacity, product_capacity) * 100)


@rule("LEV target", grain=PRODUCT, unit="%")
def below_baseline_share(below_baseline_capacity: Total, product_capacity):
    """基准水平以下产能占比: Capacity below the baseline by all approved capacity of the product."""
    return when(product_capacity == 0, 0, fraction(below_baseline_capacity, product_capacity) * 100)


@rule("LEV target", grain=PRODUCT, unit=Target)
def benchmark_target(benchmark_share, *, benchmark_share_target):
    """标杆产能目标: Whether the share at the benchmark is above what the province set out to reach."""
    return when(benchmark_share > benchmark_share_target, Target.REACHED, Target.NOT_REACHED)


@rule("LEV target", grain=ENTERPRISE, unit="1")
def lines_counted(product_lines_counted: Total):
    """报告的生产线条数: Lines of all products, those without data included."""
    return product_lines_counted


@rule("LEV target", grain=ENTERPRISE, unit="1")
def lines_without_data(product_lines_without_data: Total):
    """报告的无数据生产线条数: Lines of all products whose energy is not known."""
    return product_lines_without_data
