"""Foot of table C.8: mean, largest and least of each month's daily values, how many there are, and what was emitted.

The decimals are those of the daily values, which the table's notes give. Nothing here enters the totals: while monitoring is
on trial the calculation prevails (9.2 f).
"""

from shutan.kernel import Count, Largest, Least, Mean, Total, rule
from shutan.rules.common.grains import ENTERPRISE, STACK, STACK_MONTH


@rule("SG C.8", grain=STACK_MONTH, unit="%", places=2)
def mean_stack_dioxide_share(stack_dioxide_share: Mean):
    """烟气二氧化碳浓度日均值月平均: Mean CO2 share of the month's days."""
    return stack_dioxide_share


@rule("SG C.8", grain=STACK_MONTH, unit="%", places=2)
def highest_stack_dioxide_share(stack_dioxide_share: Largest):
    """烟气二氧化碳浓度日均值月最大: Highest CO2 share of the month's days."""
    return stack_dioxide_share


@rule("SG C.8", grain=STACK_MONTH, unit="%", places=2)
def lowest_stack_dioxide_share(stack_dioxide_share: Least):
    """烟气二氧化碳浓度日均值月最小: Lowest CO2 share of the month's days."""
    return stack_dioxide_share


@rule("SG C.8", grain=STACK_MONTH, unit="g/m³", places=3)
def mean_stack_dioxide_content(stack_dioxide_content: Mean):
    """烟气二氧化碳质量浓度日均值月平均: Mean CO2 content of the month's days."""
    return stack_dioxide_content


@rule("SG C.8", grain=STACK_MONTH, unit="g/m³", places=3)
def highest_stack_dioxide_content(stack_dioxide_content: Largest):
    """烟气二氧化碳质量浓度日均值月最大: Highest CO2 content of the month's days."""
    return stack_dioxide_content


@rule("SG C.8", grain=STACK_MONTH, unit="g/m³", places=3)
def lowest_stack_dioxide_content(stack_dioxide_content: Least):
    """烟气二氧化碳质量浓度日均值月最小: Lowest CO2 content of the month's days."""
    return stack_dioxide_content


@rule("SG C.8", grain=STACK_MONTH, unit="m/s", places=3)
def mean_stack_velocity(stack_velocity: Mean):
    """烟气标干流速日均值月平均: Mean gas velocity of the month's days."""
    return stack_velocity


@rule("SG C.8", grain=STACK_MONTH, unit="m/s", places=3)
def highest_stack_velocity(stack_velocity: Largest):
    """烟气标干流速日均值月最大: Highest gas velocity of the month's days."""
    return stack_velocity


@rule("SG C.8", grain=STACK_MONTH, unit="m/s", places=3)
def lowest_stack_velocity(stack_velocity: Least):
    """烟气标干流速日均值月最小: Lowest gas velocity of the month's days."""
    return stack_velocity


@rule("SG C.8", grain=STACK_MONTH, unit="10⁴Nm³", places=3)
def mean_stack_flow(stack_flow: Mean):
    """烟气标干流量日均值月平均: Mean gas flow of the month's days."""
    return stack_flow


@rule("SG C.8", grain=STACK_MONTH, unit="10⁴Nm³", places=3)
def highest_stack_flow(stack_flow: Largest):
    """烟气标干流量日均值月最大: Highest gas flow of the month's days."""
    return stack_flow


@rule("SG C.8", grain=STACK_MONTH, unit="10⁴Nm³", places=3)
def lowest_stack_flow(stack_flow: Least):
    """烟气标干流量日均值月最小: Lowest gas flow of the month's days."""
    return stack_flow


@rule("SG C.8", grain=STACK_MONTH, unit="tCO2", places=3)
def mean_stack_dioxide(stack_dioxide: Mean):
    """烟气二氧化碳排放量日均值月平均: Mean emitted CO2 of the month's days."""
    return stack_dioxide


@rule("SG C.8", grain=STACK_MONTH, unit="tCO2", places=3)
def highest_stack_dioxide(stack_dioxide: Largest):
    """烟气二氧化碳排放量日均值月最大: Highest emitted CO2 of the month's days."""
    return stack_dioxide


@rule("SG C.8", grain=STACK_MONTH, unit="tCO2", places=3)
def lowest_stack_dioxide(stack_dioxide: Least):
    """烟气二氧化碳排放量日均值月最小: Lowest emitted CO2 of the month's days."""
    return stack_dioxide


@rule("SG C.8", grain=STACK_MONTH, unit="%", places=2)
def mean_stack_oxygen(stack_oxygen: Mean):
    """烟气干基含氧量日均值月平均: Mean oxygen of the month's days."""
    return stack_oxygen


@rule("SG C.8", grain=STACK_MONTH, unit="%", places=2)
def highest_stack_oxygen(stack_oxygen: Largest):
    """烟气干基含氧量日均值月最大: Highest oxygen of the month's days."""
    return stack_oxygen


@rule("SG C.8", grain=STACK_MONTH, unit="%", places=2)
def lowest_stack_oxygen(stack_oxygen: Least):
    """烟气干基含氧量日均值月最小: Lowest oxygen of the month's days."""
    return stack_oxygen


@rule("SG C.8", grain=STACK_MONTH, unit="degC", places=2)
def mean_stack_temperature(stack_temperature: Mean):
    """烟气温度日均值月平均: Mean gas temperature of the month's days."""
    return stack_temperature


@rule("SG C.8", grain=STACK_MONTH, unit="degC", places=2)
def highest_stack_temperature(stack_temperature: Largest):
    """烟气温度日均值月最大: Highest gas temperature of the month's days."""
    return stack_temperature


@rule("SG C.8", grain=STACK_MONTH, unit="degC", places=2)
def lowest_stack_temperature(stack_temperature: Least):
    """烟气温度日均值月最小: Lowest gas temperature of the month's days."""
    return stack_temperature


@rule("SG C.8", grain=STACK_MONTH, unit="%", places=2)
def mean_stack_moisture(stack_moisture: Mean):
    """烟气含湿量日均值月平均: Mean gas moisture of the month's days."""
    return stack_moisture


@rule("SG C.8", grain=STACK_MONTH, unit="%", places=2)
def highest_stack_moisture(stack_moisture: Largest):
    """烟气含湿量日均值月最大: Highest gas moisture of the month's days."""
    return stack_moisture


@rule("SG C.8", grain=STACK_MONTH, unit="%", places=2)
def lowest_stack_moisture(stack_moisture: Least):
    """烟气含湿量日均值月最小: Lowest gas moisture of the month's days."""
    return stack_moisture


@rule("SG C.8", grain=STACK_MONTH, unit="%", places=1)
def mean_facility_load(facility_load: Mean):
    """生产设施负荷日均值月平均: Mean facility load of the month's days."""
    return facility_load


@rule("SG C.8", grain=STACK_MONTH, unit="%", places=1)
def highest_facility_load(facility_load: Largest):
    """生产设施负荷日均值月最大: Highest facility load of the month's days."""
    return facility_load


@rule("SG C.8", grain=STACK_MONTH, unit="%", places=1)
def lowest_facility_load(facility_load: Least):
    """生产设施负荷日均值月最小: Lowest facility load of the month's days."""
    return facility_load


@rule("SG C.8", grain=STACK_MONTH, unit="1")
def stack_days(stack_dioxide: Count):
    """自动监测有效日数: Days of the month with a daily mean."""
    return stack_dioxide


@rule("SG C.8", grain=STACK_MONTH, unit="10⁴Nm³", places=3)
def monthly_stack_flow(stack_flow: Total):
    """月烟气标干流量: Dry standard gas of the month, the sum of its days."""
    return stack_flow


@rule("SG C.8", grain=STACK_MONTH, unit="tCO2", places=3)
def monthly_stack_dioxide(stack_dioxide: Total):
    """月自动监测二氧化碳排放量: CO2 of one source in one month, the sum of its days."""
    return stack_dioxide


@rule("SG C.8", grain=STACK, unit="tCO2")
def annual_stack_dioxide(monthly_stack_dioxide: Total):
    """年自动监测二氧化碳排放量: CO2 of one source in the year, the sum of its months."""
    return monthly_stack_dioxide


@rule("SG C.8", grain=ENTERPRISE, unit="tCO2")
def monitored_dioxide(annual_stack_dioxide: Total):
    """自动监测二氧化碳排放总量: CO2 of all monitored sources; beside the calculation, never in its place."""
    return annual_stack_dioxide
