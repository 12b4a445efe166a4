"""Lists and duties (measure 3): who stands on which list and why, and what each owes by when."""
