"""Main processes: fuel in less fuel out, formula (2), and their output (table C.4)."""

from shutan.kernel import MeanBy, Total, fraction, rule, when
from shutan.rules.common.balance import contained
from shutan.rules.common.grains import PROCESS, PROCESS_FUEL, PROCESS_FUEL_MONTH, PROCESS_MONTH


@rule("SG 7.1.2", grain=PROCESS_FUEL_MONTH, unit="GJ/fuel_unit")
def process_ncv(ncv_ar):
    """工序燃料低位发热量 NCV: The value of the whole works for the month."""
    return ncv_ar


@rule("SG 7.1.2", grain=PROCESS_FUEL_MONTH, unit="tC/GJ")
def process_carbon_per_heat(carbon_per_heat):
    """工序燃料单位热值含碳量 CC: The guide's default."""
    return carbon_per_heat


@rule("SG F2", grain=PROCESS_FUEL_MONTH, unit="tCO2", places=2)
def process_input_emissions(process_fuel_input, process_ncv, process_carbon_per_heat):
    """输入燃料排放量: Carbon of a fuel that enters a process, as CO2, without oxidation rate."""
    carbon = contained(process_fuel_input, process_ncv, process_carbon_per_heat)
    return when(process_fuel_input == 0, 0, carbon)


@rule("SG F2", grain=PROCESS_FUEL_MONTH, unit="tCO2", places=2)
def process_output_emissions(process_fuel_output, process_ncv, process_carbon_per_heat):
    """输出燃料排放量: Carbon of a fuel that leaves a process, as CO2: coke, coke-oven, blast-furnace or converter gas."""
    carbon = contained(process_fuel_output, process_ncv, process_carbon_per_heat)
    return when(process_fuel_output == 0, 0, carbon)


@rule("SG 7.1.2", grain=PROCESS_FUEL_MONTH, unit="fuel_unit")
def process_fuel_throughput(process_fuel_input, process_fuel_output):
    """工序燃料输入输出量: Input and output together, by which the months' calorific values are weighted."""
    return process_fuel_input + process_fuel_output


@rule("SG 7.1.2", grain=PROCESS_FUEL, unit="GJ/fuel_unit", places=3)
def annual_process_ncv(process_fuel_throughput: Total, process_ncv: MeanBy["process_fuel_throughput"]):
    """年工序燃料低位发热量 NCV: The months' values weighted by what went in and out, zero where nothing did."""
    return when(process_fuel_throughput == 0, 0, process_ncv)


@rule("SG F2", grain=PROCESS_FUEL, unit="fuel_unit")
def annual_process_fuel_input(process_fuel_input: Total):
    """年输入量: One fuel into one process in the year."""
    return process_fuel_input


@rule("SG F2", grain=PROCESS_FUEL, unit="fuel_unit")
def annual_process_fuel_output(process_fuel_output: Total):
    """年输出量: One fuel out of one process in the year."""
    return process_fuel_output


@rule("SG F2", grain=PROCESS_FUEL, unit="tCO2")
def annual_process_input_emissions(process_input_emissions: Total):
    """年输入燃料排放量: One fuel into one process in the year, as CO2."""
    return process_input_emissions


@rule("SG F2", grain=PROCESS_FUEL, unit="tCO2")
def annual_process_output_emissions(process_output_emissions: Total):
    """年输出燃料排放量: One fuel out of one process in the year, as CO2."""
    return process_output_emissions


@rule("SG F2", grain=PROCESS_MONTH, unit="tCO2")
def monthly_process_emissions(process_input_emissions: Total, process_output_emissions: Total):
    """工序月排放量 E_工序: Fuel in less fuel out; negative where more leaves as gas, as with a converter."""
    return process_input_emissions - process_output_emissions


@rule("SG F2", grain=PROCESS, unit="tCO2")
def process_emissions(monthly_process_emissions: Total):
    """工序排放量 E_工序: One process in the year."""
    return monthly_process_emissions


@rule("SG 8.2", grain=PROCESS, unit="t")
def annual_process_output(process_output: Total):
    """年工序产品产量: Output of one process in the year, what the next process uses included."""
    return process_output


@rule("SG C.4", grain=PROCESS_MONTH, unit="tCO2/t", places=4)
def monthly_process_intensity(monthly_process_emissions, process_output):
    """工序月单位产品碳排放量: Emissions a tonne of the process's product in one month, zero where none was made."""
    return when(process_output == 0, 0, fraction(monthly_process_emissions, process_output))


@rule("SG C.4", grain=PROCESS, unit="tCO2/t", places=4)
def process_intensity(process_emissions, annual_process_output):
    """工序单位产品碳排放量: Emissions a tonne of the process's product in the year, zero where none was made."""
    return when(annual_process_output == 0, 0, fraction(process_emissions, annual_process_output))
