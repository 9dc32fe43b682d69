"""Putting objects into the index: one by one as they change, or all of a kind anew."""

from collections.abc import Iterable

from search.analysis import LANGUAGES, analyser_for, fingerprint, plain_language
from search.engine.tasks import ask_for
from search.index.descriptions import description_of, document_of
from search.index.objects import chunks_of_kind, entries_for, indexed_objects, models_by_kind
from search.models import SearchIndex
from search.storage.configured import database_storage
from search.storage.database import CHUNK
from search.storage.vocabularies import learn_from


def index_objects(kind: str, pks: Iterable[int]) -> int:
    """Bring these objects up to date: changed ones are put in, missing ones taken out, the engine follows after commit.

    Belongs into the transaction that changes the objects: then index and objects are never at odds.
    """
    pks, storage = list(pks), database_storage()
    entries = entries_for(kind, pks, storage.analysis(kind))
    if entries:
        storage.write(kind, entries)
    gone = set(pks) - {entry.pk for entry in entries}
    if gone:
        storage.remove(kind, sorted(gone))
    ask_for(kind)
    return len(entries)


def learn_vocabularies() -> None:
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


def rebuild_outdated() -> int:
    """Fill anew every index that another analyser made than this machine's; gives the number of objects.

    Readers keep the old index, read by the analyser that made it or by a stand-in, until the new one is whole.
    """
    made_by_others = set(SearchIndex.objects.exclude(analysis=fingerprint()).values_list("kind", flat=True))
    kinds = [kind for kind in models_by_kind() if kind in made_by_others]
    if kinds:
        learn_vocabularies()
    return sum(map(rebuild, kinds))


def rebuild(kind: str) -> int:
    """Fill the database's index of a kind anew, the engine follows; gives the number of objects."""
    number = database_storage().rebuild(
        kind, chunks_of_kind(kind), fingerprint(), again=lambda pks: entries_for(kind, pks)
    )
    ask_for(kind)
    return number
