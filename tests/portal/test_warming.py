import pytest
from django.db import OperationalError

from accounts.registry import Registry
from portal.schedule import warming

pytestmark = pytest.mark.django_db


def test_every_step_is_taken_and_a_mute_database_stops_nothing(monkeypatch):
    taken = []

    def mute():
        raise OperationalError("gone")

    def well():
        taken.append("well")

    monkeypatch.setattr(warming, "STEPS", Registry())
    warming.register(warming.Step("mute", mute))
    warming.register(warming.Step("well", well))
    monkeypatch.setattr(warming.connections, "close_all", lambda: None)
    warming.warm_up()
    assert taken == ["well"]


def test_the_search_reads_its_columns_ahead():
    assert "search: columns" in warming.STEPS
