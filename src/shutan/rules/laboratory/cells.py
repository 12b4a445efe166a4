"""What a test report gives a month's row: the inputs of a guideline that stand for a month, from results as they are printed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from decimal import Decimal

from shutan.rules.common.fuels import Basis, CarbonSource, Detail, NcvSource
from shutan.rules.laboratory import Sampling

# Samples that stand for a whole month. One day's or batch's does not: the month is a mean over all of them.
OF_A_MONTH = (Sampling.COMPOSITE.key, Sampling.OTHER.key)
# Input: the result that it is, in the same unit. The received moisture is the plant's own measurement and not taken.
SAME = {
    "ncv_ar_reported": "net_heat_ar",
    "ncv_reported": "net_heat_ar",
    "moisture_ad": "moisture_ad",
    "ash_ad": "ash_ad",
    "hydrogen_ad": "hydrogen_ad",
    "sulphur_ad": "sulphur_ad",
}
PERCENT = Decimal("0.01")  # times, not divided: 60.10 % is 0.6010, no digit lost


def month_cells(
    inputs: Collection[str],
    results: Mapping[str, str],
    *,
    sampling: str,
    number: str,
    sampled_on: dt.date,
    reported_on: dt.date,
) -> dict[str, str]:
    """Return what goes into which input of a row, as it is typed there; nothing for a sample that stands for less than a month.

    Args:
        inputs: names of the row's inputs; others are not given.
        results: of the report, by name, in %, GJ/t, with the digits it prints.
        sampling: key of `Sampling`.
        number: of the report.
        sampled_on: day of sampling.
        reported_on: day of the report.

    Returns:
        Carbon as a share of mass (tC/t): air-dried where the report has it with its moisture, which the guideline's own
        conversion then brings to received basis; else as received.
    """
    if sampling not in OF_A_MONTH:
        return {}
    found = {name: results[result] for name, result in SAME.items() if result in results}
    if "net_heat_ar" in results:
        found |= {"ncv_source": NcvSource.MEASURED.key, "ncv_detail": Detail.MONTHLY_VALUE.key}
    dried = "carbon_ad" in results and "moisture_ad" in results
    if carbon := results.get("carbon_ad" if dried else "carbon_ar"):
        composite = sampling == Sampling.COMPOSITE.key
        found |= {
            "carbon_reported": format(Decimal(carbon) * PERCENT, "f"),
            "carbon_basis": (Basis.AIR_DRIED if dried else Basis.RECEIVED).key,
            "carbon_source": (CarbonSource.MONTHLY_COMPOSITE if composite else CarbonSource.MONTHLY_TEST).key,
            "carbon_detail": Detail.MONTHLY_VALUE.key,
        }
    if found:
        found |= {
            "test_report_number": number,
            "sample_collected_on": sampled_on.isoformat(),
            "test_reported_on": reported_on.isoformat(),
        }
    return {name: value for name, value in found.items() if name in inputs}
