"""The settings under test: a data folder of their own, a fast database, static files as they are."""

import os

# Before the real settings read them; what the caller has set stands.
os.environ.setdefault("SHUTAN_DATA_DIR", "var/test")
os.environ.setdefault("SHUTAN_FAST_UNSAFE_DATABASE", "1")
os.environ.setdefault("SHUTAN_PLAIN_STATIC", "1")

from shutan.web.settings import *  # noqa: F403

# Hashing a password is made slow on purpose; tests sign in hundreds of times.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
