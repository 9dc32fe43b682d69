"""What staff give to an organisation or take from it: coaching, Koitto support, the voice of a municipality."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts.models import User
from organisations.enums import Capability
from organisations.models import Organisation

# The field that holds each.
FIELDS = {
    "gives_coaching": Capability.COACHING,
    "gives_employer_support": Capability.EMPLOYER_SUPPORT,
    "represents": Capability.MUNICIPALITY,
}


@transaction.atomic
def change_capabilities(organisation: Organisation, wanted: Mapping[str, Any], *, by: User) -> None:
    """Gives and takes what differs from `wanted` (field → value), with an event for each."""
    locked = Organisation.objects.locked(organisation.pk)
    for name, capability in FIELDS.items():
        before, after = getattr(locked, name), wanted[name]
        if before != after:
            setattr(locked, name, after)
            note = str(after or before) if capability == Capability.MUNICIPALITY else ""
            locked.events.create(by=by, capability=capability, is_given=bool(after), note=note)
        setattr(organisation, name, after)
    locked.save(update_fields=list(FIELDS))
