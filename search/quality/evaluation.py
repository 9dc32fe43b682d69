"""Measuring the search on a collection of texts, queries and judgements, by the function that the job list uses."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from django.db import connection

from search.analysis import Analyser, Vocabulary, plain_language
from search.engine.client import EngineFailed
from search.engine.configured import client_name, configured_engine, is_configured
from search.engine.replication import replicate
from search.engine.waiting import breaker
from search.index.descriptions import Document
from search.index.entries import entry_of
from search.quality.measures import mean, ndcg, read_table
from search.results import Results
from search.searching import search
from search.storage.configured import database_storage
from search.storage.database import CHUNK
from search.storage.entries import Entry

KIND = "evaluation"
DEPTH = 100
TRIES = 10


@dataclass(frozen=True)
class Collection:
    """Texts as (name, text), queries as (name, type, text), and for each query the grade of each relevant text."""

    texts: list[tuple[str, str]]
    queries: list[tuple[str, str, str]]
    grades: dict[str, dict[str, int]]


def read_collection(place: str | Path) -> Collection:
    """The collection in a folder with docs.tsv, queries.tsv and qrels.tsv.

    A place like `data/dev/jobdom-fi` stands for data/docs/jobdom-fi.tsv and data/dev/jobdom-fi.queries.tsv, .qrels.tsv.
    Raises FileNotFoundError.
    """
    place = Path(place)
    if (place / "docs.tsv").exists():
        docs, queries, judgements = (place / f"{name}.tsv" for name in ("docs", "queries", "qrels"))
    else:
        docs = place.parent.parent / "docs" / f"{place.name}.tsv"
        queries, judgements = (place.with_name(f"{place.name}.{name}.tsv") for name in ("queries", "qrels"))
    grades: dict[str, dict[str, int]] = defaultdict(dict)
    for line in judgements.read_text(encoding="utf-8").splitlines():
        query, _, text, grade = line.split()
        grades[query][text] = int(grade)
    return Collection(
        texts=read_table(docs, 2),
        queries=read_table(queries, 3),
        grades=dict(grades),
    )


def evaluate(
    collection: Collection, *, language: str = "fi", analysis: str | None = None, hierarchy: bool = False
) -> dict[str, Any]:
    """Index the texts in a scratch index, run every query, and score: what `evaluate_search --json` prints."""
    language = plain_language(language)
    analyser = Analyser(language, analysis)
    wanted = partial(search, KIND, limit=DEPTH, language=language, analysers=[analyser], hierarchy=hierarchy)
    if analyser.engine == "builtin":
        analyser.learn(Vocabulary.of_texts(text for _, text in collection.texts))
    storage = database_storage()
    try:
        storage.rebuild(KIND, _chunks(collection, language, analyser), analyser.version)
        if is_configured():
            replicate(KIND)
        names = [name for name, _ in collection.texts]
        runs, seconds = _run(collection, wanted, names)
    finally:
        forget()
    by_type: dict[str, list[dict[str, float]]] = defaultdict(list)
    for (name, kind, _), ranked in zip(collection.queries, runs, strict=True):
        by_type[kind].append(scores_of(ranked, collection.grades.get(name, {})))
    return {
        **_means([score for scores in by_type.values() for score in scores]),
        "ms_per_query": round(1000 * seconds / max(len(runs), 1), 2),
        "documents": len(collection.texts),
        "engine": _engine_name(),
        "analysis": analyser.version,
        "by_type": {kind: _means(scores) for kind, scores in by_type.items()},
    }


def forget() -> None:
    """Drop the scratch index wherever it was made."""
    database_storage().drop(KIND)
    if is_configured():
        configured_engine().drop(KIND)


def _chunks(collection: Collection, language: str, analyser: Analyser) -> Iterator[list[Entry]]:
    for start in range(0, len(collection.texts), CHUNK):
        some = enumerate(collection.texts[start : start + CHUNK], start + 1)
        yield [entry_of(Document(pk=at, title="", body=text, language=language), analyser) for at, (_, text) in some]


def _run(collection: Collection, wanted: Callable[[str], Results], names: list[str]) -> tuple[list[list[str]], float]:
    runs = []
    begun = time.perf_counter()
    for _, _, text in collection.queries:
        results = wanted(text)
        if results.degraded:
            results = _patiently(wanted, text)
        runs.append([names[pk - 1] for pk in results.pks])
    return runs, time.perf_counter() - begun


def _patiently(wanted: Callable[[str], Results], text: str) -> Results:
    """The same search again: a busy machine is not what is measured."""
    for _ in range(TRIES):
        time.sleep(1)
        breaker.succeeded()
        results = wanted(text)
        if not results.degraded:
            return results
    raise EngineFailed("The search engine did not answer; nothing was measured.")


def _engine_name() -> str:
    if is_configured():
        return str(client_name())
    return connection.vendor


def scores_of(ranked: list[str], grades: Mapping[str, int]) -> dict[str, float]:
    """nDCG@10, MRR@10, recall@100 out of at most 100, and whether nothing was found."""
    first = next((1 / (at + 1) for at, name in enumerate(ranked[:10]) if grades.get(name, 0) > 0), 0.0)
    right = sum(grades.get(name, 0) > 0 for name in ranked[:DEPTH])
    return {
        "ndcg_at_10": ndcg(ranked, grades, 10),
        "mrr_at_10": first,
        "recall_at_100": right / min(len(grades), DEPTH) if grades else 0.0,
        "zero_hits": 0.0 if ranked else 1.0,
    }


def _means(scores: list[dict[str, float]]) -> dict[str, float | None]:
    means = {name: mean([score[name] for score in scores]) for name in (scores[0] if scores else ())}
    return {**means, "queries": len(scores)}
