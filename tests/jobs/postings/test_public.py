import json
import re
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Site

from jobs.postings.enums import VIEWS
from portal.furniture import daily_counts
from portal.models import PortalSettings
from tests.jobs.factories import JobPostingFactory
from tests.organisations.factories import OrganisationFactory

pytestmark = pytest.mark.django_db


def structured(page):
    script = re.search(r'<script type="application/ld\+json">(.*?)</script>', page.content.decode(), re.DOTALL)
    return json.loads(script.group(1)) if script else None


def test_an_open_posting_shows_its_facts_its_form_and_its_markup(client):
    posting = JobPostingFactory(pay_basis="TIME", pay_min="12.40", easy_text="Teet ruokaa.")
    page = client.get(posting.get_absolute_url())
    text = page.content.decode()
    assert "Hae työtä" in text
    assert "12,40" in text
    assert "Työ helpolla suomella" in text
    data = structured(page)
    assert data["@type"] == "JobPosting"
    assert data["validThrough"].startswith(f"{posting.application_deadline}T23:59:59")
    assert data["baseSalary"]["value"]["value"] == 12.4
    assert data["jobLocation"]["address"]["addressCountry"] == "FI"


def test_markup_cannot_be_broken_out_of(client):
    posting = JobPostingFactory(title="</script><script>alert(1)</script>", description="<b>&\u2028")
    page = client.get(posting.get_absolute_url())
    assert "<script>alert" not in page.content.decode()
    assert structured(page)["title"] == posting.title


@pytest.mark.parametrize("trait", ["ran_out", "filled", "expired", "withdrawn"])
def test_a_closed_posting_shows_a_notice_and_neither_form_nor_markup(client, trait):
    posting = JobPostingFactory(**{trait: True})
    page = client.get(posting.get_absolute_url())
    text = page.content.decode()
    assert page.status_code == 200
    assert "notice--warning" in text
    assert "/hae/" not in text and posting.contact_phone not in text
    assert structured(page) is None
    assert '<meta name="robots" content="noindex">' in text


def test_a_paused_organisations_posting_cannot_be_applied_for(client):
    posting = JobPostingFactory(organisation=OrganisationFactory(paused=True))
    page = client.get(posting.get_absolute_url())
    assert "Tämä työ on tauolla" in page.content.decode()
    assert structured(page) is None


def test_what_is_over_for_ninety_days_is_gone(client):
    posting = JobPostingFactory(filled=True, closed_at=timezone.now() - timedelta(days=91))
    assert client.get(posting.get_absolute_url()).status_code == 410
    assert client.get(JobPostingFactory(archived=True).get_absolute_url()).status_code == 410


@pytest.mark.parametrize("trait", ["draft", "submitted", "changes_requested"])
def test_what_was_never_public_is_not_found(client, trait):
    assert client.get(JobPostingFactory(**{trait: True}).get_absolute_url()).status_code == 404


def test_an_old_or_short_address_leads_to_the_present_one(client):
    posting = JobPostingFactory()
    assert client.get(f"/tyopaikat/{posting.pk}/vanha-nimi/").headers["Location"] == posting.get_absolute_url()
    assert client.get(f"/tyopaikat/{posting.pk}/").headers["Location"] == posting.get_absolute_url()
    assert client.get("/tyopaikat/99999/olematon/").status_code == 404


def test_the_page_asks_the_same_questions_with_many_parts(client, django_assert_max_num_queries):
    posting = JobPostingFactory(tasks=[f"Tehtävä {number}" for number in range(12)])
    for demand in ("LIFTING", "PEOPLE", "SIGHT", "HURRY"):
        posting.demands.create(demand=demand, level=2)
    for _other in range(5):
        JobPostingFactory(task_field=posting.task_field, organisation=posting.organisation)
    client.get(posting.get_absolute_url())
    with django_assert_max_num_queries(14):
        client.get(posting.get_absolute_url())


def test_demands_and_adaptations_are_said_in_words(client):
    posting = JobPostingFactory()
    posting.demands.create(demand="LIFTING", level=2, can_be_adapted=True, note="Työpari auttaa.")
    posting.demands.create(demand="SIGHT", level=0)
    text = client.get(posting.get_absolute_url()).content.decode()
    assert "Nostaminen" in text and "Voidaan sovittaa" in text and "Työpari auttaa." in text
    assert "Näkeminen" not in text


def test_print_and_calendar_are_for_open_postings_alone(client):
    posting, closed = JobPostingFactory(), JobPostingFactory(filled=True)
    assert "<svg" in client.get(f"/tyopaikat/{posting.pk}/tulosta/").content.decode()
    calendar = client.get(f"/tyopaikat/{posting.pk}/hakuaika.ics")
    assert posting.application_deadline.strftime("DTSTART;VALUE=DATE:%Y%m%d") in calendar.content.decode()
    assert client.get(f"/tyopaikat/{closed.pk}/tulosta/").status_code == 404
    assert client.get(f"/tyopaikat/{closed.pk}/hakuaika.ics").status_code == 404


def test_text_in_another_language_is_said(client):
    posting = JobPostingFactory(language="sv")
    assert "Yhdistys on kirjoittanut tekstinsä ruotsiksi." in client.get(posting.get_absolute_url()).content.decode()


def test_a_view_is_counted_only_while_open(client):
    posting, closed = JobPostingFactory(), JobPostingFactory(filled=True)
    for viewed in (posting, posting, closed):
        client.get(viewed.get_absolute_url())
    daily_counts.write()
    assert daily_counts.total(VIEWS, [posting.pk, closed.pk]) == {str(posting.pk): 2, str(closed.pk): 0}


def test_reading_the_page_writes_no_row(client):
    address = JobPostingFactory().get_absolute_url()
    PortalSettings.for_site(Site.objects.get())  # a site that is set up has them
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    assert asked.captured_queries
    assert {query["sql"].split()[0] for query in asked.captured_queries} == {"SELECT"}


@contextmanager
def refusing_writes():
    """A database that takes no write: a full disk, a file without permission."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = ON")
        try:
            yield
        finally:
            cursor.execute("PRAGMA query_only = OFF")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the test's own follower of the engine would be refused too")
@pytest.mark.django_db(transaction=True)
def test_a_database_that_refuses_writes_shows_the_page_and_loses_no_view(client, monkeypatch, caplog):
    posting = JobPostingFactory()
    PortalSettings.for_site(Site.objects.get())
    monkeypatch.setattr(daily_counts, "MOST", 2)
    with refusing_writes():
        for _reader in range(3):
            assert client.get(posting.get_absolute_url()).status_code == 200
    assert "Daily counts wait" in caplog.text
    assert daily_counts.total(VIEWS, [posting.pk]) == {str(posting.pk): 0}
    daily_counts.write()
    assert daily_counts.total(VIEWS, [posting.pk]) == {str(posting.pk): 3}
