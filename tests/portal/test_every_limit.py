"""Whatever is limited anywhere, its time begins with the first try and ends, though somebody goes on trying."""

import gc

import pytest
import time_machine
from django.urls import get_resolver
from django.utils import timezone

from portal.furniture.limits import Limit, allow, is_spent


@pytest.mark.django_db
def test_no_limit_is_prolonged_by_going_on():
    assert get_resolver().url_patterns  # every view is read, and with it every limit
    limits = {limit for limit in gc.get_objects() if type(limit) is Limit}
    assert {"sign-in", "password", "applications", "application code"} <= {limit.name for limit in limits}
    begin = timezone.now()
    for limit in limits:
        with time_machine.travel(begin, tick=False):
            while allow(limit, "a"):
                pass
        with time_machine.travel(begin + limit.within * 0.99, tick=False):
            assert not allow(limit, "a"), limit
        with time_machine.travel(begin + limit.within, tick=False):
            assert not is_spent(limit, "a"), limit
            assert allow(limit, "a"), limit
