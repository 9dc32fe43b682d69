import pytest
from django.urls import reverse
from django.utils import translation

from jobs.discovery.places import UnknownPlace, distance, neighbours_of, read_place, read_point
from jobs.discovery.search import Filters, search
from organisations.installation import set_up as set_up_region
from organisations.models import Municipality
from search.site import suggestions
from tests.jobs.factories import JobPostingFactory

pytestmark = pytest.mark.django_db
URL = "/tyopaikat/"


@pytest.fixture(autouse=True)
def region():
    set_up_region()
    suggestions.forget()


def town(name):
    return Municipality.objects.get(name_fi=name)


@pytest.mark.parametrize("text", ["Kontiolahti", "kontiolahti", "Kontiolahdella", "Kontiolahdesta", "Kontiolax"])
def test_a_place_is_known_by_its_names_and_their_forms(text):
    assert read_place(text).name == "Kontiolahti"


def test_a_place_is_called_as_the_reader_calls_it():
    with translation.override("sv"):
        assert read_place("Ilomantsi").name == "Ilomants"


def test_a_postal_code_stands_for_the_municipality_that_our_own_postings_give():
    JobPostingFactory(municipality=town("Kitee"), postal_code="82500")
    place = read_place("82500")
    assert place.name == "Kitee"
    assert "82500" in place.note
    with pytest.raises(UnknownPlace):
        read_place("00100")


def test_an_unknown_place_comes_with_names_that_it_may_have_meant():
    with pytest.raises(UnknownPlace) as error:
        read_place("Kontiolahtti")
    assert "Kontiolahti" in error.value.suggestions


@pytest.mark.parametrize("text", ["62.60,29.76", "62,29"])
def test_a_point_is_read(text):
    assert read_point(text).latitude == pytest.approx(62, abs=1)


@pytest.mark.parametrize("text", ["", "x", "95,29", "62.6", "62.6;29.7", "nan,nan"])
def test_what_is_no_point_is_none(text):
    assert read_point(text) is None


def test_distance_and_neighbours():
    assert distance(town("Joensuu"), town("Kontiolahti")) == pytest.approx(18, abs=2)
    assert [neighbour.name_fi for neighbour in neighbours_of("167", Municipality.objects.all())[:2]] == [
        "Kontiolahti",
        "Liperi",
    ]
    assert neighbours_of("999", Municipality.objects.all()) == []


def test_within_a_circle_the_nearest_stands_first():
    for name in ("Nurmes", "Kontiolahti", "Joensuu"):
        JobPostingFactory(title=name, municipality=town(name))
    near = Filters(near=read_place("Joensuu").within(50))
    assert [posting.title for posting in search(near).objects] == ["Joensuu", "Kontiolahti"]


def test_the_list_says_the_way_the_circle_and_the_order(client):
    JobPostingFactory(title="Siistijä", municipality=town("Kontiolahti"))
    text = client.get(URL, {"paikka": "Joensuussa", "sade": "25"}).content.decode()
    assert "Joensuu + 25\xa0km" in text
    assert "noin 18\xa0km" in text
    assert "Lähimmät työt ovat ensin" in text


def test_an_unknown_place_is_an_error_with_suggestions_and_never_an_empty_list(client):
    JobPostingFactory(title="Siistijä", municipality=town("Joensuu"))
    text = client.get(URL, {"paikka": "Joensu"}).content.decode()
    assert "Emme tunne paikkaa ”Joensu”" in text
    assert 'href="?paikka=Joensuu"' in text
    assert "Siistijä" in text


def test_a_page_without_hits_offers_the_neighbours_and_a_wider_circle(client):
    JobPostingFactory(title="Trukkikuski", municipality=town("Kitee"))
    text = client.get(URL, {"kunta": "707"}).content.decode()
    assert "Lähimmät työt" in text
    assert 'href="?kunta=260"' in text
    text = client.get(URL, {"paikka": "Rääkkylä", "sade": "10"}).content.decode()
    assert "sade=50" in text


def test_words_that_answer_are_marked_on_the_card(client):
    JobPostingFactory(title="Keittiöapulainen", municipality=town("Joensuu"))
    assert "<mark>" in client.get(URL, {"q": "keittiöapulaisen"}).content.decode()


@pytest.mark.parametrize(
    ("language", "typed", "name"),
    [
        ("fi", "piha", "Piha ja puutarha"),
        ("fi", "puut", "Piha ja puutarha"),
        ("sv", "trädg", "Gård och trädgård"),
        ("en", "gard yar", "Yards and gardens"),
    ],
)
def test_a_field_of_work_is_suggested_by_any_of_its_words_and_leads_to_its_jobs(client, language, typed, name):
    with translation.override(language):
        suggested = client.get(reverse("search:suggestions"), {"q": typed}).json()["suggestions"]
        address = f"{reverse('jobs:posting_list')}?ala=garden"
    assert [(row["text"], row["url"]) for row in suggested if row["url"]] == [(name, address)]
    shown = client.get(address).context["shown"]
    assert shown.form.filters.task_fields == ("garden",)


def test_suggestions_and_the_sites_own_search_know_jobs(client):
    posting = JobPostingFactory(title="Keittiöapulainen", municipality=town("Joensuu"))
    suggestions = client.get("/haku/ehdotukset/", {"q": "keitti"}).json()["suggestions"]
    assert posting.title.lower() in [suggestion["text"].lower() for suggestion in suggestions]
    assert any(
        suggestion["url"] == "/tyopaikat/?kunta=167"
        for suggestion in client.get("/haku/ehdotukset/", {"q": "joe"}).json()["suggestions"]
    )
    assert posting.get_absolute_url() in client.get("/haku/", {"q": "keittiöapulainen"}).content.decode()
