"""What every app shares and that needs no tables: API types and errors, lists, charts, tasks of the worklist."""
