"""What was missed is found and mended: index and objects are compared by the clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from search.index.descriptions import description_of
from search.index.objects import chunks_of_kind, entries_for, indexed_objects, models_by_kind
from search.index.updating import index_objects, rebuild_outdated
from search.storage.configured import database_storage
from search.storage.database import CHUNK

LATELY = timedelta(minutes=15)


@dataclass(frozen=True)
class Drift:
    """Where the database's index differs from the objects: keys that are missing, left over, or out of date."""

    kind: str
    missing: tuple[int, ...] = ()
    orphaned: tuple[int, ...] = ()
    outdated: tuple[int, ...] = ()

    def __len__(self) -> int:
        return len(self.missing) + len(self.orphaned) + len(self.outdated)


def changed_lately(kind: str) -> list[int]:
    """The keys of objects that changed within a quarter of an hour, of models that keep the time."""
    since = timezone.now() - LATELY
    pks: list[int] = []
    models: Iterable[Any] = models_by_kind().get(kind, ())
    for model in models:
        if name := description_of(model).changed_field:
            changed = model._default_manager.filter(**{f"{name}__gte": since})
            pks += changed.order_by().values_list("pk", flat=True)
    return pks


def drift_of(kind: str, *, thoroughly: bool) -> Drift:
    """Compare an index with its objects: which there are, and what is said of those changed lately, or of each."""
    indexed = database_storage().digests(kind)
    expected: dict[int, str | None] = {}
    if thoroughly:
        expected = {entry.pk: entry.digest for entries in chunks_of_kind(kind) for entry in entries}
    else:
        for model in models_by_kind().get(kind, ()):
            expected.update(dict.fromkeys(indexed_objects(model).order_by().values_list("pk", flat=True)))
        for entry in entries_for(kind, changed_lately(kind)):
            expected[entry.pk] = entry.digest
    common = expected.keys() & indexed.keys()
    return Drift(
        kind=kind,
        missing=tuple(sorted(expected.keys() - indexed.keys())),
        orphaned=tuple(sorted(indexed.keys() - expected.keys())),
        outdated=tuple(sorted(pk for pk in common if expected[pk] is not None and expected[pk] != indexed[pk])),
    )


def reconcile(*, thoroughly: bool = False) -> int:
    """Bring every index in line with this machine's analyser and its objects; gives how many were out of place."""
    reconciled = rebuild_outdated()
    database_storage().drop_replaced()
    for kind in models_by_kind():
        drift = drift_of(kind, thoroughly=thoroughly)
        pks = [*drift.missing, *drift.orphaned, *drift.outdated]
        for start in range(0, len(pks), CHUNK):
            with transaction.atomic():
                index_objects(kind, pks[start : start + CHUNK])
        reconciled += len(drift)
    return reconciled
