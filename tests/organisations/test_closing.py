"""What pausing and closing touch is said on the page of the decision, by whoever registered it."""

import pytest
from django.urls import reverse

from organisations import closing
from tests.organisations.factories import InvitationFactory, MandateFactory, OrganisationFactory
from tests.organisations.test_staff import moderator

__all__ = ["moderator"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def fake(monkeypatch):
    """An app above that counts three jobs and no people."""
    monkeypatch.setattr(closing.consequences, "_entries", dict(closing.consequences._entries))
    for name, count in (("fake-jobs", 3), ("fake-people", 0)):
        closing.register(
            closing.Consequence(
                name, 1, count=lambda organisation, count=count: count, words=lambda count: f"{count} jotakin"
            )
        )


def page(client, organisation, name):
    return client.get(reverse("organisation:decide", args=[organisation.pk, name])).content.decode()


def test_staff_see_what_it_touches_before_they_pause_or_close(client, moderator, fake):
    organisation = OrganisationFactory()
    InvitationFactory(organisation=organisation)
    InvitationFactory(organisation=organisation, expired=True)
    MandateFactory(giver=organisation)
    for name in ("pause", "close"):
        text = page(client, organisation, name)
        for words in ("3 jotakin", "1 kutsu odottaa.", "1 valtuus lakkaa toimimasta."):
            assert words in text
        assert "0 jotakin" not in text


def test_opening_touches_nothing(client, moderator, fake):
    assert "3 jotakin" not in page(client, OrganisationFactory(pending=True), "verify")


def test_nothing_touched_is_not_spoken_of():
    assert closing.consequences_for(OrganisationFactory()) == []
