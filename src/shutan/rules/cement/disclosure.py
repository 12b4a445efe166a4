"""What the enterprise makes public of its year. The guide's appendix D was not seen: its items are taken from the law's words."""

from shutan.rules.common.disclosure import industry_disclosure

DISCLOSURE = industry_disclosure("水泥|cement", "CEM24 disclosure")
