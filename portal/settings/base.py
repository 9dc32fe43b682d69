"""Settings that are safe for production. Everything that differs between machines comes from the environment."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from portal.settings.apps import OUR_APPS
from portal.settings.databases import cache_from_url, database_from_url
from portal.settings.people import *  # noqa: F403
from portal.settings.search import backends_from_environment

BASE_DIR = Path(__file__).resolve().parents[2]
env = environ.Env()


def required(name):
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"The environment variable {name} must be set.")
    return value


DEBUG = False
SECRET_KEY = required("SECRET_KEY")
ALLOWED_HOSTS = [host.strip() for host in required("ALLOWED_HOSTS").split(",")]
PUBLIC_URL = env.str("PUBLIC_URL", "") or "http://localhost:8000"
FACTOR_KEY = env.str("FACTOR_KEY", "") or SECRET_KEY
SECURITY_CONTACT = env.str("SECURITY_CONTACT", "")
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0)
READING_LIMIT = env.int("READING_LIMIT", 300)  # pages a minute of a network that has not signed in; 0: no limit

INSTALLED_APPS = [
    *OUR_APPS,
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "accounts.apps.WagtailAccountsConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "portal.middleware.client_address",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "csp.middleware.CSPMiddleware",
    "portal.middleware.relax_policy_in_admin",
    "portal.middleware.refuse_malformed_input",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "portal.middleware.refuse_unreadable_forms",
    "portal.middleware.find_nothing_by_no_number",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.StaffSessionMiddleware",
    "portal.middleware.limit_reading",
    "portal.middleware.LoginRequired",
    "allauth.account.middleware.AccountMiddleware",
    "portal.middleware.limit_sign_in",
    "accounts.middleware.SecondFactorMiddleware",
    "accounts.middleware.RecentProofMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "portal.middleware.private_for_members",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context_processors.page",
                "organisations.context_processors.membership",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Data

DATABASES = {"default": database_from_url(env.str("DATABASE_URL", ""), BASE_DIR)}
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    INSTALLED_APPS += ["django.contrib.postgres"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": cache_from_url(env.str("CACHE_URL", ""))}
WAGTAILSEARCH_BACKENDS = backends_from_environment(env.str("DATABASE_URL", ""), env.str("SEARCH_URL", ""))
LOAD_ESCO = True  # where a site is set up that has no names of occupations yet
TASKS = {
    "default": {
        "BACKEND": env.str("TASKS", "") or "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default"],
    }
}

# Languages

LANGUAGE_CODE = "fi"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("fi", "Suomi"), ("sv", "Svenska"), ("en", "English")]
# The second holds what Wagtail's own Finnish lacks.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "wagtail"]
TIME_ZONE = "Europe/Helsinki"
USE_I18N = USE_TZ = True
FORMAT_MODULE_PATH = ["portal.formats"]
WAGTAIL_I18N_ENABLED = True
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False

# Mail: every message is a row first; the worker hands it to this address

EMAIL_CONFIG = env.email_url("EMAIL_URL", "consolemail://")
vars().update(EMAIL_CONFIG)
MAIL_TRANSPORT = EMAIL_CONFIG["EMAIL_BACKEND"]
EMAIL_BACKEND = "portal.mail.outbox.QueuedBackend"
EMAIL_TIMEOUT = 10
SHOW_OUTBOX = False  # pages with all mail, for machines on which the site is developed
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL", "") or "Järjestötyö <palvelu@localhost>"

# Files

STATIC_URL = "/static/"
STATIC_ROOT = env.str("STATIC_ROOT", "") or BASE_DIR / "static-root"
MEDIA_URL = "/media/"
MEDIA_ROOT = env.str("MEDIA_ROOT", "") or BASE_DIR / "media"
STATICFILES_FINDERS = [
    "portal.stylesheets.JoinedStylesheetFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STORAGES: dict[str, dict] = {
    "default": {"BACKEND": "portal.backends.files.WholeFileStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if (MEDIA_STORAGE := urlsplit(env.str("MEDIA_URL_STORAGE", ""))) and MEDIA_STORAGE.scheme == "s3":
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {"bucket_name": MEDIA_STORAGE.netloc, "location": MEDIA_STORAGE.path.strip("/")},
    }
MAX_BODY_BYTES = 12 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # a long guide has many blocks, and each several fields
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# Wagtail

WAGTAIL_SITE_NAME = "Järjestötyö"
WAGTAILADMIN_BASE_URL = PUBLIC_URL
WAGTAIL_ENABLE_UPDATE_CHECK = WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_FINISH_WORKFLOW_ACTION = "guides.signals.publish_approved"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 8 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 10_000_000
WAGTAILIMAGES_IMAGE_FORM_BASE = "portal.forms.ImageForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "portal.forms.DocumentForm"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "odt", "xlsx", "ods"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILEMBEDS_FINDERS: list = []
TAGGIT_CASE_INSENSITIVE = True

# Browser's rights

IS_TLS = PUBLIC_URL.startswith("https://")
SECURE_SSL_REDIRECT = IS_TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if IS_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_TLS
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_TLS
SESSION_COOKIE_NAME = "__Host-session" if IS_TLS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if IS_TLS else "csrf"
BROWSER_COOKIE_NAME = "__Host-browser" if IS_TLS else "browser"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 2 * 24 * 3600  # of whoever has not signed in; see ACCOUNT_SESSION_COOKIE_AGE
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
CSRF_FAILURE_VIEW = "portal.error_views.csrf_failed"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "img-src": ["'self'", "data:"],
    },
}
PERMISSIONS_POLICY: dict[str, list] = {
    name: [] for name in ("camera", "microphone", "payment", "usb", "accelerometer", "gyroscope", "magnetometer")
}
PERMISSIONS_POLICY["geolocation"] = ["self"]

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SITE_NAME = _("Järjestötyö")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", "") or "INFO"},
}
