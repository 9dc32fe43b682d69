"""The names of our own apps, which the strict checks are about."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OUR_APPS = ("accounts", "portal", "search", "organisations", "guides", "jobs")
# Which of the processes that run the suite side by side this is: "gw0", "gw1", or the only one.
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
OUR_TEMPLATES = str(ROOT / "templates")
