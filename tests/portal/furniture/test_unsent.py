"""Signed out, or too long before a page: what was written is shown again and sent once more, by a button."""

import html
import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jobs.applications.models import ApplicationNote
from portal.furniture import unsent
from portal.furniture.unsent import Unsent
from portal.models import AttemptCounter
from tests.accounts.factories import UserFactory, sign_in
from tests.jobs.factories import ApplicationFactory, JobPostingFactory
from tests.organisations.factories import OrganisationFactory

pytestmark = pytest.mark.django_db
WORDS = 'Keittiön siivousta ja\r\npöytien kattausta "kauniisti" <b>ilolla</b>'


@pytest.fixture
def writer():
    return UserFactory()


@pytest.fixture
def note_address(writer):
    posting = JobPostingFactory(organisation=OrganisationFactory(admin=writer))
    return reverse("jobs:application_note", args=[ApplicationFactory(posting=posting).pk])


def fields_of(page):
    """The hidden fields of the form that sends it again, as a browser sends them."""
    form = re.search(r'<form method="post" action="[^"]+" class="gap-l">.*?</form>', page.text, re.DOTALL)[0]
    pairs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form)
    return {html.unescape(name): html.unescape(value) for name, value in pairs if name != "csrfmiddlewaretoken"}


def test_who_was_signed_out_while_writing_signs_in_and_sends_it(client, writer, note_address):
    answer = client.post(note_address, {"text": WORDS})
    assert answer.url == f"{reverse('account_login')}?next={reverse('unsent')}"
    assert "kirjautumisesi päättyi" in client.get(answer.url).text
    assert client.get(reverse("unsent")).status_code == 302
    sign_in(client, writer)
    page = client.get(reverse("unsent"))
    assert f'action="{note_address}"' in page.text
    assert fields_of(page) == {"text": WORDS}
    assert client.post(note_address, fields_of(page), follow=True).status_code == 200
    assert ApplicationNote.objects.get().text == WORDS


def test_it_is_kept_for_a_quarter_of_an_hour(client, writer, note_address):
    client.post(note_address, {"text": WORDS})
    sign_in(client, writer)
    with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=False):
        assert client.get(reverse("unsent")).status_code == 302


@pytest.mark.parametrize("data", [{"text": "x" * 50_001}, {}])
def test_what_is_too_long_or_nothing_asks_for_sign_in_alone(client, note_address, data):
    assert client.post(note_address, data).url == f"{reverse('account_login')}?next={note_address}"
    assert unsent.SESSION_KEY not in client.session


def test_a_network_fills_no_disk_with_it(client, note_address, monkeypatch):
    for _number in range(unsent.KEPT.tries):
        assert unsent.allow(unsent.KEPT, "127.0.0.0/24")
    assert client.post(note_address, {"text": WORDS}).url.endswith(f"?next={note_address}")
    assert AttemptCounter.objects.exists()


def test_nothing_of_signing_in_is_kept(client):
    client.post(reverse("account_change_password"), {"oldpassword": "yksi vanha hirsiaitta"})
    assert unsent.SESSION_KEY not in client.session


def test_a_page_that_was_open_too_long_shows_the_text_again(writer, note_address):
    browser = sign_in(Client(enforce_csrf_checks=True), writer)
    page = browser.post(note_address, {"text": WORDS}, headers={"origin": "http://testserver"})
    assert page.status_code == 403
    assert fields_of(page) == {"text": WORDS}
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.text)[1]
    assert browser.post(note_address, fields_of(page) | {"csrfmiddlewaretoken": token}).status_code == 302


def test_long_texts_stand_for_the_short_answers_beside_them():
    assert Unsent("/", [("name", "Aino A"), ("text", "Pitkä teksti, jota oli kirjoitettu kauan.")]).texts == [
        "Pitkä teksti, jota oli kirjoitettu kauan."
    ]
    assert Unsent("/", [("name", "Aino A"), ("field", "FOOD")]).texts == ["Aino A"]


@pytest.mark.parametrize(
    "headers",
    [{"origin": "https://evil.example"}, {}, {"referer": "http://[x"}, {"referer": "http://testserver.evil/"}],
)
def test_another_sites_form_gets_no_second_chance(writer, note_address, headers):
    browser = sign_in(Client(enforce_csrf_checks=True), writer)
    page = browser.post(note_address, {"text": WORDS}, headers=headers)
    assert page.status_code == 403
    assert "kauniisti" not in page.text
