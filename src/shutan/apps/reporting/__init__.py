"""Measures 9–10: reports of emissions, their values, findings and explanations; the rule book and its register."""
