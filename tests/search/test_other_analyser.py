"""An index that another analyser made: Voikko was installed or taken away since, and nobody notices."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from search.analysis import Analyser, analyser, analyser_for, fingerprint
from search.caches import ProcessCache
from search.index.descriptions import Document
from search.index.entries import entry_of
from search.index.reconciling import reconcile
from search.index.updating import index_objects
from search.models import LearntVocabulary, SearchIndex
from search.query.requests import Similar
from search.searching import search
from search.storage.configured import database_storage
from tests.search.conftest import KIND
from tests.voikko import needs_voikko

pytestmark = [
    pytest.mark.django_db,
    needs_voikko,
]
PAGES = "wagtailcore.page"
TITLES = ["Keittiöapulainen", "Kahvilan keittiö", "Keittiön siivous", "Siivousta talkoissa"]


@pytest.fixture
def without_voikko(monkeypatch):
    """From here on this machine has no Voikko."""

    def remove():
        monkeypatch.setattr(analyser.voikko, "load", lambda: None)
        ProcessCache.forget_all()

    yield remove
    ProcessCache.forget_all()


@pytest.fixture
def pages():
    root = Page.objects.get(depth=1)
    made = [root.add_child(instance=Page(title=title, slug=f"sivu-{at}")) for at, title in enumerate(TITLES)]
    index_objects(PAGES, [page.pk for page in made])
    return made


def make_by_builtin():
    """An index of the titles as a machine without Voikko makes it."""
    builtin = Analyser("fi", "builtin")
    entries = [entry_of(Document(pk=at, title=title), builtin) for at, title in enumerate(TITLES, 1)]
    made_by = " ".join([builtin.version, analyser_for("sv").version, analyser_for("en").version])
    database_storage().rebuild(KIND, [entries], made_by)


def titles(text, **wishes):
    return {TITLES[pk - 1] for pk in search(KIND, text, similar=Similar.NEVER, **wishes).pks}


def test_index_of_a_machine_without_voikko_is_read_as_it_was_made():
    make_by_builtin()
    assert titles("keittiö") >= {"Kahvilan keittiö", "Keittiön siivous"}
    assert search(KIND, "keittiö").replaced == {}


def test_what_changes_meanwhile_is_written_as_the_index_was_made(pages):
    builtin = Analyser("fi", "builtin").version
    SearchIndex.objects.filter(kind=PAGES).update(analysis=fingerprint().replace(analyser_for("fi").version, builtin))
    index_objects(PAGES, [page.pk for page in pages])
    keys = search(PAGES, "keittiö", listed_only=False, similar=Similar.NEVER).pks
    assert {pages[1].pk, pages[2].pk} <= set(keys)


def test_index_of_a_lost_voikko_is_read_by_the_words_as_written(pages, without_voikko):
    without_voikko()
    results = search(PAGES, "keittiö", listed_only=False, similar=Similar.NEVER)
    assert {page.pk for page in pages[:3]} <= set(results.pks)
    assert results.replaced == {}


@pytest.mark.parametrize("text", ["keittiö", "keittiöt", "siivous"])
def test_timed_work_rebuilds_it(pages, without_voikko, text):
    before = SearchIndex.objects.get(kind=PAGES)
    without_voikko()
    assert before.analysis != fingerprint()
    assert reconcile() >= len(pages)
    after = SearchIndex.objects.get(kind=PAGES)
    assert after.analysis == fingerprint()
    assert after.generation > before.generation
    assert LearntVocabulary.objects.filter(language="fi").exists()
    assert search(PAGES, text, listed_only=False, similar=Similar.NEVER).pks
    assert reconcile() == 0


@pytest.mark.parametrize(
    ("engine", "text", "shown"),
    [
        ("voikko", "keitiö", "keittiö"),
        ("voikko", "siivuos", "siivous"),
        ("voikko", "apulainnen", "apulainen"),
        ("builtin", "keitiu", "keittiö"),
        ("builtin", "siivuos", "siivous"),
    ],
)
def test_nobody_reads_a_token(engine, text, shown):
    if engine == "builtin":
        make_by_builtin()
    else:
        titles = enumerate(TITLES, 1)
        database_storage().write(KIND, [entry_of(Document(pk=at, title=title)) for at, title in titles])
    replaced = search(KIND, text).replaced
    assert shown in replaced[text]
    assert set(replaced[text]) <= {"apulainen", *(word.lower() for title in TITLES for word in title.split())}


def test_page_names_the_word_as_it_is_written(client):
    home = Page.objects.filter(depth=2).first() or Page.objects.get(depth=1).add_child(
        instance=Page(title="Koti", slug="koti")
    )
    page = home.add_child(instance=Page(title="Työpäivä yhdistyksessä", slug="paiva"))
    index_objects(PAGES, [page.pk])
    answer = client.get(reverse("search:site_search"), {"q": "työpäivv"})
    assert "työpäivä" in answer.text
    assert "tyopaiva" not in answer.text
