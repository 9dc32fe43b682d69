"""A person's account and what the service knows of the person go, once and again after a restore."""

from dataclasses import dataclass, field

from django.db import transaction

from accounts.models import User
from portal.models import Erasure
from portal.privacy import shares, traces
from portal.privacy.traces import Person, Trace


@dataclass(frozen=True)
class Outcome:
    """`rows` are what went besides the account, by app; `left` is for staff to decide."""

    had_account: bool = False
    rows: dict[str, int] = field(default_factory=dict)
    left: list[Trace] = field(default_factory=list)

    @property
    def is_unknown(self) -> bool:
        return not (self.had_account or self.rows or self.left)


@transaction.atomic
def erase(person: Person) -> Outcome:
    """Erases whoever has this address, with or without an account; a name and a telephone help to find the rest."""
    account = User.objects.select_for_update().filter(email__iexact=person.email).first() if person.email else None
    person = Person(person.email, person.name or full_name_of(account), person.phone)
    rows = _erase(account) if account else {}
    for name, count in traces.erase(person).items():
        rows[name] = rows.get(name, 0) + count
    return Outcome(account is not None, rows, traces.look(person))


def full_name_of(account: User | None) -> str:
    """A single word would find everybody who bears it."""
    return account.name if account and " " in account.name.strip() else ""


def erase_again() -> int:
    """Erases everybody who has been erased before and is back; gives their number."""
    gone = set(Erasure.objects.values_list("account", "joined_at"))
    people = User.objects.order_by("pk").values_list("pk", "date_joined")
    return sum(_erase_again(pk) for pk, joined_at in list(people) if (pk, joined_at) in gone)


@transaction.atomic
def _erase_again(pk: int) -> bool:
    account = User.objects.select_for_update().filter(pk=pk).first()
    if account is not None:
        _erase(account)
    return account is not None


def _erase(account: User) -> dict[str, int]:
    """What apps know of the account, then what they know of its address, then the account."""
    shares.erase(account)
    rows = traces.erase(Person(account.email, full_name_of(account)))
    account.delete()
    return rows
