"""Applying in three steps, as a jobseeker's browser does it."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from jobs.applications import session
from jobs.applications.actions import applications as actions
from jobs.applications.enums import HoursWish, StartWish
from jobs.applications.models import Application
from jobs.postings.models import JobPosting
from portal.models import AttemptCounter, OutgoingMail
from portal.privacy import retention
from tests.jobs.factories import JobPostingFactory

pytestmark = pytest.mark.django_db

ABOUT = {"name": "Aino Esimerkki", "phone": "040 123 4567", "email": "aino@esimerkki.fi"}
SKILLS = {"hours_wish": "AS_POSTED", "start_wish": "UNSURE", "message": "Teen mielelläni ruokaa."}
CODE = "131052-308T"


def address(posting, step):
    if step == 1:
        return reverse("jobs:posting_apply", args=[posting.pk])
    return reverse("jobs:posting_apply_step", args=[posting.pk, step])


def receipt(posting):
    return reverse("jobs:application_receipt", args=[posting.pk])


def to_the_last_step(client, posting, about=ABOUT, skills=SKILLS):
    client.post(address(posting, 1), about)
    client.post(address(posting, 2), skills)
    return client.get(address(posting, 3))


def form_key(response):
    return re.search(r'name="form_key" value="([^"]+)"', response.content.decode())[1]


def test_three_steps_send_one_application(client):
    posting = JobPostingFactory()
    assert client.get(address(posting, 1)).status_code == 200
    assert client.post(address(posting, 1), ABOUT).url == address(posting, 2)
    tasks = [task.pk for task in posting.tasks.all()[:1]]
    day = timezone.localdate() + timedelta(days=40)
    skills = SKILLS | {"tasks": tasks, "start_wish": "DATE", "hours_wish": "FEWER"}
    skills |= {"start_date_wish_day": day.day, "start_date_wish_month": day.month, "start_date_wish_year": day.year}
    assert client.post(address(posting, 2), skills).url == address(posting, 3)
    check = client.get(address(posting, 3))
    assert "Teen mielelläni ruokaa." in check.content.decode()
    sent = client.post(address(posting, 3), {"form_key": form_key(check)}, follow=True)
    application = Application.objects.get()
    assert application.tasks == [posting.tasks.all()[0].title]
    assert (application.hours_wish, application.start_wish) == (HoursWish.FEWER, StartWish.DATE)
    assert application.start_date_wish == day
    assert sent.redirect_chain[-1][0] == receipt(posting)
    assert application.reference in sent.content.decode()
    assert "aino@esimerkki.fi" not in sent.content.decode()


def test_one_way_to_reach_is_enough_and_none_is_told(client):
    posting = JobPostingFactory()
    answer = client.post(address(posting, 1), {"name": "Aino"})
    assert answer.status_code == 200
    assert answer.context["form"].has_error("phone")
    assert client.post(address(posting, 1), {"name": "Aino", "phone": "040 123 4567"}).status_code == 302
    assert client.post(address(posting, 1), {"name": "Aino", "email": "aino@esimerkki.fi"}).status_code == 302


@pytest.mark.parametrize(
    ("field", "value"),
    [("email", "aino.esimerkki.fi"), ("email", "aino@"), ("phone", "12"), ("phone", "soita"), ("name", "A" * 81)],
)
def test_a_mistake_is_told_and_nothing_is_lost(client, field, value):
    posting = JobPostingFactory()
    answer = client.post(address(posting, 1), ABOUT | {field: value})
    html = answer.content.decode()
    assert answer.context["form"].has_error(field)
    assert f'value="{value}"' in html
    assert "<title>Virhe: " in html


def test_what_was_typed_comes_back(client):
    posting = JobPostingFactory()
    client.post(address(posting, 1), ABOUT)
    client.post(
        address(posting, 2), {"message": "Kesken jäi", "start_wish": "DATE", "start_date_wish_day": "31", "later": "1"}
    )
    assert 'value="Aino Esimerkki"' in client.get(address(posting, 1)).content.decode()
    second = client.get(address(posting, 2)).content.decode()
    assert "Kesken jäi" in second
    assert 'value="31"' in second
    assert client.get(address(posting, 3)).url == address(posting, 2)


def test_the_page_saves_while_one_types(client):
    posting = JobPostingFactory()
    answer = client.post(address(posting, 1), {"name": f"Aino {CODE}"}, headers={"HX-Request": "true"})
    assert answer.status_code == 204
    html = client.get(address(posting, 1)).content.decode()
    assert 'value="Aino' in html
    assert CODE not in html
    assert "error-summary" not in html


def test_back_keeps_what_was_typed(client):
    posting = JobPostingFactory()
    client.post(address(posting, 1), ABOUT)
    assert client.post(address(posting, 2), {"message": "Kesken", "back": "1"}).url == address(posting, 1)
    assert "Kesken" in client.get(address(posting, 2)).content.decode()


def test_a_step_cannot_be_jumped_over(client):
    posting = JobPostingFactory()
    assert client.get(address(posting, 3)).url == address(posting, 1)
    assert client.get(address(posting, 4)).status_code == 404


@pytest.mark.parametrize("name", ["name", "phone", "email"])
def test_an_identity_code_is_refused_and_not_repeated(client, name):
    posting = JobPostingFactory()
    answer = client.post(address(posting, 1), ABOUT | {name: f"Aino {CODE}"})
    assert answer.status_code == 200
    assert CODE not in answer.content.decode()
    assert CODE not in str(dict(client.session))


def test_an_identity_code_in_own_words_leaves_the_other_words(client):
    posting = JobPostingFactory()
    client.post(address(posting, 1), ABOUT)
    answer = client.post(address(posting, 2), SKILLS | {"message": f"Osaan tiskata. {CODE} Ja leipoa."})
    html = answer.content.decode()
    assert CODE not in html
    assert "Osaan tiskata." in html
    assert "Ja leipoa." in html
    assert CODE not in str(dict(client.session))


@pytest.mark.parametrize("words", ["<b>lihava</b> & 'lainaus'", "Hei 👋🏽", "مرحبا أنا طباخ", "rivi\r\nrivi"])
def test_own_words_are_kept_as_they_are(client, words):
    posting = JobPostingFactory()
    check = to_the_last_step(client, posting, skills=SKILLS | {"message": words})
    client.post(address(posting, 3), {"form_key": form_key(check)})
    assert Application.objects.get().message == words


def test_nul_is_refused_plainly_and_the_other_answers_stay(client):
    posting = JobPostingFactory()
    client.post(address(posting, 1), ABOUT)
    assert client.post(address(posting, 2), SKILLS | {"message": "Hei\0 taas"}).status_code == 400
    assert "Aino Esimerkki" in client.get(address(posting, 1)).content.decode()


def test_too_long_is_told_and_kept(client):
    posting = JobPostingFactory()
    client.post(address(posting, 1), ABOUT)
    words = "ä" * 2001
    answer = client.post(address(posting, 2), SKILLS | {"message": words})
    assert answer.context["form"].has_error("message", "too_long")
    assert words in answer.content.decode()


def test_a_double_click_is_one_row_and_one_receipt(client):
    posting = JobPostingFactory()
    key = form_key(to_the_last_step(client, posting))
    first = client.post(address(posting, 3), {"form_key": key})
    second = client.post(address(posting, 3), {"form_key": key})
    assert first.url == second.url == receipt(posting)
    assert Application.objects.count() == 1
    assert OutgoingMail.objects.filter(recipient="aino@esimerkki.fi").count() == 1
    assert client.get(address(posting, 3)).url == receipt(posting)


def test_two_requests_with_the_same_session_are_one_row(client):
    posting = JobPostingFactory()
    key = form_key(to_the_last_step(client, posting))
    before = dict(client.session)
    client.post(address(posting, 3), {"form_key": key})
    session = client.session
    session.clear()
    session.update(before)
    session.save()
    assert client.post(address(posting, 3), {"form_key": key}).url == receipt(posting)
    assert Application.objects.count() == 1


def test_two_tabs_send_one_application(client):
    posting = JobPostingFactory()
    first, second = to_the_last_step(client, posting), client.get(address(posting, 3))
    client.post(address(posting, 3), {"form_key": form_key(first)})
    client.post(address(posting, 3), {"form_key": form_key(second)})
    assert Application.objects.count() == 1


def test_the_same_person_is_told_in_the_same_browser(client):
    posting = JobPostingFactory()
    for _time in range(2):
        check = to_the_last_step(client, posting)
        answer = client.post(address(posting, 3), {"form_key": form_key(check)})
        client.post(address(posting, 1), ABOUT)  # begins anew
    assert Application.objects.count() == 1
    assert answer.templates[0].name == "jobs/applications/apply/already.html"


def test_a_receipt_is_shown_in_the_browser_that_sent_it_and_for_a_day(client):
    posting = JobPostingFactory()
    to_the_last_step(client, posting)
    client.post(address(posting, 3))
    assert client.get(receipt(posting)).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert client.get(receipt(posting)).status_code == 404
    client.cookies.clear()
    assert client.get(receipt(posting)).status_code == 404


@pytest.mark.parametrize("situation", ["filled", "expired", "ran_out", "withdrawn"])
def test_a_closed_posting_says_so(client, situation):
    posting = JobPostingFactory(**{situation: True})
    answer = client.get(address(posting, 1))
    assert answer.status_code == 200
    assert "<form" not in answer.content.decode().split("<main")[1].split("</main")[0]


def test_a_paused_organisations_posting_does_not_say_that_its_time_ran_out(client):
    posting = JobPostingFactory(organisation__paused=True)
    html = client.get(address(posting, 1)).content.decode()
    assert "23.59" not in html.split("<main")[1]


@pytest.mark.parametrize("situation", ["draft", "submitted", "archived"])
def test_what_is_not_public_is_not_there(client, situation):
    assert client.get(address(JobPostingFactory(**{situation: True}), 1)).status_code == 404


@pytest.mark.parametrize("situation", ["filled", "withdrawn", "submitted"])
def test_a_posting_that_closes_meanwhile_gives_the_words_back(client, situation):
    posting = JobPostingFactory()
    to_the_last_step(client, posting)
    statuses = {"filled": "FILLED", "withdrawn": "WITHDRAWN", "submitted": "SUBMITTED"}
    JobPosting.objects.filter(pk=posting.pk).update(status=statuses[situation], closed_at=timezone.now())
    answer = client.post(address(posting, 3))
    assert answer.status_code == 200
    assert SKILLS["message"] in answer.content.decode()
    assert not Application.objects.exists()


def test_midnight_in_helsinki_closes(client):
    posting = JobPostingFactory(application_deadline=timezone.localdate())
    to_the_last_step(client, posting)
    tomorrow = timezone.localtime().replace(hour=0, minute=0, second=1) + timedelta(days=1)
    with time_machine.travel(tomorrow):
        answer = client.post(address(posting, 3))
    assert SKILLS["message"] in answer.content.decode()
    assert not Application.objects.exists()


def test_a_network_that_sends_very_many_is_asked_to_wait(client):
    posting = JobPostingFactory()
    for number in range(actions.SENT.tries):
        check = to_the_last_step(client, posting, about={"name": "Aino", "phone": f"040 555 {number:04d}"})
        client.post(address(posting, 3), {"form_key": form_key(check)})
    to_the_last_step(client, posting)
    answer = client.post(address(posting, 3))
    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors()
    assert Application.objects.count() == actions.SENT.tries
    assert "127.0.0.1" not in str(list(AttemptCounter.objects.values_list("key", flat=True)))
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert client.post(address(posting, 3)).url == receipt(posting)


def test_the_mail_speaks_the_applicants_language():
    posting = JobPostingFactory()
    application = actions.apply(
        posting,
        form_key="6d1c7a0e-6f5b-4c6b-9a3c-3f1a1c2b3d4e",
        answers={"name": "Aino", "email": "a@esimerkki.fi"},
        language="en",
    )
    mail = OutgoingMail.objects.get(recipient="a@esimerkki.fi")
    assert mail.language == application.language == "en"
    assert "We got your application" in mail.subject
    assert "/en/" in mail.text


def stored_bytes():
    return sum(len(row.session_data) for row in Session.objects.all())


def test_what_is_too_long_to_keep_is_told_and_fills_no_disk(client):
    """Before, refused text of any size lay in the session for a fortnight."""
    posting = JobPostingFactory()
    client.post(address(posting, 1), ABOUT)
    before = stored_bytes()
    answer = client.post(address(posting, 2), SKILLS | {"message": "å" * 5121})
    assert answer.status_code == 413
    assert stored_bytes() == before


@pytest.mark.parametrize("name", ["tasks", "hours_wish", "start_wish", "start_date_wish_day"])
def test_no_other_field_is_a_way_around(client, name):
    posting = JobPostingFactory()
    client.post(address(posting, 1), ABOUT)
    assert client.post(address(posting, 2), SKILLS | {name: ["x" * 100] * 110}).status_code in {200, 302, 413}
    assert stored_bytes() < 20_000


def test_what_is_somewhat_too_long_is_kept_to_be_shortened(client):
    posting = JobPostingFactory()
    client.post(address(posting, 1), ABOUT)
    assert client.post(address(posting, 2), SKILLS | {"message": "x" * 5000}).status_code == 200
    assert "x" * 5000 in client.get(address(posting, 2)).text


def test_a_network_begins_so_many_drafts_a_day_and_the_next_loses_no_word(client, monkeypatch):
    monkeypatch.setattr(session, "BEGUN", replace(session.BEGUN, tries=2))
    first, second, third = (JobPostingFactory() for _number in range(3))
    for posting in (first, second):
        assert client.post(address(posting, 1), ABOUT).status_code == 302
    answer = client.post(address(third, 1), ABOUT)
    assert "Yritä huomenna uudelleen" in answer.text
    assert ABOUT["phone"] in answer.text
    assert client.post(address(first, 2), SKILLS).status_code == 302
    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        assert client.post(address(third, 1), ABOUT).status_code == 302


def test_who_has_not_signed_in_is_kept_for_two_days(client):
    client.post(address(JobPostingFactory(), 1), ABOUT)
    row = Session.objects.get()
    assert timedelta(hours=47) < row.expire_date - timezone.now() <= timedelta(days=2)
    with time_machine.travel(timezone.now() + timedelta(days=2, minutes=1), tick=False):
        retention.purge()
    assert not Session.objects.exists()


def test_bytes_that_are_no_letters_are_taken_out_and_the_rest_stays(client):
    posting = JobPostingFactory()
    form = b"name=Aino+%FF%FEEsimerkki&phone=040+123+4567&email="
    kind = "application/x-www-form-urlencoded"
    assert client.generic("POST", address(posting, 1), form, content_type=kind).status_code == 302
    assert 'value="Aino Esimerkki"' in client.get(address(posting, 1)).text
