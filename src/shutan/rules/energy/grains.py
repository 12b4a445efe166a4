"""Grains of energy: a kind of energy of the works, a product, its lines, and what a line uses."""

from shutan.kernel import Grain

ENERGY = Grain("energy", "energy")
PRODUCT = Grain("product", "product")
PRODUCT_LINE = Grain("product_line", "product", "line")
PRODUCT_LINE_ENERGY = Grain("product_line_energy", "product", "line", "energy")
