"""What allocation of clinker lines, electrolysis and steel works needs beyond the annual report; an ordinary one fills in nothing."""

from shutan.kernel import Choice, Grain, Number, Table
from shutan.rules.common.allocation import ServiceState
from shutan.rules.common.fuels import YesNo
from shutan.rules.common.grains import ENTERPRISE


def on_key_unit_list(clause: str) -> Choice:
    """Return the cell that says whether the enterprise is on the list."""
    return Choice(
        "on_key_unit_list",
        YesNo,
        "列入当年度重点排放单位名录|on the year's list of key emitting units",
        default="YES",
        clause=clause,
    )


PROVINCIAL_SHARE = Number(
    "provincial_pre_allocation_share",
    "省级确定的预分配比例（未降低则空）|pre-allocation share set by the province, empty if not lowered",
    unit="%",
    minimum=0,
    maximum=100,
    default="100",
    clause="IAP 2026 pre",
)


def installation_allocation(
    name: str, grain: Grain, label: str, key: str, help_text: str, clause: str
) -> Table:
    """Return the sheet of what is allocated apart: lines or processes, their service and what they emitted the year before."""
    return Table(
        name,
        grain,
        label,
        (
            Choice(
                "service_state",
                ServiceState,
                "当年在役情况|service in the year",
                default="IN_SERVICE",
                clause=clause,
            ),
            Number(
                "last_year_verified_emissions",
                "上一年度经核查排放量（预分配基数）|verified emissions of the year before",
                unit="tCO2",
                places=0,
                minimum=0,
                optional=True,
                clause="IAP 2025 pre",
            ),
        ),
        help=help_text,
        keys=(key,),
        optional=True,
    )


def enterprise_allocation(clause: str) -> Table:
    """Return the sheet of what holds for the enterprise as a whole."""
    return Table(
        "enterprise_allocation",
        ENTERPRISE,
        "企业配额信息|Enterprise: allocation",
        (on_key_unit_list(clause), PROVINCIAL_SHARE),
        optional=True,
    )
