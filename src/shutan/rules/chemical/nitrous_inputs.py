"""Sheets of the plants that make nitric or adipic acid; the guide counts them by year."""

from shutan.kernel import Choice, Choices, Grain, Input, Number, Table
from shutan.rules.chemical.choices import AdipicAbatement, AdipicRoute, NitricAbatement, NitricRoute
from shutan.rules.chemical.grains import ADIPIC_PLANT, NITRIC_PLANT
from shutan.rules.common.fuels import NcvSource


def _plants(name: str, grain: Grain, zh: str, en: str, routes: Choices, abatements: Choices) -> Table:
    clause = f"CHM {name}"
    return Table(
        f"{name}_plants",
        grain,
        f"{zh}装置|Plants for {en}",
        (
            Choice(f"{name}_route", routes, f"{zh}生产工艺|route to {en}", clause=clause),
            Choice(
                f"{name}_abatement",
                abatements,
                f"{zh}尾气N2O去除工艺|abatement of N2O from {en}",
                clause=clause,
            ),
            Number(
                f"{name}_output",
                f"{zh}产量|output of {en}",
                symbol="AD",
                unit="t",
                places=4,
                minimum=0,
                clause=clause,
            ),
            *_measured(f"{name}_factor", f"{zh}N2O生成因子", f"N2O factor of {en}", "kg/t", "EF", clause),
            *_measured(f"{name}_removal", f"{zh}N2O去除率", f"removal of N2O from {en}", "%", "η", clause),
            _hours(f"{name}_plant_hours", f"{zh}装置运行时间|hours the plant for {en} ran", clause),
            _hours(
                f"{name}_abatement_hours", f"{zh}尾气去除设施运行时间|hours the abatement of {en} ran", clause
            ),
        ),
        keys=(f"{zh}装置|plant",),
        optional=True,
    )


def _measured(name: str, zh: str, en: str, unit: str, symbol: str, clause: str) -> tuple[Input, ...]:
    return (
        Choice(f"{name}_source", NcvSource, f"{zh}来源|source of the {en}", default="DEFAULT", clause=clause),
        Number(
            f"{name}_reported",
            f"{zh}（实测）|{en}, measured",
            symbol=symbol,
            unit=unit,
            places=4,
            minimum=0,
            **({"maximum": 100} if unit == "%" else {}),
            optional=True,
            required_when="来源为实测值时|when it is measured",
            clause=clause,
        ),
    )


def _hours(name: str, label: str, clause: str) -> Number:
    return Number(
        name,
        label,
        unit="h",
        places=2,
        minimum=0,
        maximum=8784,
        optional=True,
        required_when="有N2O去除设施时|when N2O is abated",
        clause=clause,
    )


NITRIC_TABLE = _plants("nitric", NITRIC_PLANT, "硝酸", "nitric acid", NitricRoute, NitricAbatement)
ADIPIC_TABLE = _plants("adipic", ADIPIC_PLANT, "己二酸", "adipic acid", AdipicRoute, AdipicAbatement)
