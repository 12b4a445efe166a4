"""Carbonates that decompose in furnaces. Their factors differ between guidelines: `common/carbonates_*/parameters`."""

from shutan.kernel import Choices

Carbonate = Choices(
    "Carbonate",
    CALCIUM="碳酸钙 CaCO3（石灰石、方解石）|calcium carbonate: limestone, calcite",
    MAGNESIUM="碳酸镁 MgCO3（菱镁石）|magnesium carbonate: magnesite",
    DOLOMITE="白云石 CaMg(CO3)2|dolomite",
    SODIUM="碳酸钠 Na2CO3（纯碱）|sodium carbonate: soda ash",
    SODIUM_HYDROGEN="碳酸氢钠 NaHCO3（小苏打）|sodium hydrogen carbonate",
    IRON="碳酸铁 FeCO3（菱铁矿）|iron carbonate: siderite",
    MANGANESE="碳酸锰 MnCO3（菱锰矿）|manganese carbonate: rhodochrosite",
    BARIUM="碳酸钡 BaCO3|barium carbonate",
    LITHIUM="碳酸锂 Li2CO3|lithium carbonate",
    POTASSIUM="碳酸钾 K2CO3|potassium carbonate",
    STRONTIUM="碳酸锶 SrCO3|strontium carbonate",
)
