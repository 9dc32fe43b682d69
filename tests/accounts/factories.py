import time

import factory

from accounts.models import User


class UserFactory(factory.django.DjangoModelFactory):
    """A member: signs in with a code from mail."""

    class Meta:
        model = User

    class Params:
        superuser = factory.Trait(is_staff=True, is_superuser=True)

    email = factory.Sequence(lambda number: f"person{number}@example.org")
    name = "Aino Mikkonen"

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return model_class.objects.create_user(*args, **kwargs)


def sign_in(client, user, *, second_factor=True, ago=0):
    """Signs in as after a code, `ago` seconds back, and with the second step unless told otherwise."""
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    at = time.time() - ago
    records = [{"method": "code", "at": at, "email": user.email}]
    if second_factor:
        records.append({"method": "mfa", "type": "totp", "id": 1, "at": at})
    session = client.session
    session["account_authentication_methods"] = records
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client
