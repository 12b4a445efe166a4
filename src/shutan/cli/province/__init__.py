"""The demonstration's province: fictitious offices, bodies and enterprises over all cities, drawn from a seed."""
