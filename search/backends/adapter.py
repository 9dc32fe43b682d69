"""What Wagtail asks of a search backend, answered from our index. Filters stay with the queryset, in SQL."""

import json

from django.db import connection
from django.db.models import Count
from django.db.models.expressions import RawSQL
from modelsearch.backends.base import (
    BaseIndex,
    BaseSearchBackend,
    BaseSearchQueryCompiler,
    BaseSearchResults,
    FilterFieldError,
)
from modelsearch.query import And, Boost, MatchAll, Not, Or, Phrase, PlainText

from search.analysis import analyser_for, fingerprint
from search.engine.tasks import ask_for
from search.index.descriptions import kind_of, texts_of
from search.index.objects import entries_for, entries_of
from search.query.parsing import LONGEST_QUERY, MOST_WORDS
from search.query.requests import Request, Similar
from search.ranking import database
from search.searching import analysers_of, read_query
from search.storage.configured import database_storage

# The admin never pages further than this; a search that matches more is cut at its best.
MOST_RESULTS = 10_000


class Index(BaseIndex):
    """The index of one root model, as Wagtail's own indexing sees it."""

    def __init__(self, backend, model):
        super().__init__(backend)
        self.kind = kind_of(model)

    def get_key(self):
        return self.kind

    def add_items(self, model, items):
        """Index these objects. The search engine, where there is one, follows by the numbers of the changes."""
        storage = database_storage()
        storage.write(self.kind, entries_of(items, storage.analysis(self.kind)))
        ask_for(self.kind)

    def delete_item(self, item):
        database_storage().remove(self.kind, [item.pk])
        ask_for(self.kind)

    def reset(self):
        database_storage().rebuild(self.kind, [], fingerprint())


class Rebuilder:
    """Wagtail's `update_index`: objects are collected into a new generation, which is made live at the end."""

    def __init__(self, index):
        self.index = index
        self.collected = []

    def start(self):
        return self

    def add_model(self, model):
        """Nothing to prepare: one table takes every model of a root."""

    def add_items(self, model, items):
        self.collected += [item.pk for item in items]

    def finish(self):
        kind, size = self.index.kind, 1000
        chunks = (entries_for(kind, self.collected[at : at + size]) for at in range(0, len(self.collected), size))
        database_storage().rebuild(kind, chunks, fingerprint(), again=lambda pks: entries_for(kind, pks))


class Compiler(BaseSearchQueryCompiler):
    """Turns Wagtail's query objects into keys with scores."""

    DEFAULT_OPERATOR = "and"
    HANDLES_ORDER_BY_EXPRESSIONS = True
    last_is_prefix = False

    def check(self):
        """Any filter and order will do, since both run in the database."""

    @property
    def kind(self):
        return kind_of(self.queryset.model)

    def matching(self):
        """The score of every matching key; None when everything matches."""
        scores = self._matching(self.query)
        return self._within_fields(scores) if self.fields and scores else scores

    def _matching(self, query):
        if isinstance(query, MatchAll):
            return None
        if isinstance(query, Boost):
            scores = self._matching(query.subquery)
            return scores and {pk: score * query.boost for pk, score in scores.items()}
        if (text := _as_one_text(query)) is not None:
            return self._found(text)
        if isinstance(query, Or):
            return _any_of([self._matching(subquery) for subquery in query.subqueries])
        if isinstance(query, (And, Not)):
            return self._all_of(getattr(query, "subqueries", [query]))
        return self._plain(query)

    def _plain(self, query):
        """A text of words; unknown kinds of query are read as their text."""
        text = getattr(query, "query_string", "")
        if isinstance(query, PlainText) and query.operator == "or":
            return _any_of([self._found(word) for word in text[:LONGEST_QUERY].split()[:MOST_WORDS]]) or {}
        return self._found(text)

    def _all_of(self, subqueries):
        wanted = [self._matching(query) for query in subqueries if not isinstance(query, Not)]
        unwanted = [self._matching(query.subquery) for query in subqueries if isinstance(query, Not)]
        if any(scores is None for scores in unwanted):
            return {}
        limiting = [scores for scores in wanted if scores is not None]
        keys = set.intersection(*map(set, limiting)) if limiting else self._every_key()
        keys = keys.difference(*unwanted)
        return {pk: sum(scores[pk] for scores in limiting) for pk in keys}

    def _every_key(self):
        return set(self.queryset.order_by().values_list("pk", flat=True)[:MOST_RESULTS])

    def _found(self, text):
        storage = database_storage()
        state = storage.state(self.kind)
        query = read_query(text, storage, state, analysers_of(storage, state), last_is_prefix=self.last_is_prefix)
        if not query:
            return {}
        request = Request(self.kind, query, limit=MOST_RESULTS, similar=Similar.NEVER, relax=False, listed_only=False)
        hits = database.find(request)
        return {pk: hits.scores.get(pk, 0.0) for pk in hits.pks}

    def _within_fields(self, scores):
        """Of these the objects in which each word stands in one of the fields named."""
        fields = [field for field in self.queryset.model.get_search_fields() if field.field_name in self.fields]
        analyser = analyser_for("fi")
        text = " ".join(_texts_of_query(self.query))
        groups = [set(group.exact) for group in analyser.query_groups(text)]
        kept = {}
        for obj in self.queryset.order_by().filter(pk__in=list(scores)[:MOST_RESULTS]):
            tokens = {token for _, value in texts_of(obj, fields) for token in analyser.index_tokens(value)}
            if all(self._holds(tokens, group) for group in groups):
                kept[obj.pk] = scores[obj.pk]
        return kept

    def _holds(self, tokens, group):
        if self.last_is_prefix:
            return any(token.startswith(wanted) for token in tokens for wanted in group)
        return bool(tokens & group)


class AutocompleteCompiler(Compiler):
    """The same while the last word is being typed."""

    last_is_prefix = True


def _any_of(results):
    if any(scores is None for scores in results):
        return None
    together: dict[int, float] = {}
    for scores in results:
        for pk, score in scores.items():
            together[pk] = together.get(pk, 0.0) + score
    return together


def _as_one_text(query):
    """What somebody types to ask for this: a phrase, or words and phrases that must all be there; else None.

    One text is one search, of which the reader of queries takes no more than a person would write.
    """
    waiting, texts = [query], []
    while waiting:
        part = waiting.pop()
        if isinstance(part, And):
            waiting += reversed(part.subqueries)
        elif isinstance(part, Phrase):
            texts.append(f'"{part.query_string.replace(chr(34), " ")}"')
        elif isinstance(part, PlainText) and part.operator == "and" and part.boost == 1:
            texts.append(part.query_string)
        else:
            return None
    return " ".join(texts)


def _texts_of_query(query):
    for subquery in getattr(query, "subqueries", None) or filter(None, [getattr(query, "subquery", None)]):
        yield from _texts_of_query(subquery)
    if text := getattr(query, "query_string", ""):
        yield text


class Results(BaseSearchResults):
    """Objects of the queryset that match, in the order of relevance or in the queryset's own."""

    supports_facet = True

    def _scores(self):
        if not hasattr(self, "_kept_scores"):
            self._kept_scores = self.query_compiler.matching()
        return self._kept_scores

    def _clone(self):
        clone = super()._clone()
        if hasattr(self, "_kept_scores"):
            clone._kept_scores = self._kept_scores
        return clone

    def _matching(self):
        queryset, scores = self.query_compiler.queryset, self._scores()
        return queryset if scores is None else queryset.filter(pk__in=_keys(list(scores)))

    def _do_count(self):
        return self._matching().order_by().count()

    def _do_search(self):
        matching, scores = self._matching(), self._scores()
        window = slice(self.start, self.stop)
        if scores is None or not self.query_compiler.order_by_relevance:
            return list((matching if matching.ordered else matching.order_by("-pk"))[window])
        allowed = matching.order_by().values_list("pk", flat=True)
        best = sorted(allowed, key=lambda pk: (-scores[pk], -pk))[window]
        objects = {obj.pk: obj for obj in self._with_scores(self.query_compiler.queryset, scores, best)}
        return [objects[pk] for pk in best if pk in objects]

    def _with_scores(self, queryset, scores, pks):
        for obj in queryset.order_by().filter(pk__in=pks):
            if self._score_field:
                setattr(obj, self._score_field, scores[obj.pk])
            yield obj

    def facet(self, field_name):
        if self.query_compiler._get_filterable_field(field_name) is None:
            raise FilterFieldError(f"{field_name} is not a FilterField.", field_name=field_name)
        counts = self._matching().order_by().values_list(field_name).annotate(n=Count("pk")).order_by("-n", field_name)
        return dict(counts)


def _keys(pks):
    """A subquery of these keys: one parameter, however many there are."""
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::bigint[])", [pks])
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(pks)])


class DatabaseBackend(BaseSearchBackend):
    """The backend of both databases."""

    query_compiler_class = Compiler
    autocomplete_query_compiler_class = AutocompleteCompiler
    results_class = Results
    rebuilder_class = Rebuilder

    def get_index_for_model(self, model):
        return Index(self, model)
