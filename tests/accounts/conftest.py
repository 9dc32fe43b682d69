import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def forgotten_codes():
    """The account library remembers used codes by the person's number, which tests give out again and again."""
    cache.clear()
