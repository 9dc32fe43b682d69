"""Mail is a row first: it survives a server that is down, refuses or drops, and goes out once."""

import smtplib
import threading
from datetime import timedelta

import pytest
from django.core.mail import send_mail
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from portal.enums import MailFault, MailState, MailUrgency
from portal.mail import delivery, outbox
from portal.mail.refusals import fault_of, in_short
from portal.models import MailSecrets, OutgoingMail, PortalSettings
from portal.privacy import shares
from tests.accounts.factories import UserFactory
from tests.portal.mail_server import running_server

LATER = timedelta(minutes=10)


@pytest.fixture
def mail_server(settings):
    with running_server() as server:
        settings.MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        settings.EMAIL_TIMEOUT = 2
        yield server


@pytest.fixture
def no_worker(settings):
    """Rows are written; nobody sends them until the test does."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


def written(to="aino@example.org", **fields):
    return outbox.post_text(to, "Otsikko", "Kappale.\n\nToinen kappale.", **fields)


@pytest.mark.django_db
@pytest.mark.network
def test_letter_arrives_as_text_and_html(mail_server):
    PortalSettings.objects.create(site_id=1, funding_statement_sv="Medfinansieras av EU", project_name="Projektet")
    mail = written(language="sv")
    mail.refresh_from_db()
    assert mail.state == MailState.SENT
    (letter,) = mail_server.letters
    assert letter["Subject"] == "Otsikko"
    assert letter["To"] == "aino@example.org"
    assert str(mail.message_id) in letter["Message-ID"]
    assert letter["Content-Language"] == "sv"
    text, html = (letter.get_body([kind]).get_content() for kind in ("plain", "html"))
    assert 'lang="sv"' in html
    for part in (text, html):
        assert "Kappale." in part
        assert "Medfinansieras av EU" in part
        assert "Projektet" in part
        assert "http://testserver" in part


@pytest.mark.django_db
def test_funding_can_be_hidden():
    PortalSettings.objects.create(site_id=1, shows_funding=False, funding_statement_fi="EU rahoittaa")
    mail = written()
    assert "EU rahoittaa" not in mail.text + mail.html


@pytest.mark.django_db
@pytest.mark.network
def test_server_down_keeps_the_mail(mail_server, no_worker):
    mail = written()
    mail_server.shutdown()
    mail_server.server_close()
    assert delivery.deliver_due() == 0
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.leased_until) == (MailState.WAITING, 1, None)
    assert mail.send_after > timezone.now()


@pytest.mark.django_db
@pytest.mark.network
def test_server_down_is_asked_once_in_a_sweep(no_worker, settings):
    settings.MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 1
    written()
    written()
    delivery.deliver_due()
    assert sorted(OutgoingMail.objects.values_list("attempts", flat=True)) == [0, 1]


@pytest.mark.django_db
@pytest.mark.network
def test_mail_refused_for_now_goes_later_and_holds_up_no_other(mail_server, no_worker):
    first = written()
    mail_server.refuses = {"aino@example.org": "450 later"}
    written(to="eeva@example.org")
    assert delivery.deliver_due() == 1
    mail_server.refuses = {}
    assert delivery.deliver_due(timezone.now() + LATER) == 1
    first.refresh_from_db()
    assert first.state == MailState.SENT
    assert len(mail_server.letters) == 2


@pytest.mark.django_db
@pytest.mark.network
def test_a_refused_address_is_final_at_once_and_stops_nobody(mail_server, no_worker):
    """Before, the first address that a server refused kept every later mail of the sweep from going."""
    refused = written()
    mail_server.refuses = {"aino@example.org": "550 5.1.1 no such user <aino@example.org>"}
    for _number in range(3):
        written(to="eeva@example.org")
    assert delivery.deliver_due() == 3
    refused.refresh_from_db()
    assert (refused.state, refused.fault, refused.attempts) == (MailState.FAILED, MailFault.REFUSED, 1)
    assert refused.error == "SMTPRecipientsRefused 550"
    assert delivery.deliver_due(timezone.now() + LATER) == 0


@pytest.mark.django_db
@pytest.mark.network
@pytest.mark.parametrize(
    ("answer", "state"), [("554 looks like spam", MailState.FAILED), ("451 try later", MailState.WAITING)]
)
def test_what_a_server_says_of_the_text_is_for_this_mail_alone(mail_server, no_worker, answer, state):
    first = written()
    mail_server.refuses_text = answer
    delivery.deliver_due()
    first.refresh_from_db()
    assert first.state == state
    mail_server.refuses_text = ""
    written()
    assert delivery.deliver_due() == 1


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (smtplib.SMTPRecipientsRefused({"a@b.fi": (550, b"no"), "b@b.fi": (450, b"later")}), MailFault.LATER),
        (smtplib.SMTPRecipientsRefused({"a@b.fi": (452, b"full")}), MailFault.LATER),
        # Our own address is refused: a fault of the settings, for which no mail is given up.
        (smtplib.SMTPSenderRefused(553, b"no", "me@b.fi"), MailFault.LATER),
        (smtplib.SMTPAuthenticationError(535, b"who are you"), MailFault.NO_SERVER),
        (smtplib.SMTPServerDisconnected("bye"), MailFault.NO_SERVER),
        (smtplib.SMTPNotSupportedError("SMTPUTF8"), MailFault.LATER),
        (ConnectionRefusedError(), MailFault.NO_SERVER),
        (TimeoutError(), MailFault.NO_SERVER),
        (UnicodeEncodeError("ascii", "ä", 0, 1, "no"), MailFault.LATER),
    ],
    ids=lambda value: type(value).__name__,
)
def test_each_error_means_one_thing(error, fault):
    assert fault_of(error) == fault


def test_nothing_of_what_a_server_says_is_kept():
    """Servers repeat the address in their words."""
    assert in_short(smtplib.SMTPDataError(554, b"<aino@example.org> is blocked")) == "SMTPDataError 554"


@pytest.mark.django_db
def test_what_somebody_waits_for_goes_before_what_was_queued_earlier(no_worker, mailoutbox):
    for subject, urgency in [
        ("Kooste", MailUrgency.DIGEST),
        ("Uutinen", MailUrgency.NEWS),
        ("Koodi", MailUrgency.CODE),
    ]:
        OutgoingMail.objects.filter(pk=written().pk).update(subject=subject, urgency=urgency)
    delivery.deliver_due()
    assert [letter.subject for letter in mailoutbox] == ["Koodi", "Uutinen", "Kooste"]


@pytest.mark.django_db
@pytest.mark.network
def test_drop_after_data_goes_again_under_the_same_name(mail_server, no_worker):
    written()
    mail_server.drops_after_data = True
    assert delivery.deliver_due() == 0
    mail_server.drops_after_data = False
    assert delivery.deliver_due(timezone.now() + LATER) == 1
    assert len({letter["Message-ID"] for letter in mail_server.letters}) == 1


@pytest.mark.django_db
def test_after_twelve_tries_it_is_given_up(no_worker, settings):
    settings.MAIL_TRANSPORT = "tests.portal.test_outbox.BrokenBackend"
    mail = written()
    now = timezone.now()
    for _try in range(13):
        now += timedelta(hours=7)
        OutgoingMail.objects.update(send_after=now)
        delivery.deliver_due(now)
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == (MailState.FAILED, 12)


class BrokenBackend:
    def __init__(self, **options):
        pass

    def send_messages(self, messages):
        raise ValueError("broken")


@pytest.mark.django_db
def test_killed_workers_mail_is_sent_by_the_next(no_worker, mailoutbox):
    mail = written()
    delivery._claim(timezone.now())  # and the worker is gone
    assert delivery.deliver_due() == 0
    assert delivery.deliver_due(timezone.now() + delivery.LEASE + timedelta(seconds=1)) == 1
    mail.refresh_from_db()
    assert mail.state == MailState.SENT
    assert len(mailoutbox) == 1


@pytest.mark.django_db
def test_late_worker_changes_nothing_any_more(no_worker, mailoutbox):
    written()
    slow = delivery._claim(timezone.now())
    delivery.deliver_due(timezone.now() + delivery.LEASE + timedelta(seconds=1))
    delivery._postpone(slow, MailFault.LATER, "")
    assert OutgoingMail.objects.get().state == MailState.SENT


@pytest.mark.django_db
def test_same_key_is_one_mail(mailoutbox):
    written(key="posting 1 published")
    written(key="posting 1 published")
    assert len(mailoutbox) == 1


@pytest.mark.django_db
def test_mail_of_an_undone_change_is_never_sent(mailoutbox):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        written()
        raise ZeroDivisionError
    assert not OutgoingMail.objects.exists()
    assert not mailoutbox


@pytest.mark.django_db
def test_header_injection_stays_in_the_subject(mailoutbox):
    outbox.post_text("aino@example.org", "Hei\r\nBcc: kaikki@example.org", "Teksti")
    (letter,) = mailoutbox
    assert letter.subject == "Hei Bcc: kaikki@example.org"
    assert letter.recipients() == ["aino@example.org"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "recipient", ["a@example.org\nBcc: b@example.org", "a@example.org, b@example.org", "nobody", ""]
)
def test_what_is_no_address_is_not_sent(mailoutbox, recipient):
    mail = outbox.post_text(recipient, "Otsikko", "Teksti")
    assert mail.state == MailState.FAILED
    assert not mailoutbox


@pytest.mark.django_db
def test_text_of_people_is_no_html():
    mail = outbox.post_text("aino@example.org", "Otsikko", "<script>alert(1)</script> & https://example.org/a?b=1&c=2")
    assert "<script>" not in mail.html
    assert 'href="https://example.org/a?b=1&amp;c=2"' in mail.html
    assert "& https://example.org/a?b=1&c=2" in mail.text


@pytest.mark.django_db
def test_code_stands_large():
    mail = outbox.post_text("aino@example.org", "Otsikko", "Koodisi:\n\n123456\n\nSe on voimassa 10 minuuttia.")
    assert "font-size: 32px" in mail.html


@pytest.mark.django_db
def test_mail_of_libraries_is_queued_too(settings, mailoutbox):
    settings.EMAIL_BACKEND = "portal.mail.outbox.QueuedBackend"
    send_mail("Arviointi", "Sivu odottaa.", None, ["aino@example.org", "eeva@example.org"])
    assert sorted(OutgoingMail.objects.values_list("recipient", flat=True)) == ["aino@example.org", "eeva@example.org"]
    assert len(mailoutbox) == 2


@pytest.mark.django_db
def test_sweep_sends_what_was_left(no_worker, mailoutbox):
    written()
    call_command("run_due")
    assert len(mailoutbox) == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_each_mail_once(no_worker, mailoutbox):
    for _number in range(8):
        written()

    def work():
        delivery.deliver_due()
        connection.close()

    workers = [threading.Thread(target=work) for _number in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert OutgoingMail.objects.filter(state=MailState.SENT, attempts=1).count() == 8
    assert len(mailoutbox) == 8


@pytest.mark.django_db
@pytest.mark.raw_pages
def test_outbox_pages_show_both_parts(client):
    mail = written()
    assert mail.subject in client.get("/outbox/").text
    page = client.get(f"/outbox/{mail.pk}/")
    assert 'sandbox title="' in page.text
    part = client.get(f"/outbox/{mail.pk}/html/")
    assert "sandbox" in part["Content-Security-Policy"]
    assert "default-src 'none'" in part["Content-Security-Policy"]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/outbox/", "/outbox/{}/", "/outbox/{}/html/"])
def test_production_has_no_outbox_pages(client, settings, address):
    mail = written()
    settings.SHOW_OUTBOX = False
    assert client.get(address.format(mail.pk)).status_code == 404


LINK = "http://testserver/kutsut/" + "a1B-" * 8 + "/"


@pytest.mark.django_db
def test_links_and_codes_stand_in_no_row_of_mail(no_worker, settings, mailoutbox):
    settings.SHOW_OUTBOX = False
    mail = outbox.post_text("aino@example.org", "Koodisi: 123456", f"Tässä:\n\n123456\n\nTai avaa {LINK} tästä.")
    mail.refresh_from_db()
    for part in (mail.subject, mail.text, mail.html):
        assert "123456" not in part
        assert LINK not in part
    delivery.deliver_due()
    (letter,) = mailoutbox
    assert letter.subject == "Koodisi: 123456"
    assert LINK in letter.body
    assert f'href="{LINK}"' in letter.alternatives[0].content
    mail.refresh_from_db()
    assert mail.state == MailState.SENT
    assert LINK not in mail.text
    assert not MailSecrets.objects.exists()


@pytest.mark.django_db
def test_what_a_person_takes_along_opens_nothing():
    person = UserFactory(email="aino@example.org")
    outbox.post_text("aino@example.org", "Kutsu", f"Avaa {LINK} tästä.")
    (mail,) = shares.export(person)["mail"]
    assert "Avaa http://testserver/kutsut/…/ tästä." in mail["text"]


@pytest.mark.django_db
def test_a_mail_without_secrets_may_hold_any_sign(no_worker, mailoutbox):
    outbox.post_text("aino@example.org", "Otsikko", "Merkki ⟦0⟧ jää.")
    delivery.deliver_due()
    assert "⟦0⟧" in mailoutbox[0].body


@pytest.mark.django_db
def test_a_mail_whose_links_are_lost_is_told_to_staff_and_not_sent(no_worker, mailoutbox):
    mail = outbox.post_text("aino@example.org", "Kutsu", LINK)
    MailSecrets.objects.all().delete()
    assert delivery.deliver_due() == 0
    mail.refresh_from_db()
    assert (mail.state, mail.fault) == (MailState.FAILED, MailFault.SECRETS_GONE)
    assert not mailoutbox


@pytest.mark.django_db
def test_the_secrets_of_mail_that_never_went_go_after_two_weeks(no_worker):
    outbox.post_text("aino@example.org", "Kutsu", LINK)
    assert not MailSecrets.objects.expired().exists()
    assert MailSecrets.objects.expired(timezone.now() + timedelta(days=15)).count() == 1
    OutgoingMail.objects.update(state=MailState.SENT)
    assert MailSecrets.objects.expired().count() == 1


@pytest.mark.django_db
def test_staff_send_again_what_was_given_up(no_worker, mailoutbox):
    mail = written()
    assert not delivery.send_again(mail)
    OutgoingMail.objects.update(state=MailState.FAILED, attempts=12, fault=MailFault.REFUSED)
    assert delivery.send_again(mail)
    assert not delivery.send_again(mail)
    assert delivery.deliver_due() == 1
