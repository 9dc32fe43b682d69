import pytest

from jobs.postings.checks import check_posting, long_sentences
from jobs.postings.enums import Flag
from tests.jobs.factories import JobPostingFactory

pytestmark = pytest.mark.django_db


def flags(**answers):
    return [(flag["flag"], flag["field"], flag["words"]) for flag in check_posting(JobPostingFactory(**answers)).flags]


def test_a_plain_posting_has_no_flags():
    findings = check_posting(JobPostingFactory(easy_text="Teet ruokaa. Työ alkaa kello 8."))
    assert findings.flags == []
    assert findings.identity_code_fields == []


@pytest.mark.parametrize("field", ["title", "description", "easy_text", "internal_note", "directions"])
def test_an_identity_code_is_found_in_every_text(field):
    # 900–999 are for tests; the check character is right.
    assert check_posting(JobPostingFactory(**{field: "Tunnus 010190-900P tässä"})).identity_code_fields == [field]


def test_an_identity_code_is_found_in_a_task():
    posting = JobPostingFactory(tasks=["Soita 010190-900P"])
    assert check_posting(posting).identity_code_fields == ["tasks"]


def test_a_number_that_only_looks_like_an_identity_code_is_let_pass():
    assert check_posting(JobPostingFactory(description="Tilaus 010190-9001")).identity_code_fields == []


@pytest.mark.parametrize(
    "text",
    ["Soita 040 123 4567", "Soita +358 40 1234567", "Kirjoita tyo@yhdistys.example", "Katso www.yhdistys.example"],
)
def test_contact_data_in_a_text_are_marked(text):
    [(flag, field, _found)] = flags(description=text)
    assert (flag, field) == (Flag.CONTACT_DATA, "description")


def test_hours_and_dates_are_no_contact_data():
    assert flags(description="Työ alkaa 7.1.2027 klo 8–12. Tunteja on 20 viikossa, paikka 80100 Joensuu.") == []


@pytest.mark.parametrize(
    "text",
    ["Etsimme nuorta apulaista", "Alle 30-vuotias", "Reipas mies pihatöihin", "Suomi äidinkielenä", "Perusterve"],
)
def test_a_word_that_may_discriminate_is_marked_with_better_words(text):
    marks = check_posting(JobPostingFactory(description=text)).flags
    assert [flag["flag"] for flag in marks] == [Flag.DISCRIMINATION]
    assert marks[0]["advice"]


@pytest.mark.parametrize("text", ["nuorisotalo", "miehistö", "Työ sopii kaikenikäisille", "Autat nuoria kerhossa"])
def test_a_word_that_only_contains_another_is_not_marked(text):
    assert flags(description=text) == []


def test_a_demand_for_bank_codes_is_marked():
    [(flag, _field, words)] = flags(description="Lähetä verkkopankkitunnukset")
    assert (flag, words) == (Flag.PHISHING, "verkkopankkitunnukset")


def test_a_long_sentence_is_marked_only_in_the_easy_text():
    sentence = " ".join(["sana"] * 16) + "."
    assert flags(description=sentence) == []
    assert flags(easy_text=sentence) == [(Flag.HARD_EASY_TEXT, "easy_text", sentence)]
    assert long_sentences(" ".join(["sana"] * 15) + ".") == []
