"""Carrying allowances of 2019-2024 over into 2025: three separate limits (trap T10).

The ceiling follows from net sales, the limit also from the holding at the end of 2025, each application also from what
was available when it was made.
"""

from shutan.kernel import Total, maximum, minimum, rule, when
from shutan.rules.common.fuels import YesNo
from shutan.rules.common.grains import ENTERPRISE
from shutan.rules.compliance.grains import APPLICATION, VINTAGE

TOTALS = "AP2324 App.5(3)"


@rule(TOTALS, grain=VINTAGE, unit="tCO2")
def vintage_net_sold(sold, bought, *, vintage_carries_over):
    """分年度净卖出量: Sold less bought of a vintage that counts, in 2024 and 2025."""
    return when(vintage_carries_over == 1, sold - bought, 0)


@rule(TOTALS, grain=ENTERPRISE, unit="tCO2")
def net_sold(vintage_net_sold: Total):
    """净卖出配额量 N_S: All vintages together, never below zero."""
    return maximum(vintage_net_sold, 0)


@rule(TOTALS, grain=ENTERPRISE, unit="tCO2", places=0, mode="floor")
def carry_over_ceiling(net_sold, *, carry_over_base, carry_over_multiple):
    """最大可结转量 T: Base amount and the multiple of net sales, rounded down."""
    return carry_over_base + net_sold * carry_over_multiple


@rule(TOTALS, grain=VINTAGE, unit="tCO2")
def vintage_end_holding(end_tradable, end_registered, end_frozen, end_pending, *, vintage_carries_over):
    """分年度期末持仓量: Tradable, registered and frozen at the end of 2025 less what is already on its way out."""
    holding = end_tradable + end_registered + end_frozen - end_pending
    return when(vintage_carries_over == 1, holding, 0)


@rule(TOTALS, grain=ENTERPRISE, unit="tCO2")
def end_holding(vintage_end_holding: Total):
    """期末持仓量: Holding of the vintages 2019 to 2024 at the end of 2025."""
    return vintage_end_holding


@rule(TOTALS, "AP2324 App.5(4)", grain=ENTERPRISE, unit="tCO2")
def carry_over_limit(earlier_duties_met, carry_over_ceiling, end_holding):
    """可结转量: The lesser of ceiling and holding; nothing where 2023 or 2024 was not settled in time."""
    return when(earlier_duties_met == YesNo.YES, minimum(carry_over_ceiling, end_holding), 0)


@rule("AP2324 App.5(5)", grain=APPLICATION, unit="tCO2")
def application_accepted(application_amount, application_available):
    """受理的结转申请量: An application for more than was available is refused."""
    return when(application_amount <= application_available, application_amount, 0)


@rule("AP2324 App.5(5)", grain=ENTERPRISE, unit="tCO2")
def carried_over(application_accepted: Total, carry_over_limit):
    """结转量: Accepted applications up to the limit; the same amount of 2025 allowances is issued."""
    return minimum(application_accepted, carry_over_limit)


@rule("AP2324 App.5(5)", grain=ENTERPRISE, unit="tCO2")
def expiring(end_holding, carried_over):
    """不再用于2025年度及后续年度的配额: Old vintages that were not carried over."""
    return end_holding - carried_over
