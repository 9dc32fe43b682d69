"""What one test put into the cache, counted tries above all, is nothing to the next; nor are its names."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def fresh_cache():
    from jobs.discovery.meanings import names

    cache.clear()
    names.forget()
