"""The search page of the whole site, suggestions, and words marked in a text."""

import pytest
from django.template import Context, Template
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page, PageViewRestriction

from accounts.registry import Registry
from search.index.updating import index_objects
from search.query.parsing import analysers_for, parse
from search.site import suggestions
from search.site.highlights import excerpt, highlight

pytestmark = pytest.mark.django_db


@pytest.fixture
def pages():
    home = Page.objects.filter(depth=2).first() or Page.objects.get(depth=1).add_child(
        instance=Page(title="Koti", slug="koti")
    )
    made = [
        home.add_child(instance=Page(title=title, slug=f"sivu-{at}", live=live, search_description=text))
        for at, (title, live, text) in enumerate(
            [
                ("Palkkatuki yhdistykselle", True, "Näin haet palkkatukea, kun palkkaat työntekijän."),
                ("Palkkatuki, luonnos", False, ""),
                ("Palkkatuki jäsenille", True, ""),
            ]
        )
    ]
    PageViewRestriction.objects.create(page=made[2], restriction_type=PageViewRestriction.LOGIN)
    index_objects("wagtailcore.page", [page.pk for page in made])
    return made


@pytest.fixture
def source(monkeypatch):
    monkeypatch.setattr(suggestions, "SOURCES", Registry())
    suggestions.forget()
    rows = [("Siivooja kerhotalolle", 1), ("Siivooja", 5), ("Keittiöapulainen Joensuuhun", 2, "/tyopaikat/2/")]
    suggestions.register(suggestions.Source("titles", "Jobs", lambda: rows))
    yield
    suggestions.forget()


def test_page_without_words_asks_for_them(client):
    answer = client.get(reverse("search:site_search"))
    assert answer.status_code == 200
    assert 'name="q"' in answer.text


def test_public_pages_are_found_with_their_words_marked(client, pages):
    answer = client.get(reverse("search:site_search"), {"q": "palkkatuet"})
    assert "<mark>Palkkatuki</mark> yhdistykselle" in answer.text
    assert "<mark>palkkatukea</mark>" in answer.text
    assert "luonnos" not in answer.text
    assert "jäsenille" not in answer.text


def test_replaced_word_is_named_and_can_be_taken_back(client, pages):
    address = reverse("search:site_search")
    answer = client.get(address, {"q": "palkktuki"})
    assert "palkkatuki" in answer.text
    assert "exact=on" in answer.text
    assert client.get(address, {"q": "palkktuki", "exact": "on"}).context["replaced"] == {}


@pytest.mark.parametrize("text", ['"', "*", "-", "🙂", "работа", "sana " * 300, "<script>"])
def test_strange_words_get_a_page(client, text):
    assert client.get(reverse("search:site_search"), {"q": text}).status_code == 200
    assert client.get(reverse("search:suggestions"), {"q": text}).status_code == 200


def test_suggestions_start_words_and_come_in_the_order_of_weight(client, source):
    answer = client.get(reverse("search:suggestions"), {"q": "sii"}).json()
    assert [suggestion["text"] for suggestion in answer["suggestions"]] == ["Siivooja", "Siivooja kerhotalolle"]
    answer = client.get(reverse("search:suggestions"), {"q": "keittiö joen"}).json()
    assert answer["suggestions"] == [{"text": "Keittiöapulainen Joensuuhun", "group": "Jobs", "url": "/tyopaikat/2/"}]


def test_one_letter_suggests_nothing(client, source):
    assert client.get(reverse("search:suggestions"), {"q": "s"}).json() == {"suggestions": [], "told": ""}


@pytest.mark.parametrize(("language", "words"), [("fi", "2 ehdotusta"), ("sv", "2 förslag"), ("en", "2 suggestions")])
def test_a_screen_reader_is_told_how_many_there_are(client, source, language, words):
    with translation.override(language):
        answer = client.get(reverse("search:suggestions"), {"q": "siivooja"}).json()
    assert answer["told"].startswith(words)


def test_occupations_are_suggested_in_the_readers_language(client):
    suggestions = client.get(reverse("search:suggestions"), {"q": "siivo"}).json()["suggestions"]
    assert "siivooja" in [suggestion["text"] for suggestion in suggestions]


def test_highlight_marks_other_forms_and_parts():
    query = parse("siivous keittiö", analysers_for(["fi"]))
    pieces = highlight("Siivouksen lisäksi autat keittiössä.", query)
    assert [piece for piece, answers in pieces if answers] == ["Siivouksen", "keittiössä"]
    assert "".join(piece for piece, _ in pieces) == "Siivouksen lisäksi autat keittiössä."


def test_excerpt_begins_near_the_first_answer():
    query = parse("keittiö", analysers_for(["fi"]))
    text = "Alussa on paljon muuta. " * 20 + "Sitten tulee keittiö ja sen työt. " + "Lopuksi muuta. " * 20
    cut = "".join(piece for piece, _ in excerpt(text, query))
    assert "keittiö" in cut
    assert cut.startswith("… ")
    assert len(cut) < 200


def test_marked_text_is_escaped():
    query = parse("siivous", analysers_for(["fi"]))
    template = Template("{% load search_tags %}{% highlighted text query %}")
    shown = template.render(Context({"text": "<b>siivous</b>", "query": query}))
    assert shown == "&lt;b&gt;<mark>siivous</mark>&lt;/b&gt;"
