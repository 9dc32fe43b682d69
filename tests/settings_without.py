"""The site without one app, which the environment names: for tests/portal/test_rooms.py."""

import os

from portal.settings.test import *  # noqa: F403

INSTALLED_APPS = [app for app in INSTALLED_APPS if app != os.environ["WITHOUT"]]  # noqa: F405
ALLOWED_HOSTS = ["testserver", "localhost"]
