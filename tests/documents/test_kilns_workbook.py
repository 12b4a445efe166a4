"""The exported workbooks of ceramics, magnesium and copper: LibreOffice computes what the rules computed."""

import pytest
from tests.documents import test_report_workbook as proof

from shutan.cli.plants.kilns import kiln_plants
from shutan.rules.registry import rule_set

PLANTS = {plant.sector: plant for plant in kiln_plants()}


@pytest.mark.libreoffice
@pytest.mark.parametrize(
    ("sector", "language"), [("ceramics", "zh"), ("magnesium", "en"), ("nonferrous", "zh")]
)
def test_libreoffice_computes_the_same(soffice, sector, language, tmp_path):
    plant = PLANTS[sector]
    result = rule_set(sector).evaluate(plant.rules_year, plant.dataset())
    proof.test_libreoffice_computes_the_same(soffice, (result, language), tmp_path)
