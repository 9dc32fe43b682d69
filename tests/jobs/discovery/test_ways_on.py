"""The page without hits: what would bring some, counted truly and asked for at once."""

import pytest
from django.core.cache import cache
from django.utils.html import escape
from wagtail.models import Site

from organisations.installation import set_up as set_up_region
from organisations.models import Municipality
from search.engine.client import Engine
from search.engine.configured import is_configured
from tests.jobs.factories import JobPostingFactory, TaskFieldFactory

pytestmark = pytest.mark.django_db
URL = "/tyopaikat/"
MOST_QUERIES = 12

EVERYTHING = {
    "kunta": ["167"],
    "ala": ["kitchen", "garden"],
    "tunnit": ["UNDER_20"],
    "sopii": ["LIFTING", "SIGHT"],
    "lisaksi": ["selko"],
}


@pytest.fixture
def jobs(db):
    set_up_region()
    kitchen, garden = TaskFieldFactory(code="kitchen", name="Keittiö"), TaskFieldFactory(code="garden", name="Piha")
    towns = {town.name: town for town in Municipality.objects.all()}
    JobPostingFactory(title="Keittiöapulainen", task_field=kitchen, municipality=towns["Lieksa"])
    JobPostingFactory(title="Keittiöapulainen", task_field=kitchen, municipality=towns["Kontiolahti"])
    JobPostingFactory(title="Puutarhuri", task_field=garden, municipality=towns["Joensuu"])


def ways(client, data):
    shown = client.get(URL, data).context["shown"]
    assert shown.answer.total == 0, "the page has hits"
    return [*shown.ways_on.removals, *shown.ways_on.nearby]


@pytest.mark.parametrize(
    "data",
    [
        {"q": "keittiöapulainen", "kunta": "167"},
        {"q": "keittiöapulanen", "kunta": "167", "ala": "kitchen"},
        {"q": '"keittiöapulainen"', "kunta": "167"},
        {"q": "puutarhuri -keittiö", "kunta": "422", "ala": "garden"},
        {"kunta": "167", "ala": "kitchen"},
        {"q": "puutarhuri", "paikka": "Lieksa", "sade": "10"},
    ],
    ids=str,
)
def test_the_number_beside_each_way_is_that_of_the_page_it_leads_to(client, jobs, data):
    offered = ways(client, data)
    assert offered
    for way in offered:
        page = client.get(URL + way.url)
        assert page.context["shown"].answer.total == way.count > 0
        assert escape(way.title) in client.get(URL, data).text


def test_the_nearest_place_comes_first_and_one_without_jobs_not_at_all(client, jobs):
    offered = ways(client, {"q": "keittiöapulainen", "kunta": "167"})
    assert [way.title for way in offered if way.title in {town.name for town in Municipality.objects.all()}] == [
        "Kontiolahti",
        "Lieksa",
    ]


@pytest.mark.django_db(transaction=True)  # inside a transaction a process keeps nothing of the index
@pytest.mark.parametrize("text", ["keittiöapulainen", '"keittiöapulainen"', "xyzzy", "siivooja -keittiö", ""])
def test_a_page_without_hits_asks_no_more_than_a_list_may(client, jobs, text, django_assert_max_num_queries):
    data = {**EVERYTHING, "q": text}
    Site.clear_site_root_paths_cache()
    cache.clear()
    client.get(URL, data)
    with django_assert_max_num_queries(MOST_QUERIES):
        page = client.get(URL, data)
    assert page.context["shown"].answer.total == 0


@pytest.mark.skipif(not is_configured(), reason="needs a search engine")
def test_an_engine_counts_all_ways_in_one_round_trip(client, jobs, monkeypatch):
    asked, ask = [], Engine.search
    monkeypatch.setattr(Engine, "search", lambda *args, **wishes: asked.append(1) or ask(*args, **wishes))
    page = client.get(URL, {"q": "keittiöapulainen", "kunta": "167"})
    assert page.context["shown"].ways_on.nearby
    assert len(asked) <= 3  # the page, its counts where they were not worth asking at once, and all ways
