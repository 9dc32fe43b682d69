"""What words mean before what they resemble: reading, which the list shows in test_said_limits."""

import csv
import os
import subprocess
import sys
from types import SimpleNamespace

import pytest

from jobs.discovery.meanings import Limit, read, without
from jobs.discovery.meanings.limits import GROUPS
from jobs.discovery.meanings.reading import DENIABLE, IDLE
from jobs.discovery.meanings.table import TABLE, Concepts, keys_of
from tests.plugins import ROOT
from tests.voikko import needs_voikko

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


@needs_voikko
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
        *(
            ("heinavedella", "090"),
            ("polvijarvelle", "607"),
            ("raakkylassa", "707"),
            ("Bräkylä", "707"),
            ("Йоэнсуу", "167"),
            ("в Нурмесе", "541"),
        ),
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
for text in ("ei iltoja eikä viikonloppuja Kiteellä", "ulkona ilman ajokorttia", "rauhallista 20 h", "no lifting"):
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


def rows():
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_every_row_of_the_table_means_something():
    for row in rows():
        assert row["limit"] in DENIABLE | IDLE | {"bound", "number", "negation"}, row
        assert row["denied"] in {"", "only"}
        if row["limit"] in GROUPS:
            assert Limit("", row["limit"], row["value"]).label({})
        if row["limit"] == "bound":
            assert Limit("", "hours", row["value"], numbers=(200,)).ranges


def test_no_phrase_of_a_language_means_two_things():
    seen = {}
    for row in rows():
        for language in ("fi", "sv", "en", "other"):
            for phrase in filter(None, map(str.strip, row[language].split(";"))):
                if row["limit"] in GROUPS | {"any"}:
                    key, meaning = (language, phrase, row["denied"]), (row["limit"], row["value"])
                    assert seen.setdefault(key, meaning) == meaning, key
