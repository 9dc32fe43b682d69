"""The one place that turns DATABASE_URL and CACHE_URL into Django's settings."""

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
        settings["ENGINE"] = "portal.backends.postgresql"
        settings.update(CONN_MAX_AGE=60, CONN_HEALTH_CHECKS=True)
        settings["OPTIONS"] = {"connect_timeout": 3, "options": POSTGRESQL_LIMITS}
    return settings


def cache_from_url(url):
    """Settings for the given cache; an empty address means one inside each process. Redis and Valkey may be away."""
    settings = environ.Env.cache_url_config(url or "locmemcache://")
    if settings["BACKEND"].endswith("RedisCache"):
        settings["BACKEND"] = "portal.backends.redis.ForgivingRedisCache"
        settings["OPTIONS"] = {"socket_connect_timeout": 0.3, "socket_timeout": 0.5} | settings.get("OPTIONS", {})
    return settings
