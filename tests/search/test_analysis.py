"""The words of the trade in every form, by every engine: what somebody writes must meet what the posting says."""

import pytest

from search.analysis import Analyser, Vocabulary, fold, words
from search.analysis.folding import four_grams
from tests.voikko import needs_voikko

# Name: its stem before most endings, and the form of "into".
MUNICIPALITIES = {
    "Heinävesi": ("heinävede", "heinäveteen"),
    "Ilomantsi": ("ilomantsi", "ilomantsiin"),
    "Joensuu": ("joensuu", "joensuuhun"),
    "Juuka": ("juua", "juukaan"),
    "Kitee": ("kitee", "kiteeseen"),
    "Kontiolahti": ("kontiolahde", "kontiolahteen"),
    "Lieksa": ("lieksa", "lieksaan"),
    "Liperi": ("liperi", "liperiin"),
    "Nurmes": ("nurmekse", "nurmekseen"),
    "Outokumpu": ("outokummu", "outokumpuun"),
    "Polvijärvi": ("polvijärve", "polvijärveen"),
    "Rääkkylä": ("rääkkylä", "rääkkylään"),
    "Tohmajärvi": ("tohmajärve", "tohmajärveen"),
}
DOERS = [
    "siivooja",
    "hoitaja",
    "keittäjä",
    "myyjä",
    "opettaja",
    "ohjaaja",
    "kuljettaja",
    "asentaja",
    "hitsaaja",
    "ompelija",
    "leipoja",
    "tarjoilija",
    "lajittelija",
    "pakkaaja",
    "valmentaja",
    "avustaja",
    "järjestäjä",
    "korjaaja",
    "huoltaja",
    "maalaaja",
    "siistijä",
    "neuvoja",
    "toimittaja",
    "laskija",
    "kouluttaja",
    "viljelijä",
    "kasvattaja",
    "valvoja",
    "vetäjä",
    "hakija",
    "kokoaja",
    "kääntäjä",
    "perehdyttäjä",
    "luennoitsija",
    "jakaja",
    "lukija",
]
MAKERS = ["puutarhuri", "metsuri", "leipuri", "maalari", "sihteeri", "muurari", "räätäli", "tuomari"]
HELPERS = ["apulainen"]
TASKS = ["siivous", "hitsaus", "opastus", "ohjaus", "korjaus", "kierrätys"]
OTHERS = {
    "kokki": "kokin kokkia kokiksi kokkeja kokkien",
    "kuski": "kuskin kuskia kuskiksi kuskeja kuskien",
    "tulkki": "tulkin tulkkia tulkiksi tulkkeja tulkkien",
    "työntekijä": "työntekijän työntekijää työntekijäksi työntekijöitä työntekijöiden",
    "keittiö": "keittiön keittiötä keittiöksi keittiöitä keittiöiden",
    "piha": "pihan pihaa pihaksi pihoja pihojen",
    "puuseppä": "puusepän puuseppää puusepäksi puuseppiä puuseppien",
    "talonmies": "talonmiehen talonmiestä talonmieheksi talonmiehiä talonmiesten",
    "mestari": "mestarin mestaria mestariksi mestareita mestareiden",
    "kirpputori": "kirpputorin kirpputoria kirpputoriksi kirpputoreja kirpputorien",
    "yhdistys": "yhdistyksen yhdistystä yhdistykseksi yhdistyksiä yhdistysten",
    "toimisto": "toimiston toimistoa toimistoksi toimistoja toimistojen",
}


def _forms():
    for word in DOERS:
        a = word[-1]
        # After i the plural of "-ja" takes another vowel: siivoojia, but ompelijoita.
        o = {"a": "o", "ä": "ö"}[a] if word[-3] == "i" else ""
        plurals = [f"{word[:-1]}{o}it{a}", f"{word[:-1]}{o}iden"] if o else [f"{word[:-1]}i{a}", f"{word[:-1]}ien"]
        yield word, [f"{word}n", f"{word}{a}", f"{word}ksi", *plurals]
    for word in MAKERS:
        a = "ä" if set("äöy") & set(word) or word == "sihteeri" else "a"
        yield word, [f"{word}n", f"{word}{a}", f"{word}ksi", f"{word[:-1]}eit{a}", f"{word[:-1]}eiden"]
    for word in HELPERS:
        stem = word[:-3]
        yield word, [f"{stem}sen", f"{stem}sta", f"{stem}seksi", f"{stem}sia", f"{stem}sten"]
    for word in TASKS:
        stem, a = word[:-1], "ä" if word.endswith("ys") else "a"
        yield word, [f"{stem}ksen", f"{stem}st{a}", f"{stem}kseksi", f"{stem}ksi{a}", f"{stem}sten"]
    yield from ((word, forms.split()) for word, forms in OTHERS.items())


FORMS = dict(_forms())
COMPOUNDS = {
    "siivoustyöhön": ["siivous", "työ"],
    "keittiöapulaisen": ["keittiö", "apulainen"],
    "lastenhoitajaksi": ["lapsi", "hoitaja"],
    "tietohallintojohtaja": ["tietohallinto", "hallintojohtaja", "johtaja"],
    "kirpputorimyyjiä": ["kirpputori", "myyjä"],
    "nuoriso-ohjaajalle": ["nuoriso", "ohjaaja"],
    "jätehuoltotyöntekijä": ["jätehuolto", "työntekijä"],
    "kiinteistönhoitajan": ["kiinteistö", "hoitaja"],
    "autonkuljettajaa": ["auto", "kuljettaja"],
    "vanhustyön": ["työ"],
    "IT-tukihenkilöä": ["it", "tuki", "henkilö"],
    "kahvilatyöntekijäksi": ["kahvila", "työntekijä"],
}


def meets(analyser, word, other, *, loosely=False):
    """Whether a text with one word is found by the other."""
    word, other = analyser.word(word.lower()), analyser.word(other.lower())
    if loosely:
        return bool(set(word.all) & set(other.all))
    return bool(set(word.exact) & set(other.exact))


def test_there_are_sixty_words():
    assert len(FORMS) >= 60


@needs_voikko
@pytest.mark.parametrize("name", MUNICIPALITIES)
def test_municipality_is_found_in_every_local_case(name):
    stem, into = MUNICIPALITIES[name]
    a = "ä" if fold(name) != name.lower() or name in {"Kitee", "Liperi"} else "a"
    cases = [f"{stem}ss{a}", f"{stem}st{a}", into, f"{stem}ll{a}", f"{stem}lt{a}", f"{stem}lle"]
    assert [case for case in cases if not meets(Analyser("fi", "voikko"), case, name)] == []


@needs_voikko
@pytest.mark.parametrize("word", FORMS)
def test_job_word_is_found_in_every_form(word):
    assert [form for form in FORMS[word] if not meets(Analyser("fi", "voikko"), form, word)] == []


@pytest.mark.parametrize("word", FORMS)
def test_job_word_is_found_without_a_dictionary(word):
    assert [form for form in FORMS[word] if not meets(Analyser("fi", "builtin"), form, word, loosely=True)] == []


@needs_voikko
@pytest.mark.parametrize(("compound", "part"), [(whole, part) for whole, parts in COMPOUNDS.items() for part in parts])
def test_compound_is_found_by_its_parts(compound, part):
    assert meets(Analyser("fi", "voikko"), compound, part)


def test_builtin_takes_compounds_apart_by_the_words_of_the_texts():
    vocabulary = Vocabulary.of_texts(["siivous työhön", "keittiö apulainen apulaisen"] * 2)
    analyser = Analyser("fi", "builtin", vocabulary)
    assert meets(analyser, "siivoustyöhön", "siivous")
    assert meets(analyser, "keittiöapulaisen", "keittiö")
    assert not meets(Analyser("fi", "builtin"), "siivoustyöhön", "siivous")


@pytest.mark.parametrize(
    ("language", "word", "other"),
    [
        ("sv", "städarna", "städare"),
        ("sv", "lärarens", "lärare"),
        ("en", "cleaners", "cleaner"),
        ("en", "teaching", "teaches"),
    ],
)
def test_other_languages_are_stemmed(language, word, other):
    assert meets(Analyser(language), word, other)


def test_swedish_compounds_are_taken_apart():
    vocabulary = Vocabulary.of_texts(["buss bil förare", "buss förare bil"])
    assert meets(Analyser("sv", None, vocabulary), "bussförare", "förare")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("C++-osaaja ja .NET", ["cplusplus", "osaaja", "ja", "dotnet"]),
        ("ASP.NET, C#", ["asp", "dotnet", "csharp"]),
        ("it-tuki", ["it-tuki"]),
        ("pää\u00adte", ["pääte"]),
        ("a\u0308iti", ["äiti"]),
        ("🙂 - * \" ''", []),
        ("Работа عمل", ["работа", "عمل"]),
    ],
)
def test_words_of_a_text(text, parts):
    assert words(text) == parts


def test_folding_keeps_other_scripts():
    assert [fold(word) for word in ("Työpöytä", "café", "ø", "работа")] == ["tyopoyta", "cafe", "o", "работа"]


def test_four_letter_pieces():
    assert four_grams("Työ siivooja") == ["tyo", "siiv", "iivo", "ivoo", "vooj", "ooja"]


def test_stop_words_give_no_tokens():
    assert Analyser("fi").query_groups("ja että") == []


def test_unknown_engine_is_refused():
    with pytest.raises(LookupError):
        Analyser("fi", "magic")


def test_version_names_language_and_engine():
    assert Analyser("fi", "builtin").version.startswith("fi:builtin-")


def test_same_word_is_read_once():
    analyser = Analyser("fi", "builtin")
    analyser.index_tokens("siivooja siivooja siivooja")
    assert analyser.word.cache_info().misses == 1
