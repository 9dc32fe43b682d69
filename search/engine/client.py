"""The index in Elasticsearch or OpenSearch: the database's rows copied into one index a kind, behind an alias."""

import json
import logging
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong
from typing import Any

from search.analysis.folding import grams_of_word
from search.caches import ProcessCache
from search.ranking.scores import K1, B
from search.storage.entries import TITLE_MARK, TITLE_WEIGHT

SETTINGS = {
    "number_of_shards": 1,
    "number_of_replicas": 0,
    "refresh_interval": "1s",
    "sort.field": ["pk"],
    "sort.order": ["desc"],
    "similarity": {"default": {"type": "BM25", "k1": K1, "b": B}},
}
# `a` holds the tokens, those of the title three times, `g` the four-letter pieces, `s` the forms for phrases.
MAPPING = {
    "dynamic": "strict",
    "_source": {"enabled": False},
    "dynamic_templates": [
        {"facets": {"path_match": "f.*", "mapping": {"type": "keyword", "eager_global_ordinals": True}}},
        {"numbers": {"path_match": "n.*", "mapping": {"type": "long"}}},
    ],
    "properties": {
        "a": {"type": "text", "analyzer": "whitespace", "index_options": "freqs"},
        "g": {"type": "text", "analyzer": "whitespace", "index_options": "freqs"},
        "s": {"type": "text", "analyzer": "whitespace", "norms": False},
        "pk": {"type": "long"},
        "loc": {"type": "geo_point"},
        "f": {"type": "object", "dynamic": True},
        "n": {"type": "object", "dynamic": True},
    },
}
BULK_SECONDS = 30
MERGE_SECONDS = 60
# So many are kept open: a new one would cost more than most answers.
CONNECTIONS = 8
BULK_LETTERS = 5_000_000
logger = logging.getLogger(__name__)
# Sends (method, path, body, seconds) and gives what came back.
Asking = Callable[[str, str, Any, float], Any]


# The libraries tell of every request, with the texts in it; what goes wrong we tell ourselves.
for _library in ("opensearch", "opensearchpy", "elasticsearch", "elastic_transport"):
    logging.getLogger(_library).setLevel(logging.CRITICAL)


class EngineFailed(Exception):
    """The engine did not answer, not in time, or not as it should."""


class Engine:
    """One engine, spoken to by its own client library: `elasticsearch` or `opensearch`."""

    def __init__(self, client: str, url: str, prefix: str = "search", **options: Any) -> None:
        self.prefix = prefix
        self._ask = _elasticsearch(url, options) if client == "elasticsearch" else _opensearch(url, options)
        # A read time-out starts anew with every byte, so a trickling answer is given up by the clock of a thread.
        self._threads = ThreadPoolExecutor(max_workers=CONNECTIONS, thread_name_prefix="search-engine")

    def request(self, method: str, path: str, body: Any = None, *, seconds: float) -> Any:
        """The answer as Python values. Raises EngineFailed after so many seconds or for anything unexpected."""
        waiting = self._threads.submit(self._ask, method, path, body, seconds)
        try:
            answer = waiting.result(timeout=seconds)
        except TookTooLong as error:
            raise EngineFailed(f"no answer in {seconds} s") from error
        except Exception as error:  # the libraries raise their own, the network's and the parser's errors
            # Their own words repeat what was looked for, and ours are logged.
            raise EngineFailed(f"{type(error).__name__} {getattr(error, 'status_code', '')}".strip()) from error
        if not isinstance(answer, (dict, list)):
            raise EngineFailed("the answer is not JSON")
        return answer

    def alias(self, kind: str) -> str:
        return f"{self.prefix}-{kind}"

    def search(self, kind: str, searches: Sequence[dict], *, seconds: float) -> list[dict]:
        """The answers to several searches in one round trip. Raises EngineFailed when any of them is not whole."""
        lines = []
        for body in searches:
            lines += [{"request_cache": body.get("size") == 0}, body]
        answer = self.request("POST", f"/{self.alias(kind)}/_msearch", lines, seconds=seconds)
        responses = answer.get("responses") if isinstance(answer, dict) else None
        if not isinstance(responses, list) or len(responses) != len(searches):
            raise EngineFailed("the answer holds something else than what was asked")
        for response in responses:
            is_whole = isinstance(response, dict) and "hits" in response and not response.get("timed_out")
            if not is_whole or response.get("_shards", {}).get("failed"):
                raise EngineFailed("a search failed")
        return responses

    def create(self, kind: str, generation: int, analysis: str) -> str:
        """A new empty index for tokens of this analyser, not yet behind the alias: it need not show what it has."""
        name = f"{self.alias(kind)}-{generation}"
        body = {
            "settings": {"index": {**SETTINGS, "refresh_interval": "-1"}},
            "mappings": {**MAPPING, "_meta": {"analysis": analysis}},
        }
        self.request("PUT", f"/{name}", body, seconds=BULK_SECONDS)
        return name

    def make_live(self, kind: str, name: str) -> None:
        """Point the alias at this index alone, in one step, and delete the others of the kind."""
        usual = {"index": {"refresh_interval": SETTINGS["refresh_interval"]}}
        self.request("PUT", f"/{name}/_settings", usual, seconds=BULK_SECONDS)
        self.request("POST", f"/{name}/_refresh", seconds=BULK_SECONDS)
        self._merge(name)
        others = [other for other in self.indexes(kind) if other != name]
        actions = [{"add": {"index": name, "alias": self.alias(kind)}}]
        actions += [{"remove_index": {"index": other}} for other in others]
        self.request("POST", "/_aliases", {"actions": actions}, seconds=BULK_SECONDS)

    def _merge(self, name: str) -> None:
        """Make one segment of the index: every search looks through each of them, and a third of its time was that."""
        try:
            self.request("POST", f"/{name}/_forcemerge?max_num_segments=1", seconds=MERGE_SECONDS)
        except EngineFailed:
            logger.info("%s goes live while the engine still merges its segments", name)

    def indexes(self, kind: str) -> dict[str, str]:
        """The names of all indexes of a kind, each with the fingerprint of the analyser that made its tokens."""
        answer = self.request("GET", f"/{self.alias(kind)}-*/_mapping", seconds=BULK_SECONDS)
        names = sorted(name for name in answer if name.removeprefix(f"{self.alias(kind)}-").isdigit())
        return {name: answer[name]["mappings"].get("_meta", {}).get("analysis", "") for name in names}

    def drop(self, kind: str) -> None:
        for name in self.indexes(kind):
            self.request("DELETE", f"/{name}", seconds=BULK_SECONDS)

    def refresh(self, kind: str) -> None:
        self.request("POST", f"/{self.alias(kind)}/_refresh", seconds=BULK_SECONDS)

    def write(self, name: str, rows: Iterable[tuple]) -> None:
        """Copy rows of the database's index; older ones never overwrite newer ones."""
        lines: list[dict] = []
        size = 0
        for row in rows:
            pk, sequence, removed = row[:3]
            where = {"_id": str(pk), "version": sequence, "version_type": "external_gte"}
            lines += [{"delete": where}] if removed else [{"index": where}, document(row)]
            size += len(row[7]) + 5 * len(row[8])  # the pieces of a form take about five times its letters
            if size > BULK_LETTERS:
                self._bulk(name, lines)
                lines, size = [], 0
        if lines:
            self._bulk(name, lines)

    def _bulk(self, name: str, lines: list[dict]) -> None:
        answer = self.request("POST", f"/{name}/_bulk", lines, seconds=BULK_SECONDS)
        for item in answer.get("items", ()) if answer.get("errors") else ():
            result = next(iter(item.values()))
            if result.get("status", 200) >= 400 and result["status"] not in {404, 409}:
                raise EngineFailed(f"a document was refused: {result.get('error')}")


def document(row: tuple) -> dict[str, Any]:
    """The engine's document of a stored row."""
    pk, _sequence, _removed, facets, numbers, latitude, longitude, tokens, forms = row
    # The marked tokens of the title stand last, behind every plain one.
    plain, _, titled = f" {tokens}".partition(f" {TITLE_MARK}")
    fields = {
        "pk": pk,
        "a": " ".join((plain, *(titled.replace(TITLE_MARK, ""),) * (TITLE_WEIGHT - 1))),
        "g": " ".join(map(_pieces, forms.split())),
        "s": forms,
        "f": facets,
        "n": numbers,
    }
    if latitude is not None:
        fields["loc"] = {"lat": latitude, "lon": longitude}
    return fields


@ProcessCache.of_calls(100_000)
def _pieces(form: str) -> str:
    return " ".join(grams_of_word(form))


def _body(body: Any) -> tuple[str | None, str]:
    """A list is sent as lines of JSON, anything else as one JSON text."""
    if body is None:
        return None, "application/json"
    if isinstance(body, list):
        return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in body), "application/x-ndjson"
    return json.dumps(body), "application/json"


def _elasticsearch(url: str, options: dict[str, Any]) -> Asking:
    from elasticsearch import Elasticsearch

    client = Elasticsearch(url, max_retries=0, retry_on_timeout=False, **options)

    def ask(method: str, path: str, body: Any, seconds: float) -> Any:
        text, kind = _body(body)
        compatible = kind.replace("application/", "application/vnd.elasticsearch+") + "; compatible-with=9"
        headers = {"accept": "application/vnd.elasticsearch+json; compatible-with=9", "content-type": compatible}
        answer = client.options(request_timeout=seconds).perform_request(method, path, headers=headers, body=text)
        return answer.body

    return ask


def _opensearch(url: str, options: dict[str, Any]) -> Asking:
    from opensearchpy import OpenSearch

    client = OpenSearch(url, max_retries=0, retry_on_timeout=False, pool_maxsize=CONNECTIONS, **options)

    def ask(method: str, path: str, body: Any, seconds: float) -> Any:
        text, kind = _body(body)
        return client.transport.perform_request(
            method, path, params={"request_timeout": seconds}, headers={"content-type": kind}, body=text
        )

    return ask
