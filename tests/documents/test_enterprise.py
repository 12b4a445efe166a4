"""Several sector workbooks become one enterprise: what is filled in, what adds up, what is refused."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shutan.cli.plants import group, steel
from shutan.cli.plants.aluminium import aluminium
from shutan.cli.plants.cement import cement
from shutan.cli.plants.heat_and_power import chengdu
from shutan.cli.plants.sectors import sector_plants
from shutan.documents.enterprise import Source, compose, figures
from shutan.documents.problem import Reading
from shutan.documents.template import write_template
from shutan.documents.workbook import read_workbook
from shutan.kernel import Dataset, Origin, Row, explain
from shutan.rules.enterprise import RULES
from shutan.rules.enterprise.choices import Carrier, PartRelation, TransferScope
from shutan.rules.enterprise.roles import is_part, reaches, roles
from shutan.rules.registry import rule_set, rule_sets


def source(plant, file="", tables=None):
    year = plant.year
    data = Dataset.of(tables or plant.tables)
    return Source(file or f"{plant.slug}.xlsx", Reading(rule_set(plant.sector), year, year, data))


def planned(*parts, transfers=()):
    """An enterprise's own workbook: rows of (legal person, part, file, more cells)."""
    people = dict.fromkeys(part[0] for part in parts)
    return Source(
        "own.xlsx",
        Reading(
            RULES,
            2024,
            2024,
            Dataset.of(
                {
                    "enterprise": [{"enterprise_name": "示范", "credit_code": "91510400MA00DEM08T"}],
                    "legal_persons": [{"legal_person": one} for one in people],
                    "sites": [{"legal_person": one, "site": "厂"} for one in people],
                    "parts": [
                        {"legal_person": person, "site": "厂", "part": part, "part_file": file, **more}
                        for person, part, file, more in parts
                    ],
                    "transfers": list(transfers),
                }
            ),
        ),
    )


def captive_of(relation, host):
    return {"part_relation": relation, "part_host": host}


def codes(made):
    return {one.code for one in made.reading.problems if one.severity == "error"}


def result(made):
    assert made.reading.computable, [one.text("en") for one in made.reading.problems]
    return RULES.evaluate(made.reading.year, made.reading.data)


STEEL, CAPTIVE = source(steel.steel_works()), source(group.captive())
ALUMINIUM, CEMENT, POWER = source(aluminium()), source(cement()), source(chengdu(2024))


# -- what is filled in -------------------------------------------------------------------------------------------------


def test_without_a_plan_each_workbook_counts_by_itself():
    made = compose([CEMENT, ALUMINIUM])
    got = result(made)
    parts = [one.result.value("enterprise_emissions") for one in made.parts]
    assert got.value("joint_emissions") == sum(parts)
    assert got.value("legal_person_count") == 2
    assert got.value("joint_report_allowed").key == "NO"  # nobody said that they are of one group and site
    assert got.value("cement_obligation") == made.parts[0].result.value("enterprise_line_emissions")
    assert got.value("aluminium_obligation") == made.parts[1].result.value(
        "enterprise_electrolysis_emissions"
    )


def test_a_captive_plant_is_counted_once_with_its_owner_and_by_the_rules_of_power():
    made = compose(
        [
            planned(
                ("钢铁公司", "钢铁", "steel_2024.xlsx", {}),
                ("能源公司", "电厂", "captive_2024.xlsx", captive_of(PartRelation.WITHIN, "钢铁")),
            ),
            STEEL,
            CAPTIVE,
        ]
    )
    got = result(made)
    whole = made.parts[0].result.value("enterprise_emissions")
    burned = made.parts[1].result.value("enterprise_combustion_emissions")
    assert got.value("joint_emissions") == whole == Decimal(4406610)
    assert got.value("legal_person_emissions", ("能源公司",)) == burned == Decimal("1535699.08")
    assert got.value("legal_person_emissions", ("钢铁公司",)) == whole - burned
    assert got.value("captive_counted_once").key == "YES"
    assert got.value("steel_obligation") == whole  # its surrender base is the whole enterprise
    assert got.value("power_obligation") == 0
    origin = got.origin("part_direct_emissions", ("能源公司", "厂", "电厂"))
    part, name = made.part_of(origin)
    assert (part.name, name) == ("电厂", "enterprise_combustion_emissions")
    assert explain(part.result, name, ()).value == burned


@pytest.mark.parametrize(("host", "file"), [(ALUMINIUM, "aluminium_2024.xlsx"), (CEMENT, "cement_2024.xlsx")])
@pytest.mark.parametrize("relation", [PartRelation.WITHIN, PartRelation.LISTED])
def test_captive_power_goes_into_the_hosts_facilities(host, file, relation):
    alone = compose([host]).parts[0].result.value("enterprise_emissions")
    made = compose(
        [
            planned(
                ("甲", "主业", file, {}), ("甲", "自备", "captive_2024.xlsx", captive_of(relation, "主业"))
            ),
            host,
            CAPTIVE,
        ]
    )
    inside, burned = made.parts[0].result, Decimal("1535699.08")
    within = relation is PartRelation.WITHIN
    assert inside.value("own_guide_emissions", ("自备",)) == burned
    assert inside.value("enterprise_emissions") == alone + (burned if within else 0)
    assert inside.origin("own_guide_emissions", ("自备",)).sheet == "captive_2024.xlsx"
    got = result(made)
    assert got.value("joint_direct_emissions") == alone + burned  # once either way
    assert got.value("quoted_total") == (0 if within else burned)
    if within:
        assert got.value("joint_emissions") == alone + burned
    else:  # the electricity it bought counts too, and its factor of 2024 is not known
        assert "part_filed_emissions" in {one.name for one in got.value("joint_emissions").reasons}
        assert "part.waiting" in {one.code for one in made.reading.problems}


def test_steel_quotes_a_plant_on_the_power_list():
    listed = [
        row | {"on_power_list": rule_set("steel").inputs["on_power_list"].choices["YES"]}
        for row in steel.steel_works().tables["units"]
    ]
    host = source(steel.steel_works(), tables=steel.steel_works().tables | {"units": listed})
    plan = planned(
        ("甲", "钢铁", "steel_2024.xlsx", {}),
        ("甲", "电厂", "captive_2024.xlsx", captive_of(PartRelation.LISTED, "钢铁")),
    )
    made = compose([plan, host, CAPTIVE])
    assert made.parts[0].result.value("listed_units_emissions") == Decimal("1535699.08")
    assert not codes(made)


def test_the_composed_workbook_comes_back_the_same():
    first = compose([CEMENT, ALUMINIUM])
    file = io.BytesIO()
    write_template(RULES, 2024, file, data=first.reading.data)
    again = read_workbook(file.getvalue(), name="own.xlsx")
    assert again.complete, [one.text("en") for one in again.problems]
    assert RULES.evaluate(2024, again.data).value("joint_emissions") == result(first).value("joint_emissions")
    twice = compose([Source("own.xlsx", again), CEMENT, ALUMINIUM])
    assert not twice.reading.problems  # nothing typed differs from what the parts say


def test_a_typed_figure_gives_way_and_is_told():
    made = compose(
        [planned(("甲", "水泥", "cement_2024.xlsx", {"part_filed_emissions": Decimal(1)})), CEMENT]
    )
    assert {one.code for one in made.reading.problems} == {"part.replaced"}
    assert result(made).value("joint_emissions") == made.parts[0].result.value("enterprise_emissions")


def test_a_part_without_a_workbook_may_be_typed():
    typed = {"part_filed_emissions": Decimal(5), "part_direct_emissions": Decimal(5)}
    own = planned(("甲", "水泥", "cement_2024.xlsx", {}), ("甲", "小厂", "", typed))
    got = result(compose([own, CEMENT]))
    assert got.value("joint_direct_emissions") - 5 == got.value("part_direct_emissions", ("甲", "厂", "水泥"))


def test_a_part_says_whether_its_figures_are_confirmed():
    made = compose([CEMENT])
    row = made.reading.data.rows("parts")[0]
    assert row.values["part_status"].key == "UNCONFIRMED"
    assert result(made).value("unconfirmed_parts") == 1


@pytest.mark.parametrize("name", [name for name, rules in rule_sets().items() if is_part(rules)])
def test_every_sector_has_the_figures_an_enterprise_asks(name):
    rules, names = rule_set(name), roles(rule_set(name))
    assert names.total in rules.rules
    for one in (names.direct, names.market, *names.indirect, *names.fuels):
        assert not one or one in rules.rules or one in rules.inputs, one
    assert not names.process or names.process == "supplement_emissions" or names.process in rules.rules


def test_electricity_is_part_of_a_total_only_where_the_guide_of_the_year_says_so():
    rules = rule_set("cement")
    assert reaches(rules, 2020, "enterprise_emissions", "net_electricity_emissions")
    assert not reaches(rules, 2024, "enterprise_emissions", "net_electricity_emissions")


def test_direct_is_the_total_less_electricity_and_heat():
    plant = next(one for one in sector_plants() if one.sector == "flat_glass")
    made = compose([source(plant)])
    part = made.parts[0]
    value = part.result.value
    direct, _ = figures(part)["part_direct_emissions"]
    assert direct == value("greenhouse_gas_emissions") - value("net_electricity_emissions") - value(
        "heat_emissions"
    )


# -- properties --------------------------------------------------------------------------------------------------------

tonnes = st.decimals(min_value=-1000000, max_value=10000000, places=2)
amounts = st.decimals(min_value=0, max_value=100000, places=3)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from("甲乙丙"), tonnes, tonnes), min_size=1, max_size=6),
    st.lists(
        st.tuples(
            st.sampled_from("甲乙丙"),
            st.sampled_from(list(TransferScope)),
            st.sampled_from(list(Carrier)),
            amounts,
            amounts,
            amounts,
        ),
        max_size=5,
    ),
)
def test_legal_persons_add_up_to_the_report(parts, transfers):
    data = Dataset.of(
        {
            "legal_persons": [{"legal_person": one} for one in "甲乙丙"],
            "sites": [{"legal_person": one, "site": "厂"} for one in "甲乙丙"],
            "parts": [
                {
                    "legal_person": person,
                    "site": "厂",
                    "part": str(at),
                    "part_filed_emissions": filed,
                    "part_direct_emissions": direct,
                }
                for at, (person, filed, direct) in enumerate(parts)
            ],
            "transfers": [
                {
                    "legal_person": person,
                    "transfer": str(at),
                    "transfer_scope": scope,
                    "carrier": carrier,
                    "transfer_amount": amount,
                    "receiver_factor": counted,
                    "sender_factor": deducted,
                }
                for at, (person, scope, carrier, amount, counted, deducted) in enumerate(transfers)
            ],
        }
    )
    got = RULES.evaluate(2024, data)
    for share, whole in (
        ("legal_person_share", "joint_emissions"),
        ("legal_person_direct_share", "joint_direct_emissions"),
    ):
        assert sum(value for _, value in got.items(share)) == got.value(whole)
    alike = [row.values | {"sender_factor": row.values["receiver_factor"]} for row in data.rows("transfers")]
    cancelled = RULES.evaluate(2024, Dataset(data.tables | {"transfers": [Row(one) for one in alike]}))
    assert cancelled.value("overlap_total") == 0
    assert cancelled.value("joint_emissions") == sum((filed for _, filed, _ in parts), Decimal(0))


# -- what is refused ---------------------------------------------------------------------------------------------------


def test_a_part_of_another_year():
    other = Source("old.xlsx", replace(CEMENT.reading, year=2025, rules_year=2025))
    made = compose([ALUMINIUM, other])
    assert codes(made) == {"part.year"}
    assert not made.reading.computable


def test_an_exercise_is_no_part():
    assert "part.exercise" in codes(
        compose([ALUMINIUM, replace(CEMENT, reading=replace(CEMENT.reading, rules_year=2025))])
    )


def test_a_missing_part_and_one_too_many():
    made = compose([planned(("甲", "水泥", "cement_2024.xlsx", {})), ALUMINIUM])
    assert codes(made) == {"part.missing", "part.unknown"}


def test_one_file_for_two_parts():
    own = planned(("甲", "一", "cement_2024.xlsx", {}), ("甲", "二", "cement_2024.xlsx", {}))
    assert "part.twice" in codes(compose([own, CEMENT]))


def test_two_workbooks_of_the_enterprise():
    own = planned(("甲", "水泥", "cement_2024.xlsx", {}))
    assert "plan.twice" in codes(compose([own, replace(own, file="own2.xlsx"), CEMENT]))


def test_a_sector_that_is_not_the_files():
    own = planned(
        ("甲", "水泥", "cement_2024.xlsx", {"part_sector": RULES.inputs["part_sector"].choices["STEEL"]})
    )
    assert codes(compose([own, CEMENT])) == {"part.sector"}


def test_a_part_under_the_credit_code_of_another():
    """A joint report may be filed under one code, so that it is told at the cell and does not stop the sum."""
    rows = ALUMINIUM.reading.data.rows("enterprise")
    code = rows[0].values["credit_code"]
    placed = Row(dict(rows[0].values), {"credit_code": Origin("cell", "C6", sheet="企业基本信息")})
    reading = replace(
        ALUMINIUM.reading, data=Dataset(ALUMINIUM.reading.data.tables | {"enterprise": [placed]})
    )
    own = planned(("甲", "铝", ALUMINIUM.file, {}))
    for written, told in ((code.lower(), 0), ("", 0), ("91510400MA00DEM08T", 1)):
        own.reading.data.rows("legal_persons")[0].values["member_credit_code"] = written
        found = [
            one
            for one in compose([own, Source(ALUMINIUM.file, reading)]).reading.problems
            if one.code == "part.owner"
        ]
        assert len(found) == told
        for one in found:
            assert one.severity == "warning"
            assert (one.place.sheet, one.place.place) == (f"{ALUMINIUM.file} 企业基本信息", "C6")
            assert code in one.text("zh")


def test_two_files_of_one_name_and_two_codes():
    other = replace(POWER.reading, data=Dataset.of(chengdu(2024).tables))
    other.data.rows("enterprise")[0].values |= {"enterprise_name": steel.NAME}
    made = compose([STEEL, Source("power.xlsx", other)])
    assert [one.place.sheet for one in made.reading.problems if one.code == "part.owner"] == ["power.xlsx"]


def test_a_rule_set_without_emissions_is_no_part():
    energy = Source("energy.xlsx", Reading(rule_set("energy"), 2024, 2024, Dataset()))
    assert codes(compose([CEMENT, energy])) == {"part.sector"}


def test_a_line_in_two_parts_of_a_legal_person():
    other = replace(CEMENT, file="cement_again.xlsx")
    own = planned(("甲", "一", "cement_2024.xlsx", {}), ("甲", "二", "cement_again.xlsx", {}))
    found = codes(compose([own, CEMENT, other]))
    assert found == {"facility.twice", "fuel.twice"}


def test_works_of_different_owners_may_number_their_lines_alike():
    tables = cement().tables
    fuels = [
        row | {"line_fuel_consumption": row["line_fuel_consumption"] + 1}
        if "line_fuel_consumption" in row
        else row
        for row in tables["line_fuel_months"]
    ]
    others = [
        row | {"other_fuel_consumption": row["other_fuel_consumption"] + 1}
        for row in tables.get("other_fuel_months", [])
    ]
    other = source(cement(), "b.xlsx", tables | {"line_fuel_months": fuels, "other_fuel_months": others})
    own = planned(("甲", "一", "cement_2024.xlsx", {}), ("乙", "二", "b.xlsx", {}))
    assert not codes(compose([own, CEMENT, other]))


def test_a_unit_in_two_reports_must_be_said_to_be_the_same():
    """The steel works says its unit is not on the power list; a report of power that counts by itself counts it twice."""
    counted = planned(("甲", "钢铁", "steel_2024.xlsx", {}), ("甲", "电厂", "captive_2024.xlsx", {}))
    assert codes(compose([counted, STEEL, CAPTIVE])) == {"facility.twice"}
    listed = planned(
        ("甲", "钢铁", "steel_2024.xlsx", {}),
        ("甲", "电厂", "captive_2024.xlsx", captive_of(PartRelation.LISTED, "钢铁")),
    )
    assert codes(compose([listed, STEEL, CAPTIVE])) == {"facility.twice"}


@pytest.mark.parametrize("relation", [PartRelation.WITHIN, PartRelation.LISTED, PartRelation.COUNTED])
def test_the_captive_plants_coal_must_not_stand_in_its_host_too(relation):
    tables = aluminium().tables
    coal = [
        {"fuel": "动力煤", "month": row["month"], "works_fuel_consumption": row["fuel_consumption_reported"]}
        for row in group.captive().tables["fuel_months"]
        if row["fuel"] == "动力煤"
    ]
    kind = rule_set("aluminium").inputs["fuel_kind"].choices["BITUMINOUS"]
    both = tables | {
        "fuels": [*tables["fuels"], {"fuel": "动力煤", "fuel_kind": kind}],
        "fuel_months": [*tables["fuel_months"], *coal],
    }
    host = source(aluminium(), tables=both)
    more = {} if relation is PartRelation.COUNTED else captive_of(relation, "铝")
    own = planned(("甲", "铝", "aluminium_2024.xlsx", {}), ("甲", "电厂", "captive_2024.xlsx", more))
    assert codes(compose([own, host, CAPTIVE])) == {"fuel.twice"}


def test_a_figure_typed_for_a_plant_that_has_a_workbook():
    tables = aluminium().tables
    kinds = rule_set("aluminium").inputs["facility_kind"].choices
    typed = {"facility": "电厂", "facility_kind": kinds["POWER_UNIT"], "own_guide_emissions": Decimal(7)}
    host = source(aluminium(), tables=tables | {"other_facilities": [*tables["other_facilities"], typed]})
    own = planned(
        ("甲", "铝", "aluminium_2024.xlsx", {}),
        ("甲", "电厂", "captive_2024.xlsx", captive_of(PartRelation.WITHIN, "铝")),
    )
    assert codes(compose([own, host, CAPTIVE])) == {"part.typed"}


@pytest.mark.parametrize("host", ["", "没有", "电厂"])
def test_a_captive_plant_without_a_host(host):
    own = planned(
        ("甲", "铝", "aluminium_2024.xlsx", {}),
        ("甲", "电厂", "captive_2024.xlsx", captive_of(PartRelation.WITHIN, host)),
    )
    assert codes(compose([own, ALUMINIUM, CAPTIVE])) == {"part.host"}


def transfer(person="甲", giver="水泥", taker="铝", **more):
    return {"legal_person": person, "transfer": "汽", "carrier": Carrier.HEAT, "transfer_from": giver, "transfer_to": taker,
            "transfer_amount": Decimal(1), "receiver_factor": Decimal(0), "sender_factor": Decimal(0)} | more  # fmt: skip


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (transfer(giver="没有"), "transfer.part"),
        (transfer(giver="铝"), "transfer.part"),
        (transfer("乙", taker="铝"), "transfer.receiver"),
        (transfer(transfer_scope=TransferScope.BETWEEN), "transfer.scope"),
    ],
)
def test_a_transfer_with_a_loose_end(row, code):
    own = planned(
        ("甲", "水泥", "cement_2024.xlsx", {}), ("甲", "铝", "aluminium_2024.xlsx", {}), transfers=[row]
    )
    assert code in codes(compose([own, CEMENT, ALUMINIUM]))


def test_a_transfer_to_a_contained_plant_is_not_taken_out_again():
    gas = transfer(giver="钢铁", taker="电厂", carrier=Carrier.GAS, receiver_factor=Decimal("8.5"))
    own = planned(
        ("甲", "钢铁", "steel_2024.xlsx", {}),
        ("甲", "电厂", "captive_2024.xlsx", captive_of(PartRelation.WITHIN, "钢铁")),
        transfers=[gas],
    )
    assert codes(compose([own, STEEL, CAPTIVE])) == {"transfer.contained"}


def test_what_is_wrong_in_a_part_is_said_with_its_file():
    bad = read_workbook(b"no workbook", name="bad.xlsx")
    made = compose([Source("bad.xlsx", bad), CEMENT])
    assert not made.reading.computable
    assert any(one.place.sheet.startswith("bad.xlsx") for one in made.reading.problems)


def test_nothing_at_all():
    assert not compose([]).reading.computable


def test_power_alone_counts_by_itself():
    assert "part.waiting" in {one.code for one in compose([POWER]).reading.problems}
