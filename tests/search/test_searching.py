"""The one search function on whichever database the tests run: words, filters, counts, orders and upkeep."""

import pytest
from django.db import transaction

from search.filters import Filters, Near, Range
from search.index.descriptions import Document
from search.index.entries import entry_of
from search.models import Concept
from search.query.names import forget_names
from search.query.requests import Similar
from search.searching import search
from search.storage import lists
from search.storage.configured import database_storage
from search.storage.database import DatabaseStorage
from tests.search.conftest import DAY, KIND, POSTINGS

pytestmark = pytest.mark.django_db
JOENSUU = Filters(any_of={"municipality": frozenset({"Joensuu"})})


def test_title_counts_more_than_body(keys):
    assert keys("siivous")[:2] == [1, 2]


def test_every_word_must_be_there_when_many_match(postings):
    more = [Document(pk=pk, title="Siivooja Joensuussa") for pk in range(100, 115)]
    database_storage().write(KIND, [entry_of(document) for document in more])
    results = search(postings, "siivooja joensuu", similar=Similar.NEVER, limit=50)
    assert results.total == 16
    assert not results.relaxed
    assert 2 not in results.pks


def test_where_none_has_all_words_those_with_some_count_and_it_is_said(postings):
    results = search(postings, "siivooja kahvila kitee")
    assert results.relaxed
    assert {1, 2, 4} <= set(results.pks)
    # Whatever is chosen: a limit never adds hits.
    assert search(postings, "siivooja kahvila kitee", JOENSUU).total <= results.total


def test_part_that_every_text_has_is_no_match_alone(postings):
    more = [Document(pk=pk, title=f"Työ {pk}", body="Hyvää työtä.") for pk in range(100, 130)]
    more.append(Document(pk=200, title="Polttopuiden tekijä", body="Työtä metsässä."))
    database_storage().write(KIND, [entry_of(document) for document in more])
    results = search(postings, "metsätyö", limit=50)
    assert results.pks[0] == 200
    assert results.total == 1
    assert search(postings, "työ", limit=50).total > 30


def test_text_with_both_words_comes_before_a_shorter_one_with_the_rarer(postings):
    long = "Autat vieraita ja järjestät tiloja. " * 3
    more = [Document(pk=pk, title="Apulainen", body="Työpaikka on Liperissä.") for pk in range(100, 106)]
    more.append(Document(pk=200, title="Myyjä", body="Puutarha."))
    more.append(Document(pk=201, title="Myyjä", body=f"{long} Puutarha on Liperissä."))
    database_storage().write(KIND, [entry_of(document) for document in more])
    assert search(postings, "puutarha liperi", similar=Similar.INSTEAD).pks == [201]


def test_number_is_never_taken_for_a_word(postings):
    results = search(postings, "80100")
    assert results.pks == []
    assert results.replaced == {}


def test_work_that_another_language_calls_the_same_is_found(postings):
    database_storage().write(KIND, [entry_of(Document(pk=100, title="Siistijä"))])
    assert 100 in search(postings, "siivooja").pks
    assert 100 in search(postings, "städare", language="sv").pks


def test_similar_texts_follow_without_being_counted(postings):
    more = [Document(pk=pk, title="Kahvilan hoitaja") for pk in range(100, 115)]
    database_storage().write(KIND, [entry_of(document) for document in more])
    results = search(postings, "kahvila hoitaja", limit=50)
    assert results.total == 15
    assert results.listed > results.total
    assert results.pks[:15] == sorted(range(100, 115), reverse=True)


def test_what_is_not_listed_is_found_in_the_admin_alone(keys):
    assert 5 not in keys("salainen siivooja")
    assert 5 in keys("salainen siivooja", listed_only=False)


def test_phrase_and_excluded_word(keys):
    assert keys('"siivoat salin"') == [2]
    assert keys('"salin siivoat"') == []
    assert 2 not in keys("siivous -kahvila")
    assert keys("-kahvila", order=("closes",)) == [3, 1]


def test_marked_names_are_words(keys):
    assert keys("C++") == [4]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (JOENSUU, [4, 1]),
        (Filters(any_of={"municipality": frozenset({"Joensuu", "Kitee"})}), [4, 3, 1]),
        (Filters(all_of={"without": frozenset({"lifting", "standing"})}), [1]),
        (Filters(none_of={"field": frozenset({"kitchen"})}), [3, 1]),
        (Filters(within={"municipality": frozenset({"Joensuu", "Kitee"})}), [4, 3, 1]),
        (
            Filters(
                any_of={"municipality": frozenset({"Joensuu", "Kitee"})},
                within={"municipality": frozenset({"Joensuu", "Kontiolahti"})},
            ),
            [4, 1],
        ),
        (Filters(within={"municipality": frozenset()}), []),
        (Filters(ranges={"closes": Range(at_least=2 * DAY, at_most=3 * DAY)}), [3, 1]),
        (Filters(ranges={"nothing": Range(at_least=1)}), []),
        (Filters(near=Near(62.601, 29.763, 25)), [2, 1]),
        (Filters(any_of={"municipality": frozenset({"Nowhere"})}), []),
    ],
)
def test_filters(keys, filters, expected):
    assert keys("", filters, order=()) == expected


def test_what_is_within_limits_the_count_of_its_own_facet_too(postings):
    filters = Filters(
        any_of={"municipality": frozenset({"Kitee"})}, within={"municipality": frozenset({"Joensuu", "Kitee"})}
    )
    assert search(postings, "", filters, facets=("municipality",)).facets["municipality"] == {"Joensuu": 2, "Kitee": 1}


def test_filters_and_text_narrow_together(keys):
    assert keys("siivous", JOENSUU) == [1]


@pytest.mark.parametrize(
    ("order", "expected"),
    [(("closes",), [2, 3, 1, 4]), (("-published",), [2, 1, 4, 3]), (("fairness",), [3, 2, 1, 4])],
)
def test_order_without_text(keys, order, expected):
    assert keys("", order=order) == expected


def test_nearest_first(keys):
    near = Filters(near=Near(62.601, 29.763, 100))
    assert keys("", near, order=("distance",)) == [1, 2, 3]


def test_ties_of_relevance_are_broken_by_the_next_name(postings):
    twins = [Document(pk=pk, title="Tanssinopettaja", numbers={"fairness": pk % 3}) for pk in (200, 201, 202)]
    database_storage().write(KIND, [entry_of(document) for document in twins])
    results = search(postings, "tanssinopettaja", order=("relevance", "fairness"))
    assert results.pks[:3] == [201, 202, 200]


def test_facets_count_under_all_other_filters(postings):
    results = search(postings, "", JOENSUU, order=("closes",), facets=("municipality", "field"))
    assert results.facets["municipality"] == {"Joensuu": 2, "Kontiolahti": 1, "Kitee": 1}
    assert results.facets["field"] == {"house": 1, "kitchen": 1}


def test_ranges_are_counted(postings):
    limits = {"new": ("published", Range(at_least=2 * DAY))}
    assert search(postings, "", counted_ranges=limits).range_counts == {"new": 3}


def test_pages_hold_every_hit_once(postings):
    more = [Document(pk=pk, title="Siivooja", body="hoitaja " * (pk % 7)) for pk in range(1000, 1400)]
    database_storage().write(KIND, [entry_of(document) for document in more])
    pages = [search(postings, "siivooja", offset=at, limit=20).pks for at in range(0, 440, 20)]
    seen = [pk for page in pages for pk in page]
    assert len(seen) == len(set(seen)) == search(postings, "siivooja").listed


def test_unknown_word_is_replaced_by_the_nearest_and_named(postings):
    results = search(postings, "siivoja")
    assert results.replaced["siivoja"][0] == "siivooja"
    assert results.pks[0] == 1


def test_literal_search_replaces_nothing(postings):
    assert search(postings, "siivoja", literal=True).replaced == {}


@pytest.mark.parametrize("text", ["ziiwooxa", "kiivooja", "siivo"])
def test_word_further_away_is_not_guessed_at(postings, text):
    assert search(postings, text).replaced == {}


def test_word_that_names_some_work_is_not_corrected(postings):
    # One letter from "siivooja", and nobody here has the work that it names.
    database_storage().write(KIND, [entry_of(Document(pk=100, title="Hitsari"))])
    results = search(postings, "hitsaaja", similar=Similar.NEVER)
    assert results.replaced == {}


@pytest.mark.parametrize("text", ["xyzzy", "xqzwv", "qwe", "работа", "xyzzy qqqqq"])
def test_nonsense_finds_nothing_and_is_not_guessed_at(postings, text):
    results = search(postings, text)
    assert (results.pks, results.total, results.replaced) == ([], 0, {})


def test_known_word_is_not_guessed_at_when_the_filters_let_nothing_through(postings):
    results = search(postings, "siivooja", Filters(any_of={"municipality": frozenset({"Nurmes"})}))
    assert (results.pks, results.replaced) == ([], {})


@pytest.mark.parametrize(("text", "language"), [("cleaner", "en"), ("städare", "sv")])
def test_other_languages_find_finnish_texts(postings, text, language):
    assert search(postings, text, language=language).pks[0] == 1


def test_name_of_a_group_stands_for_the_work_in_it(postings):
    group = "http://data.europa.eu/esco/isco/C91"
    Concept.objects.create(uri=group, label_fi="Puhdistusalan väki", label_sv="Städyrken", label_en="Cleaning trades")
    Concept.objects.create(uri="http://data.europa.eu/esco/occupation/1", broader=group, label_fi="lumityöntekijä")
    forget_names()
    try:
        assert search(postings, "puhdistusalan väki").pks[0] == 3
        assert search(postings, "puhdistusalan väki", hierarchy=False, guess=False).pks == []
    finally:
        forget_names()


def test_changed_and_removed_objects(postings, keys):
    storage = database_storage()
    storage.write(KIND, [entry_of(Document(pk=1, title="Maalari", facets={"municipality": ["Kitee"]}))])
    assert 1 not in keys("siivous")
    assert keys("maalari") == [1]
    storage.remove(KIND, [1])
    assert search(postings, "", facets=("municipality",)).facets["municipality"]["Kitee"] == 1


def test_undone_changes_are_not_remembered(postings, keys):
    with transaction.atomic():
        database_storage().write(KIND, [entry_of(Document(pk=9, title="Maalari"))])
        assert keys("maalari") == [9]
        transaction.set_rollback(True)
    assert 9 not in keys("maalari", listed_only=False)


def test_rebuild_takes_in_what_changed_meanwhile(postings, keys):
    storage = database_storage()

    def chunks():
        yield [entry_of(Document(pk=1, title="Vanha nimi"))]
        storage.write(KIND, [entry_of(Document(pk=1, title="Uusi muurari"))])

    fresh = [entry_of(Document(pk=1, title="Uusi muurari"))]
    assert storage.rebuild(KIND, chunks(), "test", again=lambda pks: fresh) == 1
    assert keys("muurari") == [1]
    assert keys("siivooja") == [] or search(postings, "siivooja").replaced


@pytest.mark.parametrize("most", [1, 40, 10**6])
def test_rebuild_gathers_no_more_than_it_may_and_finds_the_same(postings, keys, monkeypatch, most):
    storage, entries, gathered = database_storage(), [entry_of(document) for document in POSTINGS], []
    monkeypatch.setattr(lists, "MOST_GATHERED_KEYS", most)
    write = storage.write_lists
    monkeypatch.setattr(storage, "write_lists", lambda table, filling: gathered.append(write(table, filling)))
    counted = dict(storage.token_counts(storage.live_table(storage.state(KIND))))
    storage.rebuild(KIND, [[entry] for entry in entries], "test")
    assert len(gathered) == 1 if most > len(POSTINGS) * 100 else len(gathered) > 1
    assert keys("siivooja")[0] == 1
    assert set(keys("siivous", listed_only=False)) >= {1, 2, 5}
    assert dict(storage.token_counts(storage.live_table(storage.state(KIND)))) == counted


def test_index_that_was_never_made_is_empty(db):
    results = search("tests.nothing", "siivooja", facets=("field",))
    assert (results.pks, results.total) == ([], 0)


STRANGE = ['"', '""', "*", "\0", "-", "- -", "ja", "c++", "🙂", "работа", "عمل", "' OR 1=1", "NEAR(a b)", "a:b", "("]


@pytest.mark.parametrize("text", [*STRANGE, "sana " * 10_000, "x" * 5000])
def test_strange_text_is_answered(postings, text):
    assert search(postings, text, facets=("field",)).total >= 0


def test_database_that_lacks_an_answer_is_no_store():
    class Half(DatabaseStorage):
        def delete(self, table, pks):
            """One of seven."""

    with pytest.raises(TypeError, match="abstract"):
        Half()
