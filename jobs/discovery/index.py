"""What the search knows of a posting: its text comes from the model's `search_fields`, the rest from here."""

from datetime import datetime, time
from functools import partial

from django.db import transaction
from django.utils import timezone

from jobs.discovery.enums import Extra, HoursBand, Offer
from jobs.postings.enums import DRIVING_LICENCES, Demand, PostingStatus, Support
from jobs.postings.models import JobPosting
from organisations.enums import OrganisationStatus
from search import tasks
from search.index import descriptions
from search.index.descriptions import SearchDocument, kind_of

KIND = kind_of(JobPosting)
# Hours are whole numbers in the index: tenths, as a posting says no finer.
TENTHS = 10
BITS_OF_DEMANDS = {demand.value: demand.bit for demand in Demand}


def seconds_of(day):
    """A day in Helsinki as the second it begins."""
    return int(datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone()).timestamp())


def hours_bands(posting):
    """Every band that the posting's span of hours touches."""
    low, high = posting.hours_min or posting.hours_max, posting.hours_max
    return [band.value for band in HoursBand if high >= band.limits[0] and low < band.limits[1] + 1]


def lacking_demands(posting):
    """The demands that stand in nobody's way: the work does not have them, or they can be adapted."""
    return [value for value, bit in BITS_OF_DEMANDS.items() if not posting.firm_demands & bit]


def absent_demands(posting):
    """The demands that the work does not have at all: what is calm, light or indoors by itself."""
    present = present_demands(posting)
    return [demand.value for demand in Demand if demand not in present]


def present_demands(posting):
    return {row.demand for row in posting.demands.all() if row.level}


def extras(posting):
    offers = {
        Extra.SUBSIDY: posting.is_subsidy_possible,
        Extra.TAILORED: posting.is_tailored,
        Extra.EASY: bool(posting.easy_text),
    }
    return [extra.value for extra, is_true in offers.items() if is_true]


def offers(posting):
    is_finnish_firm = bool(posting.firm_demands & Demand.FINNISH.bit)
    true = {
        Offer.REMOTE: bool(posting.remote_share),
        Offer.TRIAL: posting.is_trial_possible,
        Offer.NO_DRIVING: not DRIVING_LICENCES.intersection(posting.licences),
        Offer.LITTLE_FINNISH: not is_finnish_firm or Support.LANGUAGE_PRACTICE in posting.support,
        Offer.OUTDOORS: Demand.OUTDOORS in present_demands(posting),
    }
    return [offer.value for offer, is_true in true.items() if is_true]


def tenths(hours):
    return int(hours * TENTHS)


def is_listed(posting):
    is_shown = posting.status == PostingStatus.PUBLISHED and not posting.hidden_for
    return is_shown and posting.organisation.status == OrganisationStatus.VERIFIED


def published():
    """Only what is published is in the index; whether it is open is asked of the clock at each search."""
    rows = JobPosting.objects.filter(status=PostingStatus.PUBLISHED)
    # Not joined: a thousand postings share a few of these rows, and to make each anew took a fifth of a rebuild.
    return rows.prefetch_related("organisation", "municipality", "task_field", "tasks", "demands")


def describe_postings():
    descriptions.register(
        SearchDocument(
            model=JobPosting,
            facets={
                "municipalities": lambda posting: [posting.municipality_id],
                "task_fields": lambda posting: [posting.task_field.code],
                "hours": hours_bands,
                "without": lacking_demands,
                "free_of": absent_demands,
                "extras": extras,
                "times": lambda posting: posting.day_parts,
                "offers": offers,
            },
            numbers={
                "closes": lambda posting: seconds_of(posting.application_deadline),
                "published": lambda posting: int(posting.published_at.timestamp()),
                "hours_min": lambda posting: tenths(posting.hours_min or posting.hours_max),
                "hours_max": lambda posting: tenths(posting.hours_max),
            },
            location=lambda posting: (posting.municipality.latitude, posting.municipality.longitude),
            language=lambda posting: posting.language,
            listed=is_listed,
            queryset=published,
            changed_field="saved_at",
        )
    )


def index_posting(sender, posting, **kwargs):
    """Has the index brought up to date with a posting after the commit: no save waits for it."""
    _enqueue([posting.pk])


def index_postings_of(sender, organisation, **kwargs):
    """An organisation's new name or state is its postings' too."""
    _enqueue(list(published().filter(organisation=organisation).values_list("pk", flat=True)))


def _enqueue(pks):
    if pks:
        transaction.on_commit(partial(tasks.index.enqueue, KIND, pks), robust=True)
