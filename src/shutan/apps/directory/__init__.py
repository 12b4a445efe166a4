"""Directory (measure 3): legal persons, reporting entities, facilities and lines, each fact dated; their events."""
