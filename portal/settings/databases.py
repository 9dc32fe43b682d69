"""The one place that turns DATABASE_URL into Django's database settings."""

import environ

SQLITE_PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=5000; PRAGMA cache_size=-65536;"
# Milliseconds: no request waits longer than this for a statement or a lock.
POSTGRESQL_LIMITS = "-c statement_timeout=5000 -c lock_timeout=3000"


def database_from_url(url, base_dir):
    """Settings for the given address; an empty address means a SQLite file in the project's folder."""
    settings = environ.Env.db_url_config(url or f"sqlite:///{base_dir / 'db.sqlite3'}")
    if settings["ENGINE"].endswith("sqlite3"):
        settings["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": 5, "init_command": SQLITE_PRAGMAS}
    else:
        settings.update(CONN_MAX_AGE=60, CONN_HEALTH_CHECKS=True)
        settings["OPTIONS"] = {"connect_timeout": 3, "options": POSTGRESQL_LIMITS}
    return settings
