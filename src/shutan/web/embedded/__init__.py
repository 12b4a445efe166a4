"""Database backend: Django's PostgreSQL on the embedded server, which the first connection starts."""
