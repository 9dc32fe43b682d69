from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Site

from jobs.discovery.enums import Extra, Order
from jobs.discovery.search import Filters, search
from jobs.postings.enums import Demand
from search.engine.configured import is_configured
from tests.jobs.factories import JobPostingFactory, TaskFieldFactory
from tests.organisations.factories import MunicipalityFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
URL = "/tyopaikat/"


def titles(**filters):
    text = filters.pop("text", "")
    return {posting.title for posting in search(Filters(**filters), text).objects}


def test_only_open_postings_are_found():
    JobPostingFactory(title="Avoin")
    for trait in ("draft", "submitted", "ran_out", "filled", "expired", "withdrawn", "archived"):
        JobPostingFactory(title=trait, **{trait: True})
    JobPostingFactory(title="Tauolla", organisation=OrganisationFactory(paused=True))
    assert titles() == {"Avoin"}


def test_a_word_is_found_in_the_title_the_tasks_and_the_association():
    JobPostingFactory(title="Siistijä", tasks=["Lattioiden pesu"], organisation__name="Mallin urheilutalo ry")
    JobPostingFactory(title="Kahvilan apulainen", tasks=["Kahvi"], organisation__name="Kuvitelma ry")
    assert titles(text="siistijä") == titles(text="lattioiden") == titles(text="urheilutalo") == {"Siistijä"}
    assert search(Filters(), "traktori", literal=True).objects == []


def test_a_field_and_a_municipality_are_found_as_words():
    garden = TaskFieldFactory(code="garden", sign="garden", name_fi="Piha ja puutarha")
    JobPostingFactory(title="Rannan hoitaja", task_field=garden)
    JobPostingFactory(title="Leipoja", municipality=MunicipalityFactory(lieksa=True))
    assert titles(text="puutarha") == {"Rannan hoitaja"}
    assert titles(text="Lieksassa") == {"Leipoja"}


def test_choices_of_a_group_widen_and_groups_narrow():
    lieksa = MunicipalityFactory(lieksa=True)
    garden = TaskFieldFactory(code="garden", sign="garden")
    JobPostingFactory(title="Keittiö Joensuu")
    JobPostingFactory(title="Keittiö Lieksa", municipality=lieksa)
    JobPostingFactory(title="Piha Lieksa", municipality=lieksa, task_field=garden)
    assert titles(municipalities=("422", "167")) == {"Keittiö Joensuu", "Keittiö Lieksa", "Piha Lieksa"}
    assert titles(municipalities=("422",), task_fields=("garden",)) == {"Piha Lieksa"}


@pytest.mark.parametrize(
    ("hours", "bands"),
    [((10, 15), {"-15"}), ((15, 20), {"-15", "16-20"}), ((24.5, 24.5), {"21-25"}), ((25.5, 30), {"21-25", "26-"})],
)
def test_a_span_of_hours_belongs_to_every_band_it_touches(hours, bands):
    JobPostingFactory(hours_min=hours[0], hours_max=hours[1])
    assert {band for band in ("-15", "16-20", "21-25", "26-") if titles(hours=(band,))} == bands


def test_a_demand_that_can_be_adapted_is_no_hindrance():
    JobPostingFactory(title="Ei nosteta")
    JobPostingFactory(title="Voidaan sovittaa", firm_demands=0)
    JobPostingFactory(title="Nostetaan", firm_demands=Demand.LIFTING.bit | Demand.PEOPLE.bit)
    assert titles(without=("LIFTING",)) == {"Ei nosteta", "Voidaan sovittaa"}
    assert titles(without=("SIGHT",)) == {"Ei nosteta", "Voidaan sovittaa", "Nostetaan"}


def test_extras_narrow_each():
    JobPostingFactory(title="Kaikki", is_subsidy_possible=True, easy_text="Helppo.")
    JobPostingFactory(title="Tuki", is_subsidy_possible=True, published_at=timezone.now() - timedelta(days=8))
    assert titles(extras=(Extra.SUBSIDY,)) == {"Kaikki", "Tuki"}
    assert titles(extras=(Extra.SUBSIDY, Extra.EASY)) == {"Kaikki"}
    assert titles(extras=(Extra.NEW,)) == {"Kaikki"}


def test_counts_are_of_each_choice_under_all_other_groups():
    lieksa, garden = MunicipalityFactory(lieksa=True), TaskFieldFactory(code="garden", sign="garden")
    JobPostingFactory()
    JobPostingFactory(municipality=lieksa)
    JobPostingFactory(municipality=lieksa, task_field=garden)
    counts = search(Filters(municipalities=("422",)), with_counts=True).facets
    assert counts["municipalities"] == {"167": 1, "422": 2}
    assert counts["task_fields"] == {"kitchen": 1, "garden": 1}
    for group, numbers in counts.items():
        for value, number in numbers.items():
            filters = Filters(**{"municipalities": ("422",), group: (value,)})
            assert search(filters).total == number, (group, value)


def test_order_is_closing_soonest_or_newest():
    today, now = timezone.localdate(), timezone.now()
    JobPostingFactory(title="a", application_deadline=today + timedelta(days=2), published_at=now - timedelta(days=3))
    JobPostingFactory(title="b", application_deadline=today + timedelta(days=9), published_at=now)
    assert [posting.title for posting in search(Filters()).objects] == ["a", "b"]
    assert [posting.title for posting in search(Filters(), order=Order.NEWEST).objects] == ["b", "a"]


@pytest.mark.parametrize("rows", [2, 20, 200])
def test_the_list_asks_the_same_few_questions_however_long_it_is(client, rows, django_assert_num_queries):
    organisation = OrganisationFactory()
    for _row in range(rows):
        JobPostingFactory(organisation=organisation, tasks=[])
    Site.clear_site_root_paths_cache()
    cache.clear()
    client.get(URL)
    with django_assert_num_queries(LIST_QUERIES_WITH_ENGINE if is_configured() else LIST_QUERIES):
        client.get(URL)


# Of the 12 allowed. Two of them read columns that no process has read yet, as in every test; an engine spares these.
LIST_QUERIES, LIST_QUERIES_WITH_ENGINE = 10, 8


def test_the_page_says_what_is_chosen_and_how_to_take_it_away(client):
    JobPostingFactory()
    page = client.get(URL, {"q": "keittiö", "kunta": "167", "lisaksi": "selko"})
    text = page.content.decode()
    assert "”keittiö”, Joensuu – ei avoimia töitä" in text
    assert 'href="?q=keitti%C3%B6&amp;kunta=167"' in text
    assert "Ilman rajausta" in text


def test_an_unknown_value_is_told_and_left_out(client):
    JobPostingFactory(title="Siistijä")
    page = client.get(URL, {"kunta": ["999", "167"], "jarjestys": "väärä", "sopii": "<b>"})
    text = page.content.decode()
    assert page.status_code == 200
    assert "999" in text and "&lt;b&gt;" in text
    assert "Siistijä" in text


@pytest.mark.parametrize("text", ['"', "*", "😀", "مرحبا", "-", "a" * 5000, "C++", "%", "\\", "' OR 1=1"])
def test_odd_words_give_a_page(client, text):
    assert client.get(URL, {"q": text}).status_code == 200


@pytest.mark.parametrize("page", ["0", "2", "-1", "x", "9" * 30, "١"])
def test_a_page_that_does_not_exist_is_not_found(client, page):
    JobPostingFactory()
    assert client.get(URL, {"page": page}).status_code == 404


def test_htmx_gets_the_part_and_history_the_whole(client):
    JobPostingFactory()
    part = client.get(URL, headers={"HX-Request": "true"})
    assert b"<html" not in part.content and b"<title>" in part.content
    assert "HX-Request" in part["Vary"]
    whole = client.get(URL, headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})
    assert b"<html" in whole.content


def test_an_empty_board_says_so(client):
    assert "ei avoimia töitä" in client.get(URL).content.decode()


def test_the_list_speaks_swedish_and_english(client):
    JobPostingFactory()
    with translation.override("sv"):
        assert "1 ledigt" in client.get(reverse("jobs:posting_list")).content.decode()
    with translation.override("en"):
        assert "1 open" in client.get(reverse("jobs:posting_list")).content.decode()


def test_saving_works_without_script_and_a_closed_posting_is_told(client):
    posting = JobPostingFactory(title="Tallennettava")
    client.post("/tyopaikat/tallenna/", {"posting": posting.pk})
    assert "Tallennettava" in client.get("/tyopaikat/tallennetut/").content.decode()
    client.post("/tyopaikat/tallenna/", {"posting": posting.pk})
    assert "Et ole vielä tallentanut töitä" in client.get("/tyopaikat/tallennetut/").content.decode()
    client.cookies["saved"] = f"{posting.pk}.99999"
    assert "1 tallennettu työ ei enää näy" in client.get("/tyopaikat/tallennetut/").content.decode()
    assert client.post("/tyopaikat/tallenna/", {"posting": "x"}).status_code == 404
