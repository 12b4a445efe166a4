"""Evidence that cannot be rewritten: an append-only Merkle log, receipts, signed checkpoints, and their offline check."""
