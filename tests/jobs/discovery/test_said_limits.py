"""The list of jobs holds to the limits that words say, shows each as a chip and counts truly beside them."""

import itertools

import pytest
from django.core.cache import cache
from django.utils import translation
from wagtail.models import Site

from jobs.discovery.meanings import names, read
from jobs.discovery.search import Filters, search
from jobs.postings.enums import Demand
from organisations.installation import set_up as set_up_region
from organisations.models import Municipality
from tests.jobs.factories import JobPostingFactory
from tests.organisations.factories import OrganisationFactory

URL = "/tyopaikat/"


@pytest.fixture
def jobs(db):
    set_up_region()
    towns = {town.name_fi: town for town in Municipality.objects.all()}
    facts = [
        ("Siivooja", "Joensuu", {"day_parts": ["EVENING"], "is_subsidy_possible": True}),
        ("Siivooja", "Kitee", {"day_parts": ["DAY"], "licences": ["B"], "hours_min": 35, "hours_max": 37}),
        ("Kokki", "Joensuu", {"day_parts": ["WEEKEND", "EVENING"], "firm_demands": Demand.LIFTING.bit}),
        ("Puutarhuri", "Lieksa", {"remote_share": 10, "is_trial_possible": True, "hours_min": 10, "hours_max": 15}),
    ]
    for title, town, others in facts:
        organisation = OrganisationFactory(name=f"{town}n Esimerkki", municipality=towns[town])
        JobPostingFactory(title=title, tasks=[], description="", organisation=organisation, **others)
    names.forget()


def shown(client, text, **data):
    return client.get(URL, {"q": text, **data}).context["shown"]


def places(page):
    return sorted((posting.title, posting.municipality.name_fi) for posting in page.postings)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("siivooja joensuusta", [("Siivooja", "Joensuu")]),
        ("Kiteellä", [("Siivooja", "Kitee")]),
        ("joensuu kitee siivooja", [("Siivooja", "Joensuu"), ("Siivooja", "Kitee")]),
        ("iltaisin palkkatuella", [("Siivooja", "Joensuu")]),
        ("siivooja ilman ajokorttia", [("Siivooja", "Joensuu")]),
        ("ei nostamista iltaisin", [("Siivooja", "Joensuu")]),
        ("ei iltaa siivooja", [("Siivooja", "Kitee")]),
        ("iltaisin viikonloppuisin", [("Kokki", "Joensuu")]),
        ("kokoaikainen", [("Siivooja", "Kitee")]),
        ("enintään 15 tuntia", [("Puutarhuri", "Lieksa")]),
        ("alle 15 tuntia", []),
        ("12–14 tuntia", [("Puutarhuri", "Lieksa")]),
        ("etätyö työkokeilu", [("Puutarhuri", "Lieksa")]),
    ],
)
def test_the_list_holds_to_what_was_said(client, jobs, text, expected):
    assert places(shown(client, text)) == expected


def test_any_work_alone_shows_every_posting_in_the_usual_order(client, jobs):
    every = [posting.pk for posting in shown(client, "").postings]
    for text in ("töitä", "avoimet työpaikat", "jobs"):
        page = shown(client, text)
        assert [posting.pk for posting in page.postings] == every
        assert page.chips == [] and page.title == shown(client, "").title
        assert page.quick_form["q"].value() == text


def test_a_limit_is_a_chip_that_makes_its_words_words_again(client, jobs):
    page = shown(client, "siivooja joensuusta")
    assert [str(chip["text"]) for chip in page.chips] == ["”siivooja”", "Joensuu"]
    assert "”siivooja”, Joensuu" in page.title
    assert 'value="siivooja joensuusta"' in client.get(URL, {"q": "siivooja joensuusta"}).text
    taken = client.get(URL + page.chips[1]["url"]).context["shown"]
    assert taken.form.text == "siivooja joensuusta" and [chip["text"] for chip in taken.chips] == [
        "”siivooja joensuusta”"
    ]
    left = client.get(URL + page.chips[0]["url"]).context["shown"]
    assert places(left) == [("Kokki", "Joensuu"), ("Siivooja", "Joensuu")] and not left.form.text


def test_the_form_of_choices_keeps_what_was_taken_back(client, jobs):
    text = client.get(URL, {"q": "siivooja joensuu", "sanoina": ["joensuu"]}).text
    assert '<input type="hidden" name="sanoina" value="joensuu">' in text


def test_looked_for_exactly_nothing_is_a_limit(client, jobs):
    assert shown(client, "siivooja joensuu", tarkka="1").form.text == "siivooja joensuu"


def test_a_name_of_an_association_or_a_title_is_looked_for(client, jobs):
    JobPostingFactory(title="Iltaisin Joensuussa", organisation__name="Joensuun Paja ry")
    names.forget()
    for text in ("joensuun paja ry", "ILTAISIN JOENSUUSSA", "Kiteen esimerkki"):
        page = shown(client, text)
        assert page.form.text == text and page.form.filters.said == ()


SAID = ["joensuussa", "iltaisin", "ilman ajokorttia", "20 h", "ei nostamista", "palkkatuella", "ei viikonloppuja"]


@pytest.mark.django_db
@pytest.mark.parametrize("word", ["", "siivooja"])
def test_a_limit_never_adds_hits_and_their_order_changes_nothing(client, jobs, word):
    totals = {}
    for size in range(3):
        for limits in itertools.permutations(SAID, size):
            total = shown(client, " ".join([word, *limits])).answer.total
            assert totals.setdefault(frozenset(limits), total) == total
            assert all(total <= totals[frozenset(limits) - {limit}] for limit in limits)


def test_the_number_beside_a_choice_is_the_number_that_comes(client, jobs):
    data = {"q": "iltaisin joensuu", "kunta": "260"}
    page = client.get(URL, data).context["shown"]
    for facet in page.facets:
        for option in facet["options"]:
            chosen = client.get(URL, {**data, facet["name"]: option["value"]}).context["shown"]
            if facet["name"] in {"kunta", "ala", "tunnit"}:
                assert chosen.answer.total == option["count"], (facet["name"], option["value"])


def test_limits_from_words_hold_beside_what_is_chosen(client, jobs):
    assert shown(client, "joensuu", kunta="260").answer.total == 0
    assert shown(client, "iltaisin", kunta="167").answer.total == 2
    assert len(shown(client, "joensuu").form.filters) == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text", ["puutarhuri joensuu", "kokki kiteellä ilman ajokorttia", "iltaisin lieksassa", "yötyö"]
)
def test_without_hits_each_way_on_leads_to_its_number(client, jobs, text):
    page = shown(client, text)
    ways = [*page.ways_on.removals, *page.ways_on.nearby]
    assert page.answer.total == 0 and ways
    for way in ways:
        assert client.get(URL + way.url).context["shown"].answer.total == way.count > 0, way


def test_neighbours_of_a_place_in_words_are_offered(client, jobs):
    page = shown(client, "kokki kiteellä")
    assert [(way.title, way.count) for way in page.ways_on.nearby] == [("Joensuu", 1)]
    assert [way.title for way in page.ways_on.removals] == ["Ilman hakusanaa ”kokki”", "Ilman rajausta ”Kitee”"]


def test_chips_speak_the_readers_language(client, jobs):
    for language, label in (
        ("fi", "Ei tarvita: Nostaminen"),
        ("sv", "Behövs inte: Lyft"),
        ("en", "Not needed: Lifting"),
    ):
        with translation.override(language):
            page = search(Filters(said=read("no lifting", ()).limits))
            assert page.total == 3
            assert read("no lifting", ()).limits[0].label({}) == label


@pytest.mark.django_db(transaction=True)  # inside a transaction a process keeps nothing of the index
@pytest.mark.parametrize("rows", [2, 20])
def test_reading_words_asks_no_more_questions(client, rows, django_assert_num_queries):
    set_up_region()
    organisation = OrganisationFactory()
    for _row in range(rows):
        JobPostingFactory(organisation=organisation, tasks=[])
    counts = []
    for data in ({"kunta": "167"}, {"q": "joensuussa ilman ajokorttia"}):
        client.get(URL, data)
        Site.clear_site_root_paths_cache()
        cache.clear()
        with django_assert_num_queries(8):
            counts.append(client.get(URL, data).context["shown"].answer.total)
    assert counts == [rows, rows]
