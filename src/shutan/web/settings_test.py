"""The settings under test: their own folder and database server, thrown away at the end; nothing of the real site.

pytest-django reads the settings before any conftest, hence this module instead of a fixture.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

ROOT = os.environ.get("SHUTAN_TEST_DIR")
if not ROOT:
    # The first process makes the folder; xdist's workers inherit the name and share the server.
    ROOT = os.environ["SHUTAN_TEST_DIR"] = tempfile.mkdtemp(prefix="shutan-test-")
    Path(ROOT).chmod(0o755)  # as root, the server runs as another account and must pass
    # Registered first, so run last: after the server has been left.
    atexit.register(shutil.rmtree, ROOT, ignore_errors=True)

os.environ.pop("DATABASE_URL", None)
os.environ |= {
    "SHUTAN_DATA_DIR": ROOT,
    "SHUTAN_FAST_UNSAFE_DATABASE": "1",
    "SHUTAN_PLAIN_STATIC": "1",
    "SHUTAN_SECRET_KEY": "only-for-tests",
    "SHUTAN_EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend",
    "SHUTAN_DEBUG": "0",
    # Tests of pages sign in without one; those of the second factor ask for it themselves.
    "SHUTAN_SECOND_FACTOR": "enrolled",
}

from shutan.web.settings import *  # noqa: E402, F403

# Hashing a password is made slow on purpose; tests sign in hundreds of times.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Django makes, fills and empties the databases of tests: as the owner. tests/web/test_database_roles.py is the application.
DATABASES["default"] |= DATABASE_OWNER  # noqa: F405
