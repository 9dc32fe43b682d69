"""Putting objects into the index: one by one as they change, or all of a kind anew."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils import timezone
from modelsearch.index import get_indexed_models

from search.analysis import LANGUAGES, analyser_for, plain_language, version
from search.retrieval import engine
from search.retrieval.database import database_store
from search.retrieval.documents import description_of, document_of, kind_of
from search.retrieval.entries import entry_of
from search.retrieval.stores.database import CHUNK
from search.retrieval.words import learn_from, recall_vocabularies

LATELY = timedelta(minutes=15)


def models_by_kind():
    """The models of each kind; of a page tree, every page model."""
    found: dict[str, list[type]] = {}
    for model in get_indexed_models():
        found.setdefault(kind_of(model), []).append(model)
    return found


def entries_of(objects):
    """The entries of objects, each in its most specific class; those that are not to be indexed are left out."""
    recall_vocabularies()
    return [entry_of(document_of(obj)) for obj in objects]


def indexed_objects(model, pks=None):
    """The objects of a model that belong into the index, with what their description reads."""
    described = description_of(model)
    own = described.queryset if described.model is model else None
    objects = own() if own else model.get_indexed_objects()
    return objects.filter(pk__in=pks) if pks is not None else objects


def index_objects(kind, pks: Iterable[int]):
    """Bring these objects up to date: changed ones are put in, missing ones taken out, the engine follows after commit.

    Belongs into the transaction that changes the objects: then index and objects are never at odds.
    """
    pks = list(pks)
    entries = entries_for(kind, pks)
    store = database_store()
    if entries:
        store.write(kind, entries)
    gone = set(pks) - {entry.pk for entry in entries}
    if gone:
        store.remove(kind, sorted(gone))
    engine.ask_for(kind)
    return len(entries)


def entries_for(kind, pks):
    """Fresh entries of these objects of a kind; an object of several classes counts as its most specific one."""
    found = {}
    for model in models_by_kind().get(kind, ()):
        for obj in indexed_objects(model, pks):
            if (specific := _most_specific(obj)) is not None:
                found[obj.pk] = specific
    return entries_of(found.values())


def _most_specific(obj):
    try:
        return obj.get_indexed_instance()
    except ObjectDoesNotExist:
        return None


def chunks_of_kind(kind):
    """All entries of a kind, a thousand at a time."""
    models = models_by_kind().get(kind, ())
    for model in models:
        objects = indexed_objects(model).order_by("pk")
        last = 0
        while chunk := list(objects.filter(pk__gt=last)[:CHUNK]):
            last = chunk[-1].pk
            specific = (_most_specific(obj) for obj in chunk)
            yield entries_of([obj for obj in specific if obj is not None and type(obj) is model])


def learn_vocabularies():
    """Learn the words of every indexed text, in the languages that are taken apart by them."""
    texts: dict[str, list[str]] = {language: [] for language in LANGUAGES}
    for models in models_by_kind().values():
        for model in models:
            language_of = description_of(model).language
            for obj in indexed_objects(model).iterator(chunk_size=CHUNK):
                language = plain_language(language_of(obj))
                if analyser_for(language).engine == "builtin":
                    document = document_of(obj)
                    texts[language].append(f"{document.title}\n{document.body}")
    learn_from(texts)


def rebuild(kind):
    """Fill the database's index of a kind anew; gives the number of objects."""
    return database_store().rebuild(kind, chunks_of_kind(kind), version(), again=lambda pks: entries_for(kind, pks))


@dataclass(frozen=True)
class Drift:
    """Where the database's index differs from the objects: keys that are missing, left over, or out of date."""

    kind: str
    missing: tuple[int, ...] = ()
    orphaned: tuple[int, ...] = ()
    outdated: tuple[int, ...] = ()

    def __len__(self):
        return len(self.missing) + len(self.orphaned) + len(self.outdated)


def changed_lately(kind):
    """The keys of objects that changed within a quarter of an hour, of models that keep the time."""
    since, found = timezone.now() - LATELY, []
    for model in models_by_kind().get(kind, ()):
        if name := description_of(model).changed_field:
            changed = model._default_manager.filter(**{f"{name}__gte": since})
            found += changed.order_by().values_list("pk", flat=True)
    return found


def drift_of(kind, *, thoroughly):
    """Compare an index with its objects: which there are, and what is said of those changed lately, or of each."""
    indexed = database_store().digests(kind)
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


def heal(*, thoroughly=False):
    """Bring every index in line with its objects; gives how many objects were out of place."""
    healed = 0
    for kind in models_by_kind():
        drift = drift_of(kind, thoroughly=thoroughly)
        pks = [*drift.missing, *drift.orphaned, *drift.outdated]
        for start in range(0, len(pks), CHUNK):
            with transaction.atomic():
                index_objects(kind, pks[start : start + CHUNK])
        healed += len(drift)
    return healed
