"""What a finding weighs in the order of the desk, by severity. The weights order it and nothing else; no text names any."""

WEIGHTS = {"block": 100, "high": 10, "medium": 3, "low": 1, "trial": 1}
