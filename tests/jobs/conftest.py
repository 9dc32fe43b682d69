import pytest
from django.utils import translation

from accounts.models import User
from organisations.models import Membership


@pytest.fixture(autouse=True)
def finnish():
    """A page in another language leaves that language behind; the next test begins in Finnish."""
    with translation.override("fi"):
        yield


@pytest.fixture
def user():
    return User.objects.create_user("jasen@ruokatupa.example", name="Maija Malli")


@pytest.fixture
def own(user):
    """Makes the person a member of the organisation that a posting or an application belongs to, and returns it."""

    def join(thing):
        posting = getattr(thing, "posting", thing)
        Membership.objects.get_or_create(user=user, organisation=posting.organisation)
        return thing

    return join
