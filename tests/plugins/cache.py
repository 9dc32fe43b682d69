"""What one test put into the cache, counted tries above all, is nothing to the next."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def fresh_cache():
    cache.clear()
