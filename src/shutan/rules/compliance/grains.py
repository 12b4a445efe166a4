"""Grains of the compliance tables."""

from shutan.kernel import Grain

VINTAGE = Grain("vintage", "vintage")
OFFSET = Grain("offset", "offset")
APPLICATION = Grain("application", "application")
BREACH = Grain("breach", "breach")
