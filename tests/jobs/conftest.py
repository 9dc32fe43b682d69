import pytest

from accounts.models import User


@pytest.fixture
def user():
    return User.objects.create_user("jasen@ruokatupa.example", name="Maija Malli")
