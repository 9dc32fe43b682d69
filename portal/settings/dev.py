"""For a developer's own machine: nothing to set, everything to see."""

import os

os.environ.setdefault("SECRET_KEY", "for-development-only")
os.environ.setdefault("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")

from portal.settings.base import *  # noqa: F403

DEBUG = True
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
MFA_TOTP_INSECURE_BYPASS_CODE = "000000"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
SHOW_OUTBOX = True
READING_LIMIT = 0
