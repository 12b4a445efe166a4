"""Technical service bodies: what stands against their independence."""

from shutan.rules.bodies.independence import TIES, Conflict, Tie, Work, conflicts

__all__ = ["TIES", "Conflict", "Tie", "Work", "conflicts"]
