"""The names of our own apps, which the strict checks are about."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OUR_APPS = ("accounts", "portal", "search", "organisations", "guides", "jobs")
OUR_TEMPLATES = str(ROOT / "templates")
