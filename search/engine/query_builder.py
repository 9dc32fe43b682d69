"""A request said in the words of Elasticsearch and OpenSearch, and their answers read."""

from collections.abc import Collection, Iterable, Mapping
from copy import copy
from dataclasses import replace
from typing import Any, Self

from search.analysis.folding import grams_of_word
from search.filters import Filters, Range
from search.query.parsing import QueryWord
from search.query.requests import DISTANCE, LISTED_AT_LEAST, RELEVANCE, Request, Similar
from search.ranking.scores import GRAM_WEIGHT, RERANKED
from search.ranking.tokens import RELATED_WEIGHT, coordination, idf, token_weights

# Counts beyond this are said as "more than": counting on would cost time and tell nobody anything.
MOST_COUNTED = 10_000
MOST_VALUES = 400
# In an index of so many texts a second count costs less than a second round trip.
CHEAP_TO_COUNT = 10_000
# The engine pages no further than this from the start.
DEEPEST = 10_000


class QueryBuilder:
    """The searches of one request: the page itself, and beside it the counts, each facet without its own choice."""

    def __init__(
        self, request: Request, frequencies: Mapping[str, int], total: int, usual: Collection[str] = ()
    ) -> None:
        """`frequencies` say how many of `total` texts hold each token; `usual` ones do not rank as related words."""
        self.request = request
        self.query = request.query
        self.is_relaxed = False
        self._frequencies, self._total = frequencies, total
        self._weights = token_weights(request.query.words, frequencies, total)
        self._coordination = coordination(request.query.words, self._weights)
        # A token may be too usual to rank by, and make a match all the same.
        self._all_rank = {
            token for token in request.query.exact_tokens if frequencies.get(token)
        } <= self._weights.keys()
        left_out = {*self._weights, *usual}
        self._related = [token for token in request.query.related if token not in left_out and frequencies.get(token)]
        chosen = request.filters.chosen()
        self._free = [facet for facet in request.facets if facet not in chosen]
        self._chosen = [facet for facet in request.facets if facet in chosen]

    @property
    def is_by_relevance(self) -> bool:
        return bool(self.query.words) and RELEVANCE in self.request.order

    @property
    def goes_on_to_similar(self) -> bool:
        """Whether the page is asked by any of the words, as those that only resemble are listed too."""
        return self.is_by_relevance and self.request.similar == Similar.BESIDE and not self.query.phrases

    def besides(self) -> Self:
        """The same request where texts that only resemble are listed too."""
        besides = copy(self)
        besides.request = replace(self.request, similar=Similar.BESIDE)
        return besides

    @property
    def may_relax(self) -> bool:
        """Whether texts with any of the words are hits where none has all."""
        return bool(self.request.relax and self.query.words and not self.query.phrases)

    @property
    def is_narrowed(self) -> bool:
        """Whether somebody chose limits: what the words alone find must then be counted beside."""
        return self.may_relax and self.request.filters != self.request.unchosen

    def is_likely_to_relax(self) -> bool:
        """Whether no text may have every word: then the relaxed page is asked for along with the strict one.

        So where that is cheap, and where a word is known to be in no text at all.
        """
        is_counted = bool(self._frequencies) and not any(word.is_prefix for word in self.query.words)
        least = min(map(self._most_having, self.query.words), default=0)
        return self.may_relax and is_counted and (self._total <= CHEAP_TO_COUNT or not least)

    def _most_having(self, word: QueryWord) -> int:
        """No more texts than this can have a word."""
        ways = [(*word.whole, *word.kin), *(group for alternative in word.alternatives for group in alternative[:1])]
        return sum(self._frequencies.get(token, 0) for tokens in ways for token in tokens)

    def relaxed(self) -> Self:
        """The same request where a text with any of the words matches."""
        relaxed = copy(self)
        relaxed.is_relaxed = True
        return relaxed

    # Searches

    def page(self) -> dict[str, Any]:
        """The page of hits; where similar ones follow, everything from the first to the page's end."""
        offset, limit = self.request.offset, self.request.limit
        if self.goes_on_to_similar:
            offset, limit = 0, min(self.request.offset + limit, LISTED_AT_LEAST)
            if self.request.offset + self.request.limit > LISTED_AT_LEAST:
                limit = LISTED_AT_LEAST
        return self._page(self._scored(any_word=self.goes_on_to_similar), offset, limit)

    def beyond(self, pks: list[int]) -> dict[str, Any]:
        """The part of the page that lies behind the first hundred, which have these keys."""
        offset = max(self.request.offset - LISTED_AT_LEAST, 0)
        limit = self.request.offset + self.request.limit - max(self.request.offset, LISTED_AT_LEAST)
        query = self._scored(any_word=False)
        query["bool"].pop("should", None)
        query["bool"]["must_not"] = [*query["bool"].get("must_not", []), {"terms": {"pk": pks}}]
        return self._page(query, offset, limit)

    def _page(self, query: dict[str, Any], offset: int, limit: int) -> dict[str, Any]:
        offset = min(offset, DEEPEST)
        page = {
            "from": offset,
            "size": max(min(limit, DEEPEST - offset), 0),
            "_source": False,
            "stored_fields": "_none_",
            "docvalue_fields": ["pk"],
            "track_total_hits": LISTED_AT_LEAST + 1,
            "query": query,
        }
        pieces = query["bool"].get("should")
        if pieces and self.request.order == (RELEVANCE,) and offset + limit <= RERANKED:
            # Pieces stand in very many texts: they are looked at in the best few hundred alone, as in the database.
            matching = {name: clauses for name, clauses in query["bool"].items() if name != "should"}
            reordered = {"rescore_query": {"bool": {"should": pieces}}, "query_weight": 1, "rescore_query_weight": 1}
            return {**page, "query": {"bool": matching}, "rescore": {"window_size": RERANKED, "query": reordered}}
        return {**page, "sort": self._sort()}

    def count_of_all(self) -> dict[str, Any]:
        """How many texts have every word, whatever is chosen."""
        filters = [*self._filters(self.request.unchosen), *self._every_word()]
        return {**self._count({"filter": filters, "must_not": self._excluded()}, {}), "terminate_after": 1}

    def counts(self) -> list[dict[str, Any]]:
        """One search for the total and every facet without a choice, and one for each facet with one."""
        aggregations = {facet: _values(facet) for facet in self._free}
        for name, (number, limits) in self.request.counted_ranges.items():
            aggregations[f"range {name}"] = {"filter": _range(number, limits)}
        searches = [self._count(self._matching(), aggregations)]
        for facet in self._chosen:
            searches.append(self._count(self._matching(without=facet), {facet: _values(facet)}))
        return searches

    @staticmethod
    def _count(filters: dict[str, Any], aggregations: dict[str, Any]) -> dict[str, Any]:
        return {
            "size": 0,
            "track_total_hits": True,
            "terminate_after": MOST_COUNTED,
            "query": {"bool": filters},
            "aggs": aggregations,
        }

    # Queries

    def _matching(self, without: str | None = None) -> dict[str, Any]:
        """What a hit must be, without scores."""
        filters = [*self._filters(self.request.filters, without), *self._text_filters()]
        return {"filter": filters, "must_not": self._excluded()}

    def _text_filters(self) -> list[dict[str, Any]]:
        if self.is_relaxed:
            return [_any(_terms(self.query.exact_tokens))]
        return self._every_word() + self._phrases()

    def _every_word(self) -> list[dict[str, Any]]:
        return [self._word(word) for word in self.query.words]

    def _phrases(self) -> list[dict[str, Any]]:
        return [{"match_phrase": {"s": phrase}} for phrase in self.query.phrases]

    def _scored(self, *, any_word: bool) -> dict[str, Any]:
        """What a hit must be, scored by every token and, a little, by the pieces of the forms."""
        if not self.is_by_relevance:
            return {"bool": self._matching()}
        grams = dict.fromkeys(gram for word in self.query.words for form in word.spelt for gram in grams_of_word(form))
        completed = [{"prefix": {"a": word.form}} for word in self.query.words if word.is_prefix]
        related = [{"term": {"a": {"value": token, "boost": RELATED_WEIGHT}}} for token in self._related]
        ranked: list[dict[str, Any]] = [
            {"term": {"a": {"value": token, "boost": self._boost(token)}}} for token in self._weights
        ]
        tokens = [*ranked, *completed, *related]
        if not self._all_rank:
            tokens.append(_worth(0, self._text_filters()))
        if self._coordination:
            tokens.append(_worth(self._coordination, self._every_word()))
        filters = self._filters(self.request.filters) if any_word else self._matching()["filter"]
        return {
            "bool": {
                "must": [_any(tokens)],
                "should": [{"term": {"g": {"value": gram, "boost": GRAM_WEIGHT}}} for gram in grams],
                "filter": [*filters, *self._phrases()],
                "must_not": self._excluded(),
            }
        }

    def _boost(self, token: str) -> float:
        """What the token weighs beside the idf that the engine itself reckons."""
        return self._weights[token] / (idf(self._frequencies.get(token, 0), self._total) or 1.0)

    def _word(self, word: QueryWord) -> dict[str, Any]:
        """The word itself, or all of one of its alternatives."""
        ways = _terms([*word.whole, *word.kin])
        for alternative in word.alternatives:
            ways.append({"bool": {"filter": [_any(_terms(group)) for group in alternative]}})
        if word.is_prefix:
            ways.append({"prefix": {"a": word.form}})
        return _any(ways)

    def _excluded(self) -> list[dict[str, Any]]:
        phrases = [{"match_phrase": {"s": phrase}} for phrase in self.query.excluded_phrases]
        return [self._word(word) for word in self.query.excluded] + phrases

    def _filters(self, wanted: Filters, without: str | None = None) -> list[dict[str, Any]]:
        clauses: list[dict] = [{"term": {"n.listed": 1}}] if self.request.listed_only else []
        clauses += [_range(name, limits) for name, limits in wanted.ranges.items()]
        for facet, values in wanted.all_of.items():
            clauses += [{"term": {f"f.{facet}": value}} for value in sorted(values)]
        for facet, values in wanted.chosen().items():
            if facet != without:
                clauses.append({"terms": {f"f.{facet}": sorted(values)}})
        clauses += [{"terms": {f"f.{facet}": sorted(values)}} for facet, values in wanted.within.items()]
        for facet, values in wanted.none_of.items():
            clauses.append({"bool": {"must_not": [{"terms": {f"f.{facet}": sorted(values)}}]}})
        if wanted.near:
            place = {"lat": wanted.near.latitude, "lon": wanted.near.longitude}
            clauses.append({"geo_distance": {"distance": f"{wanted.near.radius_km}km", "loc": place}})
        return clauses

    def _sort(self) -> list[dict[str, Any]]:
        order = list(self.request.order) if self.query.words else [n for n in self.request.order if n != RELEVANCE]
        return [*(self._sort_by(name) for name in order), {"pk": "desc"}]

    def _sort_by(self, name: str) -> dict[str, Any]:
        if name == RELEVANCE:
            return {"_score": "desc"}
        near = self.request.filters.near
        if name == DISTANCE:
            place = {"lat": near.latitude, "lon": near.longitude} if near else {"lat": 0, "lon": 0}
            return {"_geo_distance": {"loc": place, "order": "asc", "ignore_unmapped": True}}
        direction = "desc" if name.startswith("-") else "asc"
        return {f"n.{name.lstrip('-')}": {"order": direction, "missing": "_last", "unmapped_type": "long"}}

    # Answers

    @staticmethod
    def total(answer: dict[str, Any]) -> tuple[int, bool]:
        """How many match, and whether counting was cut short."""
        return answer["hits"]["total"]["value"], bool(answer.get("terminated_early"))

    def facets(self, answers: list[dict[str, Any]]) -> dict[str, dict[str, int]]:
        """The counts of every facet, from the answers to `counts()`."""
        counts = {facet: _counts(answers[0], facet) for facet in self._free}
        for facet, answer in zip(self._chosen, answers[1:], strict=True):
            counts[facet] = _counts(answer, facet)
        return counts

    def range_counts(self, answer: dict[str, Any]) -> dict[str, int]:
        aggregations = answer.get("aggregations", {})
        return {name: aggregations[f"range {name}"]["doc_count"] for name in self.request.counted_ranges}


def _terms(tokens: Iterable[str]) -> list[dict[str, Any]]:
    return [{"term": {"a": token}} for token in tokens]


def _any(ways: list[dict[str, Any]]) -> dict[str, Any]:
    """Any of these queries. Without one nothing matches: an empty `bool` would match everything."""
    return {"bool": {"should": ways, "minimum_should_match": 1}} if ways else {"match_none": {}}


def _worth(boost: float, filters: list[dict[str, Any]]) -> dict[str, Any]:
    return {"constant_score": {"filter": {"bool": {"filter": filters}}, "boost": boost}}


def _values(facet: str) -> dict[str, Any]:
    return {"terms": {"field": f"f.{facet}", "size": MOST_VALUES}}


def _range(name: str, limits: Range) -> dict[str, Any]:
    ends = {"gte": limits.at_least, "lte": limits.at_most}
    return {"range": {f"n.{name}": {key: value for key, value in ends.items() if value is not None}}}


def _counts(answer: dict[str, Any], facet: str) -> dict[str, int]:
    return {bucket["key"]: bucket["doc_count"] for bucket in answer["aggregations"][facet]["buckets"]}
