"""The site with one app more, above all others: for tests/portal/test_top_floor.py."""

from portal.settings.apps import OUR_APPS

OUR_APPS.append("tests.top_floor.greetings")

from portal.settings.test import *  # noqa: E402, F403 — the list is read here

ALLOWED_HOSTS = ["testserver", "localhost"]
