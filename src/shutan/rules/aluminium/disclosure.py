"""What the enterprise makes public of its year. The guide's appendix D was not seen: its items are taken from the law's words."""

from shutan.rules.common.disclosure import industry_disclosure

DISCLOSURE = industry_disclosure("铝冶炼|aluminium smelting", "ALU24 disclosure")
