"""For the test suite: the embedded defaults, or the services named in the environment."""

import os

os.environ["SECRET_KEY"] = "for-tests-only"
os.environ["ALLOWED_HOSTS"] = "testserver,localhost,127.0.0.1"
os.environ["PUBLIC_URL"] = "http://testserver"

from portal.settings.base import *  # noqa: F403

TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
SHOW_OUTBOX = True
READING_LIMIT = 0
# Thousands of names in each site that is set up would slow the tests down.
LOAD_ESCO = False
