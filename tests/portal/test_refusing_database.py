"""Readers are served while the database itself refuses writes, PostgreSQL or SQLite."""

import gc
import logging
import sqlite3
import time
from contextlib import contextmanager

import pytest
from django.db import InternalError, OperationalError, connection
from django.urls import reverse

from accounts import staff_sessions
from guides import installation as guides
from guides.models import GuideIndexPage
from jobs.postings.enums import VIEWS
from portal.furniture import daily_counts
from portal.site import tree
from portal.site.groups import set_up_groups
from tests.accounts.factories import UserFactory, sign_in
from tests.guides.factories import GuidePageFactory
from tests.jobs.factories import ApplicationFactory, JobPostingFactory
from tests.organisations.factories import OrganisationFactory


@contextmanager
def refusing_database():
    """PostgreSQL that only reads, as a replica does; a file of SQLite that somebody else writes to."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET default_transaction_read_only = on")
        try:
            yield
        finally:
            connection.close()
        return
    writer = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    try:
        writer.execute("BEGIN IMMEDIATE")
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 0")
        yield
    finally:
        writer.execute("ROLLBACK")
        writer.close()
        connection.close()


@pytest.fixture
def content(transactional_db):
    tree.set_up_languages()
    tree.set_up_home_pages()
    set_up_groups()
    guides.set_up()
    shelf = GuideIndexPage.objects.get(locale__language_code="fi")
    yield GuidePageFactory(parent=shelf, title="Perehdytys"), JobPostingFactory(title="Kahvilan apulainen")
    # Cursors in the traceback of a refused request keep SQLite's file open.
    gc.collect()


def public_pages(guide, posting):
    organisation = posting.organisation
    listed = reverse("jobs:posting_list")
    yield from ("/", "/sv/", "/en/", listed, f"{listed}?q=kahvila", f"{listed}?q=kahvlia&municipality=167&hours=-15")
    yield reverse("jobs:posting_detail", args=[posting.pk, posting.slug])
    yield reverse("jobs:posting_print", args=[posting.pk])
    yield reverse("jobs:posting_apply", args=[posting.pk])
    yield from (reverse("jobs:application_status"), reverse("jobs:saved_postings"))
    yield reverse("organisations:organisation_list")
    yield reverse("organisations:organisation_detail", args=[organisation.pk, organisation.slug])
    yield guide.url
    yield guide.get_parent().url
    yield from (f"{reverse('search:site_search')}?q=kahvila", f"{reverse('search:suggestions')}?q=kah")
    yield from ("/healthz", "/readyz", "/robots.txt", "/sitemap.xml", reverse("account_login"))


def test_a_stranger_reads_every_public_page(content, client, monkeypatch):
    monkeypatch.setattr(daily_counts, "SECONDS", 0)  # every view would be written at once
    with refusing_database():
        answers = {address: client.get(address).status_code for address in public_pages(*content)}
    assert answers == dict.fromkeys(answers, 200)
    assert len(answers) == 22


def test_what_was_counted_meanwhile_is_written_afterwards(content, client, monkeypatch):
    monkeypatch.setattr(daily_counts, "SECONDS", 0)
    _guide, posting = content
    with refusing_database():
        client.get(reverse("jobs:posting_detail", args=[posting.pk, posting.slug]))
        daily_counts.write()
        assert daily_counts.total(VIEWS, [posting.pk]) == {str(posting.pk): 0}
    daily_counts.write()
    assert daily_counts.total(VIEWS, [posting.pk]) == {str(posting.pk): 1}


def test_a_member_reads_the_desk(content, client):
    person = UserFactory()
    OrganisationFactory(admin=person, name="Alku ry")
    # The second of two, so that opening its pages chooses it.
    organisation = OrganisationFactory(admin=person, name="Loppu ry")
    application = ApplicationFactory(posting=JobPostingFactory(organisation=organisation))
    sign_in(client, person)
    pages = ["organisations:desk", "jobs:desk_postings", "jobs:desk_applications", "account_profile"]
    addresses = [*map(reverse, pages), reverse("jobs:application_detail", args=[application.pk])]
    addresses.append(reverse("jobs:desk_posting", args=[application.posting.pk]))
    with refusing_database():
        answers = {address: client.get(address).status_code for address in [*addresses, *public_pages(*content)]}
    assert answers == dict.fromkeys(answers, 200) | {reverse("account_login"): 302}


def test_staff_read_the_admin_although_their_step_cannot_be_written(content, client):
    sign_in(client, UserFactory(superuser=True))
    session = client.session
    session[staff_sessions.BEGAN] = session[staff_sessions.SEEN] = time.time() - 2 * staff_sessions.WRITTEN_EVERY
    session.save()
    with refusing_database():
        assert client.get("/admin/").status_code == 200


def test_a_form_gets_the_page_that_says_when_to_come_back(content, client):
    client.raise_request_exception = False
    logging.disable()  # a record with the traceback would keep its cursors, and they SQLite's file
    with refusing_database():
        answer = client.post(reverse("account_login"), {"login": "aino@example.org"})
    logging.disable(logging.NOTSET)
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")


def test_writing_is_refused_by_the_database_itself(content):
    """Else the tests above would say nothing."""
    with refusing_database(), pytest.raises(OperationalError if connection.vendor == "sqlite" else InternalError):
        UserFactory()
