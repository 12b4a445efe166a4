"""Entry to and leaving of the lists, activity by activity; the year is that of the list."""

from shutan.kernel import Total, both, either, rule, when
from shutan.rules.common.fuels import YesNo
from shutan.rules.common.grains import ENTERPRISE
from shutan.rules.entry.choices import (
    EntryActivity,
    EntryList,
    EntryReason,
    ListStatus,
    ReportingBasis,
)
from shutan.rules.entry.grains import ACTIVITY


def yes(condition):
    """Return YES where a condition holds, else NO."""
    return when(condition, YesNo.YES, YesNo.NO)


# -- what belongs to the market ---------------------------------------------------------------------------------------


@rule("ENT scope", grain=ACTIVITY, unit=YesNo)
def code_in_market(entry_activity, *, code_covered):
    """行业代码在覆盖范围: The class is one of the market's; a captive plant counts whatever its host's class."""
    captive = entry_activity == EntryActivity.CAPTIVE_POWER
    return when(captive, YesNo.YES, yes(code_covered == 1))


@rule("ENT scope", grain=ACTIVITY, unit=YesNo)
def product_in_market(*, activity_covered):
    """产品在覆盖范围: The product is one of the market's in the year of the list."""
    return yes(activity_covered == 1)


@rule("ENT steel", grain=ACTIVITY, unit=YesNo)
def long_process(has_blast_furnace, has_converter):
    """高炉转炉长流程: Iron from a blast furnace and steel from a converter, both."""
    return yes(both(has_blast_furnace == YesNo.YES, has_converter == YesNo.YES))


@rule("ENT scope", "ENT steel", grain=ACTIVITY, unit=YesNo)
def in_market(entry_activity, code_in_market, product_in_market, long_process):
    """属于碳市场覆盖范围: Class and product are the market's, and steel is made by the long process."""
    steel_fits = either(entry_activity != EntryActivity.STEEL, long_process == YesNo.YES)
    fits = both(code_in_market == YesNo.YES, product_in_market == YesNo.YES)
    return yes(both(fits, steel_fits))


# -- thresholds -------------------------------------------------------------------------------------------------------


@rule("MEASURES 8", "ENT new", grain=ACTIVITY, unit="tCO2")
def entry_emissions(newly_commissioned, expected_direct_emissions, verified_direct_emissions):
    """判定用直接排放量: Expected for a new plant, else verified."""
    return when(newly_commissioned == YesNo.YES, expected_direct_emissions, verified_direct_emissions)


@rule("MEASURES 8", grain=ACTIVITY, unit=YesNo)
def reaches_threshold(entry_emissions, *, list_threshold):
    """达到纳入门槛: The threshold itself reaches it."""
    return yes(entry_emissions >= list_threshold)


@rule("MEASURES 11", grain=ACTIVITY, unit=YesNo)
def two_years_below(verified_direct_emissions, verified_direct_emissions_before, *, list_threshold):
    """连续两年低于门槛: Below in both years; a year at the threshold breaks the run."""
    last = verified_direct_emissions < list_threshold
    return yes(both(last, verified_direct_emissions_before < list_threshold))


@rule("ENT unlisted", grain=ACTIVITY, unit=YesNo)
def reports_unlisted(reaches_threshold, *, activity_reports_unlisted):
    """名录外钢铁水泥须报告: Steel or clinker outside the market whose direct emissions reach the threshold."""
    return when(activity_reports_unlisted == 1, reaches_threshold, YesNo.NO)


@rule("ENT other", grain=ACTIVITY, unit=YesNo)
def reports_as_other(
    reporting_basis,
    total_emissions,
    total_energy,
    *,
    activity_reports_other,
    list_threshold,
    energy_threshold,
):
    """其他重点行业须报告: The other key industries, by all their emissions or by the energy that stands for them."""
    large = when(
        reporting_basis == ReportingBasis.ENERGY,
        yes(total_energy >= energy_threshold),
        yes(total_emissions >= list_threshold),
    )
    return when(activity_reports_other == 1, large, YesNo.NO)


# -- decision ---------------------------------------------------------------------------------------------------------


def inside(on_previous_list, closed, reaches, new, two_below):
    """Return the reason for an activity of the market."""
    listed = on_previous_list == YesNo.YES
    enters = when(new == YesNo.YES, EntryReason.ENTERS_NEW, EntryReason.ENTERS_VERIFIED)
    leaves = when(two_below == YesNo.YES, EntryReason.LEAVES_TWO_YEARS, EntryReason.STAYS_ONE_YEAR)
    return when(
        closed == YesNo.YES,
        when(listed, EntryReason.LEAVES_CLOSED, EntryReason.CLOSED),
        when(
            reaches == YesNo.YES,
            when(listed, EntryReason.STAYS_ABOVE, enters),
            when(listed, leaves, EntryReason.BELOW),
        ),
    )


def outside(closed, unlisted, other):
    """Return the reason for an activity outside the market."""
    reports = when(
        unlisted == YesNo.YES,
        EntryReason.UNLISTED_REPORTS,
        when(other == YesNo.YES, EntryReason.OTHER_REPORTS, EntryReason.NO_DUTY),
    )
    return when(closed == YesNo.YES, EntryReason.CLOSED, reports)


@rule("MEASURES 8", "MEASURES 11", "ENT unlisted", "ENT other", grain=ACTIVITY, unit=EntryReason)
def entry_reason(
    in_market,
    on_previous_list,
    activity_closed,
    reaches_threshold,
    newly_commissioned,
    two_years_below,
    reports_unlisted,
    reports_as_other,
):
    """纳入与退出理由: Why an activity enters, stays, leaves or only reports, with the article."""
    return when(
        in_market == YesNo.YES,
        inside(on_previous_list, activity_closed, reaches_threshold, newly_commissioned, two_years_below),
        outside(activity_closed, reports_unlisted, reports_as_other),
    )


@rule("ENT list", grain=ACTIVITY, unit=ListStatus)
def list_status(entry_reason):
    """名录身份: Key unit, reporter outside the list, reporter of the other industries, or none."""
    entered = either(
        entry_reason == EntryReason.ENTERS_VERIFIED,
        entry_reason == EntryReason.ENTERS_NEW,
    )
    stays = either(
        entry_reason == EntryReason.STAYS_ABOVE,
        entry_reason == EntryReason.STAYS_ONE_YEAR,
    )
    reporter = when(
        entry_reason == EntryReason.UNLISTED_REPORTS,
        ListStatus.UNLISTED,
        when(entry_reason == EntryReason.OTHER_REPORTS, ListStatus.OTHER_KEY, ListStatus.NO_STATUS),
    )
    return when(either(entered, stays), ListStatus.KEY_UNIT, reporter)


def list_of(entry_activity):
    """Return the list of an activity of the market."""
    clinker = either(
        entry_activity == EntryActivity.PORTLAND_CLINKER,
        entry_activity == EntryActivity.OTHER_CLINKER,
    )
    light = when(
        entry_activity == EntryActivity.ELECTROLYTIC_ALUMINIUM,
        EntryList.ALUMINIUM_LIST,
        EntryList.POWER_LIST,
    )
    heavy = when(
        entry_activity == EntryActivity.STEEL,
        EntryList.STEEL_LIST,
        when(clinker, EntryList.CEMENT_LIST, light),
    )
    return when(entry_activity == EntryActivity.CAPTIVE_OWN_GAS, EntryList.HOST_LIST, heavy)


@rule("ENT list", "ENT captive", grain=ACTIVITY, unit=EntryList)
def list_entered(entry_activity, list_status):
    """所在名录: The list of its sector for a key unit; reporters have none and get no allowances."""
    return when(
        list_status == ListStatus.KEY_UNIT,
        list_of(entry_activity),
        when(list_status == ListStatus.NO_STATUS, EntryList.NO_LIST, EntryList.REPORTERS),
    )


# -- the enterprise ---------------------------------------------------------------------------------------------------


@rule("ENT list", grain=ACTIVITY, unit="1")
def listed_activity(list_status):
    """名录内活动: 1 for an activity of a key unit."""
    return when(list_status == ListStatus.KEY_UNIT, 1, 0)


@rule("ENT unlisted", grain=ACTIVITY, unit="1")
def unlisted_activity(list_status):
    """名录外钢铁水泥报告活动: 1 for an activity that reports outside the list."""
    return when(list_status == ListStatus.UNLISTED, 1, 0)


@rule("ENT other", grain=ACTIVITY, unit="1")
def other_key_activity(list_status):
    """其他重点行业报告活动: 1 for an activity that reports as one of the other key industries."""
    return when(list_status == ListStatus.OTHER_KEY, 1, 0)


@rule("ENT list", grain=ENTERPRISE, unit="1")
def listed_activities(listed_activity: Total):
    """名录内活动数: Activities for which the enterprise is a key unit."""
    return listed_activity


@rule("ENT list", grain=ENTERPRISE, unit=ListStatus)
def enterprise_list_status(listed_activities, unlisted_activity: Total, other_key_activity: Total):
    """企业名录身份: Key unit if any activity is listed, else what its other activities report as."""
    reporter = when(
        unlisted_activity > 0,
        ListStatus.UNLISTED,
        when(other_key_activity > 0, ListStatus.OTHER_KEY, ListStatus.NO_STATUS),
    )
    return when(listed_activities > 0, ListStatus.KEY_UNIT, reporter)
