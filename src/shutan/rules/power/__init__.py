"""The power-generation sector: accounting, and (in `allocation`) its allowances."""
