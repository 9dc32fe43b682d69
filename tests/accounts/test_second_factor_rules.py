"""Upper apps say of their own people who needs a second factor."""

import pytest

from accounts import second_factor
from accounts.registry import Registry
from accounts.second_factor import Rule
from tests.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_staff_is_the_first_rule():
    assert next(iter(second_factor.RULES)).name == "staff"
    assert UserFactory(superuser=True).needs_second_factor
    assert not UserFactory().needs_second_factor


def test_any_rule_is_enough(monkeypatch):
    monkeypatch.setattr(second_factor, "RULES", Registry())
    second_factor.register(Rule("nobody", lambda user: False))
    person = UserFactory(name="Aino Mikkonen")
    assert not person.needs_second_factor
    second_factor.register(Rule("everybody called Aino", lambda user: user.name.startswith("Aino")))
    assert person.needs_second_factor
