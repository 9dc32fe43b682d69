import pytest
from django.utils import translation

from accounts.models import User


@pytest.fixture(autouse=True)
def finnish():
    """A page in another language leaves that language behind; the next test begins in Finnish."""
    with translation.override("fi"):
        yield


@pytest.fixture
def user():
    return User.objects.create_user("jasen@ruokatupa.example", name="Maija Malli")
