"""What words mean before what they resemble: the pure reading, and the list that shows it."""

import itertools
import os
import subprocess
import sys
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.utils import translation
from wagtail.models import Site

from jobs.discovery.meanings import names, read, without
from jobs.discovery.meanings.table import Concepts, keys_of
from jobs.discovery.search import Filters, search
from jobs.postings.enums import Demand
from organisations.installation import set_up as set_up_region
from organisations.models import Municipality
from search.analysis.voikko import load
from tests.jobs.factories import JobPostingFactory
from tests.organisations.factories import OrganisationFactory
from tests.plugins import ROOT

URL = "/tyopaikat/"
TOWNS = [
    SimpleNamespace(code=code, name_fi=fi, name_sv=sv)
    for code, fi, sv in (
        ("167", "Joensuu", "Joensuu"),
        ("260", "Kitee", "Kides"),
        ("276", "Kontiolahti", "Kontiolax"),
        ("146", "Ilomantsi", "Ilomants"),
        ("176", "Juuka", "Juga"),
        ("309", "Outokumpu", "Outokumpu"),
        ("541", "Nurmes", "Nurmes"),
        ("090", "Heinävesi", "Heinävesi"),
        ("607", "Polvijärvi", "Polvijärvi"),
        ("707", "Rääkkylä", "Bräkylä"),
    )
]
needs_dictionary = pytest.mark.skipif(not load(), reason="needs Voikko's base forms")


def said(text, **given):
    """What remains as words, and the limits: "-" before what is denied, hours after their kind."""
    understood = read(text, TOWNS, **given)
    limits = [
        f"{'-' * limit.is_denied}{limit.value}{''.join(f' {number / 10:g}' for number in limit.numbers)}"
        for limit in understood.limits
    ]
    return understood.text, limits


@pytest.mark.parametrize(
    ("text", "words", "limits"),
    [
        ("siivous palkkatuella", "siivous", ["palkkatuki"]),
        ("lönesubvention", "", ["palkkatuki"]),
        ("kitchen wage subsidy", "kitchen", ["palkkatuki"]),
        ("osa-aikainen siivooja", "siivooja", ["part"]),
        ("part time cleaner", "cleaner", ["part"]),
        ("deltid", "", ["part"]),
        ("kokoaikainen", "", ["full"]),
        ("heltid", "", ["full"]),
        ("keittiö iltaisin", "keittiö", ["EVENING"]),
        ("kvällsjobb", "", ["EVENING"]),
        ("work in the evenings", "", ["EVENING"]),
        ("night shift", "", ["NIGHT"]),
        ("aamuisin", "", ["DAY"]),
        ("mornings", "", ["DAY"]),
        ("viikonloppuisin", "", ["WEEKEND"]),
        ("helgjobb", "", ["WEEKEND"]),
        ("etätyö", "", ["remote"]),
        ("jobba hemifrån", "", ["remote"]),
        ("work from home", "", ["remote"]),
        ("työkokeilu kahvilassa", "kahvilassa", ["trial"]),
        ("selkosuomi", "", ["selko"]),
        ("räätälöity työ", "", ["raataloity"]),
        ("ulkona", "", ["outdoors"]),
        ("outdoor work", "", ["outdoors"]),
        ("sisätyö", "", ["OUTDOORS"]),
        ("istumatyö", "", ["STANDING"]),
        ("sittande arbete", "", ["STANDING"]),
        ("quiet place", "", ["HURRY"]),
        ("yksin", "", ["PEOPLE"]),
        ("vähän suomea", "", ["little_finnish"]),
        ("lite finska", "", ["little_finnish"]),
        ("вечером", "", ["EVENING"]),
    ],
)
def test_a_concept_is_a_limit_in_every_language(text, words, limits):
    assert said(text) == (words, limits)


@needs_dictionary
@pytest.mark.parametrize(
    ("text", "limits"),
    [
        ("iltatöitä", ["EVENING"]),
        ("etätöissä", ["remote"]),
        ("osa-aikaisena", ["part"]),
        ("ajokortitta", []),
        ("ei seisomista", ["STANDING"]),
        ("rauhallisessa", ["HURRY"]),
    ],
)
def test_a_base_form_stands_for_every_form(text, limits):
    assert said(text)[1] == limits


@pytest.mark.parametrize(
    ("text", "words", "limits"),
    [
        ("ilman ajokorttia", "", ["no_driving"]),
        ("siivooja, ajokorttia ei tarvita", "siivooja", ["no_driving"]),
        ("utan körkort", "", ["no_driving"]),
        ("körkort behövs inte", "", ["no_driving"]),
        ("without a driving licence", "", ["no_driving"]),
        ("driving licence not needed", "", ["no_driving"]),
        ("ei nostamista", "", ["LIFTING"]),
        ("no lifting", "", ["LIFTING"]),
        ("I can't lift heavy", "", ["LIFTING"]),
        ("en halua asiakkaita", "", ["PEOPLE"]),
        ("inga kunder", "", ["PEOPLE"]),
        ("en jaksa seistä", "", ["STANDING"]),
        ("no computer", "", ["DIGITAL"]),
        ("no Finnish", "", ["little_finnish"]),
        ("ei iltaa", "", ["-EVENING"]),
        ("no evenings or weekends", "", ["-EVENING", "-WEEKEND"]),
        ("ei osa-aikaista", "", ["full"]),
        ("ei Joensuussa", "", ["-167"]),
        ("ei ulkona", "", ["OUTDOORS"]),
        ("siivous ei keittiötä", "siivous -keittiötä", []),
        ("städning utan kök", "städning -kök", []),
        ("traktoria ei tarvita", "-traktoria", []),
    ],
)
def test_a_negation_leaves_out_what_it_denies(text, words, limits):
    assert said(text) == (words, limits)


@pytest.mark.parametrize("text", ["ajokortti", "nostaminen", "lifting", "körkort", "suomi", "asiakaspalvelu"])
def test_a_thing_that_only_a_negation_makes_a_limit_is_a_word_without_one(text):
    assert said(text) == (text, [])


@pytest.mark.parametrize("text", ["ilman kokemusta", "no experience needed", "ei", "no", "haluan", "siivooja"])
def test_what_says_no_limit_stays_as_it_was_written(text):
    assert said(text) == (text, [])


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("enintään 20 tuntia viikossa", "at_most 20"),
        ("20 tuntia viikossa", "at_most 20"),
        ("20 h", "at_most 20"),
        ("20h/vko", "at_most 20"),
        ("19,5 tuntia", "at_most 19.5"),
        ("at most 20 hours a week", "at_most 20"),
        ("högst 20 timmar i veckan", "at_most 20"),
        ("max. 20 h", "at_most 20"),
        ("20 h max", "at_most 20"),
        ("ei yli 20 tuntia", "at_most 20"),
        ("alle 30 tuntia", "under 30"),
        ("less than 30 hours", "under 30"),
        ("vähintään 25 tuntia", "at_least 25"),
        ("yli 25 tuntia", "over 25"),
        ("15–20 tuntia", "between 15 20"),
        ("15-20 h viikossa", "between 15 20"),
        ("30-tuntinen työviikko", "at_most 30"),
    ],
)
def test_hours_a_week_are_a_limit(text, limit):
    assert said(text) == ("", [limit])


@pytest.mark.parametrize(
    "text", ["6 tuntia päivässä", "80 hours per month", "100 tuntia", "20", "alle kouluikäiset", "0 h"]
)
def test_other_numbers_are_words(text):
    assert said(text) == (text, [])


@pytest.mark.parametrize(
    ("form", "code"),
    [
        *(("joensuusta", "167"), ("Joensuu", "167"), ("joensuuhun", "167"), ("joensuus", "167")),
        *(("Kiteellä", "260"), ("kiteeseen", "260"), ("Kides", "260")),
        *(("Kontiolahdella", "276"), ("kontiolahteen", "276"), ("Kontiolax", "276"), ("kontiolahti", "276")),
        *(("ilomantsissa", "146"), ("Juuassa", "176"), ("Outokummussa", "309"), ("nurmeksesta", "541")),
        *(("heinavedella", "090"), ("polvijarvelle", "607"), ("raakkylassa", "707"), ("Bräkylä", "707")),
    ],
)
def test_a_municipality_in_any_form_is_a_place(form, code):
    assert said(f"siivous {form}") == ("siivous", [code])


@pytest.mark.parametrize("text", ["nurmessa", "kide", "joensuulainen", "kontio"])
def test_a_word_that_resembles_a_municipality_is_a_word(text):
    assert said(text) == (text, [])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        *((word, "") for word in ("työ", "töitä", "työpaikat", "avoimet työpaikat", "hommia", "duuni")),
        *((word, "") for word in ("jobb", "arbete", "lediga jobb", "jobs", "work", "работа", "робота")),
        *(("haluan töitä", ""), ("siivous työ", "siivous"), ("work with animals", "animals")),
        *(("keittiö Pohjois-Karjalassa", "keittiö"), ("cleaner North Karelia", "cleaner")),
        *(("metsätyö", "metsätyö"), ("työpaja", "työpaja"), ("network", "network")),
    ],
)
def test_words_for_any_work_limit_nothing(text, words):
    assert said(text) == (words, [])


def test_fillers_go_with_what_they_surround():
    assert said("etsin siivousta läheltä Joensuuta") == ("siivousta", ["167"])
    assert said("jag söker ett jobb med barn i Kontiolax") == ("barn", ["276"])
    assert said("Kontiolahdella tai Joensuussa") == ("", ["276", "167"])


def test_what_is_quoted_or_left_out_is_not_read():
    assert said('"joensuu iltaisin"') == ('"joensuu iltaisin"', [])
    assert said("siivous -joensuu") == ("siivous -joensuu", [])
    assert said("C++ iltaisin") == ("C++", ["EVENING"])


def test_a_name_is_a_name():
    assert said("Joensuun Kierrätyspaja", is_name=lambda text: True) == ("Joensuun Kierrätyspaja", [])
    assert said("Joensuun Kierrätyspaja") == ("Kierrätyspaja", ["167"])


def test_words_that_are_taken_back_are_words():
    text = "siivous joensuussa ilman ajokorttia"
    assert said(text, taken_back=["Joensuussa"]) == ("siivous joensuussa", ["no_driving"])
    assert said(text, taken_back=["ilman ajokorttia"]) == ("siivous ilman ajokorttia", ["167"])
    assert said(text, taken_back=["joensuussa", "ilman ajokorttia"]) == (text, [])
    assert said(text, taken_back=["", "?", "kitee"]) == said(text)
    assert without(text, "ilman ajokorttia") == "siivous joensuussa"


@pytest.mark.parametrize(
    "text", ["-", '"', "ei ei ei", "or or", "20 h 20 h 20", "ilman ilman", "😀 h", "ei " * 66, "1-" * 99]
)
def test_odd_texts_are_read(text):
    assert read(text, TOWNS) == read(text, TOWNS)


def test_the_longest_phrase_wins_and_a_row_stands_for_its_languages_alone():
    row = {"denied": "", "fi": "", "sv": "", "en": "", "other": ""}
    table = Concepts(
        [
            {**row, "limit": "times", "value": "DAY", "en": "day"},
            {**row, "limit": "hours", "value": "full", "en": "full day"},
        ]
    )
    keys = [keys_of(word) for word in ("full", "days", "dagen")]
    assert table.at(keys, 0, lambda concept: True)[0].value == "full"
    assert table.at(keys, 1, lambda concept: True)[0].value == "DAY"
    assert table.at(keys, 2, lambda concept: True) is None


PROGRAM = """
import django
django.setup()
from tests.jobs.discovery.test_meanings import TOWNS, read
for text in ("ei iltoja eikä viikonloppuja joensuussa", "ulkona ilman ajokorttia", "haluan rauhallista työtä 20 h", "no lifting"):
    print(read(text, TOWNS))
"""


def test_reading_is_the_same_for_every_hash_seed():
    answers = set()
    for seed in ("1", "4"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "DJANGO_SETTINGS_MODULE": "portal.settings.test"}
        command = [sys.executable, "-c", PROGRAM]
        answers.add(
            subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout
        )
    assert len(answers) == 1 and "EVENING" in answers.pop()


# The list


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
            page = search(Filters(said=read("no lifting", TOWNS).limits))
            assert page.total == 3
            assert read("no lifting", TOWNS).limits[0].label({}) == label


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
