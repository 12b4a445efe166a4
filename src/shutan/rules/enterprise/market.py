"""What the market asks of an enterprise, sector by sector, and whether several legal persons may report as one."""

from shutan.kernel import Count, Total, both, either, rule, when
from shutan.rules.common.fuels import YesNo
from shutan.rules.common.grains import ENTERPRISE, LEGAL_PERSON
from shutan.rules.enterprise.choices import PartRelation, PartSector
from shutan.rules.enterprise.grains import PART, SITE

# -- emissions under the market ----------------------------------------------------------------------------------------


@rule("ENS market", grain=PART, unit="tCO2")
def part_obligated_emissions(part_relation, part_listed, part_market_emissions, *, sector_in_market):
    """核算单元管控排放量: Of a listed part whose sector trades in the year; a contained captive plant follows its host."""
    asked = both(part_listed == YesNo.YES, part_relation != PartRelation.WITHIN)
    return when(both(asked, sector_in_market == 1), part_market_emissions, 0)


@rule("ENS market", grain=PART, unit="tCO2")
def part_power_obligation(part_sector, part_obligated_emissions):
    """核算单元发电行业管控排放量: Of a power station."""
    return when(part_sector == PartSector.POWER, part_obligated_emissions, 0)


@rule("ENS market", grain=PART, unit="tCO2")
def part_steel_obligation(part_sector, part_obligated_emissions):
    """核算单元钢铁行业管控排放量: Of a steel works."""
    return when(part_sector == PartSector.STEEL, part_obligated_emissions, 0)


@rule("ENS market", grain=PART, unit="tCO2")
def part_cement_obligation(part_sector, part_obligated_emissions):
    """核算单元水泥行业管控排放量: Of clinker lines."""
    return when(part_sector == PartSector.CEMENT, part_obligated_emissions, 0)


@rule("ENS market", grain=PART, unit="tCO2")
def part_aluminium_obligation(part_sector, part_obligated_emissions):
    """核算单元铝冶炼行业管控排放量: Of electrolysis."""
    return when(part_sector == PartSector.ALUMINIUM, part_obligated_emissions, 0)


@rule("ENS market", grain=ENTERPRISE, unit="tCO2")
def power_obligation(part_power_obligation: Total):
    """发电行业管控排放量: All power stations of the report."""
    return part_power_obligation


@rule("ENS market", grain=ENTERPRISE, unit="tCO2")
def steel_obligation(part_steel_obligation: Total):
    """钢铁行业管控排放量: All steel works of the report."""
    return part_steel_obligation


@rule("ENS market", grain=ENTERPRISE, unit="tCO2")
def cement_obligation(part_cement_obligation: Total):
    """水泥行业管控排放量: All clinker lines of the report."""
    return part_cement_obligation


@rule("ENS market", grain=ENTERPRISE, unit="tCO2")
def aluminium_obligation(part_aluminium_obligation: Total):
    """铝冶炼行业管控排放量: All electrolysis of the report."""
    return part_aluminium_obligation


@rule("ENS market", grain=ENTERPRISE, unit="tCO2")
def market_obligation(power_obligation, steel_obligation, cement_obligation, aluminium_obligation):
    """各行业管控排放量合计: Lists, allowances and surrender stay apart by sector; this is only their sum."""
    return power_obligation + steel_obligation + cement_obligation + aluminium_obligation


# -- one report for several legal persons ------------------------------------------------------------------------------


@rule("ENS joint", grain=LEGAL_PERSON, unit="1")
def outside_group(same_group):
    """集团外法人: 1 for a legal person of another group."""
    return when(same_group == YesNo.YES, 0, 1)


@rule("ENS joint", grain=SITE, unit="1")
def outside_site(same_prefecture, contiguous_site):
    """非连片厂区: 1 for a site in another city or not contiguous."""
    return when(both(same_prefecture == YesNo.YES, contiguous_site == YesNo.YES), 0, 1)


@rule("ENS joint", grain=ENTERPRISE, unit="1")
def legal_person_count(same_group: Count):
    """法人数: Legal persons that the report covers."""
    return same_group


@rule("ENS joint", grain=ENTERPRISE, unit=YesNo)
def joint_report_allowed(legal_person_count, outside_group: Total, outside_site: Total):
    """可合并报告: One legal person always; several only of one group, in one city, on one contiguous site."""
    fits = both(outside_group == 0, outside_site == 0)
    return when(either(legal_person_count <= 1, fits), YesNo.YES, YesNo.NO)
