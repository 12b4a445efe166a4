"""Pages of rules and standards."""
