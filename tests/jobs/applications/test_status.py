"""The applicant's own page: by code and the end of the phone number, or by the link in the mail."""

import re
import uuid
from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Site

from jobs.applications.actions import applications as actions
from jobs.applications.actions.access import OF_NETWORK
from jobs.applications.enums import ApplicationStatus
from portal.furniture.limits import Limit, allow, is_spent
from portal.mail import secrets
from portal.models import OutgoingMail, PortalSettings
from tests.jobs.factories import ApplicationFactory, JobPostingFactory

pytestmark = pytest.mark.django_db

STATUS, STATE, WITHDRAW = "jobs:application_status", "jobs:application_state", "jobs:application_withdraw"


def ask(client, reference, digits, **extra):
    return client.post(reverse(STATUS), {"reference": reference, "digits": digits}, **extra)


def own(application):
    return application.reference, application.phone[-4:]


def test_code_and_digits_show_the_state_and_nothing_else(client):
    application = ApplicationFactory(email="aino@esimerkki.fi")
    assert ask(client, *own(application)).url == reverse(STATE)
    html = client.get(reverse(STATE)).content.decode()
    assert application.posting.title in html
    for secret in (application.name, application.phone, application.email, application.message):
        assert secret not in html


def test_small_letters_and_spaces_are_no_mistakes(client):
    reference, digits = own(ApplicationFactory())
    assert ask(client, f" {reference.lower().replace('-', ' ')} ", f"{digits[:2]} {digits[2:]}").status_code == 302


@pytest.mark.parametrize(("reference", "digits"), [("", ""), ("ABC", "1234"), ("ABC-DEF", "12"), ("ABC-DEF", "kolme")])
def test_what_cannot_be_right_is_told_and_not_counted(client, reference, digits):
    for _time in range(6):
        answer = ask(client, reference, digits)
        assert answer.status_code == 200
        assert answer.context["form"].errors


def test_without_a_phone_there_is_no_way_by_code(client):
    application = ApplicationFactory(phone="", email="aino@esimerkki.fi")
    assert ask(client, application.reference, "0000").status_code == 200


def test_five_wrong_tries_lock_the_code_for_an_hour():
    application = ApplicationFactory()
    reference, digits = own(application)
    wrong = "0000" if digits != "0000" else "1111"
    for number in range(5):
        assert ask(Client(), reference, wrong, REMOTE_ADDR=f"10.0.{number}.1").status_code == 200
    assert ask(Client(), reference, digits, REMOTE_ADDR="192.0.2.99").status_code == 429
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert ask(Client(), reference, digits, REMOTE_ADDR="192.0.2.99").status_code == 302


CODES = ("AAA-AAA", "AAA-BBB", "AAA-CCC", "AAA-DDD", "AAA-EEE")


def locked(client):
    for code in CODES:
        assert ask(client, code, "1234").status_code == 200
    return client


def test_five_wrong_tries_lock_the_browser_whatever_the_code_and_not_the_library(client):
    application, another = ApplicationFactory(), ApplicationFactory()
    locked(client)
    assert ask(client, *own(application)).status_code == 429
    assert ask(Client(), *own(application)).status_code == 302
    assert ask(Client(), *own(another)).status_code == 302
    with time_machine.travel(timezone.now() + timedelta(minutes=59)):
        assert ask(client, *own(application)).status_code == 429
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert ask(client, *own(application)).status_code == 302


def test_a_hundred_tries_lock_the_network():
    """Who throws the cookie away gets no further."""
    application = ApplicationFactory()
    while allow(OF_NETWORK, "2001:db8::/64"):
        pass
    assert ask(Client(), *own(application), REMOTE_ADDR="2001:db8::2").status_code == 429
    assert ask(Client(), *own(application), REMOTE_ADDR="2001:db8:0:1::2").status_code == 302


def test_right_tries_are_counted_for_nobody(client):
    for _application in range(7):
        assert ask(client, *own(ApplicationFactory())).status_code == 302
    assert not is_spent(Limit(OF_NETWORK.name, 1, OF_NETWORK.within), "127.0.0.0/24")


@pytest.mark.parametrize("phone", ["013 123 4567", ""])
def test_who_gave_only_a_phone_is_told_whom_to_call(client, phone):
    PortalSettings.objects.update_or_create(site=Site.objects.get(), defaults={"help_phone": phone})
    page = ask(locked(client), *own(ApplicationFactory())).text
    assert ("tel:0131234567" in page) == bool(phone)
    assert "Annoitko vain puhelinnumeron?" in page
    assert "Annoitko vain puhelinnumeron?" not in ask(Client(), CODES[0], "1234").text


def test_the_right_answer_forgives_the_tries_of_the_code(client):
    application = ApplicationFactory()
    reference, digits = own(application)
    for number in range(9):
        wrong = "0000" if digits != "0000" else "1111"
        ask(Client(), reference, wrong, REMOTE_ADDR=f"10.0.{number}.1")
        if number % 4 == 3:
            assert ask(client, reference, digits, REMOTE_ADDR="192.0.2.200").status_code == 302


def test_the_link_of_the_mail_opens_the_page_in_the_applicants_language(client):
    answers = {"name": "Aino", "email": "aino@esimerkki.fi"}
    actions.apply(JobPostingFactory(), form_key=uuid.uuid4(), answers=answers, language="sv")
    mail = OutgoingMail.objects.get(recipient="aino@esimerkki.fi")
    link = re.search(r"http://testserver(/sv/\S+)", secrets.put_back(mail).text)[1]
    answer = client.get(link)
    assert answer.url == reverse(STATE)
    assert client.get(answer.url).status_code == 200


def test_every_wrong_link_gets_one_answer_after_the_same_questions(client):
    """Unknown, changed, and of an application whose link was renewed: none tells which it was."""
    application = ApplicationFactory()
    old = application.renew_token()
    token = application.renew_token()
    application.save()
    link = partial(reverse, "jobs:application_link")
    answer_of(client, link(args=["first"]))  # what a process asks once
    answers = {answer_of(client, link(args=[wrong])) for wrong in ("x" * 32, token[:-1], token + "x", old)}
    assert len(answers) == 1
    assert answers.pop()[0] == 404
    assert client.get(link(args=[token])).url == reverse(STATE)


def answer_of(client, address):
    """What a stranger can tell of an answer: its code, its page but for the address, and how much was asked."""
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    return answer.status_code, answer.content.decode().replace(address.split("/")[-2], ""), len(asked)


def test_the_page_closes_after_half_an_hour(client):
    ask(client, *own(ApplicationFactory()))
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        assert client.get(reverse(STATE)).url == reverse(STATUS)
        assert client.post(reverse(WITHDRAW)).url == reverse(STATUS)


def test_withdrawing_asks_once_more_and_is_done_by_post_alone(client):
    application = ApplicationFactory()
    ask(client, *own(application))
    assert client.get(reverse(WITHDRAW)).status_code == 200
    application.refresh_from_db()
    assert application.status == ApplicationStatus.NEW
    client.post(reverse(WITHDRAW))
    client.post(reverse(WITHDRAW))
    application.refresh_from_db()
    assert application.status == ApplicationStatus.WITHDRAWN
    assert application.events.count() == 1
    assert client.get(reverse(WITHDRAW)).url == reverse(STATE)


def test_what_was_answered_meanwhile_is_told(client, user):
    application = ApplicationFactory(posting__organisation__member=user)
    ask(client, *own(application))
    actions.decline(application, by=user, seen=ApplicationStatus.NEW, reason="HOURS")
    client.post(reverse(WITHDRAW))
    application.refresh_from_db()
    assert application.status == ApplicationStatus.DECLINED


@pytest.mark.parametrize("status", ApplicationStatus.values)
def test_every_state_has_words(client, status):
    application = ApplicationFactory(status=status)
    ask(client, *own(application))
    assert client.get(reverse(STATE)).context["state_title"]


def test_a_job_that_was_called_off_is_not_called_filled(client):
    filled = ApplicationFactory(obsolete=True, posting__filled=True)
    called_off = ApplicationFactory(obsolete=True, posting__withdrawn=True)
    titles = []
    for application in (filled, called_off):
        ask(client, *own(application))
        titles.append(str(client.get(reverse(STATE)).context["state_title"]))
    assert titles[0] != titles[1]
