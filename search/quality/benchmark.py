"""How fast the search is at several sizes: made-up postings in a scratch index, asked by the one search function.

Pages of the site are timed on the postings that the database has: two databases of different size give the ratio.
"""

import csv
import random
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from django.test import Client

from search.analysis import fingerprint
from search.engine.configured import configured_engine, is_configured
from search.engine.replication import replicate
from search.filters import Filters
from search.index.descriptions import Document
from search.index.entries import entry_of
from search.models import Concept
from search.query.names import OWN_WORDS
from search.searching import search
from search.storage.configured import database_storage
from search.storage.database import CHUNK

KIND = "benchmark"
PLACES = ("Joensuu", "Kitee", "Lieksa", "Nurmes", "Liperi", "Kontiolahti", "Outokumpu", "Juuka", "Ilomantsi")
FACETS = {"municipality": PLACES, "field": tuple("abcdefghij"), "hours": ("short", "half", "long")}
SENTENCES = (
    "Etsimme joukkoomme tekijää, jonka työ on {0} paikassa {1}.",
    "Työhön kuuluu {0}, ja apuna on {2}.",
    "Opastamme sinut tehtävään {2}, eikä kokemusta tarvita.",
    "Työpaikkasi on {1}, ja työparisi on {0}.",
    "Sinulle sopii tämä, jos sinua kiinnostaa {2} tai {0}.",
    "Yhdistyksemme järjestää toimintaa, jossa tarvitaan taitoa {0}.",
)


@dataclass(frozen=True)
class Timing:
    """Milliseconds at the median and at the 90th and 95th of a hundred; `cpu` is its own work, at the 95th."""

    name: str
    p50: float
    p90: float
    p95: float
    cpu: float


def words_of_work() -> list[str]:
    """Names of work to make postings and queries of: ESCO's where they are loaded, and our own."""
    with OWN_WORDS.open(encoding="utf-8", newline="") as lines:
        own = [row["fi"] for row in csv.DictReader(lines)]
    return own * 10 + list(Concept.objects.exclude(label_fi="").order_by("pk").values_list("label_fi", flat=True))


def fill(size: int, names: list[str]) -> float:
    """Make an index of so many postings; gives documents a second, reading the words included."""
    chance = random.Random(1)  # noqa: S311 - the same postings every time
    begun = time.perf_counter()
    chunks = (
        [entry_of(_posting(pk, names, chance)) for pk in range(start, min(start + CHUNK, size + 1))]
        for start in range(1, size + 1, CHUNK)
    )
    database_storage().rebuild(KIND, chunks, fingerprint())
    seconds = time.perf_counter() - begun
    if is_configured():
        replicate(KIND)
    return size / seconds


def _posting(pk: int, names: list[str], chance: random.Random) -> Document:
    some = [
        sentence.format(chance.choice(names), chance.choice(PLACES), chance.choice(names)) for sentence in SENTENCES
    ]
    return Document(
        pk=pk,
        title=f"{chance.choice(names)} {chance.choice(PLACES)}",
        body=" ".join(chance.sample(some, 5)),
        facets={name: [chance.choice(values)] for name, values in FACETS.items()},
        numbers={"closes": chance.randrange(10**6), "published": chance.randrange(10**6)},
    )


def measure(size: int, names: list[str], rounds: int = 200) -> list[Timing]:
    """Each kind of request so many times, with different words."""
    chance = random.Random(2)  # noqa: S311
    chosen = Filters(any_of={"municipality": frozenset({"Joensuu", "Kitee"})})

    def save() -> None:
        database_storage().write(KIND, [entry_of(_posting(chance.randint(1, size), names, chance))])

    requests = {
        "text, first 20": lambda: search(KIND, _query(names, chance)),
        "text, count alone": lambda: search(KIND, _query(names, chance), order=("closes",), limit=0),
        "text and choices": lambda: search(KIND, _query(names, chance), chosen),
        "text, choices, all facets": lambda: search(KIND, _query(names, chance), chosen, facets=tuple(FACETS)),
        "all facets, no text": lambda: search(KIND, "", chosen, order=("closes",), facets=tuple(FACETS)),
        "one save": save,
    }
    return [_timing(name, request, rounds) for name, request in requests.items()]


def _query(names: list[str], chance: random.Random) -> str:
    return chance.choice((chance.choice(names), f"{chance.choice(names)} {chance.choice(PLACES)}"))


def measure_page(address: str, names: list[str], rounds: int = 200) -> Timing:
    """A page of this site so many times, `{}` in its address being words; raises ValueError where it is not 200."""
    chance, client = random.Random(3), Client(SERVER_NAME="localhost")  # noqa: S311

    def ask() -> None:
        answer = client.get(address.replace("{}", quote(_query(names, chance))))
        if answer.status_code != HTTPStatus.OK:
            raise ValueError(f"{address} answers {answer.status_code}")

    return _timing(address, ask, rounds)


def _timing(name: str, request: Callable[[], Any], rounds: int) -> Timing:
    request()
    times, own = [], []
    for _ in range(rounds):
        begun, begun_own = time.perf_counter(), time.process_time()
        request()
        times.append(1000 * (time.perf_counter() - begun))
        own.append(1000 * (time.process_time() - begun_own))
    cuts = statistics.quantiles(times, n=100)
    return Timing(name, cuts[49], cuts[89], cuts[94], statistics.quantiles(own, n=100)[94])


def forget() -> None:
    """Drop the scratch index wherever it was made."""
    database_storage().drop(KIND)
    if is_configured():
        configured_engine().drop(KIND)
