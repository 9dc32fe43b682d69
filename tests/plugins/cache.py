"""What one test left in the cache or in the process, counted tries and views above all, is nothing to the next."""

import pytest
from django.core.cache import cache

from portal.furniture.daily_counts import waiting


@pytest.fixture(autouse=True)
def fresh_cache():
    cache.clear()
    waiting.take()
    yield
    waiting.take()
