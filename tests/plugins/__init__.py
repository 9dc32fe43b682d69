"""Our own apps, which the strict checks are about: all of them come from the one list in the settings."""

import os
from pathlib import Path

from portal.settings.apps import OUR_APPS

ROOT = Path(__file__).resolve().parents[2]
OUR_LABELS = tuple(name.rpartition(".")[2] for name in OUR_APPS)
OUR_MODULES = tuple(f"{name}." for name in OUR_APPS)
# Which of the processes that run the suite side by side this is: "gw0", "gw1", or the only one.
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
OUR_TEMPLATES = str(ROOT / "templates")


def folder_of(app):
    """The folder of an app: jobs/postings for jobs.postings."""
    return ROOT / app.replace(".", "/")


def app_of(path):
    """The app that a file of ours belongs to, and the parts of its name inside the app."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    for name in OUR_APPS:
        depth = name.count(".") + 1
        if parts[:depth] == tuple(name.split(".")):
            return name, parts[depth:]
    return "", parts


def migration_files():
    return sorted(path for app in OUR_APPS for path in (folder_of(app) / "migrations").glob("*.py"))
