"""Disclosure of emissions, facilities and methods (measure 22): made from a submitted report, published, read by anybody."""
