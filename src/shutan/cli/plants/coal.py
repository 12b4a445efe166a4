"""Coal as the examples burn it: tests whose figures agree with each other, by month and by day."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from shutan.cli.plants.common import Cells, Tables, days_of, last_of, number, shares, wobble
from shutan.rules.common.fuels import Basis, CarbonSource, Compliance, Detail, NcvSource


@dataclass(frozen=True)
class Coal:
    """A kind of coal: middle values, around which months and days scatter."""

    fuel: str
    ncv: Decimal  # GJ/t received
    carbon_per_heat: Decimal  # tC/GJ
    moisture_ar: Decimal  # %
    moisture_ad: Decimal  # %
    carbon_daf: Decimal  # carbon of the dry, ash-free coal, %
    hydrogen_daf: Decimal  # %
    sulphur_ad: Decimal  # %
    basis: str = "AIR_DRIED"

    def month(self, year: int, unit: str, month: int) -> Cells:
        """Return what the laboratory and the plant found in one month."""
        seed = (self.fuel, year, unit, month)
        ncv = number(self.ncv * (1 + wobble(*seed, "ncv") / 40), 3)
        moisture_ar = number(self.moisture_ar + wobble(*seed, "mar"), 2)
        moisture_ad = number(self.moisture_ad + wobble(*seed, "mad") / 5, 2)
        received = ncv * (self.carbon_per_heat + wobble(*seed, "carbon") / 5000)
        to_air_dried = (100 - moisture_ad) / (100 - moisture_ar)
        combustible = received * 10000 / self.carbon_daf  # % of the coal as received
        carbon = {
            "RECEIVED": received,
            "AIR_DRIED": received * to_air_dried,
            "DRY": received * 100 / (100 - moisture_ar),
        }[self.basis]
        return {
            "carbon_source": CarbonSource.MONTHLY_COMPOSITE,
            "carbon_reported": number(carbon, 4),
            "carbon_basis": Basis[self.basis],
            "moisture_ad": moisture_ad,
            "moisture_ar_reported": moisture_ar,
            "ncv_source": NcvSource.MEASURED,
            "ncv_ar_reported": ncv,
            "ash_ad": number((100 - moisture_ar - combustible) * to_air_dried, 2),
            "hydrogen_ad": number(combustible * self.hydrogen_daf / 100 * to_air_dried, 2),
            "sulphur_ad": number(self.sulphur_ad + wobble(*seed, "sulphur") / 10, 2),
            "sample_collected_on": last_of(year, month),
            "test_reported_on": last_of(year, month, 17 + month % 7),
            "test_report_number": f"示范检字〔{year}〕{month:02d}-{unit[:1]}",
        }


def burned(unit: str, fuel: str, month: int, amount: Decimal, tests: Cells) -> Cells:
    """Return one month's row of a fuel; nothing burned, nothing tested."""
    tested = tests if amount else {"carbon_source": CarbonSource.NOT_MEASURED}
    bought = number(amount * (1 + wobble(unit, fuel, month, "bought") / 40), 2)
    return {
        "unit": unit,
        "fuel": fuel,
        "month": month,
        "fuel_consumption_reported": amount,
        "fuel_purchased": bought,
        **tested,
    }


def daily_sheet(tables: Tables, year: int, unit: str, fuel: str, *, carbon: bool) -> None:
    """Add a sheet of daily as-fired coal, and let the months be worked out from it.

    With `carbon` each day's carbon is tested too; else one composite sample a month, and the days give calorific value
    and moisture. The months' own cells hold the weighted means, as plants fill them in.
    """
    samples = tables.setdefault("samples", [])
    for row in tables["fuel_months"]:
        if (row["unit"], row["fuel"]) != (unit, fuel) or not row["fuel_consumption_reported"]:
            continue
        month, count = row["month"], days_of(year, row["month"])
        days = []
        for day, amount in enumerate(
            shares(row["fuel_consumption_reported"], count, year, unit, month, "coal"), start=1
        ):
            seed = (year, unit, month, day)
            one: Cells = {
                "unit": unit,
                "fuel": fuel,
                "month": month,
                "sample": f"{month:02d}-{day:02d}",
                "sampled_on": last_of(year, month).replace(day=day),
                "sample_amount": amount,
                "sample_ncv_ar": number(row["ncv_ar_reported"] * (1 + wobble(*seed, "ncv") / 30), 3),
                "sample_moisture_ar": number(row["moisture_ar_reported"] + wobble(*seed, "mar"), 2),
            }
            if carbon:
                one["sample_moisture_ad"] = number(row["moisture_ad"] + wobble(*seed, "mad") / 10, 2)
                per_heat = row["carbon_reported"] / row["ncv_ar_reported"]
                one["sample_carbon"] = number(
                    per_heat * one["sample_ncv_ar"] * (1 + wobble(*seed, "carbon") / 200), 4
                )
                one["sample_carbon_basis"] = Basis.AIR_DRIED
                one["sample_carbon_compliance"] = Compliance.COMPLIANT
            days.append(one)
        samples += days
        row["ncv_ar_reported"] = weighted(days, "sample_ncv_ar", 3)
        row["moisture_ar_reported"] = weighted(days, "sample_moisture_ar", 2)
        row["ncv_detail"] = row["moisture_detail"] = Detail.SAMPLES
        if carbon:
            row["carbon_source"], row["carbon_detail"] = CarbonSource.DAILY, Detail.SAMPLES
            for name in ("carbon_reported", "moisture_ad", "moisture_ar_reported"):
                del row[name]
            row["moisture_detail"] = Detail.MONTHLY_VALUE


def weighted(days: list[Cells], name: str, places: int) -> Decimal:
    """Return the mean of the days weighted by their coal."""
    total = sum((one["sample_amount"] for one in days), Decimal(0))
    return number(sum((one[name] * one["sample_amount"] for one in days), Decimal(0)) / total, places)
