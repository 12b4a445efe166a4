"""Pages of the register of service bodies."""
