"""Wagtail's own searches on our index: pages, snippets of text, autocomplete, filters, phrases and combinations."""

import pytest
from modelsearch.query import And, Boost, Not, Or, Phrase, PlainText
from modelsearch.utils import parse_query_string
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from portal.settings.search import backends_from_environment
from search.index.updating import index_objects
from search.ranking import database

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages():
    root = Page.objects.get(depth=1)
    titles = ["Siivoojan työ", "Keittiöapulainen Joensuussa", "Kahvilan keittiö", "Metsuri Kiteellä"]
    made = {title: root.add_child(instance=Page(title=title, slug=f"sivu-{at}")) for at, title in enumerate(titles)}
    index_objects("wagtailcore.page", [page.pk for page in made.values()])
    return made


def titles(results):
    return [page.title for page in results]


def test_search_finds_other_forms_and_parts(pages):
    assert titles(Page.objects.search("siivooja")) == ["Siivoojan työ"]
    assert set(titles(Page.objects.search("keittiöt"))) == {"Kahvilan keittiö", "Keittiöapulainen Joensuussa"}
    assert titles(Page.objects.search("Kitee")) == ["Metsuri Kiteellä"]


def test_search_keeps_the_filters_of_the_queryset(pages):
    kept = Page.objects.exclude(pk=pages["Kahvilan keittiö"].pk)
    assert titles(kept.search("keittiö")) == ["Keittiöapulainen Joensuussa"]


def test_autocomplete_completes_the_last_word(pages):
    assert titles(Page.objects.autocomplete("metsu")) == ["Metsuri Kiteellä"]
    assert titles(Page.objects.autocomplete("keittiö joe")) == ["Keittiöapulainen Joensuussa"]


def test_count_slice_and_score(pages):
    results = Page.objects.search("keittiö").annotate_score("score")
    assert results.count() == 2
    assert len(results[:1]) == 1
    assert results[0].score > 0


def test_queryset_order_is_kept_when_asked(pages):
    ordered = Page.objects.order_by("title").search("keittiö", order_by_relevance=False)
    assert titles(ordered) == ["Kahvilan keittiö", "Keittiöapulainen Joensuussa"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Phrase("kahvilan keittiö"), {"Kahvilan keittiö"}),
        (Phrase("keittiö kahvilan"), set()),
        (And([PlainText("keittiö"), Not(PlainText("kahvila"))]), {"Keittiöapulainen Joensuussa"}),
        (Or([PlainText("metsuri"), PlainText("siivooja")]), {"Metsuri Kiteellä", "Siivoojan työ"}),
        (PlainText("metsuri siivooja", operator="or"), {"Metsuri Kiteellä", "Siivoojan työ"}),
        (Boost(PlainText("metsuri"), 2), {"Metsuri Kiteellä"}),
    ],
)
def test_query_objects(pages, query, expected):
    assert set(titles(Page.objects.search(query))) == expected


def test_facet_counts_values(pages):
    assert Page.objects.search("keittiö").facet("content_type_id") == {pages["Kahvilan keittiö"].content_type_id: 2}


def test_fields_limit_where_words_stand(pages):
    assert titles(Page.objects.search("metsuri", fields=["title"])) == ["Metsuri Kiteellä"]


def test_deleted_page_is_no_longer_found(pages):
    pages["Siivoojan työ"].delete()
    assert not Page.objects.search("siivooja")


@pytest.mark.parametrize(
    "text", ['"', "*", "\0", "- -", "AND OR NOT", "ja", "C++", "🙂", "работа", "عمل", "a " * 10_000]
)
def test_strange_text_is_answered(pages, text):
    backend = get_search_backend()
    assert list(backend.search(text, Page)) is not None
    assert list(backend.autocomplete(text, Page)) is not None


@pytest.mark.parametrize(
    ("addresses", "backend"),
    [
        (("", ""), "search.backends.sqlite"),
        (("sqlite:///x", ""), "search.backends.sqlite"),
        (("postgres://u@h/d", ""), "search.backends.postgresql"),
        (("", "opensearch+http://localhost:9200"), "search.backends.elasticsearch"),
    ],
)
def test_backend_is_chosen_by_the_environment(addresses, backend):
    assert backends_from_environment(*addresses)["default"]["BACKEND"] == backend


def test_unknown_search_address_is_refused():
    with pytest.raises(ValueError, match="SEARCH_URL"):
        backends_from_environment("", "http://localhost:9200")


def test_words_and_phrases_together_are_one_search(pages):
    assert titles(Page.objects.search(And([Phrase("kahvilan keittiö"), PlainText("keittiö")]))) == ["Kahvilan keittiö"]
    assert titles(Page.objects.search(And([Phrase("kahvilan keittiö"), PlainText("metsuri")]))) == []
    assert titles(Page.objects.search(And([Phrase("keittiö kahvilan")]))) == []


def test_no_more_of_a_query_is_read_than_a_person_would_write(pages, monkeypatch):
    asked = []
    find = database.find
    monkeypatch.setattr(database, "find", lambda request: asked.append(request) or find(request))
    _, query = parse_query_string(" ".join(f'"siivoojan työ{at}"' for at in range(400)))
    list(Page.objects.search(query))
    assert len(asked) == 1
    list(Page.objects.search(" ".join(f"työ{at}" for at in range(400)), operator="or"))
    assert len(asked) <= 1 + 20
