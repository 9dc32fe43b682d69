"""Measuring the list of jobs as people see it: everyday searches with judgements, asked of the page itself."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus
from pathlib import Path
from typing import Any, NamedTuple

from django.test import Client
from django.urls import reverse

from jobs.postings.models import JobPosting
from search.quality.measures import mean, ndcg, read_table

DEPTH = 5
GOOD = 2  # the grade of what clearly fits
MOST_WORST = 20


class Asked(NamedTuple):
    """A query; `fits` says whether any posting answers it."""

    name: str
    kind: str
    fits: bool
    text: str


@dataclass(frozen=True)
class Everyday:
    """The queries, and for each the grades of titles of postings."""

    queries: list[Asked]
    grades: dict[str, dict[str, int]]

    @cached_property
    def judged(self) -> set[str]:
        """The titles that somebody judged for any query: others neither help nor harm."""
        return {title for titles in self.grades.values() for title in titles}


@dataclass(frozen=True)
class Answer:
    """What a query got: `ranked` are the judged titles in their order, `is_claimed` says that hits pass as answers."""

    query: Asked
    grades: dict[str, int]
    ranked: list[str]
    is_empty: bool
    is_claimed: bool

    @property
    def score(self) -> float:
        """From 0 to 1: nDCG where something fits, honesty where nothing does."""
        return ndcg(self.ranked, self.grades, DEPTH) if self.query.fits else float(not self.is_claimed)

    @property
    def is_good(self) -> bool:
        return bool(self.ranked) and self.grades.get(self.ranked[0], 0) >= GOOD


def read_everyday(folder: str | Path) -> Everyday:
    """The collection in a folder with queries.tsv and qrels.tsv; raises FileNotFoundError or ValueError."""
    queries = []
    for name, kind, fitting, text in read_table(Path(folder) / "queries.tsv", 4):
        if fitting not in {"some", "none"}:
            raise ValueError(f"{name}: neither some nor none, but {fitting!r}")
        queries.append(Asked(name, kind, fitting == "some", text))
    grades: dict[str, dict[str, int]] = defaultdict(dict)
    for name, title, grade in read_table(Path(folder) / "qrels.tsv", 3):
        grades[name][title] = int(grade)
    return Everyday(queries, dict(grades))


def evaluate(collection: Everyday) -> dict[str, Any]:
    """Ask the list every query, and score its first page: what `evaluate_site --json` prints.

    Raises LookupError on a site that has none of the judged postings.
    """
    if not JobPosting.objects.open().filter(title__in=collection.judged).exists():
        raise LookupError("None of the judged postings is open here: they are those of `manage.py seed`.")
    client = Client(SERVER_NAME="localhost")
    answers = [_answer(client, collection, query) for query in collection.queries]
    by_type: dict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        by_type[answer.query.kind].append(answer)
    worst = sorted((answer for answer in answers if answer.score < 1), key=lambda answer: (answer.score, answer.query))
    return {
        **_figures(answers),
        "by_type": {kind: _figures(by_type[kind]) for kind in sorted(by_type)},
        "worst": [_told(answer) for answer in worst[:MOST_WORST]],
    }


def _told(answer: Answer) -> dict[str, Any]:
    query = answer.query
    return {"id": query.name, "type": query.kind, "text": query.text, "score": round(answer.score, 4)}


def _answer(client: Client, collection: Everyday, query: Asked) -> Answer:
    response: Any = client.get(reverse("jobs:posting_list"), {"q": query.text})
    if response.status_code != HTTPStatus.OK:
        raise ValueError(f"{query.name}: the list answers {response.status_code}")
    shown = response.context_data["shown"]
    titles = [posting.title for posting in (*shown.postings, *shown.resembling)]
    return Answer(
        query=query,
        grades=collection.grades.get(query.name, {}),
        ranked=[title for title in titles if title in collection.judged],
        is_empty=not titles,
        is_claimed=bool(shown.answers),
    )


def _figures(answers: list[Answer]) -> dict[str, Any]:
    """The measures; None for one that no query asks for."""
    fitting = [answer for answer in answers if answer.query.fits]
    return {
        "ndcg_at_5": mean([answer.score for answer in fitting]),
        "good_first": mean([answer.is_good for answer in fitting]),
        "nothing_found": mean([answer.is_empty for answer in fitting]),
        "false_answers": mean([answer.is_claimed for answer in answers if not answer.query.fits]),
        "queries": len(answers),
    }
