"""A person's account and what the service knows of the person go, once and again after a restore."""

from django.db import transaction

from accounts.models import User
from portal.models import Erasure
from portal.privacy import shares


@transaction.atomic
def erase(email: str) -> bool:
    """Erases the person with this address; False if there is none."""
    people = User.objects.select_for_update()
    return _erase(people.filter(email__iexact=email).first())


def erase_again() -> int:
    """Erases everybody who has been erased before and is back; gives their number."""
    gone = set(Erasure.objects.values_list("account", "joined_at"))
    people = User.objects.order_by("pk").values_list("pk", "date_joined")
    return sum(_erase_account(pk) for pk, joined_at in list(people) if (pk, joined_at) in gone)


@transaction.atomic
def _erase_account(pk: int) -> bool:
    return _erase(User.objects.select_for_update().filter(pk=pk).first())


def _erase(person: User | None) -> bool:
    if person is None:
        return False
    shares.erase(person)
    person.delete()
    return True
