"""Words without dots and as people speak, families of words, and words that tell nothing."""

import pytest

from search.analysis import analyser_for
from search.filters import Filters, Range
from search.index.descriptions import Document
from search.index.entries import entry_of
from search.query.generic import telling_parts, without_generic
from search.query.parsing import QueryWord
from search.query.requests import Similar
from search.query.writing import read_as_written
from search.ranking.tokens import selective_tokens, token_weights
from search.searching import search
from search.storage.configured import database_storage
from tests.search.conftest import KIND
from tests.voikko import needs_voikko

pytestmark = pytest.mark.django_db


def write(*titles):
    database_storage().write(KIND, [entry_of(Document(pk=at, title=title)) for at, title in enumerate(titles, 500)])


def hits(text, **wishes):
    return search(KIND, text, similar=Similar.NEVER, **wishes)


@needs_voikko
@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("elaimet", "elain"),
        ("siivoomaan", "siivota"),
        ("hommii", "homma"),
        ("pihatyot", "pihatyo"),
        ("sahkotyot", "sahkotyo"),
    ],
)
def test_a_word_without_dots_or_as_spoken_is_read_as_it_is_spelt(written, meant):
    assert meant in read_as_written(written, analyser_for("fi")).whole


@needs_voikko
@pytest.mark.parametrize("written", ["xyzzyx", "siivooja", "abc", "palloja"])
def test_other_words_are_read_as_they_stand(written):
    analyser = analyser_for("fi")
    assert read_as_written(written, analyser) == analyser.word(written)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("siistijä", "fi"),
        ("puhtaanapito", "fi"),
        ("städare", "sv"),
        ("cleaner", "en"),
        ("уборщица", "fi"),
        ("прибирання", "fi"),
    ],
)
def test_a_member_finds_its_family_in_every_language(text, language):
    write("Siivooja", "Kokki", "Puutarhuri")
    results = hits(text, language=language)
    assert results.pks == [500]
    assert not results.relaxed


def test_the_word_itself_stands_before_its_kin():
    write("Siivooja", "Siistijä", "Kokki", "Puutarhuri", "Kuljettaja")
    assert hits("siistijä").pks == [501, 500]


@needs_voikko
def test_parts_of_a_compound_must_all_be_there():
    write("Lasten kerhon hoitaja", "Kiinteistön hoitaja", "Lasten leirin apulainen")
    assert hits("lastenhoitaja").pks == [500]


def test_last_parts_that_tell_nothing_are_left_out():
    assert telling_parts(("keittio", "tyontekija")) == ("keittio",)
    assert telling_parts(("tyo",)) == ("tyo",)
    assert without_generic(["siivous", "tyo"]) == ("siivous",)
    assert without_generic(["tyo"]) == ("tyo",)


def test_in_a_small_index_no_word_is_too_usual_to_rank_by():
    word = QueryWord("siivous", ("siivous", "siivo", "siivoja"), ("3sii", "5siivo"))
    few = {"siivous": 10, "siivo": 1, "siivoja": 1, "3sii": 7, "5siivo": 1}
    assert "siivous" in selective_tokens(word, few, 35)
    assert "3sii" in selective_tokens(word, few, 35)
    assert "siivous" not in selective_tokens(word, {**few, "siivous": 200}, 1000)


def test_kin_weighs_less_than_the_word():
    word = QueryWord("siistijä", ("siistija",), kin=("siivooja",))
    weights = token_weights([word], {"siistija": 3, "siivooja": 3}, 100)
    assert 0 < weights["siivooja"] < weights["siistija"]


def test_of_several_words_only_the_unknown_is_said_to_be_replaced():
    write("Kuljettaja", "Ruoka-avun jakaja")
    assert hits("second hand kuljetaja").replaced == {"kuljetaja": ("kuljettaja",)}


def test_what_is_left_out_stays_left_out_when_a_word_is_corrected():
    write("Kuljettaja yöllä", "Kuljettaja päivällä")
    assert hits('kuljetaja -"yöllä"').pks == [501]
    assert hits("kuljetaja -yöllä").pks == [501]


def test_filters_that_nobody_chose_are_the_base_unless_one_is_told():
    """What lies outside of them keeps no search from showing texts with some of the words."""
    documents = [
        Document(pk=500, title="Siivooja kahvilaan", numbers={"closes": 1}),
        Document(pk=501, title="Siivooja", numbers={"closes": 9}),
    ]
    database_storage().write(KIND, [entry_of(document) for document in documents])
    is_open = Filters(ranges={"closes": Range(at_least=5)})
    near = search(KIND, "siivooja kahvila", is_open, similar=Similar.NEVER)
    assert (near.pks, near.relaxed) == ([501], True)
    chosen = search(KIND, "siivooja kahvila", is_open, base=Filters(), similar=Similar.NEVER)
    assert (chosen.pks, chosen.relaxed) == ([], False)
