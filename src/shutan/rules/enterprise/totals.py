"""Totals of an enterprise: each tonne once, by site, by legal person and for the whole report."""

from shutan.kernel import Total, either, rule, when
from shutan.rules.common.fuels import YesNo
from shutan.rules.common.grains import ENTERPRISE, LEGAL_PERSON
from shutan.rules.enterprise.choices import Carrier, FigureStatus, PartRelation, TransferScope
from shutan.rules.enterprise.grains import PART, SITE, TRANSFER

# -- parts -------------------------------------------------------------------------------------------------------------


@rule("ENS direct", grain=PART, unit="tCO2")
def part_direct_counted(part_direct_emissions, captive_inside):
    """核算单元计入直接排放量: Direct emissions of a part without the captive plants that are parts of their own."""
    return part_direct_emissions - captive_inside


@rule("ENS captive", grain=PART, unit="tCO2")
def part_counted(part_relation, part_filed_emissions, captive_inside, part_direct_counted):
    """核算单元计入排放量: Its total without captive plants that stand apart; of such a plant what its host contains."""
    contained = part_relation == PartRelation.WITHIN
    return when(contained, part_direct_counted, part_filed_emissions - captive_inside)


@rule("ENS captive", grain=PART, unit="tCO2")
def part_contained(part_relation, part_direct_emissions):
    """主业已含自备电厂排放量: What stands both in a captive plant's own report and in its host's; counted once."""
    return when(part_relation == PartRelation.WITHIN, part_direct_emissions, 0)


@rule("ENS captive", grain=PART, unit="tCO2")
def part_quoted(part_relation, part_direct_emissions):
    """主业引用发电行业机组排放量: Of a captive plant on the power list: quoted by its host, no part of its total."""
    return when(part_relation == PartRelation.LISTED, part_direct_emissions, 0)


@rule("ENS total", grain=PART, unit="1")
def unconfirmed_part(part_status):
    """含待核实依据的核算单元: 1 where something unconfirmed took part in its figures, or nobody said."""
    return when(part_status == FigureStatus.CONFIRMED, 0, 1)


# -- what passes between parts -----------------------------------------------------------------------------------------


@rule("ENS transfer", grain=TRANSFER, unit="tCO2")
def transfer_received(transfer_amount, receiver_factor):
    """接收方计入的转移排放量: What the receiver's total has because of a transfer."""
    return transfer_amount * receiver_factor


@rule("ENS transfer", grain=TRANSFER, unit="tCO2")
def transfer_deducted(transfer_amount, sender_factor):
    """供出方扣除的转移排放量: What the giver's total leaves out because of a transfer."""
    return transfer_amount * sender_factor


@rule("ENS transfer", grain=TRANSFER, unit="tCO2")
def transfer_overlap(transfer_received, transfer_deducted):
    """转移重复计算量: Counted by both; nothing where the giver deducts what the receiver counts, negative where more."""
    return transfer_received - transfer_deducted


@rule("ENS transfer", grain=TRANSFER, unit="tCO2")
def overlap_within(transfer_scope, transfer_overlap):
    """法人内部转移重复计算量: Of a transfer between two parts of the same legal person."""
    return when(transfer_scope == TransferScope.SAME, transfer_overlap, 0)


@rule("ENS transfer", grain=TRANSFER, unit="tCO2")
def overlap_between(transfer_scope, transfer_overlap):
    """法人之间转移重复计算量: Of a transfer between two legal persons of the report, booked with the receiver."""
    return when(transfer_scope == TransferScope.BETWEEN, transfer_overlap, 0)


def is_energy(carrier):
    """Say whether a transfer is of electricity or heat: the receiver counts it as indirect."""
    return either(carrier == Carrier.ELECTRICITY, carrier == Carrier.HEAT)


@rule("ENS transfer", "ENS direct", grain=TRANSFER, unit="tCO2")
def direct_overlap_within(carrier, overlap_within):
    """法人内部转移直接排放重复量: Of fuel and material; electricity and heat are indirect."""
    return when(is_energy(carrier), 0, overlap_within)


@rule("ENS transfer", "ENS direct", grain=TRANSFER, unit="tCO2")
def direct_overlap_between(carrier, overlap_between):
    """法人之间转移直接排放重复量: Of fuel and material between legal persons of the report."""
    return when(is_energy(carrier), 0, overlap_between)


# -- sites and legal persons -------------------------------------------------------------------------------------------


@rule("ENS total", grain=SITE, unit="tCO2")
def site_emissions(part_counted: Total):
    """厂区排放量: All parts on one site, before what passes between parts is taken out."""
    return part_counted


@rule("ENS total", grain=LEGAL_PERSON, unit="tCO2")
def legal_person_emissions(part_counted: Total, overlap_within: Total):
    """法人边界排放量: All parts of one legal person, each tonne once; what it bought from others is in it."""
    return part_counted - overlap_within


@rule("ENS direct", grain=LEGAL_PERSON, unit="tCO2")
def legal_person_direct_emissions(part_direct_counted: Total, direct_overlap_within: Total):
    """法人直接排放量: Without net purchased electricity and heat: what thresholds ask for."""
    return part_direct_counted - direct_overlap_within


@rule("ENS joint", grain=LEGAL_PERSON, unit="tCO2")
def legal_person_share(legal_person_emissions, overlap_between: Total):
    """法人在合并报告中的排放量: Its boundary less what other legal persons of the report have counted; these add up to the report."""
    return legal_person_emissions - overlap_between


@rule("ENS joint", "ENS direct", grain=LEGAL_PERSON, unit="tCO2")
def legal_person_direct_share(legal_person_direct_emissions, direct_overlap_between: Total):
    """法人在合并报告中的直接排放量: Direct emissions less fuel and material that others of the report have counted."""
    return legal_person_direct_emissions - direct_overlap_between


# -- the report --------------------------------------------------------------------------------------------------------


@rule("ENS total", grain=ENTERPRISE, unit="1")
def unconfirmed_parts(unconfirmed_part: Total):
    """含待核实依据的核算单元数: Parts whose figures rest on something not read in the regulations' own text."""
    return unconfirmed_part


@rule("ENS total", grain=ENTERPRISE, unit="tCO2")
def sum_of_counted_parts(part_counted: Total):
    """各核算单元计入合计: All parts that count by themselves."""
    return part_counted


@rule("ENS transfer", grain=ENTERPRISE, unit="tCO2")
def overlap_total(transfer_overlap: Total):
    """转移重复计算量合计: What passes between parts and stands in both."""
    return transfer_overlap


@rule("ENS total", grain=ENTERPRISE, unit="tCO2")
def joint_emissions(sum_of_counted_parts, overlap_total):
    """合并报告排放总量: All legal persons of the report, each tonne once."""
    return sum_of_counted_parts - overlap_total


@rule("ENS direct", grain=ENTERPRISE, unit="tCO2")
def joint_direct_emissions(
    part_direct_counted: Total, direct_overlap_within: Total, direct_overlap_between: Total
):
    """合并报告直接排放量: Without net purchased electricity and heat."""
    return part_direct_counted - direct_overlap_within - direct_overlap_between


@rule("ENS direct", grain=ENTERPRISE, unit="tCO2")
def joint_indirect_emissions(joint_emissions, joint_direct_emissions):
    """合并报告间接排放量: Net purchased electricity and heat, as far as the guides count them; negative for a net seller."""
    return joint_emissions - joint_direct_emissions


@rule("ENS levels", "ENS supplement", grain=ENTERPRISE, unit="tCO2")
def joint_process_emissions(part_process_emissions: Total):
    """工序层级排放量合计: Processes, lines and facilities of all parts, or their supplementary tables."""
    return part_process_emissions


@rule("ENS levels", "ENS supplement", grain=ENTERPRISE, unit="tCO2")
def outside_process_level(joint_emissions, joint_process_emissions):
    """两个层级之差 E_其他: What the enterprise level has beside processes and captive plants; never zero by right."""
    return joint_emissions - joint_process_emissions


@rule("ENS captive", grain=ENTERPRISE, unit="tCO2")
def contained_total(part_contained: Total):
    """主业已含自备电厂排放量合计: In both reports, counted once."""
    return part_contained


@rule("ENS captive", grain=ENTERPRISE, unit="tCO2")
def taken_out_of_hosts(captive_inside: Total):
    """主业剔除自备电厂排放量合计: What the rows of hosts take out because a captive plant is a part of its own."""
    return captive_inside


@rule("ENS captive", grain=ENTERPRISE, unit=YesNo)
def captive_counted_once(contained_total, taken_out_of_hosts):
    """自备电厂只计一次: What captive plants add is what their hosts take out; else a total is wrong by the difference."""
    return when(contained_total == taken_out_of_hosts, YesNo.YES, YesNo.NO)


@rule("ENS captive", grain=ENTERPRISE, unit="tCO2")
def quoted_total(part_quoted: Total):
    """引用发电行业机组排放量合计: Captive plants on the power list."""
    return part_quoted
