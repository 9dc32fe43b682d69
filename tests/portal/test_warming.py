import pytest
from django.db import OperationalError

from portal import warming

pytestmark = pytest.mark.django_db


def test_every_step_is_taken_and_a_mute_database_stops_nothing(monkeypatch):
    taken = []

    def mute():
        raise OperationalError("gone")

    def well():
        taken.append("well")

    monkeypatch.setattr(warming, "STEPS", [mute, well])
    monkeypatch.setattr(warming.connections, "close_all", lambda: None)
    warming.warm_up()
    assert taken == ["well"]


def test_the_search_reads_its_columns_ahead():
    assert "read_columns" in {step.__name__ for step in warming.STEPS}
