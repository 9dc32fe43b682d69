"""What discovery shows in the pages of other rooms: saving, similar jobs, the front page's search and newest jobs."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from jobs.discovery.enums import Order
from jobs.discovery.forms import QuickSearchForm
from jobs.discovery.results import by_task_field
from jobs.discovery.search import Filters, search
from jobs.postings.models import JobPosting
from portal.slots import Filling

SIMILAR = 3
NEWEST = 4


@dataclass(frozen=True)
class SaveButton:
    """The button that saves a posting in the reader's own browser, or forgets it."""

    action: str
    value: int
    is_saved: bool
    title: str = ""
    language: str = ""
    is_on_card: bool = False
    word: str = ""


@dataclass(frozen=True)
class OpenJobs:
    """The open jobs at a glance: how many, the newest, and the fields of work with their counts."""

    total: int
    newest: list[JobPosting]
    fields: list[dict[str, Any]]
    list_url: str


def save(page, posting):
    is_saved = str(posting.pk) in page.get("saved_keys", ())
    return {"button": SaveButton(reverse("jobs:posting_save"), posting.pk, is_saved, word=_("Save the job"))}


def save_on_card(page, posting):
    is_saved = str(posting.pk) in page.get("saved_keys", ())
    action = reverse("jobs:posting_save")
    return {"button": SaveButton(action, posting.pk, is_saved, posting.title, posting.language, is_on_card=True)}


def similar(page, posting):
    """Open jobs of the same field, closing soonest first."""
    if posting.task_field is None:
        return None
    alike = search(Filters(task_fields=(posting.task_field.code,)), limit=SIMILAR + 1).objects
    postings = [other for other in alike if other.pk != posting.pk][:SIMILAR]
    return {"postings": postings} if postings else None


def open_jobs(page):
    """Asked once for a page, by one search, however many places show a part of it."""
    request = page["request"]
    if not hasattr(request, "_open_jobs"):
        answer = search(Filters(), order=Order.NEWEST, limit=NEWEST, with_counts=True)
        list_url = reverse("jobs:posting_list")
        fields = [
            {"title": field.name, "url": f"{list_url}?ala={field.code}", "sign": field.sign, "count": count}
            for field, count in by_task_field(answer.facets)
        ]
        request._open_jobs = OpenJobs(answer.total, answer.objects, fields, list_url)
    return request._open_jobs


def home_search(page):
    jobs = open_jobs(page)
    return {"form": QuickSearchForm(), "total": jobs.total, "list_url": jobs.list_url}


def home_jobs(page):
    jobs = open_jobs(page)
    return {"jobs": jobs} if jobs.total else None


def organisation_jobs(page, organisation):
    """The open postings of an organisation, closing soonest first."""
    postings = JobPosting.objects.open().for_organisation(organisation).for_listing()
    return {
        "postings": postings.order_by("application_deadline", "pk"),
        "list_url": reverse("jobs:posting_list"),
    }


def way_to_jobs(page):
    return {"list_url": reverse("jobs:posting_list")}


def coaching_jobs(page, municipalities):
    """The open jobs of the municipalities that a coach serves; all of them while none is named."""
    query = urlencode({"kunta": [municipality.code for municipality in municipalities]}, doseq=True)
    list_url = reverse("jobs:posting_list")
    return {"list_url": f"{list_url}?{query}" if query else list_url, "is_limited": bool(municipalities)}


FILLINGS = [
    Filling("discovery.save", "posting.actions", "jobs/discovery/slots/save.html", save, 10),
    Filling("discovery.save_on_card", "posting.card", "jobs/discovery/slots/save_on_card.html", save_on_card),
    Filling("discovery.similar", "posting.after", "jobs/discovery/slots/similar.html", similar),
    Filling("discovery.home_search", "home.search", "jobs/discovery/slots/home_search.html", home_search),
    Filling("discovery.home_jobs", "home.jobs", "jobs/discovery/slots/home_jobs.html", home_jobs),
    Filling("discovery.organisation", "organisation.jobs", "jobs/discovery/slots/organisation.html", organisation_jobs),
    Filling("discovery.coaching", "coaching.jobs", "jobs/discovery/slots/coaching.html", coaching_jobs),
    Filling("discovery.error_search", "error.search", "jobs/discovery/slots/error_search.html", way_to_jobs),
    Filling("discovery.error_ways", "error.ways", "jobs/discovery/slots/error_ways.html", way_to_jobs),
    Filling("discovery.empty_ways", "empty.ways", "jobs/discovery/slots/empty_ways.html", way_to_jobs),
]
