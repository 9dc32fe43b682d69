"""Both client libraries against the engine that `make services` starts; left out where there is none."""

import os
from urllib.parse import urlsplit

import pytest
from elastic_transport import Urllib3HttpNode

from search.engine.configured import configured_engine
from search.engine.replication import lag, replicate
from search.engine.waiting import breaker
from search.filters import Filters, Near, Range
from search.index.descriptions import Document
from search.index.entries import entry_of
from search.searching import search
from search.storage.configured import database_storage
from tests.plugins import WORKER
from tests.search.conftest import DAY, KIND

ADDRESS = os.environ.get("SEARCH_URL", "")
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.network,
    pytest.mark.skipif(not ADDRESS, reason="SEARCH_URL names no engine"),
]


class CompatibleNode(Urllib3HttpNode):
    """Lets the Elasticsearch library speak to the tests' OpenSearch, which knows neither its types nor its name."""

    def perform_request(self, method, target, body=None, headers=None, request_timeout=None):
        plain = {}
        for name, value in (headers or {}).items():
            is_vendor = "vnd.elasticsearch" in value
            plain[name] = value.replace("vnd.elasticsearch+", "").split(";")[0] if is_vendor else value
        answer = super().perform_request(method, target, body=body, headers=plain, request_timeout=request_timeout)
        answer.meta.headers["x-elastic-product"] = "Elasticsearch"
        return answer


@pytest.fixture(params=["elasticsearch", "opensearch"])
def indexed(request, settings, postings):
    url = ADDRESS.split("+", 1)[1]
    engine = {"BACKEND": "search.backends.elasticsearch", "CLIENT": request.param, "URL": url}
    engine["INDEX_PREFIX"] = f"tests-{WORKER}"
    if request.param == "elasticsearch":
        engine["NODE_CLASS"] = CompatibleNode
    settings.WAGTAILSEARCH_BACKENDS = {"default": engine}
    breaker.succeeded()
    asked = configured_engine()
    asked.drop(KIND)
    follow()
    yield postings
    asked.drop(KIND)


def follow():
    replicate(KIND)
    configured_engine().refresh(KIND)


def keys(*arguments, **wishes):
    results = search(KIND, *arguments, **{"similar": False, **wishes})
    assert not results.degraded
    return results.pks


def test_address_is_understood():
    assert urlsplit(ADDRESS).scheme.split("+")[0] in {"elasticsearch", "opensearch"}


def test_text_filters_and_orders(indexed):
    assert keys("siivous")[:2] == [1, 2]
    assert keys('"siivoat salin"') == [2]
    assert 2 not in keys("siivous -kahvila")
    assert keys("", order=("closes",)) == [2, 3, 1, 4]
    assert keys("", order=("-published",)) == [2, 1, 4, 3]
    assert keys("", Filters(all_of={"without": frozenset({"lifting", "standing"})})) == [1]
    assert keys("", Filters(none_of={"field": frozenset({"kitchen"})})) == [3, 1]
    assert keys("", Filters(within={"municipality": frozenset({"Joensuu", "Kitee"})}), order=()) == [4, 3, 1]
    assert keys("", Filters(within={"municipality": frozenset()})) == []
    assert keys("", Filters(ranges={"closes": Range(2 * DAY, 3 * DAY)})) == [3, 1]
    assert keys("", Filters(near=Near(62.601, 29.763, 100)), order=("distance",)) == [1, 2, 3]
    assert 5 in keys("salainen siivooja", listed_only=False)


def test_counts_are_the_databases(indexed, settings):
    filters = Filters(any_of={"municipality": frozenset({"Joensuu"})})
    wishes = {"facets": ("municipality", "field"), "counted_ranges": {"new": ("published", Range(2 * DAY))}}
    by_engine = search(KIND, "siivous kahvila", filters, **wishes)
    settings.WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "search.backends.sqlite"}}
    by_database = search(KIND, "siivous kahvila", filters, **wishes)
    assert by_engine.facets == by_database.facets
    assert by_engine.range_counts == by_database.range_counts
    assert (by_engine.total, by_engine.relaxed) == (by_database.total, by_database.relaxed)
    assert set(by_engine.pks) == set(by_database.pks)


def test_changes_follow_and_rebuilds_swap(indexed):
    storage = database_storage()
    storage.write(KIND, [entry_of(Document(pk=7, title="Muurari"))])
    storage.remove(KIND, [1])
    assert lag() == 2
    follow()
    assert lag() == 0
    assert keys("muurari", literal=True)[0] == 7
    assert 1 not in keys("", order=("closes",))
    storage.rebuild(KIND, [[entry_of(Document(pk=8, title="Maalari"))]], "test")
    follow()
    assert keys("") == [8]
    assert len(configured_engine().indexes(KIND)) == 1


def test_pages_hold_every_hit_once(indexed):
    more = [Document(pk=pk, title="Siivooja", body="hoitaja " * (pk % 7)) for pk in range(1000, 1400)]
    database_storage().write(KIND, [entry_of(document) for document in more])
    follow()
    pages = [search(KIND, "siivooja", offset=at, limit=30).pks for at in range(0, 420, 30)]
    seen = [pk for page in pages for pk in page]
    assert len(seen) == len(set(seen)) == search(KIND, "siivooja").listed


@pytest.mark.parametrize("text", ['"', "*", "\0", "-", "🙂", "работа", "sana " * 1000])
def test_strange_text_is_answered(indexed, text):
    assert not search(KIND, text, facets=("field",)).degraded
