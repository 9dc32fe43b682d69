"""Staff see what could not be sent, and why; they let it go once more, and never by one tap."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from portal.enums import MailFault, MailState
from portal.models import OutgoingMail
from portal.site.groups import MODERATORS, set_up_groups
from tests.accounts.factories import UserFactory, sign_in

pytestmark = pytest.mark.django_db
LIST = "/admin/reports/mail/"


def failed(**fields):
    row = {"recipient": "aino@example.org", "subject": "Otsikko", "fault": MailFault.REFUSED, "state": MailState.FAILED}
    return OutgoingMail.objects.create(**row | {"language": "fi", "text": "Salainen teksti", "html": ""} | fields)


@pytest.fixture
def moderator(client):
    set_up_groups()
    person = UserFactory()
    person.groups.add(Group.objects.get(name=MODERATORS))
    return sign_in(client, person)


def test_the_list_tells_to_whom_and_why_and_shows_no_text(moderator):
    failed()
    OutgoingMail.objects.create(recipient="eeva@example.org", language="fi", subject="Odottaa", text="", html="")
    page = moderator.get(LIST)
    assert "aino@example.org" in page.text
    assert "osoite on väärä tai suljettu" in page.text
    assert "Salainen teksti" not in page.text
    assert "eeva@example.org" not in page.text


def test_without_any_it_says_so(moderator):
    assert "Kaikki viestit ovat lähteneet" in moderator.get(LIST).text


def test_the_list_asks_as_much_for_two_as_for_twenty(moderator, django_assert_max_num_queries):
    for _number in range(20):
        failed()
    with django_assert_max_num_queries(12):
        moderator.get(LIST)


def test_sending_again_asks_first(moderator, mailoutbox):
    mail = failed()
    address = reverse("portal_mail_send_again", args=[mail.pk])
    assert "aino@example.org" in moderator.get(address).text
    assert not mailoutbox
    assert moderator.post(address).url == LIST
    mail.refresh_from_db()
    assert mail.state == MailState.SENT
    assert moderator.post(address).status_code == 404
    assert len(mailoutbox) == 1


def test_what_has_no_address_cannot_go(moderator, mailoutbox):
    mail = failed(recipient="", fault=MailFault.NO_ADDRESS)
    answer = moderator.post(reverse("portal_mail_send_again", args=[mail.pk]), follow=True)
    assert "ei lähetetty uudelleen" in answer.text
    assert not mailoutbox


def test_the_front_page_of_the_admin_tells_of_them(moderator):
    assert "jäi lähettämättä" not in moderator.get("/admin/").text
    failed()
    assert "1 viesti jäi lähettämättä" in moderator.get("/admin/").text
