"""Settings of the Django project. Everything a site changes comes from the environment (docs/operations.md)."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from shutan.web.postgres_place import APPLICATION, default_data_dir, var_dir
from shutan.web.postgres_place import USER as OWNER

WEB = Path(__file__).resolve().parent


def flag(name: str, *, default: bool = False) -> bool:
    """An environment switch: 1, true, yes and on mean yes."""
    return os.environ.get(name, str(default)).lower() in {"1", "true", "yes", "on"}


def listed(name: str, default: str) -> list[str]:
    """A comma-separated environment value."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def secret_key(folder: Path) -> str:
    """The site's secret: given by the environment, else made once and kept readable to its owner only."""
    if given := os.environ.get("SHUTAN_SECRET_KEY"):
        return given
    path = folder / "secret_key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        # O_EXCL: of two processes that start at once, one makes the key and both read it.
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            pass
        else:
            with os.fdopen(handle, "w") as file:
                file.write(secrets.token_urlsafe(64))
    return path.read_text()


# What the running site writes: database, uploaded files, collected static files, the secret.
DATA_DIR = var_dir().resolve()

DEBUG = flag("SHUTAN_DEBUG")
SECRET_KEY = secret_key(DATA_DIR)
ALLOWED_HOSTS = listed("SHUTAN_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = listed("SHUTAN_ORIGINS", "")
# Behind a proxy that ends TLS: secure cookies, HSTS, redirect.
HTTPS = flag("SHUTAN_HTTPS")

INSTALLED_APPS = [
    "shutan.web",
    "shutan.apps.accounts",
    "shutan.apps.evidence",
    "shutan.apps.directory",
    "shutan.apps.duties",
    "shutan.apps.bodies",
    "shutan.apps.schemes",
    "shutan.apps.labreports",
    "shutan.apps.filing",
    "shutan.apps.reporting",
    "shutan.apps.standards",
    "shutan.apps.policies",
    "shutan.apps.referrals",
    "shutan.apps.departments",
    "shutan.apps.disclosure",
    "shutan.apps.review",
    "shutan.apps.archives",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django_htmx",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "ninja",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "shutan.web.middleware.security_headers",
    "shutan.web.middleware.api_errors",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "shutan.web.middleware.preferred_language",
    "shutan.web.middleware.page_size",
    "shutan.web.middleware.AccessMiddleware",
    "shutan.web.second_factor.SecondFactorMiddleware",
]

ROOT_URLCONF = "shutan.web.urls"
WSGI_APPLICATION = "shutan.web.wsgi.application"
ASGI_APPLICATION = "shutan.web.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "shutan.web.context.frame",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "shutan.apps.common.components",
            ],
        },
    },
]

# With DATABASE_URL your own PostgreSQL, without it the server that comes as a wheel and is started
# by the first connection (shutan.web.embedded), so that importing the settings starts nothing.
if url := os.environ.get("DATABASE_URL"):
    from shutan.web.database import from_url

    DATABASES = {"default": from_url(url)}
    # What migrations replace in it (database_roles.py). With one role for both nothing keeps the application from
    # changing its tables: `migrate` says so.
    DATABASE_OWNER = from_url(owner) if (owner := os.environ.get("DATABASE_OWNER_URL")) else {}
else:
    DATABASES = {
        "default": {
            "ENGINE": "shutan.web.embedded",
            "NAME": "shutan",
            "USER": APPLICATION,
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {
                "data_dir": str(default_data_dir()),
                "fast_unsafe": flag("SHUTAN_FAST_UNSAFE_DATABASE"),
            },
        }
    }
    DATABASE_OWNER = {"USER": OWNER}
# Whom the owner lets use the tables after each migration.
DATABASE_ROLE = DATABASES["default"]["USER"]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Shared by all web workers: rate limits and lock-outs must count in one place. post_migrate makes the table.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shutan_cache"},
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in [
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 10}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    ]
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "shutan.web.adapters.AccountAdapter"
ACCOUNT_FORMS = {"login": "shutan.web.forms.LoginForm"}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
# Wrong passwords lock one account out for five minutes, right password or not, and slow one address down.
ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key,30/m/ip"}
ACCOUNT_USER_DISPLAY = "shutan.apps.accounts.queries.display_name"
# Whom signing and deciding ask for a second factor: `required` everybody, `enrolled` who has set one up, `off` nobody.
SECOND_FACTOR = os.environ.get("SHUTAN_SECOND_FACTOR", "required")
if SECOND_FACTOR not in {"required", "enrolled", "off"}:
    raise ImproperlyConfigured(
        f"SHUTAN_SECOND_FACTOR must be required, enrolled or off, not {SECOND_FACTOR!r}"
    )
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "authenticate": "shutan.web.forms.CodeForm",
    "reauthenticate": "shutan.web.forms.CodeAgainForm",
    "add_webauthn": "shutan.web.forms.AddPasskeyForm",
    "edit_webauthn": "shutan.web.forms.RenamePasskeyForm",
}
# An administrator gave the log-in with its address; nothing was left for the person to prove.
MFA_ALLOW_UNVERIFIED_EMAIL = True
# A clock may be half a minute wrong.
MFA_TOTP_TOLERANCE = 1
MFA_TOTP_ISSUER = "Shutan 蜀碳"
# Sign-in through an identity provider (OpenID Connect), where the site has one.
OIDC_URL = os.environ.get("SHUTAN_OIDC_URL", "")
SOCIALACCOUNT_ADAPTER = "shutan.web.adapters.SocialAdapter"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "oidc",
                "name": os.environ.get("SHUTAN_OIDC_NAME", "OpenID Connect"),
                "client_id": os.environ.get("SHUTAN_OIDC_CLIENT_ID", ""),
                "secret": os.environ.get("SHUTAN_OIDC_SECRET", ""),
                "settings": {"server_url": OIDC_URL},
            }
        ]
        if OIDC_URL
        else [],
    }
}
USERSESSIONS_TRACK_ACTIVITY = False
SESSION_COOKIE_AGE = 12 * 3600

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [WEB / "locale"]
FORMAT_MODULE_PATH = ["shutan.web.formats"]
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("SHUTAN_STATIC_ROOT", DATA_DIR / "static"))
# Names with hashes and far-away expiry need `collectstatic` first; while developing and testing, files as they are.
PLAIN_STATIC = DEBUG or flag("SHUTAN_PLAIN_STATIC")
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(DATA_DIR / "files")},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if PLAIN_STATIC
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# Beside what is compressed already: source maps, which only a debugger opens and brotli takes half a minute for.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [
    *("jpg", "jpeg", "png", "gif", "webp", "zip", "gz", "tgz", "bz2", "tbz", "xz", "br", "woff", "woff2"),
    "map",
]
WHITENOISE_USE_FINDERS = PLAIN_STATIC
WHITENOISE_AUTOREFRESH = PLAIN_STATIC
if not PLAIN_STATIC:
    STATIC_ROOT.mkdir(parents=True, exist_ok=True)

DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 2**20
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
FILE_UPLOAD_PERMISSIONS = 0o600
API_BODY_LIMIT = 32 * 2**20
PAGE_BODY_LIMIT = 128 * 2**20  # several scans at once; each form has its own, smaller limit a file
# The malware scanner: `host:port` or the path of clamd's socket; without one files are kept as unscanned.
CLAMD = os.environ.get("SHUTAN_CLAMD", "")
# The module that signs declarations electronically (apps/reporting/signing.py); without one the stamped scan is the way.
SIGNING = os.environ.get("SHUTAN_SIGNING", "")
API_RATES = {"anonymous": "60/m", "signed_in": "1200/m"}

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # the evidence viewer shows our own PDFs in a frame
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 86400 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
CSRF_FAILURE_VIEW = "shutan.web.errors.csrf_failure"
# No inline script anywhere: behaviour lives in the built files, data in <script type="application/json">.
# A form may lead to the identity provider, which the sign-in button does.
_FORMS = f"'self' {urlsplit(OIDC_URL).scheme}://{urlsplit(OIDC_URL).netloc}" if OIDC_URL else "'self'"
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; frame-src 'self' blob:; object-src 'none'; base-uri 'self'; "
    f"form-action {_FORMS}; frame-ancestors 'self'"
)

EMAIL_BACKEND = os.environ.get("SHUTAN_EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
EMAIL_HOST = os.environ.get("SHUTAN_EMAIL_HOST", "localhost")
EMAIL_HOST_USER = os.environ.get("SHUTAN_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("SHUTAN_EMAIL_PASSWORD", "")
EMAIL_USE_SSL, EMAIL_USE_TLS = (
    os.environ.get("SHUTAN_EMAIL_SECURITY", "") == one for one in ("ssl", "starttls")
)
EMAIL_PORT = int(
    os.environ.get("SHUTAN_EMAIL_PORT") or (465 if EMAIL_USE_SSL else 587 if EMAIL_USE_TLS else 25)
)
EMAIL_TIMEOUT = 30  # seconds; a server that does not answer must not hold up what else the worker does
DEFAULT_FROM_EMAIL = os.environ.get("SHUTAN_EMAIL_FROM", "shutan@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

# What moves from a leaver to a successor, app by app (accounts/people.py): each takes (leaver, successor, now)
# and returns how many things it moved.
HANDOVERS = ["shutan.apps.accounts.people.move_contact", "shutan.apps.review.actions.hand_over"]

# Under the schematic map: where its boundaries come from, and the map-approval number without which it is not published.
MAP_SOURCE = os.environ.get("SHUTAN_MAP_SOURCE", "")
MAP_APPROVAL = os.environ.get("SHUTAN_MAP_APPROVAL", "")

# The evidence log: its name for good, where its keys lie, whether SM2 signs too, and when checkpoints are made (cron, UTC).
EVIDENCE_LOG = os.environ.get("SHUTAN_LOG_NAME", "shutan.localhost/log")
EVIDENCE_KEYS = Path(os.environ.get("SHUTAN_EVIDENCE_KEYS", DATA_DIR / "evidence"))
EVIDENCE_SM2 = flag("SHUTAN_SHANGMI")
EVIDENCE_SCHEDULE = os.environ.get("SHUTAN_CHECKPOINTS", "*/10 * * * *")
# Who stamps the newest checkpoint with a time that is not ours (RFC 3161, http or https); nobody where empty.
EVIDENCE_TSA = os.environ.get("SHUTAN_TSA", "")

# Columns of the published list, in order: those of the ministry's form were not seen (apps/duties/papers.py knows all).
LIST_COLUMNS = os.environ.get(
    "SHUTAN_LIST_COLUMNS", "number,name,credit_code,prefecture,sector,code,year,basis,members"
).split(",")
