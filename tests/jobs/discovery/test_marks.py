"""What matched is marked on the cards of the list, and only there."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from jobs.postings.models import JobPosting, JobTask
from tests.jobs.factories import JobPostingFactory
from tests.organisations.factories import OrganisationFactory

pytestmark = pytest.mark.django_db
URL = "/tyopaikat/"
TASK = "Tehtävä:"


@pytest.fixture
def posting():
    return JobPostingFactory(
        title="Talon apulainen",
        fits="Sopii, jos haluat hoitaa puutarhaa rauhassa.",
        tasks=["Nurmikon leikkuu", "Lattioiden pesu", "Ikkunoiden pesu"],
    )


def card(client, text):
    return client.get(URL, {"q": text}).text.partition('<article class="posting-card">')[2].partition("</article>")[0]


def test_words_of_the_title_and_of_the_line_under_it_are_marked(client, posting):
    shown = card(client, "puutarha talo")
    assert "<mark>Talon</mark> apulainen" in shown
    assert "hoitaa <mark>puutarhaa</mark> rauhassa" in shown
    assert TASK not in shown


def test_a_task_that_alone_has_the_words_is_shown(client, posting):
    shown = card(client, "lattiat")
    assert "<mark>Lattioiden</mark> pesu" in shown
    assert "Ikkunoiden" not in shown and "Nurmikon" not in shown
    assert TASK in shown


def test_of_the_tasks_the_answer_to_most_words_is_shown(client, posting):
    shown = card(client, "pesu ikkunat")
    assert "<mark>Ikkunoiden</mark> <mark>pesu</mark>" in shown
    assert "Lattioiden" not in shown


@pytest.mark.parametrize("data", [{}, {"kunta": "167"}, {"q": "salaattien"}])
def test_without_words_or_where_no_task_has_them_there_is_nothing_more(client, posting, data):
    text = client.get(URL, data).text
    assert "<mark>" not in text
    assert TASK not in text


def test_what_is_marked_is_escaped_and_says_its_language(client):
    JobPostingFactory(title="Apuri", fits="<b>puutarha</b>", tasks=["<i>lattiat</i> & muut"], language="sv")
    assert "&lt;b&gt;<mark>puutarha</mark>&lt;/b&gt;" in card(client, "puutarha")
    assert '<span lang="sv">&lt;i&gt;<mark>lattiat</mark>&lt;/i&gt; &amp; muut</span>' in card(client, "lattiat")


def test_other_places_show_the_card_as_it_is(client, posting):
    client.cookies["saved"] = str(posting.pk)
    for address in ("/tyopaikat/tallennetut/?q=lattiat", f"{posting.organisation.get_absolute_url()}?q=lattiat"):
        text = client.get(address).text
        assert posting.title in text
        assert "<mark>" not in text and TASK not in text
    drawn = Template("{% load postings_tags %}{% posting_card posting %}").render(Context({"posting": posting}))
    assert "<mark>" not in drawn and TASK not in drawn


@pytest.mark.parametrize("rows", [2, 20])
def test_tasks_come_in_the_query_of_the_postings(client, rows):
    organisation = OrganisationFactory()
    for _row in range(rows):
        JobPostingFactory(organisation=organisation, title="Apuri", tasks=["Lattioiden pesu", "Kahvi"])
    Site.clear_site_root_paths_cache()
    cache.clear()
    client.get(URL, {"q": "lattiat"})
    with CaptureQueriesContext(connection) as captured:
        text = client.get(URL, {"q": "lattiat"}).text
    assert text.count("<mark>Lattioiden</mark>") == rows
    (query,) = [query["sql"] for query in captured if JobTask._meta.db_table in query["sql"]]
    assert JobPosting._meta.db_table in query
