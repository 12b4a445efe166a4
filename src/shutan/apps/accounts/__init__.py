"""Organisations, people, roles, tokens, the access table and the log of actions."""
