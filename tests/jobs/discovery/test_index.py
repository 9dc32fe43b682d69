"""The index of postings is made whole, however many associations they belong to."""

from decimal import Decimal

import pytest

from jobs.discovery.index import KIND
from jobs.postings.enums import Demand, DemandLevel
from jobs.postings.models import JobPosting
from organisations.models import Organisation
from search.filters import Filters, Range
from search.index.objects import entries_for
from search.index.updating import index_objects, learn_vocabularies, rebuild
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


@pytest.mark.parametrize(
    ("facts", "offered"),
    [
        ({}, {"no_driving", "little_finnish"}),
        ({"licences": ["B", "022"]}, {"little_finnish"}),
        ({"licences": ["022"]}, {"no_driving", "little_finnish"}),
        ({"firm_demands": Demand.FINNISH.bit}, {"no_driving"}),
        ({"firm_demands": Demand.FINNISH.bit, "support": ["LANGUAGE_PRACTICE"]}, {"no_driving", "little_finnish"}),
        ({"remote_share": 20, "is_trial_possible": True}, {"remote", "trial", "no_driving", "little_finnish"}),
        ({"remote_share": 0}, {"no_driving", "little_finnish"}),
    ],
)
def test_what_a_posting_offers_is_in_the_index(facts, offered):
    JobPostingFactory(**facts)
    assert set(search(KIND, facets=("offers",)).facets["offers"]) == offered


@pytest.mark.parametrize(("level", "number"), [(DemandLevel.NONE, 0), (DemandLevel.SOME, 1), (DemandLevel.MUCH, 1)])
def test_work_outdoors_is_work_that_asks_for_it_at_all(level, number):
    posting = JobPostingFactory()
    posting.demands.create(demand=Demand.OUTDOORS, level=level, can_be_adapted=True)
    index_objects(KIND, [posting.pk])
    assert search(KIND, facets=("offers",)).facets["offers"].get("outdoors", 0) == number


def test_hours_are_kept_to_the_tenth_and_times_as_they_are():
    JobPostingFactory(hours_min=None, hours_max=Decimal("19.5"), day_parts=["EVENING", "WEEKEND"])
    assert search(KIND, filters=Filters(ranges={"hours_max": Range(195, 195), "hours_min": Range(195, 195)})).total
    assert search(KIND, facets=("times",)).facets["times"] == {"EVENING": 1, "WEEKEND": 1}
