"""What the list says of jobs that have only some of the words, or only resemble."""

import pytest

from tests.jobs.factories import JobPostingFactory

pytestmark = pytest.mark.django_db
URL = "/tyopaikat/"
NEAR = "Missään työssä ei ole kaikkia sanojasi"
CLOSE = "Nämä ovat lähellä hakuasi"


@pytest.fixture(autouse=True)
def postings():
    JobPostingFactory(title="Siivooja liikuntatalolle")
    JobPostingFactory(title="Kuljettaja ruoka-apuun")


def test_jobs_with_all_words_are_answers(client):
    answer = client.get(URL, {"q": "siivooja liikuntatalo"})
    assert NEAR not in answer.text
    assert [posting.title for posting in answer.context["shown"].answers] == ["Siivooja liikuntatalolle"]


def test_jobs_with_some_of_the_words_are_shown_as_near(client):
    answer = client.get(URL, {"q": "siivooja ravintola"})
    assert NEAR in answer.text
    assert "Siivooja liikuntatalolle" in answer.text
    assert answer.context["shown"].answers == []


def test_a_job_that_only_resembles_is_no_hit_and_is_shown_as_close(client):
    answer = client.get(URL, {"q": "kuljettimista"})
    shown = answer.context["shown"]
    assert (shown.answer.total, shown.answers) == (0, [])
    assert shown.resembling
    assert CLOSE in answer.text


def test_a_corrected_word_is_said(client):
    answer = client.get(URL, {"q": "kuljetaja"})
    assert "kuljettaja" in answer.text
    assert answer.context["shown"].understood["words"] == "kuljettaja"
    assert answer.context["shown"].answers == []
