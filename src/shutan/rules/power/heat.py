"""Heat supplied, by the way it was measured, and where in the plant it was taken."""

from shutan.kernel import Total, rule, when
from shutan.rules.common.calibration import downward
from shutan.rules.common.grains import ENTERPRISE, HEAT_FLOW, UNIT, UNIT_MONTH
from shutan.rules.power.choices import HeatMethod, HeatOrigin

# One formula a rule, so that an explanation shows the one that was used and the rule book shows them all. Tonnes times
# kJ/kg are thousandths of a gigajoule.


@rule("SDT-2019 output", "AG-9号 9.2", "AG 9.2 steam", grain=HEAT_FLOW, unit="GJ")
def heat_of_steam(
    heat_medium,
    heat_medium_enthalpy,
    return_water,
    return_water_enthalpy,
    makeup_water,
    makeup_water_enthalpy,
    *,
    enthalpy_to_heat,
):
    """蒸汽供热量: Steam sent out less returned and make-up water."""
    return (
        heat_medium * heat_medium_enthalpy
        - return_water * return_water_enthalpy
        - makeup_water * makeup_water_enthalpy
    ) * enthalpy_to_heat


@rule("SDT-2019 output", "AG-9号 9.2", "AG 9.2 steam simplified", grain=HEAT_FLOW, unit="GJ")
def heat_of_steam_simplified(heat_medium, heat_medium_enthalpy, *, cold_water_enthalpy, enthalpy_to_heat):
    """蒸汽供热量（简化）: Steam less the enthalpy of water at 20 °C, where return and make-up are not known (trap T13)."""
    return heat_medium * (heat_medium_enthalpy - cold_water_enthalpy) * enthalpy_to_heat


@rule("SDT-2019 output", "AG-9号 9.2", "AG 9.2 exchanger steam", grain=HEAT_FLOW, unit="GJ")
def heat_through_exchanger_steam(
    return_water, heat_medium_enthalpy, return_water_enthalpy, *, enthalpy_to_heat
):
    """间接供热量（有蒸汽计量）: Drained condensate times what the steam gave up in the exchanger."""
    return return_water * (heat_medium_enthalpy - return_water_enthalpy) * enthalpy_to_heat


@rule("SDT-2019 output", "AG-9号 9.2", "AG 9.2 exchanger water", grain=HEAT_FLOW, unit="GJ")
def heat_through_exchanger_water(heat_of_steam, *, exchanger_efficiency):
    """间接供热量（无蒸汽计量）: Heat of the network's water divided by the efficiency of the exchanger."""
    return heat_of_steam / exchanger_efficiency


@rule("SDT-2019 output", "AG-9号 9.2", "AG 9.2 hot water", grain=HEAT_FLOW, unit="GJ")
def heat_of_hot_water(
    heat_medium, heat_medium_temperature, *, cold_water_temperature, water_specific_heat, enthalpy_to_heat
):
    """热水供热量: Hot water by its temperature above 20 °C."""
    return (
        heat_medium
        * (heat_medium_temperature - cold_water_temperature)
        * water_specific_heat
        * enthalpy_to_heat
    )


@rule(
    "SDT-2019 output",
    "AG-9号 9.2",
    "AG 9.2",
    "VG-V01 calibration",
    "VG calibration production",
    grain=HEAT_FLOW,
    unit="GJ",
    places=2,
)
def flow_heat(
    heat_method,
    heat_of_steam,
    heat_of_steam_simplified,
    heat_through_exchanger_steam,
    heat_through_exchanger_water,
    heat_of_hot_water,
    settled_heat,
    heat_meter_state,
    heat_meter_error_allowed,
    heat_meter_error_found,
):
    """供热量 Q: Heat of one flow by its method, lowered where the meter was not calibrated as it should have been."""
    metered = when(
        heat_method == HeatMethod.STEAM_BALANCE,
        heat_of_steam,
        when(
            heat_method == HeatMethod.STEAM_SIMPLIFIED,
            heat_of_steam_simplified,
            when(
                heat_method == HeatMethod.EXCHANGER_STEAM_METERED,
                heat_through_exchanger_steam,
                when(
                    heat_method == HeatMethod.EXCHANGER_WATER_METERED,
                    heat_through_exchanger_water,
                    when(heat_method == HeatMethod.HOT_WATER, heat_of_hot_water, settled_heat),
                ),
            ),
        ),
    )
    return metered * downward(heat_meter_state, heat_meter_error_allowed, heat_meter_error_found)


@rule("SDT-2019 output", "AG-9号 A.8", "AG 9.2", grain=HEAT_FLOW, unit="GJ")
def turbine_flow_heat(heat_origin, flow_heat):
    """汽轮机供热量: Heat of a flow that has gone through the turbine, else zero."""
    return when(heat_origin == HeatOrigin.BOILER_DIRECT, 0, flow_heat)


@rule("SDT-2019 output", "AG-9号 A.8", "AG 9.2", grain=UNIT_MONTH, unit="GJ")
def monthly_turbine_heat_supplied(turbine_flow_heat: Total):
    """机组月汽轮机供热量 Q_jz: Heat supplied from the turbine, directly and through exchangers."""
    return turbine_flow_heat


@rule("SDT-2019 output", "AG-9号 A.7", "AG 9.2", grain=UNIT_MONTH, unit="GJ")
def monthly_heat_supplied(flow_heat: Total):
    """机组月供热量 Q_gr: Heat supplied from boiler and turbine in one month."""
    return flow_heat


@rule("SDT-2019 output", "AG-9号 A.7", "AG 9.2", grain=UNIT, unit="GJ")
def heat_supplied(monthly_heat_supplied: Total):
    """机组供热量 Q_gr: Heat supplied by one unit in the year."""
    return monthly_heat_supplied


@rule("SDT-2019 output", "AG-9号 A.7", "AG 9.2", grain=ENTERPRISE, unit="GJ")
def enterprise_heat_supplied(heat_supplied: Total):
    """全厂供热量: Heat supplied by all units in the year."""
    return heat_supplied
