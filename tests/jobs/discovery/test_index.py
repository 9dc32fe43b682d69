"""The index of postings is made whole, however many associations they belong to."""

import pytest

from jobs.discovery.index import KIND
from jobs.postings.models import JobPosting
from organisations.models import Organisation
from search.index.objects import entries_for
from search.index.updating import learn_vocabularies, rebuild
from search.searching import search
from tests.jobs.factories import JobPostingFactory
from tests.organisations.factories import OrganisationFactory

pytestmark = pytest.mark.django_db
# SQLite goes a thousand terms deep, and no further.
TOO_DEEP = 1001


@pytest.fixture
def postings():
    """As many postings as associations, each with its own."""
    first = JobPostingFactory(title="Pesijä", description="Peset.", organisation__description="")
    fields = ("task_field", "municipality", "status", "hours_max", "application_deadline", "published_at")
    facts = {name: getattr(first, name) for name in fields}
    organisations = Organisation.objects.bulk_create(
        OrganisationFactory.build(municipality=first.municipality, description="") for _ in range(TOO_DEEP - 1)
    )
    JobPosting.objects.bulk_create(
        JobPosting(title="Pesijä", organisation=organisation, confirmed_at=first.confirmed_at, **facts)
        for organisation in organisations
    )
    return JobPosting.objects.order_by("pk")


def test_postings_of_a_thousand_and_one_associations_are_indexed(postings):
    learn_vocabularies()
    assert rebuild(KIND) == TOO_DEEP
    assert search(KIND, "pesijä").total == TOO_DEEP


def test_postings_of_a_thousand_and_one_associations_are_brought_up_to_date(postings):
    pks = list(postings.values_list("pk", flat=True))
    assert sorted(entry.pk for entry in entries_for(KIND, pks)) == pks
