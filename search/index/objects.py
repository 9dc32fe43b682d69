"""The objects that can be found, and the entries that are made of them."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from modelsearch.index import get_indexed_models

from search.analysis import analyser_for
from search.index.descriptions import description_of, document_of, kind_of
from search.index.entries import entry_of
from search.storage.database import CHUNK
from search.storage.entries import Entry
from search.storage.vocabularies import recall_vocabularies


def models_by_kind() -> dict[str, list[type]]:
    """The models of each kind; of a page tree, every page model."""
    models: dict[str, list[type]] = {}
    for model in get_indexed_models():
        models.setdefault(kind_of(model), []).append(model)
    return models


def entries_of(objects: Iterable[Any], made_by: str = "") -> list[Entry]:
    """The entries of objects for an index with this fingerprint; without one by this machine's own analysers."""
    recall_vocabularies()
    documents = map(document_of, objects)
    return [entry_of(document, analyser_for(document.language, made_by)) for document in documents]


def indexed_objects(model: Any, pks: Collection[int] | None = None) -> Any:
    """The objects of a model that belong into the index, with what their description reads."""
    described = description_of(model)
    own = described.queryset if described.model is model else None
    objects = own() if own else model.get_indexed_objects()
    return objects.filter(pk__in=pks) if pks is not None else objects


def entries_for(kind: str, pks: Collection[int], made_by: str = "") -> list[Entry]:
    """Fresh entries of these objects of a kind; an object of several classes counts as its most specific one."""
    objects_by_key, wanted = {}, list(pks)
    for model in models_by_kind().get(kind, ()):
        for start in range(0, len(wanted), CHUNK):
            for obj in indexed_objects(model, wanted[start : start + CHUNK]):
                if (specific := _most_specific(obj)) is not None:
                    objects_by_key[obj.pk] = specific
    return entries_of(objects_by_key.values(), made_by)


def _most_specific(obj: Any) -> Any:
    try:
        return obj.get_indexed_instance()
    except ObjectDoesNotExist:
        return None


def chunks_of_kind(kind: str) -> Iterator[list[Entry]]:
    """All entries of a kind, a chunk at a time."""
    models = models_by_kind().get(kind, ())
    for model in models:
        objects = indexed_objects(model).order_by("pk")
        last = 0
        while chunk := list(objects.filter(pk__gt=last)[:CHUNK]):
            last = chunk[-1].pk
            specific = (_most_specific(obj) for obj in chunk)
            yield entries_of([obj for obj in specific if obj is not None and type(obj) is model])
