"""What a search is limited by, said in the engine's words."""

from search.engine.query_builder import QueryBuilder
from search.filters import Filters
from search.query.parsing import Query
from search.query.requests import Request

JOENSUU, KITEE = frozenset({"Joensuu"}), frozenset({"Kitee"})


def clauses(filters):
    """The clauses of the total, and those of the count of municipalities without their own choice."""
    builder = QueryBuilder(Request("tests.posting", Query(), filters, facets=("municipality",)), {}, 0)
    return [search["query"]["bool"]["filter"] for search in builder.counts()]


def test_what_is_within_holds_where_the_choice_itself_is_left_out():
    total, counts = clauses(Filters(any_of={"municipality": KITEE}, within={"municipality": JOENSUU}))
    within = {"terms": {"f.municipality": ["Joensuu"]}}
    assert within in total and within in counts
    assert {"terms": {"f.municipality": ["Kitee"]}} in total
    assert {"terms": {"f.municipality": ["Kitee"]}} not in counts
