"""What /readyz says of the search, whatever state it is in."""

import time

import pytest

from search.analysis import fingerprint
from search.models import SearchIndex
from tests.search.test_engine import CLIENTS, TIME_BUDGET, free_address, fresh_breaker, stub, use

__all__ = ["fresh_breaker", "use"]
pytestmark = [pytest.mark.django_db, pytest.mark.network]


@pytest.fixture
def told(client):
    def ask():
        answer = client.get("/readyz")
        assert answer.status_code == 200
        return answer.json()

    return ask


@pytest.fixture
def without_engine(settings):
    settings.WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "search.backends.sqlite"}}


def test_index_that_is_there_is_up(told, postings, without_engine):
    SearchIndex.objects.update(analysis=fingerprint())
    assert told() == {"database": "up", "search": "up", "search_engine": "not configured"}


def test_index_that_is_not_there_or_of_another_analysis_names_the_command(told, postings, without_engine):
    SearchIndex.objects.filter(kind=postings).update(analysis="another")
    assert told()["search"] == "made by another analysis, the timed work rebuilds it"
    SearchIndex.objects.all().delete()
    assert told()["search"] == "empty, run manage.py reindex"


def test_index_without_its_tables_is_down(told, postings, without_engine):
    SearchIndex.objects.create(kind="tests.lost", generation=1, analysis=fingerprint())
    assert told()["search"] == "down"


@pytest.mark.parametrize("library", CLIENTS)
def test_engine_that_answers_says_how_far_it_is_behind(told, postings, use, library):
    with stub("slow") as (url, _):
        use(library, url)
        assert told()["search_engine"] == "up, 5 changes behind"
        for index in SearchIndex.objects.all():
            SearchIndex.objects.filter(pk=index.pk).update(
                engine_generation=index.generation, engine_sequence=index.sequence
            )
        assert told()["search_engine"] == "up"


@pytest.mark.parametrize("library", CLIENTS)
@pytest.mark.parametrize("mode", ["red", "mute", "cut", "partial", "html"])
def test_engine_that_fails_is_down_and_the_site_is_ready(told, postings, use, library, mode):
    with stub(mode) as (url, _):
        use(library, url)
        begun = time.monotonic()
        assert told()["search_engine"].startswith("down, the database answers")
        assert time.monotonic() - begun < TIME_BUDGET / 2
    use(library, free_address())
    assert told()["search_engine"].startswith("down, the database answers")
