"""What every test gets: a prepared database, no network, and strict eyes on queries, templates and pages."""

from tests.plugins.cache import fresh_cache
from tests.plugins.commits import commit_hooks
from tests.plugins.counts import fresh_counts
from tests.plugins.database import database_copies, django_db_setup, pytest_runtest_teardown
from tests.plugins.engine import followed_engine
from tests.plugins.network import network_guard
from tests.plugins.ordering import shuffled_querysets
from tests.plugins.pages import page_checks
from tests.plugins.tasks import failed_tasks
from tests.plugins.templates import undefined_variables

__all__ = [
    "commit_hooks",
    "database_copies",
    "django_db_setup",
    "failed_tasks",
    "followed_engine",
    "fresh_cache",
    "fresh_counts",
    "network_guard",
    "page_checks",
    "pytest_runtest_teardown",
    "shuffled_querysets",
    "undefined_variables",
]
